//! What the functions return on this machine. Built for this package alone, `kernel-runtime` has no `std` feature and
//! takes its elementary functions from libm.

use kernel_no_std::{of_arrays, of_singles, of_slices, of_stock};
use kernel_runtime::{Kernel, Real};

#[track_caller]
fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance * (1.0 + b.abs()), "{a} is not {b}");
}

/// Derivative of `f` at 0.
fn slope(f: impl Fn(f64) -> f64) -> f64 {
    let h = 1e-3;
    // Error 4 h⁴ f⁽⁵⁾/120, and rounding 1e-13.
    (8.0 * (f(h) - f(-h)) - (f(2.0 * h) - f(-2.0 * h))) / (12.0 * h)
}

fn moved<const D: usize>(point: &[f64; D], i: usize, step: f64) -> [f64; D] {
    let mut point = *point;
    point[i] += step;
    point
}

#[test]
fn slices() {
    let (x, y, frequency, lengthscale) = ([0.3, -0.9], [-0.5, 0.4], 0.35, [0.9, 1.4]);
    let at = |x, y, frequency, lengthscale| of_slices(&x, &y, frequency, &lengthscale);
    let (value, grad, hess, params) = at(x, y, frequency, lengthscale);

    let s: f64 = (0.8_f64 / 0.9).powi(2) + (1.3_f64 / 1.4).powi(2);
    let damped = (-(s.sqrt().exp2() + 1.0).ln()).exp() * (frequency * std::f64::consts::PI * s).cos();
    // erf(1.6523…) by Python's math.erf.
    close(s, 1.652_368_354_749_307, 1e-15);
    close(value, damped + 0.980_550_504_533_461_4 + s.powi(-3).tanh(), 1e-15);
    for i in 0..2 {
        close(grad[i], slope(|h| at(moved(&x, i, h), y, frequency, lengthscale).0), 1e-9);
        for (j, entry) in hess[i].iter().enumerate() {
            close(*entry, slope(|h| at(x, moved(&y, j, h), frequency, lengthscale).1[i]), 1e-9);
        }
        close(params[1 + i], slope(|h| at(x, y, frequency, moved(&lengthscale, i, h)).0), 1e-9);
    }
    close(params[0], slope(|h| at(x, y, frequency + h, lengthscale).0), 1e-9);
}

#[test]
fn arrays() {
    let (x, y, alpha, lengthscale) = ([0.3, -1.2, 0.7], [-0.5, 0.4, 1.1], 0.8, 1.1);
    let (value, grad, hess, params) = of_arrays(&x, &y, alpha, lengthscale);
    let t: [f64; 3] = std::array::from_fn(|i| x[i] - y[i]);
    let square = t.iter().map(|t| t * t).sum::<f64>();
    let base = 1.0 + square / (2.0 * alpha * lengthscale * lengthscale);
    close(value, base.powf(-alpha), 1e-15);
    for i in 0..3 {
        close(grad[i], -base.powf(-alpha - 1.0) * t[i] / lengthscale.powi(2), 1e-15);
        for j in 0..3 {
            let unit = if i == j { 1.0 } else { 0.0 };
            let rank = (alpha + 1.0) / alpha * t[i] * t[j] / (base * lengthscale.powi(2));
            close(hess[i][j], base.powf(-alpha - 1.0) / lengthscale.powi(2) * (unit - rank), 1e-15);
        }
    }
    close(params[1], base.powf(-alpha - 1.0) * square / lengthscale.powi(3), 1e-15);
    close(params[0], base.powf(-alpha) * ((base - 1.0) / base - base.ln()), 1e-15);
}

#[test]
fn single_precision() {
    let (value, hess) = of_singles(0.25, 1.0, 0.5);
    close(f64::from(value), (-0.281_25_f64).exp(), 1e-7);
    close(f64::from(hess), (1.0 - 0.5625) * (-0.281_25_f64).exp(), 1e-7);
}

#[test]
fn stock_kernels_and_combinations() {
    let (x, y) = ([0.3, -0.2, 0.7], [0.1, 0.4, 0.6]);
    let (value, grad) = of_stock(&x, &y);
    let r = (0.04_f64 + 0.36 + 0.01).sqrt();
    let q = 5.0_f64.sqrt() * r / 0.5;
    close(value, 2.0 * (1.0 + q + q * q / 3.0) * (-q).exp(), 1e-15);
    for (slope, t) in grad.iter().zip([0.2, -0.6, 0.1]) {
        close(*slope, -2.0 * 5.0 / (3.0 * 0.25) * (1.0 + q) * (-q).exp() * t, 1e-15);
    }
    assert_eq!(kernel_no_std::combined(1.5).unwrap().dimension(), Some(1));
    let error = kernel_no_std::combined(-1.5).err().unwrap();
    assert_eq!(error.to_string(), "`gamma` is -1.5, but must satisfy gamma > 0");
}

/// Distance in units in the last place.
fn ulps(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { (a - b).abs() / (b.abs() * f64::EPSILON) }
}

#[test]
#[allow(clippy::cast_possible_truncation, reason = "any argument near will do")]
fn functions_are_those_of_std() {
    macro_rules! check {
        ($($function:ident)*; $from:literal to $to:literal) => {$(
            for step in 0..=40 {
                let a = $from + ($to - $from) * f64::from(step) / 40.0;
                let error = ulps(Real::$function(a), f64::$function(a));
                assert!(error <= 3.0, "{}({a}) is off by {error} ulp", stringify!($function));
                let a = a as f32;
                let error = ulps(f64::from(Real::$function(a)), f64::from(f32::$function(a))) * 2.0_f64.powi(-29);
                assert!(error <= 3.0, "{}({a}_f32) is off by {error} ulp", stringify!($function));
            }
        )*};
    }
    check!(exp exp2 exp_m1 sin cos tan sinh cosh tanh atan cbrt abs recip to_radians to_degrees; -7.3 to 8.1);
    check!(ln log2 log10 sqrt ln_1p; 0.01 to 30.0);
    check!(asin acos; -0.99 to 0.98);
    for (a, b) in [(1.3, 2.7), (0.2, -3.1), (5.9, 0.4)] {
        assert!(ulps(Real::powf(a, b), f64::powf(a, b)) <= 3.0);
        assert!(ulps(Real::atan2(a, b), f64::atan2(a, b)) <= 3.0);
        assert!(ulps(Real::hypot(a, b), f64::hypot(a, b)) <= 3.0);
        assert!(ulps(Real::log(a, 2.5), f64::log(a, 2.5)) <= 6.0);
        assert_eq!(Real::mul_add(a, b, -a * b), f64::mul_add(a, b, -a * b));
        assert_eq!(Real::sin_cos(a), (Real::sin(a), Real::cos(a)));
        assert_eq!((Real::max(a, b), Real::min(a, b)), (f64::max(a, b), f64::min(a, b)));
        assert_eq!(Real::clamp(a, 0.5, 2.0), f64::clamp(a, 0.5, 2.0));
        for n in [0, 1, -1, 2, 3, -6, 13, 1000, i32::MIN] {
            assert!(ulps(Real::powi(a, n), f64::powi(a, n)) <= 1.0, "{a} to the power {n}");
        }
    }
}
