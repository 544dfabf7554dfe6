//! Factors of one coordinate, by their descriptions.

use super::loops::{array, multiply};
use super::outer::Frame;
use crate::engine::fill::AcrossPairs;
use crate::engine::reduce::Described;
use crate::lane::Vector;
use crate::real::Real;

/// Fills those of a point x and points y in tiles: number k of coordinate i from `(k * d + i) * stride` on.
pub struct Fill<'a, S> {
    /// Those that are [`Custom`](crate::kernel::Term::Custom) are filled already.
    pub factors: &'a [Described<S>],
    /// Which of them are wanted.
    pub wanted: &'a [bool],
    /// Which number of the frame each is multiplied with.
    pub scales: &'a [Option<usize>],
    pub x: &'a [S],
    pub y: &'a [S],
    pub frame: Frame<'a, S>,
    /// How many points y there are, in whole lines
    pub width: usize,
    pub stride: usize,
    pub out: &'a mut [S],
}

impl<S: Real> Fill<'_, S> {
    #[inline(always)]
    pub fn run<V: Vector<Scalar = S>>(self) {
        let Self { factors, wanted, scales, x, y, frame, width, stride, out } = self;
        let of_each = x.len() * stride;
        for (number, to) in out.chunks_exact_mut(of_each).enumerate() {
            if !wanted[number] {
                continue;
            }
            factors[number].fill::<V>(AcrossPairs { x, y, to, stride });
            let Some(scale) = scales[number] else { continue };
            let scale = array(frame.numbers, scale, frame.stride, width);
            for to in to.chunks_exact_mut(stride) {
                multiply::<V>(scale, &mut to[..width]);
            }
        }
    }
}
