//! Reduce: the usual sums over coordinates, for a few points x and many points y. Lanes run over y.

use super::known::Known;
use super::packed::line;
use crate::kernel::{Base, Stage, Term};
use crate::lane::{Task, Vector};
use crate::real::{Lane, Real};

/// How many points x are taken together: each number of y that is loaded serves them all.
pub const ROWS: usize = 4;
/// As many coordinates of points x as registers can hold beside the rest.
const HELD: usize = 16;
/// How many points y at most.
pub const COLUMNS: usize = 512;

/// A summand or factor of one of the usual forms, base(x_i, y_i) or w_i base(x_i, y_i); of a coordinate alone, with one
/// weight or none.
#[derive(Clone, PartialEq)]
pub struct Described<S> {
    pub term: Term,
    pub weights: Vec<S>,
}

/// The sums that a stage of the kernel reads, if all are of the usual forms.
pub fn usual_sums<S: Real>(kernel: &dyn Known<S>, stage: Stage, d: usize) -> Vec<Described<S>> {
    let term = |slot| kernel.described_sum(stage, slot);
    let weight = |slot, i| kernel.described_weight(stage, slot, i, d);
    described(kernel.shape().sums[stage as usize], d, &term, &weight)
}

/// Terms by their numbers, with the weights of those that have some: compiled once for all kernels.
pub fn described<S: Real>(
    count: usize,
    d: usize,
    term: &dyn Fn(usize) -> Term,
    weight: &dyn Fn(usize, usize) -> S,
) -> Vec<Described<S>> {
    let describe = |number| {
        let term = term(number);
        let weighted = if let Term::Weighted(_) = term { d } else { 0 };
        Described { term, weights: (0..weighted).map(|i| weight(number, i)).collect() }
    };
    (0..count).map(describe).collect()
}

/// Fills `out`: the sum in slot `s` of row r and column c stands at `(r * slots + s) * COLUMNS + c`.
pub struct Reduce<'a, S> {
    pub sums: &'a [Described<S>],
    /// Left out: made together with something else
    pub except: Option<usize>,
    /// At most [`ROWS`] points, one behind the other.
    pub x: &'a [S],
    /// At most [`COLUMNS`] points, in tiles.
    pub y: &'a [S],
    pub d: usize,
    pub out: &'a mut [S],
}

impl<S: Real> Task<S> for Reduce<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let Self { sums, except, x, y, d, out } = self;
        let stride = sums.len() * COLUMNS;
        for (slot, sum) in sums.iter().enumerate().filter(|&(slot, _)| Some(slot) != except) {
            let out = &mut out[slot * COLUMNS..];
            let job = Job { x, y, d, weights: &sum.weights, out, stride };
            match sum.term {
                Term::Plain(base) => job.plain::<V>(base),
                Term::Weighted(base) => job.weighted::<V>(base),
                Term::Pick(base, i) => job.pick::<V>(base, i),
                Term::Custom => {}
            }
        }
    }
}

/// One slot of [`Reduce`].
struct Job<'a, S> {
    x: &'a [S],
    y: &'a [S],
    d: usize,
    weights: &'a [S],
    out: &'a mut [S],
    stride: usize,
}

/// base(x, y)
#[inline(always)]
pub(super) fn base<V: Lane>(base: Base, x: V, y: V) -> V {
    match base {
        Base::One => V::of(1.0),
        Base::X => x,
        Base::Y => y,
        Base::Difference => x - y,
        Base::Distance => V::abs(x - y),
        Base::Product => x * y,
        Base::SquareX => x * x,
        Base::SquareY => y * y,
        Base::SquareDifference => (x - y) * (x - y),
    }
}

/// A term of a sum. Not a closure: one that is not inlined has none of the features that its registers need, and every
/// operation of it is a call.
pub trait Summand: Copy {
    /// sum + term(x, y, weight)
    fn to<V: Vector>(self, sum: V, x: V, y: V, weight: V) -> V;
}

macro_rules! summands {
    ($($name:ident $(($kind:ident))?: |$sum:ident, $x:ident, $y:ident, $weight:ident| $body:expr;)*) => {$(
        #[derive(Clone, Copy)]
        pub struct $name $((summands!(@ $kind)))?;

        impl Summand for $name {
            #[inline(always)]
            fn to<V: Vector>(self, $sum: V, $x: V, $y: V, $weight: V) -> V {
                $(let Self($kind) = self;)?
                $body
            }
        }
    )*};
    (@ $kind:ident) => { Base };
}
summands! {
    SquareDifference: |sum, x, y, _weight| (x - y).mul_add(x - y, sum);
    Product: |sum, x, y, _weight| x.mul_add(y, sum);
    Plain(kind): |sum, x, y, _weight| sum + base(kind, x, y);
    WeightedSquareDifference: |sum, x, y, weight| (weight * (x - y)).mul_add(x - y, sum);
    WeightedProduct: |sum, x, y, weight| (weight * x).mul_add(y, sum);
    Weighted(kind): |sum, x, y, weight| weight.mul_add(base(kind, x, y), sum);
}

