//! Covariances of linear differential operators, against the same sums of the entries of values, gradients and
//! Hessians.

use kernel_runtime::__private::Lane;
use kernel_runtime::gram::{
    Curl, Directional, Gradient, Gram, Hessian, Laplacian, Observed, Operator, Partials, Value,
};
use kernel_runtime::kernels::{ArdMatern52, Matern52, NnArcsine, Rbf};
use kernel_runtime::solve::{BlockDiagonal, PivotedCholesky, Solve};
use kernel_runtime::{KernelError, Level, Real, Tower2, VectorPoints, kernel, operator};
use ndarray::{Array1, Array2, s};

/// Sums and factors that are the kernel's own code.
#[kernel(indefinite)]
fn waves(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).cos()).sum::<f64>();
    let t = x.iter().zip(y).map(|(a, b)| (*a + *b).exp()).sum::<f64>();
    s * (t + 1.0).ln()
}

operator! {
    /// A constant, a parameter, and functions of the coordinates.
    Mixed(a) = (a * d[0] * d[0] + x[0] * d[0] + 2, x[0] * x[0] * d[0])
}

/// Numbers between -1 and 1 without a pattern.
fn numbers<S: Real>(n: usize, d: usize, seed: f64) -> Array2<S> {
    Array2::from_shape_fn((n, d), |(i, a)| S::of((seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin()))
}

/// What an operator makes of a value, a gradient and a Hessian at a point.
trait Reference {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>>;
}

/// A row of d² + d + 1 numbers.
fn row(d: usize, value: f64, gradient: impl Fn(usize) -> f64, hessian: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let second = (0..d * d).map(|entry| hessian(entry / d, entry % d));
    std::iter::once(value).chain((0..d).map(gradient)).chain(second).collect()
}

fn is(condition: bool) -> f64 {
    f64::from(u8::from(condition))
}

impl Reference for Value {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        vec![row(x.len(), 1.0, |_| 0.0, |_, _| 0.0)]
    }
}

impl Reference for Gradient {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        (0..x.len()).map(|a| row(x.len(), 0.0, |i| is(i == a), |_, _| 0.0)).collect()
    }
}

impl Reference for Partials<'_> {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        self.0.iter().map(|&a| row(x.len(), 0.0, |i| is(i == a), |_, _| 0.0)).collect()
    }
}

impl Reference for Hessian {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let d = x.len();
        (0..d * d).map(|entry| row(d, 0.0, |_| 0.0, |a, b| is(a * d + b == entry))).collect()
    }
}

impl Reference for Laplacian {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        vec![row(x.len(), 0.0, |_| 0.0, |a, b| is(a == b))]
    }
}

impl Reference for Directional<'_> {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        vec![row(x.len(), 0.0, |i| self.0[i], |_, _| 0.0)]
    }
}

impl Reference for Mixed {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let first = |i: usize| is(i == 0);
        vec![
            row(x.len(), 2.0, |i| x[0] * first(i), |a, b| self.a * first(a) * first(b)),
            row(x.len(), 0.0, |i| x[0] * x[0] * first(i), |_, _| 0.0),
        ]
    }
}

impl<A: Reference, B: Reference> Reference for (A, B) {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        [self.0.rows(x), self.1.rows(x)].concat()
    }
}

impl<A: Reference, B: Reference, C: Reference> Reference for (A, B, C) {
    fn rows(&self, x: &[f64]) -> Vec<Vec<f64>> {
        [self.0.rows(x), self.1.rows(x), self.2.rows(x)].concat()
    }
}

/// The rows of all points, one below the other, as a matrix on what they are of.
fn map<O: Reference, S: Real + Into<f64>>(operator: &O, points: &Array2<S>) -> Array2<f64> {
    let (n, d) = points.dim();
    let width = 1 + d + d * d;
    let rows: Vec<Vec<Vec<f64>>> =
        points.rows().into_iter().map(|x| operator.rows(&x.iter().map(|&a| a.into()).collect::<Vec<f64>>())).collect();
    let count = rows.first().map_or(0, Vec::len);
    let mut map = Array2::zeros((n * count, n * width));
    for (i, rows) in rows.iter().enumerate() {
        for (e, row) in rows.iter().enumerate() {
            map.slice_mut(s![i * count + e, i * width..(i + 1) * width]).assign(&Array1::from(row.clone()));
        }
    }
    map
}

