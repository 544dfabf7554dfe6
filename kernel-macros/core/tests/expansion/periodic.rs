fn periodic(x: f64, y: f64, variance: f64, period: f64, lengthscale: f64) -> f64 {
    #[allow(unused_imports, reason = "f64 has most of these methods itself")]
    use ::kernel_runtime::Real as _;
    let sine = (std::f64::consts::PI * (x - y) / period).sin();
    variance * (-2.0 * sine.powi(2) / lengthscale.powi(2)).exp()
}
/**Derivatives of [`periodic`](fn@periodic) at one pair of points; for batches see [`Periodic`].

```text
variance·exp(-2·sin(π·(x - y)/period)²/lengthscale²)
```*/
#[allow(
    non_camel_case_types,
    dead_code,
    reason = "it is named like the function whose derivatives it holds"
)]
enum periodic {}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all its derivatives"
)]
impl periodic {
    /**∂k/∂x

```text
-4·variance·π·sin(π·(x - y)/period)·exp(-2·sin(π·(x - y)/period)²/lengthscale²)·cos(π·(x - y)/period)/(period·lengthscale²)
```

Cost: 1 addition, 10 multiplications, 2 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn grad(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> ::core::primitive::f64 {
        let _ = (x, y, variance, period, lengthscale);
        let ratio = 3.141592653589793f64 / period;
        let term = ratio * (x - y);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let term_1 = -12.566370614359172f64 / (lengthscale * lengthscale) * sin;
        0.3183098861837907f64 * (variance * ratio)
            * (::kernel_runtime::__private::Lane::cos(term) * term_1
                * ::kernel_runtime::__private::Lane::exp(
                    0.15915494309189535f64 * (sin * term_1),
                ))
    }
    /**∂k/∂y

```text
4·variance·π·sin(π·(x - y)/period)·exp(-2·sin(π·(x - y)/period)²/lengthscale²)·cos(π·(x - y)/period)/(period·lengthscale²)
```

Cost: 1 addition, 10 multiplications, 2 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn grad_y(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> ::core::primitive::f64 {
        Self::grad(y, x, variance, period, lengthscale)
    }
    /**∂²k/∂x∂x

```text
-4·variance·π²·exp(-2·sin(π·(x - y)/period)²/lengthscale²)·(cos(π·(x - y)/period)² - sin(π·(x - y)/period)²·(1 + 4·cos(π·(x - y)/period)²/lengthscale²))/(period²·lengthscale²)
```

Cost: 3 additions, 13 multiplications, 3 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn hess_xx(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> ::core::primitive::f64 {
        let _ = (x, y, variance, period, lengthscale);
        let term = 3.141592653589793f64 / period * (x - y);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let scale = lengthscale * lengthscale;
        let ratio = 4f64 / scale;
        let term_1 = cos * cos;
        let term_2 = sin * sin;
        -39.47841760435743f64 * variance / (period * period * scale)
            * (::kernel_runtime::__private::Lane::exp(-0.5f64 * ratio * term_2)
                * (term_1 - term_2 * (1f64 + ratio * term_1)))
    }
    /**∂²k/∂x∂y

```text
4·variance·π²·exp(-2·sin(π·(x - y)/period)²/lengthscale²)·(cos(π·(x - y)/period)² - sin(π·(x - y)/period)²·(1 + 4·cos(π·(x - y)/period)²/lengthscale²))/(period²·lengthscale²)
```

Cost: 3 additions, 13 multiplications, 3 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn hess_xy(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> ::core::primitive::f64 {
        let _ = (x, y, variance, period, lengthscale);
        let term = 3.141592653589793f64 / period * (x - y);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let scale = lengthscale * lengthscale;
        let ratio = 4f64 / scale;
        let term_1 = cos * cos;
        let term_2 = sin * sin;
        39.47841760435743f64 * variance / (period * period * scale)
            * (::kernel_runtime::__private::Lane::exp(-0.5f64 * ratio * term_2)
                * (term_1 - term_2 * (1f64 + ratio * term_1)))
    }
    /**∂²k/∂y∂y

```text
-4·variance·π²·exp(-2·sin(π·(x - y)/period)²/lengthscale²)·(cos(π·(x - y)/period)² - sin(π·(x - y)/period)²·(1 + 4·cos(π·(x - y)/period)²/lengthscale²))/(period²·lengthscale²)
```

Cost: 3 additions, 13 multiplications, 3 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn hess_yy(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> ::core::primitive::f64 {
        Self::hess_xx(y, x, variance, period, lengthscale)
    }
    /**k and ∂k/∂x, what they share computed once

Cost: 1 addition, 10 multiplications, 2 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn value_grad(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> (::core::primitive::f64, ::core::primitive::f64) {
        let _ = (x, y, variance, period, lengthscale);
        let ratio = 3.141592653589793f64 / period;
        let term = ratio * (x - y);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let term_1 = -12.566370614359172f64 / (lengthscale * lengthscale) * sin;
        let term_2 = variance
            * ::kernel_runtime::__private::Lane::exp(
                0.15915494309189535f64 * (sin * term_1),
            );
        (
            term_2,
            0.3183098861837907f64 * ratio
                * (::kernel_runtime::__private::Lane::cos(term) * term_1 * term_2),
        )
    }
    /**k, ∂k/∂x and ∂²k/∂x∂y, what they share computed once

Cost: 4 additions, 17 multiplications, 3 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn value_grad_hess(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> (::core::primitive::f64, ::core::primitive::f64, ::core::primitive::f64) {
        let _ = (x, y, variance, period, lengthscale);
        let ratio = 3.141592653589793f64 / period;
        let term = ratio * (x - y);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let scale = lengthscale * lengthscale;
        let ratio_1 = 4f64 / scale;
        let term_1 = cos * cos;
        let term_2 = variance
            * ::kernel_runtime::__private::Lane::exp(
                0.15915494309189535f64 * (sin * (-3.141592653589793f64 * ratio_1 * sin)),
            );
        let term_3 = -12.566370614359172f64 / (period * scale) * term_2;
        (
            term_2,
            sin * cos * term_3,
            -ratio * ((term_1 - sin * sin * (1f64 + ratio_1 * term_1)) * term_3),
        )
    }
    /**∂k/∂θ for θ = variance, period, lengthscale

```text
∂k/∂variance = exp(-2·sin(π·(x - y)/period)²/lengthscale²)
∂k/∂period = 4·variance·π·(x - y)·sin(π·(x - y)/period)·exp(-2·sin(π·(x - y)/period)²/lengthscale²)·cos(π·(x - y)/period)/(period²·lengthscale²)
∂k/∂lengthscale = 4·variance·sin(π·(x - y)/period)²·exp(-2·sin(π·(x - y)/period)²/lengthscale²)/lengthscale³
```

Cost: 1 addition, 15 multiplications, 3 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn grad_params(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> [::core::primitive::f64; 3usize] {
        let _ = (x, y, variance, period, lengthscale);
        let term = x - y;
        let ratio = 3.141592653589793f64 / period;
        let term_1 = ratio * term;
        let sin = ::kernel_runtime::__private::Lane::sin(term_1);
        let ratio_1 = -2f64 / (lengthscale * lengthscale);
        let exp = ::kernel_runtime::__private::Lane::exp(ratio_1 * (sin * sin));
        let term_2 = -6.283185307179586f64 * (variance * ratio_1) * (sin * exp);
        [
            exp,
            0.10132118364233778f64 * (ratio * ratio)
                * (term * ::kernel_runtime::__private::Lane::cos(term_1) * term_2),
            0.3183098861837907f64 / lengthscale * (sin * term_2),
        ]
    }
    /**∂³k/∂x∂y∂θ for θ = variance, period, lengthscale

Cost: 12 additions, 36 multiplications, 5 divisions, 1 `cos`, 1 `exp`, 1 `sin` per pair of points.*/
    #[must_use]
    #[inline]
    fn hess_xy_params(
        x: f64,
        y: f64,
        variance: f64,
        period: f64,
        lengthscale: f64,
    ) -> [::core::primitive::f64; 3usize] {
        let _ = (x, y, variance, period, lengthscale);
        let ratio = 3.141592653589793f64 / period;
        let term = ratio * (x - y);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let scale = lengthscale * lengthscale;
        let ratio_1 = 4f64 / scale;
        let term_1 = cos * cos;
        let term_2 = ratio_1 * term_1;
        let term_3 = sin * sin;
        let exp = ::kernel_runtime::__private::Lane::exp(-0.5f64 * ratio_1 * term_3);
        let term_4 = term_3 * (1f64 + term_2);
        let scale_1 = period * period * scale;
        let term_5 = -78.95683520871486f64 * variance / scale_1 * exp;
        [
            39.47841760435743f64 / scale_1 * (exp * (term_1 - term_4)),
            0.3183098861837907f64 * ratio
                * (term_5
                    * (term_1
                        - sin
                            * (sin
                                + 2f64
                                    * (cos
                                        * (0.5f64 * ratio_1 * (sin * cos)
                                            + 0.25f64 * ratio_1
                                                * (term
                                                    * (scale + 3f64 * term_1
                                                        - 3f64
                                                            * (term_3 * (1f64 + 0.3333333333333333f64 * term_2))))))))),
            1f64 / lengthscale
                * (term_5
                    * (term_1
                        - term_3
                            * (1f64 + 2.5f64 * ratio_1 * (term_1 - 0.2f64 * term_4)))),
        ]
    }
}
const _: () = {
    #[allow(dead_code, reason = "the function counts as used: its derivatives are")]
    fn source() {
        let _ = periodic;
    }
};
/**

The kernel [`periodic`](fn@periodic) with its parameters.

```text
variance·exp(-2·sin(π·(x - y)/period)²/lengthscale²)
```

Smooth where the points meet.

# Positive definite

Every Gram matrix is positive semidefinite (a Cholesky factorisation still needs noise or jitter on the diagonal):

1. `sin(π·(x - y)/period)²` is conditionally negative definite: |sin u|^p with 0 ≤ p ≤ 2 and u = f(x) - f(y): sin² u = (1 - cos 2u)/2, and a power of it (Schoenberg 1938).
2. `-2·sin(π·(x - y)/period)²/lengthscale²` is conditionally positive definite: a multiple of a conditionally definite kernel (from 1).
3. `exp(-2·sin(π·(x - y)/period)²/lengthscale²)` is positive definite: the exponential of a conditionally positive definite kernel (Schoenberg 1938) (from 2).
4. `variance·exp(-2·sin(π·(x - y)/period)²/lengthscale²)` is positive definite: a nonnegative multiple (from 3).*/
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "a kernel may be used through its functions alone")]
struct Periodic<S = ::core::primitive::f64> {
    variance: S,
    period: S,
    lengthscale: S,
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl Periodic<::core::primitive::f64> {
    /**The kernel with these parameters.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    fn new(
        variance: ::core::primitive::f64,
        period: ::core::primitive::f64,
        lengthscale: ::core::primitive::f64,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        Self::with_scalar(variance, period, lengthscale)
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<S: ::kernel_runtime::Real> Periodic<S> {
    /**The kernel with these parameters. The type of the numbers is that of the parameters: `f64` or `f32`.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    fn with_scalar(
        variance: S,
        period: S,
        lengthscale: S,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        if !(variance > <S as ::kernel_runtime::__private::Lane>::of(0f64)) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("variance", "variance > 0", variance),
            );
        }
        if !(period > <S as ::kernel_runtime::__private::Lane>::of(0f64)) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("period", "period > 0", period),
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
        ::core::result::Result::Ok(Self {
            variance,
            period,
            lengthscale,
        })
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<S: ::kernel_runtime::Real> Periodic<S> {
    ///The parameter `variance`.
    #[must_use]
    fn variance(&self) -> S {
        self.variance
    }
    ///The parameter `period`.
    #[must_use]
    fn period(&self) -> S {
        self.period
    }
    ///The parameter `lengthscale`.
    #[must_use]
    fn lengthscale(&self) -> S {
        self.lengthscale
    }
}
const _: () = {
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, Right> ::core::ops::Add<Right> for Periodic<S>
    where
        Right: ::kernel_runtime::Kernel<
            Scalar = S,
            Points = ::kernel_runtime::__private::ScalarPoints,
        >,
    {
        type Output = ::kernel_runtime::Sum<Self, Right>;
        fn add(self, right: Right) -> Self::Output {
            ::kernel_runtime::Sum::new(self, right)
        }
    }
    #[automatically_derived]
    impl<
        S: ::kernel_runtime::Real,
        Right: ::kernel_runtime::__private::Multiplier<Self>,
    > ::core::ops::Mul<Right> for Periodic<S> {
        type Output = Right::Output;
        fn mul(self, right: Right) -> Self::Output {
            right.multiply(self)
        }
    }
    #[automatically_derived]
    impl ::core::ops::Mul<Periodic<::core::primitive::f64>> for ::core::primitive::f64 {
        type Output = ::kernel_runtime::Scaled<Periodic<::core::primitive::f64>>;
        fn mul(self, kernel: Periodic<::core::primitive::f64>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl ::core::ops::Mul<Periodic<::core::primitive::f32>> for ::core::primitive::f32 {
        type Output = ::kernel_runtime::Scaled<Periodic<::core::primitive::f32>>;
        fn mul(self, kernel: Periodic<::core::primitive::f32>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Symmetric for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::PositiveDefinite for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Differentiable for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::TwiceDifferentiable
    for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower2 for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower3 for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower4 for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Stationary for Periodic<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Isotropic for Periodic<S> {}
};
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<S: ::kernel_runtime::Real> ::kernel_runtime::Kernel for Periodic<S> {
    type Scalar = S;
    type Points = ::kernel_runtime::__private::ScalarPoints;
    const SHAPE: ::kernel_runtime::__private::Shape = ::kernel_runtime::__private::Shape {
        sums: [2usize, 2usize, 2usize, 2usize, 2usize],
        frame: 0usize,
        x: 1usize,
        y: 1usize,
        diagonal: 0usize,
        dense: 0usize,
        coordinates: 0usize,
        passes: 1usize,
        symmetric: true,
        off_diagonal: false,
        custom_sums: false,
        custom_factors: false,
        parameters: [3usize, 0usize],
        custom_params: false,
        custom_contract: false,
    };
    const COORDINATES: ::core::option::Option<usize> = ::core::option::Option::Some(1);
    fn dimension(&self) -> ::core::option::Option<usize> {
        Self::COORDINATES
    }
    fn sum(
        &self,
        stage: ::kernel_runtime::__private::Stage,
        slot: usize,
    ) -> ::kernel_runtime::__private::Term {
        match slot {
            0usize => {
                ::kernel_runtime::__private::Term::Pick(
                    ::kernel_runtime::__private::Base::X,
                    0usize,
                )
            }
            1usize => {
                ::kernel_runtime::__private::Term::Pick(
                    ::kernel_runtime::__private::Base::Y,
                    0usize,
                )
            }
            _ => ::kernel_runtime::__private::Term::Custom,
        }
    }
    fn factor(
        &self,
        side: ::kernel_runtime::__private::Side,
        number: usize,
    ) -> ::kernel_runtime::__private::Term {
        ::kernel_runtime::__private::Term::Plain(::kernel_runtime::__private::Base::One)
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
        sums[0usize] = place.other_x(0);
        sums[1usize] = place.other_y(0);
    }
    #[inline(always)]
    fn value<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
    ) -> V {
        let sin = ::kernel_runtime::__private::Lane::sin(
            V::of(3.141592653589793f64) / V::splat(self.period)
                * (sums[0usize] - sums[1usize]),
        );
        V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(
                V::of(-2f64) / (V::splat(self.lengthscale) * V::splat(self.lengthscale))
                    * (sin * sin),
            )
    }
    #[inline(always)]
    fn first<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::First<'_, V>,
    ) -> V {
        let term = V::of(3.141592653589793f64) / V::splat(self.period)
            * (sums[0usize] - sums[1usize]);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let scale = V::splat(self.lengthscale) * V::splat(self.lengthscale);
        let term_1 = V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(V::of(-2f64) / scale * (sin * sin));
        let term_2 = V::of(-12.566370614359172f64) / (V::splat(self.period) * scale)
            * (sin * term_1 * ::kernel_runtime::__private::Lane::cos(term));
        out.grad_x[0usize] = term_2;
        out.grad_y[0usize] = -term_2;
        term_1
    }
    #[inline(always)]
    fn second<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::Second<'_, V>,
    ) -> V {
        let ratio = V::of(3.141592653589793f64) / V::splat(self.period);
        let term = ratio * (sums[0usize] - sums[1usize]);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let scale = V::splat(self.lengthscale) * V::splat(self.lengthscale);
        let ratio_1 = V::of(-2f64) / scale;
        let term_1 = sin * sin;
        let term_2 = V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(ratio_1 * term_1);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let ratio_2 = V::of(-12.566370614359172f64) / (V::splat(self.period) * scale);
        let term_3 = ratio_2 * (sin * term_2 * cos);
        let term_4 = cos * cos;
        out.grad_x[0usize] = term_3;
        out.grad_y[0usize] = -term_3;
        out.rank[0usize * out.stride + 0usize] = -(ratio * ratio_2)
            * (term_2
                * (term_4 - term_1 * (V::of(1f64) + V::of(-2f64) * ratio_1 * term_4)));
        term_2
    }
    #[inline(always)]
    fn factors_x<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        out[0usize] = V::of(1f64);
    }
    #[inline(always)]
    fn factors_y<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {
        out[0usize] = V::of(1f64);
    }
    #[inline(always)]
    fn diagonals<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, frame: &[V], out: &mut [V]) {}
    #[inline(always)]
    fn params<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Place<V>,
    >(&self, place: &P, sums: &[V], out: &mut [V]) -> V {
        let d = place.dimension();
        let term = V::of(3.141592653589793f64) / V::splat(self.period)
            * (sums[0usize] - sums[1usize]);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let scale = V::splat(self.lengthscale) * V::splat(self.lengthscale);
        let term_1 = V::of(-2f64) / scale * (sin * sin);
        let exp = ::kernel_runtime::__private::Lane::exp(term_1);
        let term_2 = V::splat(self.variance) * exp;
        out[0usize] = exp;
        out[1usize] = V::of(0.3183098861837907f64)
            * (term
                * -(V::of(-12.566370614359172f64) / (V::splat(self.period) * scale)
                    * (sin * term_2 * ::kernel_runtime::__private::Lane::cos(term))));
        out[2usize] = V::of(-2f64) / V::splat(self.lengthscale) * (term_1 * term_2);
        term_2
    }
    #[inline(always)]
    fn contract<
        V: ::kernel_runtime::__private::Lane<Scalar = S>,
        P: ::kernel_runtime::__private::Directed<V>,
    >(&self, place: &P, sums: &[V], out: &mut [[V; 4]]) -> [V; 4] {
        let d = place.dimension();
        let mut along_0 = V::of(0.0);
        let mut along_1 = V::of(0.0);
        for i in 0..d {
            let place = place.at(i);
            let u = place.along_x();
            let v = place.along_y();
            along_0 = along_0 + u;
            along_1 = along_1 + v;
        }
        let term = sums[0usize] - sums[1usize];
        let ratio = V::of(3.141592653589793f64) / V::splat(self.period);
        let term_1 = ratio * term;
        let sin = ::kernel_runtime::__private::Lane::sin(term_1);
        let scale = V::splat(self.lengthscale) * V::splat(self.lengthscale);
        let ratio_1 = V::of(-2f64) / scale;
        let term_2 = sin * sin;
        let term_3 = ratio_1 * term_2;
        let exp = ::kernel_runtime::__private::Lane::exp(term_3);
        let term_4 = V::splat(self.variance) * exp;
        let cos = ::kernel_runtime::__private::Lane::cos(term_1);
        let ratio_2 = V::of(-12.566370614359172f64) / (V::splat(self.period) * scale);
        let term_5 = ratio_2 * (sin * term_4 * cos);
        let term_6 = -term_5;
        let term_7 = cos * cos;
        let term_8 = V::of(-2f64) * ratio_1 * term_7;
        let term_9 = term_2 * (V::of(1f64) + term_8);
        let term_10 = term_7 - term_9;
        let scale_1 = -(ratio * ratio_2);
        let ratio_3 = V::of(-2f64) / V::splat(self.lengthscale);
        let term_11 = sin * cos;
        let term_12 = ratio_2 * (sin * exp * cos);
        let term_13 = V::of(-2f64) * scale_1 * term_4;
        let term_14 = V::of(0.05066059182116889f64) * ratio * term_13;
        let term_15 = -((V::splat(self.period) * term_11
            + V::of(3.141592653589793f64) * (term * term_10)) * term_14);
        let term_16 = -ratio_3 * (term_6 * (V::of(1f64) - -term_3));
        out[0usize] = [
            exp,
            term_12 * along_0,
            -term_12 * along_1,
            (scale_1 * (exp * term_10)) * along_0 * along_1,
        ];
        out[1usize] = [
            V::of(0.3183098861837907f64) * (term_1 * term_6),
            term_15 * along_0,
            -term_15 * along_1,
            (V::of(6.283185307179586f64)
                * (term_14
                    * (term_7
                        - sin
                            * (sin
                                + V::of(2f64)
                                    * (cos
                                        * (-ratio_1 * term_11
                                            + V::of(-0.25f64) * ratio_2
                                                * (term
                                                    * (scale + V::of(3f64) * term_7
                                                        - V::of(3f64)
                                                            * (term_2
                                                                * (V::of(1f64)
                                                                    + V::of(0.3333333333333333f64) * term_8)))))))))) * along_0
                * along_1,
        ];
        out[2usize] = [
            ratio_3 * (term_3 * term_4),
            term_16 * along_0,
            -term_16 * along_1,
            (V::of(-0.5f64) * ratio_3
                * (term_13
                    * (term_7
                        - term_2
                            * (V::of(1f64)
                                + V::of(-5f64) * ratio_1
                                    * (term_7 - V::of(0.2f64) * term_9))))) * along_0 * along_1,
        ];
        [
            term_4,
            term_5 * along_0,
            term_6 * along_1,
            (scale_1 * (term_4 * term_10)) * along_0 * along_1,
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
impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower for Periodic<S> {
    const TOWER: ::kernel_runtime::__private::TowerShape = ::kernel_runtime::__private::TowerShape {
        frame: 0usize,
        factors: 1usize,
        coefficients: [
            1usize, 1usize, 1usize, 1usize, 1usize, 1usize, 1usize, 1usize, 1usize,
        ],
        custom: false,
    };
    fn tower_terms(
        limits: [usize; 2],
        each: &mut dyn ::core::ops::FnMut(::kernel_runtime::__private::TowerTerm),
    ) {
        ::kernel_runtime::__private::TowerTerm::read(
            "0.0,1 1.0,1,0.1.0 1.0,-1,1.0.0 2.0,1,0.1.0,0.1.0 2.0,-1,0.1.0,1.0.0 2.0,1,1.0.0,1.0.0 3.0,1,0.1.0,0.1.0,0.1.0 3.0,-1,0.1.0,0.1.0,1.0.0 3.0,1,0.1.0,1.0.0,1.0.0 3.0,-1,1.0.0,1.0.0,1.0.0 4.0,1,0.1.0,0.1.0,0.1.0,0.1.0 4.0,-1,0.1.0,0.1.0,0.1.0,1.0.0 4.0,1,0.1.0,0.1.0,1.0.0,1.0.0 4.0,-1,0.1.0,1.0.0,1.0.0,1.0.0 4.0,1,1.0.0,1.0.0,1.0.0,1.0.0 5.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0 5.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0 5.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 5.0,-1,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 6.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0 6.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 6.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 7.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 7.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 8.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0",
            limits,
            each,
        )
    }
    fn tower_factor(&self, number: usize) -> ::kernel_runtime::__private::Term {
        ::kernel_runtime::__private::Term::Plain(::kernel_runtime::__private::Base::One)
    }
    #[inline(always)]
    fn tower<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::TowerOut<'_, V>,
    ) {
        let ratio = V::of(3.141592653589793f64) / V::splat(self.period);
        let term = ratio * (sums[0usize] - sums[1usize]);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let scale = V::splat(self.lengthscale) * V::splat(self.lengthscale);
        let ratio_1 = V::of(4f64) / scale;
        let term_1 = cos * cos;
        let term_2 = ratio_1 * term_1;
        let term_5 = V::of(-124.02510672119926f64) * ratio_1 * sin;
        let term_6 = sin * sin;
        let term_7 = V::splat(self.variance)
            * ::kernel_runtime::__private::Lane::exp(
                V::of(0.004031441804149937f64) * (sin * term_5),
            );
        let term_8 = V::of(-0.008062883608299872f64) * ratio * (cos * term_5 * term_7);
        let ratio_2 = V::of(-39.47841760435743f64)
            / (V::splat(self.period) * V::splat(self.period) * scale);
        out.coefficients[0usize][0usize] = term_7;
        out.coefficients[1usize][0usize] = term_8;
        out.coefficients[2usize][0usize] = ratio_2
            * ((term_1 - term_6 * (V::of(1f64) + term_2)) * term_7);
        if order < 3usize {
            return;
        }
        let term_3 = V::of(0.3333333333333333f64) * term_2;
        out.coefficients[3usize][0usize] = ratio_2
            * ((scale + V::of(3f64) * term_1
                - V::of(3f64) * (term_6 * (V::of(1f64) + term_3))) * term_8);
        if order < 4usize {
            return;
        }
        let term_4 = V::of(0.5f64) * term_3;
        out.coefficients[4usize][0usize] = ratio
            * (V::of(4f64) * (ratio * ratio_2) * term_7
                * (term_6
                    * (V::of(1f64)
                        - V::of(0.75f64) * ratio_1
                            * (term_6
                                - V::of(7.333333333333333f64)
                                    * (term_1
                                        * (V::of(1f64)
                                            + V::of(0.2727272727272727f64) * ratio_1
                                                * (term_1 - term_6 * (V::of(1f64) + term_4))))))
                    - term_1 * (V::of(1f64) + V::of(4.5f64) * term_4)));
    }
    #[inline(always)]
    fn tower_beyond<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::TowerOut<'_, V>,
    ) {
        if order < 5usize {
            return;
        }
        let ratio = V::of(3.141592653589793f64) / V::splat(self.period);
        let term = ratio * (sums[0usize] - sums[1usize]);
        let sin = ::kernel_runtime::__private::Lane::sin(term);
        let cos = ::kernel_runtime::__private::Lane::cos(term);
        let scale = V::splat(self.lengthscale) * V::splat(self.lengthscale);
        let ratio_1 = V::of(0.4f64) / scale;
        let term_1 = cos * cos;
        let term_2 = ratio_1 * term_1;
        let term_3 = V::of(2.5f64) * term_2;
        let scale_1 = V::of(2.5f64) * ratio_1;
        let term_6 = sin * sin;
        let term_7 = scale_1 * term_6;
        let term_10 = V::of(0.5f64) * term_7;
        let term_15 = V::of(0.6153846153846154f64) * term_10;
        let exp = ::kernel_runtime::__private::Lane::exp(V::of(-6.5f64) * term_15);
        let scale_2 = V::splat(self.period) * V::splat(self.period);
        let ratio_2 = V::of(773195.0663108586f64) * V::splat(self.variance)
            / (scale_2 * scale_2 * V::splat(self.period) * scale);
        let term_17 = ratio_2 * (sin * cos * exp);
        let term_19 = V::of(15f64) * (term_1 * (V::of(1f64) + term_3));
        out.coefficients[5usize][0usize] = V::of(-0.06332573977646111f64) * ratio_1
            * (term_17
                * (scale + term_19
                    - V::of(15f64)
                        * (term_6
                            * (V::of(1f64)
                                - scale_1
                                    * (term_6
                                        - V::of(4.666666666666667f64)
                                            * (term_1
                                                * (V::of(1f64)
                                                    + V::of(1.4285714285714284f64) * ratio_1
                                                        * (term_1 - term_6 * (V::of(1f64) + term_2)))))))));
        if order < 6usize {
            return;
        }
        let term_4 = V::of(0.26666666666666666f64) * term_3;
        let term_5 = V::of(1.9565217391304348f64) * term_4;
        let term_18 = V::of(-3.1415926535897936f64) * ratio_2
            / (V::splat(self.period) * scale) * exp;
        let scale_3 = V::of(0.010638297872340425f64) * scale;
        out.coefficients[6usize][0usize] = V::of(-2.381047815594938f64)
            * (term_18
                * (term_6
                    * (term_1
                        * (V::of(1f64)
                            - V::of(9.175531914893616f64) * ratio_1
                                * (term_6
                                    * (V::of(1f64)
                                        - V::of(1.3043478260869563f64) * ratio_1
                                            * (term_6
                                                - V::of(3.7777777777777777f64)
                                                    * (term_1
                                                        * (V::of(1f64)
                                                            + V::of(0.8823529411764706f64) * ratio_1
                                                                * (term_1 - term_6 * (V::of(1f64) + term_4))))))
                                    - term_1 * (V::of(1f64) + term_5)))
                        - V::of(0.1595744680851064f64)
                            * (term_6 * (V::of(1f64) - term_7))) + scale_3 * term_6
                    - V::of(0.010638297872340425f64) * (term_1 * term_19)
                    - scale_3 * term_1));
        if order < 7usize {
            return;
        }
        let term_8 = V::of(0.36507936507936506f64) * term_5;
        let term_9 = V::of(1.7027027027027029f64) * term_8;
        let term_11 = V::of(1.5416666666666665f64) * term_9;
        let term_12 = V::of(1f64) + term_11;
        let term_20 = V::of(0.26785714285714285f64) * (term_6 * (V::of(1f64) - term_10));
        let term_21 = scale * term_6;
        let term_22 = scale * term_1;
        let term_23 = term_1 * term_1;
        let scale_4 = V::of(0.10132118364233778f64) * (ratio * ratio);
        out.coefficients[7usize][0usize] = scale_4
            * (term_17
                * (V::of(1f64)
                    - V::of(393.74999999999994f64) * (ratio_1 * ratio_1)
                        * (term_21
                            + V::of(12.444444444444445f64)
                                * (term_6
                                    * (term_1
                                        * (V::of(1f64)
                                            - V::of(4.129464285714286f64) * ratio_1
                                                * (term_6
                                                    * (V::of(1f64)
                                                        - V::of(0.8108108108108109f64) * ratio_1
                                                            * (term_6
                                                                - V::of(3.3333333333333335f64)
                                                                    * (term_1
                                                                        * (V::of(1f64)
                                                                            + V::of(0.6f64) * ratio_1
                                                                                * (term_1 - term_6 * (V::of(1f64) + term_8))))))
                                                    - term_1 * (V::of(1f64) + term_9))) - term_20)) - term_22
                            - V::of(3.3333333333333335f64) * (term_23 * term_12))));
        if order < 8usize {
            return;
        }
        let term_13 = V::of(0.2857142857142857f64) * term_11;
        let term_14 = V::of(1.5555555555555556f64) * term_13;
        let term_16 = V::of(1.3846153846153848f64) * term_14;
        let term_24 = scale_4
            * (term_18
                * (term_21 - term_22
                    - V::of(63f64)
                        * (term_6
                            * (term_6
                                + V::of(145f64) * ratio_1
                                    * (term_1
                                        * (term_6
                                            + V::of(11.005747126436782f64) * ratio_1
                                                * (term_6
                                                    * (term_1
                                                        * (V::of(1f64)
                                                            - V::of(2.3498694516971277f64) * ratio_1
                                                                * (term_6
                                                                    * (V::of(1f64)
                                                                        - V::of(0.5555555555555555f64) * ratio_1
                                                                            * (term_6
                                                                                - V::of(3.066666666666667f64)
                                                                                    * (term_1
                                                                                        * (V::of(1f64)
                                                                                            + V::of(0.43478260869565216f64) * ratio_1
                                                                                                * (term_1 - term_6 * (V::of(1f64) + term_13))))))
                                                                    - term_1 * (V::of(1f64) + term_14)))
                                                        - V::of(0.3394255874673629f64)
                                                            * (term_6 * (V::of(1f64) - term_15)))
                                                    - V::of(0.3394255874673629f64)
                                                        * (term_23 * (V::of(1f64) + term_16))) - term_1)
                                        - V::of(0.21455938697318008f64) * (term_6 * term_20))
                                - V::of(6.063492063492063f64) * term_1))
                    - V::of(63f64)
                        * (term_23
                            * (V::of(1f64)
                                + V::of(10.833333333333334f64) * (term_12 * term_16)))));
        out.coefficients[8usize][0usize] = term_24;
    }
}
