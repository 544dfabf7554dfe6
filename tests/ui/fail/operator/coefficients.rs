//! What coefficients cannot be made of.
use kernel_runtime::operator;

operator!(Unknown(alpha) = d[0] - alpha * rho * d[1]);
operator!(SecondPoint = x[0] * d[0] + y[0] * d[1]);
operator!(WholePoint = x * d[0] + sq_norm(x) * d[1]);
operator!(Entries(w) = w[0] * d[0]);
operator!(Loop = (0..3).map(|i| x[i]).sum::<f64>() * d[0]);
operator!(Index = x[i] * d[0]);
operator!(Method = x[0].floor() * d[0]);
operator!(Powers(n) = x[0].powi(n) * d[0]);

fn main() {}
