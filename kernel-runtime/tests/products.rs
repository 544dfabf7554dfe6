//! Products without the matrix, and its entries, against the blocks that `gram` writes.

use std::ops::Range;

use kernel_runtime::gram::{self, Gradient, Gram, Interleaved, Observed, Partials, Value};
use kernel_runtime::kernels::{ArdRbf, Matern32, Matern52, NnArcsine, Rbf};
use kernel_runtime::{Differentiable, KernelError, Level, VectorPoints};
use ndarray::{Array1, Array2, ArrayView2, Axis, concatenate, s};

mod kinds;
use kinds::{AllWithAll, OfX, OfY, Product, TwoTerms, Waves, numbers};

/// The difference in parts of what rounding could make of it: Σ c |v_j|, with what entries are small differences of,
/// some `scale`.
fn check(what: &str, dense: &ArrayView2<'_, f64>, scale: f64, v: &ArrayView2<'_, f64>, got: &ArrayView2<'_, f64>) {
    let (expected, bound) = (dense.dot(v), dense.mapv(|entry| entry.abs() + scale).dot(&v.mapv(f64::abs)));
    assert_eq!(expected.dim(), got.dim(), "{what}");
    for ((&expected, &got), &bound) in expected.iter().zip(got).zip(&bound) {
        assert!((expected - got).abs() <= 1e-14 * bound, "{what}: {got} for {expected}, bound {bound}");
    }
}

fn check_sides<K, L, R>(
    kernel: &K,
    sides: (L, R),
    x: &Array2<f64>,
    y: &Array2<f64>,
    all: &Array2<f64>,
    rows: &[usize],
    columns: &[usize],
) where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
    R: Observed<K>,
{
    let what = format!(
        "{} {sides:?} {:?} {:?}",
        std::any::type_name::<K>(),
        x.dim(),
        y.dim(),
        sides = std::any::type_name::<(L, R)>()
    );
    let gram = Gram::new(kernel, (sides.0, x), (sides.1, y)).unwrap();
    let expected = all.select(Axis(0), rows).select(Axis(1), columns);
    assert_eq!(gram.shape(), expected.dim(), "{what}");
    assert_eq!(gram.dense().unwrap(), expected, "{what}");
    let v = numbers(columns.len(), 3, 0.3);
    let scale = all.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    check(&what, &expected.view(), scale, &v.view(), &gram.dot(&v).unwrap().view());
    // One vector, not one number behind the other.
    let column = v.slice(s![..;-1, 1]);
    let mut out = Array2::from_elem((rows.len(), 2), f64::NAN);
    gram.dot_into(&column, &mut out.column_mut(1)).unwrap();
    check(&what, &expected.view(), scale, &column.insert_axis(Axis(1)), &out.slice(s![.., 1..]));
    if !rows.is_empty() {
        let some = rows.len() / 3..rows.len().div_ceil(2);
        assert_eq!(gram.rows(some.clone()).unwrap(), expected.slice(s![some, ..]), "{what}");
    }
}

fn check_kernel<K: Differentiable<Scalar = f64, Points = VectorPoints>>(kernel: &K, [n, m, d]: [usize; 3]) {
    let (x, y) = (numbers(n, d, 0.1), numbers(m, d, 0.7));
    let all = gram::joint(kernel, &x, &y, Interleaved).unwrap();
    let values = |n: usize| (0..n).map(|i| i * (1 + d)).collect::<Vec<_>>();
    let gradients = |n: usize| (0..n * (1 + d)).filter(|i| i % (1 + d) > 0).collect::<Vec<_>>();
    let both = |n: usize| (0..n * (1 + d)).collect::<Vec<_>>();
    check_sides(kernel, (Value, Value), &x, &y, &all, &values(n), &values(m));
    check_sides(kernel, (Value, Gradient), &x, &y, &all, &values(n), &gradients(m));
    check_sides(kernel, (Gradient, Value), &x, &y, &all, &gradients(n), &values(m));
    check_sides(kernel, (Gradient, Gradient), &x, &y, &all, &gradients(n), &gradients(m));
    check_sides(kernel, ((Value, Gradient), Gradient), &x, &y, &all, &both(n), &gradients(m));
    check_sides(kernel, (Gradient, (Value, Gradient)), &x, &y, &all, &gradients(n), &both(m));
    check_sides(kernel, ((Value, Gradient), Value), &x, &y, &all, &both(n), &values(m));
    check_sides(kernel, (Value, (Value, Gradient)), &x, &y, &all, &values(n), &both(m));
    check_sides(kernel, ((Value, Gradient), (Value, Gradient)), &x, &y, &all, &both(n), &both(m));
    check_diagonals(kernel, [n, m, d]);
    check_partials(kernel, [n, m, d]);
}

