/// ∂_t - α ∂_x²
/**

A linear differential operator of functions of points x.

```text
L = ∂₀ - alpha ∂₁²
```*/
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq
)]
#[allow(dead_code, reason = "a type is there for its users")]
pub struct Heat {
    alpha: ::core::primitive::f64,
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every operator uses all of it"
)]
impl Heat {
    /// The operator with these parameters.
    ///
    /// # Errors
    /// If a parameter is infinite or NaN.
    pub fn new(
        alpha: ::core::primitive::f64,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        if !::core::primitive::f64::is_finite(alpha) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("alpha", "|alpha| < ∞", alpha),
            );
        }
        ::core::result::Result::Ok(Self { alpha })
    }
    ///The parameter `alpha`.
    #[must_use]
    pub fn alpha(&self) -> ::core::primitive::f64 {
        self.alpha
    }
}
#[automatically_derived]
#[allow(
    unused_variables,
    non_snake_case,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "one signature serves all operators"
)]
impl ::kernel_runtime::gram::Operator for Heat {
    type Order = ::kernel_runtime::Order<2>;
    const COMPONENTS: ::core::primitive::usize = 1;
    const COORDINATES: ::core::primitive::usize = 2;
    const PARAMETERS: &'static [&'static ::core::primitive::str] = &["alpha"];
    const TERMS: &'static [::kernel_runtime::__private::OperatorTerm] = &[
        ::kernel_runtime::__private::OperatorTerm {
            component: 0,
            by: &[0],
            varies: false,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 0,
            by: &[1, 1],
            varies: false,
        },
    ];
    fn coefficients<S: ::kernel_runtime::Real>(&self, x: &[S], out: &mut [S]) {
        let alpha = S::of(self.alpha);
        out[0] = S::of(1f64);
        out[1] = -alpha;
    }
    fn coefficients_by<S: ::kernel_runtime::Real>(
        &self,
        parameter: ::core::primitive::usize,
        x: &[S],
        out: &mut [S],
    ) {
        out.fill(S::of(0f64));
        match parameter {
            0 => {
                out[1] = S::of(-1f64);
            }
            _ => {}
        }
    }
}
::kernel_runtime::__observed!(Heat);
