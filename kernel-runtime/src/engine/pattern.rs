//! What each lane holds where the numbers of several pairs of points, or of several rows of a block, fill vectors
//! without gaps.

use super::packed::{line, whole_lines};
use crate::lane::{Task, Vector};
use crate::real::Real;

/// How numbers follow each other.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// A row of so many numbers for each pair. Of every vector of as many pairs as it has lanes: which pair a number
    /// belongs to, as [`spread`](Vector::spread) wants it, and its place among those of the pair.
    Rows(usize),
    /// A square of so many rows. Of each of its vectors: the row and the column of a number, as `spread` wants them,
    /// and 1 where they are the same, 0 elsewhere. For vectors that have a lane for each row.
    Blocks(usize),
}

/// Tables of a [`Blocks`](Pattern::Blocks).
pub const OF_BLOCKS: usize = 3;
/// Tables of [`Rows`](Pattern::Rows).
pub const OF_ROWS: usize = 2;

impl Pattern {
    /// How many numbers the tables have.
    pub fn numbers<S>(self) -> usize {
        match self {
            Self::Rows(width) => OF_ROWS * width * line::<S>(),
            Self::Blocks(d) => OF_BLOCKS * whole_lines::<S>(d * d),
        }
    }
}

/// Writes the tables of a pattern: one vector of each, then the next of each.
pub struct Tables<'a, S> {
    pub pattern: Pattern,
    pub out: &'a mut [S],
}

impl<S: Real> Task<S> for Tables<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        let lanes = V::LANES;
        match self.pattern {
            Pattern::Rows(width) => {
                for (v, tables) in self.out.chunks_exact_mut(OF_ROWS * lanes).take(width).enumerate() {
                    for lane in 0..lanes {
                        let number = v * lanes + lane;
                        tables[lane] = V::lane(number / width);
                        tables[lanes + lane] = S::of((number % width) as f64);
                    }
                }
            }
            Pattern::Blocks(d) if d <= lanes => {
                for (v, tables) in self.out.chunks_exact_mut(OF_BLOCKS * lanes).enumerate() {
                    for lane in 0..lanes {
                        let number = v * lanes + lane;
                        let (row, column) = (number / d, number % d);
                        tables[lane] = V::lane(row.min(d - 1));
                        tables[lanes + lane] = V::lane(column);
                        tables[2 * lanes + lane] = S::of(if row == column { 1.0 } else { 0.0 });
                    }
                }
            }
            Pattern::Blocks(_) => {}
        }
    }
}
