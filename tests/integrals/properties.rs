//! What has to hold between integrals.

use kernel_runtime::gram::{
    Biharmonic, Expectation, Gradient, Gram, Integral, Laplacian, Observations, Observed, PointsRef, Value,
};
use kernel_runtime::solve::Solve;
use kernel_runtime::{Integrable, Kernel, Tower4, VectorPoints, kernel, kernels, operator};
use ndarray::{Array1, Array2, array};

/// Written out, with the constants in places of their own.
#[kernel(assume(gamma > 0, weights >= 0))]
fn own_gaussian(x: &[f64], y: &[f64], gamma: f64, weights: &[f64]) -> f64 {
    let mut s = 0.0;
    for i in 0..x.len() {
        s += weights[i] * (x[i] - y[i]).powi(2);
    }
    2.0 * (-gamma * s / (1.0 + gamma)).exp()
}

/// A Gaussian of the first coordinate, a polynomial in two weighted dot products, a constant: all in one expression.
#[kernel(assume(gamma > 0, weights >= 0))]
fn mixed(x: &[f64; 2], y: &[f64; 2], gamma: f64, weights: &[f64; 2]) -> f64 {
    let s: f64 = x.iter().zip(y).zip(weights).map(|((a, b), w)| w * a * b).sum();
    (-gamma * (x[0] - y[0]).powi(2)).exp() + 0.5 * (s + 1.0).powi(2) * (2.0 + s) + 3.0 * dot(x, y) + 0.25
}

/// Of the highest degree.
#[kernel]
fn steep(x: f64, y: f64) -> f64 {
    (x * y).powi(170)
}

/// On a line.
#[kernel(assume(gamma > 0))]
fn line(x: f64, y: f64, gamma: f64) -> f64 {
    (-gamma * (x - y).powi(2)).exp() + (x * y + 0.5).powi(3)
}

/// Single coordinates, and some of them.
#[kernel(assume(gamma > 0))]
fn some(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(&x[1..], &y[1..]) - (x[0] - y[0]).powi(2)).exp() + x[1] * y[1]
}

/// In single precision.
#[kernel(assume(gamma > 0))]
fn single(x: &[f32], y: &[f32], gamma: f32) -> f32 {
    (-gamma * sq_dist(x, y)).exp()
}

fn points() -> Array2<f64> {
    array![[0.1, -0.4], [0.9, 0.3], [-0.6, 0.8]]
}

/// Nodes and weights of Gauss and Legendre's rule with five points on [0, 1].
const RULE: [(f64, f64); 5] = [
    (0.046_910_077_030_668_004, 0.118_463_442_528_094_54),
    (0.230_765_344_947_158_45, 0.239_314_335_249_683_24),
    (0.5, 0.284_444_444_444_444_45),
    (0.769_234_655_052_841_5, 0.239_314_335_249_683_24),
    (0.953_089_922_969_332, 0.118_463_442_528_094_54),
];

/// Covariances of ∫ f over a box with values by a quadrature rule.
fn by_quadrature<K: Kernel<Scalar = f64, Points = VectorPoints>>(
    k: &K,
    [a, b]: [[f64; 2]; 2],
    y: &Array2<f64>,
) -> Array1<f64> {
    let mut sum = Array1::zeros(y.nrows());
    for (u, p) in RULE {
        for (v, q) in RULE {
            let [w, h] = [b[0] - a[0], b[1] - a[1]];
            let node = array![[a[0] + w * u, a[1] + h * v]];
            let values = Gram::new(k, (Value, &node), (Value, y)).unwrap().dense().unwrap();
            sum += &(p * q * w * h * &values.row(0));
        }
    }
    sum
}

fn agrees_with_quadrature<K: Integrable<Scalar = f64, Points = VectorPoints>>(k: &K) {
    let (a, b, y) = ([-0.3, 0.1], [0.4, 0.5], points());
    let (lower, upper) = (array![a], array![b]);
    let got = Gram::new(k, (Integral::to(&upper), &lower), (Value, &y)).unwrap().dense().unwrap();
    for (got, want) in got.row(0).iter().zip(by_quadrature(k, [a, b], &y)) {
        assert!((got - want).abs() < 1e-8 * want.abs(), "{got} for {want}");
    }
}

