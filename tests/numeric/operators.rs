//! `data/operators.json`: covariances of operators on the plane, each with each. `scripts/golden_operators.py` writes the file.

use std::collections::BTreeMap;

use kernel_runtime::gram::{Gradient, Gram, Laplacian, Observed, Value};
use kernel_runtime::{Tower, VectorPoints, kernels, operator};
use ndarray::Array2;
use serde::Deserialize;

const FILE: &str = include_str!("../data/operators.json");

operator!(Heat(alpha) = d[0] - alpha * d[1] * d[1]);
operator!(Slopes = (d[0], d[1]));
operator!(Laplace = d[0] * d[0] + d[1] * d[1]);

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    kernel: String,
    x: [f64; 2],
    y: [f64; 2],
    parameters: Vec<f64>,
    alpha: f64,
    /// By the names of the operators of x and y.
    blocks: BTreeMap<String, Vec<f64>>,
    cond: BTreeMap<String, f64>,
}

impl Case {
    /// How far the blocks of two operators are from the truth, dense and by products, in parts of what their conditioning explains.
    fn misses<K, L, R>(&self, kernel: &K, [left, right]: [(&str, &str); 2], sides: (L, R)) -> Vec<String>
    where
        K: Tower<Scalar = f64, Points = VectorPoints>,
        L: Observed<K>,
        R: Observed<K>,
    {
        let [x, y] = [self.x, self.y].map(|point| Array2::from_shape_vec((1, 2), point.to_vec()).unwrap());
        let gram = Gram::new(kernel, (sides.0, &x), (sides.1, &y)).unwrap();
        let name = format!("{}-{}", left.0, right.0);
        let want = &self.blocks[&name];
        let scale = want.iter().fold(0.0_f64, |most, want| most.max(want.abs()));
        let bound = 64.0 * (self.cond[&name] + f64::EPSILON / 2.0) * scale + f64::MIN_POSITIVE;
        let mut misses = Vec::new();
        for (form, got) in [("dense", gram.dense()), ("products", gram.dot(&Array2::eye(gram.shape().1)))] {
            let got = got.unwrap();
            assert_eq!(got.len(), want.len(), "{} {name}", self.id);
            let error = got.iter().zip(want).map(|(got, want)| (got - want).abs());
            let error =
                error.fold(0.0, |most: f64, error| if error.is_nan() { f64::INFINITY } else { most.max(error) });
            if error > bound {
                let forms = (left.1, right.1);
                misses.push(format!("{} {name} {forms:?} {form}: {error:e}, allowed {bound:e} of {scale:e}", self.id));
            }
        }
        misses
    }

    fn all<K: Tower<Scalar = f64, Points = VectorPoints>>(&self, kernel: &K) -> Vec<String> {
        let heat = Heat::new(self.alpha).unwrap();
        let mut misses = Vec::new();
        macro_rules! with {
            ($left:expr, $x:expr; $($right:expr, $y:expr;)*) => {
                $(misses.extend(self.misses(kernel, [$left, $right], ($x, $y)));)*
            };
        }
        macro_rules! each {
            ($($left:expr, $x:expr;)*) => {
                $(with! {
                    $left, $x;
                    ("value", "built in"), Value;
                    ("gradient", "built in"), Gradient;
                    ("gradient", "own"), Slopes;
                    ("laplacian", "built in"), Laplacian;
                    ("laplacian", "own"), Laplace;
                    ("heat", "own"), heat;
                })*
            };
        }
        each! {
            ("value", "built in"), Value;
            ("gradient", "built in"), Gradient;
            ("gradient", "own"), Slopes;
            ("laplacian", "built in"), Laplacian;
            ("laplacian", "own"), Laplace;
            ("heat", "own"), heat;
        }
        misses
    }
}

#[test]
fn covariances_are_as_far_from_the_truth_as_rounding_explains() {
    let file: File = serde_json::from_str(FILE).unwrap();
    let mut misses = Vec::new();
    for case in &file.cases {
        let p = &case.parameters;
        let rbf = kernels::Rbf::new(p[0], p[1]).unwrap();
        misses.extend(match &*case.kernel {
            "rbf" => case.all(&rbf),
            "matern92" => case.all(&kernels::Matern92::new(p[0], p[1]).unwrap()),
            "product" => case.all(&(rbf * kernels::Matern92::new(p[2], p[3]).unwrap())),
            other => panic!("no kernel {other}"),
        });
    }
    assert!(file.cases.len() > 30 && misses.is_empty(), "{} misses\n{}", misses.len(), misses.join("\n"));
}
