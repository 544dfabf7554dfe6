//! k = σ² x·y + b: the gradient is σ² y and the Hessian σ² I, without a reduction or an outer product.

/// On arrays.
pub mod array {
    /// k
    #[must_use]
    pub fn value<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, bias: f64) -> f64 {
        let mut s = 0.0;
        for i in 0..D {
            s += x[i] * y[i];
        }
        variance * s + bias
    }

    /// ∂k/∂x
    #[must_use]
    pub fn grad<const D: usize>(_: &[f64; D], y: &[f64; D], variance: f64, _: f64) -> [f64; D] {
        y.map(|y| variance * y)
    }

    /// ∂²k/∂x∂yᵀ
    #[must_use]
    pub fn hess_xy<const D: usize>(_: &[f64; D], _: &[f64; D], variance: f64, _: f64) -> [[f64; D]; D] {
        let mut hess = [[0.0; D]; D];
        for (i, row) in hess.iter_mut().enumerate() {
            row[i] = variance;
        }
        hess
    }

    /// All three.
    #[must_use]
    pub fn value_grad_hess<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        bias: f64,
    ) -> (f64, [f64; D], [[f64; D]; D]) {
        let mut s = 0.0;
        let mut grad = [0.0; D];
        let mut hess = [[0.0; D]; D];
        for i in 0..D {
            s += x[i] * y[i];
            grad[i] = variance * y[i];
            hess[i][i] = variance;
        }
        (variance * s + bias, grad, hess)
    }
}

/// On slices.
pub mod slice {
    #[inline(always)]
    fn gradient(y: &[f64], variance: f64, out: &mut [f64]) {
        for (out, b) in out.iter_mut().zip(y) {
            *out = variance * b;
        }
    }

    #[inline(always)]
    fn diagonal(d: usize, variance: f64, out: &mut [f64]) {
        for (i, row) in out.chunks_exact_mut(d.max(1)).enumerate() {
            row.fill(0.0);
            row[i] = variance;
        }
    }

    /// k
    #[must_use]
    pub fn value(x: &[f64], y: &[f64], variance: f64, bias: f64) -> f64 {
        variance * x.iter().zip(y).fold(0.0, |s, (a, b)| s + a * b) + bias
    }

    /// ∂k/∂x
    pub fn grad(x: &[f64], y: &[f64], variance: f64, _: f64, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() == out.len(), "lengths differ");
        gradient(y, variance, out);
    }

    /// ∂²k/∂x∂yᵀ
    pub fn hess_xy(x: &[f64], y: &[f64], variance: f64, _: f64, out: &mut [f64]) {
        assert!(x.len() == y.len() && x.len() * x.len() == out.len(), "lengths differ");
        diagonal(x.len(), variance, out);
    }

    /// All three.
    pub fn value_grad_hess(x: &[f64], y: &[f64], variance: f64, bias: f64, grad: &mut [f64], hess: &mut [f64]) -> f64 {
        assert!(x.len() == y.len() && x.len() == grad.len() && x.len() * x.len() == hess.len(), "lengths differ");
        gradient(y, variance, grad);
        diagonal(x.len(), variance, hess);
        value(x, y, variance, bias)
    }
}