#[test]
fn kernels_of_ones_own_are_recognised() {
    agrees_with_quadrature(&OwnGaussian::new(0.7, vec![0.5, 1.2]).unwrap());
    agrees_with_quadrature(&Mixed::new(0.7, [0.5, 1.2]).unwrap());
    agrees_with_quadrature(&Some::new(0.4).unwrap());
    agrees_with_quadrature(
        &(2.0 * kernels::Rbf::new(1.0, 0.9).unwrap() * kernels::Constant::new(0.5).unwrap()
            + 3.0 * kernels::Linear::new(0.3, 0.2).unwrap()),
    );
}

#[test]
fn points_may_be_numbers() {
    let (k, y) = (Line::new(0.8).unwrap(), array![0.3, -1.0]);
    let (lower, upper) = (array![-0.2, 0.0], array![0.5, 0.7]);
    let got = Gram::new(&k, (Integral::to(&upper), &lower), (Value, &y)).unwrap().dense().unwrap();
    for ((i, j), &got) in got.indexed_iter() {
        let width = upper[i] - lower[i];
        let want: f64 = RULE.iter().map(|(u, p)| p * width * line(lower[i] + width * u, y[j], 0.8)).sum();
        assert!((got - want).abs() < 1e-9, "{got} for {want}");
    }
    let variances = array![0.1, 0.2];
    let blurred = Gram::new(&k, (Expectation::independent(&variances), &lower), (Value, &y)).unwrap();
    assert_eq!(blurred.dense().unwrap().dim(), (2, 2));
}

/// ∫ (x y)¹⁷⁰ from a to b is y¹⁷⁰ (b¹⁷¹ - a¹⁷¹)/171.
#[test]
fn the_highest_degree() {
    let (lower, upper, y) = (array![8.0, 0.5], array![10.0, 0.75], array![1.0, 1.5]);
    let got = Gram::new(&Steep::new().unwrap(), (Integral::to(&upper), &lower), (Value, &y)).unwrap().dense().unwrap();
    for ((i, j), &got) in got.indexed_iter() {
        let want = y[j].powi(170) * (upper[i].powi(171) - lower[i].powi(171)) / 171.0;
        assert!((got - want).abs() < 1e-10 * want, "{got} for {want}");
    }
}

#[test]
fn single_precision_is_rounded_once() {
    let (k, y) = (Single::new(0.8).unwrap(), array![[0.3_f32, 0.1]]);
    let (lower, upper) = (array![[-0.2_f32, 0.0]], array![[0.5_f32, 0.25]]);
    let got = Gram::new(&k, (Integral::to(&upper), &lower), (Value, &y)).unwrap().dense().unwrap()[[0, 0]];
    let wide = |array: &Array2<f32>| array.mapv(f64::from);
    let gamma = f64::from(0.8_f32);
    let same = kernels::Rbf::new(1.0, (0.5 / gamma).sqrt()).unwrap();
    let want =
        Gram::new(&same, (Integral::to(&wide(&upper)), &wide(&lower)), (Value, &wide(&y))).unwrap().dense().unwrap();
    assert!((f64::from(got) - want[[0, 0]]).abs() < 1e-7 * want[[0, 0]]);
}

#[test]
fn boxes_add_up() {
    let k = kernels::ArdRbf::new(1.3, vec![0.5, 0.8]).unwrap() + kernels::Polynomial3::new(0.4, 0.3).unwrap();
    let y = points();
    let (lower, upper) = (array![[-0.3, 0.1], [0.2, 0.1], [-0.3, 0.1]], array![[0.2, 0.9], [0.7, 0.9], [0.7, 0.9]]);
    let one_sided = Gram::new(&k, (Integral::to(&upper), &lower), (Value, &y)).unwrap().dense().unwrap();
    for column in one_sided.columns() {
        assert!((column[0] + column[1] - column[2]).abs() < 1e-14 * column[2].abs());
    }
    let boxes = (Integral::to(&upper), &*lower);
    let two_sided = Gram::new(&k, boxes, boxes).unwrap().dense().unwrap();
    let halves = two_sided[[0, 0]] + two_sided[[1, 1]] + 2.0 * two_sided[[0, 1]];
    assert!((halves - two_sided[[2, 2]]).abs() < 1e-14 * halves);
    for ((i, j), entry) in two_sided.indexed_iter() {
        assert!((entry - two_sided[[j, i]]).abs() <= 4.0 * f64::EPSILON * entry.abs());
    }
}

