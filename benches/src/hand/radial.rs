//! k = φ(s), s = |x - y|², u = x - y: ∂k/∂x = slope · u and ∂²k/∂x∂yᵀ = diagonal · I + rank · u uᵀ.

/// What does not depend on the coordinate. Unused entries cost nothing once inlined.
pub(super) struct Outer {
    pub value: f64,
    pub slope: f64,
    pub diagonal: f64,
    pub rank: f64,
}

pub(super) mod array {
    use super::Outer;

    #[inline(always)]
    fn difference<const D: usize>(x: &[f64; D], y: &[f64; D]) -> ([f64; D], f64) {
        let mut u = [0.0; D];
        let mut s = 0.0;
        for i in 0..D {
            u[i] = x[i] - y[i];
            s += u[i] * u[i];
        }
        (u, s)
    }

    #[inline(always)]
    fn hessian<const D: usize>(u: &[f64; D], outer: &Outer) -> [[f64; D]; D] {
        let mut hess = [[0.0; D]; D];
        for i in 0..D {
            let weight = outer.rank * u[i];
            for j in 0..D {
                hess[i][j] = weight * u[j];
            }
            hess[i][i] += outer.diagonal;
        }
        hess
    }

    #[inline(always)]
    pub fn value<const D: usize>(x: &[f64; D], y: &[f64; D], outer: impl Fn(f64) -> Outer) -> f64 {
        outer(difference(x, y).1).value
    }

    #[inline(always)]
    pub fn grad<const D: usize>(x: &[f64; D], y: &[f64; D], outer: impl Fn(f64) -> Outer) -> [f64; D] {
        let (u, s) = difference(x, y);
        let slope = outer(s).slope;
        u.map(|u| slope * u)
    }

    #[inline(always)]
    pub fn hess_xy<const D: usize>(x: &[f64; D], y: &[f64; D], outer: impl Fn(f64) -> Outer) -> [[f64; D]; D] {
        let (u, s) = difference(x, y);
        hessian(&u, &outer(s))
    }

    #[inline(always)]
    pub fn value_grad_hess<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        outer: impl Fn(f64) -> Outer,
    ) -> (f64, [f64; D], [[f64; D]; D]) {
        let (u, s) = difference(x, y);
        let outer = outer(s);
        (outer.value, u.map(|u| outer.slope * u), hessian(&u, &outer))
    }
}

pub(super) mod slice {
    use super::Outer;

    #[inline(always)]
    fn square(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).fold(0.0, |s, t| s + t)
    }

    #[inline(always)]
    fn gradient(x: &[f64], y: &[f64], slope: f64, out: &mut [f64]) {
        for ((out, a), b) in out.iter_mut().zip(x).zip(y) {
            *out = slope * (a - b);
        }
    }

    #[inline(always)]
    fn hessian(x: &[f64], y: &[f64], outer: &Outer, out: &mut [f64]) {
        for (i, ((row, a), b)) in out.chunks_exact_mut(x.len().max(1)).zip(x).zip(y).enumerate() {
            let weight = outer.rank * (a - b);
            for ((out, a), b) in row.iter_mut().zip(x).zip(y) {
                *out = weight * (a - b);
            }
            row[i] += outer.diagonal;
        }
    }

    #[inline(always)]
    pub fn value(x: &[f64], y: &[f64], outer: impl Fn(f64) -> Outer) -> f64 {
        outer(square(x, y)).value
    }

    #[inline(always)]
    pub fn grad(x: &[f64], y: &[f64], outer: impl Fn(f64) -> Outer, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() == out.len(), "lengths differ");
        gradient(x, y, outer(square(x, y)).slope, out);
    }

    #[inline(always)]
    pub fn hess_xy(x: &[f64], y: &[f64], outer: impl Fn(f64) -> Outer, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() * x.len() == out.len(), "lengths differ");
        hessian(x, y, &outer(square(x, y)), out);
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
        let outer = outer(square(x, y));
        gradient(x, y, outer.slope, grad);
        hessian(x, y, &outer, hess);
        outer.value
    }
}
