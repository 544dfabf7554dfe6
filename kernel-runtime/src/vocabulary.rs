//! The functions of two points that kernels are written with.
//!
//! Each takes points of one coordinate (`f64`), slices (`&[f64]`) and arrays (`&[f64; D]`), and the same over `f32`. If
//! one point is longer than the other, the surplus is ignored, as [`Iterator::zip`] does; [`gram`](crate::gram) refuses
//! such points before any kernel sees them.

use core::slice;

use crate::real::{Lane, Real};

/// What the vocabulary takes as a point: a number, a slice or an array.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a point",
    label = "expected `f64`, `&[f64]` or `&[f64; D]`",
    note = "write `x.as_slice()` for a `Vec`"
)]
pub trait Point: Copy {
    /// Type of its coordinates.
    type Scalar: Real;
    /// Its coordinates in order.
    fn coordinates(&self) -> &[Self::Scalar];
}

impl<S: Real> Point for S {
    type Scalar = S;

    #[inline(always)]
    fn coordinates(&self) -> &[S] {
        slice::from_ref(self)
    }
}

impl<S: Real> Point for &[S] {
    type Scalar = S;

    #[inline(always)]
    fn coordinates(&self) -> &[S] {
        self
    }
}

impl<S: Real, const D: usize> Point for &[S; D] {
    type Scalar = S;

    #[inline(always)]
    fn coordinates(&self) -> &[S] {
        *self
    }
}

/// Σ over coordinates of a term in x_i and y_i.
#[inline(always)]
fn sum<S: Real>(x: &[S], y: &[S], term: impl Fn(S, S) -> S) -> S {
    x.iter().zip(y).fold(S::of(0.0), |total, (&a, &b)| total + term(a, b))
}

/// Σ x_i y_i
///
/// ```
/// # use kernel_runtime::dot;
/// assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// ```
#[inline]
pub fn dot<P: Point, Q: Point<Scalar = P::Scalar>>(x: P, y: Q) -> P::Scalar {
    sum(x.coordinates(), y.coordinates(), |a, b| a * b)
}

/// ‖x - y‖² = Σ (x_i - y_i)², by differences: exact to rounding at any offset from the origin.
///
/// ```
/// # use kernel_runtime::sq_dist;
/// assert_eq!(sq_dist(&[1e9, 0.0], &[1e9 + 3.0, 4.0]), 25.0);
/// ```
#[inline]
pub fn sq_dist<P: Point, Q: Point<Scalar = P::Scalar>>(x: P, y: Q) -> P::Scalar {
    sum(x.coordinates(), y.coordinates(), |a, b| (a - b) * (a - b))
}

/// ‖x - y‖
///
/// Its derivative does not exist at x = y; `#[kernel]` works out whether that of the kernel does.
///
/// ```
/// # use kernel_runtime::dist;
/// assert_eq!(dist(&[1.0, 1.0], &[4.0, 5.0]), 5.0);
/// ```
#[inline]
pub fn dist<P: Point, Q: Point<Scalar = P::Scalar>>(x: P, y: Q) -> P::Scalar {
    Lane::sqrt(sq_dist(x, y))
}

/// ‖x‖² = Σ x_i²
///
/// ```
/// # use kernel_runtime::sq_norm;
/// assert_eq!(sq_norm(&[3.0, 4.0]), 25.0);
/// ```
#[inline]
pub fn sq_norm<P: Point>(x: P) -> P::Scalar {
    dot(x, x)
}

/// ‖x‖
///
/// ```
/// # use kernel_runtime::norm;
/// assert_eq!(norm(&[3.0, 4.0]), 5.0);
/// ```
#[inline]
pub fn norm<P: Point>(x: P) -> P::Scalar {
    Lane::sqrt(sq_norm(x))
}

/// Σ |x_i - y_i|
///
/// ```
/// # use kernel_runtime::l1_dist;
/// assert_eq!(l1_dist(&[1.0, 2.0], &[3.0, 1.0]), 3.0);
/// ```
#[inline]
pub fn l1_dist<P: Point, Q: Point<Scalar = P::Scalar>>(x: P, y: Q) -> P::Scalar {
    sum(x.coordinates(), y.coordinates(), |a, b| Lane::abs(a - b))
}

/// Angle between x and y in [0, π]; 0 if either is 0.
///
/// atan2(√Σ_{i<j} (x_i y_j - x_j y_i)², x·y), the root computed as |x|·|y - (x·y / |x|²) x|: as accurate at every angle
/// as the coordinates, where the arccosine of x·y / (|x| |y|) loses half the digits near 0 and π.
///
/// ```
/// # use kernel_runtime::angle;
/// assert_eq!(angle(&[1.0, 0.0], &[1.0, 1e-12]), 1e-12);
/// assert_eq!(angle(&[1.0, 0.0], &[0.0, 2.0]), core::f64::consts::FRAC_PI_2);
/// ```
#[inline]
pub fn angle<P: Point, Q: Point<Scalar = P::Scalar>>(x: P, y: Q) -> P::Scalar {
    let zero = <P::Scalar as Lane>::of(0.0);
    let (product, square) = (dot(x, y), sq_norm(x));
    let ratio = if square == zero { zero } else { product / square };
    let rest = sum(x.coordinates(), y.coordinates(), |a, b| {
        let r = b - ratio * a;
        r * r
    });
    Lane::atan2(Lane::sqrt(square) * Lane::sqrt(rest), product)
}

/// Gauss error function 2/√π ∫₀ᵃ exp(-t²) dt.
///
/// ```
/// # use kernel_runtime::erf;
/// assert_eq!(erf(0.0), 0.0);
/// assert!((erf(1.0_f64) - 0.842_700_792_949_714_9).abs() < 1e-15);
/// ```
#[inline]
pub fn erf<S: Real>(a: S) -> S {
    Lane::erf(a)
}
