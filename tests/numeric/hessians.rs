//! `data/hessians.json`: covariances with Hessians of the stock kernels that have them, where points are apart, near
//! each other, and the same; and of kernels of other points, in the cases that they share. `scripts/golden_hessians.py`
//! writes the file.

use std::collections::BTreeMap;

use kernel_runtime::gram::{Gradient, Gram, Hessian, PointsRef, Value};
use kernel_runtime::{Kernel, ScalarPoints, Tower2, VectorPoints, kernels};
use ndarray::{Array1, Array2};
use serde::Deserialize;

use crate::kernels::{array, scalar};

const FILE: &str = include_str!("../data/hessians.json");

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    kernel: String,
    x: Vec<f64>,
    y: Vec<f64>,
    parameters: Vec<Parameter>,
    /// By the orders of x and y, entries with a ≤ a' and b ≤ b'.
    blocks: BTreeMap<String, Vec<f64>>,
    cond: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Parameter {
    Number(f64),
    Vector(Vec<f64>),
}

impl Case {
    fn number(&self, n: usize) -> f64 {
        match &self.parameters[n] {
            Parameter::Number(number) => *number,
            Parameter::Vector(entries) => entries[0],
        }
    }

    fn vector(&self, n: usize) -> Vec<f64> {
        match &self.parameters[n] {
            Parameter::Number(number) => vec![*number],
            Parameter::Vector(entries) => entries.clone(),
        }
    }

    /// How far blocks are from the truth in parts of what their conditioning explains.
    fn misses(&self, form: &str, all: &Array2<f64>) -> Vec<String> {
        let mut misses = Vec::new();
        for (name, want) in &self.blocks {
            let [x, y] = [0, 1].map(|n| usize::from(name.as_bytes()[n] - b'0'));
            let got = self.distinct(all, [x, y]);
            assert_eq!(got.len(), want.len(), "{} {name}", self.id);
            let error = got.iter().zip(want).map(|(got, want)| (got - want).abs());
            let error =
                error.fold(0.0, |most: f64, error| if error.is_nan() { f64::INFINITY } else { most.max(error) });
            let scale = want.iter().fold(0.0_f64, |most, want| most.max(want.abs()));
            let bound = 64.0 * (self.cond[name] + f64::EPSILON / 2.0) * scale + f64::MIN_POSITIVE;
            if error > bound {
                misses.push(format!("{} {form} {name}: {error:e}, allowed {bound:e} of {scale:e}", self.id));
            }
        }
        misses
    }

    /// The entries of one block with a ≤ a' and b ≤ b'. The others have to be the same.
    fn distinct(&self, all: &Array2<f64>, orders: [usize; 2]) -> Vec<f64> {
        let d = self.x.len();
        let indices = |order: usize| -> Vec<[usize; 2]> {
            match order {
                0 => vec![[0, 0]],
                1 => (0..d).map(|a| [1 + a, 1 + a]).collect(),
                _ => {
                    let at = |a: usize, b: usize| 1 + d + a * d + b;
                    (0..d).flat_map(|a| (a..d).map(move |b| [at(a, b), at(b, a)])).collect()
                }
            }
        };
        let mut entries = Vec::new();
        for row in indices(orders[0]) {
            for column in indices(orders[1]) {
                let entry = all[[row[0], column[0]]];
                for (row, column) in [(row[1], column[0]), (row[0], column[1]), (row[1], column[1])] {
                    assert_eq!(all[[row, column]], entry, "{}: the order of indices", self.id);
                }
                entries.push(entry);
            }
        }
        entries
    }
}

/// All orders at once, and by the product with each unit vector, which is computed otherwise.
fn evaluate<K: Tower2<Scalar = f64>>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>) -> Array2<f64> {
    let gram = Gram::new(kernel, ((Value, Gradient, Hessian), x), ((Value, Gradient, Hessian), y)).unwrap();
    let dense = gram.dense().unwrap();
    let products = gram.dot(&Array2::eye(gram.shape().1)).unwrap();
    let scale = dense.iter().fold(0.0_f64, |scale, entry| scale.max(entry.abs()));
    // Both numbers that stand for a derivative of Hessians of y share what either is multiplied with.
    let error = (&products - &dense).iter().fold(0.0_f64, |most, error| most.max(error.abs()));
    assert!(error <= 1e-13 * scale, "products: {error:e} of {scale:e}");
    dense
}

fn rows<K: Tower2<Scalar = f64> + Kernel<Points = VectorPoints>>(kernel: &K, case: &Case) -> Array2<f64> {
    let [x, y] = [&case.x, &case.y].map(|point| Array2::from_shape_vec((1, point.len()), point.clone()).unwrap());
    evaluate(kernel, &x, &y)
}

fn numbers<K: Tower2<Scalar = f64> + Kernel<Points = ScalarPoints>>(kernel: &K, case: &Case) -> Array2<f64> {
    let [x, y] = [&case.x, &case.y].map(|point| Array1::from_vec(point.clone()));
    evaluate(kernel, &x, &y)
}

