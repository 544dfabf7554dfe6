//! k(x, x), lanes over points.

use super::packed::line;
use super::registers::Registers;
use crate::kernel::{Kernel, Place, Stage};
use crate::lane::{Task, Vector};
use crate::real::Real;

/// One coordinate of several points, which are both x and y.
struct Twice<'a, S> {
    i: usize,
    d: usize,
    points: &'a [S],
}

impl<S: Real, V: Vector<Scalar = S>> Place<V> for Twice<'_, S> {
    #[inline(always)]
    fn at(&self, i: usize) -> Self {
        Self { i, ..*self }
    }

    #[inline(always)]
    fn x(&self) -> V {
        self.other_x(self.i)
    }

    #[inline(always)]
    fn y(&self) -> V {
        self.other_x(self.i)
    }

    #[inline(always)]
    fn index(&self) -> V {
        V::of(self.i as f64)
    }

    #[inline(always)]
    fn unit(&self, k: usize) -> V {
        V::of(if self.i == k { 1.0 } else { 0.0 })
    }

    #[inline(always)]
    fn entry(&self, of: &[S]) -> V {
        V::splat(of[self.i])
    }

    #[inline(always)]
    fn dimension(&self) -> usize {
        self.d
    }

    #[inline(always)]
    fn other_x(&self, j: usize) -> V {
        V::load(&self.points[j * line::<S>()..])
    }

    #[inline(always)]
    fn other_y(&self, j: usize) -> V {
        self.other_x(j)
    }
}

/// Of points in tiles, into as many whole lines.
pub struct Variances<'a, K: Kernel> {
    pub kernel: &'a K,
    pub d: usize,
    pub points: &'a [K::Scalar],
    pub out: &'a mut [K::Scalar],
}

impl<K: Kernel> Task<K::Scalar> for Variances<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, d, points, out } = self;
        let (stage, width) = (Stage::Value, line::<K::Scalar>());
        let mut registers = Registers::<V>::new(K::SHAPE.sums[stage as usize]);
        let sums = registers.get(K::SHAPE.sums[stage as usize]);
        for (tile, out) in points.chunks_exact(d * width).zip(out.chunks_exact_mut(width)) {
            for k in (0..width).step_by(V::LANES) {
                kernel.start(stage, sums);
                for pass in 0..K::SHAPE.passes {
                    for i in 0..d {
                        kernel.reduce(stage, pass, &Twice { i, d, points: &tile[k..] }, sums);
                    }
                }
                kernel.value(d, sums).store(&mut out[k..]);
            }
        }
    }
}
