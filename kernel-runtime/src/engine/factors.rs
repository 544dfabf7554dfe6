//! Factors of one coordinate: the usual ones by their description, a kernel's own by its code.

use super::coefficients::{COEFFICIENTS, Order};
use super::packed::line;
use super::place::{Across, Along};
use super::reduce::{Described, base, described};
use super::registers::Registers;
use crate::kernel::{Kernel, Side, Term};
use crate::lane::{Detected, Task, Vector};
use crate::real::Real;

/// Which factors a block is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sides {
    pub x: bool,
    pub y: bool,
    pub diagonal: bool,
}

/// The factors f_p, g_q and h_e of a kernel.
pub struct Factors<'a, S> {
    pub x: Vec<Described<S>>,
    pub y: Vec<Described<S>>,
    pub diagonal: Vec<Described<S>>,
    /// Fills them all, where some are the kernel's own.
    pub own: Option<&'a OwnFactors<'a, S>>,
}

/// Code of a kernel that fills its factors for one pair of points, or for the first coordinate of several.
pub type OwnFactors<'a, S> = dyn Fn(Pair<'_, S>, &mut [S]) + Sync + 'a;

/// What factors are made from.
#[derive(Clone, Copy)]
pub enum Pair<'a, S> {
    /// All coordinates of a pair of points (and what is behind them to the end of a vector), its coefficients in column `column`, and
    /// where the next factor goes.
    One { x: &'a [S], y: &'a [S], coefficients: &'a [S], column: usize, stride: usize },
    /// The only coordinate of a point x and of points y in tiles, and their coefficients from column `column` on.
    Line { x: &'a [S], y: &'a [S], coefficients: &'a [S], column: usize },
}

/// The factors by their descriptions.
pub fn usual_factors<K: Kernel>(kernel: &K, d: usize, sides: Sides) -> Factors<'_, K::Scalar> {
    let describe = |side: Side, count: usize, wanted: bool| {
        let (term, weight) =
            (|number| kernel.factor(side, number), |number, i| kernel.factor_weight(side, number, i, d));
        described(if wanted { count } else { 0 }, d, &term, &weight)
    };
    Factors {
        x: describe(Side::X, K::SHAPE.x, sides.x),
        y: describe(Side::Y, K::SHAPE.y, sides.y),
        diagonal: describe(Side::Diagonal, K::SHAPE.diagonal, sides.diagonal),
        own: None,
    }
}

impl<S: Real> Described<S> {
    /// For coordinates `i` to `i + LANES` of one pair.
    #[inline(always)]
    pub fn along<V: Vector<Scalar = S>>(&self, i: usize, x: &[S], y: &[S]) -> V {
        let (x, y) = (V::load(&x[i..]), V::load(&y[i..]));
        match self.term {
            Term::Plain(kind) => base(kind, x, y),
            Term::Weighted(kind) => {
                let rest = &self.weights[i..];
                let weight = if rest.len() < V::LANES { V::load_part(rest) } else { V::load(rest) };
                weight * base(kind, x, y)
            }
            Term::Pick(..) | Term::Custom => V::of(0.0),
        }
    }

    /// For the first coordinate of several pairs.
    #[inline(always)]
    pub fn across<V: Vector<Scalar = S>>(&self, x: V, y: V) -> V {
        match self.term {
            Term::Plain(kind) => base(kind, x, y),
            Term::Weighted(kind) => V::splat(self.weights[0]) * base(kind, x, y),
            Term::Pick(..) | Term::Custom => V::of(0.0),
        }
    }
}

/// [`OwnFactors`] of a kernel.
pub fn own_factors<K: Kernel>(
    kernel: &K,
    level: Detected,
    d: usize,
    sides: Sides,
) -> impl Fn(Pair<'_, K::Scalar>, &mut [K::Scalar]) + Sync {
    move |pair, out| level.run(Own { kernel, d, sides, pair, out })
}

/// Numbers of f_0, of f_1, …, g_0, …, h_0, … one behind the other: each has the coordinates of a pair, in whole vectors, or the
/// columns of a line.
struct Own<'a, K: Kernel> {
    kernel: &'a K,
    d: usize,
    sides: Sides,
    pair: Pair<'a, K::Scalar>,
    out: &'a mut [K::Scalar],
}

