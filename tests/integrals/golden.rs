//! `data/integrals.json`: covariances of integrals, and expectations. `scripts/golden_integrals.py` writes the file.

use kernel_runtime::gram::{Expectation, Gradient, Gram, Hessian, Integral, Observed, Value};
use kernel_runtime::{Integrable, Tower2, VectorPoints, kernels};
use ndarray::{Array2, array};
use serde::Deserialize;
use serde_json::Value as Json;

const FILE: &str = include_str!("../data/integrals.json");

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    kernel: String,
    parameters: Vec<f64>,
    x: Json,
    y: Json,
    orders: Vec<[u32; 2]>,
    values: Vec<f64>,
    /// How far they move when the inputs move by a rounding.
    changes: Vec<f64>,
}

/// The arrays that an operator and its points are made of.
enum Operator {
    Point(Array2<f64>),
    Box { lower: Array2<f64>, upper: Array2<f64>, mean: bool },
    Normal { means: Array2<f64>, variances: Array2<f64> },
    Correlated { means: Array2<f64>, covariance: Array2<f64> },
}

impl Operator {
    fn new(json: &Json) -> Self {
        let numbers = |json: &Json| -> Vec<f64> { serde_json::from_value(json.clone()).unwrap() };
        if json[0] == "correlated" {
            let means = Array2::from_shape_vec((1, 2), numbers(&json[1])).unwrap();
            let rows: Vec<f64> = [&json[2][0], &json[2][1]].into_iter().flat_map(numbers).collect();
            return Self::Correlated { means, covariance: Array2::from_shape_vec((2, 2), rows).unwrap() };
        }
        let at = |place: usize, otherwise: f64| {
            let of = |i: usize| json[i][place].as_f64().unwrap_or(otherwise);
            array![[of(0), of(1)]]
        };
        match json[0][0].as_str().unwrap() {
            "point" => Self::Point(at(1, f64::NAN)),
            "normal" => Self::Normal { means: at(1, f64::NAN), variances: at(2, f64::NAN) },
            kind => Self::Box { lower: at(1, f64::NEG_INFINITY), upper: at(2, f64::INFINITY), mean: kind == "mean" },
        }
    }
}

impl Case {
    fn values<K: Integrable<Scalar = f64, Points = VectorPoints> + Tower2>(&self, kernel: &K) -> Vec<f64> {
        match Operator::new(&self.x) {
            Operator::Point(x) => match self.orders.len() {
                1 => self.against(kernel, (Value, &x)),
                2 => self.against(kernel, (Gradient, &x)),
                _ => self.against(kernel, (Hessian, &x)),
            },
            Operator::Box { lower, upper, mean: false } => self.against(kernel, (Integral::to(&upper), &lower)),
            Operator::Box { lower, upper, mean: true } => self.against(kernel, (Integral::mean_to(&upper), &lower)),
            Operator::Normal { means, variances } => {
                self.against(kernel, (Expectation::independent(&variances), &means))
            }
            Operator::Correlated { means, covariance } => {
                self.against(kernel, (Expectation::with(&covariance), &means))
            }
        }
    }

    fn against<K, L>(&self, kernel: &K, left: (L, &Array2<f64>)) -> Vec<f64>
    where
        K: Integrable<Scalar = f64, Points = VectorPoints> + Tower2,
        L: Observed<K>,
    {
        match Operator::new(&self.y) {
            Operator::Point(y) => match self.orders.len() {
                1 => entries(kernel, left, (Value, &y)),
                2 => entries(kernel, left, (Gradient, &y)),
                _ => entries(kernel, left, (Hessian, &y)),
            },
            Operator::Box { lower, upper, mean: false } => entries(kernel, left, (Integral::to(&upper), &lower)),
            Operator::Box { lower, upper, mean: true } => entries(kernel, left, (Integral::mean_to(&upper), &lower)),
            Operator::Normal { means, variances } => {
                entries(kernel, left, (Expectation::independent(&variances), &means))
            }
            Operator::Correlated { means, covariance } => {
                entries(kernel, left, (Expectation::with(&covariance), &means))
            }
        }
    }
}

fn entries<K, L, R>(kernel: &K, left: (L, &Array2<f64>), right: (R, &Array2<f64>)) -> Vec<f64>
where
    K: Integrable<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
    R: Observed<K>,
{
    let (left, right) = ((left.0, &**left.1), (right.0, &**right.1));
    let gram = Gram::new(kernel, left, right).unwrap();
    let dense = gram.dense().unwrap();
    assert_eq!(gram.dot(&Array2::eye(dense.ncols())).unwrap(), dense);
    dense.into_iter().collect()
}

#[test]
fn integrals_are_as_far_from_the_truth_as_rounding_explains() {
    let file: File = serde_json::from_str(FILE).unwrap();
    let (mut misses, mut worst) = (Vec::new(), (0.0, String::new()));
    for case in &file.cases {
        let p = &case.parameters;
        let (rbf, polynomial2) = (kernels::Rbf::new, kernels::Polynomial2::new);
        let got = match &*case.kernel {
            "rbf" => case.values(&rbf(p[0], p[1]).unwrap()),
            "ard_rbf" => case.values(&kernels::ArdRbf::new(p[0], vec![p[1], p[2]]).unwrap()),
            "linear" => case.values(&kernels::Linear::new(p[0], p[1]).unwrap()),
            "polynomial2" => case.values(&polynomial2(p[0], p[1]).unwrap()),
            "polynomial3" => case.values(&kernels::Polynomial3::new(p[0], p[1]).unwrap()),
            "constant" => case.values(&kernels::Constant::new(p[0]).unwrap()),
            "sum" => case.values(&(rbf(p[0], p[1]).unwrap() + polynomial2(p[2], p[3]).unwrap())),
            "product" => case.values(&(rbf(p[0], p[1]).unwrap() * rbf(p[2], p[3]).unwrap())),
            other => panic!("no kernel {other}"),
        };
        let scale = case.values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let change = case.changes.iter().fold(0.0_f64, |most, &change| most.max(change));
        assert_eq!(got.len(), case.values.len(), "{}", case.id);
        for (got, want) in got.iter().zip(&case.values) {
            let unit = change + f64::EPSILON / 2.0 * scale + f64::MIN_POSITIVE;
            let error = (got - want).abs() / unit;
            if error.is_nan() || error > 4.0 {
                misses.push(format!("{}: {got:e} for {want:e}, {error} times what rounding explains", case.id));
            }
            if error > worst.0 {
                worst = (error, case.id.clone());
            }
        }
    }
    println!("{} cases, at worst {} times what rounding explains: {}", file.cases.len(), worst.0, worst.1);
    assert!(file.cases.len() > 400 && misses.is_empty(), "{} misses\n{}", misses.len(), misses.join("\n"));
}
