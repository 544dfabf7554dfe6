//! One operator with four mistakes; its type and its users stay.
use kernel_runtime::gram::Operator;
use kernel_runtime::operator;

operator! {
    /// Pressure and its flux.
    pub Flow(kappa) = (
        d[0] - kapa * d[1],
        d[0].abs(),
        kappa * x[0] * d,
        y[1] * kappa,
    )
}

fn main() {
    let flow = Flow::new(0.5).unwrap();
    assert_eq!(Flow::COMPONENTS, 4);
    let _ = flow.kappa();
}
