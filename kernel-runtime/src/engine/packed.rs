//! Points as the lanes want them.

use std::ops::{Deref, DerefMut};

use ndarray::ArrayView2;

use crate::real::Real;

/// Bytes of a cache line, and of the widest register.
const LINE: usize = 64;

/// How many numbers fill a cache line: points are packed by so many, and outputs streamed by so many.
pub const fn line<S>() -> usize {
    LINE / size_of::<S>()
}

/// `entries` rounded up to whole lines.
pub const fn whole_lines<S>(entries: usize) -> usize {
    entries.next_multiple_of(line::<S>())
}

/// Numbers that begin at a cache line.
pub struct Aligned<S> {
    memory: Vec<S>,
    start: usize,
}

impl<S: Real> Aligned<S> {
    /// Zeros, in `memory` if it is large enough.
    pub fn zeros(entries: usize, mut memory: Vec<S>) -> Self {
        memory.clear();
        memory.resize(entries + line::<S>(), S::of(0.0));
        let mut this = Self { memory, start: 0 };
        this.start = this.memory.as_ptr().align_offset(LINE).min(line::<S>());
        this.memory.truncate(this.start + entries);
        this
    }

    /// The memory, for another use.
    pub fn into_memory(self) -> Vec<S> {
        self.memory
    }
}

impl<S> Default for Aligned<S> {
    fn default() -> Self {
        Self { memory: Vec::new(), start: 0 }
    }
}

impl<S> Deref for Aligned<S> {
    type Target = [S];

    fn deref(&self) -> &[S] {
        &self.memory[self.start..]
    }
}

impl<S> DerefMut for Aligned<S> {
    fn deref_mut(&mut self) -> &mut [S] {
        &mut self.memory[self.start..]
    }
}

/// Points in tiles of [`line`] of them: all their first coordinates, then all their second ones, … The last tile is
/// filled up with its last point, so that what is computed of the rest is no more special than the points are.
pub struct Packed<S> {
    numbers: Aligned<S>,
    d: usize,
}

impl<S> Default for Packed<S> {
    fn default() -> Self {
        Self { numbers: Aligned::default(), d: 0 }
    }
}

impl<S: Real> Packed<S> {
    pub fn new(points: &ArrayView2<'_, S>, memory: Vec<S>) -> Self {
        let (m, d) = points.dim();
        let width = line::<S>();
        let mut numbers = Aligned::zeros(whole_lines::<S>(m) * d, memory);
        let mut pack =
            |j: usize, i: usize, coordinate: S| numbers[(j / width * d + i) * width + j % width] = coordinate;
        if let Some(points) = points.to_slice() {
            for (j, point) in points.chunks_exact(d).enumerate() {
                for (i, &coordinate) in point.iter().enumerate() {
                    pack(j, i, coordinate);
                }
            }
        } else {
            for ((j, i), &coordinate) in points.indexed_iter() {
                pack(j, i, coordinate);
            }
        }
        if let Some(last) = m.checked_sub(1) {
            for j in m..whole_lines::<S>(m) {
                for (i, &coordinate) in points.row(last).iter().enumerate() {
                    pack(j, i, coordinate);
                }
            }
        }
        Self { numbers, d }
    }

    /// The same of vectors by points: the last tile is filled up with zeros, so that what it is multiplied with does
    /// not count.
    pub fn with_zeros(vectors: &ArrayView2<'_, S>) -> Self {
        let (mut packed, m) = (Self::new(vectors, S::memory()), vectors.nrows());
        let (d, width) = (packed.d, line::<S>());
        for j in m..whole_lines::<S>(m) {
            for i in 0..d {
                packed.numbers[(j / width * d + i) * width + j % width] = S::of(0.0);
            }
        }
        packed
    }

    /// The tiles of `count` points from point `first` on, which begins a tile.
    pub fn tiles(&self, first: usize, count: usize) -> &[S] {
        &self.numbers[first * self.d..(first + whole_lines::<S>(count)) * self.d]
    }

    pub fn into_memory(self) -> Vec<S> {
        self.numbers.into_memory()
    }
}
