//! Loops over arrays with a number for each of some points y, whole vectors of them.

use crate::lane::{Vector, Vectors, VectorsMut};

/// Array `number` of those that begin every `stride` numbers.
#[inline(always)]
pub fn array<S>(all: &[S], number: usize, stride: usize, width: usize) -> &[S] {
    &all[number * stride..][..width]
}

/// The same to be written.
#[inline(always)]
pub fn array_mut<S>(all: &mut [S], number: usize, stride: usize, width: usize) -> &mut [S] {
    &mut all[number * stride..][..width]
}

/// to + Σ a b, lane by lane.
#[inline(always)]
pub fn sum2<V: Vector>(a: &[V::Scalar], b: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = a.len() / V::LANES;
    let [a, b] = [a, b].map(|numbers| Vectors::<V>::new(numbers, count));
    let mut sum = V::load(to);
    for i in 0..count {
        sum = a.get(i).mul_add(b.get(i), sum);
    }
    sum.store(to);
}

/// to + Σ a b c, lane by lane.
#[inline(always)]
pub fn sum3<V: Vector>(a: &[V::Scalar], b: &[V::Scalar], c: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = a.len() / V::LANES;
    let [a, b, c] = [a, b, c].map(|numbers| Vectors::<V>::new(numbers, count));
    let mut sum = V::load(to);
    for i in 0..count {
        sum = (a.get(i) * b.get(i)).mul_add(c.get(i), sum);
    }
    sum.store(to);
}

/// to + Σ (a b + c e), lane by lane.
#[inline(always)]
pub fn sum_both<V: Vector>([a, b]: [&[V::Scalar]; 2], [c, e]: [&[V::Scalar]; 2], to: &mut [V::Scalar]) {
    let count = a.len() / V::LANES;
    let [a, b, c, e] = [a, b, c, e].map(|numbers| Vectors::<V>::new(numbers, count));
    let (mut sum, mut other) = (V::load(to), V::of(0.0));
    for i in 0..count {
        sum = a.get(i).mul_add(b.get(i), sum);
        other = c.get(i).mul_add(e.get(i), other);
    }
    (sum + other).store(to);
}

/// to = c to, number by number.
#[inline(always)]
pub fn multiply<V: Vector>(c: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = to.len() / V::LANES;
    let (c, mut to) = (Vectors::<V>::new(c, count), VectorsMut::<V>::new(to, count));
    for i in 0..count {
        let to = to.get(i);
        (c.get(i) * V::load(to)).store(to);
    }
}

/// to + a b c, number by number.
#[inline(always)]
pub fn add3<V: Vector>(a: &[V::Scalar], b: &[V::Scalar], c: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = a.len() / V::LANES;
    let [a, b, c] = [a, b, c].map(|numbers| Vectors::<V>::new(numbers, count));
    let mut to = VectorsMut::<V>::new(to, count);
    for i in 0..count {
        let to = to.get(i);
        (a.get(i) * b.get(i)).mul_add(c.get(i), V::load(to)).store(to);
    }
}

/// to + times c u, number by number, or to + times c without u.
#[inline(always)]
pub fn weigh<V: Vector>(times: V::Scalar, c: &[V::Scalar], u: Option<&[V::Scalar]>, to: &mut [V::Scalar]) {
    let (count, times) = (c.len() / V::LANES, V::splat(times));
    let u = u.map(|u| Vectors::<V>::new(u, count));
    let (c, mut to) = (Vectors::<V>::new(c, count), VectorsMut::<V>::new(to, count));
    for i in 0..count {
        let (to, weight) = (to.get(i), times * c.get(i));
        let sum = V::load(to);
        (match &u {
            Some(u) => weight.mul_add(u.get(i), sum),
            None => sum + weight,
        })
        .store(to);
    }
}

/// to = Σ_b M(b) g(b), number by number, of d arrays each that begin every `stride` numbers.
#[inline(always)]
pub fn matrix_row<V: Vector>(m: &[V::Scalar], g: &[V::Scalar], d: usize, stride: usize, to: &mut [V::Scalar]) {
    let (count, step) = (to.len() / V::LANES, stride / V::LANES);
    let all = (d - 1) * step + count;
    let (m, g, mut to) = (Vectors::<V>::new(m, all), Vectors::<V>::new(g, all), VectorsMut::<V>::new(to, count));
    for i in 0..count {
        let mut sum = V::of(0.0);
        for b in 0..d {
            sum = m.get(b * step + i).mul_add(g.get(b * step + i), sum);
        }
        sum.store(to.get(i));
    }
}
