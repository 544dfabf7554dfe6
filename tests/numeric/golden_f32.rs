//! `data/visible_f32.json`: the f32 batches of the kernels that are written in f64, and pair functions written in f32.

use std::f32::consts::PI;

use kernel_runtime::{gram, kernel};
use ndarray::{Array1, Array2};

use crate::golden::case::{self, Case, F32};
use crate::golden::exempt::{Exemption, covers};
use crate::kernels::{array, scalar, slice};

/// What one form of a kernel says about a case.
struct Evaluation {
    form: &'static str,
    parameters: &'static [&'static str],
    blocks: Vec<(&'static str, Vec<f64>)>,
}

/// z = 2(b + w x·y)/√(…) is 1 - O(1e-12): rounded it is 1, or above, where asin is not a number.
const NEAR_ONE: &str = "asin(z) is ill-conditioned at z = 1 - O(1e-12)";

/// As in f64, where most of these cases are exempt too.
const PARTS: &str = "diagonal and low-rank parts of hess_xy cancel";

/// F_ss is 1e-44 where (x_i - y_i)(x_j - y_j) is 1e12; f32 ends at 1e-38, and loses digits from there on.
const SUBNORMAL: &str = "the second derivative by |x - y|² is below the smallest normal number";

const EXEMPT: &[Exemption] = &[
    Exemption { case: "nn_arcsin/d1/far26", blocks: &[("hess_xy", 1.4e-9, 6.9e-10)], reason: PARTS },
    Exemption { case: "nn_arcsin/d1/far60", blocks: &[("hess_xy", 2.1e-9, 5.7e-11)], reason: PARTS },
    Exemption {
        case: "nn_arcsin/d1/large1e6",
        blocks: &[
            ("value", f64::INFINITY, 8.4e-6),
            ("grad_x", f64::INFINITY, 1.7e-17),
            ("grad_y", f64::INFINITY, 1.9e-17),
            ("hess_xy", f64::INFINITY, 2.8e-23),
        ],
        reason: NEAR_ONE,
    },
    Exemption {
        case: "nn_arcsin/d1/large1e6_close",
        blocks: &[("grad_x", 2.3e-10, 1.7e-17), ("grad_y", 4.7e-10, 1.7e-17), ("hess_xy", 3.1e-9, 2.7e-23)],
        reason: NEAR_ONE,
    },
    Exemption { case: "nn_arcsin/d2/large1e6", blocks: &[("hess_xy", 5.4e-20, 5.4e-29)], reason: PARTS },
    Exemption {
        case: "nn_arcsin/d2/large1e6_close",
        blocks: &[
            ("grad_x", f64::INFINITY, 3.1e-6),
            ("grad_y", f64::INFINITY, 3.1e-6),
            ("hess_xy", f64::INFINITY, 2.0e-6),
        ],
        reason: NEAR_ONE,
    },
    Exemption {
        case: "nn_arcsin/d3/large1e6_close",
        blocks: &[
            ("grad_x", f64::INFINITY, 5.0e-6),
            ("grad_y", f64::INFINITY, 5.0e-6),
            ("hess_xy", f64::INFINITY, 1.7e-6),
        ],
        reason: NEAR_ONE,
    },
    Exemption { case: "rational_quadratic/d3/large1e6", blocks: &[("hess_xy", 4.1e-35, 2.9e-35)], reason: SUBNORMAL },
];

macro_rules! everywhere {
    ($case:ident, $kernel:ident $parameters:tt, $smoothness:ident) => {{
        let mut forms = vectors!($case, $kernel $parameters, $smoothness);
        if $case.d == 1 {
            forms.extend(scalars!($case, $kernel $parameters, $smoothness));
        }
        forms
    }};
}

macro_rules! vectors {
    ($case:ident, $kernel:ident $parameters:tt, $smoothness:ident) => {{
        fn arrays<const D: usize>(case: &Case) -> Evaluation {
            batch!("array", case, rows, array::$kernel<D, f32>, $parameters, $smoothness)
        }
        vec![
            batch!("slice", $case, rows, slice::$kernel<f32>, $parameters, $smoothness),
            match $case.d {
                1 => arrays::<1>($case),
                2 => arrays::<2>($case),
                3 => arrays::<3>($case),
                5 => arrays::<5>($case),
                d => panic!("{}: no array of length {d} here", $case.id),
            },
        ]
    }};
}

macro_rules! scalars {
    ($case:ident, $kernel:ident $parameters:tt, $smoothness:ident) => {
        vec![batch!("scalar", $case, numbers, scalar::$kernel<f32>, $parameters, $smoothness)]
    };
}

