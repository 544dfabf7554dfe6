//! Outer: what is computed once per pair of points, from the sums. The only part of the engine that is compiled for
//! each kernel; lanes run over y.

use std::marker::PhantomData;

use super::packed::line;
use super::place::Across;
use super::reduce::COLUMNS;
use super::registers::Registers;
use crate::kernel::{First, Kernel, Second, Shape, Stage};
use crate::lane::{Detected, Map, Task, Vector};

#[inline(always)]
pub(super) fn load<V: Vector>(sums: &[V::Scalar], column: usize, into: &mut [V]) {
    for (slot, sum) in into.iter_mut().enumerate() {
        *sum = V::load(&sums[slot * COLUMNS + column..]);
    }
}

/// From the sums of a row, those of slot s from `s * COLUMNS` on, to k of as many columns as there is room for.
pub struct Values<K> {
    pub d: usize,
    /// Past the caches.
    pub streamed: bool,
    pub of: PhantomData<fn(&K)>,
}

impl<K: Kernel> Map<K::Scalar> for Values<K> {
    type Of = K;

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(&self, kernel: &K, from: &[K::Scalar], to: &mut [K::Scalar]) {
        let count = K::SHAPE.sums[Stage::Value as usize];
        let mut registers = Registers::<V>::new(count);
        let sums = registers.get(count);
        for (t, to) in to.chunks_exact_mut(V::LANES).enumerate() {
            load(from, t * V::LANES, sums);
            let value = kernel.value(self.d, sums);
            if self.streamed { value.store_past(to) } else { value.store(to) }
        }
    }
}

/// Where each coefficient stands among those of a pair: number `c` of column j at `c * COEFFICIENTS + j`.
#[derive(Clone, Copy)]
pub struct Order {
    pub frame: usize,
    pub grad_x: usize,
    pub grad_y: usize,
    pub rank: usize,
    pub off_diagonal: usize,
    pub diagonal: usize,
    pub dense: usize,
    pub end: usize,
}

/// How many columns have their coefficients computed together.
pub const COEFFICIENTS: usize = 64;

impl Order {
    /// The value is the first.
    pub const fn new(shape: Shape) -> Self {
        let products = shape.x * shape.y;
        let frame = 1;
        let grad_x = frame + shape.frame;
        let grad_y = grad_x + shape.x;
        let rank = grad_y + shape.y;
        let off_diagonal = rank + products;
        let diagonal = off_diagonal + if shape.off_diagonal { products } else { 0 };
        let dense = diagonal + shape.diagonal;
        Self { frame, grad_x, grad_y, rank, off_diagonal, diagonal, dense, end: dense + shape.dense }
    }
}

#[inline(always)]
fn store<V: Vector>(numbers: &[V], at: usize, column: usize, out: &mut [V::Scalar]) {
    for (number, &value) in numbers.iter().enumerate() {
        value.store(&mut out[(at + number) * COEFFICIENTS + column..]);
    }
}

/// The coefficients of first derivatives by x (if `X`) and by y (if `Y`), in [`Order`], of as many columns as
/// `columns`, from the sums of a row.
pub struct Firsts<K, const X: bool, const Y: bool> {
    pub d: usize,
    pub columns: usize,
    pub of: PhantomData<fn(&K)>,
}

impl<K: Kernel, const X: bool, const Y: bool> Map<K::Scalar> for Firsts<K, X, Y> {
    type Of = K;

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(&self, kernel: &K, from: &[K::Scalar], to: &mut [K::Scalar]) {
        let (shape, order, count) = (K::SHAPE, Order::new(K::SHAPE), K::SHAPE.sums[Stage::First as usize]);
        let mut sums = Registers::<V>::new(count);
        let sums = sums.get(count);
        // Not by `map`, which would copy them.
        let (mut frame, mut grad_x) = (Registers::<V>::new(shape.frame), Registers::<V>::new(shape.x));
        let mut grad_y = Registers::<V>::new(shape.y);
        for column in (0..self.columns).step_by(V::LANES) {
            load(from, column, sums);
            let (frame, grad_x, grad_y) = (frame.get(shape.frame), grad_x.get(shape.x), grad_y.get(shape.y));
            let mut first = First { frame: &mut *frame, grad_x: &mut *grad_x, grad_y: &mut *grad_y };
            let _ = kernel.first(self.d, sums, &mut first);
            store(frame, order.frame, column, to);
            if X {
                store(grad_x, order.grad_x, column, to);
            }
            if Y {
                store(grad_y, order.grad_y, column, to);
            }
        }
    }
}

