//! One task's share: rows of some points x with all points y, a few at a time, as for
//! [products](crate::engine::products) of first and second derivatives.

use ndarray::ArrayViewMut2;

use super::TowerTask;
use super::contract::{self, Contract};
use super::fill::Fill;
use super::outer::{Asked, Frame, Tall, bits, offsets};
use super::program::Program;
use super::spread::{self, Placed, Spread};
use super::vectors::{ByChunks, chunk};
use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::leaf::pieces;
use crate::engine::multiply::Entries;
use crate::engine::packed::{line, whole_lines};
use crate::engine::reduce::{COLUMNS, Described, ROWS, Reduce, described, usual_sums};
use crate::kernel::{Stage, TowerShape, TowerTerm};
use crate::lane::Detected;
use crate::real::Real;

/// What a kernel has on both sides for points y.
pub struct Block<'a, S: Real> {
    pub(super) kernel: Tall<'a, S>,
    pub(super) level: Detected,
    pub(super) shape: TowerShape,
    /// The kernel's sums, if they are of the usual forms.
    pub(super) usual: Vec<Described<S>>,
    pub(super) factors: Vec<Described<S>>,
    pub(super) scales: Vec<Option<usize>>,
    pub(super) terms: Vec<TowerTerm>,
    /// How many coefficients and numbers of the frame a pair has.
    pub(super) numbers: usize,
    pub(super) d: usize,
    /// How many points y there are.
    pub(super) columns: usize,
    /// Those in tiles
    pub(super) tiles: &'a [S],
}

/// Some points y and one point x, with what is known of them.
struct Chunk<'a, S> {
    /// The number of the point x, and of the first y.
    pub place: [usize; 2],
    pub columns: usize,
    pub factors: &'a [S],
    pub coefficients: &'a [S],
}