/// The runtime's matrices of one row and one column.
macro_rules! batch {
    ($form:literal, $case:ident, $points:ident, $kernel:ty, ($($p:ident),*), $smoothness:ident) => {{
        let kernel = <$kernel>::with_scalar($(argument(&single(&$case.parameter(stringify!($p))))),*).unwrap();
        let (x, y) = ($points(&single(&$case.x)), $points(&single(&$case.y)));
        let value = ("value", double(gram::k_ff(&kernel, &x, &y).unwrap()));
        let blocks = [value].into_iter().chain(derivatives!($smoothness, kernel, x, y)).collect();
        Evaluation { form: $form, parameters: &[$(stringify!($p)),*], blocks }
    }};
}

macro_rules! derivatives {
    (continuous, $kernel:ident, $x:ident, $y:ident) => {
        []
    };
    (differentiable, $kernel:ident, $x:ident, $y:ident) => {
        [
            ("grad_x", double(gram::k_gf(&$kernel, &$x, &$y).unwrap())),
            ("grad_y", double(gram::k_fg(&$kernel, &$x, &$y).unwrap())),
            ("hess_xy", double(gram::k_gg(&$kernel, &$x, &$y).unwrap())),
        ]
    };
}

macro_rules! table {
    ($($forms:ident $name:ident $kernel:ident $parameters:tt $smoothness:ident;)*) => {
        /// `None` for a kernel that is written out for each number of coordinates.
        fn batches(case: &Case) -> Option<Vec<Evaluation>> {
            Some(match case.kernel.as_str() {
                $(stringify!($name) => $forms!(case, $kernel $parameters, $smoothness),)*
                _ => return None,
            })
        }
    };
}

every_kernel!(table);

/// Kernels of f32 points.
mod written {
    use super::{PI, kernel};

    #[kernel(assume(gamma > 0))]
    pub(super) fn rbf(x: &[f32], y: &[f32], gamma: f32) -> f32 {
        (-gamma * sq_dist(x, y)).exp()
    }

    #[kernel(assume(variance > 0))]
    pub(super) fn ard_rbf(x: &[f32], y: &[f32], variance: f32, lengthscale: &[f32]) -> f32 {
        let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f32>();
        variance * (-0.5 * s).exp()
    }

    #[kernel(assume(variance > 0, lengthscale > 0))]
    pub(super) fn matern32(x: &[f32], y: &[f32], variance: f32, lengthscale: f32) -> f32 {
        let q = 3.0_f32.sqrt() * dist(x, y) / lengthscale;
        variance * (1.0 + q) * (-q).exp()
    }

    #[kernel(assume(variance > 0, lengthscale > 0))]
    pub(super) fn matern52(x: &[f32], y: &[f32], variance: f32, lengthscale: f32) -> f32 {
        let q = 5.0_f32.sqrt() * dist(x, y) / lengthscale;
        variance * (1.0 + q + q * q / 3.0) * (-q).exp()
    }

    #[kernel(assume(a > 0, c >= 0))]
    pub(super) fn polynomial(x: &[f32], y: &[f32], a: f32, c: f32) -> f32 {
        (a * dot(x, y) + c).powi(3)
    }

    #[kernel(indefinite, assume(variance > 0, period > 0, lengthscale > 0))]
    pub(super) fn periodic(x: &[f32], y: &[f32], variance: f32, period: f32, lengthscale: f32) -> f32 {
        let sine = (PI * dist(x, y) / period).sin();
        variance * (-2.0 * sine.powi(2) / lengthscale.powi(2)).exp()
    }
}

macro_rules! pairs {
    ($($name:ident($($p:ident),*);)*) => {
        /// The functions of one pair, where the kernel is one of those written in f32.
        fn pairs(case: &Case) -> Option<Evaluation> {
            match case.kernel.as_str() {
                $(stringify!($name) => {
                    use written::$name as k;
                    $(let $p = single(&case.parameter(stringify!($p)));)*
                    let (x, y, d) = (&single(&case.x)[..], &single(&case.y)[..], case.d);
                    let theta = 0 $(+ $p.len())*;
                    Some(Evaluation {
                        form: "pair",
                        parameters: &[$(stringify!($p)),*],
                        blocks: vec![
                            ("value", double([k(x, y, $(argument(&$p)),*)])),
                            ("grad_x", filled(d, |out| k::grad(x, y, $(argument(&$p),)* out))),
                            ("grad_y", filled(d, |out| k::grad_y(x, y, $(argument(&$p),)* out))),
                            ("hess_xx", filled(d * d, |out| k::hess_xx(x, y, $(argument(&$p),)* out))),
                            ("hess_xy", filled(d * d, |out| k::hess_xy(x, y, $(argument(&$p),)* out))),
                            ("hess_yy", filled(d * d, |out| k::hess_yy(x, y, $(argument(&$p),)* out))),
                            ("grad_theta", filled(theta, |out| k::grad_params(x, y, $(argument(&$p),)* out))),
                            ("hess_xy_dtheta", filled(theta * d * d, |out| k::hess_xy_params(x, y, $(argument(&$p),)* out))),
                        ],
                    })
                })*
                _ => None,
            }
        }
    };
}

