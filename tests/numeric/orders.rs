//! Covariances with Hessians of kernels as users write them, against hyper-dual numbers of hyper-dual numbers.

use kernel_runtime::gram::{Gradient, Gram, Hessian, PointsRef, Value};
use kernel_runtime::{Tower2, kernel};
use ndarray::{Array1, Array2};
use num_dual::{DualNum, HyperDual, HyperDual64};

/// With two derivatives by x outside, and two by y inside.
type Number = HyperDual<HyperDual64>;

fn number(value: f64) -> Number {
    Number::from_re(HyperDual64::from_re(value))
}

/// The point x with the first and the second index, or y.
fn seeded(point: &[f64], indices: [usize; 2], of_x: bool) -> Vec<Number> {
    let mut numbers: Vec<Number> = point.iter().map(|&value| number(value)).collect();
    if of_x {
        numbers[indices[0]].eps1 = HyperDual64::from_re(1.0);
        numbers[indices[1]].eps2 = HyperDual64::from_re(1.0);
    } else {
        numbers[indices[0]].re.eps1 = 1.0;
        numbers[indices[1]].re.eps2 = 1.0;
    }
    numbers
}

/// All entries of a pair, by dual numbers.
fn expected(k: &dyn Fn(&[Number], &[Number]) -> Number, x: &[f64], y: &[f64]) -> Array2<f64> {
    let d = x.len();
    let count = 1 + d + d * d;
    let mut all = Array2::from_elem((count, count), f64::NAN);
    for a in 0..d * d {
        for b in 0..d * d {
            let found = k(&seeded(x, [a / d, a % d], true), &seeded(y, [b / d, b % d], false));
            let rows = [(0, found.re), (1 + a / d, found.eps1), (1 + d + a, found.eps1eps2)];
            for (row, number) in rows {
                for (column, entry) in [(0, number.re), (1 + b / d, number.eps1), (1 + d + b, number.eps1eps2)] {
                    all[[row, column]] = entry;
                }
            }
        }
    }
    all
}

fn check<K: Tower2<Scalar = f64>>(kernel: &K, x: &PointsRef<K>, y: &PointsRef<K>, expected: &Array2<f64>) {
    let gram = Gram::new(kernel, ((Value, Gradient, Hessian), x), ((Value, Gradient, Hessian), y)).unwrap();
    let scale = expected.iter().fold(1.0_f64, |scale, entry| scale.max(entry.abs()));
    let v = Array1::from_shape_fn(gram.shape().1, |i| (1.0 + i as f64).sin());
    let [dense, product] = [gram.dense().unwrap(), gram.dot(&v).unwrap().insert_axis(ndarray::Axis(1))];
    let of_product = expected.dot(&v).insert_axis(ndarray::Axis(1));
    for (got, expected) in [(dense, expected), (product, &of_product)] {
        for ((at, &got), &expected) in got.indexed_iter().zip(expected) {
            let name = std::any::type_name::<K>();
            assert!((got - expected).abs() <= 1e-12 * scale, "{at:?}: {got}, not {expected}, of {scale}: {name}");
        }
    }
}

/// Points x and y of d coordinates, a number of pairs.
fn pairs(d: usize) -> Vec<[Vec<f64>; 2]> {
    let point = |seed: f64| (0..d).map(|a| 1.1 * (seed + 12.9898 * (a + 1) as f64).sin()).collect::<Vec<f64>>();
    (0..4).map(|n| [point(f64::from(n)), point(0.4 + 3.7 * f64::from(n))]).collect()
}

fn row(point: &[f64]) -> Array2<f64> {
    Array2::from_shape_vec((1, point.len()), point.to_vec()).unwrap()
}

/// A kernel of slices with weights, and the same formula over any numbers.
macro_rules! formulas {
    ($($test:ident $kernel:ident $Kernel:ident |$x:ident, $y:ident, $w:ident| $body:expr, $numbers:expr;)*) => {$(
        #[allow(unused_variables, reason = "not every formula has all parameters")]
        #[kernel(asymmetric, smooth = assume(2))]
        fn $kernel($x: &[f64], $y: &[f64], $w: &[f64]) -> f64 { $body }

        #[test]
        fn $test() {
            #[allow(unused_variables, reason = "as above")]
            fn numbers($x: &[Number], $y: &[Number], $w: &[f64]) -> Number { $numbers }
            for d in [1, 2, 3] {
                let w: Vec<f64> = (0..d).map(|i| 0.7 + 0.2 * i as f64).collect();
                let kernel = $Kernel::new(w.clone()).unwrap();
                for [x, y] in pairs(d) {
                    check(&kernel, &row(&x), &row(&y), &expected(&|x, y| numbers(x, y, &w), &x, &y));
                }
            }
        }
    )*};
}

fn sum(terms: impl Iterator<Item = Number>) -> Number {
    terms.fold(number(0.0), |sum, term| sum + term)
}

fn dot(x: &[Number], y: &[Number]) -> Number {
    sum(x.iter().zip(y).map(|(a, b)| *a * *b))
}

fn sq_dist(x: &[Number], y: &[Number]) -> Number {
    sum(x.iter().zip(y).map(|(a, b)| (*a - *b).powi(2)))
}

