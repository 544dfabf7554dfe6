//! Messages about what a kernel is: symmetric, positive definite, smooth, finite.

use crate::plan::Obstacle;
use crate::verify::{Edge, Singular};

// Definiteness.

pub(crate) const NO_PROOF: &str = "the proof needs more than is known of it";
pub(crate) const NO_RULE: &str = "no rule proves it, and no counterexample was found";
pub(crate) const VOUCH: &str = "if you know that it is positive definite, vouch for it: `#[kernel(psd = assume)]`";
pub(crate) const ON_PURPOSE: &str = "if it is not meant to be a covariance, `#[kernel(indefinite)]` gives all code without the marker `PositiveDefinite`";

pub(crate) fn refuted(name: &str, points: &str, parameters: &str, matrix: &str, help: &[String]) -> String {
    format!(
        "`{name}` is not positive definite: it is the covariance of no process\n\
         for the points {points}{parameters}, k(x_i, x_j) {matrix}{}",
        helps(help)
    )
}

pub(crate) fn not_proved(name: &str, help: &[String]) -> String {
    format!("`psd` demands a proof that `{name}` is positive definite, and none was found{}", helps(help))
}

fn helps(help: &[String]) -> String {
    help.iter().flat_map(|help| ["\nhelp: ", help]).collect()
}

pub(crate) fn proved_under(bounds: &str) -> String {
    format!("it is proved positive definite if you write `#[kernel(assume({bounds}))]`")
}

pub(crate) fn proved_up_to(limit: usize) -> String {
    match limit {
        1 => "it is proved positive definite on one coordinate: write `x: f64, y: f64`, or `&[f64; 1]`".into(),
        limit => format!(
            "it is proved positive definite on up to {limit} coordinates: write `x: &[f64; N], y: &[f64; N]` with N ≤ {limit}"
        ),
    }
}

pub(crate) fn fewer_dimensions(dimension: usize) -> String {
    format!(
        "on fewer than {dimension} coordinates no counterexample was found: fix their number, `x: f64` or `x: &[f64; N]`"
    )
}
// What is not known of a kernel.

pub(crate) const INDEFINITE: &str = "it is declared `indefinite`";
pub(crate) const NOT_SYMMETRIC: &str = "k(x, y) = k(y, x) is required here";
pub(crate) const NOT_DEFINITE: &str = "a positive definite kernel is required here";
pub(crate) const NO_TOWER: &str = "its covariances with derivatives are required here";
pub(crate) const ASYMMETRIC_HELP: &str =
    "a covariance is symmetric: remove the option `asymmetric` if this kernel is one";
pub(crate) const INDEFINITE_HELP: &str = "remove the option `indefinite` to have it checked";
pub(crate) const NO_EXPANSION: &str = "its behaviour as x approaches y could not be worked out";
pub(crate) const ANGLE_AT_ZERO: &str = "the angle between x and y is not smooth where one of them is 0";

pub(crate) fn asymmetric(kernel: &str) -> String {
    format!("`{kernel}` is not a symmetric kernel: it is declared `asymmetric`")
}

pub(crate) fn symmetry_unproved(kernel: &str, x: &str, y: &str) -> String {
    format!(
        "`{kernel}` is not known to be symmetric: swapping `{x}` and `{y}` gives another expression, though no points were found \
         at which its value differs"
    )
}

pub(crate) fn not_symmetric([x, y]: [&str; 2], place: &str, [value, swapped]: &[String; 2]) -> String {
    format!(
        "this kernel is not symmetric: k({x}, {y}) = {value}, but k({y}, {x}) = {swapped}, at {place}\n\
         write it so that `{x}` and `{y}` enter it in the same way, or, if it is the covariance of two different processes, declare it \
         `#[kernel(asymmetric)]`, which gives all functions and none of the markers of a covariance"
    )
}

pub(crate) fn symmetry_help(x: &str, y: &str) -> String {
    format!("write the kernel so that `{x}` and `{y}` enter it in the same way")
}

pub(crate) fn indefinite(kernel: &str, reason: &str) -> String {
    format!("`{kernel}` is not known to be positive definite: {reason}")
}

/// How many derivatives in mean square there are with a kink of this order.
fn derivatives(kink: i64) -> i64 {
    ((kink - 1) / 2).clamp(0, 4)
}

fn how_often(times: i64) -> &'static str {
    match times {
        ..=0 => "not",
        1 => "once",
        2 => "twice",
        3 => "three times",
        _ => "four times",
    }
}

/// What a process with a kink of this order is in mean square.
pub(crate) fn differentiable(kink: i64) -> String {
    format!("{} differentiable", how_often(derivatives(kink)))
}

pub(crate) fn rough(kernel: &str, kink: i64, expansion: &str) -> String {
    let times = derivatives(kink);
    let only = if times == 0 { "" } else { "only " };
    format!("`{kernel}` is {only}{} mean-square differentiable at x = y: {expansion}", how_often(times))
}

