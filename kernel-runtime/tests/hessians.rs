//! Covariances with Hessians: products against the entries, of all sides, and entries of values and gradients against
//! the other blocks. `tests/numeric` compares the entries with values that are not ours.

use kernel_runtime::__private::Lane;
use kernel_runtime::gram::{self, Gradient, Gram, Hessian, Interleaved, Observed, Partials, PointsRef, Value};
use kernel_runtime::kernels::{ArdMatern52, Constant, Matern52, NnArcsine, Rbf};
use kernel_runtime::{KernelError, Level, Real, Tower2, VectorPoints, kernel};
use ndarray::{Array1, Array2, ArrayView2, Axis, concatenate, s};

/// A factor of each kind: more than one of each, with weights.
#[kernel(assume(lengthscale > 0))]
fn two_terms(x: &[f64], y: &[f64], lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    (-s).exp() * (dot(x, y) + 2.0)
}

/// Sums and factors that are the kernel's own code.
#[kernel(indefinite)]
fn waves(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).cos()).sum::<f64>();
    let t = x.iter().zip(y).map(|(a, b)| (*a + *b).exp()).sum::<f64>();
    s * (t + 1.0).ln()
}

/// Of derivatives by y there are none.
#[kernel(asymmetric, indefinite)]
fn of_x(x: &[f64], _y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(x)).exp()
}

/// Of derivatives by x there are none.
#[kernel(asymmetric, indefinite)]
fn of_y(_x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(y)).exp()
}

/// Single coordinates beside all of them.
#[kernel(indefinite)]
fn picked(x: &[f64], y: &[f64]) -> f64 {
    (x[0] * y[0]).sin() * (-sq_dist(x, y)).exp()
}

/// A product over coordinates whose factors are positive.
#[kernel(indefinite)]
fn product(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(y).zip(w).map(|((a, b), w)| 1.0 / (1.0 + w.powi(2) * (*a - *b).powi(2))).product::<f64>()
}

/// Sums inside a sum.
#[kernel(indefinite, smooth = assume(2))]
fn centred(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    let (m, n) = (x.iter().sum::<f64>(), y.iter().sum::<f64>());
    (-gamma * x.iter().zip(y).map(|(a, b)| (*a - m - (*b - n)).powi(2)).sum::<f64>()).exp()
}

