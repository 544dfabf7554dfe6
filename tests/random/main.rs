//! Two hundred random kernels through the macro: every block of their pair functions against hyper-dual numbers.
//!
//! `kernels.rs` is generated: `cargo test -p kernel-tests --test random -- --ignored write_kernels` writes it anew.

#[path = "../../kernel-macros/core/tests/property/blocks.rs"]
mod blocks;
#[path = "../../kernel-macros/core/tests/property/expression.rs"]
mod expression;
#[path = "../../kernel-macros/core/tests/property/generate.rs"]
mod generate;
#[expect(dead_code, reason = "the other test prints more")]
#[path = "../../kernel-macros/core/tests/property/judge.rs"]
mod judge;
#[expect(dead_code, reason = "the other test prints more")]
#[path = "../../kernel-macros/core/tests/property/known.rs"]
mod known;
#[path = "../../kernel-macros/core/tests/property/oracle.rs"]
mod oracle;
#[path = "../../kernel-macros/core/tests/property/points.rs"]
mod points;
#[path = "../../kernel-macros/core/tests/property/random.rs"]
mod random;

/// A kernel of numbers as an [`Evaluate`].
macro_rules! scalar {
    ($k:ident, $($p:ident),*) => {
        |input| {
            let mut rest = &input.parameters[..];
            $(let $p = Argument::take(&mut rest);)*
            let (x, y) = (input.x[0], input.y[0]);
            Blocks {
                value: vec![$k(x, y, $($p),*)],
                grad_x: vec![$k::grad(x, y, $($p),*)],
                grad_y: vec![$k::grad_y(x, y, $($p),*)],
                hess_xx: vec![$k::hess_xx(x, y, $($p),*)],
                hess_xy: vec![$k::hess_xy(x, y, $($p),*)],
                hess_yy: vec![$k::hess_yy(x, y, $($p),*)],
                grad_params: $k::grad_params(x, y, $($p),*).to_vec(),
                hess_xy_params: $k::hess_xy_params(x, y, $($p),*).to_vec(),
            }
        }
    };
}

/// A kernel of arrays.
macro_rules! array {
    ($k:ident, $($p:ident),*) => {
        |input| {
            let mut rest = &input.parameters[..];
            $(let $p = Argument::take(&mut rest);)*
            let [x, y] = [&input.x, &input.y].map(|point| point[..].try_into().expect("two coordinates"));
            Blocks {
                value: vec![$k(x, y, $($p),*)],
                grad_x: $k::grad(x, y, $($p),*).to_vec(),
                grad_y: $k::grad_y(x, y, $($p),*).to_vec(),
                hess_xx: $k::hess_xx(x, y, $($p),*).concat(),
                hess_xy: $k::hess_xy(x, y, $($p),*).concat(),
                hess_yy: $k::hess_yy(x, y, $($p),*).concat(),
                grad_params: $k::grad_params(x, y, $($p),*).to_vec(),
                hess_xy_params: $k::hess_xy_params(x, y, $($p),*).concat().concat(),
            }
        }
    };
}

/// A kernel of slices.
macro_rules! slice {
    ($k:ident, $($p:ident),*) => {
        |input| {
            let mut rest = &input.parameters[..];
            $(let $p = Argument::take(&mut rest);)*
            let (x, y, d) = (&input.x[..], &input.y[..], input.x.len());
            let mut blocks = Blocks::nan(d, input.parameters.len());
            blocks.value[0] = $k(x, y, $($p),*);
            $k::grad(x, y, $($p,)* &mut blocks.grad_x);
            $k::grad_y(x, y, $($p,)* &mut blocks.grad_y);
            $k::hess_xx(x, y, $($p,)* &mut blocks.hess_xx);
            $k::hess_xy(x, y, $($p,)* &mut blocks.hess_xy);
            $k::hess_yy(x, y, $($p,)* &mut blocks.hess_yy);
            $k::grad_params(x, y, $($p,)* &mut blocks.grad_params);
            $k::hess_xy_params(x, y, $($p,)* &mut blocks.hess_xy_params);
            blocks
        }
    };
}

