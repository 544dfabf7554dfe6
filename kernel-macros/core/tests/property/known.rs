//! Kernels that may be NaN at a point where they, or a derivative, have a limit. A number that is not the limit is
//! never forgiven.

use super::expression::{Binary, Expr, Kernel, Unary, Word};
use super::judge::{Kind, Miss};

/// A kind of kernel, and why.
pub struct Known {
    pub reason: &'static str,
    kind: Kind,
    applies: fn(&Kernel, &Miss) -> bool,
}

const KNOWN: &[Known] = &[
    Known {
        reason: "the angle times the distance: both vanish where the points meet, each is looked at with the other held fixed",
        kind: Kind::NoLimit,
        applies: |kernel, _| kernel.has_angle() && kernel.has(&is_distance),
    },
    Known {
        reason: "a logarithm of what vanishes has no power series",
        kind: Kind::NoLimit,
        applies: |kernel, _| kernel.has(&is_logarithm),
    },
    Known {
        reason: "√(u v) is √u √v where v ≥ 0 is proved, also where u < 0 and v = 0",
        kind: Kind::NoLimit,
        applies: |kernel, _| kernel.has(&is_root),
    },
    Known {
        reason: "third derivatives of a product of which two factors are 0 are not worked out",
        kind: Kind::NotANumber,
        applies: |kernel, miss| {
            miss.block == "hess_xy_params" && kernel.has(&|inner| matches!(inner, Expr::Product(_)))
        },
    },
];

pub fn excuse(kernel: &Kernel, miss: &Miss) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.kind == miss.kind && (known.applies)(kernel, miss))
}

fn is_distance(expression: &Expr) -> bool {
    matches!(expression, Expr::Word(Word::Dist | Word::SqDist | Word::L1Dist))
}

fn is_logarithm(expression: &Expr) -> bool {
    matches!(expression, Expr::Unary(Unary::Ln | Unary::Log2, _))
}

fn is_root(expression: &Expr) -> bool {
    let of_product = |inner: &Expr| matches!(inner, Expr::Binary(Binary::Mul, ..));
    matches!(expression, Expr::Unary(Unary::Sqrt, inner) if of_product(inner))
}