/// Numbers between -1 and 1 without a pattern.
fn numbers<S: Real>(n: usize, d: usize, seed: f64) -> Array2<S> {
    Array2::from_shape_fn((n, d), |(i, a)| S::of((seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin()))
}

/// The difference in parts of what rounding could make of it: Σ c |v_j|, with what entries are differences of, some
/// `scale`.
fn check<S: Real>(what: &str, dense: &ArrayView2<'_, S>, scale: S, v: &ArrayView2<'_, S>, got: &ArrayView2<'_, S>) {
    assert_eq!((dense.nrows(), v.ncols()), got.dim(), "{what}");
    for ((i, column), &got) in got.indexed_iter() {
        let (mut expected, mut bound) = (S::of(0.0), S::of(0.0));
        for (&entry, &v) in dense.row(i).iter().zip(v.column(column)) {
            expected += entry * v;
            bound += (Real::abs(entry) + scale) * Real::abs(v);
        }
        assert!(Real::abs(expected - got) <= rounding::<S>() * bound, "{what}: {got} for {expected}, bound {bound}");
    }
}

/// Some ulp.
fn rounding<S>() -> S
where
    S: Real,
{
    S::of(if size_of::<S>() == 4 { 1e-5 } else { 2e-14 })
}

fn check_sides<K, L, R>(
    kernel: &K,
    sides: (L, R),
    x: &PointsRef<K>,
    y: &PointsRef<K>,
    all: &Array2<K::Scalar>,
    [rows, columns]: [&[usize]; 2],
) where
    K: Tower2<Points = VectorPoints>,
    L: Observed<K>,
    R: Observed<K>,
{
    let what =
        format!("{} {} {:?} {:?}", std::any::type_name::<K>(), std::any::type_name::<(L, R)>(), x.dim(), y.dim());
    let gram = Gram::new(kernel, (sides.0, x), (sides.1, y)).unwrap();
    let expected = all.select(Axis(0), rows).select(Axis(1), columns);
    assert_eq!(gram.shape(), expected.dim(), "{what}");
    let dense = gram.dense().unwrap();
    let scale = all.iter().fold(K::Scalar::of(1.0), |scale, &entry| Real::max(scale, Real::abs(entry)));
    for ((at, &got), &expected) in dense.indexed_iter().zip(&expected) {
        assert!(Real::abs(got - expected) <= rounding::<K::Scalar>() * scale, "{what} {at:?}: {got} for {expected}");
    }
    let v = numbers(columns.len(), 3, 0.3);
    check(&what, &expected.view(), scale, &v.view(), &gram.dot(&v).unwrap().view());
    // One vector, not one number behind the other.
    let column = v.slice(s![..;-1, 1]);
    let mut out = Array2::from_elem((rows.len(), 2), K::Scalar::of(f64::NAN));
    gram.dot_into(&column, &mut out.column_mut(1)).unwrap();
    check(&what, &expected.view(), scale, &column.insert_axis(Axis(1)), &out.slice(s![.., 1..]));
    if !rows.is_empty() {
        let some = rows.len() / 3..rows.len().div_ceil(2);
        assert_eq!(gram.rows(some.clone()).unwrap(), dense.slice(s![some, ..]), "{what}");
    }
}

fn check_kernel<K: Tower2<Points = VectorPoints>>(kernel: &K, [n, m, d]: [usize; 3]) {
    let (x, y) = (numbers(n, d, 0.1), numbers(m, d, 0.7));
    check_points(kernel, &x, &y);
}

/// Every side with every other, against the entries of all.
fn check_points<K: Tower2<Points = VectorPoints>>(kernel: &K, x: &Array2<K::Scalar>, y: &Array2<K::Scalar>) {
    let ((n, d), m) = (x.dim(), y.nrows());
    let all =
        Gram::new(kernel, ((Value, Gradient, Hessian), x), ((Value, Gradient, Hessian), y)).unwrap().dense().unwrap();
    let count = 1 + d + d * d;
    let some = |n: usize, from: usize, to: usize| -> Vec<usize> {
        (0..n * count).filter(|i| (from..to).contains(&(i % count))).collect()
    };
    let rows = |from, to| some(n, from, to);
    let columns = |from, to| some(m, from, to);
    let first = [0..n * count, 0..m * count].map(|all| all.filter(|i| i % count < 1 + d).collect::<Vec<_>>());
    let joint = gram::joint(kernel, x, y, Interleaved).unwrap();
    let scale = joint.iter().fold(K::Scalar::of(1.0), |scale, &entry| Real::max(scale, Real::abs(entry)));
    for (&got, &expected) in all.select(Axis(0), &first[0]).select(Axis(1), &first[1]).iter().zip(&joint) {
        assert!(
            Real::abs(got - expected) <= rounding::<K::Scalar>() * scale,
            "{}: {got} for {expected}",
            std::any::type_name::<K>()
        );
    }
    macro_rules! pairs {
        ($($left:expr, $from:expr, $to:expr;)*) => {$(
            pairs!(@ $left, rows($from, $to));
        )*};
        (@ $left:expr, $rows:expr) => {
            check_sides(kernel, ($left, Value), x, y, &all, [&$rows, &columns(0, 1)]);
            check_sides(kernel, ($left, Gradient), x, y, &all, [&$rows, &columns(1, 1 + d)]);
            check_sides(kernel, ($left, Hessian), x, y, &all, [&$rows, &columns(1 + d, count)]);
            check_sides(kernel, ($left, (Value, Gradient)), x, y, &all, [&$rows, &columns(0, 1 + d)]);
            check_sides(kernel, ($left, (Value, Gradient, Hessian)), x, y, &all, [&$rows, &columns(0, count)]);
        };
    }
    pairs! {
        Value, 0, 1;
        Gradient, 1, 1 + d;
        Hessian, 1 + d, count;
        (Value, Gradient), 0, 1 + d;
        (Value, Gradient, Hessian), 0, count;
    }
}

fn check_all([n, m, d]: [usize; 3]) {
    let sizes = [n, m, d];
    let weights = Array1::linspace(0.8, 1.4, d).to_vec();
    check_kernel(&Rbf::new(1.3, 0.9).unwrap(), sizes);
    check_kernel(&Matern52::new(1.3, 0.9).unwrap(), sizes);
    check_kernel(&NnArcsine::new(1.3, 0.3, 0.9).unwrap(), sizes);
    check_kernel(&TwoTerms::new(weights.clone()).unwrap(), sizes);
    check_kernel(&Waves::new(weights.clone()).unwrap(), sizes);
    check_kernel(&OfX::new(0.3).unwrap(), sizes);
    check_kernel(&OfY::new(0.3).unwrap(), sizes);
    check_kernel(&Picked::new().unwrap(), sizes);
    check_kernel(&Product::new(weights).unwrap(), sizes);
    check_kernel(&Centred::new(0.1).unwrap(), sizes);
    check_kernel(&Constant::new(0.3).unwrap(), sizes);
    let sum = Matern52::new(1.3, 0.9).unwrap() + Rbf::new(0.4, 2.0).unwrap() * NnArcsine::new(1.3, 0.3, 0.9).unwrap();
    check_kernel(&(0.5 * sum), sizes);
}

#[test]
fn every_side_of_every_kernel_at_every_level() {
    for level in Level::available() {
        for sizes in [[1, 1, 1], [3, 7, 1], [5, 9, 2], [4, 11, 3], [2, 70, 2]] {
            level.with(|| check_all(sizes));
        }
    }
}

#[test]
fn single_precision() {
    let weights = Array1::linspace(0.8_f32, 1.4, 3).to_vec();
    for level in Level::available() {
        level.with(|| {
            check_kernel(&Rbf::with_scalar(1.3_f32, 0.9).unwrap(), [9, 37, 3]);
            check_kernel(&Matern52::with_scalar(1.3_f32, 0.9).unwrap(), [5, 18, 3]);
            check_kernel(&ArdMatern52::with_scalar(1.3_f32, weights.clone()).unwrap(), [5, 18, 3]);
        });
    }
    // The entries themselves, where points are the same as well.
    let single_y = numbers::<f32>(4, 3, 0.7);
    let single_x = concatenate![Axis(0), numbers(6, 3, 0.1), single_y];
    let [x, y] = [&single_x, &single_y].map(|points| points.mapv(f64::from));
    let double = Matern52::new(1.5, 0.75).unwrap();
    let expected = Gram::new(&double, (Hessian, &x), (Hessian, &y)).unwrap().dense().unwrap();
    let single = Matern52::with_scalar(1.5_f32, 0.75).unwrap();
    let got = Gram::new(&single, (Hessian, &single_x), (Hessian, &single_y)).unwrap().dense().unwrap();
    let scale = expected.iter().fold(0.0_f64, |scale, entry| scale.max(entry.abs()));
    for (&got, &expected) in got.iter().zip(&expected) {
        assert!((f64::from(got) - expected).abs() <= 1e-5 * scale, "{got} for {expected}, of {scale}");
    }
}

/// Where derivatives are limits.
#[test]
fn points_that_are_the_same() {
    let x = concatenate![Axis(0), numbers::<f64>(4, 3, 0.1), numbers(4, 3, 0.1)];
    check_points(&Matern52::new(1.0, 0.5).unwrap(), &x, &x);
    check_points(&(Matern52::new(1.0, 0.5).unwrap() * Rbf::new(2.0, 3.0).unwrap()), &x, &x);
}

#[test]
fn a_vector_counts_by_the_symmetric_part_of_its_matrices() {
    let (k, x, y) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1), numbers(1, 2, 0.7));
    let gram = Gram::new(&k, ((Value, Gradient, Hessian), &x), (Hessian, &y)).unwrap();
    let of = |v: [f64; 4]| gram.dot(&Array1::from_vec(v.to_vec())).unwrap();
    assert_eq!(of([0.5, 3.0, -1.0, 2.0]), of([0.5, 1.0, 1.0, 2.0]));
}

