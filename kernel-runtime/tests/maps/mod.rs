//! Maps of points.
#![allow(dead_code, reason = "not every test needs all")]

use std::sync::atomic::{AtomicUsize, Ordering};

use kernel_runtime::Real;
use kernel_runtime::gram::{Coordinatewise, Jacobian, Warp};
use ndarray::Array2;

/// Numbers between 0.3 and 2.3 without a pattern.
pub fn positive(n: usize, d: usize, seed: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| 1.3 + (seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
}

/// Of each coordinate, where it is positive.
pub fn logarithms() -> Coordinatewise<impl Fn(usize, f64) -> (f64, f64) + Sync> {
    Coordinatewise(|_, x: f64| (x.ln(), x.recip()))
}

/// w(x) = A x
pub struct Linear<S>(pub Array2<S>);

impl<S: Real> Warp<S> for Linear<S> {
    fn dimension(&self) -> Option<usize> {
        Some(self.0.ncols())
    }

    fn jacobian_shape(&self, _: usize) -> Jacobian {
        Jacobian::Full(self.0.nrows())
    }

    fn map(&self, x: &[S], out: &mut [S]) {
        for (out, row) in out.iter_mut().zip(self.0.rows()) {
            *out = row.iter().zip(x).map(|(&a, &x)| a * x).sum();
        }
    }

    fn jacobian(&self, _: &[S], out: &mut [S]) {
        for (out, &entry) in out.iter_mut().zip(&self.0) {
            *out = entry;
        }
    }
}

/// From two coordinates to three: (sin x_0 x_1, exp x_0, x_0 - x_1²).
pub struct Curved;

impl Warp<f64> for Curved {
    fn dimension(&self) -> Option<usize> {
        Some(2)
    }

    fn jacobian_shape(&self, _: usize) -> Jacobian {
        Jacobian::Full(3)
    }

    fn map(&self, x: &[f64], out: &mut [f64]) {
        out.copy_from_slice(&[(x[0] * x[1]).sin(), x[0].exp(), x[0] - x[1] * x[1]]);
    }

    /// What is 0 is left to be.
    fn jacobian(&self, x: &[f64], out: &mut [f64]) {
        let cos = (x[0] * x[1]).cos();
        (out[0], out[1]) = (cos * x[1], cos * x[0]);
        out[2] = x[0].exp();
        (out[4], out[5]) = (1.0, -2.0 * x[1]);
    }
}

/// Counts how often another map and its Jacobian are evaluated.
pub struct Counted<W> {
    map: W,
    calls: [AtomicUsize; 2],
}

impl<W> Counted<W> {
    pub fn new(map: W) -> Self {
        Self { map, calls: [AtomicUsize::new(0), AtomicUsize::new(0)] }
    }

    /// Since it was asked last.
    pub fn calls(&self) -> [usize; 2] {
        [&self.calls[0], &self.calls[1]].map(|calls| calls.swap(0, Ordering::Relaxed))
    }
}

impl<S, W: Warp<S>> Warp<S> for Counted<W> {
    fn dimension(&self) -> Option<usize> {
        self.map.dimension()
    }

    fn jacobian_shape(&self, d: usize) -> Jacobian {
        self.map.jacobian_shape(d)
    }

    fn map(&self, x: &[S], out: &mut [S]) {
        self.calls[0].fetch_add(1, Ordering::Relaxed);
        self.map.map(x, out);
    }

    fn jacobian(&self, x: &[S], out: &mut [S]) {
        self.calls[1].fetch_add(1, Ordering::Relaxed);
        self.map.jacobian(x, out);
    }
}
