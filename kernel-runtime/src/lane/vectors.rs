//! Slices as vectors one behind the other, or every so many numbers.

use std::marker::PhantomData;
use std::slice;

use super::Vector;

/// Vectors to be read. A loop over as many as it was made for has no checks left in it, which [`Vector::load`] from a
/// slice would have for each.
#[derive(Clone, Copy)]
pub struct Vectors<'a, V: Vector> {
    first: *const V::Scalar,
    count: usize,
    of: PhantomData<&'a [V::Scalar]>,
}

impl<'a, V: Vector> Vectors<'a, V> {
    /// The first `count` vectors of a slice.
    #[inline(always)]
    pub fn new(numbers: &'a [V::Scalar], count: usize) -> Self {
        assert!(numbers.len() / V::LANES >= count, "fewer numbers than vectors have");
        Self { first: numbers.as_ptr(), count, of: PhantomData }
    }

    /// All whole vectors of a slice.
    #[inline(always)]
    pub fn all(numbers: &'a [V::Scalar]) -> Self {
        Self::new(numbers, numbers.len() / V::LANES)
    }

    /// `count` vectors from vector `first` on.
    #[inline(always)]
    pub fn part(&self, first: usize, count: usize) -> Self {
        assert!(first <= self.count && count <= self.count - first, "more vectors than there are");
        // SAFETY: not behind the end of what `new` found.
        Self { first: unsafe { self.first.add(first * V::LANES) }, count, of: PhantomData }
    }

    /// Vector `i` of those.
    #[inline(always)]
    pub fn get(&self, i: usize) -> V {
        assert!(i < self.count, "more vectors than there are");
        // SAFETY: `new` found as many numbers in a slice that is borrowed for as long.
        V::load(unsafe { slice::from_raw_parts(self.first.add(i * V::LANES), V::LANES) })
    }
}

/// Vectors to be read that begin every `stride` numbers.
pub struct Strided<'a, V: Vector> {
    first: *const V::Scalar,
    stride: usize,
    count: usize,
    of: PhantomData<&'a [V::Scalar]>,
}

impl<'a, V: Vector> Strided<'a, V> {
    #[inline(always)]
    pub fn new(numbers: &'a [V::Scalar], stride: usize, count: usize) -> Self {
        assert!(reach(stride, count, V::LANES) <= numbers.len(), "fewer numbers than vectors have");
        Self { first: numbers.as_ptr(), stride, count, of: PhantomData }
    }

    /// Vector `i` of those.
    #[inline(always)]
    pub fn get(&self, i: usize) -> V {
        assert!(i < self.count, "more vectors than there are");
        // SAFETY: `new` found as many numbers in a slice that is borrowed for as long.
        V::load(unsafe { slice::from_raw_parts(self.first.add(i * self.stride), V::LANES) })
    }
}

/// Vectors to be written that begin every `stride` numbers.
pub struct StridedMut<'a, V: Vector> {
    first: *mut V::Scalar,
    stride: usize,
    count: usize,
    of: PhantomData<&'a mut [V::Scalar]>,
}

impl<'a, V: Vector> StridedMut<'a, V> {
    #[inline(always)]
    pub fn new(numbers: &'a mut [V::Scalar], stride: usize, count: usize) -> Self {
        assert!(reach(stride, count, V::LANES) <= numbers.len(), "fewer numbers than vectors have");
        Self { first: numbers.as_mut_ptr(), stride, count, of: PhantomData }
    }

    /// Vector `i` of those, which may be a part of the next ones.
    #[inline(always)]
    pub fn get(&mut self, i: usize) -> &mut [V::Scalar] {
        assert!(i < self.count, "more vectors than there are");
        // SAFETY: `new` found as many numbers in a slice that is borrowed for as long, and by nobody else; the result
        // is borrowed from this, so that there is one at a time.
        unsafe { slice::from_raw_parts_mut(self.first.add(i * self.stride), V::LANES) }
    }
}