pairs! {
    rbf(gamma);
    ard_rbf(variance, lengthscale);
    matern32(variance, lengthscale);
    matern52(variance, lengthscale);
    polynomial(a, c);
    periodic(variance, period, lengthscale);
}

#[test]
fn visible_cases_hold_in_single_precision() {
    // JSON has no infinity.
    let cases = case::read(&include_str!("../data/visible_f32.json").replace("Infinity", "null"));
    assert_eq!(cases.len(), 795, "data/visible_f32.json is not the file this test was written for");

    let mut misses = Vec::new();
    let mut compared = 0;
    for case in &cases {
        for evaluation in batches(case).into_iter().flatten().chain(pairs(case)) {
            for (block, got) in &evaluation.blocks {
                compared += 1;
                let outcome = case.compare_in(F32, block, evaluation.parameters, got);
                if !outcome.holds() {
                    misses.push((case, evaluation.form, *block, outcome));
                }
            }
        }
    }
    println!("{compared} blocks compared");

    let mut complaints = Vec::new();
    misses.sort_by(|a, b| (b.3.error / b.3.bound).total_cmp(&(a.3.error / a.3.bound)));
    for (case, form, block, outcome) in &misses {
        if !covers(EXEMPT, &case.id, block, outcome.error) {
            let ratio = outcome.error / outcome.bound;
            complaints.push(format!("{ratio:10.3e}  {:10.3e}  {form:<6}  {block:<15}  {}", outcome.error, case.id));
        }
    }
    for exemption in EXEMPT {
        for (block, ..) in exemption.blocks {
            if !misses.iter().any(|(case, _, missed, _)| case.id == exemption.case && missed == block) {
                complaints.push(format!("{} {block} is exempt and passes: remove it", exemption.case));
            }
        }
        println!("exempt: {}: {}", exemption.case, exemption.reason);
    }
    assert!(complaints.is_empty(), "{} of {compared}:\n{}", complaints.len(), complaints.join("\n"));
}

#[expect(clippy::cast_possible_truncation, reason = "the file's inputs are f32")]
fn single(entries: &[f64]) -> Vec<f32> {
    entries.iter().map(|&entry| entry as f32).collect()
}

fn double(entries: impl IntoIterator<Item = f32>) -> Vec<f64> {
    entries.into_iter().map(f64::from).collect()
}

/// Runs `write` on a buffer in which an entry left alone is a miss.
fn filled(len: usize, write: impl FnOnce(&mut [f32])) -> Vec<f64> {
    let mut out = vec![f32::INFINITY; len];
    write(&mut out);
    double(out)
}

fn rows(point: &[f32]) -> Array2<f32> {
    Array2::from_shape_vec((1, point.len()), point.to_vec()).unwrap()
}

fn numbers(point: &[f32]) -> Array1<f32> {
    Array1::from_vec(point.to_vec())
}

/// The numbers of a parameter as the callee's signature wants them.
fn argument<'a, T: Argument<'a>>(entries: &'a [f32]) -> T {
    T::of(entries)
}

trait Argument<'a> {
    fn of(entries: &'a [f32]) -> Self;
}

impl Argument<'_> for f32 {
    fn of(entries: &[f32]) -> Self {
        let [only] = entries else { panic!("{entries:?} is not one number") };
        *only
    }
}

impl<'a> Argument<'a> for &'a [f32] {
    fn of(entries: &'a [f32]) -> Self {
        entries
    }
}

impl<const D: usize> Argument<'_> for [f32; D] {
    fn of(entries: &[f32]) -> Self {
        entries.try_into().unwrap()
    }
}

impl Argument<'_> for Vec<f32> {
    fn of(entries: &[f32]) -> Self {
        entries.to_vec()
    }
}
