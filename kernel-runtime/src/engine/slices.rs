//! Loops over whole vectors of slices.

use crate::lane::{GridMut, Vector, Vectors, VectorsMut};

/// to = c u, number by number; or to + c u (if `ADD`). Of whole vectors.
#[inline(always)]
pub fn product<V: Vector, const ADD: bool>(c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = to.len() / V::LANES;
    let (c, u, mut to) = (Vectors::<V>::new(c, count), Vectors::<V>::new(u, count), VectorsMut::<V>::new(to, count));
    for i in 0..count {
        let to = to.get(i);
        (if ADD { c.get(i).mul_add(u.get(i), V::load(to)) } else { c.get(i) * u.get(i) }).store(to);
    }
}

/// The same, to vectors `first`, `first + step`, …
#[inline(always)]
pub fn product_to<V: Vector, const ADD: bool>(
    c: &[V::Scalar],
    u: &[V::Scalar],
    to: &mut [V::Scalar],
    first: usize,
    step: usize,
) {
    let count = c.len() / V::LANES;
    let (c, u, mut to) =
        (Vectors::<V>::new(c, count), Vectors::<V>::new(u, count), GridMut::<V>::new(to, count, step, step));
    for i in 0..count {
        let to = to.get(i, first);
        (if ADD { c.get(i).mul_add(u.get(i), V::load(to)) } else { c.get(i) * u.get(i) }).store(to);
    }
}

/// [`product_to`] of one number u.
#[inline(always)]
pub fn scaled_to<V: Vector>(c: &[V::Scalar], u: V::Scalar, to: &mut [V::Scalar], first: usize, step: usize) {
    let count = c.len() / V::LANES;
    let (c, u, mut to) = (Vectors::<V>::new(c, count), V::splat(u), GridMut::<V>::new(to, count, step, step));
    for i in 0..count {
        (c.get(i) * u).store(to.get(i, first));
    }
}

/// Copies whole vectors to vectors `first`, `first + step`, …
#[inline(always)]
pub fn copy_to<V: Vector>(from: &[V::Scalar], to: &mut [V::Scalar], first: usize, step: usize) {
    let count = from.len() / V::LANES;
    let (from, mut to) = (Vectors::<V>::new(from, count), GridMut::<V>::new(to, count, step, step));
    for i in 0..count {
        from.get(i).store(to.get(i, first));
    }
}

/// [`product`] with the same c for u and `to` from 0, from `stride`, from 2 `stride` on, …
#[inline(always)]
pub fn products<V: Vector, const ADD: bool>(c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar], stride: usize) {
    let (count, all, step) = (c.len() / V::LANES, to.len() / V::LANES, stride / V::LANES);
    let (c, u, mut to) = (Vectors::<V>::new(c, count), Vectors::<V>::new(u, all), VectorsMut::<V>::new(to, all));
    for i in 0..count {
        let c = c.get(i);
        for k in (i..all).step_by(step) {
            let to = to.get(k);
            (if ADD { c.mul_add(u.get(k), V::load(to)) } else { c * u.get(k) }).store(to);
        }
    }
}

/// What [`entries`] are added to: coefficients, and what they are the coefficients of, if that is not 1.
pub type Rest<'a, S> = (&'a [S], Option<&'a [S]>);

/// to = (c f) g, plus a rest, with the same coefficients for the others, as [`products`].
#[inline(always)]
pub fn entries<V: Vector>(
    [c, f, g]: [&[V::Scalar]; 3],
    rest: Option<Rest<'_, V::Scalar>>,
    to: &mut [V::Scalar],
    stride: usize,
) {
    let (count, all, step) = (c.len() / V::LANES, to.len() / V::LANES, stride / V::LANES);
    let (own, factors) = rest.unwrap_or((c, None));
    let (c, own) = (Vectors::<V>::new(c, count), Vectors::<V>::new(own, count));
    let (f, g, mut to) = (Vectors::<V>::new(f, all), Vectors::<V>::new(g, all), VectorsMut::<V>::new(to, all));
    let factors = factors.map(|factors| Vectors::<V>::new(factors, all));
    for i in 0..count {
        let (c, own) = (c.get(i), own.get(i));
        for k in (i..all).step_by(step) {
            let weight = c * f.get(k);
            let entry = match &factors {
                _ if rest.is_none() => weight * g.get(k),
                None => weight.mul_add(g.get(k), own),
                Some(h) => weight.mul_add(g.get(k), own * h.get(k)),
            };
            entry.store(to.get(k));
        }
    }
}

/// The same with one c for each `width` numbers.
#[inline(always)]
pub fn scaled<V: Vector, const ADD: bool>(c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar], width: usize) {
    let (count, of_each) = (to.len() / V::LANES, width / V::LANES);
    let (u, mut to) = (Vectors::<V>::new(u, count), VectorsMut::<V>::new(to, count));
    for (k, &c) in c.iter().enumerate() {
        let c = V::splat(c);
        for i in k * of_each..(k + 1) * of_each {
            let to = to.get(i);
            (if ADD { c.mul_add(u.get(i), V::load(to)) } else { c * u.get(i) }).store(to);
        }
    }
}

/// How coefficients meet the numbers that they are the coefficients of.
pub trait Applied: Copy {
    /// to = c u, or to + c u (if `ADD`).
    fn apply<V: Vector, const ADD: bool>(self, c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar]);
}

/// As [`products`] of this stride.
#[derive(Clone, Copy)]
pub struct Across(pub usize);

impl Applied for Across {
    #[inline(always)]
    fn apply<V: Vector, const ADD: bool>(self, c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar]) {
        products::<V, ADD>(c, u, to, self.0);
    }
}

/// As numbers [`scaled`] by so many.
#[derive(Clone, Copy)]
pub struct Along(pub usize);

impl Applied for Along {
    #[inline(always)]
    fn apply<V: Vector, const ADD: bool>(self, c: &[V::Scalar], u: &[V::Scalar], to: &mut [V::Scalar]) {
        scaled::<V, ADD>(c, u, to, self.0);
    }
}

/// to + u. Of whole vectors.
#[inline(always)]
pub fn add<V: Vector>(u: &[V::Scalar], to: &mut [V::Scalar]) {
    let count = to.len() / V::LANES;
    let (u, mut to) = (Vectors::<V>::new(u, count), VectorsMut::<V>::new(to, count));
    for i in 0..count {
        let to = to.get(i);
        (V::load(to) + u.get(i)).store(to);
    }
}
