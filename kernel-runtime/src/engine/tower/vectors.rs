//! Vectors by points y, as contractions want them.

use ndarray::ArrayView1;

use crate::engine::multiply::Entries;
use crate::engine::packed::{Aligned, whole_lines};
use crate::real::Real;

/// The numbers of points in chunks of so many points: all their first numbers, then all their second ones, … Behind the last point are
/// zeros, so that what they are multiplied with does not count.
pub struct ByChunks<S> {
    numbers: Aligned<S>,
    count: usize,
}

impl<S: Real> ByChunks<S> {
    /// Of a vector whose numbers go point by point. Derivatives do not depend on the order of their indices, so a matrix of a point
    /// counts by its symmetric part.
    pub fn new(column: &ArrayView1<'_, S>, entries: Entries, d: usize, chunk: usize) -> Self {
        let (count, hessian) = (entries.count(d), entries.hessian_at(d));
        let points = column.len() / count;
        let mut numbers = Aligned::zeros(points.next_multiple_of(chunk) * count, S::memory());
        for j in 0..points {
            let at = j / chunk * chunk * count + j % chunk;
            let of_point = |e: usize| column[j * count + e];
            for e in 0..hessian.min(count) {
                numbers[at + e * chunk] = of_point(e);
            }
            for e in hessian..count {
                let (a, b) = ((e - hessian) / d, (e - hessian) % d);
                let both = of_point(e) + of_point(hessian + b * d + a);
                numbers[at + e * chunk] = both * S::of(0.5);
            }
        }
        Self { numbers, count }
    }

    /// Those of the chunk that begins with point `first`.
    pub fn chunk(&self, first: usize) -> &[S] {
        &self.numbers[first * self.count..]
    }

    pub fn into_memory(self) -> Vec<S> {
        self.numbers.into_memory()
    }
}

/// A chunk has as many points as keep what is made of them in the second cache: a power of 2, at most `most`.
pub fn chunk<S>(numbers_of_point: usize, most: usize) -> usize {
    const CACHED: usize = 1 << 16;
    let mut chunk = most;
    while chunk > whole_lines::<S>(1) && chunk * numbers_of_point > CACHED {
        chunk /= 2;
    }
    chunk
}