mod kernels;

use std::fmt::Write as _;

use blocks::{Blocks, Input};
use expression::{Kernel, Points};
use generate::Size;
use judge::{Kind, Miss};
use random::Random;

const KERNELS: usize = 200;
const DEPTH: usize = 2;
/// Not those of the property test of `kernel-core`.
const SEED: u64 = 1 << 40;

/// The n-th kernel.
fn kernel(n: usize) -> Kernel {
    generate::kernel(SEED + n as u64, Size { depth: DEPTH })
}

/// All of `kernels.rs`.
fn source() -> String {
    let mut out = String::from(
        "//! Written by `write_kernels` in `main.rs`.\n\
         #![allow(clippy::all, clippy::pedantic, unused, reason = \"nobody wrote it\")]\n\
         #![cfg_attr(rustfmt, rustfmt_skip)]\n\n\
         use kernel_runtime::kernel;\n\n\
         use super::{Argument, Blocks, Evaluate};\n\n",
    );
    for n in 0..KERNELS {
        let kernel = kernel(n);
        let function = kernel.source(&format!("k{n}"));
        write!(out, "#[kernel({}, name = K{n})]\n{function}\n", kernel.options()).expect("a string takes it");
    }
    out.push_str("pub const KERNELS: &[Evaluate] = &[\n");
    for n in 0..KERNELS {
        let kernel = kernel(n);
        let form = match kernel.points {
            Points::Scalar => "scalar",
            Points::Array => "array",
            Points::Slice => "slice",
        };
        let names: Vec<&str> =
            ["a", "b"].into_iter().take(kernel.scalars).chain(kernel.weighted.then_some("w")).collect();
        writeln!(out, "    {form}!(k{n}, {}),", names.join(", ")).expect("a string takes it");
    }
    out.push_str("];\n");
    out
}

/// Every block of a kernel that the macro has expanded.
pub type Evaluate = fn(&Input) -> Blocks;

/// A parameter, taken from those that are left.
trait Argument<'a> {
    fn take(rest: &mut &'a [f64]) -> Self;
}

impl Argument<'_> for f64 {
    fn take(rest: &mut &[f64]) -> Self {
        let (first, others) = rest.split_first().expect("a parameter is left");
        *rest = others;
        *first
    }
}

/// Of which there is one, the last.
impl<'a> Argument<'a> for &'a [f64] {
    fn take(rest: &mut &'a [f64]) -> Self {
        std::mem::take(rest)
    }
}

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/random/kernels.rs");

#[test]
fn kernels_are_those_of_the_generator() {
    assert!(include_str!("kernels.rs") == source(), "run `cargo test -p kernel-tests --test random -- --ignored`");
}

#[test]
#[ignore = "it writes a source file"]
fn write_kernels() {
    std::fs::write(PATH, source()).expect("the file can be written");
}

#[test]
fn every_block_is_what_hyper_dual_numbers_say() {
    let mut complaints = Vec::new();
    for (n, evaluate) in kernels::KERNELS.iter().enumerate() {
        let kernel = kernel(n);
        let mut random = Random::new(n as u64);
        for input in points::inputs(&mut random, &kernel) {
            let misses = judge::judge(&kernel, &input, &evaluate(&input));
            // The value is the user's own function, which may well be 0/0 where the points meet.
            let users = |miss: &Miss| (miss.kind, miss.block) == (Kind::NoLimit, "value");
            for miss in misses.iter().filter(|miss| !users(miss) && known::excuse(&kernel, miss).is_none()) {
                complaints.push(format!("{miss}\n  at {input:?}\n{}", kernel.source(&format!("k{n}"))));
            }
        }
    }
    assert!(complaints.is_empty(), "{} misses\n{}", complaints.len(), complaints.join("\n"));
}