formulas! {
    a_weighted_distance_and_a_dot_product weighted Weighted |x, y, w|
        {
            let s = x.iter().zip(y).zip(w).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
            (-s).exp() * (dot(x, y) + 2.0)
        },
        {
            let s = sum(x.iter().zip(y).zip(w).map(|((a, b), l)| ((*a - *b) / *l).powi(2)));
            (-s).exp() * (dot(x, y) + 2.0)
        };
    sums_of_the_users_own own Own |x, y, w|
        {
            let s = x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).cos()).sum::<f64>();
            let t = x.iter().zip(y).map(|(a, b)| (*a + 2.0 * *b).exp()).sum::<f64>();
            s * (t + 1.0).ln()
        },
        {
            let s = sum(x.iter().zip(y).zip(w).map(|((a, b), w)| ((*a - *b) * *w).cos()));
            let t = sum(x.iter().zip(y).map(|(a, b)| (*a + *b * 2.0).exp()));
            s * (t + 1.0).ln()
        };
    factors_with_three_and_four_indices mixed Mixed |x, y, w|
        {
            let s = x.iter().zip(y).map(|(a, b)| (*a * *b).powi(3) / (1.0 + a.powi(2) + b.powi(2))).sum::<f64>();
            (0.3 * s).tanh()
        },
        {
            let s = sum(x.iter().zip(y).map(|(a, b)| (*a * *b).powi(3) / (a.powi(2) + b.powi(2) + 1.0)));
            (s * 0.3).tanh()
        };
    single_coordinates_beside_all picked Picked |x, y, w|
        (x[0] * y[0]).sin() * (-sq_dist(x, y)).exp() + w[0] * x[0] * y[0].powi(3),
        (x[0] * y[0]).sin() * (-sq_dist(x, y)).exp() + x[0] * y[0].powi(3) * w[0];
    a_product_of_positive_factors factors Factors |x, y, w|
        x.iter().zip(y).zip(w).map(|((a, b), w)| 1.0 / (1.0 + w.powi(2) * (*a - *b).powi(2))).product::<f64>(),
        x.iter().zip(y).zip(w).map(|((a, b), w)| ((*a - *b).powi(2) * w.powi(2) + 1.0).recip())
            .fold(number(1.0), |product, factor| product * factor);
    sums_inside_a_sum centred Centred |x, y, w|
        {
            let (m, n) = (x.iter().sum::<f64>(), y.iter().sum::<f64>());
            (-0.1 * x.iter().zip(y).map(|(a, b)| (*a - m - (*b - n)).powi(2)).sum::<f64>()).exp()
        },
        {
            let [m, n] = [x, y].map(|point| sum(point.iter().copied()));
            (sum(x.iter().zip(y).map(|(a, b)| (*a - m - (*b - n)).powi(2))) * -0.1).exp()
        };
    a_function_of_the_distance_with_removable_singularities waves Waves |x, y, w|
        dist(x, y).sin() / dist(x, y) + (1.0 + dist(x, y).powi(2)).ln(),
        {
            let s = sq_dist(x, y);
            s.sqrt().sin() / s.sqrt() + (s + 1.0).ln()
        };
    norms_of_both_points norms Norms |x, y, w|
        ((1.0 + dot(x, y)) / ((1.0 + sq_norm(x)) * (1.0 + sq_norm(y))).sqrt() * 0.9).asin(),
        ((dot(x, y) + 1.0) / ((dot(x, x) + 1.0) * (dot(y, y) + 1.0)).sqrt() * 0.9).asin();
    nothing_of_one_point alone Alone |x, y, w|
        (-sq_norm(x)).exp(),
        (-dot(x, x)).exp();
}

/// Of two numbers.
#[kernel(assume(a > 0))]
fn on_line(x: f64, y: f64, a: f64) -> f64 {
    (a * x * y).exp() / (1.0 + (x - y).powi(2))
}

#[test]
fn two_numbers() {
    let kernel = OnLine::new(0.4).unwrap();
    for [x, y] in pairs(1) {
        let k = |x: &[Number], y: &[Number]| (x[0] * y[0] * 0.4).exp() / ((x[0] - y[0]).powi(2) + 1.0);
        check(&kernel, &Array1::from_vec(x.clone()), &Array1::from_vec(y.clone()), &expected(&k, &x, &y));
    }
}

/// Of arrays of fixed length.
#[kernel]
fn of_arrays<const D: usize>(x: &[f64; D], y: &[f64; D]) -> f64 {
    (dot(x, y) + 1.0).powi(3) * (-dist(x, y)).exp() * (1.0 + dist(x, y) + sq_dist(x, y) / 3.0)
}

#[test]
fn arrays() {
    let kernel = OfArrays::<3>::new().unwrap();
    for [x, y] in pairs(3) {
        let k = |x: &[Number], y: &[Number]| {
            let r = sq_dist(x, y).sqrt();
            (dot(x, y) + 1.0).powi(3) * (-r).exp() * (r + r * r / 3.0 + 1.0)
        };
        check(&kernel, &row(&x), &row(&y), &expected(&k, &x, &y));
    }
}

/// Leibniz' rule within Leibniz' rule.
#[test]
fn sums_products_and_multiples() {
    let w = vec![0.8, 1.1];
    let own = || Own::new(w.clone()).unwrap();
    let kernel = 1.5 * (Picked::new(w.clone()).unwrap() * own() + own() * (own() + Weighted::new(w.clone()).unwrap()));
    for [x, y] in pairs(2) {
        let k = |x: &[Number], y: &[Number]| {
            let picked = (x[0] * y[0]).sin() * (-sq_dist(x, y)).exp() + x[0] * y[0].powi(3) * w[0];
            let s = sum(x.iter().zip(y).zip(&w).map(|((a, b), w)| ((*a - *b) * *w).cos()));
            let t = sum(x.iter().zip(y).map(|(a, b)| (*a + *b * 2.0).exp()));
            let own = s * (t + 1.0).ln();
            let s = sum(x.iter().zip(y).zip(&w).map(|((a, b), l)| ((*a - *b) / *l).powi(2)));
            let weighted = (-s).exp() * (dot(x, y) + 2.0);
            (picked * own + own * (own + weighted)) * 1.5
        };
        check(&kernel, &row(&x), &row(&y), &expected(&k, &x, &y));
    }
}
