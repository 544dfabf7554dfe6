//! Errors of elementary functions, against those of the C library in `long double`: 80 bits or more, of which it gets
//! all but the last one or two right.

#![allow(unsafe_code, reason = "calls C")]

/// A function of one number, or of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
#[allow(missing_docs, reason = "named as in the standard library")]
pub enum Function {
    Exp = 0,
    ExpM1,
    Ln,
    Ln1p,
    Sqrt,
    Cbrt,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Erf,
    Recip,
    Powf,
    Atan2,
}

impl Function {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Exp,
        Self::ExpM1,
        Self::Ln,
        Self::Ln1p,
        Self::Sqrt,
        Self::Cbrt,
        Self::Sin,
        Self::Cos,
        Self::Tan,
        Self::Asin,
        Self::Acos,
        Self::Atan,
        Self::Sinh,
        Self::Cosh,
        Self::Tanh,
        Self::Erf,
        Self::Recip,
        Self::Powf,
        Self::Atan2,
    ];
}

unsafe extern "C" {
    fn kernel_ulps(function: i32, x: f64, y: f64, got: f64, digits: i32, least: i32, most: i32) -> f64;
}

/// How far `got` is from the function of x (and y), in units of the last place of an `f64`: infinite where only one of
/// the two is NaN or infinite, or a zero has the other sign.
#[must_use]
pub fn ulps(function: Function, x: f64, y: f64, got: f64) -> f64 {
    // SAFETY: a function of numbers.
    unsafe { kernel_ulps(function as i32, x, y, got, 53, -1074, 1024) }
}

/// The same of an `f32`.
#[must_use]
pub fn ulps_f32(function: Function, x: f32, y: f32, got: f32) -> f64 {
    // SAFETY: as above.
    unsafe { kernel_ulps(function as i32, x.into(), y.into(), got.into(), 24, -149, 128) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correct_rounding_is_half_a_unit_away() {
        let third = ulps(Function::Recip, 3.0, 0.0, 1.0 / 3.0);
        assert!((third - 1.0 / 3.0).abs() < 1e-3, "{third}");
        assert!((ulps(Function::Recip, 3.0, 0.0, (1.0_f64 / 3.0).next_up()) - 2.0 / 3.0).abs() < 1e-3);
        assert_eq!(ulps(Function::Sqrt, 4.0, 0.0, 2.0), 0.0);
        assert_eq!(ulps_f32(Function::Sqrt, 4.0, 0.0, 2.0_f32.next_up()), 1.0);
    }

    #[test]
    fn special_values_are_right_or_wrong() {
        assert_eq!(ulps(Function::Ln, -1.0, 0.0, f64::NAN), 0.0);
        assert_eq!(ulps(Function::Ln, -1.0, 0.0, 1.0), f64::INFINITY);
        assert_eq!(ulps(Function::Sin, -0.0, 0.0, 0.0), f64::INFINITY);
        assert_eq!(ulps(Function::Exp, 1000.0, 0.0, f64::INFINITY), 0.0);
        assert!(ulps(Function::Exp, -1000.0, 0.0, 0.0) < 1e-100);
        assert_eq!(ulps(Function::Exp, 1.0, 0.0, f64::NAN), f64::INFINITY);
    }
}