fn close<S: Real + Into<f64>>(what: &str, got: &Array2<S>, expected: &Array2<f64>, scale: f64) {
    let rounding = if size_of::<S>() == 4 { 2e-5 } else { 4e-14 };
    assert_eq!(got.dim(), expected.dim(), "{what}");
    for ((at, &got), &expected) in got.indexed_iter().zip(expected) {
        let got: f64 = got.into();
        assert!((got - expected).abs() <= rounding * scale, "{what} {at:?}: {got} for {expected}, scale {scale}");
    }
}

fn check_pair<K, L, R>(kernel: &K, left: L, right: R, x: &Array2<K::Scalar>, y: &Array2<K::Scalar>)
where
    K: Tower2<Points = VectorPoints, Scalar: Into<f64>>,
    L: Observed<K> + Reference,
    R: Observed<K> + Reference,
{
    let what = format!("{} {}", std::any::type_name::<K>(), std::any::type_name::<(L, R)>());
    let all = (Value, Gradient, Hessian);
    let all = Gram::new(kernel, (all, x), (all, y)).unwrap().dense().unwrap().mapv(Into::into);
    let (of_x, of_y) = (map(&left, x), map(&right, y));
    let expected = of_x.dot(&all).dot(&of_y.t());
    let magnitude = of_x.mapv(f64::abs).dot(&all.mapv(f64::abs)).dot(&of_y.t().mapv(f64::abs));
    let largest = all.iter().fold(1.0_f64, |scale, entry| scale.max(entry.abs()));
    let scale = magnitude.iter().fold(largest, |scale, &entry| scale.max(entry));

    let gram = Gram::new(kernel, (left, x), (right, y)).unwrap();
    assert_eq!(gram.shape(), expected.dim(), "{what}");
    let dense = gram.dense().unwrap();
    close(&what, &dense, &expected, scale);
    // Into every second column of something transposed.
    if !expected.is_empty() {
        let mut room = Array2::from_elem((2 * expected.ncols(), expected.nrows()), K::Scalar::of(7.0));
        gram.dense_into(&mut room.slice_mut(s![..;2, ..]).reversed_axes()).unwrap();
        assert_eq!(room.slice(s![..;2, ..]).t(), dense, "{what}");
        assert!(room.slice(s![1..;2, ..]).iter().all(|&entry| entry == K::Scalar::of(7.0)), "{what}");
    }
    let v: Array2<K::Scalar> = numbers(expected.ncols(), 3, 0.3);
    let product = expected.dot(&v.mapv(Into::into));
    let width = expected.ncols().max(1) as f64;
    close(&what, &gram.dot(&v).unwrap(), &product, scale * width);
    let one = gram.dot(&v.column(1)).unwrap();
    assert_eq!(one, gram.dot(&v).unwrap().column(1), "{what}");
    if expected.nrows() > 2 {
        let some = 1..expected.nrows() - 1;
        assert_eq!(gram.rows(some.clone()).unwrap(), dense.slice(s![some, ..]), "{what}");
    }
    if expected.ncols() > 0 {
        let column = gram.column(expected.ncols() - 1).unwrap();
        let last = expected.slice(s![.., expected.ncols() - 1..]).to_owned();
        close(&what, &column.insert_axis(ndarray::Axis(1)), &last, scale);
    }
}

/// The operators on both sides, and those that have been seen as both, in an order of their own.
fn check_all<K: Tower2<Points = VectorPoints, Scalar: Into<f64>>>(
    kernel: &K,
    x: &Array2<K::Scalar>,
    y: &Array2<K::Scalar>,
) {
    let d = x.ncols();
    let direction: Vec<f64> = (0..d).map(|i| 0.5 - i as f64).collect();
    let other: Vec<f64> = (0..d).map(|i| (1.0 + i as f64).sqrt()).collect();
    let (along, across, mixed) = (Directional(&direction), Directional(&other), Mixed { a: -0.3 });
    check_pair(kernel, Laplacian, Laplacian, x, y);
    check_pair(kernel, Laplacian, Value, x, y);
    check_pair(kernel, Gradient, Laplacian, x, y);
    check_pair(kernel, Hessian, (Value, Laplacian), x, y);
    check_pair(kernel, along, along, x, y);
    check_pair(kernel, along, across, x, y);
    check_pair(kernel, along, Laplacian, x, y);
    check_pair(kernel, mixed, mixed, x, y);
    check_pair(kernel, (along, mixed), (Laplacian, across, mixed), x, y);
    check_pair(kernel, (Value, Gradient, Laplacian), ((Value, Partials(&[0])), mixed), x, y);
    check_pair(kernel, Mixed { a: 1.5 }, (Hessian, Gradient), x, y);
    // No operators, but other orders than entries have.
    check_pair(kernel, (Gradient, Value), (Value, Gradient), x, y);
    check_pair(kernel, (Hessian, Value), (Gradient, Hessian), x, y);
    check_pair(kernel, (Value, Value), (Partials(&[0]), Gradient, Value), x, y);
}

