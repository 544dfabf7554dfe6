//! How high the operators of each kernel go: the third and the fourth order against differences of the second, and the
//! first of kernels that have no more.

use kernel_runtime::gram::{Biharmonic, Curl, Directional, Gradient, Gram, Hessian, Laplacian, Observed, Value};
use kernel_runtime::kernels::{
    ArdMatern32, ArdMatern72, ArdMatern92, ArdPeriodic, ArdRbf, Cosine, InverseMultiquadric, Matern32, Matern52,
    Matern72, Matern92, Periodic, Polynomial3, RationalQuadratic, Rbf,
};
use kernel_runtime::{KernelError, Level, Tower, Tower2, Tower3, Tower4, VectorPoints, kernel, operator};
use ndarray::{Array2, array};

operator!(Slope = d[0]);
operator!(Third = d[0] * d[0] * d[1] - 2 * d[1]);
operator!(Bend = d[0] * d[0]);

/// The step of differences.
const STEP: f64 = 1e-3;

/// The differences that `of_lower` makes of covariances with an operator of lower order on the left, at x ± h along a
/// coordinate, against those with an operator itself.
fn check<K, L, H, R>(kernel: &K, what: &str, [x, y]: [[f64; 2]; 2], (low, high, right): (L, H, R), along: &[usize])
where
    K: Tower2<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
    H: Observed<K>,
    R: Observed<K>,
{
    let [x, y] = [x, y].map(|point| Array2::from_shape_vec((1, 2), point.to_vec()).unwrap());
    let lower = |a: usize, h: f64| {
        let mut x = x.clone();
        x[[0, a]] += h;
        Gram::new(kernel, (low, &x), (right, &y)).unwrap().dense().unwrap()
    };
    let difference = along.iter().map(|&a| (lower(a, STEP) + lower(a, -STEP) - 2.0 * lower(a, 0.0)) / (STEP * STEP));
    let expected = difference.reduce(|sum, difference| sum + difference).unwrap();
    let gram = Gram::new(kernel, (high, &x), (right, &y)).unwrap();
    for (form, found) in [("dense", gram.dense()), ("products", gram.dot(&Array2::eye(gram.shape().1)))] {
        let found = found.unwrap();
        let scale = expected.iter().fold(1.0, |most: f64, number| most.max(number.abs()));
        for (found, expected) in found.iter().zip(&expected) {
            // The derivative after the last may have a kink at x = y.
            let error = (found - expected).abs();
            assert!(error <= 0.02 * scale, "{what} {form} {x} {y}: {found} for {expected}");
        }
    }
}

const APART: [[f64; 2]; 2] = [[0.3, -0.2], [-0.4, 0.5]];
const EQUAL: [[f64; 2]; 2] = [[0.3, -0.2]; 2];

fn check_third<K: Tower3<Scalar = f64, Points = VectorPoints>>(kernel: &K, what: &str) {
    for points in [APART, EQUAL] {
        check(kernel, what, points, (Partial1, ThirdPure, Value), &[0]);
        check(kernel, what, points, (Partial1, ThirdPure, Third), &[0]);
        check(kernel, what, points, (Partial1, ThirdPure, Laplacian), &[0]);
    }
}

operator!(Partial1 = d[1]);
operator!(ThirdPure = d[1] * d[0] * d[0]);

fn check_fourth<K: Tower4<Scalar = f64, Points = VectorPoints>>(kernel: &K, what: &str) {
    check_third(kernel, what);
    for points in [APART, EQUAL] {
        check(kernel, what, points, (Laplacian, Biharmonic, Value), &[0, 1]);
        check(kernel, what, points, (Laplacian, Biharmonic, Gradient), &[0, 1]);
        check(kernel, what, points, (Laplacian, Biharmonic, Bend), &[0, 1]);
        check(kernel, what, points, (Laplacian, Biharmonic, Biharmonic), &[0, 1]);
    }
}

/// Sums and factors of its own, and points that do not count by their difference alone.
#[kernel(indefinite)]
fn waves(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).cos()).sum::<f64>();
    let t = x.iter().zip(y).map(|(a, b)| (0.5 * (*a + *b)).exp()).sum::<f64>();
    s * (t + 1.0).ln()
}

