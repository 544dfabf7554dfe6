//! Operators in every form and at every place, under the strictest lints of a user.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, missing_debug_implementations, unused_qualifications, unreachable_pub)]
#![deny(non_camel_case_types, non_snake_case, dead_code, unused_imports, unused_variables, trivial_numeric_casts)]

use std::f64::consts::PI;

use kernel_runtime::gram::Operator;
use kernel_runtime::operator;

/// Another name for the runtime.
pub mod path {
    pub use kernel_runtime as runtime;
}

const SPEED: f64 = 2.0;
/// Constants of other types are converted.
const ORDER: u8 = 3;

/// Public and documented.
pub mod operators {
    use kernel_runtime::operator;

    operator! {
        /// ∂_t - α ∂_x²
        pub Heat(alpha) = d[0] - alpha * d[1] * d[1]
    }
    operator!(pub Undocumented = d[0]);
    operator!(
        /// Seen in this crate.
        #[must_use]
        #[derive(Default)]
        pub(crate) Wave(speed) = d[0].powi(2) - speed.powi(2) * d[1].powi(2)
    );
}

mod shadowed {
    #![allow(dead_code, non_camel_case_types)]
    // What the emitted code must not trip over.
    struct Clone;
    struct Copy;
    struct Debug;
    struct PartialEq;
    struct Ok;
    struct Err;
    struct Result;
    struct Real;
    struct f64;
    struct usize;
    kernel_runtime::operator!(pub(crate) Plain(self_, out, parameter, scale, term) =
        self_ + out * d[0] + parameter * x[0].sin() * d[1] + (scale * term * x[0]).exp() * (scale * term * x[0]).exp());
}

operator!(Constants = PI * d[0] + SPEED * d[1] - ORDER * x[0].powi(2) + std::f64::consts::E);
operator!(#[operator(crate = crate::path::runtime)] Elsewhere(a) = (a, a * d[0]));
operator!(r#Raw(r#type) = r#type * d[0]);

fn count<O: Operator>(_: O) -> usize {
    O::TERMS.len()
}

fn main() -> Result<(), kernel_runtime::ParamError> {
    operator!(Local = (1, d[0], x[1] * d[1]));
    let heat = operators::Heat::new(0.5)?;
    let sum = count(heat) + count(operators::Undocumented) + count(operators::Wave::default()) + count(Local) + count(Constants);
    let plain = shadowed::Plain::new(1.0, 2.0, 3.0, 4.0, 5.0)?;
    assert_eq!(plain.out(), 2.0);
    assert_eq!(sum + count(plain) + count(Elsewhere::new(1.0)?) + count(Raw::new(heat.alpha())?), 17);
    assert_eq!(Raw::new(0.5)?.r#type(), 0.5);
    assert_eq!(Raw::PARAMETERS, ["type"]);
    Ok(())
}
