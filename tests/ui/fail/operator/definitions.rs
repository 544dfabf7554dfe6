//! What is no definition. The types are there all the same.
use kernel_runtime::gram::Operator;
use kernel_runtime::operator;

operator!();
operator!(fn heat(alpha: f64) = d[0]);
operator!(pub NoEquals(alpha) d[0] - alpha * d[1] * d[1]);
operator!(Nothing =);
operator!(Typed(alpha: f64) = d[0] - alpha * d[1]);
operator!(Generic<T>(alpha) = d[0] - alpha * d[1]);
operator!(Names(d, x, new) = d[0]);
operator!(Twice(a, a) = a * d[0]);
operator!(Unused(a, b) = a * d[0]);
operator!(Cancelled(a) = d[0] + a * d[1] - d[1] * a);
operator!(NoParameters() = d[0]);
operator!(Statements = { let a = 2.0; a * d[0] });
operator!(Several = d[0]; d[1]);
operator!(Bare = d[0], d[1]);
operator!(Empty = ());
operator!(Tuples = (d[0], (d[1], d[2])));
operator!(Scaled = 2.0 * (d[0], d[1]));
operator!(#[cfg(unix)] Configured = d[0]);
operator!(#[operator(path = ::runtime)] Elsewhere = d[0]);

fn takes<O: Operator>(_: O) {}

fn main() {
    takes(NoEquals::new(1.0).unwrap());
    takes(Typed::new(1.0).unwrap());
    takes(Unused::new(1.0, 2.0).unwrap());
    takes(Statements);
    takes(Tuples);
}
