//! Contract: Σ_ij u_i ∂K_ij/∂θ v_j for every number of every parameter, from sums of pairs of points. Neither a block
//! nor a derivative of one is formed: a pair takes O(d), for all parameters together. Lanes run over y; each keeps its
//! own total until the last pair.

use super::coefficients::load;
use super::leaf::{Sums, pieces};
use super::multiply::Entries;
use super::packed::{line, whole_lines};
use super::place::{Across, AcrossAlong};
use super::reduce::{COLUMNS, ROWS};
use super::registers::Registers;
use crate::kernel::{Kernel, Stage};
use crate::lane::{Detected, Task, Vector};
use crate::real::Real;

/// Numbers of points y in tiles: those of the first, of the second, …; or the same for all.
#[derive(Clone, Copy)]
pub struct ByTiles<'a, S> {
    pub numbers: &'a [S],
    /// How many numbers the next tile begins after: 0 if they are the same for all.
    pub step: usize,
}

/// Where the numbers that a point has in a vector stand among those that it has at most, of which there are `count`.
pub struct Places {
    pub places: Vec<usize>,
    pub count: usize,
}

impl<'a, S: Real> ByTiles<'a, S> {
    /// Numbers of all points.
    pub fn of_all(places: &Places, numbers: impl Iterator<Item = S>, memory: &'a mut [S]) -> Self {
        let memory = &mut memory[..places.count * line::<S>()];
        memory.fill(S::of(0.0));
        for (&place, number) in places.places.iter().zip(numbers) {
            for to in &mut memory[place * line::<S>()..][..line::<S>()] {
                *to += number;
            }
        }
        Self { numbers: memory, step: 0 }
    }

    /// `numbers(e)` are those with number e of so many points. What fills up the last tile is 0, so that pairs with it
    /// do not count.
    pub fn packed<I>(places: &Places, points: usize, numbers: impl Fn(usize) -> I, memory: &'a mut [S]) -> Self
    where
        I: Iterator<Item = S>,
    {
        let width = line::<S>();
        let (step, tiles) = (places.count * width, points.div_ceil(width));
        memory[..tiles * step].fill(S::of(0.0));
        for (e, &place) in places.places.iter().enumerate() {
            let mut numbers = numbers(e);
            for tile in memory.chunks_exact_mut(step).take(tiles) {
                for (to, number) in tile[place * width..][..width].iter_mut().zip(&mut numbers) {
                    *to += number;
                }
            }
        }
        Self { numbers: memory, step }
    }

    fn tile(&self, t: usize) -> &'a [S] {
        &self.numbers[t * self.step..]
    }
}

/// Point x number `point`, and `columns` points y from `first` on.
#[derive(Clone, Copy)]
pub struct Pairs {
    pub point: usize,
    pub first: usize,
    pub columns: usize,
}

/// The vectors u and v that stand beside the block of a pair. There may be several, whose products are added up.
pub trait Between<S>: Sync {
    /// How many.
    fn count(&self) -> usize;
    /// How many numbers u and v have for a pair.
    fn lengths(&self) -> [usize; 2];
    /// The vectors with number `k`, in memory of [`lengths`](Self::lengths) for [`COLUMNS`] points y, if they have to
    /// be arranged first.
    fn at<'s>(&'s self, pairs: Pairs, k: usize, memory: [&'s mut [S]; 2]) -> [ByTiles<'s, S>; 2];
}

/// Code of a kernel that adds to the totals of each lane: from a point x, points y in tiles, their sums, and vectors u
/// and v.
pub type OuterTotals<'a, S> = dyn Fn([&[S]; 3], [ByTiles<'_, S>; 2], &mut [S]) + Sync + 'a;

/// That code for blocks of values: the vectors have a number for each column, so that u · v weighs a pair.
#[allow(clippy::type_complexity, reason = "`OuterTotals`, before it is one")]
pub fn outer_of_values<K: Kernel>(
    kernel: &K,
    level: Detected,
) -> impl Fn([&[K::Scalar]; 3], [ByTiles<'_, K::Scalar>; 2], &mut [K::Scalar]) + Sync {
    move |[x, y, sums], vectors, totals| level.run(OfValues { kernel, x, y, sums, vectors, totals })
}

/// That code for blocks with derivatives by x (if `X`) or y (if `Y`).
#[allow(clippy::type_complexity, reason = "`OuterTotals`, before it is one")]
pub fn outer_of_derivatives<K: Kernel, const X: bool, const Y: bool>(
    kernel: &K,
    level: Detected,
    sides: [Entries; 2],
) -> impl Fn([&[K::Scalar]; 3], [ByTiles<'_, K::Scalar>; 2], &mut [K::Scalar]) + Sync {
    move |[x, y, sums], vectors, totals| {
        level.run(OfDerivatives::<K, X, Y> { kernel, x, y, sums, sides, vectors, totals });
    }
}

struct OfValues<'a, K: Kernel> {
    kernel: &'a K,
    x: &'a [K::Scalar],
    y: &'a [K::Scalar],
    sums: &'a [K::Scalar],
    vectors: [ByTiles<'a, K::Scalar>; 2],
    totals: &'a mut [K::Scalar],
}

impl<K: Kernel> Task<K::Scalar> for OfValues<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, x, y, sums: from, vectors: [u, v], totals } = self;
        let width = line::<K::Scalar>();
        let (count, numbers) = (K::SHAPE.sums[Stage::Params as usize], K::SHAPE.parameter_numbers(x.len()));
        let (mut sums, mut derivatives) = (Registers::<V>::new(count), Registers::<V>::new(numbers));
        let (sums, derivatives) = (sums.get(count), derivatives.get(numbers));
        let terms = u.step.max(v.step) / width;
        for (t, tile) in y.chunks_exact(x.len() * width).enumerate() {
            let (u, v) = (u.tile(t), v.tile(t));
            for k in (0..width).step_by(V::LANES) {
                load(from, t * width + k, sums);
                let _ = kernel.params(&Across { i: 0, x, y: &tile[k..] }, sums, derivatives);
                let mut weight = V::of(0.0);
                for term in 0..terms {
                    weight = V::load(&u[term * width + k..]).mul_add(V::load(&v[term * width + k..]), weight);
                }
                for (l, &derivative) in derivatives.iter().enumerate() {
                    let total = &mut totals[l * width + k..];
                    derivative.mul_add(weight, V::load(total)).store(total);
                }
            }
        }
    }
}

