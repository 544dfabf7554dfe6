/**

A linear differential operator of functions of points x.

```text
L = (-theta + ∂₀ - theta·x[1] ∂₁ - (1/2)·sigma² ∂₁², -(x[1]/theta) ∂₁ + (-theta + x[0]) ∂₀∂₁², exp(-theta·x[1]²/(sigma²·RATE²)))
```*/
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq
)]
#[allow(dead_code, reason = "a type is there for its users")]
pub(crate) struct OrnsteinUhlenbeck {
    theta: ::core::primitive::f64,
    sigma: ::core::primitive::f64,
}
#[allow(
    dead_code,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    reason = "not every operator uses all of it"
)]
impl OrnsteinUhlenbeck {
    /// The operator with these parameters.
    ///
    /// # Errors
    /// If a parameter is infinite or NaN.
    pub(crate) fn new(
        theta: ::core::primitive::f64,
        sigma: ::core::primitive::f64,
    ) -> ::core::result::Result<Self, ::kernel_runtime::ParamError> {
        if !::core::primitive::f64::is_finite(theta) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("theta", "|theta| < ∞", theta),
            );
        }
        if !::core::primitive::f64::is_finite(sigma) {
            return ::core::result::Result::Err(
                ::kernel_runtime::ParamError::new("sigma", "|sigma| < ∞", sigma),
            );
        }
        ::core::result::Result::Ok(Self { theta, sigma })
    }
    ///The parameter `theta`.
    #[must_use]
    pub(crate) fn theta(&self) -> ::core::primitive::f64 {
        self.theta
    }
    ///The parameter `sigma`.
    #[must_use]
    pub(crate) fn sigma(&self) -> ::core::primitive::f64 {
        self.sigma
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
impl ::kernel_runtime::gram::Operator for OrnsteinUhlenbeck {
    type Order = ::kernel_runtime::Order<3>;
    const COMPONENTS: ::core::primitive::usize = 3;
    const COORDINATES: ::core::primitive::usize = 2;
    const PARAMETERS: &'static [&'static ::core::primitive::str] = &["theta", "sigma"];
    const TERMS: &'static [::kernel_runtime::__private::OperatorTerm] = &[
        ::kernel_runtime::__private::OperatorTerm {
            component: 0,
            by: &[],
            varies: false,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 0,
            by: &[0],
            varies: false,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 0,
            by: &[1],
            varies: true,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 0,
            by: &[1, 1],
            varies: false,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 1,
            by: &[1],
            varies: true,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 1,
            by: &[0, 1, 1],
            varies: true,
        },
        ::kernel_runtime::__private::OperatorTerm {
            component: 2,
            by: &[],
            varies: true,
        },
    ];
    fn coefficients<S: ::kernel_runtime::Real>(&self, x: &[S], out: &mut [S]) {
        let theta = S::of(self.theta);
        let sigma = S::of(self.sigma);
        let scale = -theta;
        let term = scale * x[1];
        let scale_1 = sigma * sigma;
        out[0] = scale;
        out[1] = S::of(1f64);
        out[2] = term;
        out[3] = S::of(-0.5f64) * scale_1;
        out[4] = S::of(-1f64) / theta * x[1];
        out[5] = x[0] - theta;
        out[6] = ::kernel_runtime::__private::Lane::exp(
            S::of(1f64)
                / (scale_1
                    * (S::of(RATE as ::core::primitive::f64)
                        * S::of(RATE as ::core::primitive::f64))) * (x[1] * term),
        );
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
                let theta = S::of(self.theta);
                let sigma = S::of(self.sigma);
                let term = S::of(-1f64)
                    / (sigma * sigma
                        * (S::of(RATE as ::core::primitive::f64)
                            * S::of(RATE as ::core::primitive::f64))) * (x[1] * x[1]);
                out[0] = S::of(-1f64);
                out[2] = -x[1];
                out[4] = S::of(1f64) / (theta * theta) * x[1];
                out[5] = S::of(-1f64);
                out[6] = term * ::kernel_runtime::__private::Lane::exp(theta * term);
            }
            1 => {
                let theta = S::of(self.theta);
                let sigma = S::of(self.sigma);
                let term = -theta
                    / (sigma * sigma
                        * (S::of(RATE as ::core::primitive::f64)
                            * S::of(RATE as ::core::primitive::f64))) * (x[1] * x[1]);
                out[3] = -sigma;
                out[6] = S::of(-2f64) / sigma
                    * (term * ::kernel_runtime::__private::Lane::exp(term));
            }
            _ => {}
        }
    }
}
::kernel_runtime::__observed!(OrnsteinUhlenbeck);
