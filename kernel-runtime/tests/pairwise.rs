//! Products of matrices with the same points on both sides, of which each pair is taken once, against those that take
//! it twice.

use kernel_runtime::gram::{Directional, Gradient, Gram, Laplacian, Observations, Observed, Partials, Value};
use kernel_runtime::kernels::{ArdRbf, Matern32, Matern52, NnArcsine, Periodic, Rbf};
use kernel_runtime::{Differentiable, Level, Symmetric, Tower2, VectorPoints, operator};
use ndarray::{Array1, Array2, ArrayView2, Axis, concatenate};

mod kinds;
use kinds::{AllWithAll, OfX, Product, TwoTerms, Waves, numbers};

/// With one point more on the right, which does not count, the sides are not the same.
fn check_side<K, L>(kernel: &K, side: L, x: &Array2<f64>, columns: usize)
where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
{
    let (n, d) = x.dim();
    let more = concatenate![Axis(0), x.view(), numbers(1, d, 0.9)];
    let [once, twice] = [x, &more].map(|y| Gram::new(kernel, (side, x), (side, y)).unwrap());
    let v = numbers(once.shape().1, columns, 0.3);
    let zeros = Array2::zeros((twice.shape().1 - once.shape().1, columns));
    let expected = twice.dot(&concatenate![Axis(0), v.view(), zeros]).unwrap();
    // What sums of absolute values would be, or more
    let largest = |all: &ArrayView2<'_, f64>| all.iter().fold(1.0, |most: f64, number| most.max(number.abs()));
    let (got, of_rows) = (once.dot(&v).unwrap(), once.rows(0..once.shape().0.min(4)).unwrap());
    let bound = 1e-14 * (n as f64) * largest(&of_rows.view()) * largest(&expected.view());
    for (&got, &expected) in got.iter().zip(&expected) {
        let what = std::any::type_name::<(K, L)>();
        assert!((got - expected).abs() <= bound, "{what} {:?}: {got} for {expected}, bound {bound}", x.dim());
    }
}

fn check_kernel<K: Differentiable<Scalar = f64, Points = VectorPoints>>(kernel: &K, [n, d]: [usize; 2]) {
    let x = numbers(n, d, 0.1);
    check_side(kernel, Value, &x, 2);
    check_side(kernel, Gradient, &x, 1);
    check_side(kernel, Gradient, &x, 3);
    check_side(kernel, (Value, Gradient), &x, 2);
    check_side(kernel, Partials(&[d - 1, 0]), &x, 1);
    check_side(kernel, (Value, Partials(&[d / 2])), &x, 2);
}

fn check_all(sizes: [usize; 2]) {
    let weights = Array1::linspace(0.8, 1.4, sizes[1]).to_vec();
    check_kernel(&Rbf::new(1.3, 0.9).unwrap(), sizes);
    check_kernel(&Matern32::new(1.3, 0.9).unwrap(), sizes);
    check_kernel(&Periodic::new(1.3, 0.9, 2.0).unwrap(), sizes);
    check_kernel(&NnArcsine::new(1.3, 0.3, 0.9).unwrap(), sizes);
    check_kernel(&ArdRbf::new(1.3, weights.clone()).unwrap(), sizes);
    check_kernel(&TwoTerms::new(weights.clone()).unwrap(), sizes);
    check_kernel(&Waves::new(weights).unwrap(), sizes);
    check_kernel(&Product::new(0.3).unwrap(), sizes);
    check_kernel(&AllWithAll::new(0.3).unwrap(), sizes);
    check_kernel(&OfX::new(0.3).unwrap(), sizes);
    let sum = Matern52::new(1.3, 0.9).unwrap() + Rbf::new(0.4, 2.0).unwrap() * NnArcsine::new(1.3, 0.3, 0.9).unwrap();
    check_kernel(&(0.5 * sum), sizes);
}

#[test]
fn every_kernel_at_every_level() {
    for level in Level::available() {
        for sizes in [[1, 1], [9, 1], [8, 4], [16, 2], [23, 3], [30, 17]] {
            level.with(|| check_all(sizes));
        }
    }
}

/// Panels of 256 points, an odd and an even number of them; of 128 of many coordinates.
#[test]
fn several_panels() {
    let sum = Rbf::new(0.4, 2.0).unwrap() + NnArcsine::new(1.3, 0.3, 0.9).unwrap();
    for [n, d] in [[256, 2], [511, 1], [600, 2]] {
        let x = numbers(n, d, 0.1);
        check_side(&sum, Value, &x, 1);
        check_side(&sum, (Value, Gradient), &x, 2);
    }
    check_side(&sum, (Value, Gradient), &numbers(270, 260, 0.1), 3);
}