/// Entries (a, a) of a matrix and of its blocks, against all entries.
fn check_diagonals<K: Differentiable<Scalar = f64, Points = VectorPoints>>(kernel: &K, [n, m, d]: [usize; 3]) {
    let (x, y) = (numbers(n, d, 0.1), numbers(n, d, 0.1) + 1e-3 * numbers(n, d, 0.5));
    let near = |got: Array1<f64>, all: Array2<f64>| {
        let scale = all.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
        for (got, expected) in got.iter().zip(all.diag()) {
            assert!((got - expected).abs() <= 1e-14 * scale, "{}: {got} for {expected}", std::any::type_name::<K>());
        }
    };
    macro_rules! check {
        ($($side:expr),*) => {$(
            let gram = Gram::new(kernel, ($side, &x), ($side, &y)).unwrap();
            near(gram.diagonal().unwrap(), gram.dense().unwrap());
        )*};
    }
    let last = [d - 1];
    check!(Value, Gradient, (Value, Gradient), Partials(&last), (Value, Partials(&last)));
    let y = numbers(m, d, 0.7);
    let gram = Gram::new(kernel, (Gradient, &x), (Gradient, &y)).unwrap();
    let (traces, all) = (gram.trace_blocks().unwrap(), gram.dense().unwrap());
    assert_eq!(traces.dim(), (n, m));
    for ((i, j), trace) in traces.indexed_iter() {
        let block = all.slice(s![i * d..(i + 1) * d, j * d..(j + 1) * d]);
        let (expected, scale) = (block.diag().sum(), 1.0 + block.diag().mapv(f64::abs).sum());
        assert!((trace - expected).abs() <= 1e-13 * scale, "{}: {trace} for {expected}", std::any::type_name::<K>());
    }
}

/// Some partial derivatives on either side, one of them twice.
fn check_partials<K: Differentiable<Scalar = f64, Points = VectorPoints>>(kernel: &K, [n, m, d]: [usize; 3]) {
    let (x, y) = (numbers(n, d, 0.1), numbers(m, d, 0.7));
    let all = gram::joint(kernel, &x, &y, Interleaved).unwrap();
    let (left, right) = ([d - 1], [d / 2, 0, d / 2]);
    let picked = |points: usize, values: bool, some: &[usize]| -> Vec<usize> {
        let places: Vec<_> = values.then_some(0).into_iter().chain(some.iter().map(|a| 1 + a)).collect();
        (0..points).flat_map(|i| places.iter().map(move |place| i * (1 + d) + place).collect::<Vec<_>>()).collect()
    };
    let [rows, columns] = [picked(n, false, &left), picked(m, true, &right)];
    check_sides(kernel, (Partials(&left), (Value, Partials(&right))), &x, &y, &all, &rows, &columns);
    let [rows, columns] = [picked(n, true, &left), picked(m, true, &[])];
    check_sides(kernel, ((Value, Partials(&left)), Value), &x, &y, &all, &rows, &columns);
}

fn check_all([n, m, d]: [usize; 3]) {
    let weights = Array1::linspace(0.8, 1.4, d).to_vec();
    check_kernel(&Rbf::new(1.3, 0.9).unwrap(), [n, m, d]);
    check_kernel(&Matern52::new(1.3, 0.9).unwrap(), [n, m, d]);
    check_kernel(&Matern32::new(1.3, 0.9).unwrap(), [n, m, d]);
    check_kernel(&NnArcsine::new(1.3, 0.3, 0.9).unwrap(), [n, m, d]);
    check_kernel(&ArdRbf::new(1.3, weights.clone()).unwrap(), [n, m, d]);
    check_kernel(&TwoTerms::new(weights.clone()).unwrap(), [n, m, d]);
    check_kernel(&Waves::new(weights).unwrap(), [n, m, d]);
    check_kernel(&Product::new(0.3).unwrap(), [n, m, d]);
    check_kernel(&AllWithAll::new(0.3).unwrap(), [n, m, d]);
    check_kernel(&OfX::new(0.3).unwrap(), [n, m, d]);
    check_kernel(&OfY::new(0.3).unwrap(), [n, m, d]);
    let sum = Matern52::new(1.3, 0.9).unwrap() + Rbf::new(0.4, 2.0).unwrap() * NnArcsine::new(1.3, 0.3, 0.9).unwrap();
    check_kernel(&(0.5 * sum), [n, m, d]);
}

#[test]
fn every_side_of_every_kernel_at_every_level() {
    for level in Level::available() {
        for sizes in
            [[1, 1, 1], [3, 7, 1], [5, 9, 2], [4, 8, 3], [9, 17, 5], [2, 70, 3], [6, 5, 17], [2, 3, 65], [5, 530, 2]]
        {
            level.with(|| check_all(sizes));
        }
    }
}