#[test]
fn the_fourth_order_is_the_second_of_the_second() -> Result<(), KernelError> {
    let (one, two) = (vec![1.1, 0.9], vec![0.8, 1.3]);
    check_fourth(&Rbf::new(1.2, 0.9)?, "RBF");
    check_fourth(&ArdRbf::new(1.2, one.clone())?, "ARD-RBF");
    check_fourth(&Matern92::new(1.2, 1.1)?, "Matérn-9/2");
    check_fourth(&ArdMatern92::new(1.2, one.clone())?, "ARD-Matérn-9/2");
    check_fourth(&RationalQuadratic::new(1.2, 0.8, 1.3)?, "rational quadratic");
    check_fourth(&InverseMultiquadric::new(1.2, 1.3)?, "inverse multiquadric");
    check_fourth(&Periodic::new(1.2, 4.0, 1.3)?, "periodic");
    check_fourth(&ArdPeriodic::new(1.2, vec![4.0, 5.0], two.clone())?, "ARD-periodic");
    check_fourth(&Cosine::new(1.2, vec![4.0, 5.0])?, "cosine");
    check_fourth(&Polynomial3::new(1.2, 0.4)?, "cubic");
    check_fourth(&Waves::new(one)?, "waves");
    check_fourth(&(Rbf::new(1.2, 0.9)? * Matern92::new(0.7, 1.4)?), "product");
    check_fourth(&(2.0 * (Rbf::new(1.2, 0.9)? + Polynomial3::new(0.7, 1.4)?)), "sum");
    Ok(())
}

#[test]
fn the_third_order_of_kernels_with_three_derivatives() -> Result<(), KernelError> {
    check_third(&Matern72::new(1.2, 1.1)?, "Matérn-7/2");
    check_third(&ArdMatern72::new(1.2, vec![1.1, 0.8])?, "ARD-Matérn-7/2");
    Ok(())
}

#[test]
fn at_all_levels() -> Result<(), KernelError> {
    let kernel = Matern92::new(1.2, 1.1)?;
    for level in Level::available() {
        level.with(|| check_fourth(&kernel, "Matérn-9/2"));
    }
    Ok(())
}

/// Against the entries of gradients, which other code computes.
fn check_first<K: Tower<Scalar = f64, Points = VectorPoints>>(kernel: &K, what: &str) {
    let x = array![[0.3, -0.2], [-0.4, 0.5], [0.3, 0.1]];
    let all = Gram::new(kernel, ((Value, Gradient), &x), ((Value, Gradient), &x)).unwrap().dense().unwrap();
    let along = [0.6, -1.5];
    let slopes = Gram::new(kernel, (Slope, &x), (Directional(&along), &x)).unwrap().dense().unwrap();
    let values = Gram::new(kernel, (Directional(&along), &x), (Value, &x)).unwrap().dense().unwrap();
    let curls = Gram::new(kernel, (Curl, &x), (Gradient, &x)).unwrap().dense().unwrap();
    let close = |found: f64, expected: f64| {
        assert!((found - expected).abs() <= 1e-14 * (1.0 + expected.abs()), "{what}: {found} for {expected}");
    };
    for (i, j) in (0..3).flat_map(|i| (0..3).map(move |j| (i, j))) {
        let entry = |a: usize, b: usize| all[[3 * i + a, 3 * j + b]];
        close(slopes[[i, j]], along[0] * entry(1, 1) + along[1] * entry(1, 2));
        close(values[[i, j]], along[0] * entry(1, 0) + along[1] * entry(2, 0));
        for b in 0..2 {
            close(curls[[2 * i, 2 * j + b]], entry(2, b + 1));
            close(curls[[2 * i + 1, 2 * j + b]], -entry(1, b + 1));
        }
    }
}

#[test]
fn first_order_operators_of_kernels_with_one_derivative() -> Result<(), KernelError> {
    check_first(&Matern32::new(1.2, 1.1)?, "Matérn-3/2");
    check_first(&ArdMatern32::new(1.2, vec![1.1, 0.8])?, "ARD-Matérn-3/2");
    check_first(&(Matern32::new(1.2, 1.1)? * Rbf::new(0.7, 0.6)?), "product");
    check_first(&(Matern32::new(1.2, 1.1)? + Matern52::new(0.7, 0.6)?), "sum");
    Ok(())
}

