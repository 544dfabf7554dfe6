//! The elementary functions: one table row each for name, value, parity and sign.

/// A function of one or two arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    /// eᵃ
    Exp,
    /// eᵃ - 1
    ExpM1,
    /// ln a
    Ln,
    /// ln(1 + a)
    Ln1p,
    /// sin a
    Sin,
    /// cos a
    Cos,
    /// tan a
    Tan,
    /// arcsine
    Asin,
    /// arccosine
    Acos,
    /// arctangent
    Atan,
    /// sinh a
    Sinh,
    /// cosh a
    Cosh,
    /// tanh a
    Tanh,
    /// the error function
    Erf,
    /// the real cube root, odd
    Cbrt,
    /// |a|
    Abs,
    /// max(a, 0)
    Positive,
    /// max(a, b)
    Max,
    /// min(a, b)
    Min,
    /// the angle of the point (b, a)
    Atan2,
}

/// What a sign of the argument does to the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// f(-a) = f(a)
    Even,
    /// f(-a) = -f(a)
    Odd,
    /// neither
    None,
}

impl Function {
    /// The method that computes it in emitted code; `Positive` has none of its own.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exp => "exp",
            Self::ExpM1 => "exp_m1",
            Self::Ln => "ln",
            Self::Ln1p => "ln_1p",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Asin => "asin",
            Self::Acos => "acos",
            Self::Atan => "atan",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Erf => "erf",
            Self::Cbrt => "cbrt",
            Self::Abs => "abs",
            Self::Positive | Self::Max => "max",
            Self::Min => "min",
            Self::Atan2 => "atan2",
        }
    }

    /// Even, odd or neither in the (first) argument.
    #[must_use]
    pub const fn parity(self) -> Parity {
        match self {
            Self::Cos | Self::Cosh | Self::Abs => Parity::Even,
            Self::Sin | Self::Tan | Self::Asin | Self::Atan | Self::Sinh | Self::Tanh | Self::Erf | Self::Cbrt => {
                Parity::Odd
            }
            _ => Parity::None,
        }
    }

    /// Whether the value is ≥ 0, given whether all arguments are.
    #[must_use]
    pub const fn is_nonnegative(self, arguments: bool) -> bool {
        match self {
            Self::Exp | Self::Cosh | Self::Abs | Self::Acos | Self::Positive => true,
            Self::ExpM1 | Self::Ln1p | Self::Asin | Self::Atan | Self::Sinh | Self::Tanh | Self::Erf | Self::Cbrt => {
                arguments
            }
            Self::Max | Self::Min => arguments,
            Self::Ln | Self::Sin | Self::Cos | Self::Tan | Self::Atan2 => false,
        }
    }

    /// f(0) where the argument 0 gives a whole number, for folding.
    #[must_use]
    pub const fn at_zero(self) -> Option<i64> {
        match self {
            Self::Exp | Self::Cos | Self::Cosh => Some(1),
            Self::ExpM1 | Self::Ln1p | Self::Sin | Self::Tan | Self::Asin | Self::Atan => Some(0),
            Self::Sinh | Self::Tanh | Self::Erf | Self::Cbrt | Self::Abs | Self::Positive => Some(0),
            Self::Ln | Self::Acos | Self::Max | Self::Min | Self::Atan2 => None,
        }
    }

    /// The value in double precision.
    #[must_use]
    pub fn evaluate(self, arguments: &[f64]) -> f64 {
        let a = arguments[0];
        let b = || arguments[1];
        match self {
            Self::Exp => a.exp(),
            Self::ExpM1 => a.exp_m1(),
            Self::Ln => a.ln(),
            Self::Ln1p => a.ln_1p(),
            Self::Sin => a.sin(),
            Self::Cos => a.cos(),
            Self::Tan => a.tan(),
            Self::Asin => a.asin(),
            Self::Acos => a.acos(),
            Self::Atan => a.atan(),
            Self::Sinh => a.sinh(),
            Self::Cosh => a.cosh(),
            Self::Tanh => a.tanh(),
            Self::Erf => libm::erf(a),
            Self::Cbrt => a.cbrt(),
            Self::Abs => a.abs(),
            Self::Positive => propagate(a, 0.0, f64::max),
            Self::Max => propagate(a, b(), f64::max),
            Self::Min => propagate(a, b(), f64::min),
            Self::Atan2 => a.atan2(b()),
        }
    }
}

/// `f64::max` drops a NaN; a kernel must not.
fn propagate(a: f64, b: f64, choose: fn(f64, f64) -> f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { choose(a, b) }
}
