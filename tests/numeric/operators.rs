//! `data/operators.json`: covariances of operators on the plane, each with each. `scripts/golden_operators.py` writes
//! the file.

use std::collections::BTreeMap;

use kernel_runtime::gram::{Biharmonic, Gradient, Gram, Laplacian, Observed, Value};
use kernel_runtime::{Kernel, Tower3, Tower4, VectorPoints, kernels, operator};
use ndarray::Array2;
use serde::Deserialize;

const FILE: &str = include_str!("../data/operators.json");

operator!(Heat(alpha) = d[0] - alpha * d[1] * d[1]);
operator!(Slopes = (d[0], d[1]));
operator!(Laplace = d[0] * d[0] + d[1] * d[1]);
operator!(Shear(alpha) = alpha * d[0] * d[1] * d[1]);
operator!(Plate = (d[0] * d[0] + d[1] * d[1]) * (d[0] * d[0] + d[1] * d[1]));

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

/// What is missed by any pair of these operators.
macro_rules! each_with_each {
    ($case:expr, $kernel:expr, $misses:ident; $($name:expr, $operator:expr;)*) => {
        each_with_each!(@left $case, $kernel, $misses; [$($name, $operator;)*]; $($name, $operator;)*)
    };
    (@left $case:expr, $kernel:expr, $misses:ident; $all:tt; $($name:expr, $operator:expr;)*) => {
        $(each_with_each!(@right $case, $kernel, $misses, $name, $operator; $all);)*
    };
    (@right $case:expr, $kernel:expr, $misses:ident, $left:expr, $x:expr; [$($name:expr, $operator:expr;)*]) => {
        $($misses.extend($case.misses($kernel, [$left, $name], ($x, $operator)));)*
    };
}

impl Case {
    /// How far the blocks of two operators are from the truth, dense and by products, in parts of what their
    /// conditioning explains.
    fn misses<K, L, R>(&self, kernel: &K, [left, right]: [(&str, &str); 2], sides: (L, R)) -> Vec<String>
    where
        K: Kernel<Scalar = f64, Points = VectorPoints>,
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

    /// Each pair of operators up to the third order.
    fn third<K: Tower3<Scalar = f64, Points = VectorPoints>>(&self, kernel: &K) -> Vec<String> {
        let (heat, shear) = (Heat::new(self.alpha).unwrap(), Shear::new(self.alpha).unwrap());
        let mut misses = Vec::new();
        each_with_each!(self, kernel, misses;
            ("value", "built in"), Value;
            ("gradient", "built in"), Gradient;
            ("gradient", "own"), Slopes;
            ("laplacian", "built in"), Laplacian;
            ("laplacian", "own"), Laplace;
            ("heat", "own"), heat;
            ("shear", "own"), shear;
        );
        misses
    }

    /// And with those of the fourth.
    fn fourth<K: Tower4<Scalar = f64, Points = VectorPoints>>(&self, kernel: &K) -> Vec<String> {
        let (heat, shear) = (Heat::new(self.alpha).unwrap(), Shear::new(self.alpha).unwrap());
        let mut misses = self.third(kernel);
        macro_rules! plates {
            ($($name:expr, $operator:expr;)*) => {$(
                let [built_in, own] = ["built in", "own"].map(|form| ("biharmonic", form));
                misses.extend(self.misses(kernel, [built_in, $name], (Biharmonic, $operator)));
                misses.extend(self.misses(kernel, [$name, built_in], ($operator, Biharmonic)));
                misses.extend(self.misses(kernel, [own, $name], (Plate, $operator)));
                misses.extend(self.misses(kernel, [$name, own], ($operator, Plate)));
            )*};
        }
        plates! {
            ("value", "built in"), Value;
            ("gradient", "built in"), Gradient;
            ("laplacian", "built in"), Laplacian;
            ("heat", "own"), heat;
            ("shear", "own"), shear;
            ("biharmonic", "built in"), Biharmonic;
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
            "rbf" => case.fourth(&rbf),
            "matern72" => case.third(&kernels::Matern72::new(p[0], p[1]).unwrap()),
            "matern92" => case.fourth(&kernels::Matern92::new(p[0], p[1]).unwrap()),
            "product" => case.fourth(&(rbf * kernels::Matern92::new(p[2], p[3]).unwrap())),
            other => panic!("no kernel {other}"),
        });
    }
    assert!(file.cases.len() > 40 && misses.is_empty(), "{} misses\n{}", misses.len(), misses.join("\n"));
}