operator! {
    /// Two numbers, one of them with coefficients that are others at each point.
    Drift(a) = (x[0] * d[1] + a * d[0] * d[0], d[1])
}

fn check_operators<K: Tower2<Scalar = f64, Points = VectorPoints>>(kernel: &K, n: usize) {
    let x = numbers(n, 2, 0.1);
    check_side(kernel, Laplacian, &x, 1);
    check_side(kernel, Laplacian, &x, 3);
    check_side(kernel, Drift::new(0.7).unwrap(), &x, 2);
    check_side(kernel, (Value, Gradient, Laplacian), &x, 2);
}

/// Of so many points that pairs are taken once, with a part of a vector and of what is together at the end.
#[test]
fn operators() {
    let sum = Rbf::new(1.3, 0.9).unwrap() + NnArcsine::new(1.3, 0.3, 0.9).unwrap();
    for level in Level::available() {
        level.with(|| {
            check_operators(&Rbf::new(1.3, 0.9).unwrap(), 203);
            check_operators(&ArdRbf::new(1.3, vec![0.8, 1.4]).unwrap(), 129);
            check_operators(&sum, 192);
        });
    }
    check_operators(&Matern52::new(1.3, 0.9).unwrap(), 1100);
}

/// What is made of a pair is so much that few points come together, fewer than are in registers at a time.
#[test]
fn operators_of_many_numbers() {
    let k = Rbf::new(1.3, 0.9).unwrap();
    check_side(&k, (Value, Gradient, Laplacian), &numbers(150, 31, 0.1), 1);
    let (k, x) = (Rbf::<f32>::with_scalar(1.3, 0.9).unwrap(), numbers(300, 6, 0.1).mapv(single));
    let side = ((Value, Gradient, Laplacian), &*x);
    let (gram, v) = (Gram::new(&k, side, side).unwrap(), numbers(300 * 8, 1, 0.3).mapv(single));
    let (all, got) = (gram.dense().unwrap(), gram.dot(&v).unwrap());
    let (expected, sizes) = (all.dot(&v), all.mapv(f32::abs).dot(&v.mapv(f32::abs)));
    for ((got, expected), size) in got.iter().zip(&expected).zip(&sizes) {
        assert!((got - expected).abs() <= 1e-5 * size, "{got} for {expected}");
    }
}

