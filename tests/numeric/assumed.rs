//! What `new` checks of `assume(…)`: every relation, at its edge, beyond it and for NaN; vectors entry by entry.

use kernel_runtime::{ParamError, kernel};

#[kernel(assume(a > 0, 1 <= b && b < 2, c != 0, d <= -1.5))]
pub(crate) fn bounded(x: f64, y: f64, a: f64, b: f64, c: f64, d: f64) -> f64 {
    a * b * c * c * d * d * x * y
}

#[kernel(assume(0 < w && w <= 1, v != 0.5))]
pub(crate) fn weighted(x: &[f64], y: &[f64], w: &[f64], v: &[f64]) -> f64 {
    x.iter().zip(y).zip(w).zip(v).map(|(((a, b), w), v)| a * b * w * v * v).sum()
}

fn message<K>(made: Result<K, ParamError>) -> String {
    made.map_or_else(|error| error.to_string(), |_| "made".into())
}

#[test]
fn scalars() {
    let new = |a, b, c, d| message(Bounded::new(a, b, c, d));
    assert_eq!(new(1e-300, 1.0, -1.0, -1.5), "made");
    assert_eq!(new(0.0, 1.0, 1.0, -2.0), "`a` is 0, but must satisfy a > 0");
    assert_eq!(new(1.0, 0.999, 1.0, -2.0), "`b` is 0.999, but must satisfy b >= 1");
    assert_eq!(new(1.0, 2.0, 1.0, -2.0), "`b` is 2, but must satisfy b < 2");
    assert_eq!(new(1.0, 1.5, 0.0, -2.0), "`c` is 0, but must satisfy c != 0");
    assert_eq!(new(1.0, 1.5, -0.0, -2.0), "`c` is -0, but must satisfy c != 0");
    assert_eq!(new(1.0, 1.5, 1.0, -1.4), "`d` is -1.4, but must satisfy d <= -1.5");
    assert_eq!(new(f64::NAN, 1.5, 1.0, -2.0), "`a` is NaN, but must satisfy a > 0");
    assert_eq!(new(1.0, f64::NAN, 1.0, -2.0), "`b` is NaN, but must satisfy b >= 1");
    assert_eq!(new(1.0, 1.5, f64::NAN, -2.0), "`c` is NaN, but must satisfy c != 0");
    assert_eq!(new(1.0, 1.5, 1.0, f64::NAN), "`d` is NaN, but must satisfy d <= -1.5");
    assert_eq!(message(Bounded::with_scalar(-1.0_f32, 1.0, 1.0, -2.0)), "`a` is -1, but must satisfy a > 0");
}

#[test]
fn vectors() {
    let new = |w: &[f64], v: &[f64]| message(Weighted::new(w.to_vec(), v.to_vec()));
    assert_eq!(new(&[0.5, 1.0], &[1.0, 2.0]), "made");
    assert_eq!(new(&[0.5, 0.0], &[1.0, 2.0]), "`w` is 0 at entry 1, but must satisfy w > 0");
    assert_eq!(new(&[1.5, 0.5], &[1.0, 2.0]), "`w` is 1.5 at entry 0, but must satisfy w <= 1");
    assert_eq!(new(&[0.5, 0.5], &[1.0, 0.5]), "`v` is 0.5 at entry 1, but must satisfy v != 0.5");
    assert_eq!(new(&[0.5, f64::NAN], &[1.0, 2.0]), "`w` is NaN at entry 1, but must satisfy w > 0");
    assert_eq!(new(&[0.5], &[1.0, 2.0]), "`v` is of length 2, but must satisfy v.len() == w.len()");
}
