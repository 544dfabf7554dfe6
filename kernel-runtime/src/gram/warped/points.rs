//! Points and what a map makes of them.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Ix2};

use crate::error::KernelError;
use crate::gram::batch::{allocate, contiguous};
use crate::gram::tile::both;
use crate::real::Real;

/// Points that one task maps: what a map costs is its own affair, and of a network a few are worth a task.
const MAPPED: usize = 16;

/// Points that an argument has.
pub(super) struct Points<'a, S> {
    pub(super) argument: &'static str,
    pub(super) all: ArrayView2<'a, S>,
}

impl<S: Real> Points<'_, S> {
    /// So many numbers of each point, a row for each. They are to be finite where the point is: a NaN that the caller
    /// has not put there would be a wrong result without a word.
    pub(super) fn each(
        &self,
        numbers: usize,
        derivative: bool,
        write: &(dyn Fn(&[S], &mut [S]) + Sync),
    ) -> Result<Array2<S>, KernelError> {
        let mut made = allocate(Ix2(self.all.nrows(), numbers))?;
        if made.is_empty() {
            return Ok(made);
        }
        divide(&contiguous(&self.all), self.all.ncols(), made.view_mut(), write);
        let mut all = self.all.rows().into_iter().zip(made.rows());
        let broken = all.position(|(x, made)| {
            !made.iter().all(|number| number.is_finite()) && x.iter().all(|number| number.is_finite())
        });
        match broken {
            Some(point) => Err(KernelError::NotMapped { argument: self.argument, point, derivative }),
            None => Ok(made),
        }
    }
}

fn divide<S: Real>(x: &[S], d: usize, mut out: ArrayViewMut2<'_, S>, write: &(dyn Fn(&[S], &mut [S]) + Sync)) {
    let n = out.nrows();
    if n <= MAPPED {
        for (x, mut out) in x.chunks_exact(d).zip(out.rows_mut()) {
            write(x, out.as_slice_mut().unwrap_or_default());
        }
        return;
    }
    let (x, x_rest) = x.split_at(n / 2 * d);
    let (out, out_rest) = out.split_at(Axis(0), n / 2);
    both(|| divide(x, d, out, write), || divide(x_rest, d, out_rest, write));
}
