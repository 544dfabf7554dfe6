//! The parts of a tower that are compiled for each kernel, behind a trait that forgets which it is.

use std::marker::PhantomData;
use std::ops::Deref;

use crate::engine::coefficients::own_sums;
use crate::engine::known::Known;
use crate::engine::packed::line;
use crate::engine::place::Across;
use crate::engine::reduce::COLUMNS;
use crate::engine::registers::Registers;
use crate::kernel::{
    BEFORE_BEYOND, HIGHEST, Kernel, KnownTo, ORDERS, SomeOrder, Stage, Term, Tower, TowerOut, TowerShape, TowerTerm,
};
use crate::lane::{Detected, Grid, GridMut, Map, Task, Vector};
use crate::real::Real;

/// A kernel with a [`Tower`].
#[doc(hidden)]
pub trait Derived<S: Real>: Known<S> {
    fn tower_shape(&self) -> TowerShape;
    /// [`Tower::tower_terms`]
    fn terms(&self, limits: [usize; 2], each: &mut dyn FnMut(TowerTerm));
    /// [`Tower::tower_factor`]
    fn described_factor(&self, number: usize) -> Term;
    /// [`Tower::tower_weight`]
    fn factor_weight(&self, number: usize, i: usize, d: usize) -> S;
    /// [`Tower::tower_scale`]
    fn factor_scale(&self, number: usize) -> Option<usize>;
    /// Fills the sums of one point x and points y in tiles, if some are [`Term::Custom`].
    fn fill_sums(&self, level: Detected, x: &[S], y: &[S], out: &mut [S]);
    /// Fills the factors of one point x and points y in tiles that are [`Term::Custom`], and the others with anything:
    /// number k of coordinate i from `(k * d + i) * stride` on.
    fn fill_factors(&self, level: Detected, x: &[S], y: &[S], frame: Frame<'_, S>, stride: usize, out: &mut [S]);
}

/// What is asked of [`Derived::coefficients`].
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The highest order of a derivative.
    pub order: usize,
    /// Which numbers of the frame and coefficients are written, as bits; those behind the last bit are if that is set.
    pub numbers: u64,
    pub columns: usize,
    /// Number c of column j goes to `c * stride + j`.
    pub stride: usize,
}

/// The bit of a number in [`Asked::numbers`].
#[inline(always)]
pub fn bit(number: usize) -> u64 {
    1 << number.min(u64::BITS as usize - 1)
}

/// The bits of all numbers up to an order.
pub fn bits(shape: TowerShape, order: usize) -> u64 {
    (0..offsets(shape)[order + 1]).fold(0, |bits, number| bits | bit(number))
}

/// The numbers of the frame, the next of which begins `stride` numbers after the one before.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a, S> {
    pub numbers: &'a [S],
    pub stride: usize,
}

/// What is compiled of the coefficients of derivatives up to order `N` on either side.
#[doc(hidden)]
pub trait UpTo<S: Real, const N: usize>: Sync {
    /// From the sums of a row to numbers of the frame and coefficients.
    fn coefficients(&self, level: Detected, asked: &Asked, d: usize, sums: &[S], out: &mut [S]);
}

/// So much is compiled for operators of the second order and below.
const SECOND: usize = 2;

/// A kernel with its derivatives.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Tall<'k, S> {
    kernel: &'k dyn Derived<S>,
    coefficients: Coefficients<'k, S>,
}

#[derive(Clone, Copy)]
enum Coefficients<'k, S> {
    Second(&'k dyn UpTo<S, SECOND>),
    Fourth(&'k dyn UpTo<S, HIGHEST>),
}

/// A kernel with its derivatives of an order on either side.
#[doc(hidden)]
pub fn derived<K: KnownTo<O>, O: SomeOrder>(kernel: &K) -> Tall<'_, K::Scalar> {
    let coefficients =
        if const { O::NUMBER <= SECOND } { Coefficients::Second(kernel) } else { Coefficients::Fourth(kernel) };
    Tall { kernel, coefficients }
}

impl<S: Real> Tall<'_, S> {
    /// The one with the derivatives of higher order.
    #[must_use]
    pub fn higher(self, other: Self) -> Self {
        if let Coefficients::Fourth(_) = self.coefficients { self } else { other }
    }

    /// [`UpTo::coefficients`]
    pub fn coefficients(self, level: Detected, asked: &Asked, d: usize, sums: &[S], out: &mut [S]) {
        match self.coefficients {
            Coefficients::Second(kernel) => kernel.coefficients(level, asked, d, sums, out),
            Coefficients::Fourth(kernel) => kernel.coefficients(level, asked, d, sums, out),
        }
    }
}