#[test]
fn some_partial_derivatives_beside_hessians() {
    let (k, x, y) = (Matern52::new(1.0, 0.8).unwrap(), numbers(3, 3, 0.1), numbers(2, 3, 0.7));
    let all = Gram::new(&k, ((Value, Gradient), &x), (Hessian, &y)).unwrap().dense().unwrap();
    let rows: Vec<usize> = (0..3).flat_map(|i| [4 * i, 4 * i + 3, 4 * i + 1, 4 * i + 3]).collect();
    let some = Gram::new(&k, ((Value, Partials(&[2, 0, 2])), &x), (Hessian, &y)).unwrap();
    let (expected, dense) = (all.select(Axis(0), &rows), some.dense().unwrap());
    for (got, expected) in dense.iter().zip(&expected) {
        assert!((got - expected).abs() <= 1e-13, "{got} for {expected}");
    }
    let v = numbers(18, 2, 0.3);
    check("some rows", &expected.view(), 10.0, &v.view(), &some.dot(&v).unwrap().view());
    let across = Gram::new(&k, (Hessian, &y), (Partials(&[1, 1]), &x)).unwrap();
    let v = numbers(6, 2, 0.3);
    check("some columns", &across.dense().unwrap().view(), 10.0, &v.view(), &across.dot(&v).unwrap().view());
}

