//! Blocks that miss their bound for a known reason. The test fails when one of them passes, or misses by much more.

/// One case, and those of its blocks that miss.
pub(crate) struct Exemption {
    pub(crate) case: &'static str,
    /// Block, max|got - want| as measured (the worst of the forms), and what the bound allows.
    pub(crate) blocks: &'static [(&'static str, f64, f64)],
    pub(crate) reason: &'static str,
}

/// An exemption covers errors like the one that was measured, not whatever comes later. (Ten times: the last bits of
/// `asin`, which cancellation brings to the front, differ between platforms.)
pub(crate) fn covers(exempt: &[Exemption], case: &str, block: &str, error: f64) -> bool {
    let blocks = exempt.iter().filter(|exemption| exemption.case == case).flat_map(|exemption| exemption.blocks);
    blocks.into_iter().any(|&(name, measured, _)| name == block && error <= 10.0 * measured)
}

/// The formula takes asin(z) of z = 2(b + w x·y) / √(…), and 1 - z is 1e-12 here: what rounding z leaves of it is some
/// four digits for asin, none for its second derivative z/(1 - z²)^(3/2) where that cancels once more.
const NEAR_ONE: &str = "asin(z) is ill-conditioned at z = 1 - O(1e-12)";

/// Diagonal and low-rank parts of ∂²k/∂x∂y, O(w), cancel to O(w/(‖x‖²‖y‖²)) entries.
const PARTS: &str = "diagonal and low-rank parts of hess_xy cancel";

pub(crate) const EXEMPT: &[Exemption] = &[
    Exemption {
        case: "nn_arcsin/d1/far26",
        blocks: &[("hess_xy", 8.1e-18, 1.3e-18), ("hess_xy_dtheta", 7.5e-18, 1.2e-18)],
        reason: PARTS,
    },
    Exemption {
        case: "nn_arcsin/d1/far60",
        blocks: &[("hess_xy", 3.2e-18, 1.1e-19), ("hess_xy_dtheta", 9.6e-18, 1.0e-19)],
        reason: PARTS,
    },
    Exemption {
        case: "nn_arcsin/d1/large1e6",
        blocks: &[
            ("value", 6.7e-11, 1.6e-14),
            ("grad_x", 1.7e-17, 3.2e-26),
            ("grad_y", 1.5e-16, 3.6e-26),
            ("hess_xx", 7.9e-11, 1.3e-31),
            ("hess_xy", 1.3e-10, 5.2e-32),
            ("hess_yy", 1.4e-10, 1.5e-31),
            ("grad_theta", 7.5e-11, 7.1e-15),
            ("hess_xy_dtheta", 6.0e-11, 7.0e-32),
        ],
        reason: NEAR_ONE,
    },
    Exemption {
        case: "nn_arcsin/d1/large1e6_close",
        blocks: &[
            ("value", 5.8e-11, 1.6e-14),
            ("grad_x", 9.3e-17, 3.2e-26),
            ("grad_y", 1.3e-16, 3.2e-26),
            ("hess_xx", 6.0e-11, 1.3e-31),
            ("hess_xy", 2.8e-11, 5.0e-32),
            ("hess_yy", 6.3e-11, 1.3e-31),
            ("grad_theta", 9.6e-11, 7.1e-15),
            ("hess_xy_dtheta", 9.4e-11, 6.6e-32),
        ],
        reason: NEAR_ONE,
    },
    Exemption {
        case: "nn_arcsin/d2/large1e6",
        blocks: &[("hess_xy", 1.5e-28, 1.0e-37), ("hess_xy_dtheta", 4.1e-28, 1.5e-37)],
        reason: PARTS,
    },
    Exemption {
        case: "nn_arcsin/d2/large1e6_close",
        blocks: &[
            ("value", 6.5e-11, 1.9e-14),
            ("grad_x", 1.5e-11, 5.7e-15),
            ("grad_y", 1.5e-11, 5.7e-15),
            ("hess_xx", 6.8e-11, 3.9e-15),
            ("hess_xy", 5.8e-11, 3.9e-15),
            ("hess_yy", 7.0e-11, 3.9e-15),
            ("grad_theta", 5.9e-11, 1.0e-14),
            ("hess_xy_dtheta", 2.1e-10, 5.9e-15),
        ],
        reason: NEAR_ONE,
    },
    Exemption {
        case: "nn_arcsin/d3/large1e6_close",
        blocks: &[
            ("value", 2.1e-11, 1.7e-14),
            ("grad_x", 3.2e-12, 9.4e-15),
            ("grad_y", 3.2e-12, 9.4e-15),
            ("hess_xx", 5.2e-11, 2.8e-15),
            ("hess_xy", 1.0e-10, 2.8e-15),
            ("hess_yy", 1.0e-10, 2.8e-15),
            ("grad_theta", 2.1e-10, 8.4e-15),
            ("hess_xy_dtheta", 2.0e-10, 4.9e-15),
        ],
        reason: NEAR_ONE,
    },
];
