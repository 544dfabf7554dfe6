//! Every block against closed forms, on every kind of input and output.

mod common;

use common::kernels::{Ard, Constant, Lopsided, Quadratic, Rbf, RbfOnLine, TwoPasses};
use common::{Random, assert_close, check, numbers, points};
use kernel_runtime::gram::{self, Blocked, Interleaved};
use ndarray::{Array, Array2, ArrayRef2, Axis, Dimension, ShapeBuilder, s};

fn lengthscales(d: usize) -> Vec<f64> {
    (0..d).map(|i| 0.5 + i as f64).collect()
}

#[test]
fn every_kernel_at_every_size() {
    for (n, m, d) in [(1, 1, 1), (3, 2, 1), (2, 5, 3), (7, 4, 8), (4, 5, 17)] {
        let (x, y) = (points(n, d), points(m + 10, d));
        let y = y.slice(s![10.., ..]);
        check(&Rbf(0.5), &x, &y);
        check(&Ard(lengthscales(d)), &x, &y);
        check(&Quadratic(0.3), &x, &y);
        check(&Lopsided, &x, &y);
        check(&Constant(2.5), &x, &y);
    }
}

#[test]
fn coincident_points() {
    let x = points(6, 3);
    check(&Rbf(0.5), &x, &x);
    check(&Lopsided, &x, &x);
}

#[test]
fn many_tiles() {
    let (x, y) = (points(150, 3), points(131, 3));
    check(&Lopsided, &x, &y);
    check(&Rbf(0.7), &y, &x.slice(s![..1, ..]));
    check(&Rbf(0.7), &x.slice(s![..1, ..]), &y);
}

#[test]
fn inputs_with_any_strides() {
    let (wide, tall) = (points(10, 6), points(3, 9));
    let y = points(4, 3);
    check(&Lopsided, &wide.slice(s![..;2, ..;2]), &y);
    check(&Lopsided, &tall.t(), &y);
    check(&Lopsided, &y, &tall.t());
    check(&Lopsided, &tall.slice(s![..;-1, ..]).reversed_axes(), &y);
    check(&Lopsided, &wide.slice(s![..;-3, 2..;-1]).slice(s![.., ..3]), &y);
    check(&Lopsided, &y.slice(s![1, ..]).broadcast((5, 3)).unwrap(), &y);
    let fortran = Random::new(9).array((5, 3).f());
    check(&Lopsided, &fortran, &y);
}

/// The `_into` forms write what the others return, whatever the strides, and nothing beside it.
#[test]
fn outputs_with_any_strides() {
    let (n, m, d) = (5, 7, 3);
    let (x, y) = (points(n, d), points(m, d));
    let k = Lopsided;

    let expected = gram::k_ff(&k, &x, &y).unwrap();
    every_output(&expected, |out| gram::k_ff_into(&k, &x, &y, out).unwrap());
    let expected = gram::k_gf(&k, &x, &y).unwrap();
    every_output(&expected, |out| gram::k_gf_into(&k, &x, &y, out).unwrap());
    let expected = gram::k_fg(&k, &x, &y).unwrap();
    every_output(&expected, |out| gram::k_fg_into(&k, &x, &y, out).unwrap());
    let expected = gram::k_gg(&k, &x, &y).unwrap();
    every_output(&expected, |out| gram::k_gg_into(&k, &x, &y, out).unwrap());
    let expected = gram::joint(&k, &x, &y, Blocked).unwrap();
    every_output(&expected, |out| gram::joint_into(&k, &x, &y, Blocked, out).unwrap());
    let expected = gram::joint(&k, &x, &y, Interleaved).unwrap();
    every_output(&expected, |out| gram::joint_into(&k, &x, &y, Interleaved, out).unwrap());
    let expected = gram::diagonal(&k, &x).unwrap();
    every_output(&expected, |out| gram::diagonal_into(&k, &x, out).unwrap());
}

/// Writes into arrays in C and Fortran order and, axis by axis, into every second entry, forwards and backwards.
fn every_output<D: Dimension>(expected: &Array<f64, D>, write: impl Fn(&mut ndarray::ArrayRef<f64, D>)) {
    let mut out = Array::from_elem(expected.raw_dim(), f64::NAN);
    write(&mut out);
    assert_eq!(out, expected);

    let mut out = Array::from_elem(expected.raw_dim().f(), f64::NAN);
    write(&mut out);
    assert_eq!(out, expected);

    for axis in 0..expected.ndim() {
        for step in [2, -2] {
            let mut shape = expected.raw_dim();
            shape[axis] = 2 * shape[axis] - 1;
            let mut room = Array::from_elem(shape, 7.0);
            let every_second = ndarray::Slice::new(0, None, step);
            let mut out = room.slice_axis_mut(Axis(axis), every_second);
            write(&mut out);
            assert_eq!(out, expected);
            let between = room.slice_axis(Axis(axis), ndarray::Slice::new(1, None, 2));
            assert!(between.iter().all(|&entry| entry == 7.0));
        }
    }
}