/// Where the last of `count` vectors ends; no slice is so long where that overflows.
#[inline(always)]
fn reach(stride: usize, count: usize, lanes: usize) -> usize {
    count.checked_sub(1).map_or(0, |last| last.saturating_mul(stride).saturating_add(lanes))
}

/// Vectors to be written, as [`Vectors`].
pub struct VectorsMut<'a, V: Vector> {
    first: *mut V::Scalar,
    count: usize,
    of: PhantomData<&'a mut [V::Scalar]>,
}

impl<'a, V: Vector> VectorsMut<'a, V> {
    /// The first `count` vectors of a slice.
    #[inline(always)]
    pub fn new(numbers: &'a mut [V::Scalar], count: usize) -> Self {
        assert!(numbers.len() / V::LANES >= count, "fewer numbers than vectors have");
        Self { first: numbers.as_mut_ptr(), count, of: PhantomData }
    }

    /// `count` vectors from vector `first` on.
    #[inline(always)]
    pub fn part(&mut self, first: usize, count: usize) -> VectorsMut<'_, V> {
        assert!(first <= self.count && count <= self.count - first, "more vectors than there are");
        // SAFETY: not behind the end of what `new` found.
        VectorsMut { first: unsafe { self.first.add(first * V::LANES) }, count, of: PhantomData }
    }

    /// Vector `i` of those.
    #[inline(always)]
    pub fn get(&mut self, i: usize) -> &mut [V::Scalar] {
        assert!(i < self.count, "more vectors than there are");
        // SAFETY: `new` found as many numbers in a slice that is borrowed for as long, and by nobody else.
        unsafe { slice::from_raw_parts_mut(self.first.add(i * V::LANES), V::LANES) }
    }
}

/// Rows of vectors, of which the next begins `stride` vectors after the one before. One check for all of them; where a
/// vector is in its row is known to the compiler in a loop over rows.
#[derive(Clone, Copy)]
pub struct Grid<'a, V: Vector> {
    first: *const V::Scalar,
    rows: usize,
    columns: usize,
    stride: usize,
    of: PhantomData<&'a [V::Scalar]>,
}

impl<'a, V: Vector> Grid<'a, V> {
    #[inline(always)]
    pub fn new(numbers: &'a [V::Scalar], rows: usize, columns: usize, stride: usize) -> Self {
        assert!(reach(stride, rows, columns) <= numbers.len() / V::LANES, "fewer numbers than vectors have");
        Self { first: numbers.as_ptr(), rows, columns, stride, of: PhantomData }
    }

    #[inline(always)]
    pub fn rows(&self) -> usize {
        self.rows
    }

    #[inline(always)]
    pub fn get(&self, row: usize, column: usize) -> V {
        assert!(row < self.rows && column < self.columns, "more vectors than there are");
        // SAFETY: `new` found as many numbers in a slice that is borrowed for as long.
        V::load(unsafe { slice::from_raw_parts(self.first.add((row * self.stride + column) * V::LANES), V::LANES) })
    }
}

/// Rows of vectors to be written, as [`Grid`].
pub struct GridMut<'a, V: Vector> {
    first: *mut V::Scalar,
    rows: usize,
    columns: usize,
    stride: usize,
    of: PhantomData<&'a mut [V::Scalar]>,
}

impl<'a, V: Vector> GridMut<'a, V> {
    #[inline(always)]
    pub fn new(numbers: &'a mut [V::Scalar], rows: usize, columns: usize, stride: usize) -> Self {
        assert!(reach(stride, rows, columns) <= numbers.len() / V::LANES, "fewer numbers than vectors have");
        Self { first: numbers.as_mut_ptr(), rows, columns, stride, of: PhantomData }
    }

    #[inline(always)]
    pub fn get(&mut self, row: usize, column: usize) -> &mut [V::Scalar] {
        assert!(row < self.rows && column < self.columns, "more vectors than there are");
        // SAFETY: `new` found as many numbers in a slice that is borrowed for as long, and by nobody else; the result
        // is borrowed from this, so that there is one at a time.
        unsafe { slice::from_raw_parts_mut(self.first.add((row * self.stride + column) * V::LANES), V::LANES) }
    }
}
