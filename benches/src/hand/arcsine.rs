//! k = (2 σ²/π) asin(A / √(L R)), A = 2 (b + w x·y), L = 1 + 2 (b + w |x|²), R likewise of y.
//!
//! With D = L R - A² and t = y - (A/L) x: ∂k/∂x = (4 w σ²/π) D^(-1/2) t and
//! ∂²k/∂x∂yᵀ = (4 w σ²/π) D^(-1/2) [I - (2 w/L) x xᵀ - (2 w L/D) t tᵀ].

use std::f64::consts::{FRAC_1_PI, FRAC_2_PI};

struct Sums {
    across: f64,
    left: f64,
    right: f64,
}

/// Coefficients of t = y - along · x, of the gradient and of the rank-one terms.
struct Outer {
    along: f64,
    slope: f64,
    of_x: f64,
    of_t: f64,
}

#[inline(always)]
fn sums<'a>(coordinates: impl Iterator<Item = (&'a f64, &'a f64)>, b: f64, w: f64) -> Sums {
    let (xy, xx, yy) = coordinates.fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| (xy + x * y, xx + x * x, yy + y * y));
    let (twice, constant) = (2.0 * w, 2.0 * b);
    let more = 1.0 + constant;
    Sums { across: constant + twice * xy, left: more + twice * xx, right: more + twice * yy }
}

impl Sums {
    #[inline(always)]
    fn value(&self, variance: f64) -> f64 {
        FRAC_2_PI * variance * (self.across / (self.left * self.right).sqrt()).asin()
    }

    #[inline(always)]
    fn outer(&self, variance: f64, w: f64) -> Outer {
        let rest = self.left * self.right - self.across * self.across;
        let slope = 4.0 * FRAC_1_PI * w * variance / rest.sqrt();
        let scaled = -2.0 * w * slope;
        Outer { along: self.across / self.left, slope, of_x: scaled / self.left, of_t: scaled * self.left / rest }
    }
}

/// On arrays.
pub mod array {
    use super::{Outer, sums};

    #[inline(always)]
    fn rest<const D: usize>(x: &[f64; D], y: &[f64; D], along: f64) -> [f64; D] {
        std::array::from_fn(|i| y[i] - along * x[i])
    }

    #[inline(always)]
    fn hessian<const D: usize>(x: &[f64; D], t: &[f64; D], outer: &Outer) -> [[f64; D]; D] {
        let mut hess = [[0.0; D]; D];
        for i in 0..D {
            let (weight_x, weight_t) = (outer.of_x * x[i], outer.of_t * t[i]);
            for j in 0..D {
                hess[i][j] = weight_x * x[j] + weight_t * t[j];
            }
            hess[i][i] += outer.slope;
        }
        hess
    }

    /// k
    #[must_use]
    pub fn value<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, b: f64, w: f64) -> f64 {
        sums(x.iter().zip(y), b, w).value(variance)
    }

    /// ∂k/∂x
    #[must_use]
    pub fn grad<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, b: f64, w: f64) -> [f64; D] {
        let outer = sums(x.iter().zip(y), b, w).outer(variance, w);
        rest(x, y, outer.along).map(|t| outer.slope * t)
    }

    /// ∂²k/∂x∂yᵀ
    #[must_use]
    pub fn hess_xy<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, b: f64, w: f64) -> [[f64; D]; D] {
        let outer = sums(x.iter().zip(y), b, w).outer(variance, w);
        hessian(x, &rest(x, y, outer.along), &outer)
    }

    /// All three.
    #[must_use]
    pub fn value_grad_hess<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        b: f64,
        w: f64,
    ) -> (f64, [f64; D], [[f64; D]; D]) {
        let sums = sums(x.iter().zip(y), b, w);
        let outer = sums.outer(variance, w);
        let t = rest(x, y, outer.along);
        (sums.value(variance), t.map(|t| outer.slope * t), hessian(x, &t, &outer))
    }
}

/// On slices.
pub mod slice {
    use super::{Outer, sums};

    #[inline(always)]
    fn gradient(x: &[f64], y: &[f64], outer: &Outer, out: &mut [f64]) {
        let of_x = -outer.slope * outer.along;
        for ((out, a), b) in out.iter_mut().zip(x).zip(y) {
            *out = of_x * a + outer.slope * b;
        }
    }

    #[inline(always)]
    fn hessian(x: &[f64], y: &[f64], outer: &Outer, out: &mut [f64]) {
        for (i, ((row, a), b)) in out.chunks_exact_mut(x.len().max(1)).zip(x).zip(y).enumerate() {
            let weight_y = outer.of_t * (b - outer.along * a);
            let weight_x = outer.of_x * a - outer.along * weight_y;
            for ((out, a), b) in row.iter_mut().zip(x).zip(y) {
                *out = weight_x * a + weight_y * b;
            }
            row[i] += outer.slope;
        }
    }

    /// k
    #[must_use]
    pub fn value(x: &[f64], y: &[f64], variance: f64, b: f64, w: f64) -> f64 {
        sums(x.iter().zip(y), b, w).value(variance)
    }

    /// ∂k/∂x
    pub fn grad(x: &[f64], y: &[f64], variance: f64, b: f64, w: f64, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() == out.len(), "lengths differ");
        gradient(x, y, &sums(x.iter().zip(y), b, w).outer(variance, w), out);
    }

    /// ∂²k/∂x∂yᵀ
    pub fn hess_xy(x: &[f64], y: &[f64], variance: f64, b: f64, w: f64, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() * x.len() == out.len(), "lengths differ");
        hessian(x, y, &sums(x.iter().zip(y), b, w).outer(variance, w), out);
    }

    /// All three.
    pub fn value_grad_hess(
        x: &[f64],
        y: &[f64],
        variance: f64,
        b: f64,
        w: f64,
        grad: &mut [f64],
        hess: &mut [f64],
    ) -> f64 {
        assert!(x.len() == y.len() && x.len() == grad.len() && x.len() * x.len() == hess.len(), "lengths differ");
        let sums = sums(x.iter().zip(y), b, w);
        let outer = sums.outer(variance, w);
        gradient(x, y, &outer, grad);
        hessian(x, y, &outer, hess);
        sums.value(variance)
    }
}
