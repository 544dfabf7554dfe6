//! The covariances of two operators, of a point x and some points y.
//!
//! Entry by entry, a few vectors of points y at a time: what is added up for them stays in registers until it is an
//! entry, and this until it is written, or multiplied with what it is to be multiplied with. To read which arrays are
//! multiplied takes less time than to go through memory again.

#![allow(clippy::needless_range_loop, reason = "registers beside numbers")]

use std::ops::Range;

use super::vectors::ByChunks;
use crate::engine::packed::line;
use crate::engine::slices::product;
use crate::lane::{Vector, Vectors, VectorsMut};
use crate::real::Real;

/// Entries as sums of products of arrays, of which each number says where one begins.
pub struct Plan<S> {
    /// What is made first.
    pub made: Vec<Make<S>>,
    /// What is not among them is 0.
    pub entries: Vec<Entry>,
    pub terms: Vec<Term<S>>,
}

pub enum Make<S> {
    Product([usize; 2]),
    /// Σ_i Π w(i) Π f(i) of factors, the first coordinates of which are there.
    Summed {
        factors: Vec<usize>,
        weights: Vec<S>,
    },
}

/// Of a component on the left and one on the right, with its terms.
pub struct Entry {
    pub components: [usize; 2],
    pub terms: Range<usize>,
}

/// The product of so many operands, times a number.
///
/// Terms that share a coefficient do not share its product: a loop over these costs more than the product does.
pub struct Term<S> {
    /// The number is the sum of these of the pairing's weights, times numbers.
    pub weights: Vec<(usize, S)>,
    pub operands: [usize; 4],
    pub count: usize,
}

/// Some pairs of one point x.
pub struct Evaluate<'a, S: Real> {
    pub plan: &'a Plan<S>,
    /// Of each term.
    pub weights: &'a [S],
    pub arrays: &'a mut [S],
    /// Where the arrays of [`Plan::made`] begin, and how many numbers one of them begins after another.
    pub made: usize,
    pub stride: usize,
    /// How many points y there are, in whole lines.
    pub width: usize,
    pub to: To<'a, S>,
}

/// What becomes of entries.
pub enum To<'a, S: Real> {
    /// An array for each, as far apart as those of [`Evaluate`], of so many components on the right.
    Entries(&'a mut [S], usize),
    /// The only one is written, past the caches if so told, where its memory begins with a line.
    Row(&'a mut [S], bool),
    /// They are multiplied with vectors.
    Dots(Dots<'a, S>),
    /// So are those of the transposed matrix.
    Both(Dots<'a, S>, Back<'a, S>),
}

/// Sums of entries times the numbers that points y have in vectors, lane by lane.
pub struct Dots<'a, S: Real> {
    pub vectors: &'a [ByChunks<S>],
    /// The first point y of the chunk, and how many of it are left out.
    pub place: [usize; 2],
    /// A line for each component on the left, of which there are so many, those of one vector after those of another.
    pub sums: &'a mut [S],
    pub of_left: usize,
}

/// Entries times the numbers that the point x has in vectors.
pub struct Back<'a, S: Real> {
    /// Those of one vector after those of another.
    pub of_x: &'a [S],
    /// What they are added to, for each vector
    pub sums: &'a mut [ByChunks<S>],
    /// For points y before this one, of those that are not left out, nothing is: a multiple of [`together`].
    pub from: usize,
}

/// At most so many points y are in registers, and of those a divisor.
pub const fn together<S>() -> usize {
    8 * line::<S>()
}

impl<S: Real> Evaluate<'_, S> {
    #[inline(always)]
    pub fn run<V: Vector<Scalar = S>>(mut self) {
        self.make::<V>();
        let Self { plan, weights, arrays, stride, width, to, .. } = self;
        let terms = Terms { plan, weights, arrays, width };
        match to {
            To::Entries(out, of_right) => terms.all::<V>(&mut Entries { out, of_right, stride }),
            To::Row(out, false) => terms.all::<V>(&mut Row::<false, S>(out)),
            To::Row(out, true) => terms.all::<V>(&mut Row::<true, S>(out)),
            To::Dots(mut dots) => terms.all::<V>(&mut dots),
            To::Both(dots, back) => terms.all::<V>(&mut Both { dots, back }),
        }
    }

    #[inline(always)]
    fn make<V: Vector<Scalar = S>>(&mut self) {
        let Self { plan, arrays, made, stride, width, .. } = self;
        for (number, make) in plan.made.iter().enumerate() {
            let (before, to) = arrays.split_at_mut(*made + number * *stride);
            let to = &mut to[..*width];
            let array = |at: &usize, i: usize| &before[at + i * *stride..][..*width];
            match make {
                Make::Product([a, b]) => product::<V, false>(array(a, 0), array(b, 0), to),
                Make::Summed { factors, weights } => {
                    to.fill(S::of(0.0));
                    let Some((last, others)) = factors.split_last() else { continue };
                    for (i, &weight) in weights.iter().enumerate() {
                        for at in (0..to.len()).step_by(V::LANES) {
                            let mut term = V::splat(weight) * V::load(&array(last, i)[at..]);
                            for other in others {
                                term = term * V::load(&array(other, i)[at..]);
                            }
                            let to = &mut to[at..];
                            (V::load(to) + term).store(to);
                        }
                    }
                }
            }
        }
    }
}

/// What entries are made of.
struct Terms<'a, S> {
    plan: &'a Plan<S>,
    weights: &'a [S],
    arrays: &'a [S],
    width: usize,
}

