//! What is no linear differential operator.
use kernel_runtime::operator;

operator!(Nonlinear = d[0].sin() + d[1].exp() * f64::sqrt(d[2]));
operator!(Inverse = 1.0 / d[0]);
operator!(Whole = d - d[0]);
operator!(Called = d(0) + d(1));
operator!(Nested = d[0][1]);
operator!(Computed = d[i] + d[1 + 1] + d[0..2]);
operator!(Order = d[0].powi(3) * d[1].powi(2));
operator!(Power(n) = d[0].powi(n));
operator!(Radial = d[0].powi(2) + d[0] / x[0]);
operator!(Condition = if d[0] > 0.0 { 1.0 } else { 2.0 });
operator!(Cases = if x[0] > 0.0 { d[0] } else { d[1] });
operator!(Zero = d[0] * d[1] - d[1] * d[0]);
operator!(Infinite = d[0] / 0.0);

fn main() {}