pub(crate) fn not_smooth(times: i64, kink: i64, expansion: &str) -> String {
    let has = match derivatives(kink) {
        0 => "no derivative",
        1 => "one derivative",
        2 => "two derivatives",
        3 => "three derivatives",
        _ => "four derivatives",
    };
    format!(
        "`smooth = assume({times})` is not true: the process has {has} in mean square at x = y: {expansion}\n\
         remove the option, or use a smoother kernel (Matérn-3/2 has one derivative, Matérn-5/2 two)"
    )
}

pub(crate) fn smoothness_unproved(kernel: &str, times: i64, doubt: &str) -> String {
    let often = if times == 1 { String::new() } else { format!("{} ", how_often(times)) };
    format!("`{kernel}` is not known to be {often}mean-square differentiable at x = y: {doubt}")
}

pub(crate) fn smoother(times: i64, certain: bool) -> String {
    let [rough, smooth] = [2 * times - 1, 2 * times + 1];
    let example = format!("Matérn-{smooth}/2 instead of Matérn-{rough}/2");
    let vouch =
        if certain { String::new() } else { format!(", or vouch for this one: `#[kernel(smooth = assume({times}))]`") };
    format!("use a smoother kernel ({example}){vouch}")
}

pub(crate) fn no_derivative(times: i64) -> String {
    let derivative = match times {
        1 => "∂²k/∂x∂y",
        2 => "∂⁴k/∂x²∂y²",
        3 => "∂⁶k/∂x³∂y³",
        _ => "∂⁸k/∂x⁴∂y⁴",
    };
    format!("{derivative} is required where x = y")
}

pub(crate) const fn tower_help(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Product => {
            "products over coordinates whose factors are positive have them: say so with `assume(…)` if these are"
        }
        Obstacle::Length => "write it as sums and products of shorter kernels, which have them: `a + b`, `a * b`",
        Obstacle::Rough | Obstacle::DoubleSum | Obstacle::Angle | Obstacle::InnerSums => {
            "functions of sums over coordinates have them, and of products over coordinates whose factors are positive"
        }
    }
}

pub(crate) fn no_tower(kernel: &str, order: usize, obstacle: Obstacle) -> String {
    let what = match obstacle {
        Obstacle::Rough => "they do not exist",
        Obstacle::Product => "it has a product over coordinates whose factors may be 0",
        Obstacle::DoubleSum => "it has a double sum over coordinates",
        Obstacle::Angle => "it has the angle between its points",
        Obstacle::Length => "its expression is so long that they would be many times as long",
        Obstacle::InnerSums => "it has sums inside a sum that is no polynomial of them",
    };
    let which = if order == 1 { String::new() } else { format!("of order {order} and more ") };
    format!("batches do not know derivatives {which}of `{kernel}` as sums over terms: {what}")
}

pub(crate) fn expansion(of: &str, terms: &str, distance: &str) -> String {
    format!("{of} ≈ {terms} as r = {distance} → 0")
}

pub(crate) fn linear_expansion(of: &str, terms: &str) -> String {
    format!("{of} ≈ {terms} as x → y")
}

pub(crate) fn jumps(distance: &str) -> String {
    format!("k jumps as {distance} → 0")
}

pub(crate) fn inside(reduction: &str) -> String {
    format!("the body of {reduction}")
}

pub(crate) fn singular(singular: Singular, argument: &str, has_parameters: bool) -> String {
    let what = match singular {
        Singular::Root => "a root or quotient of",
        Singular::Logarithm => "a logarithm of",
        Singular::Jump => "an absolute value, maximum, minimum or comparison that changes sides with the sign of",
        Singular::Inverse => "a function that is not smooth at the zeros of",
    };
    let help = if has_parameters { " (if it is not, say so with `assume(…)`)" } else { "" };
    format!("it has {what} {argument}, which may be 0 where x = y{help}")
}

// Where a kernel is not finite.

pub(crate) const DOMAIN: &str = "Not everywhere finite:\n";

pub(crate) fn not_finite(edge: Edge, argument: &str, bounds: Option<&str>) -> String {
    let place = match edge {
        Edge::Pole => format!("infinite or NaN where {argument} = 0"),
        Edge::Root => format!("NaN where {argument} < 0, with derivatives that are infinite or NaN where it is 0"),
        Edge::Logarithm => format!("NaN where {argument} < 0, infinite or NaN where it is 0"),
        Edge::Arc => format!(
            "NaN where |{argument}| > 1 (not proved impossible), with derivatives that are infinite or NaN where it is 1"
        ),
        Edge::Tangent => format!("without bound near cos({argument}) = 0"),
        Edge::Slope => format!("derivatives infinite or NaN where {argument} = 0"),
    };
    let help = bounds.map(|bounds| format!("; `assume({bounds})` rules this out")).unwrap_or_default();
    format!("- {place}{help}\n")
}