#[test]
fn integrals_of_a_sum_are_sums_of_integrals() {
    let (rbf, linear) = (kernels::Rbf::new(1.3, 0.5).unwrap(), kernels::Linear::new(0.4, 0.3).unwrap());
    let (lower, upper) = (points(), points() + 0.75);
    let boxes = (Integral::to(&upper), &*lower);
    let parts = Gram::new(&rbf, boxes, boxes).unwrap().dense().unwrap()
        + Gram::new(&linear, boxes, boxes).unwrap().dense().unwrap();
    let sum = rbf + linear;
    let error = Gram::new(&sum, boxes, boxes).unwrap().dense().unwrap() - parts;
    assert!(error.iter().all(|error| error.abs() < 1e-15), "{error}");
}

#[test]
fn derivatives_are_those_of_values() {
    let k = kernels::Rbf::new(1.3, 0.5).unwrap() + kernels::Polynomial3::new(0.4, 0.3).unwrap();
    let (lower, upper, y) = (points(), points() + 0.75, array![[0.2, 0.5]]);
    let boxes = (Integral::to(&upper), &*lower);
    let step = 1e-5;
    let at = |a: usize, step: f64| {
        let mut y = y.clone();
        y[[0, a]] += step;
        Gram::new(&k, boxes, (Value, &y)).unwrap().dense().unwrap()
    };
    let gradient = Gram::new(&k, boxes, (Gradient, &y)).unwrap().dense().unwrap();
    for a in 0..2 {
        let error = &gradient.column(a) - &((at(a, step) - at(a, -step)) / (2.0 * step)).column(0);
        assert!(error.iter().all(|error| error.abs() < 1e-8), "{error}");
    }
    let laplacian = Gram::new(&k, boxes, (Laplacian, &y)).unwrap().dense().unwrap();
    let step = 1e-3;
    let sums = (0..2).map(|a| at(a, step) - 2.0 * at(a, 0.0) + at(a, -step));
    let difference = sums.fold(Array2::<f64>::zeros((3, 1)), |sum, next| sum + next) / (step * step);
    let error = laplacian - difference;
    assert!(error.iter().all(|error| error.abs() < 1e-4), "{error}");
}

operator!(Bend = d[0] * d[0]);
operator!(Skew = d[0] * d[0] * d[1]);

/// Derivatives of the third and fourth order by points y against differences of the second.
fn higher_derivatives<K, L>(k: &K, x: (L, &PointsRef<K>))
where
    K: Tower4<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
{
    let (y, step) = (array![[0.2, 0.5]], 1e-3);
    let at = |a: usize, step: f64, bend: bool| {
        let mut y = y.clone();
        y[[0, a]] += step;
        let gram = if bend {
            Gram::new(k, x, (Bend, &y)).unwrap().dense()
        } else {
            Gram::new(k, x, (Laplacian, &y)).unwrap().dense()
        };
        gram.unwrap()
    };
    let close = |got: Array2<f64>, want: Array2<f64>| {
        for (got, want) in got.iter().zip(&want) {
            assert!((got - want).abs() < 1e-3 * (1.0 + want.abs()), "{got} for {want}");
        }
    };
    let skew = Gram::new(k, x, (Skew, &y)).unwrap().dense().unwrap();
    close(skew, (at(1, step, true) - at(1, -step, true)) / (2.0 * step));
    let biharmonic = Gram::new(k, x, (Biharmonic, &y)).unwrap().dense().unwrap();
    let sums = (0..2).map(|a| at(a, step, false) - 2.0 * at(a, 0.0, false) + at(a, -step, false));
    close(biharmonic, sums.reduce(|sum, next| sum + next).unwrap() / (step * step));
}

