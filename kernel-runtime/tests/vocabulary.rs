//! The vocabulary on every kind of point.

use std::f64::consts::{FRAC_PI_2, PI};

use kernel_runtime::{Real, angle, dist, dot, erf, l1_dist, norm, sq_dist, sq_norm};

#[test]
fn slices_arrays_and_numbers() {
    let (x, y) = ([1.0, 2.0, 2.0], [4.0, -2.0, 2.0]);
    assert_eq!(dot(&x, &y), 4.0);
    assert_eq!(dot(&x[..], &y[..]), 4.0);
    assert_eq!(dot(&x, &y[..]), 4.0);
    assert_eq!(sq_dist(&x, &y), 25.0);
    assert_eq!(dist(&x, &y), 5.0);
    assert_eq!(l1_dist(&x, &y), 7.0);
    assert_eq!(sq_norm(&x), 9.0);
    assert_eq!(norm(&x), 3.0);
    assert_eq!(sq_dist(3.0, 1.0), 4.0);
    assert_eq!(dist(1.0_f32, 3.0), 2.0);
    assert_eq!(l1_dist(&[1.0_f32][..], &[3.0]), 2.0);
    assert_eq!(dot::<&[f64], &[f64]>(&[], &[]), 0.0);
}

#[test]
fn generic_code() {
    fn laplace<T: Real, const D: usize>(x: &[T; D], y: &[T; D], l: T) -> T {
        (-dist(x, y) / (T::of(2.0) * l)).exp()
    }
    assert_eq!(laplace(&[0.0], &[2.0], 1.0), (-1.0_f64).exp());
    assert_eq!(laplace(&[0.0], &[2.0], 1.0), (-1.0_f32).exp());
}

#[test]
fn surplus_coordinates_are_ignored() {
    assert_eq!(dot(&[1.0, 2.0], &[3.0]), 3.0);
    assert_eq!(sq_dist(&[1.0], &[3.0, 9.0]), 4.0);
    assert_eq!(angle(&[1.0, 0.0, 5.0], &[0.0, 1.0]), FRAC_PI_2);
}

/// x = (cos t, sin t) and y = (cos u, sin u) are at angle |t - u|, down to the smallest.
#[test]
fn angles() {
    for t in [1e-300, 1e-9, 1e-3, 0.5, 1.5, 2.5, PI - 1e-9, PI] {
        let got = angle(&[1.0, 0.0], &[t.cos(), t.sin()]);
        assert!((got - t).abs() <= 1e-15 * t.max(1e-1), "{t}: {got}");
        let got = angle(&[3.0 * t.cos(), -3.0 * t.sin()], &[0.5, 0.0]);
        assert!((got - t).abs() <= 1e-15, "{t}: {got}");
    }
    assert_eq!(angle(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), 0.0);
    assert_eq!(angle(&[0.0, 0.0], &[1.0, 2.0]), 0.0);
    assert_eq!(angle(&[1.0, 2.0], &[0.0, 0.0]), 0.0);
    assert_eq!(angle(2.0, -3.0), PI);
}

/// DLMF 7.2.1, digits from Abramowitz and Stegun table 7.1.
#[test]
fn error_function() {
    for (a, expected) in [(0.5, 0.520_499_877_8), (1.0, 0.842_700_792_9), (2.0, 0.995_322_265_0)] {
        assert!((erf(a) - expected).abs() < 1e-10);
        assert_eq!(erf(-a), -erf(a));
    }
    assert!((erf(0.5_f32) - 0.520_499_9).abs() < 1e-6);
    assert!(erf(f64::NAN).is_nan());
}
