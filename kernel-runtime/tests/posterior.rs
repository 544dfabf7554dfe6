//! Gaussian processes given observations, against the textbook's formulas by elimination.
#![cfg(feature = "gp")]

use std::f64::consts::PI;

use kernel_runtime::gram::{
    Blocked, Directional, Gradient, Gram, Hessian, Interleaved, Laplacian, Layout, Observations, Observed, Partials,
    Value,
};
use kernel_runtime::kernels::{Matern12, Matern52, Rbf};
use kernel_runtime::solve::{Posterior, Solve, SolveError};
use kernel_runtime::{KernelError, Symmetric, Tower2, VectorPoints, kernel};
use ndarray::{Array1, Array2, Axis, array, concatenate, s};

mod elimination;

/// Numbers between -1 and 1 without a pattern.
fn numbers(n: usize, d: usize, seed: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| (seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
}

fn close(what: &str, got: &Array2<f64>, expected: &Array2<f64>, tolerance: f64) {
    assert_eq!(got.dim(), expected.dim(), "{what}");
    let largest = expected.iter().fold(1.0_f64, |largest, entry| largest.max(entry.abs()));
    for ((at, got), expected) in got.indexed_iter().zip(expected) {
        assert!((got - expected).abs() <= tolerance * largest, "{what} {at:?}: {got} for {expected}");
    }
}

fn column(v: Array1<f64>) -> Array2<f64> {
    v.insert_axis(Axis(1))
}

/// Mean and covariance of an operator, as they are in Rasmussen and Williams, equations 2.23 and 2.24.
fn check<K, O, L>(
    kernel: &K,
    (data, noise, b): (&Observations<'_, K, O>, &Array1<f64>, &Array1<f64>),
    posterior: &Posterior<'_, '_, K, O>,
    (operator, x): (L, &Array2<f64>),
    layout: O,
) where
    K: Symmetric<Points = VectorPoints, Scalar = f64>,
    O: Layout,
    L: Observed<K>,
{
    let what = std::any::type_name::<(K, O, L)>();
    let mut queries = Observations::with_layout(kernel, layout);
    queries.push(operator, x).unwrap();
    let (cross, prior) = (data.cross(operator, x).unwrap().dense().unwrap(), queries.covariance().unwrap());
    let whole = data.covariance().unwrap() + Array2::from_diag(noise);
    let both = concatenate![Axis(1), column(b.clone()), cross.t()];
    let solved = cross.dot(&elimination::dense(whole, both));
    let (mean, explained) = solved.view().split_at(Axis(1), 1);
    let expected = prior - explained;
    close(what, &column(posterior.mean(operator, x).unwrap()), &mean.to_owned(), 1e-9);
    let covariance = posterior.covariance(operator, x).unwrap();
    close(what, &covariance, &expected, 1e-9);
    assert_eq!(covariance, covariance.t(), "{what}");
    let variance = posterior.variance(operator, x).unwrap();
    close(what, &column(variance), &column(expected.diag().to_owned()), 1e-9);
}

fn check_kernel<K: Symmetric + Tower2<Points = VectorPoints, Scalar = f64>, O: Layout>(kernel: &K, layout: O) {
    let (x, y, z) = (numbers(7, 2, 0.1), numbers(4, 2, 0.4), numbers(5, 2, 0.7));
    let mut data = Observations::with_layout(kernel, layout);
    data.push((Value, Partials(&[1])), &x).unwrap();
    data.push(Laplacian, &y).unwrap();
    data.push(Gradient, &z).unwrap();
    let size = data.len();
    let (noise, b) = (Array1::linspace(1e-3, 0.1, size), numbers(size, 1, 0.2).remove_axis(Axis(1)));
    let posterior = data.posterior(&b, &noise).unwrap();
    let points = numbers(6, 2, 0.9);
    let given = (&data, &noise, &b);
    check(kernel, given, &posterior, (Value, &points), layout);
    check(kernel, given, &posterior, (Laplacian, &points), layout);
    check(kernel, given, &posterior, (Directional(&[0.3, -1.0]), &y), layout);
    check(kernel, given, &posterior, ((Value, Gradient), &points), layout);
    check(kernel, given, &posterior, (Hessian, &x), layout);
    check(kernel, given, &posterior, (Value, &Array2::zeros((0, 2))), layout);
    // ln p(b), of the determinant as the product of what solutions with unit vectors have.
    let whole = data.covariance().unwrap() + Array2::from_diag(&noise);
    let quadratic = b.dot(&elimination::dense(whole.clone(), column(b.clone())).column(0));
    let expected = -0.5 * (quadratic + log_determinant(whole) + size as f64 * (2.0 * PI).ln());
    assert!((posterior.log_likelihood() - expected).abs() < 1e-9 * expected.abs(), "{expected}");
    // The mean takes no factorisation.
    let solution = Solve::new(&data).noise_of_each(&noise).tolerance(1e-12).run(&b).unwrap();
    let mean = data.cross(Gradient, &points).unwrap().dot(&solution.x).unwrap();
    close("iterated", &column(mean), &column(posterior.mean(Gradient, &points).unwrap()), 1e-8);
    close("weights", &column(solution.x), &column(posterior.weights().clone()), 1e-7);
}

/// By its Schur complements.
fn log_determinant(mut a: Array2<f64>) -> f64 {
    let mut sum = 0.0;
    for k in 0..a.nrows() {
        sum += a[[k, k]].ln();
        for i in k + 1..a.nrows() {
            let factor = a[[i, k]] / a[[k, k]];
            let row = a.row(k).to_owned();
            a.row_mut(i).scaled_add(-factor, &row);
        }
    }
    sum
}

#[test]
fn means_and_covariances_are_the_textbooks() {
    check_kernel(&Rbf::new(1.3, 0.9).unwrap(), Interleaved);
    check_kernel(&Rbf::new(1.3, 0.9).unwrap(), Blocked);
    check_kernel(&Matern52::new(1.3, 0.7).unwrap(), Blocked);
}

fn wave(x: &[f64]) -> f64 {
    (1.3 * x[0]).sin() * (0.7 * x[1]).cos()
}

/// Without noise, values and gradients are what was observed, and nothing is left of their variances.
#[test]
fn a_function_is_interpolated() {
    let (k, x) = (Rbf::new(1.0, 1.1).unwrap(), numbers(12, 2, 0.1));
    let mut data = Observations::new(&k);
    data.push((Value, Gradient), &x).unwrap();
    let of_point = |x: &[f64]| {
        let by_0 = 1.3 * (1.3 * x[0]).cos() * (0.7 * x[1]).cos();
        [wave(x), by_0, -0.7 * (1.3 * x[0]).sin() * (0.7 * x[1]).sin()]
    };
    let b: Array1<f64> = x.rows().into_iter().flat_map(|x| of_point(&x.to_vec())).collect();
    let posterior = data.posterior(&b, &Array1::zeros(36)).unwrap();
    let mean = posterior.mean((Value, Gradient), &x).unwrap();
    assert!((&mean - &b).iter().all(|error| error.abs() < 1e-6), "{}", mean - &b);
    let variance = posterior.variance((Value, Gradient), &x).unwrap();
    assert!(variance.iter().all(|&variance| (0.0..1e-12).contains(&variance)), "{variance}");
    // Between the points it is near, and its error is one of a few standard deviations.
    let z = numbers(40, 2, 0.4);
    let (mean, variance) = (posterior.mean(Value, &z).unwrap(), posterior.variance(Value, &z).unwrap());
    for ((z, mean), variance) in z.rows().into_iter().zip(mean).zip(variance) {
        let error = (mean - wave(&z.to_vec())).abs();
        assert!(variance >= 0.0 && error < 5.0 * variance.sqrt() + 1e-6, "{error} with variance {variance}");
    }
}

/// The mean of a derivative is the derivative of the mean.
#[test]
fn means_are_differentiated_as_functions_are() {
    let (k, x, y) = (Matern52::new(1.3, 0.9).unwrap(), numbers(8, 2, 0.1), numbers(5, 2, 0.4));
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    data.push(Gradient, &y).unwrap();
    let b = numbers(18, 1, 0.3).remove_axis(Axis(1));
    let posterior = data.posterior(&b, &Array1::from_elem(18, 1e-3)).unwrap();
    let (z, h) = (array![0.23, -0.41], 1e-4);
    let at = |by_0: f64, by_1: f64| array![[z[0] + by_0 * h, z[1] + by_1 * h]];
    let value = |by_0, by_1| posterior.mean(Value, &at(by_0, by_1)).unwrap()[0];
    let differences = [value(1.0, 0.0) - value(-1.0, 0.0), value(0.0, 1.0) - value(0.0, -1.0)];
    let gradient = posterior.mean(Gradient, &at(0.0, 0.0)).unwrap();
    for (difference, derivative) in differences.into_iter().zip(&gradient) {
        assert!((difference / (2.0 * h) - derivative).abs() < 1e-6, "{difference} {derivative}");
    }
    let around = value(1.0, 0.0) + value(-1.0, 0.0) + value(0.0, 1.0) + value(0.0, -1.0);
    let laplacian = posterior.mean(Laplacian, &at(0.0, 0.0)).unwrap()[0];
    assert!(((around - 4.0 * value(0.0, 0.0)) / (h * h) - laplacian).abs() < 1e-4, "{laplacian}");
    // And so is its variance: that of a difference is that of the derivative.
    let pair = concatenate![Axis(0), at(1.0, 0.0), at(-1.0, 0.0)];
    let c = posterior.covariance(Value, &pair).unwrap();
    let of_difference = (c[[0, 0]] + c[[1, 1]] - 2.0 * c[[0, 1]]) / (4.0 * h * h);
    let variance = posterior.variance(Partials(&[0]), &at(0.0, 0.0)).unwrap()[0];
    assert!((of_difference - variance).abs() < 1e-2 * variance, "{of_difference} {variance}");
}

/// Strips of queries have their variances where the layout has them.
#[test]
fn of_many_queries() {
    let (k, x) = (Rbf::new(1.0, 0.5).unwrap(), numbers(150, 2, 0.1));
    let mut data = Observations::with_layout(&k, Blocked);
    data.push(Gradient, &x).unwrap();
    let posterior = data.posterior(&Array1::ones(300), &Array1::from_elem(300, 1e-2)).unwrap();
    let z = numbers(1300, 2, 0.4);
    let variance = posterior.variance((Value, Gradient), &z).unwrap();
    for i in [0, 700, 1299] {
        let one = posterior.variance((Value, Gradient), &z.select(Axis(0), &[i])).unwrap();
        for e in 0..3 {
            let row = if e == 0 { i } else { 1300 + 2 * i + e - 1 };
            assert!((variance[row] - one[e]).abs() < 1e-12, "{i} {e}: {} {}", variance[row], one[e]);
        }
    }
}

#[kernel(assume(lengthscale > 0))]
fn on_a_line(x: f64, y: f64, lengthscale: f64) -> f64 {
    (-((x - y) / lengthscale).powi(2)).exp()
}

#[test]
fn points_may_be_plain_numbers_and_kernels_without_derivatives() {
    let (k, x) = (OnALine::new(0.9).unwrap(), array![0.0, 0.5, 1.1]);
    let mut data = Observations::new(&k);
    data.push((Value, Gradient), &x).unwrap();
    let b = Array1::ones(6);
    let posterior = data.posterior(&b, &Array1::zeros(6)).unwrap();
    assert!((posterior.mean((Value, Gradient), &x).unwrap() - b).iter().all(|error| error.abs() < 1e-8));
    let (k, x) = (Matern12::new(1.0, 0.7).unwrap(), numbers(9, 2, 0.1));
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    let posterior = data.posterior(&Array1::ones(9), &Array1::zeros(9)).unwrap();
    assert!(posterior.variance(Value, &x).unwrap().iter().all(|variance| (0.0..1e-13).contains(variance)));
}

#[test]
#[expect(clippy::cast_possible_truncation, reason = "single precision is what is tested")]
fn in_single_precision() {
    let (k, x) = (Rbf::with_scalar(1.0_f32, 0.8).unwrap(), numbers(10, 2, 0.1).mapv(|number| number as f32));
    let mut data = Observations::new(&k);
    data.push((Value, Gradient), &x).unwrap();
    let b = Array1::from_elem(30, 0.5_f32);
    let posterior = data.posterior(&b, &Array1::from_elem(30, 1e-2)).unwrap();
    let (wide, points) = (Rbf::new(1.0, 0.8).unwrap(), x.mapv(f64::from));
    let mut same = Observations::new(&wide);
    same.push((Value, Gradient), &points).unwrap();
    let expected = same.posterior(&Array1::from_elem(30, 0.5), &Array1::from_elem(30, 1e-2)).unwrap();
    let (got, expected) = (posterior.variance(Gradient, &x).unwrap(), expected.variance(Gradient, &points).unwrap());
    assert!(got.iter().zip(&expected).all(|(&got, expected)| (f64::from(got) - expected).abs() < 1e-4));
}

#[test]
fn of_nothing_it_is_what_it_was() {
    let (k, x) = (Rbf::new(1.3, 0.5).unwrap(), numbers(3, 2, 0.1));
    let data = Observations::new(&k);
    let posterior = data.posterior(&Array1::zeros(0), &Array1::zeros(0)).unwrap();
    assert_eq!((posterior.log_likelihood(), posterior.mean(Value, &x).unwrap()), (0.0, Array1::zeros(3)));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    assert_eq!(posterior.variance(Gradient, &x).unwrap(), gram.diagonal().unwrap());
    close("prior", &posterior.covariance(Gradient, &x).unwrap(), &gram.dense().unwrap(), 1e-15);
}

#[test]
fn what_is_wrong_is_said() {
    let (k, x, y) = (Rbf::new(1.0, 0.8).unwrap(), numbers(4, 2, 0.1), numbers(3, 2, 0.4));
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    // A point of the first entry again.
    let z = concatenate![Axis(0), y.view(), x.slice(s![2..3, ..])];
    data.push((Value, Gradient), &z).unwrap();
    let (b, noise) = (Array1::ones(16), Array1::zeros(16));
    let error = data.posterior(&b, &noise).err().unwrap();
    assert!(matches!(error, SolveError::Observation { row: 13, entry: 1, point: 3, component: 0, .. }), "{error:?}");
    assert!(
        error
            .to_string()
            .starts_with("number 0 at point 3 of entry 1 of the observations, row 13, follows from those before it")
    );
    let mut some = noise.clone();
    some[13] = 1e-6;
    let posterior = data.posterior(&b, &some).unwrap();
    let error = posterior.mean(Partials(&[2]), &x).unwrap_err();
    let expected = KernelError::Coordinate { argument: "x", coordinate: 2, dimension: 2 };
    assert_eq!(error, SolveError::Kernel(expected.clone()));
    assert_eq!(posterior.variance(Partials(&[2]), &x).unwrap_err(), SolveError::Kernel(expected));
    let wide = numbers(2, 3, 0.1);
    assert!(matches!(posterior.covariance(Value, &wide), Err(SolveError::Kernel(_))));

    let error = |b: &Array1<f64>, noise: &Array1<f64>| data.posterior(b, noise).err().unwrap();
    assert_eq!(error(&Array1::ones(3), &noise), SolveError::RightHandSide { expected: 16, got: 3 });
    assert!(matches!(error(&b, &Array1::ones(3)), SolveError::Noise { .. }));
    some[5] = -1.0;
    assert!(error(&b, &some).to_string().contains("is -1 in row 5"));
    let mut infinite = b.clone();
    infinite[7] = f64::INFINITY;
    assert_eq!(error(&infinite, &noise), SolveError::NotFinite { row: 7, column: 0 });

    let mut holes = x.clone();
    holes[[1, 0]] = f64::NAN;
    let mut data = Observations::new(&k);
    data.push(Value, &y).unwrap();
    data.push(Gradient, &holes).unwrap();
    let error = data.posterior(&Array1::ones(11), &Array1::ones(11)).err().unwrap();
    assert!(matches!(error, SolveError::Observation { entry: 1, point: 1, component: 0, .. }), "{error:?}");
    assert!(error.to_string().contains("infinite or NaN"), "{error}");
}

/// Not a covariance: two of its eigenvalues are negative.
#[kernel(indefinite)]
fn parabola(x: &[f64], y: &[f64]) -> f64 {
    sq_dist(x, y)
}

#[test]
fn what_is_no_covariance_is_refused() {
    let (k, x) = (Parabola::new().unwrap(), numbers(4, 2, 0.1));
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    let error = data.posterior(&Array1::ones(4), &Array1::from_elem(4, 1e-3)).err().unwrap();
    assert!(matches!(error, SolveError::Observation { row: 1, .. }), "{error:?}");
}