#[test]
fn the_diagonal() {
    let (k, x, y) = (Matern52::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1), numbers(3, 2, 0.7));
    let gram = Gram::new(&k, ((Value, Gradient, Hessian), &x), ((Value, Gradient, Hessian), &y)).unwrap();
    assert_eq!(gram.diagonal().unwrap(), gram.dense().unwrap().diag());
    let error = Gram::new(&k, (Hessian, &x), (Gradient, &y)).unwrap().diagonal().unwrap_err();
    assert_eq!(error, KernelError::NotSquare { rows: 12, columns: 6 });
}

#[test]
fn products_and_entries_take_several_tasks() {
    let k = Matern52::new(1.0, 0.8).unwrap();
    let (x, y) = (numbers::<f64>(203, 3, 0.1), numbers(601, 3, 0.7));
    let gram = Gram::new(&k, ((Value, Gradient, Hessian), &x), (Hessian, &y)).unwrap();
    let (v, dense) = (numbers(601 * 9, 1, 0.3), gram.dense().unwrap());
    check("many", &dense.view(), 50.0, &v.view(), &gram.dot(&v).unwrap().view());
    let few = Gram::new(&k, ((Value, Gradient, Hessian), &x), (Hessian, &y)).unwrap().rows(7..8).unwrap();
    assert_eq!(few, dense.slice(s![7..8, ..]));
}

#[test]
fn no_points_no_numbers() {
    let k = Rbf::new(1.0, 0.8).unwrap();
    let (none, some) = (Array2::zeros((0, 2)), numbers(3, 2, 0.1));
    let gram = Gram::new(&k, (Hessian, &some), (Value, &none)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(0)).unwrap(), Array1::<f64>::zeros(12));
    assert_eq!(gram.dense().unwrap(), Array2::<f64>::zeros((12, 0)));
    let gram = Gram::new(&k, (Hessian, &none), (Gradient, &some)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(6)).unwrap(), Array1::<f64>::zeros(0));
    assert_eq!(gram.dense().unwrap(), Array2::<f64>::zeros((0, 6)));
}

#[test]
fn wrong_shapes_are_refused() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers::<f64>(3, 2, 0.1));
    let gram = Gram::new(&k, (Hessian, &x), (Hessian, &x)).unwrap();
    let error = gram.dot(&Array1::zeros(6)).unwrap_err();
    assert_eq!(error, KernelError::Operand { expected: 12, got: 6 });
    let mut out = Array1::from_elem(3, 7.0);
    let error = gram.dot_into(&Array1::zeros(12), &mut out).unwrap_err();
    assert_eq!(error, KernelError::OutputShape { expected: vec![12], got: vec![3] });
    assert_eq!(out, Array1::from_elem(3, 7.0));
}