/// A slot, and what it sums.
struct Summed<'a, S, A> {
    job: Job<'a, S>,
    add: A,
}

impl<S: Real, A: Summand> Task<S> for Summed<'_, S, A> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        self.job.of_dimension::<V>(self.add);
    }
}

impl<S: Real> Job<'_, S> {
    #[inline(always)]
    fn plain<V: Vector<Scalar = S>>(self, kind: Base) {
        match kind {
            Base::SquareDifference => V::apart(Summed { job: self, add: SquareDifference }),
            Base::Product => V::apart(Summed { job: self, add: Product }),
            _ => self.sum::<V, 0>(Plain(kind)),
        }
    }

    #[inline(always)]
    fn weighted<V: Vector<Scalar = S>>(self, kind: Base) {
        match kind {
            Base::SquareDifference => V::apart(Summed { job: self, add: WeightedSquareDifference }),
            Base::Product => V::apart(Summed { job: self, add: WeightedProduct }),
            _ => self.sum::<V, 0>(Weighted(kind)),
        }
    }

    #[inline(always)]
    fn pick<V: Vector<Scalar = S>>(self, kind: Base, i: usize) {
        let Self { x, y, d, weights, out, stride } = self;
        let weight = weights.first().map(|&weight| V::splat(weight));
        for (r, x) in x.chunks_exact(d).enumerate() {
            let x = V::splat(x[i]);
            for (t, tile) in y.chunks_exact(d * line::<S>()).enumerate() {
                for k in (0..line::<S>()).step_by(V::LANES) {
                    let y = V::load(&tile[i * line::<S>() + k..]);
                    let mut term = base(kind, x, y);
                    if let Some(weight) = weight {
                        term = weight * term;
                    }
                    term.store(&mut out[r * stride + t * line::<S>() + k..]);
                }
            }
        }
    }

    /// Loops over few coordinates are unrolled.
    #[inline(always)]
    fn of_dimension<V: Vector<Scalar = S>>(self, add: impl Summand) {
        match self.d {
            1 => self.sum::<V, 1>(add),
            2 => self.sum::<V, 2>(add),
            3 => self.sum::<V, 3>(add),
            4 => self.sum::<V, 4>(add),
            8 => self.sum::<V, 8>(add),
            _ => self.sum::<V, 0>(add),
        }
    }

    /// `add(sum, x_i, y_i, w_i)` for all coordinates, `D` of them, or any number if `D` is 0.
    #[inline(always)]
    fn sum<V: Vector<Scalar = S>, const D: usize>(mut self, add: impl Summand) {
        let d = if D == 0 { self.d } else { D };
        if self.x.len() == ROWS * d {
            if D > 0 && D * ROWS > HELD {
                for r in (0..ROWS).step_by(2) {
                    self.rows::<V, D, 2>(r, add);
                }
            } else {
                self.rows::<V, D, ROWS>(0, add);
            }
        } else {
            // What is left at the end, not worth more code.
            for r in 0..self.x.len() / d {
                self.rows::<V, 0, 1>(r, add);
            }
        }
    }

    /// The same for `R` rows from row `first` on.
    #[inline(always)]
    fn rows<V: Vector<Scalar = S>, const D: usize, const R: usize>(&mut self, first: usize, add: impl Summand) {
        let (d, width, stride) = (if D == 0 { self.d } else { D }, line::<S>(), self.stride);
        let x: [&[S]; R] = std::array::from_fn(|r| &self.x[(first + r) * d..][..d]);
        let mut rows = self.out[first * stride..].chunks_mut(stride);
        let out: [&mut [S; COLUMNS]; R] = std::array::from_fn(|_| {
            let row = rows.next().and_then(|row| row.first_chunk_mut());
            row.expect("sums have room for all columns of each row")
        });
        // Few enough coordinates stay in registers.
        let mut held = [[V::of(0.0); HELD]; R];
        if D > 0 && D * R <= HELD {
            for r in 0..R {
                for i in 0..D {
                    held[r][i] = V::splat(x[r][i]);
                }
            }
        }
        let weights = if self.weights.is_empty() { x[0] } else { &self.weights[..d] };
        for (t, tile) in self.y.chunks_exact(d * width).enumerate() {
            for k in (0..width).step_by(V::LANES) {
                let mut sums = [V::of(0.0); R];
                for i in 0..d {
                    let (y, weight) = (V::load(&tile[i * width + k..]), V::splat(weights[i]));
                    for r in 0..R {
                        let x = if D > 0 && D * R <= HELD { held[r][i] } else { V::splat(x[r][i]) };
                        sums[r] = add.to(sums[r], x, y, weight);
                    }
                }
                for r in 0..R {
                    sums[r].store(&mut out[r][t * width + k..]);
                }
            }
        }
    }
}
