//! Derivatives by parameters: the outer stage makes them all, a few columns at a time, lanes over y; what is left is to
//! write those of one pair beside each other.

use super::coefficients::{COEFFICIENTS, load};
use super::leaf::{Share, Sums, at_least};
use super::packed::{line, whole_lines};
use super::place::Across;
use super::reduce::{COLUMNS, ROWS};
use super::registers::Registers;
use super::rows::Rows;
use crate::kernel::{Kernel, Stage};
use crate::lane::{Detected, Task, Vector};
use crate::real::Real;

/// Code of a kernel that makes its derivatives by parameters from a point x, points y in tiles, and their sums.
pub type OuterParameters<'a, S> = dyn Fn(&[S], &[S], &[S], &mut [S]) + Sync + 'a;

/// That code, at a level.
#[allow(clippy::type_complexity, reason = "`OuterParameters`, before it is one")]
pub fn outer_parameters<K: Kernel>(
    kernel: &K,
    level: Detected,
) -> impl Fn(&[K::Scalar], &[K::Scalar], &[K::Scalar], &mut [K::Scalar]) + Sync {
    move |x, y, sums, out| level.run(Outer { kernel, x, y, sums, out })
}

/// Number l of column c goes to `l * COEFFICIENTS + c`.
struct Outer<'a, K: Kernel> {
    kernel: &'a K,
    x: &'a [K::Scalar],
    y: &'a [K::Scalar],
    sums: &'a [K::Scalar],
    out: &'a mut [K::Scalar],
}

impl<K: Kernel> Task<K::Scalar> for Outer<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, x, y, sums: from, out } = self;
        let (count, numbers) = (K::SHAPE.sums[Stage::Params as usize], K::SHAPE.parameter_numbers(x.len()));
        let (mut sums, mut derivatives) = (Registers::<V>::new(count), Registers::<V>::new(numbers));
        let (sums, derivatives) = (sums.get(count), derivatives.get(numbers));
        for (t, tile) in y.chunks_exact(x.len() * line::<K::Scalar>()).enumerate() {
            for k in (0..line::<K::Scalar>()).step_by(V::LANES) {
                let column = t * line::<K::Scalar>() + k;
                load(from, column, sums);
                let _ = kernel.params(&Across { i: 0, x, y: &tile[k..] }, sums, derivatives);
                for (l, derivative) in derivatives.iter().enumerate() {
                    derivative.store(&mut out[l * COEFFICIENTS + column..]);
                }
            }
        }
    }
}

/// Writes so many derivatives for each pair.
pub fn parameters<S: Real>(
    sums: &Sums<'_, S>,
    outer: &OuterParameters<'_, S>,
    numbers: usize,
    share: Share<'_, '_, S>,
) {
    let Share { x, y, d, columns, rows, streamed, memory } = share;
    let stream = streamed.then(|| S::stream(sums.level));
    let (slots, made) = (sums.stride(), numbers * COEFFICIENTS);
    let stride = made + 2 * line::<S>();
    let (scratch, rest) = at_least(memory, ROWS * slots + made + stride).split_at_mut(ROWS * slots);
    let (derivatives, buffer) = rest.split_at_mut(made);
    for (x, rows) in x.chunks(ROWS * d).zip(rows.chunks_mut(ROWS)) {
        for first in (0..columns).step_by(COLUMNS) {
            let count = COLUMNS.min(columns - first);
            let y = &y[first * d..(first + whole_lines::<S>(count)) * d];
            sums.reduce(x, y, d, scratch);
            for ((x, row), sums) in x.chunks_exact(d).zip(rows.iter_mut()).zip(scratch.chunks_exact(slots)) {
                let outputs = std::slice::from_mut(row);
                let mut rows = Rows { outputs, pending: &mut [0], buffer: &mut *buffer, stride, stream };
                for column in (0..count).step_by(COEFFICIENTS) {
                    let columns = COEFFICIENTS.min(count - column);
                    outer(x, &y[column * d..][..whole_lines::<S>(columns) * d], &sums[column..], derivatives);
                    let next = rows.next(0);
                    by_pairs(derivatives, numbers, &mut rows.buffer[next..][..columns * numbers]);
                    rows.commit(0, columns * numbers, false);
                }
                rows.end();
            }
        }
    }
}

/// From number by number to pair by pair.
fn by_pairs<S: Real>(derivatives: &[S], numbers: usize, to: &mut [S]) {
    for (l, derivatives) in derivatives.chunks_exact(COEFFICIENTS).enumerate() {
        for (pair, &derivative) in to.chunks_exact_mut(numbers).zip(derivatives) {
            pair[l] = derivative;
        }
    }
}
