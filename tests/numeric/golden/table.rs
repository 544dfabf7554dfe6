//! From a case of the file to the functions that `#[kernel]` emitted for its kernel.

use kernel_runtime::gram;

use super::case::Case;
use super::forms::{Evaluation, argument, filled, flat, numbers, rows};
use crate::kernels::{array, picked, scalar, slice};

macro_rules! table {
    ($($forms:ident $name:ident $kernel:ident $parameters:tt $smoothness:ident;)*) => {
        /// Every form of points the kernel of `case` is written in, for one pair and as batches of one row.
        pub(super) fn evaluate(case: &Case) -> Vec<Evaluation> {
            match case.kernel.as_str() {
                $(stringify!($name) => $forms!(case, $name, $kernel $parameters, $smoothness),)*
                "spectral_mixture1" => spectral_mixture(case),
                other => panic!("{other} has no row in the table"),
            }
        }
    };
}

/// The kernels that are the same in all their forms, put to a macro.
macro_rules! every_kernel {
    ($then:ident) => {
        $then! {
            everywhere rbf Rbf(gamma) differentiable;
            everywhere ard_rbf ArdRbf(variance, lengthscale) differentiable;
            everywhere rational_quadratic RationalQuadratic(variance, alpha, lengthscale) differentiable;
            everywhere matern12 Matern12(variance, lengthscale) continuous;
            everywhere matern32 Matern32(variance, lengthscale) differentiable;
            everywhere matern52 Matern52(variance, lengthscale) differentiable;
            everywhere periodic Periodic(variance, period, lengthscale) differentiable;
            everywhere periodic_per_dim PeriodicPerDim(period, lengthscale) differentiable;
            everywhere polynomial Polynomial(a, c) differentiable;
            everywhere linear Linear(variance, bias) differentiable;
            everywhere exp_dot ExpDot(variance, lengthscale) differentiable;
            vectors arccosine1 Arccosine1(variance) differentiable;
            everywhere nn_arcsin NnArcsin(variance, b, w) differentiable;
            everywhere cosine Cosine(variance, period) differentiable;
            everywhere wendland_c2 WendlandC2(variance, radius) differentiable;
            everywhere wendland_c4 WendlandC4(variance, radius) differentiable;
            scalars gibbs_1d Gibbs1d(a, b) differentiable;
            everywhere inverse_multiquadric InverseMultiquadric(variance, c) differentiable;
            everywhere rbf_times_linear RbfTimesLinear(gamma, variance, bias) differentiable;
            everywhere matern52_plus_linear Matern52PlusLinear(v1, lengthscale, v2) differentiable;
        }
    };
}

every_kernel!(table);

/// A product over coordinates, which the grammar does not have yet: written out for each number of them.
fn spectral_mixture(case: &Case) -> Vec<Evaluation> {
    match case.d {
        1 => scalars!(case, spectral_mixture, SpectralMixture(w, v0, mu0), differentiable),
        2 => fixed!(case, 2, spectral_mixture_2d, SpectralMixture2(w, v0, v1, mu0, mu1)),
        3 => fixed!(case, 3, spectral_mixture_3d, SpectralMixture3(w, v0, v1, v2, mu0, mu1, mu2)),
        d => panic!("no spectral mixture of {d} coordinates is written out"),
    }
}
