/// Squared-exponential covariance.
pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    #[allow(unused_imports, reason = "f64 has most of these methods itself")]
    use ::kernel_runtime::{sq_dist, Real as _};
    (-gamma * sq_dist(x, y)).exp()
}
/**Derivatives of [`rbf`](fn@rbf) at one pair of points; for batches see [`Rbf`].

```text
exp(-gamma·Σᵢ((x_i - y_i)²))
```*/
#[allow(
    non_camel_case_types,
    dead_code,
    reason = "it is named like the function whose derivatives it holds"
)]
pub enum rbf {}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all its derivatives"
)]
impl rbf {
    /**∂k/∂x_i

```text
(-2·gamma·exp(-gamma·Σᵢ((x_i - y_i)²)))·(x_i - y_i)
```

Cost: 1 addition, 3 multiplications, 1 `exp` per pair of points; 3 additions, 2 multiplications per coordinate.

Written to `out`: d.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn grad(x: &[f64], y: &[f64], gamma: f64, out: &mut [::core::primitive::f64]) {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::grad x y out",
            d,
            [y.len()],
            [out.len()],
            [d],
        );
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let term_1 = -2f64 * gamma * ::kernel_runtime::__private::Lane::exp(-gamma * r2);
        for (out_i, x_i, y_i) in ::kernel_runtime::__private::entries(out, x, y) {
            *out_i = term_1 * (x_i - y_i);
        }
    }
    /**∂k/∂y_i

```text
(2·gamma·exp(-gamma·Σᵢ((x_i - y_i)²)))·(x_i - y_i)
```

Cost: 1 addition, 3 multiplications, 1 `exp` per pair of points; 3 additions, 2 multiplications per coordinate.

Written to `out`: d.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn grad_y(x: &[f64], y: &[f64], gamma: f64, out: &mut [::core::primitive::f64]) {
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::grad_y x y out",
            d,
            [y.len()],
            [out.len()],
            [d],
        );
        Self::grad(y, x, gamma, out);
    }
    /**∂²k/∂x_i∂x_j

```text
(4·gamma²·exp(-gamma·Σᵢ((x_i - y_i)²)))·(x_i - y_i)·(x_j - y_j) + δᵢⱼ·(-2·gamma·exp(-gamma·Σᵢ((x_i - y_i)²)))
```

Cost: 1 addition, 4 multiplications, 1 `exp` per pair of points; 4 additions, 2 multiplications per coordinate; 1 addition, 1 multiplication per entry.

Written to `out`: d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_xx(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::hess_xx x y out",
            d,
            [y.len()],
            [out.len()],
            [d * d],
        );
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let scale = -2f64 * gamma;
        let term_1 = scale * ::kernel_runtime::__private::Lane::exp(-gamma * r2);
        let term_2 = scale * term_1;
        for (i, (row, x_i, y_i)) in ::kernel_runtime::__private::rows(out, x, y)
            .enumerate()
        {
            let weight = term_2 * (x_i - y_i);
            for (out_ij, x_j, y_j) in ::kernel_runtime::__private::entries(row, x, y) {
                *out_ij = weight * (x_j - y_j);
            }
            row[i] += term_1;
        }
    }
    /**∂²k/∂x_i∂y_j

```text
(-4·gamma²·exp(-gamma·Σᵢ((x_i - y_i)²)))·(x_i - y_i)·(x_j - y_j) + δᵢⱼ·(2·gamma·exp(-gamma·Σᵢ((x_i - y_i)²)))
```

Cost: 1 addition, 5 multiplications, 1 `exp` per pair of points; 4 additions, 2 multiplications per coordinate; 1 addition, 1 multiplication per entry.

Written to `out`: d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_xy(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::hess_xy x y out",
            d,
            [y.len()],
            [out.len()],
            [d * d],
        );
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let term_1 = 2f64 * gamma * ::kernel_runtime::__private::Lane::exp(-gamma * r2);
        let term_2 = -2f64 * gamma * term_1;
        for (i, (row, x_i, y_i)) in ::kernel_runtime::__private::rows(out, x, y)
            .enumerate()
        {
            let weight = term_2 * (x_i - y_i);
            for (out_ij, x_j, y_j) in ::kernel_runtime::__private::entries(row, x, y) {
                *out_ij = weight * (x_j - y_j);
            }
            row[i] += term_1;
        }
    }
    /**∂²k/∂y_i∂y_j

```text
(4·gamma²·exp(-gamma·Σᵢ((x_i - y_i)²)))·(x_i - y_i)·(x_j - y_j) + δᵢⱼ·(-2·gamma·exp(-gamma·Σᵢ((x_i - y_i)²)))
```

Cost: 1 addition, 4 multiplications, 1 `exp` per pair of points; 4 additions, 2 multiplications per coordinate; 1 addition, 1 multiplication per entry.

Written to `out`: d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_yy(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        out: &mut [::core::primitive::f64],
    ) {
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::hess_yy x y out",
            d,
            [y.len()],
            [out.len()],
            [d * d],
        );
        Self::hess_xx(y, x, gamma, out);
    }
    /**k and ∂k/∂x, what they share computed once

Cost: 1 addition, 3 multiplications, 1 `exp` per pair of points; 3 additions, 2 multiplications per coordinate.

Written to `grad`: d.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn value_grad(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        grad: &mut [::core::primitive::f64],
    ) -> ::core::primitive::f64 {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::value_grad x y grad",
            d,
            [y.len()],
            [grad.len()],
            [d],
        );
        let value;
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let exp = ::kernel_runtime::__private::Lane::exp(-gamma * r2);
        let term_1 = -2f64 * gamma * exp;
        for (out_i, x_i, y_i) in ::kernel_runtime::__private::entries(grad, x, y) {
            *out_i = term_1 * (x_i - y_i);
        }
        value = exp;
        value
    }
    /**k, ∂k/∂x and ∂²k/∂x∂y, what they share computed once

Cost: 2 additions, 4 multiplications, 1 `exp` per pair of points; 5 additions, 3 multiplications per coordinate; 1 addition, 1 multiplication per entry.

Written to `grad` and `hess`: d, and d × d, row-major.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn value_grad_hess(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        grad: &mut [::core::primitive::f64],
        hess: &mut [::core::primitive::f64],
    ) -> ::core::primitive::f64 {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::value_grad_hess x y grad hess",
            d,
            [y.len()],
            [grad.len(), hess.len()],
            [d, d * d],
        );
        let value;
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let exp = ::kernel_runtime::__private::Lane::exp(-gamma * r2);
        let scale = -2f64 * gamma;
        let term_1 = scale * exp;
        let term_2 = -term_1;
        let term_3 = scale * term_2;
        for (out_i, x_i, y_i) in ::kernel_runtime::__private::entries(grad, x, y) {
            *out_i = term_1 * (x_i - y_i);
        }
        for (i, (row, x_i, y_i)) in ::kernel_runtime::__private::rows(hess, x, y)
            .enumerate()
        {
            let weight = term_3 * (x_i - y_i);
            for (out_ij, x_j, y_j) in ::kernel_runtime::__private::entries(row, x, y) {
                *out_ij = weight * (x_j - y_j);
            }
            row[i] += term_2;
        }
        value = exp;
        value
    }
    /**∂k/∂θ for θ = gamma

```text
∂k/∂gamma = -Σᵢ((x_i - y_i)²)·exp(-gamma·Σᵢ((x_i - y_i)²))
```

Cost: 2 additions, 2 multiplications, 1 `exp` per pair of points; 2 additions, 1 multiplication per coordinate.

Written to `out`: parameters in order, one entry each, d for one per coordinate.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn grad_params(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::grad_params x y out",
            d,
            [y.len()],
            [out.len()],
            [1usize],
        );
        let size = 1;
        let rest = out;
        let (out_0, rest) = rest.split_at_mut(1 * size);
        let _ = rest;
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let term_1 = -(r2 * ::kernel_runtime::__private::Lane::exp(-gamma * r2));
        out_0[0] = term_1;
    }
    /**∂³k/∂x∂y∂θ for θ = gamma

Cost: 3 additions, 8 multiplications, 1 `exp` per pair of points; 4 additions, 2 multiplications per coordinate; 1 addition, 1 multiplication per entry.

Written to `out`: parameters in order, a d × d block each, d blocks for one per coordinate.

# Panics
If `y`, a parameter with an entry per coordinate, or an output has the wrong length.*/
    #[inline]
    pub fn hess_xy_params(
        x: &[f64],
        y: &[f64],
        gamma: f64,
        out: &mut [::core::primitive::f64],
    ) {
        let _ = (x, y, gamma);
        let d = x.len();
        ::kernel_runtime::__private::lengths(
            "rbf::hess_xy_params x y out",
            d,
            [y.len()],
            [out.len()],
            [1usize * d * d],
        );
        let size = d * d;
        let rest = out;
        let (out_0, rest) = rest.split_at_mut(1 * size);
        let _ = rest;
        let mut r2 = 0f64;
        for (x_i, y_i) in ::kernel_runtime::__private::pairs(x, y) {
            let term = x_i - y_i;
            r2 += term * term;
        }
        let term_1 = gamma * r2;
        let exp = ::kernel_runtime::__private::Lane::exp(-term_1);
        let term_2 = 2f64 * ((1f64 - term_1) * exp);
        let term_3 = -8f64 * gamma * ((1f64 - 0.5f64 * gamma * r2) * exp);
        for (i, (row, x_i, y_i)) in ::kernel_runtime::__private::rows(out_0, x, y)
            .enumerate()
        {
            let weight = term_3 * (x_i - y_i);
            for (out_ij, x_j, y_j) in ::kernel_runtime::__private::entries(row, x, y) {
                *out_ij = weight * (x_j - y_j);
            }
            row[i] += term_2;
        }
    }
}
const _: () = {
    #[allow(dead_code, reason = "the function counts as used: its derivatives are")]
    fn source() {
        let _ = rbf;
    }
};
/// Squared-exponential covariance.
/**

The kernel [`rbf`](fn@rbf) with its parameters.

```text
exp(-gamma·Σᵢ((x_i - y_i)²))
```

Smooth where the points meet.

# Positive definite

Every Gram matrix is positive semidefinite (a Cholesky factorisation still needs noise or jitter on the diagonal):

1. `(x_i - y_i)²` is conditionally negative definite: (f(x) - f(y))², a squared distance.
2. `Σᵢ((x_i - y_i)²)` is conditionally negative definite: a sum of conditionally definite kernels, one for each coordinate (from 1).
3. `-gamma·Σᵢ((x_i - y_i)²)` is conditionally positive definite: a multiple of a conditionally definite kernel (from 2).
4. `exp(-gamma·Σᵢ((x_i - y_i)²))` is positive definite: the exponential of a conditionally positive definite kernel (Schoenberg 1938) (from 3).*/
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "a kernel may be used through its functions alone")]
pub struct Rbf<S = ::core::primitive::f64> {
    gamma: S,
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl Rbf<::core::primitive::f64> {
    /**The kernel with these parameters.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    pub fn new(
        gamma: ::core::primitive::f64,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        Self::with_scalar(gamma)
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<S: ::kernel_runtime::Real> Rbf<S> {
    /**The kernel with these parameters. The type of the numbers is that of the parameters: `f64` or `f32`.

# Errors
If a parameter is not what `assume(…)` says, or is NaN.*/
    pub fn with_scalar(
        gamma: S,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        if !(gamma > <S as ::kernel_runtime::__private::Lane>::of(0f64)) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("gamma", "gamma > 0", gamma),
            );
        }
        ::core::result::Result::Ok(Self { gamma })
    }
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every kernel uses all of it"
)]
impl<S: ::kernel_runtime::Real> Rbf<S> {
    ///The parameter `gamma`.
    #[must_use]
    pub fn gamma(&self) -> S {
        self.gamma
    }
}
const _: () = {
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real, Right> ::core::ops::Add<Right> for Rbf<S>
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
        S: ::kernel_runtime::Real,
        Right: ::kernel_runtime::__private::Multiplier<Self>,
    > ::core::ops::Mul<Right> for Rbf<S> {
        type Output = Right::Output;
        fn mul(self, right: Right) -> Self::Output {
            right.multiply(self)
        }
    }
    #[automatically_derived]
    impl ::core::ops::Mul<Rbf<::core::primitive::f64>> for ::core::primitive::f64 {
        type Output = ::kernel_runtime::Scaled<Rbf<::core::primitive::f64>>;
        fn mul(self, kernel: Rbf<::core::primitive::f64>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl ::core::ops::Mul<Rbf<::core::primitive::f32>> for ::core::primitive::f32 {
        type Output = ::kernel_runtime::Scaled<Rbf<::core::primitive::f32>>;
        fn mul(self, kernel: Rbf<::core::primitive::f32>) -> Self::Output {
            ::kernel_runtime::__private::Multiplier::multiply(self, kernel)
        }
    }
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Symmetric for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::PositiveDefinite for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Differentiable for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::TwiceDifferentiable for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower2 for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower3 for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower4 for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Stationary for Rbf<S> {}
    #[automatically_derived]
    impl<S: ::kernel_runtime::Real> ::kernel_runtime::Isotropic for Rbf<S> {}
};
#[automatically_derived]
#[allow(
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all kernels"
)]
impl<S: ::kernel_runtime::Real> ::kernel_runtime::Kernel for Rbf<S> {
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
        parameters: [1usize, 0usize],
        custom_params: false,
        custom_contract: false,
    };
    fn dimension(&self) -> ::core::option::Option<usize> {
        ::core::option::Option::None
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
        ::kernel_runtime::__private::Lane::exp(-V::splat(self.gamma) * sums[0usize])
    }
    #[inline(always)]
    fn first<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::First<'_, V>,
    ) -> V {
        let exp = ::kernel_runtime::__private::Lane::exp(
            -V::splat(self.gamma) * sums[0usize],
        );
        let term = V::of(-2f64) * V::splat(self.gamma) * exp;
        out.grad_x[0usize] = term;
        out.grad_y[0usize] = -term;
        exp
    }
    #[inline(always)]
    fn second<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::Second<'_, V>,
    ) -> V {
        let exp = ::kernel_runtime::__private::Lane::exp(
            -V::splat(self.gamma) * sums[0usize],
        );
        let scale = V::of(-2f64) * V::splat(self.gamma);
        let term = scale * exp;
        let term_1 = -term;
        out.grad_x[0usize] = term;
        out.grad_y[0usize] = term_1;
        out.rank[0usize * out.stride + 0usize] = scale * term_1;
        out.diagonal[0usize] = term_1;
        exp
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
        let exp = ::kernel_runtime::__private::Lane::exp(
            -V::splat(self.gamma) * sums[0usize],
        );
        out[0usize] = -(sums[0usize] * exp);
        exp
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
        let term_1 = -V::splat(self.gamma) * sums[0usize];
        let exp = ::kernel_runtime::__private::Lane::exp(term_1);
        let scale = V::of(-2f64) * V::splat(self.gamma);
        let term_2 = scale * exp;
        let term_3 = -term_2;
        let term_4 = V::of(2f64)
            * (exp * (V::of(1f64) - V::splat(self.gamma) * sums[0usize]));
        out[0usize] = [
            -(sums[0usize] * exp),
            -term_4 * along_1,
            term_4 * along_2,
            (V::of(-4f64) * (term_3 * (V::of(1f64) - V::of(-0.5f64) * term_1))) * along_1
                * along_2 + term_4 * along_3,
        ];
        [
            exp,
            term_2 * along_1,
            term_3 * along_2,
            (scale * term_3) * along_1 * along_2 + term_3 * along_3,
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
impl<S: ::kernel_runtime::Real> ::kernel_runtime::Tower for Rbf<S> {
    const TOWER: ::kernel_runtime::__private::TowerShape = ::kernel_runtime::__private::TowerShape {
        frame: 0usize,
        factors: 2usize,
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
            "0.0,1 1.0,1,0.1.0 1.0,-1,1.0.0 2.0,1,0.1.0,0.1.0 1.0,-1,0.2.1 2.0,-1,0.1.0,1.0.0 1.0,1,1.1.1 2.0,1,1.0.0,1.0.0 1.0,-1,2.0.1 3.0,1,0.1.0,0.1.0,0.1.0 2.0,-1,0.1.0,0.2.1 3.0,-1,0.1.0,0.1.0,1.0.0 2.0,1,0.2.1,1.0.0 2.0,1,0.1.0,1.1.1 3.0,1,0.1.0,1.0.0,1.0.0 2.0,-1,1.0.0,1.1.1 2.0,-1,0.1.0,2.0.1 3.0,-1,1.0.0,1.0.0,1.0.0 2.0,1,1.0.0,2.0.1 4.0,1,0.1.0,0.1.0,0.1.0,0.1.0 3.0,-1,0.1.0,0.1.0,0.2.1 2.0,1,0.2.1,0.2.1 4.0,-1,0.1.0,0.1.0,0.1.0,1.0.0 3.0,1,0.1.0,0.2.1,1.0.0 3.0,1,0.1.0,0.1.0,1.1.1 2.0,-1,0.2.1,1.1.1 4.0,1,0.1.0,0.1.0,1.0.0,1.0.0 3.0,-1,0.2.1,1.0.0,1.0.0 3.0,-1,0.1.0,1.0.0,1.1.1 2.0,1,1.1.1,1.1.1 3.0,-1,0.1.0,0.1.0,2.0.1 2.0,1,0.2.1,2.0.1 4.0,-1,0.1.0,1.0.0,1.0.0,1.0.0 3.0,1,1.0.0,1.0.0,1.1.1 3.0,1,0.1.0,1.0.0,2.0.1 2.0,-1,1.1.1,2.0.1 4.0,1,1.0.0,1.0.0,1.0.0,1.0.0 3.0,-1,1.0.0,1.0.0,2.0.1 2.0,1,2.0.1,2.0.1 5.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0 4.0,1,0.1.0,0.1.0,0.2.1,1.0.0 4.0,1,0.1.0,0.1.0,0.1.0,1.1.1 3.0,-1,0.2.1,0.2.1,1.0.0 3.0,-1,0.1.0,0.2.1,1.1.1 5.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0 4.0,-1,0.1.0,0.2.1,1.0.0,1.0.0 4.0,-1,0.1.0,0.1.0,1.0.0,1.1.1 3.0,1,0.2.1,1.0.0,1.1.1 3.0,1,0.1.0,1.1.1,1.1.1 4.0,-1,0.1.0,0.1.0,0.1.0,2.0.1 3.0,1,0.1.0,0.2.1,2.0.1 5.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 4.0,1,0.2.1,1.0.0,1.0.0,1.0.0 4.0,1,0.1.0,1.0.0,1.0.0,1.1.1 3.0,-1,1.0.0,1.1.1,1.1.1 4.0,1,0.1.0,0.1.0,1.0.0,2.0.1 3.0,-1,0.2.1,1.0.0,2.0.1 3.0,-1,0.1.0,1.1.1,2.0.1 5.0,-1,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 4.0,-1,1.0.0,1.0.0,1.0.0,1.1.1 4.0,-1,0.1.0,1.0.0,1.0.0,2.0.1 3.0,1,1.0.0,1.1.1,2.0.1 3.0,1,0.1.0,2.0.1,2.0.1 6.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0 5.0,1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0 5.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.1.1 4.0,1,0.2.1,0.2.1,1.0.0,1.0.0 4.0,1,0.1.0,0.2.1,1.0.0,1.1.1 4.0,1,0.1.0,0.1.0,1.1.1,1.1.1 3.0,-1,0.2.1,1.1.1,1.1.1 5.0,1,0.1.0,0.1.0,0.1.0,0.1.0,2.0.1 4.0,1,0.1.0,0.1.0,0.2.1,2.0.1 3.0,-1,0.2.1,0.2.1,2.0.1 6.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 5.0,-1,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0 5.0,-1,0.1.0,0.1.0,1.0.0,1.0.0,1.1.1 4.0,-1,0.2.1,1.0.0,1.0.0,1.1.1 4.0,-1,0.1.0,1.0.0,1.1.1,1.1.1 3.0,1,1.1.1,1.1.1,1.1.1 5.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,2.0.1 4.0,-1,0.1.0,0.2.1,1.0.0,2.0.1 4.0,-1,0.1.0,0.1.0,1.1.1,2.0.1 3.0,1,0.2.1,1.1.1,2.0.1 6.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 5.0,1,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 5.0,1,0.1.0,1.0.0,1.0.0,1.0.0,1.1.1 4.0,1,1.0.0,1.0.0,1.1.1,1.1.1 5.0,1,0.1.0,0.1.0,1.0.0,1.0.0,2.0.1 4.0,1,0.2.1,1.0.0,1.0.0,2.0.1 4.0,1,0.1.0,1.0.0,1.1.1,2.0.1 3.0,-1,1.1.1,1.1.1,2.0.1 4.0,1,0.1.0,0.1.0,2.0.1,2.0.1 3.0,-1,0.2.1,2.0.1,2.0.1 7.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0 6.0,1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0 6.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.1.1 5.0,1,0.2.1,0.2.1,1.0.0,1.0.0,1.0.0 5.0,1,0.1.0,0.2.1,1.0.0,1.0.0,1.1.1 5.0,1,0.1.0,0.1.0,1.0.0,1.1.1,1.1.1 4.0,1,0.2.1,1.0.0,1.1.1,1.1.1 4.0,1,0.1.0,1.1.1,1.1.1,1.1.1 6.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,2.0.1 5.0,1,0.1.0,0.1.0,0.2.1,1.0.0,2.0.1 5.0,1,0.1.0,0.1.0,0.1.0,1.1.1,2.0.1 4.0,1,0.2.1,0.2.1,1.0.0,2.0.1 4.0,1,0.1.0,0.2.1,1.1.1,2.0.1 7.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 6.0,-1,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 6.0,-1,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.1.1 5.0,-1,0.2.1,1.0.0,1.0.0,1.0.0,1.1.1 5.0,-1,0.1.0,1.0.0,1.0.0,1.1.1,1.1.1 4.0,-1,1.0.0,1.1.1,1.1.1,1.1.1 6.0,-1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,2.0.1 5.0,-1,0.1.0,0.2.1,1.0.0,1.0.0,2.0.1 5.0,-1,0.1.0,0.1.0,1.0.0,1.1.1,2.0.1 4.0,-1,0.2.1,1.0.0,1.1.1,2.0.1 4.0,-1,0.1.0,1.1.1,1.1.1,2.0.1 5.0,-1,0.1.0,0.1.0,0.1.0,2.0.1,2.0.1 4.0,-1,0.1.0,0.2.1,2.0.1,2.0.1 8.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.0.0 7.0,1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 7.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,1.0.0,1.1.1 6.0,1,0.2.1,0.2.1,1.0.0,1.0.0,1.0.0,1.0.0 6.0,1,0.1.0,0.2.1,1.0.0,1.0.0,1.0.0,1.1.1 6.0,1,0.1.0,0.1.0,1.0.0,1.0.0,1.1.1,1.1.1 5.0,1,0.2.1,1.0.0,1.0.0,1.1.1,1.1.1 5.0,1,0.1.0,1.0.0,1.1.1,1.1.1,1.1.1 4.0,1,1.1.1,1.1.1,1.1.1,1.1.1 7.0,1,0.1.0,0.1.0,0.1.0,0.1.0,1.0.0,1.0.0,2.0.1 6.0,1,0.1.0,0.1.0,0.2.1,1.0.0,1.0.0,2.0.1 6.0,1,0.1.0,0.1.0,0.1.0,1.0.0,1.1.1,2.0.1 5.0,1,0.2.1,0.2.1,1.0.0,1.0.0,2.0.1 5.0,1,0.1.0,0.2.1,1.0.0,1.1.1,2.0.1 5.0,1,0.1.0,0.1.0,1.1.1,1.1.1,2.0.1 4.0,1,0.2.1,1.1.1,1.1.1,2.0.1 6.0,1,0.1.0,0.1.0,0.1.0,0.1.0,2.0.1,2.0.1 5.0,1,0.1.0,0.1.0,0.2.1,2.0.1,2.0.1 4.0,1,0.2.1,0.2.1,2.0.1,2.0.1",
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
    #[inline(always)]
    fn tower<V: ::kernel_runtime::__private::Lane<Scalar = S>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut ::kernel_runtime::__private::TowerOut<'_, V>,
    ) {
        let exp = ::kernel_runtime::__private::Lane::exp(
            -V::splat(self.gamma) * sums[0usize],
        );
        let scale = V::of(2f64) * V::splat(self.gamma);
        let term = scale * exp;
        let term_1 = scale * term;
        out.coefficients[0usize][0usize] = exp;
        out.coefficients[1usize][0usize] = term;
        out.coefficients[2usize][0usize] = term_1;
        if order < 3usize {
            return;
        }
        let term_2 = scale * term_1;
        out.coefficients[3usize][0usize] = term_2;
        if order < 4usize {
            return;
        }
        out.coefficients[4usize][0usize] = scale * term_2;
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
        let scale = V::splat(self.gamma) * V::splat(self.gamma);
        let term = V::of(-32f64) * (scale * scale * V::splat(self.gamma))
            * ::kernel_runtime::__private::Lane::exp(
                -V::splat(self.gamma) * sums[0usize],
            );
        out.coefficients[5usize][0usize] = term;
        if order < 6usize {
            return;
        }
        let scale_1 = V::of(-2f64) * V::splat(self.gamma);
        let term_1 = scale_1 * term;
        out.coefficients[6usize][0usize] = term_1;
        if order < 7usize {
            return;
        }
        let term_2 = scale_1 * term_1;
        out.coefficients[7usize][0usize] = term_2;
        if order < 8usize {
            return;
        }
        out.coefficients[8usize][0usize] = scale_1 * term_2;
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
impl<S: ::kernel_runtime::Real> ::kernel_runtime::Integrable for Rbf<S> {
    fn closed_forms(
        &self,
        d: usize,
        each: &mut dyn ::core::ops::FnMut(::kernel_runtime::__private::ClosedForm<S>),
    ) {
        ::kernel_runtime::__private::squared_exponential(self, d, each)
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
impl<S: ::kernel_runtime::Real> ::kernel_runtime::SquaredExponential for Rbf<S> {
    fn amplitude(&self, d: usize) -> S {
        S::of(1f64)
    }
    fn rate(&self, i: usize, d: usize) -> S {
        self.gamma
    }
}