fn check_kernel<K: Tower2<Points = VectorPoints, Scalar: Into<f64>>>(kernel: &K, sizes: &[[usize; 3]]) {
    for &[n, m, d] in sizes {
        let (x, mut y) = (numbers(n, d, 0.1), numbers(m, d, 0.7));
        check_all(kernel, &x, &y);
        // Where points meet.
        if n > 0 && m > 0 {
            y.row_mut(m / 2).assign(&x.row(n - 1));
            check_pair(kernel, (Laplacian, Mixed { a: 2.0 }), (Laplacian, Value), &x, &y);
        }
    }
}

const SIZES: &[[usize; 3]] = &[[1, 1, 1], [3, 5, 2], [9, 70, 3], [2, 3, 5]];

#[test]
fn of_a_stationary_kernel() {
    check_kernel(&Rbf::new(1.3, 0.8).unwrap(), SIZES);
}

#[test]
fn of_a_kernel_whose_factors_are_divided_by_the_distance() {
    check_kernel(&Matern52::new(1.3, 0.8).unwrap(), SIZES);
}

#[test]
fn of_a_kernel_with_weights() {
    for &[n, m, d] in SIZES {
        let lengthscale: Vec<f64> = (0..d).map(|i| 0.5 + 0.3 * i as f64).collect();
        check_kernel(&ArdMatern52::new(1.3, lengthscale.clone()).unwrap(), &[[n, m, d]]);
        check_kernel(&Waves::new(lengthscale).unwrap(), &[[n, m, d]]);
    }
}

#[test]
fn of_a_kernel_that_is_not_stationary_and_of_sums_and_products() {
    let arcsine = || NnArcsine::new(1.0, 0.7, 0.4).unwrap();
    check_kernel(&arcsine(), SIZES);
    check_kernel(&(arcsine() * Rbf::new(1.0, 1.2).unwrap() + 0.5 * Matern52::new(1.0, 0.9).unwrap()), SIZES);
}

#[test]
fn in_single_precision() {
    check_kernel(&Rbf::<f32>::with_scalar(1.3, 0.8).unwrap(), SIZES);
}

#[test]
fn at_all_levels() {
    for level in Level::available() {
        level.with(|| check_kernel(&Rbf::new(1.3, 0.8).unwrap(), &[[5, 19, 3]]));
    }
}

#[test]
fn of_no_points() {
    check_kernel(&Rbf::new(1.3, 0.8).unwrap(), &[[0, 3, 2], [3, 0, 2], [0, 0, 1]]);
}

#[test]
fn coordinates_and_directions_that_do_not_fit() {
    let (k, x) = (Rbf::new(1.0, 1.0).unwrap(), Array2::zeros((2, 3)));
    let error = Gram::new(&k, (Value, &x), (Directional(&[1.0, 0.0]), &x)).err();
    assert_eq!(error, Some(KernelError::Direction { argument: "y", expected: 3, got: 2 }));
    let error = Gram::new(&k, ((Value, Partials(&[3])), &x), (Laplacian, &x)).err();
    assert_eq!(error, Some(KernelError::Coordinate { argument: "x", coordinate: 3, dimension: 3 }));
}

