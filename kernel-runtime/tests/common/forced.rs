//! Blocks at every level.

use kernel_runtime::{Level, Real};
use ndarray::{Array, Array2, ArrayRef, Axis, Dimension, Slice};

/// Coordinates from -1 to 1.
pub fn points<T: Real>(n: usize, d: usize, seed: f64) -> Array2<T> {
    Array2::from_shape_fn((n, d), |(i, a)| T::of((seed + 1.7 * i as f64 + 0.6 * a as f64).sin()))
}

/// What `write` writes at each level is near what is expected, and with feature `reproducible` the same at all, bit for
/// bit.
pub fn check<T: Real, D: Dimension>(expected: &Array<T, D>, what: &str, write: impl Fn(&mut ArrayRef<T, D>)) {
    let bound = T::of(if size_of::<T>() == 4 { 3e-5 } else { 5e-14 });
    let mut first: Option<Array<T, D>> = None;
    for level in Level::available() {
        let got = level.with(|| written(&expected.raw_dim(), &write));
        for ((index, &got), &expected) in got.indexed_iter().zip(expected) {
            let close = Real::abs(got - expected) <= bound * Real::max(Real::abs(expected), T::of(1.0));
            assert!(close, "{what} at {level:?}, {index:?}: {got}, expected {expected}");
        }
        if cfg!(feature = "reproducible") {
            for ((index, &got), &first) in got.indexed_iter().zip(first.get_or_insert_with(|| got.clone()).iter()) {
                // Reciprocals of zeros tell their signs.
                let same = got == first && Real::recip(got) == Real::recip(first);
                assert!(same, "{what} at {level:?} has other bits, {index:?}: {got} and {first}");
            }
        }
    }
}

/// A block in memory of its own. In every second number of a larger array it must be the same, and leave the others
/// alone.
fn written<T: Real, D: Dimension>(shape: &D, write: impl Fn(&mut ArrayRef<T, D>)) -> Array<T, D> {
    let mut block = Array::from_elem(shape.clone(), T::of(f64::NAN));
    write(&mut block);
    let axes = if cfg!(miri) { 0 } else { block.ndim() };
    for axis in 0..axes {
        let mut wide = shape.clone();
        wide[axis] *= 2;
        let mut room = Array::from_elem(wide, T::of(7.0));
        // Backwards along every other axis: entries 0, 2, …, or …, 3, 1.
        let (first, step) = if axis % 2 == 0 { (0, 2) } else { (1, -2) };
        let out = Slice::new(first, None, step);
        write(&mut room.slice_axis_mut(Axis(axis), out));
        assert!(room.slice_axis(Axis(axis), out) == block, "every second along axis {axis}");
        let between = Slice::new(1 - first, None, 2);
        assert!(room.slice_axis(Axis(axis), between).iter().all(|&entry| entry == T::of(7.0)));
    }
    block
}