/// All coefficients, in [`Order`], of as many columns as `columns`, from the sums of a row.
pub struct Seconds<K> {
    pub d: usize,
    pub columns: usize,
    pub of: PhantomData<fn(&K)>,
}

impl<K: Kernel> Map<K::Scalar> for Seconds<K> {
    type Of = K;

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(&self, kernel: &K, from: &[K::Scalar], to: &mut [K::Scalar]) {
        let (shape, order, count) = (K::SHAPE, Order::new(K::SHAPE), K::SHAPE.sums[Stage::Second as usize]);
        let products = shape.x * shape.y;
        let off = if shape.off_diagonal { products } else { 0 };
        let mut sums = Registers::<V>::new(count);
        let sums = sums.get(count);
        // Not by `map`, which would copy them.
        let (mut frame, mut grad_x) = (Registers::<V>::new(shape.frame), Registers::<V>::new(shape.x));
        let (mut grad_y, mut rank) = (Registers::<V>::new(shape.y), Registers::<V>::new(products));
        let (mut off_diagonal, mut diagonal) = (Registers::<V>::new(off), Registers::<V>::new(shape.diagonal));
        let mut dense = Registers::<V>::new(shape.dense);
        for column in (0..self.columns).step_by(V::LANES) {
            load(from, column, sums);
            let mut second = Second {
                frame: frame.get(shape.frame),
                grad_x: grad_x.get(shape.x),
                grad_y: grad_y.get(shape.y),
                rank: rank.get(products),
                stride: shape.y,
                off_diagonal: off_diagonal.get(off),
                diagonal: diagonal.get(shape.diagonal),
                dense: dense.get(shape.dense),
            };
            let value = kernel.second(self.d, sums, &mut second);
            store(&[value], 0, column, to);
            store(second.frame, order.frame, column, to);
            store(second.grad_x, order.grad_x, column, to);
            store(second.grad_y, order.grad_y, column, to);
            store(second.rank, order.rank, column, to);
            store(second.off_diagonal, order.off_diagonal, column, to);
            store(second.diagonal, order.diagonal, column, to);
            store(second.dense, order.dense, column, to);
        }
    }
}

/// What fills the sums of a kernel by its own code, for a point x and points y in tiles, up to the stage with number
/// `LAST`: code for what derivatives by parameters alone need is compiled for those who ask for them.
#[allow(clippy::type_complexity, reason = "`OwnSums`, before it is one")]
pub fn own_sums<const LAST: usize, K: Kernel>(
    kernel: &K,
    level: Detected,
    stage: Stage,
) -> impl Fn(&[K::Scalar], &[K::Scalar], &mut [K::Scalar]) + Sync {
    move |x, y, out| level.run(Own::<K, LAST> { kernel, stage, x, y, out })
}

struct Own<'a, K: Kernel, const LAST: usize> {
    kernel: &'a K,
    stage: Stage,
    x: &'a [K::Scalar],
    y: &'a [K::Scalar],
    out: &'a mut [K::Scalar],
}

impl<K: Kernel, const LAST: usize> Task<K::Scalar> for Own<'_, K, LAST> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = K::Scalar>>(self) {
        let Self { kernel, stage, x, y, out } = self;
        // From here on the compiler knows.
        if (stage as usize).max(Stage::Second as usize) != LAST {
            return;
        }
        let (count, width) = (K::SHAPE.sums[stage as usize], line::<K::Scalar>());
        let mut registers = Registers::<V>::new(count);
        let sums = registers.get(count);
        for (t, tile) in y.chunks_exact(x.len() * width).enumerate() {
            for k in (0..width).step_by(V::LANES) {
                kernel.start(stage, sums);
                for pass in 0..K::SHAPE.passes {
                    for i in 0..x.len() {
                        kernel.reduce(stage, pass, &Across { i, x, y: &tile[k..] }, sums);
                    }
                }
                for (slot, sum) in sums.iter().enumerate() {
                    sum.store(&mut out[slot * COLUMNS + t * width + k..]);
                }
            }
        }
    }
}