impl<S: Real> Terms<'_, S> {
    /// The more vectors at a time the better, as long as there are registers for them.
    #[inline(always)]
    fn all<V: Vector<Scalar = S>>(&self, sink: &mut impl Sink<S>) {
        if V::LANES < line::<S>() { self.by::<V, 4>(sink) } else { self.by::<V, 8>(sink) }
    }

    #[inline(always)]
    fn by<V: Vector<Scalar = S>, const N: usize>(&self, sink: &mut impl Sink<S>) {
        let step = N * V::LANES;
        let whole = self.width - self.width % step;
        for entry in &self.plan.entries {
            let terms = (&self.plan.terms[entry.terms.clone()], &self.weights[entry.terms.clone()]);
            for at in (0..whole).step_by(step) {
                sink.take(entry.components, at, &self.some::<V, N>(terms, at));
            }
            for at in (whole..self.width).step_by(V::LANES) {
                sink.take(entry.components, at, &self.some::<V, 1>(terms, at));
            }
        }
    }

    /// `N` vectors of an entry from point `at` on.
    #[inline(always)]
    fn some<V: Vector<Scalar = S>, const N: usize>(&self, (terms, weights): (&[Term<S>], &[S]), at: usize) -> [V; N] {
        let arrays = Vectors::<V>::all(self.arrays);
        let mut sum = [V::of(0.0); N];
        for (term, &weight) in terms.iter().zip(weights) {
            let weight = V::splat(weight);
            let a = operand(&arrays, term, 0, at, N);
            if term.count == 1 {
                for k in 0..N {
                    sum[k] = weight.mul_add(a.get(k), sum[k]);
                }
                continue;
            }
            let b = operand(&arrays, term, 1, at, N);
            if term.count == 2 {
                for k in 0..N {
                    sum[k] = (weight * a.get(k)).mul_add(b.get(k), sum[k]);
                }
                continue;
            }
            let c = operand(&arrays, term, 2, at, N);
            if term.count == 3 {
                for k in 0..N {
                    sum[k] = (weight * a.get(k) * b.get(k)).mul_add(c.get(k), sum[k]);
                }
                continue;
            }
            let d = operand(&arrays, term, 3, at, N);
            for k in 0..N {
                sum[k] = (weight * a.get(k) * b.get(k) * c.get(k)).mul_add(d.get(k), sum[k]);
            }
        }
        sum
    }
}

/// So many vectors of an operand from point `at` on.
#[inline(always)]
fn operand<'a, V: Vector>(
    arrays: &Vectors<'a, V>,
    term: &Term<V::Scalar>,
    number: usize,
    at: usize,
    count: usize,
) -> Vectors<'a, V> {
    arrays.part((term.operands[number] + at) / V::LANES, count)
}

/// What takes vectors of an entry from point `at` on.
trait Sink<S> {
    fn take<V: Vector<Scalar = S>, const N: usize>(&mut self, components: [usize; 2], at: usize, values: &[V; N]);
}

struct Entries<'a, S> {
    out: &'a mut [S],
    of_right: usize,
    stride: usize,
}

impl<S: Real> Sink<S> for Entries<'_, S> {
    #[inline(always)]
    fn take<V: Vector<Scalar = S>, const N: usize>(&mut self, [a, b]: [usize; 2], at: usize, values: &[V; N]) {
        let array = (a * self.of_right + b) * self.stride;
        let mut to = VectorsMut::<V>::new(&mut self.out[array + at..], N);
        for k in 0..N {
            values[k].store(to.get(k));
        }
    }
}

struct Row<'a, const PAST: bool, S>(&'a mut [S]);

impl<const PAST: bool, S: Real> Sink<S> for Row<'_, PAST, S> {
    #[inline(always)]
    fn take<V: Vector<Scalar = S>, const N: usize>(&mut self, _: [usize; 2], at: usize, values: &[V; N]) {
        let mut to = VectorsMut::<V>::new(&mut self.0[at..], N);
        for k in 0..N {
            if PAST { values[k].store_past(to.get(k)) } else { values[k].store(to.get(k)) }
        }
    }
}

impl<S: Real> Sink<S> for Dots<'_, S> {
    #[inline(always)]
    fn take<V: Vector<Scalar = S>, const N: usize>(&mut self, [a, b]: [usize; 2], at: usize, values: &[V; N]) {
        let [first, skip] = self.place;
        for (v, vector) in self.vectors.iter().enumerate() {
            let from = vector.place(first, b) + skip + at;
            let vector = Vectors::<V>::all(vector.numbers()).part(from / V::LANES, N);
            // Two sums, since each step waits for the one before.
            let mut sums = [V::of(0.0); 2];
            for k in 0..N {
                sums[k % 2] = values[k].mul_add(vector.get(k), sums[k % 2]);
            }
            let to = &mut self.sums[(v * self.of_left + a) * line::<S>()..];
            (V::load(to) + (sums[0] + sums[1])).store(to);
        }
    }
}

struct Both<'a, S: Real> {
    dots: Dots<'a, S>,
    back: Back<'a, S>,
}

impl<S: Real> Sink<S> for Both<'_, S> {
    #[inline(always)]
    fn take<V: Vector<Scalar = S>, const N: usize>(&mut self, [a, b]: [usize; 2], at: usize, values: &[V; N]) {
        self.dots.take([a, b], at, values);
        if at < self.back.from {
            return;
        }
        let [first, skip] = self.dots.place;
        for (v, sums) in self.back.sums.iter_mut().enumerate() {
            let of_x = V::splat(self.back.of_x[v * self.dots.of_left + a]);
            let mut to = VectorsMut::<V>::new(&mut sums.array_mut(first, b)[skip + at..], N);
            for k in 0..N {
                let to = to.get(k);
                values[k].mul_add(of_x, V::load(to)).store(to);
            }
        }
    }
}
