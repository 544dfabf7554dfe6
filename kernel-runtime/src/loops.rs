//! Loops over coordinates as emitted functions write them. Each is what `zip` makes of slices, in one type: rustc
//! checks a loop over that in half the time.

use core::iter::Zip;
use core::slice::{ChunksExactMut, Iter, IterMut};

/// Of [`pairs`].
pub struct Pairs<'a, S>(Zip<Iter<'a, S>, Iter<'a, S>>);

/// (x_i, y_i)
#[inline(always)]
pub fn pairs<'a, S>(x: &'a [S], y: &'a [S]) -> Pairs<'a, S> {
    Pairs(x.iter().zip(y))
}

impl<S: Copy> Iterator for Pairs<'_, S> {
    type Item = (S, S);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(&x, &y)| (x, y))
    }
}

/// Of [`entries`].
pub struct Entries<'a, S>(Zip<Zip<IterMut<'a, S>, Iter<'a, S>>, Iter<'a, S>>);

/// (out_i, x_i, y_i)
#[inline(always)]
pub fn entries<'a, S>(out: &'a mut [S], x: &'a [S], y: &'a [S]) -> Entries<'a, S> {
    Entries(out.iter_mut().zip(x).zip(y))
}

impl<'a, S: Copy> Iterator for Entries<'a, S> {
    type Item = (&'a mut S, S, S);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|((out, &x), &y)| (out, x, y))
    }
}

/// Of [`rows`].
pub struct Rows<'a, S>(Zip<Zip<ChunksExactMut<'a, S>, Iter<'a, S>>, Iter<'a, S>>);

/// (row i of the matrix, x_i, y_i)
#[inline(always)]
pub fn rows<'a, S>(matrix: &'a mut [S], x: &'a [S], y: &'a [S]) -> Rows<'a, S> {
    Rows(matrix.chunks_exact_mut(x.len().max(1)).zip(x).zip(y))
}

impl<'a, S: Copy> Iterator for Rows<'a, S> {
    type Item = (&'a mut [S], S, S);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|((row, &x), &y)| (row, x, y))
    }
}