/// What a case is for each form of points.
fn forms(case: &Case) -> Vec<(&'static str, Array2<f64>)> {
    let (p, v) = (|n| case.number(n), |n| case.vector(n));
    macro_rules! stock {
        ($K:ident($($parameter:expr),*)) => {
            ("slice", rows(&kernels::$K::new($($parameter),*).unwrap(), case))
        };
    }
    let slices = match &*case.kernel {
        "rbf" => stock!(Rbf(p(0), p(1))),
        "ard_rbf" => stock!(ArdRbf(p(0), v(1))),
        "matern52" => stock!(Matern52(p(0), p(1))),
        "matern72" => stock!(Matern72(p(0), p(1))),
        "matern92" => stock!(Matern92(p(0), p(1))),
        "ard_matern52" => stock!(ArdMatern52(p(0), v(1))),
        "rational_quadratic" => stock!(RationalQuadratic(p(0), p(1), p(2))),
        "inverse_multiquadric" => stock!(InverseMultiquadric(p(0), p(1))),
        "periodic" => stock!(Periodic(p(0), p(1), p(2))),
        "ard_periodic" => stock!(ArdPeriodic(p(0), v(1), v(2))),
        "cosine" => stock!(Cosine(p(0), v(1))),
        "spectral_mixture" => stock!(SpectralMixture(p(0), v(1), v(2))),
        "linear" => stock!(Linear(p(0), p(1))),
        "polynomial2" => stock!(Polynomial2(p(0), p(1))),
        "polynomial3" => stock!(Polynomial3(p(0), p(1))),
        "nn_arcsine" => stock!(NnArcsine(p(0), p(1), p(2))),
        "gibbs" => stock!(Gibbs(p(0), v(1), v(2))),
        "wendland_c4" => {
            let all = match case.x.len() {
                1 => rows(&kernels::WendlandC4::<1>::new(p(0), p(1)).unwrap(), case),
                2 => rows(&kernels::WendlandC4::<2>::new(p(0), p(1)).unwrap(), case),
                _ => rows(&kernels::WendlandC4::<3>::new(p(0), p(1)).unwrap(), case),
            };
            ("array", all)
        }
        other => panic!("no kernel {other}"),
    };
    let mut forms = vec![slices];
    match (&*case.kernel, case.x.len()) {
        ("matern52", 1) => {
            forms.push(("scalar", numbers(&scalar::Matern52::new(p(0), p(1)).unwrap(), case)));
            forms.push(("array", rows(&array::Matern52::<1>::new(p(0), p(1)).unwrap(), case)));
        }
        ("matern52", 3) => forms.push(("array", rows(&array::Matern52::<3>::new(p(0), p(1)).unwrap(), case))),
        ("ard_rbf", 1) => forms.push(("scalar", numbers(&scalar::ArdRbf::new(p(0), p(1)).unwrap(), case))),
        ("ard_rbf", 2) => {
            let lengthscale = [case.vector(1)[0], case.vector(1)[1]];
            forms.push(("array", rows(&array::ArdRbf::<2>::new(p(0), lengthscale).unwrap(), case)));
        }
        ("rational_quadratic", 1) => {
            forms.push(("scalar", numbers(&scalar::RationalQuadratic::new(p(0), p(1), p(2)).unwrap(), case)));
        }
        ("periodic", 1) => {
            forms.push(("scalar", numbers(&scalar::Periodic::new(p(0), p(1), p(2)).unwrap(), case)));
            // Of the distance, which is the same on a line.
            forms.push(("array", rows(&array::Periodic::<1>::new(p(0), p(1), p(2)).unwrap(), case)));
        }
        // With half the period.
        ("cosine", 1) => forms.push(("scalar", numbers(&scalar::Cosine::new(p(0), 0.5 * p(1)).unwrap(), case))),
        ("wendland_c4", 1) => forms.push(("scalar", numbers(&scalar::WendlandC4::new(p(0), p(1)).unwrap(), case))),
        ("linear", 1) => forms.push(("scalar", numbers(&scalar::Linear::new(p(0), p(1)).unwrap(), case))),
        ("linear", 2) => forms.push(("array", rows(&array::Linear::<2>::new(p(0), p(1)).unwrap(), case))),
        ("nn_arcsine", 1) => forms.push(("scalar", numbers(&scalar::NnArcsin::new(p(0), p(1), p(2)).unwrap(), case))),
        _ => {}
    }
    forms
}

#[test]
fn blocks_are_as_far_from_the_truth_as_rounding_explains() {
    let file: File = serde_json::from_str(FILE).unwrap();
    let mut misses = Vec::new();
    for case in &file.cases {
        for (form, all) in forms(case) {
            misses.extend(case.misses(form, &all));
        }
    }
    assert!(file.cases.len() > 100 && misses.is_empty(), "{} misses\n{}", misses.len(), misses.join("\n"));
}
