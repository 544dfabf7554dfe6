pub fn matern32<const D: usize>(
    x: &[f64; D],
    y: &[f64; D],
    variance: f64,
    lengthscale: f64,
) -> f64 {
    #[allow(unused_imports, reason = "f64 has most of these methods itself")]
    use ::kernel_runtime::{dist, Real as _};
    let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
    variance * (1.0 + q) * (-q).exp()
}
/**Derivatives of [`matern32`](fn@matern32) at one pair of points; for batches see [`Matern32`].

```text
variance·(1 + √3·√Σᵢ((x_i - y_i)²)/lengthscale)·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)
```*/
#[allow(
    non_camel_case_types,
    dead_code,
    reason = "it is named like the function whose derivatives it holds"
)]
pub enum matern32 {}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all its derivatives"
)]
impl matern32 {
    /**∂k/∂x_i

```text
(-3·variance·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/lengthscale²)·(x_i - y_i)
```

Cost: 1 addition, 4 multiplications, 1 division, 1 square root, 1 `exp` per pair of points; 2 additions, 2 multiplications per coordinate.*/
    #[must_use]
    #[inline]
    pub fn grad<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [::core::primitive::f64; D] {
        let _ = (x, y, variance, lengthscale);
        let mut out = [0f64; D];
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = -1.7320508075688772f64 / lengthscale;
        let term_1 = -(variance * (ratio * ratio))
            * ::kernel_runtime::__private::Lane::exp(
                ratio * ::kernel_runtime::__private::Lane::sqrt(r2),
            );
        for ((out_i, &x_i), &y_i) in out.iter_mut().zip(x.iter()).zip(y.iter()) {
            *out_i = term_1 * (x_i - y_i);
        }
        out
    }
    /**∂k/∂y_i

```text
(3·variance·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/lengthscale²)·(x_i - y_i)
```

Cost: 1 addition, 4 multiplications, 1 division, 1 square root, 1 `exp` per pair of points; 2 additions, 2 multiplications per coordinate.*/
    #[must_use]
    #[inline]
    pub fn grad_y<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [::core::primitive::f64; D] {
        Self::grad(y, x, variance, lengthscale)
    }
    /**∂²k/∂x_i∂x_j

```text
({0 if Σᵢ((x_i - y_i)²) = 0, else 3·variance·√3·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/(lengthscale³·√Σᵢ((x_i - y_i)²))})·(x_i - y_i)·(x_j - y_j) + δᵢⱼ·(-3·variance·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/lengthscale²)
```

Cost: 1 addition, 5 multiplications, 2 divisions, 1 square root, 1 `exp` per pair of points; 3 additions, 2 multiplications per coordinate; 1 multiplication per entry.*/
    #[must_use]
    #[inline]
    pub fn hess_xx<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [[::core::primitive::f64; D]; D] {
        let _ = (x, y, variance, lengthscale);
        let mut out = [[0f64; D]; D];
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = -1.7320508075688772f64 / lengthscale;
        let root = ::kernel_runtime::__private::Lane::sqrt(r2);
        let term_1 = -(variance * (ratio * ratio))
            * ::kernel_runtime::__private::Lane::exp(ratio * root);
        let term_2 = ::kernel_runtime::__private::Lane::select_eq(
            r2,
            0f64,
            0f64,
            ratio * term_1 / root,
        );
        let mut factor = [0f64; D];
        for ((slot, &x_j), &y_j) in factor.iter_mut().zip(x.iter()).zip(y.iter()) {
            *slot = x_j - y_j;
        }
        for (i, (((row, &x_i), &y_i), &factor_i)) in out
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(factor.iter())
            .enumerate()
        {
            let weight = term_2 * factor_i;
            for (out_ij, &factor_j) in row.iter_mut().zip(factor.iter()) {
                *out_ij = weight * factor_j;
            }
            row[i] += term_1;
        }
        out
    }
    /**∂²k/∂x_i∂y_j

```text
({0 if Σᵢ((x_i - y_i)²) = 0, else -3·variance·√3·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/(lengthscale³·√Σᵢ((x_i - y_i)²))})·(x_i - y_i)·(x_j - y_j) + δᵢⱼ·(3·variance·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/lengthscale²)
```

Cost: 5 multiplications, 2 divisions, 1 square root, 1 `exp` per pair of points; 3 additions, 2 multiplications per coordinate; 1 multiplication per entry.*/
    #[must_use]
    #[inline]
    pub fn hess_xy<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [[::core::primitive::f64; D]; D] {
        let _ = (x, y, variance, lengthscale);
        let mut out = [[0f64; D]; D];
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = -1.7320508075688772f64 / lengthscale;
        let root = ::kernel_runtime::__private::Lane::sqrt(r2);
        let term_1 = variance * (ratio * ratio)
            * ::kernel_runtime::__private::Lane::exp(ratio * root);
        let term_2 = ::kernel_runtime::__private::Lane::select_eq(
            r2,
            0f64,
            0f64,
            ratio * term_1 / root,
        );
        let mut factor = [0f64; D];
        for ((slot, &x_j), &y_j) in factor.iter_mut().zip(x.iter()).zip(y.iter()) {
            *slot = x_j - y_j;
        }
        for (i, (((row, &x_i), &y_i), &factor_i)) in out
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(factor.iter())
            .enumerate()
        {
            let weight = term_2 * factor_i;
            for (out_ij, &factor_j) in row.iter_mut().zip(factor.iter()) {
                *out_ij = weight * factor_j;
            }
            row[i] += term_1;
        }
        out
    }
    /**∂²k/∂y_i∂y_j

```text
({0 if Σᵢ((x_i - y_i)²) = 0, else 3·variance·√3·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/(lengthscale³·√Σᵢ((x_i - y_i)²))})·(x_i - y_i)·(x_j - y_j) + δᵢⱼ·(-3·variance·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/lengthscale²)
```

Cost: 1 addition, 5 multiplications, 2 divisions, 1 square root, 1 `exp` per pair of points; 3 additions, 2 multiplications per coordinate; 1 multiplication per entry.*/
    #[must_use]
    #[inline]
    pub fn hess_yy<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [[::core::primitive::f64; D]; D] {
        Self::hess_xx(y, x, variance, lengthscale)
    }
    /**k and ∂k/∂x, what they share computed once

Cost: 3 additions, 5 multiplications, 1 division, 1 square root, 1 `exp` per pair of points; 2 additions, 2 multiplications per coordinate.*/
    #[must_use]
    #[inline]
    pub fn value_grad<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> (::core::primitive::f64, [::core::primitive::f64; D]) {
        let _ = (x, y, variance, lengthscale);
        let value;
        let mut grad = [0f64; D];
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = 1.7320508075688772f64 / lengthscale;
        let term_1 = ratio * ::kernel_runtime::__private::Lane::sqrt(r2);
        let term_2 = variance * ::kernel_runtime::__private::Lane::exp(-term_1);
        let term_4 = -(ratio * ratio) * term_2;
        for ((out_i, &x_i), &y_i) in grad.iter_mut().zip(x.iter()).zip(y.iter()) {
            *out_i = term_4 * (x_i - y_i);
        }
        let term_3 = (1f64 + term_1) * term_2;
        value = term_3;
        (value, grad)
    }
    /**k, ∂k/∂x and ∂²k/∂x∂y, what they share computed once

Cost: 3 additions, 7 multiplications, 2 divisions, 1 square root, 1 `exp` per pair of points; 3 additions, 3 multiplications per coordinate; 1 multiplication per entry.*/
    #[must_use]
    #[inline]
    pub fn value_grad_hess<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> (
        ::core::primitive::f64,
        [::core::primitive::f64; D],
        [[::core::primitive::f64; D]; D],
    ) {
        let _ = (x, y, variance, lengthscale);
        let value;
        let mut grad = [0f64; D];
        let mut hess = [[0f64; D]; D];
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = 1.7320508075688772f64 / lengthscale;
        let root = ::kernel_runtime::__private::Lane::sqrt(r2);
        let term_1 = ratio * root;
        let exp = ::kernel_runtime::__private::Lane::exp(-term_1);
        let term_3 = variance * (ratio * ratio) * exp;
        let term_4 = -term_3;
        let term_5 = ::kernel_runtime::__private::Lane::select_eq(
            r2,
            0f64,
            0f64,
            ratio * term_4 / root,
        );
        for ((out_i, &x_i), &y_i) in grad.iter_mut().zip(x.iter()).zip(y.iter()) {
            *out_i = term_4 * (x_i - y_i);
        }
        let mut factor = [0f64; D];
        for ((slot, &x_j), &y_j) in factor.iter_mut().zip(x.iter()).zip(y.iter()) {
            *slot = x_j - y_j;
        }
        for (i, (((row, &x_i), &y_i), &factor_i)) in hess
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(factor.iter())
            .enumerate()
        {
            let weight = term_5 * factor_i;
            for (out_ij, &factor_j) in row.iter_mut().zip(factor.iter()) {
                *out_ij = weight * factor_j;
            }
            row[i] += term_3;
        }
        let term_2 = variance * ((1f64 + term_1) * exp);
        value = term_2;
        (value, grad, hess)
    }
    /**∂k/∂θ for θ = variance, lengthscale

```text
∂k/∂variance = (1 + √3·√Σᵢ((x_i - y_i)²)/lengthscale)·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)
∂k/∂lengthscale = 3·variance·Σᵢ((x_i - y_i)²)·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)/lengthscale³
```

Cost: 2 additions, 7 multiplications, 1 division, 1 square root, 1 `exp` per pair of points; 2 additions, 1 multiplication per coordinate.*/
    #[must_use]
    #[inline]
    pub fn grad_params<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [::core::primitive::f64; 2usize] {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        let _ = d;
        let mut out_0 = 0f64;
        let mut out_1 = 0f64;
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = 1.7320508075688772f64 / lengthscale;
        let term_1 = ratio * ::kernel_runtime::__private::Lane::sqrt(r2);
        let term_2 = -term_1;
        let exp = ::kernel_runtime::__private::Lane::exp(term_2);
        let term_3 = (1f64 + term_1) * exp;
        let term_4 = 0.5773502691896258f64 * (variance * ratio)
            * (term_2 * term_2 * exp);
        out_0 = term_3;
        out_1 = term_4;
        [out_0, out_1]
    }
    /**∂³k/∂x∂y∂θ for θ = variance, lengthscale

Cost: 2 additions, 17 multiplications, 2 divisions, 1 square root, 1 `exp` per pair of points; 4 additions, 3 multiplications per coordinate; 2 multiplications per entry.*/
    #[must_use]
    #[inline]
    pub fn hess_xy_params<const D: usize>(
        x: &[f64; D],
        y: &[f64; D],
        variance: f64,
        lengthscale: f64,
    ) -> [[[::core::primitive::f64; D]; D]; 2usize] {
        let _ = (x, y, variance, lengthscale);
        let d = x.len();
        let _ = d;
        let mut out_0 = [[0f64; D]; D];
        let mut out_1 = [[0f64; D]; D];
        let mut r2 = 0f64;
        for (&x_i, &y_i) in x.iter().zip(y.iter()) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let ratio = 0.8660254037844386f64 / lengthscale;
        let root = ::kernel_runtime::__private::Lane::sqrt(r2);
        let term_1 = ratio * root;
        let scale = ratio * ratio;
        let term_2 = 4.000000000000001f64 * scale
            * ::kernel_runtime::__private::Lane::exp(-2f64 * term_1);
        let scale_1 = -3.464101615137755f64 * ratio;
        let ratio_1 = scale_1 * term_2 / root;
        let term_3 = 0.6666666666666666f64
            * ((1f64 - term_1) * (variance * scale_1 * term_2));
        let term_4 = ::kernel_runtime::__private::Lane::select_eq(
            r2,
            0f64,
            0f64,
            0.5773502691896257f64 * ratio_1,
        );
        let term_5 = ::kernel_runtime::__private::Lane::select_eq(
            r2,
            0f64,
            0f64,
            1.3333333333333335f64 * (variance * scale)
                * ((root - 1.7320508075688772f64 * lengthscale) * ratio_1),
        );
        let mut factor = [0f64; D];
        for ((slot, &x_j), &y_j) in factor.iter_mut().zip(x.iter()).zip(y.iter()) {
            *slot = x_j - y_j;
        }
        for (i, (((row, &x_i), &y_i), &factor_i)) in out_0
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(factor.iter())
            .enumerate()
        {
            let weight = term_4 * factor_i;
            for (out_ij, &factor_j) in row.iter_mut().zip(factor.iter()) {
                *out_ij = weight * factor_j;
            }
            row[i] += term_2;
        }
        let mut factor_1 = [0f64; D];
        for ((slot_1, &x_j), &y_j) in factor_1.iter_mut().zip(x.iter()).zip(y.iter()) {
            *slot_1 = x_j - y_j;
        }
        for (i, (((row_1, &x_i), &y_i), &factor_1_i)) in out_1
            .iter_mut()
            .zip(x.iter())
            .zip(y.iter())
            .zip(factor_1.iter())
            .enumerate()
        {
            let weight_1 = term_5 * factor_1_i;
            for (out_ij_1, &factor_1_j) in row_1.iter_mut().zip(factor_1.iter()) {
                *out_ij_1 = weight_1 * factor_1_j;
            }
            row_1[i] += term_3;
        }
        [out_0, out_1]
    }
}
const _: () = {
    #[allow(dead_code, reason = "the function counts as used: its derivatives are")]
    fn source<const D: usize>() {
        let _ = matern32::<D>;
    }
};
/**

The kernel [`matern32`](fn@matern32) with its parameters.

```text
variance·(1 + √3·√Σᵢ((x_i - y_i)²)/lengthscale)·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)
```

The process is once differentiable in mean square: k ≈ variance - (3/2)·variance·r²/lengthscale² + variance·√3·r³/lengthscale³ as r = ‖x - y‖ → 0.

# Positive definite

Every Gram matrix is positive semidefinite (a Cholesky factorisation still needs noise or jitter on the diagonal):

1. `(x_i - y_i)²` is conditionally negative definite: (f(x) - f(y))², a squared distance.
2. `Σᵢ((x_i - y_i)²)` is conditionally negative definite: a sum of conditionally definite kernels, one for each coordinate (from 1).
3. `(1 + √3·√Σᵢ((x_i - y_i)²)/lengthscale)·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)` is positive definite: P(t) exp(-t), t² conditionally negative definite, P a sum of reverse Bessel polynomials with nonnegative coefficients: half-integer Matérn kernels, mixtures of exp(-u t²) (Matérn 1960, Schoenberg 1938) (from 2).
4. `variance·(1 + √3·√Σᵢ((x_i - y_i)²)/lengthscale)·exp(-√3·√Σᵢ((x_i - y_i)²)/lengthscale)` is positive definite: a nonnegative multiple (from 3).*/
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "a kernel may be used through its functions alone")]
pub struct Matern32<const D: usize, S = ::core::primitive::f64> {
    variance: S,
    lengthscale: S,
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<const D: usize> Matern32<D, ::core::primitive::f64> {
    /**The kernel with these parameters.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    pub fn new(
        variance: ::core::primitive::f64,
        lengthscale: ::core::primitive::f64,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        Self::with_scalar(variance, lengthscale)
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<const D: usize, S: ::kernel_runtime::Real> Matern32<D, S> {
    /**The kernel with these parameters. The type of the numbers is that of the parameters: `f64` or `f32`.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    pub fn with_scalar(
        variance: S,
        lengthscale: S,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        if !(variance > <S as ::kernel_runtime::__private::Lane>::of(0f64)) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("variance", "variance > 0", variance),
            );
        }
        if !(lengthscale > <S as ::kernel_runtime::__private::Lane>::of(0f64)) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new(
                    "lengthscale",
                    "lengthscale > 0",
                    lengthscale,
                ),
            );
        }
        ::core::result::Result::Ok(Self { variance, lengthscale })
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<const D: usize, S: ::kernel_runtime::Real> Matern32<D, S> {
    ///The parameter `variance`.
    #[must_use]
    pub fn variance(&self) -> S {
        self.variance
    }
    ///The parameter `lengthscale`.
    #[must_use]
    pub fn lengthscale(&self) -> S {
        self.lengthscale
    }
}
const _: () = {
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real, Right> ::core::ops::Add<Right>
    for Matern32<D, S>
    where
        Right: ::kernel_runtime::Kernel<
            Scalar = S,
            Points = ::kernel_runtime::__private::VectorPoints,
        >,
    {
        type Output = ::kernel_runtime::Sum<Self, Right>;
        fn add(self, right: Right) -> Self::Output {
            ::kernel_runtime::Sum::new(self, right)
        }
    }
    #[automatically_derived]
    impl<
        const D: usize,
        S: ::kernel_runtime::Real,
        Right: ::kernel_runtime::__private::Multiplier<Self>,
    > ::core::ops::Mul<Right> for Matern32<D, S> {
        type Output = Right::Output;
        fn mul(self, right: Right) -> Self::Output {
            right.multiply(self)
        }
    }
    #[automatically_derived]
    impl<const D: usize> ::core::ops::Mul<Matern32<D, ::core::primitive::f64>>
    for ::core::primitive::f64 {
        type Output = ::kernel_runtime::Scaled<Matern32<D, ::core::primitive::f64>>;
        fn mul(self, kernel: Matern32<D, ::core::primitive::f64>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl<const D: usize> ::core::ops::Mul<Matern32<D, ::core::primitive::f32>>
    for ::core::primitive::f32 {
        type Output = ::kernel_runtime::Scaled<Matern32<D, ::core::primitive::f32>>;
        fn mul(self, kernel: Matern32<D, ::core::primitive::f32>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Symmetric
    for Matern32<D, S> {}
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::PositiveDefinite
    for Matern32<D, S> {}
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Differentiable
    for Matern32<D, S> {}
    #[diagnostic::on_unimplemented(
        message = "`Matern32` is only once mean-square differentiable at x = y: k ≈ variance - (3/2)·variance·r²/lengthscale² + variance·√3·r³/lengthscale³ as r = ‖x - y‖ → 0",
        label = "∂⁴k/∂x²∂y² is required where x = y",
        note = "use a smoother kernel (Matérn-5/2 instead of Matérn-3/2)"
    )]
    trait MeanSquareHessian {}
    #[doc(hidden)]
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::TwiceDifferentiable
    for Matern32<D, S>
    where
        for<'a> &'a Self: MeanSquareHessian,
    {}
    #[doc(hidden)]
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Tower2
    for Matern32<D, S>
    where
        for<'a> &'a Self: MeanSquareHessian,
    {}
    #[doc(hidden)]
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Tower3
    for Matern32<D, S>
    where
        for<'a> &'a Self: MeanSquareHessian,
    {}
    #[doc(hidden)]
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Tower4
    for Matern32<D, S>
    where
        for<'a> &'a Self: MeanSquareHessian,
    {}
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Stationary
    for Matern32<D, S> {}
    #[automatically_derived]
    impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Isotropic
    for Matern32<D, S> {}
};
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Kernel
for Matern32<D, S> {
    type Scalar = S;
    type Points = ::kernel_runtime::__private::VectorPoints;
    const SHAPE: ::kernel_runtime::__private::Shape = ::kernel_runtime::__private::Shape {
        sums: [1usize, 1usize, 1usize, 1usize, 1usize],
        frame: 0usize,
        x: 1usize,
        y: 1usize,
        diagonal: 1usize,
        dense: 0usize,
        coordinates: 0usize,
        passes: 1usize,
        symmetric: true,
        off_diagonal: false,
        custom_sums: false,
        custom_factors: false,
        parameters: [2usize, 0usize],
        custom_params: false,
        custom_contract: false,
    };
    const COORDINATES: ::core::option::Option<usize> = ::core::option::Option::Some(D);
    fn dimension(&self) -> ::core::option::Option<usize> {
        Self::COORDINATES
    }
    fn sum(
        &self,
        stage: ::kernel_runtime::__private::Stage,
        slot: usize,
    ) -> ::kernel_runtime::__private::Term {
        ::kernel_runtime::__private::Term::Plain(
            ::kernel_runtime::__private::Base::SquareDifference,
        )
    }
    fn factor(
        &self,
        side: ::kernel_runtime::__private::Side,
        number: usize,
    ) -> ::kernel_runtime::__private::Term {
        match (side, number) {
            (::kernel_runtime::__private::Side::X, 0usize) => {
                ::kernel_runtime::__private::Term::Plain(
                    ::kernel_runtime::__private::Base::Difference,
                )
            }
            (::kernel_runtime::__private::Side::Y, 0usize) => {
                ::kernel_runtime::__private::Term::Plain(
                    ::kernel_runtime::__private::Base::Difference,
                )
            }
            (::kernel_runtime::__private::Side::Diagonal, 0usize) => {
                ::kernel_runtime::__private::Term::Plain(
                    ::kernel_runtime::__private::Base::One,
                )
            }
            _ => ::kernel_runtime::__private::Term::Custom,
        }
    }
    #[inline(always)]
    fn reduce<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(
        &self,
        stage: ::kernel_runtime::__private::Stage,
        pass: usize,
        place: &P,
        sums: &mut [V],
    ) {
        let x = place.x();
        let y = place.y();
        let term = x - y;
        sums[0usize] = sums[0usize] + (term * term);
    }
    #[inline(always)]
    fn value<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
    ) -> V {
        let term = V::of(1.7320508075688772f64) / V::splat(self.lengthscale)
            * ::kernel_runtime::__private::Lane::sqrt(sums[0usize]);
        V::splat(self.variance)
            * ((V::of(1f64) + term) * ::kernel_runtime::__private::Lane::exp(-term))
    }
    #[inline(always)]
    fn first<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::First<'_, V>,
    ) -> V {
        let ratio = V::of(1.7320508075688772f64) / V::splat(self.lengthscale);
        let term = ratio * ::kernel_runtime::__private::Lane::sqrt(sums[0usize]);
        let exp = ::kernel_runtime::__private::Lane::exp(-term);
        let term_1 = V::splat(self.variance) * (ratio * ratio) * exp;
        out.grad_x[0usize] = -term_1;
        out.grad_y[0usize] = term_1;
        V::splat(self.variance) * ((V::of(1f64) + term) * exp)
    }
    #[inline(always)]
    fn second<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::Second<'_, V>,
    ) -> V {
        let ratio = V::of(1.7320508075688772f64) / V::splat(self.lengthscale);
        let root = ::kernel_runtime::__private::Lane::sqrt(sums[0usize]);
        let term = ratio * root;
        let exp = ::kernel_runtime::__private::Lane::exp(-term);
        let term_1 = V::splat(self.variance) * (ratio * ratio) * exp;
        let term_2 = -term_1;
        out.grad_x[0usize] = term_2;
        out.grad_y[0usize] = term_1;
        out.rank[0usize * out.stride + 0usize] = ::kernel_runtime::__private::Lane::select_eq(
            sums[0usize],
            V::of(0f64),
            V::of(0f64),
            ratio * term_2 / root,
        );
        out.diagonal[0usize] = term_1;
        V::splat(self.variance) * ((V::of(1f64) + term) * exp)
    }
    #[inline(always)]
    fn factors_x<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        let x = place.x();
        let y = place.y();
        out[0usize] = x - y;
    }
    #[inline(always)]
    fn factors_y<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        let x = place.x();
        let y = place.y();
        out[0usize] = x - y;
    }
    #[inline(always)]
    fn diagonals<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        out[0usize] = V::of(1f64);
    }
    #[inline(always)]
    fn params<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, sums: &[V], out: &mut [V]) -> V {
        let d = place.dimension();
        let ratio = V::of(1.7320508075688772f64) / V::splat(self.lengthscale);
        let term = ratio * ::kernel_runtime::__private::Lane::sqrt(sums[0usize]);
        let exp = ::kernel_runtime::__private::Lane::exp(-term);
        let term_1 = (V::of(1f64) + term) * exp;
        out[0usize] = term_1;
        out[1usize] = V::of(-0.5773502691896258f64) * ratio
            * (sums[0usize] * -(V::splat(self.variance) * (ratio * ratio) * exp));
        V::splat(self.variance) * term_1
    }
    #[inline(always)]
    fn contract<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Directed<V>,
    >(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4] {
        let d = place.dimension();
        let mut along_1 = V::of(0.0);
        let mut along_2 = V::of(0.0);
        let mut along_3 = V::of(0.0);
        for i in 0..d {
            let place = place.at(i);
            let x = place.x();
            let y = place.y();
            let u = place.along_x();
            let v = place.along_y();
            let term = x - y;
            along_1 = along_1 + (term * u);
            along_2 = along_2 + (term * v);
            along_3 = along_3 + (u * v);
        }
        let ratio = V::of(1.7320508075688772f64) / V::splat(self.lengthscale);
        let root = ::kernel_runtime::__private::Lane::sqrt(sums[0usize]);
        let term_1 = ratio * root;
        let term_2 = -term_1;
        let exp = ::kernel_runtime::__private::Lane::exp(term_2);
        let term_3 = (V::of(1f64) + term_1) * exp;
        let scale = ratio * ratio;
        let scale_1 = V::splat(self.variance) * scale;
        let term_4 = scale_1 * exp;
        let term_5 = -term_4;
        let term_6 = scale * exp;
        let term_7 = -term_6;
        let ratio_1 = ratio * term_7 / root;
        let term_8 = -((V::of(1f64) - V::of(-0.5f64) * term_2)
            * (V::of(-1.1547005383792517f64) * ratio * term_5));
        out[0usize] = [
            term_3,
            term_7 * along_1,
            term_6 * along_2,
            ::kernel_runtime::__private::Lane::select_eq(
                sums[0usize],
                V::of(0f64),
                V::of(0f64),
                ratio_1,
            ) * along_1 * along_2 + term_6 * along_3,
        ];
        out[1usize] = [
            V::of(-0.5773502691896258f64) * ratio * (sums[0usize] * term_5),
            -term_8 * along_1,
            term_8 * along_2,
            ::kernel_runtime::__private::Lane::select_eq(
                sums[0usize],
                V::of(0f64),
                V::of(0f64),
                V::of(0.33333333333333337f64) * scale_1
                    * ((root - V::of(1.7320508075688772f64) * V::splat(self.lengthscale))
                        * (V::of(1.7320508075688772f64) * ratio_1)),
            ) * along_1 * along_2 + term_8 * along_3,
        ];
        [
            V::splat(self.variance) * term_3,
            term_5 * along_1,
            term_4 * along_2,
            ::kernel_runtime::__private::Lane::select_eq(
                sums[0usize],
                V::of(0f64),
                V::of(0f64),
                ratio * term_5 / root,
            ) * along_1 * along_2 + term_4 * along_3,
        ]
    }
}
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<const D: usize, S: ::kernel_runtime::Real> ::kernel_runtime::Tower
for Matern32<D, S> {
    const TOWER: ::kernel_runtime::__private::TowerShape = ::kernel_runtime::__private::TowerShape {
        frame: 1usize,
        factors: 2usize,
        coefficients: [
            1usize, 1usize, 2usize, 0usize, 0usize, 0usize, 0usize, 0usize, 0usize,
        ],
        custom: false,
    };
    fn tower_terms(
        limits: [usize; 2],
        each: &mut dyn ::core::ops::FnMut(::kernel_runtime::__private::TowerTerm),
    ) {
        ::kernel_runtime::__private::TowerTerm::read(
            "0.0,1 1.0,1,0.1.0 1.0,-1,1.0.0 2.0,1,0.1.0,1.0.0 2.1,1,1.1.1",
            limits,
            each,
        )
    }
    fn tower_factor(&self, number: usize) -> ::kernel_runtime::__private::Term {
        match number {
            0usize => {
                ::kernel_runtime::__private::Term::Plain(
                    ::kernel_runtime::__private::Base::Difference,
                )
            }
            1usize => {
                ::kernel_runtime::__private::Term::Plain(
                    ::kernel_runtime::__private::Base::One,
                )
            }
            _ => ::kernel_runtime::__private::Term::Custom,
        }
    }
    fn tower_scale(number: usize) -> ::core::option::Option<usize> {
        match number {
            0usize => ::core::option::Option::Some(0usize),
            _ => ::core::option::Option::None,
        }
    }
    #[inline(always)]
    fn tower<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::TowerOut<'_, V>,
    ) {
        let root = ::kernel_runtime::__private::Lane::sqrt(sums[0usize]);
        let ratio = V::of(1.7320508075688772f64) / V::splat(self.lengthscale);
        let term = ratio * root;
        let exp = ::kernel_runtime::__private::Lane::exp(
            V::of(0.3333333333333333f64) * (V::of(-3.0000000000000004f64) * term),
        );
        let term_1 = V::splat(self.variance) * (ratio * ratio) * exp;
        let term_2 = root * term_1;
        out.frame[0usize] = ::kernel_runtime::__private::Lane::select_eq(
            sums[0usize],
            V::of(0f64),
            V::of(0f64),
            V::of(1f64) / root,
        );
        out.coefficients[0usize][0usize] = V::splat(self.variance)
            * ((V::of(1f64) + term) * exp);
        out.coefficients[1usize][0usize] = term_2;
        out.coefficients[2usize][0usize] = -ratio * term_2;
        out.coefficients[2usize][1usize] = term_1;
    }
}