/// Matérn in time and smooth in space: at equal times the slopes of the distance in space are not 0.
#[kernel(assume(l > 0))]
fn in_time_and_space(x: &[f64], y: &[f64], l: f64) -> f64 {
    let q = 5.0_f64.sqrt() * dist(&x[..1], &y[..1]) / l;
    (1.0 + q + q * q / 3.0) * (-q).exp() * (-sq_dist(&x[1..], &y[1..])).exp()
}

#[test]
fn sums_over_other_coordinates() -> Result<(), KernelError> {
    let (k, x, y) = (InTimeAndSpace::new(1.0)?, array![[0.0, 0.0]], array![[0.0, 1.0]]);
    let bent = Gram::new(&k, (Curved, &x), (Value, &y))?.dense()?[[0, 0]];
    let expected = 2.0 * (-1.0_f64).exp(); // (4 u² - 2) exp(-u²) at u = 1
    assert!((bent - expected).abs() < 1e-15, "{bent} for {expected}");
    let hessian = Gram::new(&k, (Hessian, &x), (Value, &y))?.dense()?[[3, 0]];
    assert!((hessian - expected).abs() < 1e-15, "{hessian} for {expected}");
    Ok(())
}

operator!(Curved = d[1] * d[1]);

/// r⁷ for some parameters, though four derivatives are vouched for.
#[kernel(indefinite, smooth = assume(4))]
fn rough_for_some(x: &[f64], y: &[f64], a: f64) -> f64 {
    (-sq_dist(x, y)).exp() + if a > 1.0 { dist(x, y).powi(7) } else { 0.0 }
}

/// Powers of the distance that are smooth for some parameters.
#[kernel(indefinite, assume(p > 2), smooth = assume(2))]
fn power(x: &[f64], y: &[f64], p: f64) -> f64 {
    (-dist(x, y).powf(p)).exp()
}

/// The entries of a matrix of a point with itself, which are as its products.
fn own<K, L, R>(kernel: &K, left: L, right: R) -> Vec<f64>
where
    K: Tower2<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
    R: Observed<K>,
{
    let x = array![[0.3, -0.2]];
    let gram = Gram::new(kernel, (left, &x), (right, &x)).unwrap();
    let (all, products) = (gram.dense().unwrap(), gram.dot(&Array2::eye(gram.shape().1)).unwrap());
    assert!(all.iter().zip(&products).all(|(entry, product)| entry == product || entry.is_nan() && product.is_nan()));
    all.into_iter().collect()
}

#[test]
fn vouched_derivatives_that_do_not_exist_are_no_numbers() -> Result<(), KernelError> {
    let [smooth, rough] = [RoughForSome::new(0.5)?, RoughForSome::new(2.0)?];
    // Of the sixth order there are all: ∂⁴exp(-u²) = 12 and ∂²exp(-u²) = -2 where u = 0, and one sign for each ∂y.
    for kernel in [&smooth, &rough] {
        assert_eq!(own(kernel, ThirdPure, ThirdPure), [24.0]);
    }
    assert_eq!(own(&smooth, ThirdPure, Biharmonic), [0.0]);
    assert!(own(&smooth, Biharmonic, Biharmonic)[0].is_finite());
    assert!(own(&rough, ThirdPure, Biharmonic)[0].is_nan());
    assert!(own(&rough, Biharmonic, ThirdPure)[0].is_nan());
    assert!(own(&rough, Biharmonic, Biharmonic)[0].is_nan());
    // rᵖ has as many derivatives as there are whole numbers below p, and all of them for even p.
    for (p, orders) in [(2.5, 2), (3.0, 2), (3.5, 3), (4.0, 4), (4.5, 4), (5.0, 4), (6.0, 4)] {
        let kernel = Power::new(p)?;
        assert_eq!(own(&kernel, Gradient, Gradient), [0.0; 4], "{p}");
        let [third, fourth] = [own(&kernel, Hessian, Gradient), own(&kernel, Hessian, Hessian)];
        for (order, entries) in [(3, third), (4, fourth)] {
            assert!(entries.iter().all(|entry| entry.is_nan() == (order > orders)), "{p} {order}: {entries:?}");
        }
    }
    Ok(())
}
