//! Rows of an output, written a few numbers at a time. Numbers collect beside the row until they fill whole cache
//! lines: a large output is streamed past the caches, and a line that is written in two parts would cost more than five
//! that are not.

use ndarray::ArrayViewMut3;

use super::packed::line;
use crate::real::Real;

/// Outputs of so many bytes are streamed: smaller ones stay in the cache, where who asked for them finds them.
const STREAMED: usize = 4 << 20;

/// Whether an output of so many numbers is streamed.
pub fn is_streamed<S>(entries: usize) -> bool {
    entries.saturating_mul(size_of::<S>()) >= STREAMED
}

/// A row of an output, or what is left of it to write.
pub enum Row<'a, S> {
    /// One behind the other.
    Slice(&'a mut [S]),
    /// Elsewhere: in the logical order of the array, of which so many are written.
    Strided(ArrayViewMut3<'a, S>, usize),
}

impl<'a, S: Real> Row<'a, S> {
    pub fn new(view: ArrayViewMut3<'a, S>) -> Self {
        if view.is_standard_layout() {
            Self::Slice(view.into_slice().unwrap_or_default())
        } else {
            Self::Strided(view, 0)
        }
    }
}

/// Copies one slice to another.
pub type Copying<S> = fn(&[S], &mut [S]);

/// Rows that are written together.
pub struct Rows<'a, 'b, S> {
    pub outputs: &'b mut [Row<'a, S>],
    /// How many numbers of each row wait in the buffer.
    pub pending: &'b mut [usize],
    /// Those of row r from `r * stride` on, with a line to spare at the end of each.
    pub buffer: &'b mut [S],
    pub stride: usize,
    /// What copies past the caches, if the output is too large for them.
    pub stream: Option<Copying<S>>,
}

impl<S: Real> Rows<'_, '_, S> {
    /// Where the next number of row `r` goes in the buffer.
    #[inline(always)]
    pub fn next(&self, r: usize) -> usize {
        r * self.stride + self.pending[r]
    }

    /// The next whole lines of row `r`, of the `count` numbers that come next, where they may be written as they come:
    /// if nothing waits and, past the caches, if they begin with a line. Few are not worth writing apart.
    pub fn direct(&mut self, r: usize, count: usize) -> Option<&mut [S]> {
        let whole = count - count % line::<S>();
        match &mut self.outputs[r] {
            Row::Slice(to) if self.pending[r] == 0 && whole >= 4 * line::<S>() => {
                if self.stream.is_some() && lead(to) != 0 {
                    return None;
                }
                let (now, later) = std::mem::take(to).split_at_mut(whole);
                *to = later;
                Some(now)
            }
            _ => None,
        }
    }

    /// Writes these numbers next to row `r`, or keeps them for it.
    pub fn write(&mut self, r: usize, numbers: &[S]) {
        let (stream, mut done) = (self.stream, 0);
        if let Some(to) = self.direct(r, numbers.len()) {
            done = to.len();
            match stream {
                Some(stream) => stream(&numbers[..done], to),
                None => to.copy_from_slice(&numbers[..done]),
            }
        }
        let (next, rest) = (self.next(r), &numbers[done..]);
        if !rest.is_empty() {
            self.buffer[next..next + rest.len()].copy_from_slice(rest);
            self.commit(r, rest.len(), false);
        }
    }

    /// Writes what waits in any row.
    pub fn end(&mut self) {
        for r in 0..self.outputs.len() {
            if self.pending[r] > 0 {
                self.commit(r, 0, true);
            }
        }
    }

    /// Writes what it can of row `r`, to which `count` numbers came; all of it at the `end`.
    #[inline(never)]
    pub fn commit(&mut self, r: usize, count: usize, end: bool) {
        let ready = self.pending[r] + count;
        let buffer = &mut self.buffer[r * self.stride..][..self.stride];
        let written = match &mut self.outputs[r] {
            Row::Slice(to) => {
                let count = if self.stream.is_some() && !end { ending_a_line(to, ready) } else { ready };
                let (now, later) = std::mem::take(to).split_at_mut(count);
                *to = later;
                match self.stream {
                    Some(stream) => stream(&buffer[..count], now),
                    None => now.copy_from_slice(&buffer[..count]),
                }
                count
            }
            Row::Strided(to, written) => {
                let (_, rows, columns) = to.dim();
                for (e, &number) in (*written..).zip(&buffer[..ready]) {
                    to[[e / (rows * columns), e / columns % rows, e % columns]] = number;
                }
                *written += ready;
                ready
            }
        };
        self.pending[r] = ready - written;
        if written > 0 && written < ready {
            // Less than a line is left, and there is a line to spare behind it.
            buffer.copy_within(written..written + line::<S>(), 0);
        }
    }
}

/// How many numbers are before the first cache line that begins in `to`.
#[inline(always)]
pub(super) fn lead<S>(to: &[S]) -> usize {
    to.as_ptr().align_offset(line::<S>() * size_of::<S>())
}

/// How many of `ready` numbers end with a cache line of `to`.
#[inline(always)]
fn ending_a_line<S>(to: &[S], ready: usize) -> usize {
    let lead = lead(to);
    if ready < lead { 0 } else { ready - (ready - lead) % line::<S>() }
}