#[test]
fn derivatives_of_higher_order() {
    let k = kernels::Rbf::new(1.3, 0.8).unwrap() + kernels::Polynomial3::new(0.4, 0.3).unwrap();
    let (x, upper) = (points(), points() + array![0.75, 1e-4]);
    higher_derivatives(&k, (Integral::mean_to(&upper), &x));
    let variances = Array2::from_shape_fn((3, 2), |(i, a)| 0.2 * (1 + i + a) as f64);
    higher_derivatives(&k, (Expectation::independent(&variances), &x));
    let covariance = array![[0.3, -0.2], [-0.2, 0.7]];
    higher_derivatives(&k, (Expectation::with(&covariance), &x));
    let falling = kernels::ArdRbf::new(1.3, vec![0.5, 0.8]).unwrap();
    higher_derivatives(&falling, (Integral::to(&array![[f64::INFINITY, 0.9]]), &array![[-0.3, f64::NEG_INFINITY]]));

    // Over a small box all derivatives are those of the value, to rounding.
    let (y, upper) = (array![[0.2, 0.5]], &x + 1e-9);
    let mean = Gram::new(&falling, (Integral::mean_to(&upper), &x), (Biharmonic, &y)).unwrap().dense().unwrap();
    let value = Gram::new(&falling, (Value, &x), (Biharmonic, &y)).unwrap().dense().unwrap();
    for (mean, value) in mean.iter().zip(&value) {
        assert!((mean - value).abs() < 1e-7 * value.abs(), "{mean} for {value}");
    }
}

