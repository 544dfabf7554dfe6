//! Factors of one coordinate: the usual ones by their description, a kernel's own by its code.

use super::coefficients::{COEFFICIENTS, Order};
use super::fill::AcrossPairs;
use super::packed::line;
use super::place::{Across, Along};
use super::reduce::{Described, described};
use super::registers::Registers;
use crate::kernel::{Base, Kernel, Side, Term};
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

/// All coordinates of a pair of points (and what is behind them to the end of a vector), and its coefficients in column
/// `column`.
#[derive(Clone, Copy)]
pub struct One<'a, S> {
    pub x: &'a [S],
    pub y: &'a [S],
    pub coefficients: &'a [S],
    pub column: usize,
}

/// What factors are made from, and how many numbers after one the next goes.
#[derive(Clone, Copy)]
pub enum Pair<'a, S> {
    One {
        pair: One<'a, S>,
        stride: usize,
    },
    /// Coordinate `i` of a point x and of points y in tiles, and their coefficients from column `column` on.
    Across {
        i: usize,
        x: &'a [S],
        y: &'a [S],
        coefficients: &'a [S],
        column: usize,
        stride: usize,
    },
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

impl<S: Real> Factors<'_, S> {
    /// How many f, g and h there are.
    #[inline(always)]
    pub fn counts(&self) -> [usize; 3] {
        [self.x.len(), self.y.len(), self.diagonal.len()]
    }

    /// Whether f and g of this number are one and the same difference.
    pub fn is_shared(&self, number: usize) -> bool {
        let (f, g) = (self.x.get(number), self.y.get(number));
        f.is_some_and(|f| f.is_difference() && Some(f) == g)
    }

    /// Which term of the diagonal is the same in all coordinates, but for a weight.
    pub fn usual_diagonal(&self) -> Option<usize> {
        let is_one = |h: &Described<S>| matches!(h.term, Term::Plain(Base::One) | Term::Weighted(Base::One));
        self.diagonal.iter().position(is_one)
    }

    /// How many there are.
    #[inline(always)]
    pub fn count(&self) -> usize {
        self.x.len() + self.y.len() + self.diagonal.len()
    }

    /// The first `count` factors, or all where some are the kernel's own. Number k of coordinate i goes from
    /// `(k * d + i) * stride` on: that of a point x and of points y in tiles, whose coefficients are those from column
    /// `column` on.
    #[inline(always)]
    pub fn fill_across<V: Vector<Scalar = S>>(
        &self,
        count: usize,
        [x, y, coefficients]: [&[S]; 3],
        column: usize,
        stride: usize,
        out: &mut [S],
    ) {
        let of_each = x.len() * stride;
        if let Some(fill) = self.own {
            for i in 0..x.len() {
                let pair = Pair::Across { i, x, y, coefficients, column, stride: of_each };
                fill(pair, out.get_mut(i * stride..).unwrap_or_default());
            }
            return;
        }
        for (k, factor) in self.x.iter().chain(&self.y).chain(&self.diagonal).take(count).enumerate() {
            factor.fill::<V>(AcrossPairs { x, y, to: &mut out[k * of_each..][..of_each], stride });
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

/// Numbers of f_0, of f_1, …, g_0, …, h_0, …: each has the coordinates of a pair, in whole vectors, or one coordinate
/// of several.
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
            Pair::One { pair: One { x, y, coefficients, column }, stride } => {
                for (number, value) in frame.iter_mut().enumerate() {
                    *value = V::splat(coefficients[(order.frame + number) * COEFFICIENTS + column]);
                }
                for i in (0..d).step_by(V::LANES) {
                    fill!(Along { i, d, x, y }, i, stride);
                }
            }
            Pair::Across { i, x, y, coefficients, column, stride } => {
                for (t, tile) in y.chunks_exact(d * width).enumerate() {
                    for k in (0..width).step_by(V::LANES) {
                        let at = t * width + k;
                        for (number, value) in frame.iter_mut().enumerate() {
                            *value = V::load(&coefficients[(order.frame + number) * COEFFICIENTS + column + at..]);
                        }
                        fill!(Across { i, x, y: &tile[k..] }, at, stride);
                    }
                }
            }
        }
    }
}

/// What adds up the terms of all pairs of coordinates of a kernel, with their coefficients:
/// [`Dense`](super::expand::Dense).
pub fn own_dense<K: Kernel>(
    kernel: &K,
    level: Detected,
    d: usize,
) -> impl Fn(One<'_, K::Scalar>, &mut [K::Scalar]) + Sync {
    move |pair, out| level.run(OwnDense { kernel, d, pair, out })
}

struct OwnDense<'a, K: Kernel> {
    kernel: &'a K,
    d: usize,
    pair: One<'a, K::Scalar>,
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
        let One { x, y, coefficients, column } = pair;
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
}
