//! The parts of a tower that are compiled for each kernel, behind a trait that forgets which it is.

use std::marker::PhantomData;

use crate::engine::coefficients::{COEFFICIENTS, load, own_sums};
use crate::engine::known::Known;
use crate::engine::packed::line;
use crate::engine::place::Across;
use crate::engine::registers::Registers;
use crate::kernel::{Kernel, Stage, Term, Tower, TowerOut, TowerShape, TowerTerm};
use crate::lane::{Detected, Map, Task, Vector};
use crate::real::Real;

/// A kernel with a [`Tower`].
#[doc(hidden)]
pub trait Derived<S: Real>: Known<S> {
    fn tower_shape(&self) -> TowerShape;
    fn terms(&self, each: &mut dyn FnMut(TowerTerm));
    /// [`Tower::tower_factor`]
    fn described_factor(&self, number: usize) -> Term;
    /// [`Tower::tower_weight`]
    fn factor_weight(&self, number: usize, i: usize, d: usize) -> S;
    /// [`Tower::tower_scale`]
    fn factor_scale(&self, number: usize) -> Option<usize>;
    /// Fills the sums of one point x and points y in tiles, if some are [`Term::Custom`].
    fn fill_sums(&self, level: Detected, x: &[S], y: &[S], out: &mut [S]);
    /// From the sums of a row to the frame and the coefficients of derivatives up to an order, of as many columns: number c of column j
    /// at `c * COEFFICIENTS + j`.
    fn coefficients(&self, level: Detected, order: usize, d: usize, columns: usize, sums: &[S], out: &mut [S]);
    /// Fills the factors of one point x and points y in tiles that are [`Term::Custom`], and the others with anything: number k of coordinate
    /// i from `(k * d + i) * stride` on.
    fn fill_factors(&self, level: Detected, x: &[S], y: &[S], frame: &[S], stride: usize, out: &mut [S]);
}

impl<K: Tower> Derived<K::Scalar> for K {
    fn tower_shape(&self) -> TowerShape {
        K::TOWER
    }

    fn terms(&self, each: &mut dyn FnMut(TowerTerm)) {
        K::tower_terms(each);
    }

    fn described_factor(&self, number: usize) -> Term {
        self.tower_factor(number)
    }

    fn factor_weight(&self, number: usize, i: usize, d: usize) -> K::Scalar {
        self.tower_weight(number, i, d)
    }

    fn factor_scale(&self, number: usize) -> Option<usize> {
        K::tower_scale(number)
    }

    fn fill_sums(&self, level: Detected, x: &[K::Scalar], y: &[K::Scalar], out: &mut [K::Scalar]) {
        if const { K::SHAPE.custom_sums } {
            own_sums::<{ Stage::Second as usize }, K>(self, level, Stage::Second)(x, y, out);
        }
    }

    fn coefficients(
        &self,
        level: Detected,
        order: usize,
        d: usize,
        columns: usize,
        sums: &[K::Scalar],
        out: &mut [K::Scalar],
    ) {
        level.map(&Coefficients { order, d, columns, of: PhantomData }, self, sums, out);
    }

    fn fill_factors(
        &self,
        level: Detected,
        x: &[K::Scalar],
        y: &[K::Scalar],
        frame: &[K::Scalar],
        stride: usize,
        out: &mut [K::Scalar],
    ) {
        if const { K::TOWER.custom } {
            level.run(OwnFactors { kernel: self, x, y, frame, stride, out });
        }
    }
}

/// Where the coefficients of an order begin behind the frame, and where the last ends.
pub fn offsets(shape: TowerShape) -> [usize; 6] {
    let mut offsets = [shape.frame; 6];
    for order in 0..5 {
        offsets[order + 1] = offsets[order] + shape.coefficients[order];
    }
    offsets
}

struct Coefficients<K> {
    order: usize,
    d: usize,
    columns: usize,
    of: PhantomData<fn(&K)>,
}

impl<K: Tower> Map<K::Scalar> for Coefficients<K> {
    type Of = K;

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(&self, kernel: &K, from: &[K::Scalar], to: &mut [K::Scalar]) {
        let (count, offsets) = (K::SHAPE.sums[Stage::Second as usize], offsets(K::TOWER));
        let mut sums = Registers::<V>::new(count);
        let sums = sums.get(count);
        let mut numbers = Registers::<V>::new(offsets[5]);
        for column in (0..self.columns).step_by(V::LANES) {
            load(from, column, sums);
            let numbers = numbers.get(offsets[5]);
            let (frame, rest) = numbers.split_at_mut(K::TOWER.frame);
            let (zeroth, rest) = rest.split_at_mut(K::TOWER.coefficients[0]);
            let (first, rest) = rest.split_at_mut(K::TOWER.coefficients[1]);
            let (second, rest) = rest.split_at_mut(K::TOWER.coefficients[2]);
            let (third, fourth) = rest.split_at_mut(K::TOWER.coefficients[3]);
            let mut out = TowerOut { frame, coefficients: [zeroth, first, second, third, fourth] };
            kernel.tower(self.order, self.d, sums, &mut out);
            for (number, value) in numbers[..offsets[self.order + 1]].iter().enumerate() {
                value.store(&mut to[number * COEFFICIENTS + column..]);
            }
        }
    }
}

struct OwnFactors<'a, K: Kernel> {
    kernel: &'a K,
    x: &'a [K::Scalar],
    y: &'a [K::Scalar],
    frame: &'a [K::Scalar],
    stride: usize,
    out: &'a mut [K::Scalar],
}

impl<K: Tower> Task<K::Scalar> for OwnFactors<'_, K> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, x, y, frame, stride, out } = self;
        let (d, width) = (x.len(), line::<K::Scalar>());
        let mut of_pair = Registers::<V>::new(K::TOWER.frame);
        let of_pair = of_pair.get(K::TOWER.frame);
        let mut factors = Registers::<V>::new(K::TOWER.factors);
        let factors = factors.get(K::TOWER.factors);
        for (t, tile) in y.chunks_exact(d * width).enumerate() {
            for k in (0..width).step_by(V::LANES) {
                let at = t * width + k;
                for (number, value) in of_pair.iter_mut().enumerate() {
                    *value = V::load(&frame[number * COEFFICIENTS + at..]);
                }
                for i in 0..d {
                    kernel.tower_factors(&Across { i, x, y: &tile[k..] }, of_pair, factors);
                    for (number, factor) in factors.iter().enumerate() {
                        factor.store(&mut out[(number * d + i) * stride + at..]);
                    }
                }
            }
        }
    }
}
