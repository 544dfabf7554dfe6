//! k = φ(s), s = x·y: ∂k/∂x = slope · y and ∂²k/∂x∂yᵀ = slope · I + rank · y xᵀ.

/// What does not depend on the coordinate. Unused entries cost nothing once inlined.
pub(super) struct Outer {
    pub value: f64,
    pub slope: f64,
    pub rank: f64,
}

pub(super) mod array {
    use super::Outer;

    #[inline(always)]
    fn dot<const D: usize>(x: &[f64; D], y: &[f64; D]) -> f64 {
        let mut s = 0.0;
        for i in 0..D {
            s += x[i] * y[i];
        }
        s
    }

    #[inline(always)]
    fn hessian<const D: usize>(x: &[f64; D], y: &[f64; D], outer: &Outer) -> [[f64; D]; D] {
        let mut hess = [[0.0; D]; D];
        for i in 0..D {
            let weight = outer.rank * y[i];
            for j in 0..D {
                hess[i][j] = weight * x[j];
            }
            hess[i][i] += outer.slope;
        }
        hess
    }

    #[inline(always)]
    pub fn value<const D: usize>(x: &[f64; D], y: &[f64; D], outer: impl Fn(f64) -> Outer) -> f64 {
        outer(dot(x, y)).value
    }

    #[inline(always)]
    pub fn grad<const D: usize>(x: &[f64; D], y: &[f64; D], outer: impl Fn(f64) -> Outer) -> [f64; D] {
        let slope = outer(dot(x, y)).slope;
        y.map(|y| slope * y)
    }

    #[inline(always)]
    pub fn hess_xy<const D: usize>(x: &[f64; D], y: &[f64; D], outer: impl Fn(f64) -> Outer) -> [[f64; D]; D] {
        hessian(x, y, &outer(dot(x, y)))
    }

    #[inline(always)]
    pub fn value_grad_hess<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        outer: impl Fn(f64) -> Outer,
    ) -> (f64, [f64; D], [[f64; D]; D]) {
        let outer = outer(dot(x, y));
        (outer.value, y.map(|y| outer.slope * y), hessian(x, y, &outer))
    }
}

pub(super) mod slice {
    use super::Outer;

    #[inline(always)]
    fn dot(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).fold(0.0, |s, (a, b)| s + a * b)
    }

    #[inline(always)]
    fn gradient(y: &[f64], slope: f64, out: &mut [f64]) {
        for (out, b) in out.iter_mut().zip(y) {
            *out = slope * b;
        }
    }

    #[inline(always)]
    fn hessian(x: &[f64], y: &[f64], outer: &Outer, out: &mut [f64]) {
        for (i, (row, b)) in out.chunks_exact_mut(x.len().max(1)).zip(y).enumerate() {
            let weight = outer.rank * b;
            for (out, a) in row.iter_mut().zip(x) {
                *out = weight * a;
            }
            row[i] += outer.slope;
        }
    }

    #[inline(always)]
    pub fn value(x: &[f64], y: &[f64], outer: impl Fn(f64) -> Outer) -> f64 {
        outer(dot(x, y)).value
    }

    #[inline(always)]
    pub fn grad(x: &[f64], y: &[f64], outer: impl Fn(f64) -> Outer, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() == out.len(), "lengths differ");
        gradient(y, outer(dot(x, y)).slope, out);
    }

    #[inline(always)]
    pub fn hess_xy(x: &[f64], y: &[f64], outer: impl Fn(f64) -> Outer, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() * x.len() == out.len(), "lengths differ");
        hessian(x, y, &outer(dot(x, y)), out);
    }

    #[inline(always)]
    pub fn value_grad_hess(
        x: &[f64],
        y: &[f64],
        outer: impl Fn(f64) -> Outer,
        grad: &mut [f64],
        hess: &mut [f64],
    ) -> f64 {
        assert!(x.len() == y.len() && x.len() == grad.len() && x.len() * x.len() == hess.len(), "lengths differ");
        let outer = outer(dot(x, y));
        gradient(y, outer.slope, grad);
        hessian(x, y, &outer, hess);
        outer.value
    }
}
