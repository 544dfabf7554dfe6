//! k = σ² exp(-s/2), s = Σ (u_i / ℓ_i)²; with w_i = 1/ℓ_i² and t_i = w_i u_i: ∂k/∂x = -k t and ∂²k/∂x∂yᵀ = k
//! (diag w - t tᵀ).

/// On arrays.
pub mod array {
    #[inline(always)]
    fn scaled<const D: usize>(x: &[f64; D], y: &[f64; D], lengthscale: &[f64; D]) -> ([f64; D], [f64; D], f64) {
        let (mut w, mut t, mut s) = ([0.0; D], [0.0; D], 0.0);
        for i in 0..D {
            let u = x[i] - y[i];
            w[i] = 1.0 / (lengthscale[i] * lengthscale[i]);
            t[i] = w[i] * u;
            s += t[i] * u;
        }
        (w, t, s)
    }

    #[inline(always)]
    fn hessian<const D: usize>(w: &[f64; D], t: &[f64; D], k: f64) -> [[f64; D]; D] {
        let mut hess = [[0.0; D]; D];
        for i in 0..D {
            let weight = -k * t[i];
            for j in 0..D {
                hess[i][j] = weight * t[j];
            }
            hess[i][i] += k * w[i];
        }
        hess
    }

    /// k
    #[must_use]
    pub fn value<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: &[f64; D]) -> f64 {
        let mut s = 0.0;
        for i in 0..D {
            let scaled = (x[i] - y[i]) / lengthscale[i];
            s += scaled * scaled;
        }
        variance * (-0.5 * s).exp()
    }

    /// ∂k/∂x
    #[must_use]
    pub fn grad<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: &[f64; D]) -> [f64; D] {
        let (_, t, s) = scaled(x, y, lengthscale);
        let k = variance * (-0.5 * s).exp();
        t.map(|t| -k * t)
    }

    /// ∂²k/∂x∂yᵀ
    #[must_use]
    pub fn hess_xy<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: &[f64; D]) -> [[f64; D]; D] {
        let (w, t, s) = scaled(x, y, lengthscale);
        hessian(&w, &t, variance * (-0.5 * s).exp())
    }

    /// All three.
    #[must_use]
    pub fn value_grad_hess<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: &[f64; D],
    ) -> (f64, [f64; D], [[f64; D]; D]) {
        let (w, t, s) = scaled(x, y, lengthscale);
        let k = variance * (-0.5 * s).exp();
        (k, t.map(|t| -k * t), hessian(&w, &t, k))
    }
}

/// On slices.
pub mod slice {
    #[inline(always)]
    fn gradient(x: &[f64], y: &[f64], k: f64, lengthscale: &[f64], out: &mut [f64]) {
        for (((out, a), b), l) in out.iter_mut().zip(x).zip(y).zip(lengthscale) {
            *out = -k * (a - b) / (l * l);
        }
    }

    #[inline(always)]
    fn hessian(x: &[f64], y: &[f64], k: f64, lengthscale: &[f64], out: &mut [f64]) {
        for (i, (((row, a), b), l)) in out.chunks_exact_mut(x.len().max(1)).zip(x).zip(y).zip(lengthscale).enumerate() {
            let scaled = k / (l * l);
            let weight = -scaled * (a - b);
            for (((out, a), b), l) in row.iter_mut().zip(x).zip(y).zip(lengthscale) {
                *out = weight * (a - b) / (l * l);
            }
            row[i] += scaled;
        }
    }

    /// k
    #[must_use]
    pub fn value(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
        let terms = x.iter().zip(y).zip(lengthscale);
        let s = terms.map(|((a, b), l)| (a - b) / l).fold(0.0, |s, scaled| s + scaled * scaled);
        variance * (-0.5 * s).exp()
    }

    /// ∂k/∂x
    pub fn grad(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64], out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() == lengthscale.len() && x.len() == out.len(), "lengths differ");
        gradient(x, y, self::value(x, y, variance, lengthscale), lengthscale, out);
    }

    /// ∂²k/∂x∂yᵀ
    pub fn hess_xy(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64], out: &mut [f64]) {
        let d = x.len();
        assert!(d == y.len() && d == lengthscale.len() && d * d == out.len(), "lengths differ");
        hessian(x, y, self::value(x, y, variance, lengthscale), lengthscale, out);
    }

    /// All three.
    pub fn value_grad_hess(
        x: &[f64],
        y: &[f64],
        variance: f64,
        lengthscale: &[f64],
        grad: &mut [f64],
        hess: &mut [f64],
    ) -> f64 {
        let d = x.len();
        assert!(d == y.len() && d == lengthscale.len() && d == grad.len() && d * d == hess.len(), "lengths differ");
        let k = self::value(x, y, variance, lengthscale);
        gradient(x, y, k, lengthscale, grad);
        hessian(x, y, k, lengthscale, hess);
        k
    }
}