impl<'k, S> Deref for Tall<'k, S> {
    type Target = dyn Derived<S> + 'k;

    fn deref(&self) -> &Self::Target {
        self.kernel
    }
}

impl<K: Tower, const N: usize> UpTo<K::Scalar, N> for K {
    fn coefficients(&self, level: Detected, asked: &Asked, d: usize, sums: &[K::Scalar], out: &mut [K::Scalar]) {
        level.map(&Evaluated::<K, N> { asked, d, of: PhantomData }, self, sums, out);
    }
}

impl<K: Tower> Derived<K::Scalar> for K {
    fn tower_shape(&self) -> TowerShape {
        K::TOWER
    }

    fn terms(&self, limits: [usize; 2], each: &mut dyn FnMut(TowerTerm)) {
        K::tower_terms(limits, each);
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

    fn fill_factors(
        &self,
        level: Detected,
        x: &[K::Scalar],
        y: &[K::Scalar],
        frame: Frame<'_, K::Scalar>,
        stride: usize,
        out: &mut [K::Scalar],
    ) {
        if const { K::TOWER.custom } {
            level.run(OwnFactors { kernel: self, x, y, frame, stride, out });
        }
    }
}

/// Where the coefficients of an order begin behind the frame, and where the last ends.
pub const fn offsets(shape: TowerShape) -> [usize; ORDERS + 1] {
    let mut offsets = [shape.frame; ORDERS + 1];
    let mut order = 0;
    while order < ORDERS {
        offsets[order + 1] = offsets[order] + shape.coefficients[order];
        order += 1;
    }
    offsets
}

struct Evaluated<'a, K, const N: usize> {
    asked: &'a Asked,
    d: usize,
    of: PhantomData<fn(&K)>,
}

/// What is called on a path that is taken less often: without it, what the other does would be out of the way.
#[inline(always)]
#[cold]
const fn seldom() {}

impl<K: Tower, const N: usize> Map<K::Scalar> for Evaluated<'_, K, N> {
    type Of = K;

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(&self, kernel: &K, from: &[K::Scalar], to: &mut [K::Scalar]) {
        // Constants, so that loops over numbers are none and these stay in registers.
        let (count, offsets) = const { (K::SHAPE.sums[Stage::Second as usize], offsets(K::TOWER)) };
        let end = const { self::offsets(K::TOWER)[2 * N + 1] };
        let &Asked { order, numbers: wanted, columns, stride } = self.asked;
        // The compiler sees here that what is beyond is not wanted.
        let order = order.min(2 * N);
        let written = offsets[order + 1];
        let from = Grid::<V>::new(from, count, columns / V::LANES, COLUMNS / V::LANES);
        let mut to = GridMut::<V>::new(to, written, columns / V::LANES, stride / V::LANES);
        let mut sums = Registers::<V>::new(count);
        let sums = sums.get(count);
        let mut numbers = Registers::<V>::new(end);
        for column in 0..columns / V::LANES {
            for (slot, sum) in sums.iter_mut().enumerate() {
                *sum = from.get(slot, column);
            }
            let numbers = numbers.get(end);
            let (frame, mut rest) = numbers.split_at_mut(K::TOWER.frame);
            let mut coefficients: [&mut [V]; ORDERS] = Default::default();
            for (order, own) in coefficients.iter_mut().enumerate().take(2 * N + 1) {
                (*own, rest) = rest.split_at_mut(K::TOWER.coefficients[order]);
            }
            let mut out = TowerOut { frame, coefficients };
            kernel.tower(order, self.d, sums, &mut out);
            // What is beyond is not even compiled where it is not wanted.
            if const { 2 * N > BEFORE_BEYOND } && order > BEFORE_BEYOND {
                kernel.tower_beyond(order, self.d, sums, &mut out);
            }
            for (number, value) in numbers.iter().enumerate() {
                if number >= written {
                    break;
                }
                if wanted & bit(number) == 0 {
                    seldom();
                    continue;
                }
                value.store(to.get(number, column));
            }
        }
    }
}

struct OwnFactors<'a, K: Kernel> {
    kernel: &'a K,
    x: &'a [K::Scalar],
    y: &'a [K::Scalar],
    frame: Frame<'a, K::Scalar>,
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
                    *value = V::load(&frame.numbers[number * frame.stride + at..]);
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
