//! Where numbers end: underflow to 0, overflow to infinity, the smallest distances.

use approx::assert_relative_eq;
use kernel_runtime::kernel;

use crate::kernels::{array, scalar};

/// Every block of a kernel of two coordinates.
macro_rules! blocks {
    ($kernel:ident($($theta:expr),*), $x:expr, $y:expr) => {{
        let (x, y) = ($x, $y);
        let mut all = vec![array::$kernel(&x, &y, $($theta),*)];
        all.extend(array::$kernel::grad(&x, &y, $($theta),*));
        all.extend(array::$kernel::grad_y(&x, &y, $($theta),*));
        all.extend(array::$kernel::hess_xx(&x, &y, $($theta),*).concat());
        all.extend(array::$kernel::hess_xy(&x, &y, $($theta),*).concat());
        all.extend(array::$kernel::hess_yy(&x, &y, $($theta),*).concat());
        all.extend(array::$kernel::grad_params(&x, &y, $($theta),*));
        all.extend(array::$kernel::hess_xy_params(&x, &y, $($theta),*).concat().concat());
        all
    }};
}

/// Points this far apart.
fn apart(distance: f64) -> [[f64; 2]; 2] {
    [[distance, -distance], [0.25, 0.5]]
}

#[test]
fn covariances_of_far_points_underflow_to_0() {
    for distance in [1e4, 1e8, 1e50, 1e100, 1e150] {
        let [x, y] = apart(distance);
        let all = [
            blocks!(rbf(0.5), x, y),
            blocks!(matern12(1.5, 0.5), x, y),
            blocks!(matern32(1.5, 0.5), x, y),
            blocks!(matern52(1.5, 0.5), x, y),
            blocks!(wendland_c2(1.5, 0.7), x, y),
            blocks!(wendland_c4(1.5, 0.7), x, y),
        ];
        assert!(all.iter().flatten().all(|&entry| entry == 0.0), "{distance:e}: {all:?}");
        // Of products of sums, each a square of the distance, the sums overflow.
        if distance < 1e150 {
            let gibbs = [scalar::gibbs_1d, scalar::gibbs_1d::grad, scalar::gibbs_1d::hess_xy];
            assert!(gibbs.iter().all(|block| block(distance, 0.1, 0.5, 0.2) == 0.0));
        }
    }
}

#[test]
fn blocks_of_far_points_are_finite() {
    for distance in [1e4, 1e8, 1e30, 1e50] {
        let [x, y] = apart(distance);
        let all = [
            blocks!(rational_quadratic(1.5, 0.7, 0.5), x, y),
            blocks!(inverse_multiquadric(1.5, 0.7), x, y),
            blocks!(polynomial(1.5, 0.7), x, y),
            blocks!(linear(1.5, 0.7), x, y),
            blocks!(nn_arcsin(1.5, 0.7, 0.6), x, y),
            blocks!(arccosine1(1.5), x, y),
            blocks!(matern52_plus_linear(1.5, 0.5, 0.3), x, y),
        ];
        assert!(all.iter().flatten().all(|entry| entry.is_finite()), "{all:?}");
    }
}

#[test]
fn overflow_is_infinite() {
    let [x, y] = apart(1e155);
    assert_eq!(array::polynomial(&x, &y, 1.5, 0.7), f64::NEG_INFINITY);
    assert_eq!(array::linear(&x, &[1e155, -1e155], 1.5, 0.7), f64::INFINITY);
}