/// Of enough points that the matrix is made in several strips.
#[test]
fn pairs_that_are_taken_once() {
    let k = kernels::Rbf::new(1.3, 0.7).unwrap();
    let numbers = |n: usize, seed: f64| {
        Array2::from_shape_fn((n, 2), |(i, a)| (seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
    };
    let (lower, means, x) = (numbers(300, 0.1), numbers(40, 0.4), numbers(7, 0.7));
    let (upper, variances) = (&lower + 0.4, means.mapv(|mean| 0.5 * mean * mean));
    let mut data = Observations::new(&k);
    data.push(Integral::to(&upper), &lower).unwrap();
    data.push((Value, Gradient), &x).unwrap();
    data.push(Expectation::independent(&variances), &means).unwrap();
    let (all, v) = (data.covariance().unwrap(), numbers(data.len(), 0.3));
    for (got, want) in data.dot(&v).unwrap().iter().zip(&all.dot(&v)) {
        assert!((got - want).abs() < 1e-12, "{got} for {want}");
    }
}

#[test]
fn expectations_with_a_diagonal_matrix_are_independent() {
    let k = kernels::ArdRbf::new(1.3, vec![0.5, 0.8]).unwrap() + kernels::Polynomial2::new(0.4, 0.3).unwrap();
    let (x, y) = (points(), array![[0.2, 0.5], [0.7, -0.3]]);
    let (covariance, variances) =
        (array![[0.3, 0.0], [0.0, 0.7]], Array2::from_shape_fn((3, 2), |(_, i)| [0.3, 0.7][i]));
    let one = Gram::new(&k, (Expectation::with(&covariance), &x), (Gradient, &y)).unwrap().dense().unwrap();
    let other = Gram::new(&k, (Expectation::independent(&variances), &x), (Gradient, &y)).unwrap().dense().unwrap();
    assert!((one - other).iter().all(|error| error.abs() < 1e-14));
}

/// Bayesian quadrature: a smooth function from its values, with derivatives and an integral among the data.
#[test]
fn quadrature_finds_the_integral() {
    let k = kernels::Rbf::new(1.0, 0.8).unwrap();
    let f = |x: f64, y: f64| (x + 0.5 * y).sin();
    let n = 8;
    let x = Array2::from_shape_fn((n * n, 2), |(i, a)| [i / n, i % n][a] as f64 / (n - 1) as f64);
    let (lower, upper) = (array![[0.0, 0.0]], array![[1.0, 1.0]]);
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    data.push(Gradient, &lower).unwrap();
    let (half, corner) = (array![[0.5, 1.0]], array![[0.0, 0.0]]);
    data.push(Integral::mean_to(&half), &corner).unwrap();
    let mean = |to: f64| 2.0 * ((to).sin() + 0.5_f64.sin() - (to + 0.5).sin()) / to;
    let mut b: Vec<f64> = x.rows().into_iter().map(|x| f(x[0], x[1])).collect();
    b.extend([1.0, 0.5, mean(0.5)]);
    let (b, noise) = (Array1::from(b), Array1::from_elem(n * n + 3, 1e-8));
    let weights = Solve::new(&data).noise_of_each(&noise).tolerance(1e-10).run(&b).unwrap().x;
    let found = data.cross(Integral::to(&upper), &lower).unwrap().dot(&weights).unwrap()[0];
    assert!((found - mean(1.0)).abs() < 1e-6, "{found} for {}", mean(1.0));
    let covariance = data.covariance().unwrap();
    assert_eq!(covariance, covariance.t());
    let product = data.dot(&weights).unwrap();
    assert!((product - covariance.dot(&weights)).iter().all(|error| error.abs() < 1e-6 * weights.mapv(f64::abs).sum()));
    let variances = data.diagonal().unwrap();
    assert!((variances - covariance.diag()).iter().all(|error| error.abs() < 1e-14));
}

#[test]
fn what_is_wrong_is_said() {
    let (k, x) = (kernels::Rbf::new(1.0, 1.0).unwrap(), array![[0.0, 0.0], [1.0, 1.0]]);
    let message = |upper: &Array2<f64>, mean: bool| {
        let operator = if mean { Integral::mean_to(upper) } else { Integral::to(upper) };
        Gram::new(&k, (operator, &x), (Value, &x)).err().unwrap().to_string()
    };
    let wrong = [
        (
            array![[1.0, 1.0], [2.0, 0.5]],
            false,
            "coordinate 1 of box 1 goes from 1 to 0.5: the upper bound has to be above the lower one",
        ),
        (
            array![[1.0, f64::NAN], [2.0, 2.0]],
            false,
            "coordinate 1 of box 0 goes from 0 to NaN: bounds have to be numbers",
        ),
        (
            array![[1.0, 1.0], [2.0, f64::INFINITY]],
            true,
            "coordinate 1 of box 1 goes from 1 to inf: a box without an end has no mean",
        ),
        (
            array![[0.0, 1.0], [2.0, 2.0]],
            true,
            "coordinate 0 of box 0 goes from 0 to 0: a box without a volume has no mean",
        ),
        (
            array![[1.0, 1.0]],
            false,
            "upper corners have shape (1, 2), points have (2, 2): pass as many, with as many coordinates",
        ),
    ];
    for (upper, mean, problem) in wrong {
        assert_eq!(message(&upper, mean), format!("the integral at `x`: {problem}"));
    }
    let everywhere = (Array2::from_elem((2, 2), f64::NEG_INFINITY), Array2::from_elem((2, 2), f64::INFINITY));
    let boxes = (Integral::to(&everywhere.1), &*everywhere.0);
    let error = Gram::new(&k, boxes, boxes).unwrap().dense().unwrap_err().to_string();
    assert!(error.starts_with("the integral at `x`: row 0 and column 0 have an infinite covariance"), "{error}");
    let covariance = array![[1.0, 2.0], [2.0, 1.0]];
    let error = Gram::new(&k, (Value, &x), (Expectation::with(&covariance), &x)).err().unwrap().to_string();
    assert_eq!(
        error,
        "the integral at `y`: the covariance is not positive semidefinite: its leading 2 x 2 block has a negative eigenvalue"
    );
    let covariance = array![[1.0, 0.5], [0.5, 1.0]];
    let upper = &x + 1.0;
    let error = Gram::new(&k, (Integral::to(&upper), &x), (Expectation::with(&covariance), &x)).unwrap().dense();
    assert!(error.unwrap_err().to_string().contains("pass independent variances"));
}
