//! Outputs, made once: fresh pages would cost more than what is measured.

use std::cell::{RefCell, RefMut};

use ndarray::{ArrayView2, ArrayViewMut, Dimension};

/// The largest output, in numbers: 128 MiB, far more than the caches hold.
pub const NUMBERS: usize = 4096 * 4096;
const LINE: usize = 64 / size_of::<f64>();

/// Memory for one output, of which contestants in turn use as much as they need.
pub struct Memory(RefCell<Vec<f64>>);

impl Memory {
    pub fn new() -> Self {
        // Written, so that no page is fresh.
        Self(RefCell::new(vec![1.0; NUMBERS + 2 * LINE]))
    }

    /// So many numbers, `offset` of them after the start of a cache line.
    pub fn numbers(&self, offset: usize, count: usize) -> RefMut<'_, [f64]> {
        RefMut::map(self.0.borrow_mut(), |all| {
            let start = all.as_ptr().align_offset(64) + offset;
            &mut all[start..start + count]
        })
    }
}

/// An output as an array.
pub fn shaped<S, D: Dimension>(numbers: &mut [S], shape: D) -> ArrayViewMut<'_, S, D> {
    ArrayViewMut::from_shape(shape, numbers).expect("as many numbers as the shape has")
}

/// Points as an array.
pub fn points<S>(d: usize, numbers: &[S]) -> ArrayView2<'_, S> {
    ArrayView2::from_shape((numbers.len() / d, d), numbers).expect("whole points")
}

/// The largest difference, in parts of the largest number.
pub fn error(got: &[f64], want: &[f64]) -> f64 {
    let scale = want.iter().fold(f64::MIN_POSITIVE, |scale, v| scale.max(v.abs()));
    let differences = got.iter().zip(want).map(|(a, b)| (a - b).abs());
    // A NaN stays.
    differences.fold(0.0, |most: f64, e| if most.is_nan() || e <= most { most } else { e }) / scale
}
