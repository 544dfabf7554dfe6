//! Loops over usual factors of coordinates, by their description.

use super::packed::line;
use super::reduce::{Described, base};
use crate::kernel::{Base, Term};
use crate::lane::{Strided, StridedMut, Task, Vector, Vectors, VectorsMut};
use crate::real::Real;

/// A usual factor of one coordinate. Not a closure, as [`Summand`](super::reduce) is none.
pub trait Formula: Copy {
    fn of<V: Vector>(self, x: V, y: V, weight: V) -> V;
}

/// A base that factors of most kernels have: to tell it apart in a loop costs as much as it does.
macro_rules! usual {
    ($($kind:ident)*) => {$(
        #[derive(Clone, Copy)]
        pub struct $kind;

        impl Formula for $kind {
            #[inline(always)]
            fn of<V: Vector>(self, x: V, y: V, _: V) -> V {
                base(Base::$kind, x, y)
            }
        }
    )*};
}
usual!(One Difference X Y);

#[derive(Clone, Copy)]
struct Other(Base);

impl Formula for Other {
    #[inline(always)]
    fn of<V: Vector>(self, x: V, y: V, _: V) -> V {
        base(self.0, x, y)
    }
}

#[derive(Clone, Copy)]
pub struct Weighted<F>(pub F);

impl<F: Formula> Formula for Weighted<F> {
    #[inline(always)]
    fn of<V: Vector>(self, x: V, y: V, weight: V) -> V {
        weight * self.0.of(x, y, weight)
    }
}

/// Memory to be filled with a usual factor.
pub trait Fill<S> {
    fn fill<V: Vector<Scalar = S>>(self, formula: impl Formula, weights: &[S]);
}

/// Memory, and what it is to be filled with.
struct Filled<'a, S, M, F> {
    memory: M,
    formula: F,
    weights: &'a [S],
}

impl<S: Real, M: Fill<S>, F: Formula> Task<S> for Filled<'_, S, M, F> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        self.memory.fill::<V>(self.formula, self.weights);
    }
}

impl<S: Real> Described<S> {
    #[inline(always)]
    pub fn fill<V: Vector<Scalar = S>>(&self, memory: impl Fill<S>) {
        macro_rules! with {
            ($formula:expr) => {
                V::apart(Filled { memory, formula: $formula, weights: &self.weights })
            };
        }
        match self.term {
            Term::Plain(Base::One) => with!(One),
            Term::Plain(Base::Difference) => with!(Difference),
            Term::Plain(Base::X) => with!(X),
            Term::Plain(Base::Y) => with!(Y),
            Term::Plain(kind) => with!(Other(kind)),
            Term::Weighted(Base::One) => with!(Weighted(One)),
            Term::Weighted(Base::Difference) => with!(Weighted(Difference)),
            Term::Weighted(Base::X) => with!(Weighted(X)),
            Term::Weighted(Base::Y) => with!(Weighted(Y)),
            Term::Weighted(kind) => with!(Weighted(Other(kind))),
            Term::Pick(..) | Term::Custom => {}
        }
    }

    /// Whether it is a difference, with weights or not, that [`fill_difference`](Self::fill_difference) takes.
    pub fn is_difference(&self) -> bool {
        matches!(self.term, Term::Plain(Base::Difference) | Term::Weighted(Base::Difference))
    }

    /// The same of a difference.
    #[inline(always)]
    pub fn fill_difference<V: Vector<Scalar = S>>(&self, memory: impl Fill<S>) {
        if self.weights.is_empty() {
            V::apart(Filled { memory, formula: Difference, weights: &[] });
        } else {
            V::apart(Filled { memory, formula: Weighted(Difference), weights: &self.weights });
        }
    }
}

/// All coordinates of a point x and of some points y one behind the other.
pub struct AlongPairs<'a, S> {
    pub d: usize,
    pub count: usize,
    /// With a vector more than there are coordinates, as `y`.
    pub x: &'a [S],
    pub y: &'a [S],
    /// Those of pair p from `p * stride` on, and anything behind them to the end of a vector.
    pub to: &'a mut [S],
    pub stride: usize,
}

impl<S: Real> Fill<S> for AlongPairs<'_, S> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(self, formula: impl Formula, weights: &[S]) {
        let Self { d, count, x, y, to, stride } = self;
        // From the last coordinates to the first: what is written behind the end of one pair is overwritten by the
        // next.
        for i in (0..d).step_by(V::LANES).rev() {
            let rest = weights.get(i..).unwrap_or_default();
            let weight = if rest.len() < V::LANES { V::load_part(rest) } else { V::load(rest) };
            let x = V::load(&x[i..]);
            let y = Strided::<V>::new(&y[i..], d, count);
            let mut to = StridedMut::<V>::new(&mut to[i..], stride, count);
            for pair in 0..count {
                formula.of(x, y.get(pair), weight).store(to.get(pair));
            }
        }
    }
}

/// All coordinates of a point x and of points y in tiles.
pub struct AcrossPairs<'a, S> {
    pub x: &'a [S],
    pub y: &'a [S],
    /// Those of coordinate i from `i * stride` on.
    pub to: &'a mut [S],
    pub stride: usize,
}

impl<S: Real> Fill<S> for AcrossPairs<'_, S> {
    #[inline(always)]
    fn fill<V: Vector<Scalar = S>>(self, formula: impl Formula, weights: &[S]) {
        let Self { x, y, to, stride } = self;
        let (d, of_tile, step) = (x.len(), line::<S>() / V::LANES, stride / V::LANES);
        let count = y.len() / (d * V::LANES);
        let (y, mut to) = (Vectors::<V>::new(y, count * d), VectorsMut::<V>::new(to, (d - 1) * step + count));
        for (i, &x) in x.iter().enumerate() {
            let (x, weight) = (V::splat(x), V::splat(weights.get(i).copied().unwrap_or(x)));
            for v in 0..count {
                let y = y.get((v / of_tile * d + i) * of_tile + v % of_tile);
                formula.of(x, y, weight).store(to.get(i * step + v));
            }
        }
    }
}
