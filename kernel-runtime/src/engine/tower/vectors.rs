//! Vectors by points y, as contractions want them.

use ndarray::{ArrayView1, ArrayView2};

use crate::engine::multiply::Entries;
use crate::engine::packed::{Aligned, whole_lines};
use crate::real::Real;

/// The numbers of points in chunks of so many points: all their first numbers, then all their second ones, … Behind the
/// last point are zeros, so that what they are multiplied with does not count.
pub struct ByChunks<S: Real> {
    numbers: Aligned<S>,
    count: usize,
    chunk: usize,
}

impl<S: Real> ByChunks<S> {
    /// Of a vector with a number for each place of each of m points, one point after the other. Derivatives do not
    /// depend on the order of their indices, so a matrix of a point counts by its symmetric part.
    pub fn new(
        column: &ArrayView1<'_, S>,
        m: usize,
        entries: Entries,
        places: &[usize],
        d: usize,
        chunk: usize,
    ) -> Self {
        let (count, hessian) = (entries.count(d), entries.hessian_at(d));
        let mut numbers = Aligned::zeros(m.next_multiple_of(chunk) * count, S::memory());
        let mut add = |j: usize, e: usize, number: S| {
            numbers[j / chunk * chunk * count + e * chunk + j % chunk] += number;
        };
        for (j, place, &number) in
            column.iter().enumerate().map(|(n, number)| (n / places.len(), n % places.len(), number))
        {
            let e = places[place];
            if let Some(entry) = e.checked_sub(hessian) {
                let half = number * S::of(0.5);
                add(j, e, half);
                add(j, hessian + entry % d * d + entry / d, half);
            } else {
                add(j, e, number);
            }
        }
        Self { numbers, count, chunk }
    }

    /// Of the same numbers for each point, a row of the matrix.
    pub fn of(points: &ArrayView2<'_, S>, chunk: usize) -> Self {
        let (m, count) = points.dim();
        let mut numbers = Aligned::zeros(m.next_multiple_of(chunk) * count, S::memory());
        for ((j, e), &number) in points.indexed_iter() {
            numbers[j / chunk * chunk * count + e * chunk + j % chunk] = number;
        }
        Self { numbers, count, chunk }
    }

    /// Zeros, a few numbers for each of m points.
    pub fn zeros(m: usize, count: usize, chunk: usize) -> Self {
        Self { numbers: Aligned::zeros(m.next_multiple_of(chunk) * count, S::memory()), count, chunk }
    }

    /// Number e of point j.
    pub fn number(&self, j: usize, e: usize) -> S {
        self.array(j / self.chunk * self.chunk, e)[j % self.chunk]
    }

    /// Adds to number e of point j.
    pub fn add_to(&mut self, j: usize, e: usize, number: S) {
        let chunk = self.chunk;
        self.array_mut(j / chunk * chunk, e)[j % chunk] += number;
    }

    /// Adds the numbers of as many points.
    pub fn add(&mut self, other: &Self) {
        for (to, &number) in self.numbers.iter_mut().zip(other.numbers.iter()) {
            *to += number;
        }
    }

    /// How many numbers a point has.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Those of the chunk that begins with point `first`.
    pub fn chunk(&self, first: usize) -> &[S] {
        &self.numbers[first * self.count..]
    }

    /// All of them.
    #[inline(always)]
    pub fn numbers(&self) -> &[S] {
        &self.numbers
    }

    /// Where numbers `number` of the points of that chunk begin.
    #[inline(always)]
    pub fn place(&self, first: usize, number: usize) -> usize {
        first * self.count + number * self.chunk
    }

    /// These.
    #[inline(always)]
    pub fn array(&self, first: usize, number: usize) -> &[S] {
        &self.numbers[self.place(first, number)..][..self.chunk]
    }

    /// The same to be written.
    #[inline(always)]
    pub fn array_mut(&mut self, first: usize, number: usize) -> &mut [S] {
        let (place, chunk) = (self.place(first, number), self.chunk);
        &mut self.numbers[place..][..chunk]
    }
}

impl<S: Real> Drop for ByChunks<S> {
    fn drop(&mut self) {
        S::keep(std::mem::take(&mut self.numbers).into_memory());
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