fn list<'a>(kernel: &'a Rbf, [x, y]: [&'a Array2<f64>; 2]) -> Observations<'a, Rbf> {
    let mut data = Observations::new(kernel);
    data.push(Laplacian, x).unwrap();
    data.push((Value, Gradient), y).unwrap();
    data.push(Value, x).unwrap();
    data.push((Drift::new(0.7).unwrap(), Directional(&[0.6, 0.8])), y).unwrap();
    data
}

/// The pairs of two entries of a list give to the rows of both.
#[test]
fn lists() {
    let k = Rbf::new(1.3, 0.9).unwrap();
    for [n, m] in [[3, 1], [40, 300], [517, 70]] {
        let (x, y) = (numbers(n, 2, 0.1), numbers(m, 2, 0.4));
        let data = list(&k, [&x, &y]);
        let all = data.covariance().unwrap();
        assert_eq!(all, all.t());
        let v = numbers(data.len(), 2, 0.3);
        let (got, expected) = (data.dot(&v).unwrap(), all.dot(&v));
        let largest = all.mapv(f64::abs).dot(&v.mapv(f64::abs)).fold(0.0_f64, |most, &sum| most.max(sum));
        for (got, expected) in got.iter().zip(&expected) {
            assert!((got - expected).abs() <= 1e-14 * largest, "{got} for {expected} of {n} and {m} points");
        }
    }
}

/// Values and derivatives at points of their own: all pairs of entries.
fn check_list<K: Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>>(
    kernel: &K,
    [n, m, d]: [usize; 3],
    columns: usize,
) {
    let [x, y, z] = [(n, 0.1), (m, 0.4), (n + m, 0.7)].map(|(count, seed)| numbers(count, d, seed));
    let mut data = Observations::new(kernel);
    data.push(Value, &x).unwrap();
    data.push(Gradient, &y).unwrap();
    data.push((Value, Gradient), &z).unwrap();
    data.push(Value, &y).unwrap();
    data.push((Partials(&[d - 1, 0]), Value), &x).unwrap();
    data.push(Gradient, &z).unwrap();
    let all = data.covariance().unwrap();
    let v = numbers(data.len(), columns, 0.3);
    let (got, expected) = (data.dot(&v).unwrap(), all.dot(&v));
    let largest = all.mapv(f64::abs).dot(&v.mapv(f64::abs)).fold(0.0_f64, |most, &sum| most.max(sum));
    for (place, (got, expected)) in got.iter().zip(&expected).enumerate() {
        let what = (std::any::type_name::<K>(), [n, m, d], data.locate(place / columns));
        assert!((got - expected).abs() <= 1e-14 * largest, "{got} for {expected} of {what:?}");
    }
}

#[test]
fn lists_of_values_and_derivatives() {
    for level in Level::available() {
        level.with(|| {
            for (sizes, columns) in [([1, 1, 1], 1), ([5, 9, 3], 2), ([23, 8, 2], 1), ([6, 11, 9], 3)] {
                let weights = Array1::linspace(0.8, 1.4, sizes[2]).to_vec();
                check_list(&Rbf::new(1.3, 0.9).unwrap(), sizes, columns);
                check_list(&Matern32::new(1.3, 0.9).unwrap(), sizes, columns);
                check_list(&Periodic::new(1.3, 0.9, 2.0).unwrap(), sizes, columns);
                check_list(&NnArcsine::new(1.3, 0.3, 0.9).unwrap(), sizes, columns);
                check_list(&ArdRbf::new(1.3, weights.clone()).unwrap(), sizes, columns);
                check_list(&TwoTerms::new(weights.clone()).unwrap(), sizes, columns);
                check_list(&Waves::new(weights).unwrap(), sizes, columns);
                check_list(&Product::new(0.3).unwrap(), sizes, columns);
                check_list(&AllWithAll::new(0.3).unwrap(), sizes, columns);
                let sum = Matern52::new(1.3, 0.9).unwrap() + Rbf::new(0.4, 2.0).unwrap();
                check_list(&(0.5 * sum), sizes, columns);
            }
        });
    }
    let sum = Rbf::new(0.4, 2.0).unwrap() + NnArcsine::new(1.3, 0.3, 0.9).unwrap();
    check_list(&sum, [40, 270, 1], 2);
    check_list(&sum, [3, 100, 1], 1);
}

#[cfg(feature = "parallel")]
fn check_threads(product: impl Fn() -> Array1<f64> + Sync) {
    let [serial, of_two, of_five] = [1, 2, 5].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(&product)
    });
    assert!(serial == of_two);
    assert!(serial == of_five);
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter_to_operators() {
    let (k, x, y) = (Rbf::new(1.3, 0.9).unwrap(), numbers(700, 2, 0.1), numbers(300, 2, 0.4));
    let data = list(&k, [&x, &y]);
    let v = numbers(data.len(), 1, 0.3).remove_axis(Axis(1));
    check_threads(|| data.dot(&v).unwrap());
}

#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter() {
    let (k, x) = (Matern52::new(1.3, 0.9).unwrap(), numbers(1100, 2, 0.1));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    let v = numbers(2200, 1, 0.3).remove_axis(Axis(1));
    check_threads(|| gram.dot(&v).unwrap());
}

/// On either side as few points as are one task.
#[cfg(feature = "parallel")]
#[test]
fn threads_do_not_matter_to_few_points() {
    let (k, [x, y, z]) = (Rbf::new(1.3, 0.9).unwrap(), [20, 300, 9].map(|n| numbers(n, 2, 0.1)));
    let mut data = Observations::new(&k);
    for x in [&x, &y, &z] {
        data.push(Gradient, x).unwrap();
    }
    let v = numbers(data.len(), 1, 0.3).remove_axis(Axis(1));
    check_threads(|| data.dot(&v).unwrap());
}

#[allow(clippy::cast_possible_truncation, reason = "rounds")]
fn single(number: f64) -> f32 {
    number as f32
}

#[test]
fn single_precision() {
    let (k, x) = (Matern52::<f32>::with_scalar(1.0, 0.8).unwrap(), numbers(150, 3, 0.1).mapv(single));
    let gram = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &x)).unwrap();
    let v = numbers(600, 2, 0.3).mapv(single);
    let (expected, got) = (gram.dense().unwrap().dot(&v), gram.dot(&v).unwrap());
    assert!(expected.iter().zip(&got).all(|(expected, got)| (expected - got).abs() <= 3e-4), "{got} for {expected}");
}

/// A product that is exactly symmetric: each entry is used in both directions.
#[test]
fn unit_vectors_give_equal_numbers() {
    let (k, x) = (Matern52::new(1.3, 0.9).unwrap(), numbers(33, 2, 0.1));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    let all = gram.dot(&Array2::eye(66)).unwrap();
    for ((i, j), &entry) in all.indexed_iter() {
        assert!((entry - all[[j, i]]).abs() <= 1e-15, "{entry} at ({i}, {j}), {} at ({j}, {i})", all[[j, i]]);
    }
}