#[test]
fn products_take_several_tasks() {
    let (k, d) = (Rbf::new(1.0, 0.8).unwrap(), 3);
    let (x, y) = (numbers(1201, d, 0.1), numbers(1303, d, 0.7));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &y)).unwrap();
    let v = numbers(1303 * d, 1, 0.3);
    check("many", &gram.dense().unwrap().view(), 1.0, &v.view(), &gram.dot(&v).unwrap().view());
}

/// More points y than are multiplied with at once, the last of them alone.
#[test]
fn products_of_many_coordinates_with_many_points() {
    let (k, d, m) = (Rbf::new(1.0, 20.0).unwrap(), 300, 2 * 256 + 1);
    let (x, y) = (numbers(5, d, 0.1), numbers(m, d, 0.7));
    let v = numbers(m * d, 1, 0.3);
    let dot = |points: Range<usize>| {
        let y = y.slice(s![points.clone(), ..]);
        let v = v.slice(s![points.start * d..points.end * d, ..]);
        Gram::new(&k, (Gradient, &x), (Gradient, &y)).unwrap().dot(&v).unwrap()
    };
    // The matrix would have two gigabytes.
    let parts = dot(0..100) + dot(100..300) + dot(300..m);
    let largest = |all: &Array2<f64>| all.iter().fold(0.0, |most: f64, entry| most.max(entry.abs()));
    let (whole, error) = (largest(&parts), largest(&(dot(0..m) - parts)));
    assert!(error <= 1e-13 * whole, "{error} of {whole}");
}

/// More numbers of a point, with all its columns, than the second cache has room for.
#[test]
fn products_of_many_coordinates_with_many_columns() {
    let (k, d, columns) = (Rbf::new(1.0, 20.0).unwrap(), 500, 140);
    let (x, y) = (numbers(2, d, 0.1), numbers(3, d, 0.7));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &y)).unwrap();
    let v = numbers(3 * d, columns, 0.3);
    check("wide", &gram.dense().unwrap().view(), 1.0, &v.view(), &gram.dot(&v).unwrap().view());
}

#[test]
fn no_points_no_numbers() {
    let k = Rbf::new(1.0, 0.8).unwrap();
    let (none, some) = (Array2::zeros((0, 2)), numbers(3, 2, 0.1));
    let gram = Gram::new(&k, (Gradient, &some), (Value, &none)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(0)).unwrap(), Array1::<f64>::zeros(6));
    let gram = Gram::new(&k, (Gradient, &none), (Value, &some)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(3)).unwrap(), Array1::<f64>::zeros(0));
}

/// Where derivatives are limits.
#[test]
fn points_that_are_the_same() {
    let x = concatenate![Axis(0), numbers(4, 3, 0.1), numbers(4, 3, 0.1)];
    for kernel in [Matern32::new(1.0, 0.5).unwrap(), Matern32::new(2.0, 3.0).unwrap()] {
        let gram = Gram::new(&kernel, ((Value, Gradient), &x), ((Value, Gradient), &x)).unwrap();
        let v = numbers(gram.shape().1, 2, 0.4);
        check("twice", &gram.dense().unwrap().view(), 1.0, &v.view(), &gram.dot(&v).unwrap().view());
    }
}

#[test]
fn wrong_shapes_are_refused() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1));
    let gram = Gram::new(&k, (Gradient, &x), (Value, &x)).unwrap();
    let error = gram.dot(&Array1::zeros(6)).unwrap_err();
    assert_eq!(error, KernelError::Operand { expected: 3, got: 6 });
    assert_eq!(
        error.to_string(),
        "`v` has 6 rows, but the matrix has 3 columns: pass a vector of length 3, or a matrix of so many rows"
    );
    let mut out = Array1::from_elem(3, 7.0);
    let error = gram.dot_into(&Array1::zeros(3), &mut out).unwrap_err();
    assert_eq!(error, KernelError::OutputShape { expected: vec![6], got: vec![3] });
    assert_eq!(out, Array1::from_elem(3, 7.0));
    let wide = numbers(3, 4, 0.1);
    assert!(matches!(
        Gram::new(&k, (Value, &x), (Value, &wide)).map(|gram| gram.shape()),
        Err(KernelError::UnequalDimensions { x: 2, y: 4 })
    ));
    assert!(matches!(
        Gram::new(&k, (Value, &x), (Partials(&[0, 2]), &x)).map(|gram| gram.shape()),
        Err(KernelError::Coordinate { argument: "y", coordinate: 2, dimension: 2 })
    ));
    let error = gram.diagonal().unwrap_err();
    assert_eq!(error, KernelError::NotSquare { rows: 6, columns: 3 });
}