// With û = (x - y)/r: ∂k/∂x = -û e^{-r}, ∂²k/∂x∂yᵀ = ((I - ûûᵀ)/r - ûûᵀ) e^{-r}. The square of the distance loses
// digits below 1e-154, where it is subnormal, and is 0 below 1e-162: there the points count as one, which has no
// gradient.
#[test]
fn matern12_at_tiny_distances() {
    let unit = [0.6, -0.8];
    for (distance, tolerance) in [(1e-50, 1e-15), (1e-100, 1e-15), (1e-110, 1e-15), (1e-150, 1e-15), (1e-160, 1e-4)] {
        let x = unit.map(|entry| entry * distance);
        let grad = array::matern12::grad(&x, &[0.0; 2], 1.0, 1.0);
        let hess = array::matern12::hess_xy(&x, &[0.0; 2], 1.0, 1.0);
        for i in 0..2 {
            assert_relative_eq!(grad[i], -unit[i], max_relative = 4.0 * tolerance);
            for j in 0..2 {
                let identity = if i == j { 1.0 } else { 0.0 };
                // In units of 1/r, beside which the other part is nothing.
                let want = identity - unit[i] * unit[j];
                assert_relative_eq!(hess[i][j] * distance, want, max_relative = 10.0 * tolerance);
            }
        }
    }
    for distance in [1e-163, 1e-200, f64::MIN_POSITIVE, 5e-324] {
        let x = unit.map(|entry| entry * distance);
        assert!(array::matern12::grad(&x, &[0.0; 2], 1.0, 1.0).iter().all(|entry| entry.is_nan()));
        assert_eq!(
            array::matern32::hess_xy(&x, &[0.0; 2], 1.0, 1.0).map(|row| row.map(f64::round)),
            [[3.0, 0.0], [0.0, 3.0]]
        );
    }
}

#[kernel(assume(variance > 0, lengthscale > 0))]
fn single_matern12(x: &[f32; 3], y: &[f32; 3], variance: f32, lengthscale: f32) -> f32 {
    variance * (-dist(x, y) / lengthscale).exp()
}

#[kernel(assume(variance > 0, lengthscale > 0))]
fn single_matern32(x: &[f32; 3], y: &[f32; 3], variance: f32, lengthscale: f32) -> f32 {
    let q = 3.0_f32.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}

// Their squares lose digits below 1e-19, and are 0 below 1e-23.
#[test]
fn single_precision_at_tiny_distances() {
    let unit = [0.6, -0.8, 0.0];
    for (distance, tolerance) in [(1e-15, 1e-6), (1e-18, 1e-6), (1e-19, 1e-6), (3e-20, 1e-5), (1e-20, 1e-4)] {
        let x = unit.map(|entry: f32| entry * distance);
        let hess = single_matern12::hess_xy(&x, &[0.0; 3], 1.0, 1.0);
        let [_, rate] = single_matern12::hess_xy_params(&x, &[0.0; 3], 1.0, 1.0);
        let smooth = single_matern32::hess_xy(&x, &[0.0; 3], 1.0, 1.0);
        for i in 0..3 {
            for j in 0..3 {
                let identity = if i == j { 1.0_f32 } else { 0.0 };
                let want = identity - unit[i] * unit[j];
                assert_relative_eq!(hess[i][j] * distance, want, max_relative = 10.0 * tolerance);
                // k is a function of r/l times its variance: near 0, ∂k/∂l = r/l², and 1/(r l) becomes -1/(r l²).
                assert_relative_eq!(rate[i][j] * distance, -want, max_relative = 10.0 * tolerance);
                assert_relative_eq!(smooth[i][j], 3.0 * identity, epsilon = 1e-6);
            }
        }
    }
}

// On numbers |x - y| is taken, not the root of a square.
#[test]
fn matern12_of_numbers_at_every_distance() {
    for distance in [1e-20, 1e-160, 1e-170, 1e-300, f64::MIN_POSITIVE, 5e-324] {
        assert_eq!(scalar::matern12::grad(distance, 0.0, 1.0, 1.0), -1.0);
        assert_eq!(scalar::matern12::grad(-distance, 0.0, 1.0, 1.0), 1.0);
        assert_eq!(scalar::matern12::hess_xy(distance, 0.0, 1.0, 1.0), -1.0);
    }
}

// k(0, y) = 0 for every y, but k(x, y) goes like |x| and has no gradient at x = 0.
#[test]
fn arc_cosine_at_the_origin() {
    let (origin, y) = ([0.0; 2], [1.0, 2.0]);
    assert_eq!(array::arccosine1(&origin, &y, 1.0), 0.0);
    assert_eq!(array::arccosine1::grad_y(&origin, &y, 1.0), [0.0; 2]);
    assert_eq!(array::arccosine1::hess_yy(&origin, &y, 1.0), [[0.0; 2]; 2]);
    assert!(array::arccosine1::grad(&origin, &y, 1.0).iter().all(|entry| entry.is_nan()));
}