impl<'a, S: Real> Block<'a, S> {
    /// With the derivatives of at most such orders by x and by y.
    pub fn new(
        kernel: Tall<'a, S>,
        level: Detected,
        limits: [usize; 2],
        d: usize,
        (columns, tiles): (usize, &'a [S]),
    ) -> Self {
        let shape = kernel.tower_shape();
        let term = |number| kernel.described_factor(number);
        let weight = |number, i| kernel.factor_weight(number, i, d);
        let described = described(shape.factors, d, &term, &weight);
        let scales = (0..shape.factors).map(|number| kernel.factor_scale(number)).collect();
        let mut terms = Vec::new();
        kernel.terms(limits, &mut |term| terms.push(term));
        let numbers = offsets(shape)[limits[0] + limits[1] + 1];
        let usual = usual_sums(&*kernel, Stage::Second, d);
        Self { kernel, level, shape, usual, factors: described, scales, terms, numbers, d, columns, tiles }
    }

    /// How many numbers of memory [`each_chunk`](Self::each_chunk) needs: for sums, coefficients and factors.
    fn sizes(&self, stride: usize) -> [usize; 3] {
        let sums = self.usual.len().max(1) * COLUMNS;
        [ROWS * sums, ROWS * self.numbers * COEFFICIENTS, self.shape.factors * self.d * stride]
    }

    /// Makes the kernel's sums of at most [`ROWS`] points x and at most [`COLUMNS`] points y.
    pub(super) fn reduce(&self, x: &[S], y: &[S], sums: &mut [S]) {
        let (level, d) = (self.level, self.d);
        if self.kernel.shape().custom_sums {
            for (x, sums) in x.chunks_exact(d).zip(sums.chunks_exact_mut(self.usual.len().max(1) * COLUMNS)) {
                self.kernel.fill_sums(level, x, y, sums);
            }
        } else {
            S::reduce(level, Reduce { sums: &self.usual, except: None, x, y, d, out: sums });
        }
    }

    /// Fills the factors that are wanted of a point x and so many points y, in arrays of which the next begins `stride`
    /// numbers later.
    pub(super) fn fill(
        &self,
        wanted: &[bool],
        x: &[S],
        y: &[S],
        frame: Frame<'_, S>,
        (width, stride): (usize, usize),
        out: &mut [S],
    ) {
        // Of a combination, the code of one kernel knows nothing of another's factors that are described.
        self.kernel.fill_factors(self.level, x, y, frame, stride, out);
        let (factors, scales) = (&self.factors, &self.scales);
        S::tower(self.level, TowerTask::Fill(Fill { factors, wanted, scales, x, y, frame, width, stride, out }));
    }

    /// Goes through all points y for each of at most [`ROWS`] points x.
    fn each_chunk(
        &self,
        (order, stride): (usize, usize),
        x: &[S],
        [sums, coefficients, factors]: [&mut [S]; 3],
        mut visit: impl FnMut(Chunk<'_, S>),
    ) {
        let d = self.d;
        let all = vec![true; self.shape.factors];
        let (slots, numbers) = (self.usual.len().max(1) * COLUMNS, self.numbers * COEFFICIENTS);
        for first in (0..self.columns).step_by(COLUMNS) {
            let count = COLUMNS.min(self.columns - first);
            let y = &self.tiles[first * d..(first + whole_lines::<S>(count)) * d];
            self.reduce(x, y, sums);
            for column in (0..count).step_by(COEFFICIENTS) {
                let columns = COEFFICIENTS.min(count - column);
                for (sums, to) in sums.chunks_exact(slots).zip(coefficients.chunks_exact_mut(numbers)).take(x.len() / d)
                {
                    let (numbers, columns) = (bits(self.shape, order), whole_lines::<S>(columns));
                    let asked = Asked { order, numbers, columns, stride: COEFFICIENTS };
                    self.kernel.coefficients(self.level, &asked, d, &sums[column..], to);
                }
                for part in (0..columns).step_by(stride) {
                    let (at, columns) = (column + part, stride.min(columns - part));
                    let (first, width) = (first + at, whole_lines::<S>(columns));
                    let y = &self.tiles[first * d..(first + width) * d];
                    for (r, x) in x.chunks_exact(d).enumerate() {
                        let coefficients = &coefficients[r * numbers..(r + 1) * numbers][part..];
                        let frame = Frame { numbers: coefficients, stride: COEFFICIENTS };
                        self.fill(&all, x, y, frame, (width, stride), factors);
                        visit(Chunk { place: [r, first], columns, factors, coefficients });
                    }
                }
            }
        }
    }
}

/// Products of a block with vectors.
pub struct Product<'a, S: Real> {
    block: &'a Block<'a, S>,
    sides: [Entries; 2],
    /// Which numbers of a point x are wanted.
    places: &'a [usize],
    program: Program,
    chunk: usize,
}

impl<'a, S: Real> Product<'a, S> {
    pub fn new(block: &'a Block<'a, S>, sides: [Entries; 2], places: &'a [usize]) -> Self {
        let [left, right] = sides;
        let program = Program::new(&block.terms, block.shape, left, right);
        let numbers = (block.shape.factors + program.arrays()) * block.d + right.count(block.d);
        Self { block, sides, places, program, chunk: chunk::<S>(numbers, COEFFICIENTS) }
    }

    /// How many points of a vector come together.
    pub fn chunk(&self) -> usize {
        self.chunk
    }