#[test]
fn variances_and_solutions() {
    let k = Rbf::new(1.3, 0.8).unwrap();
    let x: Array2<f64> = numbers(12, 3, 0.1);
    let operator = (Value, Mixed { a: -0.4 }, Laplacian);
    let gram = Gram::new(&k, (operator, &x), (operator, &x)).unwrap();
    let dense = gram.dense().unwrap();
    assert!((gram.diagonal().unwrap() - dense.diag()).iter().all(|error| error.abs() < 1e-11));
    let b = Array1::from_shape_fn(gram.shape().0, |i| (i as f64).cos());
    let cholesky = PivotedCholesky::new(&gram, 1e-2, 20).unwrap();
    let blocks = BlockDiagonal::new(&gram, 1e-2).unwrap();
    for solution in [
        Solve::new(&gram).noise(1e-2).tolerance(1e-9).preconditioner(&cholesky).run(&b).unwrap(),
        Solve::new(&gram).noise(1e-2).tolerance(1e-9).preconditioner(&blocks).run(&b).unwrap(),
    ] {
        let residual = dense.dot(&solution.x) + 1e-2 * &solution.x - &b;
        assert!(solution.converged && residual.dot(&residual).sqrt() <= 1e-8 * b.dot(&b).sqrt());
    }
    // The same operator with another parameter is another.
    let other = (Value, Mixed { a: 0.4 }, Laplacian);
    assert!(matches!(
        Solve::new(&Gram::new(&k, (operator, &x), (other, &x)).unwrap()).run(&b),
        Err(kernel_runtime::solve::SolveError::NotSymmetric { .. })
    ));
}

#[test]
fn derivatives_by_parameters_of_operators() {
    let k = Rbf::new(1.3, 0.8).unwrap();
    let x: Array2<f64> = numbers(4, 2, 0.1);
    let at = |a: f64| Gram::new(&k, (Mixed { a }, &x), (Mixed { a }, &x)).unwrap().dense().unwrap();
    let (operator, by) = (Mixed { a: 0.7 }, Mixed { a: 0.7 }.by("a").unwrap());
    let left = Gram::new(&k, (by, &x), (operator, &x)).unwrap().dense().unwrap();
    let right = Gram::new(&k, (operator, &x), (by, &x)).unwrap().dense().unwrap();
    // A polynomial of the second degree in a: the difference has no error but rounding.
    let difference = (at(0.8) - at(0.6)) / 0.2;
    assert!((left + right - difference).iter().all(|error| error.abs() < 1e-12));
    assert_eq!(operator.by("b").map(|_| ()), None);
}

/// (∇∇ᵀ - Δ I) k in x - y, of a stationary kernel: in terms of gradients, Σ_c ∂²k/∂x_c∂y_c on the diagonal without
/// ∂²k/∂x_b∂y_a.
#[test]
fn fields_without_divergence() {
    for d in [2, 3] {
        let k = Matern52::new(1.3, 0.8).unwrap();
        let (x, mut y): (Array2<f64>, Array2<f64>) = (numbers(5, d, 0.1), numbers(7, d, 0.7));
        y.row_mut(3).assign(&x.row(1));
        let gradients = Gram::new(&k, (Gradient, &x), (Gradient, &y)).unwrap().dense().unwrap();
        let expected = Array2::from_shape_fn(gradients.dim(), |(row, column)| {
            let (i, a, j, b) = (row / d, row % d, column / d, column % d);
            let trace: f64 = (0..d).map(|c| gradients[[i * d + c, j * d + c]]).sum();
            is(a == b) * trace - gradients[[i * d + b, j * d + a]]
        });
        let curls = Gram::new(&k, (Curl, &x), (Curl, &y)).unwrap();
        close("curl", &curls.dense().unwrap(), &expected, 10.0);
        let v: Array2<f64> = numbers(7 * d, 2, 0.4);
        close("curl", &curls.dot(&v).unwrap(), &expected.dot(&v), 100.0);
        // In the plane it is of one function; in space the potential has three.
        let potential = Gram::new(&k, (Curl, &x), (Value, &y)).unwrap().dense().unwrap();
        assert_eq!(potential.row(0).iter().all(|&entry| entry == 0.0), d == 3);
        // The divergence of each row, as a function of x: ∂_a of component a.
        if d == 2 {
            let slopes = Gram::new(&k, (Hessian, &x), (Curl, &y)).unwrap().dense().unwrap();
            let divergence = &slopes.slice(s![1..;4, ..]) - &slopes.slice(s![2..;4, ..]);
            assert!(divergence.iter().all(|&entry| entry == 0.0));
        }
    }
    let (k, x) = (Rbf::new(1.0, 1.0).unwrap(), Array2::zeros((2, 4)));
    let error = Gram::new(&k, (Curl, &x), (Value, &x)).err();
    assert_eq!(error, Some(KernelError::Curl { argument: "x", got: 4 }));
}
