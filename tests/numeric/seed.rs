//! The data of the notebook the project started from: its points, and the right answers on them.

use approx::assert_relative_eq;
use kernel_runtime::gram;
use ndarray::{Array, Array2, Dimension, Ix2, Ix3, Ix4};
use serde_json::Value;

use crate::kernels::{array, scalar, slice};

struct Set {
    gamma: f64,
    points: Array2<f64>,
    arrays: Value,
}

impl Set {
    fn want<D: Dimension>(&self, name: &str) -> Array<f64, D> {
        let mut shape = Vec::new();
        let mut level = &self.arrays[name];
        while let Value::Array(list) = level {
            shape.push(list.len());
            level = &list[0];
        }
        let mut entries = Vec::new();
        flatten(&self.arrays[name], &mut entries);
        Array::from_shape_vec(shape, entries).unwrap().into_dimensionality().unwrap()
    }
}

fn flatten(value: &Value, entries: &mut Vec<f64>) {
    match value {
        Value::Array(list) => list.iter().for_each(|v| flatten(v, entries)),
        number => entries.push(number.as_f64().unwrap()),
    }
}

fn sets() -> Vec<Set> {
    let file: Value = serde_json::from_str(include_str!("../data/seed_notebook.json")).unwrap();
    let sets = file["sets"].as_object().unwrap();
    assert_eq!(sets.len(), 3, "data/seed_notebook.json is not the file this test was written for");
    sets.values()
        .map(|arrays| {
            let mut set =
                Set { gamma: arrays["gamma"].as_f64().unwrap(), points: Array2::zeros((0, 0)), arrays: arrays.clone() };
            set.points = set.want("X");
            set
        })
        .collect()
}

/// Entries are at most 2; `epsilon` covers those in which 2 - 4 δ² cancels.
fn assert_close<D: Dimension>(got: &Array<f64, D>, want: &Array<f64, D>) {
    assert_eq!(got.shape(), want.shape());
    for (got, want) in got.iter().zip(want) {
        assert_relative_eq!(*got, *want, epsilon = 2e-15, max_relative = 1e-14);
    }
}

#[test]
fn gram_matrices_of_the_seed() {
    for set in sets() {
        let k = slice::Rbf::new(set.gamma).unwrap();
        let x = &set.points;
        assert_close(&gram::k_ff(&k, x, x).unwrap(), &set.want::<Ix2>("K"));
        assert_close(&gram::k_gf(&k, x, x).unwrap(), &set.want::<Ix3>("dK_dx"));
        assert_close(&gram::k_fg(&k, x, x).unwrap(), &set.want::<Ix3>("dK_dy"));
        assert_close(&gram::k_gg(&k, x, x).unwrap(), &set.want::<Ix4>("hess_xy"));
    }
}

#[test]
fn gram_matrices_of_the_seed_as_numbers() {
    for set in sets().into_iter().filter(|set| set.points.ncols() == 1) {
        let k = scalar::Rbf::new(set.gamma).unwrap();
        let x = set.points.column(0);
        let (n, m) = (x.len(), x.len());
        let square = |want: Array<f64, Ix3>| want.into_shape_with_order((n, m)).unwrap();
        assert_close(&gram::k_ff(&k, &x, &x).unwrap(), &set.want::<Ix2>("K"));
        assert_close(&gram::k_gf(&k, &x, &x).unwrap(), &square(set.want("dK_dx")));
        assert_close(&gram::k_fg(&k, &x, &x).unwrap(), &square(set.want("dK_dy")));
        let want = set.want::<Ix4>("hess_xy").into_shape_with_order((n, m)).unwrap();
        assert_close(&gram::k_gg(&k, &x, &x).unwrap(), &want);
    }
}

#[test]
fn pair_functions_on_the_seed() {
    for set in sets() {
        match set.points.ncols() {
            1 => pairs::<1>(&set),
            2 => pairs::<2>(&set),
            d => panic!("no set had {d} coordinates"),
        }
    }
}

fn pairs<const D: usize>(set: &Set) {
    let (value, dx, dy) = (set.want::<Ix2>("K"), set.want::<Ix3>("dK_dx"), set.want::<Ix3>("dK_dy"));
    let (xx, xy) = (set.want::<Ix4>("hess_xx"), set.want::<Ix4>("hess_xy"));
    let points: Vec<[f64; D]> = set.points.rows().into_iter().map(|p| std::array::from_fn(|a| p[a])).collect();
    for (i, x) in points.iter().enumerate() {
        for (j, y) in points.iter().enumerate() {
            let close = |got: f64, want: f64| {
                assert_relative_eq!(got, want, epsilon = 2e-15, max_relative = 1e-14);
            };
            close(array::rbf(x, y, set.gamma), value[[i, j]]);
            let (gx, gy) = (array::rbf::grad(x, y, set.gamma), array::rbf::grad_y(x, y, set.gamma));
            let (hxx, hxy) = (array::rbf::hess_xx(x, y, set.gamma), array::rbf::hess_xy(x, y, set.gamma));
            let hyy = array::rbf::hess_yy(x, y, set.gamma);
            for a in 0..D {
                close(gx[a], dx[[i, j, a]]);
                close(gy[a], dy[[i, j, a]]);
                for b in 0..D {
                    close(hxx[a][b], xx[[i, j, a, b]]);
                    close(hxy[a][b], xy[[i, j, a, b]]);
                    // A function of x - y.
                    close(hyy[a][b], xx[[i, j, a, b]]);
                }
            }
        }
    }
}