    /// Writes the products of some points x, a column for each vector.
    pub fn write(&self, x: &[S], vectors: &[ByChunks<S>], out: &mut ArrayViewMut2<'_, S>, memory: &mut Vec<S>) {
        let (&Self { block, sides: [left, right], places, ref program, chunk: stride }, d) = (self, self.block.d);
        let entries = left.count(d);
        let of_vector = entries * line::<S>();
        let of_point = of_vector * vectors.len();
        let [sums, coefficients, factors] = block.sizes(stride);
        let sizes = [sums, coefficients, factors, contract::scratch(program, d, stride), ROWS * of_point];
        let [sums, coefficients, factors, scratch, lanes] = pieces(memory, sizes);
        for (n, x) in x.chunks(ROWS * d).enumerate() {
            lanes.fill(S::of(0.0));
            let pieces = [&mut *sums, &mut *coefficients, &mut *factors];
            block.each_chunk((program.order, stride), x, pieces, |chunk: Chunk<'_, S>| {
                let [r, first] = chunk.place;
                let of_point = lanes[r * of_point..][..of_point].chunks_exact_mut(of_vector);
                for (vector, sums) in vectors.iter().zip(of_point) {
                    let task = Contract {
                        program,
                        left,
                        right,
                        d,
                        width: whole_lines::<S>(chunk.columns),
                        stride,
                        factors: chunk.factors,
                        coefficients: chunk.coefficients,
                        vector: vector.chunk(first),
                        sums,
                        scratch,
                    };
                    S::tower(block.level, TowerTask::Contract(task));
                }
            });
            for (r, lanes) in lanes.chunks_exact(of_point).take(x.len() / d).enumerate() {
                for (v, lanes) in lanes.chunks_exact(of_vector).enumerate() {
                    for (e, &place) in places.iter().enumerate() {
                        let from = lower(place, left.hessian_at(d), d);
                        let lanes = lanes[from * line::<S>()..][..line::<S>()].iter();
                        out[[(n * ROWS + r) * places.len() + e, v]] = lanes.fold(S::of(0.0), |sum, &lane| sum + lane);
                    }
                }
            }
        }
    }
}

/// The entry below the diagonal of a Hessian that is the same as this.
fn lower(entry: usize, hessian: usize, d: usize) -> usize {
    let Some(place) = entry.checked_sub(hessian) else { return entry };
    let (a, b) = (place / d, place % d);
    hessian + a.max(b) * d + a.min(b)
}

/// The entries of a block.
pub struct Matrix<'a, S: Real> {
    block: &'a Block<'a, S>,
    sides: [Entries; 2],
    terms: Vec<Placed>,
    order: usize,
    chunk: usize,
}

impl<'a, S: Real> Matrix<'a, S> {
    pub fn new(block: &'a Block<'a, S>, sides: [Entries; 2]) -> Self {
        let [left, right] = sides;
        let terms = block.terms.iter().filter_map(|term| Placed::new(term, block.shape, sides, block.d));
        let order = left.order() + right.order();
        let numbers = block.shape.factors * block.d + left.count(block.d) * right.count(block.d);
        Self { block, sides, terms: terms.collect(), order, chunk: chunk::<S>(4 * numbers, COEFFICIENTS) }
    }

    /// Writes the rows of some points x, one behind the other.
    pub fn write(&self, x: &[S], out: &mut [S], memory: &mut Vec<S>) {
        let (&Self { block, sides: [left, right], ref terms, order, chunk: stride }, d) = (self, self.block.d);
        let [rows, width] = [left, right].map(|side| side.count(d));
        let [sums, coefficients, factors] = block.sizes(stride);
        let sizes = [sums, coefficients, factors, spread::LEVELS * stride, stride * rows * width];
        let [sums, coefficients, factors, scratch, entries] = pieces(memory, sizes);
        let of_row = block.columns * width;
        let below: Vec<usize> = (0..width).map(|entry| lower(entry, right.hessian_at(d), d)).collect();
        for (x, out) in x.chunks(ROWS * d).zip(out.chunks_mut(ROWS * rows * of_row)) {
            let pieces = [&mut *sums, &mut *coefficients, &mut *factors];
            block.each_chunk((order, stride), x, pieces, |chunk: Chunk<'_, S>| {
                let Chunk { place: [r, first], columns, factors, coefficients, .. } = chunk;
                let task = Spread {
                    terms,
                    d,
                    width: whole_lines::<S>(columns),
                    stride,
                    factors,
                    coefficients,
                    out: entries,
                    scratch,
                };
                S::tower(block.level, TowerTask::Spread(task));
                for row in 0..rows {
                    let to = &mut out[(r * rows + row) * of_row + first * width..][..columns * width];
                    let entries = &entries[lower(row, left.hessian_at(d), d) * width * stride..];
                    for (column, to) in to.chunks_exact_mut(width).enumerate() {
                        for (to, &from) in to.iter_mut().zip(&below) {
                            *to = entries[from * stride + column];
                        }
                    }
                }
            });
        }
    }
}