impl<K: Kernel> Task<K::Scalar> for Own<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, d, sides, pair, out } = self;
        let (shape, order, width) = (K::SHAPE, Order::new(K::SHAPE), line::<K::Scalar>());
        let mut frame = Registers::<V>::new(shape.frame);
        let frame = frame.get(shape.frame);
        let mut registers = Registers::<V>::new(shape.x.max(shape.y).max(shape.diagonal));
        // Macros: code that mentions V is not to be in a closure, which might stay one.
        macro_rules! put {
            ($stage:ident, $place:expr, $count:expr, $start:ident, $stride:expr) => {
                let numbers = registers.get($count);
                kernel.$stage(&$place, frame, numbers);
                for &number in &*numbers {
                    number.store(&mut out[$start..]);
                    $start += $stride;
                }
            };
        }
        macro_rules! fill {
            ($place:expr, $at:expr, $stride:expr) => {
                let mut start = $at;
                if sides.x {
                    put!(factors_x, $place, shape.x, start, $stride);
                }
                if sides.y {
                    put!(factors_y, $place, shape.y, start, $stride);
                }
                if sides.diagonal {
                    put!(diagonals, $place, shape.diagonal, start, $stride);
                }
                let _ = start;
            };
        }
        match pair {
            Pair::One { x, y, coefficients, column, stride } => {
                for (number, value) in frame.iter_mut().enumerate() {
                    *value = V::splat(coefficients[(order.frame + number) * COEFFICIENTS + column]);
                }
                for i in (0..d).step_by(V::LANES) {
                    fill!(Along { i, d, x, y }, i, stride);
                }
            }
            Pair::Line { x, y, coefficients, column } => {
                for (t, tile) in y.chunks_exact(width).enumerate() {
                    for k in (0..width).step_by(V::LANES) {
                        let at = t * width + k;
                        for (number, value) in frame.iter_mut().enumerate() {
                            *value = V::load(&coefficients[(order.frame + number) * COEFFICIENTS + column + at..]);
                        }
                        fill!(Across { i: 0, x, y: &tile[k..] }, at, y.len());
                    }
                }
            }
        }
    }
}

/// What adds up the terms of all pairs of coordinates of a kernel, with their coefficients: [`Dense`](super::expand::Dense).
pub fn own_dense<K: Kernel>(
    kernel: &K,
    level: Detected,
    d: usize,
) -> impl Fn(Pair<'_, K::Scalar>, &mut [K::Scalar]) + Sync {
    move |pair, out| level.run(OwnDense { kernel, d, pair, out })
}

struct OwnDense<'a, K: Kernel> {
    kernel: &'a K,
    d: usize,
    pair: Pair<'a, K::Scalar>,
    out: &'a mut [K::Scalar],
}

impl<K: Kernel> Task<K::Scalar> for OwnDense<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, d, pair, out } = self;
        let (shape, order, width) = (K::SHAPE, Order::new(K::SHAPE), line::<K::Scalar>());
        let mut frame = Registers::<V>::new(shape.frame);
        let frame = frame.get(shape.frame);
        let mut terms = Registers::<V>::new(shape.dense);
        let terms = terms.get(shape.dense);
        match pair {
            Pair::One { x, y, coefficients, column, .. } => {
                macro_rules! coefficient {
                    ($number:expr) => {
                        V::splat(coefficients[($number) * COEFFICIENTS + column])
                    };
                }
                for (number, value) in frame.iter_mut().enumerate() {
                    *value = coefficient!(order.frame + number);
                }
                for b in 0..d {
                    for i in (0..d).step_by(V::LANES) {
                        kernel.entries(&Along { i, d, x, y }, b, frame, terms);
                        let mut sum = V::of(0.0);
                        for (t, &term) in terms.iter().enumerate() {
                            sum = coefficient!(order.dense + t).mul_add(term, sum);
                        }
                        sum.store(&mut out[b * d.next_multiple_of(width) + i..]);
                    }
                }
            }
            Pair::Line { x, y, coefficients, column } => {
                for (t, tile) in y.chunks_exact(width).enumerate() {
                    for k in (0..width).step_by(V::LANES) {
                        let at = t * width + k;
                        macro_rules! coefficient {
                            ($number:expr) => {
                                V::load(&coefficients[($number) * COEFFICIENTS + column + at..])
                            };
                        }
                        for (number, value) in frame.iter_mut().enumerate() {
                            *value = coefficient!(order.frame + number);
                        }
                        kernel.entries(&Across { i: 0, x, y: &tile[k..] }, 0, frame, terms);
                        let mut sum = V::of(0.0);
                        for (t, &term) in terms.iter().enumerate() {
                            sum = coefficient!(order.dense + t).mul_add(term, sum);
                        }
                        sum.store(&mut out[at..]);
                    }
                }
            }
        }
    }
}