struct OfDerivatives<'a, K: Kernel, const X: bool, const Y: bool> {
    kernel: &'a K,
    x: &'a [K::Scalar],
    y: &'a [K::Scalar],
    sums: &'a [K::Scalar],
    sides: [Entries; 2],
    vectors: [ByTiles<'a, K::Scalar>; 2],
    totals: &'a mut [K::Scalar],
}

impl<K: Kernel, const X: bool, const Y: bool> Task<K::Scalar> for OfDerivatives<'_, K, X, Y> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, x, y, sums: from, sides: [left, right], vectors: [u, v], totals } = self;
        let width = line::<K::Scalar>();
        let (count, numbers) = (K::SHAPE.sums[Stage::Contract as usize], K::SHAPE.parameter_numbers(x.len()));
        let (mut sums, mut jets) = (Registers::<V>::new(count), Registers::<V>::new(4 * numbers));
        let sums = sums.get(count);
        let (jets, _) = jets.get(4 * numbers).as_chunks_mut::<4>();
        // What the operators do not ask for need not exist, and 0 · NaN is not 0.
        let wanted = [left.value && right.value, X && right.value, left.value && Y, X && Y];
        let [after_u, after_v] = [left, right].map(|side| if side.value { width } else { 0 });
        for (t, tile) in y.chunks_exact(x.len() * width).enumerate() {
            let (u, v) = (u.tile(t), v.tile(t));
            for k in (0..width).step_by(V::LANES) {
                load(from, t * width + k, sums);
                let across = Across { i: 0, x, y: &tile[k..] };
                let along = AcrossAlong::<_, X, Y> { across, u: since(u, after_u + k), v: since(v, after_v + k) };
                let _ = kernel.contract(&along, sums, jets);
                let one = V::of(1.0);
                let u_0 = if left.value { V::load(&u[k..]) } else { one };
                let v_0 = if right.value { V::load(&v[k..]) } else { one };
                let weights = [u_0 * v_0, v_0, u_0, one];
                for (l, jet) in jets.iter().enumerate() {
                    let to = &mut totals[l * width + k..];
                    let mut total = V::load(to);
                    for e in 0..4 {
                        if wanted[e] {
                            total = jet[e].mul_add(weights[e], total);
                        }
                    }
                    total.store(to);
                }
            }
        }
    }
}

/// Numbers from one on: none of a vector that has none for the gradient.
#[inline(always)]
fn since<S>(numbers: &[S], at: usize) -> &[S] {
    numbers.get(at..).unwrap_or_default()
}

/// The totals of all pairs of some points x with all points y.
pub struct Contraction<'a, S> {
    pub sums: &'a Sums<'a, S>,
    pub outer: &'a OuterTotals<'a, S>,
    pub d: usize,
    /// How many points y there are.
    pub columns: usize,
    /// Those in tiles
    pub tiles: &'a [S],
    pub vectors: &'a dyn Between<S>,
    /// How many totals there are.
    pub numbers: usize,
}

impl<S: Real> Contraction<'_, S> {
    /// Those of points x from number `first` on.
    pub fn totals(&self, first: usize, x: &[S], memory: &mut Vec<S>) -> Vec<S> {
        let (d, width, slots) = (self.d, line::<S>(), self.sums.stride());
        let [of_u, of_v] = self.vectors.lengths();
        let sizes = [ROWS * slots, self.numbers * width, of_u * COLUMNS, of_v * COLUMNS];
        let [sums, totals, u, v] = pieces(memory, sizes);
        totals.fill(S::of(0.0));
        for (block, x) in x.chunks(ROWS * d).enumerate() {
            for first_column in (0..self.columns).step_by(COLUMNS) {
                let columns = COLUMNS.min(self.columns - first_column);
                let tiles = &self.tiles[first_column * d..][..whole_lines::<S>(columns) * d];
                self.sums.reduce(x, tiles, d, sums);
                for (r, (x, sums)) in x.chunks_exact(d).zip(sums.chunks_exact(slots)).enumerate() {
                    let pairs = Pairs { point: first + block * ROWS + r, first: first_column, columns };
                    for k in 0..self.vectors.count() {
                        let vectors = self.vectors.at(pairs, k, [&mut *u, &mut *v]);
                        (self.outer)([x, tiles, sums], vectors, totals);
                    }
                }
            }
        }
        let lanes = totals.chunks_exact(width).take(self.numbers);
        lanes.map(|lanes| lanes.iter().fold(S::of(0.0), |sum, &lane| sum + lane)).collect()
    }
}