#[test]
fn kernels_of_two_numbers() {
    let (k, gamma) = (RbfOnLine(0.8), 0.8);
    let (x, y) = (numbers(5), numbers(4));
    let k_ff = gram::k_ff(&k, &x, &y).unwrap();
    let k_gf = gram::k_gf(&k, &x, &y).unwrap();
    let k_fg = gram::k_fg(&k, &x, &y).unwrap();
    let k_gg = gram::k_gg(&k, &x, &y).unwrap();
    let blocked = gram::joint(&k, &x, &y, Blocked).unwrap();
    let interleaved = gram::joint(&k, &x, &y, Interleaved).unwrap();
    assert_eq!(blocked.dim(), (10, 8));
    for ((i, j), &value) in k_ff.indexed_iter() {
        let u = x[i] - y[j];
        let k = (-gamma * u * u).exp();
        assert_close(value, k, (i, j));
        assert_close(k_gf[[i, j]], -2.0 * gamma * u * k, (i, j));
        assert_close(k_fg[[i, j]], 2.0 * gamma * u * k, (i, j));
        assert_close(k_gg[[i, j]], (2.0 * gamma - 4.0 * gamma * gamma * u * u) * k, (i, j));
        for (a, b, entry) in [(0, 0, k_ff[[i, j]]), (1, 0, k_gf[[i, j]]), (0, 1, k_fg[[i, j]]), (1, 1, k_gg[[i, j]])] {
            assert_eq!(blocked[[5 * a + i, 4 * b + j]], entry);
            assert_eq!(interleaved[[2 * i + a, 2 * j + b]], entry);
        }
    }
    let reversed = gram::k_ff(&k, &x.slice(s![..;-2]), &y).unwrap();
    assert_eq!(reversed, k_ff.slice(s![..;-2, ..]));
    every_output(&k_gg, |out| gram::k_gg_into(&k, &x, &y, out).unwrap());
    every_output(&blocked, |out| gram::joint_into(&k, &x, &y, Blocked, out).unwrap());
}

#[test]
fn later_passes_read_earlier_sums() {
    let x = points(4, 3);
    let k_ff = gram::k_ff(&TwoPasses, &x, &x).unwrap();
    for ((i, j), &value) in k_ff.indexed_iter() {
        assert_close(value, TwoPasses::k(&x.row(i).to_vec(), &x.row(j).to_vec()), (i, j));
    }
}

#[test]
fn the_diagonal_is_that_of_k_ff() {
    let x = points(9, 3);
    let k_ff = gram::k_ff(&Lopsided, &x, &x).unwrap();
    assert_eq!(gram::diagonal(&Lopsided, &x).unwrap(), k_ff.diag());
    assert_eq!(gram::diagonal(&RbfOnLine(0.5), &numbers(3)).unwrap().to_vec(), [1.0; 3]);
}

/// NaN in one coordinate of point 1 spoils row 1, and no other.
#[test]
fn nan_stays_with_its_point() {
    let (mut x, y) = (points(4, 3), points(5, 3));
    let clean = gram::joint(&Rbf(0.5), &x, &y, Interleaved).unwrap();
    let clean_gg = gram::k_gg(&Rbf(0.5), &x, &y).unwrap();
    x[[1, 2]] = f64::NAN;
    let joint = gram::joint(&Rbf(0.5), &x, &y, Interleaved).unwrap();
    let k_gg = gram::k_gg(&Rbf(0.5), &x, &y).unwrap();
    for ((r, c), &entry) in joint.indexed_iter() {
        assert!(if r / 4 == 1 { entry.is_nan() } else { entry == clean[[r, c]] });
    }
    for ((i, j, a, b), &entry) in k_gg.indexed_iter() {
        assert!(if i == 1 { entry.is_nan() } else { entry == clean_gg[[i, j, a, b]] });
    }
}

#[test]
fn no_points_no_entries() {
    let (none, some) = (Array2::zeros((0, 3)), points(4, 3));
    let k = Rbf(0.5);
    assert_eq!(gram::k_ff(&k, &none, &some).unwrap().dim(), (0, 4));
    assert_eq!(gram::k_gf(&k, &some, &none).unwrap().dim(), (4, 0, 3));
    assert_eq!(gram::k_fg(&k, &none, &none).unwrap().dim(), (0, 0, 3));
    assert_eq!(gram::k_gg(&k, &none, &some).unwrap().dim(), (0, 4, 3, 3));
    assert_eq!(gram::joint(&k, &some, &none, Blocked).unwrap().dim(), (16, 0));
    assert_eq!(gram::joint(&k, &none, &some, Interleaved).unwrap().dim(), (0, 16));
    assert_eq!(gram::diagonal(&k, &none).unwrap().dim(), 0);
}

/// Owned arrays, views and slices of either pass as they are.
#[test]
fn arrays_and_views_pass_alike() {
    let x = points(4, 3);
    let mut out = Array2::zeros((8, 4));
    let k = Rbf(0.5);
    gram::k_ff_into(&k, &x, &x.view(), &mut out.slice_mut(s![4.., ..])).unwrap();
    let reference: &ArrayRef2<f64> = &x;
    assert_eq!(gram::k_ff(&k, reference, &x).unwrap(), out.slice(s![4.., ..]));
}

#[test]
fn half_of_the_pairs_give_the_same_matrix() {
    let k = kernel_runtime::kernels::ArdRbf::new(1.3, vec![0.7, 1.9, 0.4]).unwrap();
    for n in [0, 1, 2, 7, 150, 301] {
        let x =
            ndarray::Array2::from_shape_fn((n, 3), |(i, j)| f64::from(u32::try_from((i * 7 + j * 5) % 11).unwrap()));
        let all = gram::k_ff(&k, &x, &x).unwrap();
        assert_eq!(gram::k_ff_symmetric(&k, &x).unwrap(), all);
        // Into every other column of a larger array.
        let mut out = ndarray::Array2::zeros((n + 2, 2 * n + 3));
        gram::k_ff_symmetric_into(&k, &x, &mut out.slice_mut(ndarray::s![1..=n, 1..2 * n + 1;2])).unwrap();
        assert_eq!(out.slice(ndarray::s![1..=n, 1..2 * n + 1;2]), all);
        assert_eq!(out.row(0).sum() + out.column(0).sum() + out.column(2).sum(), 0.0);
    }
}
