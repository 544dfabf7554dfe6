//! One row of [woven](super::weave) pairs.

use super::pattern::OF_ROWS;
use crate::lane::{Task, Vector, Vectors, VectorsMut};
use crate::real::Real;

/// What the row is made of: number r of a pair is Σ_q w_q g_q(r).
#[derive(Clone, Copy)]
pub struct WovenRow<'a, S> {
    /// See [`Pattern::Rows`](super::pattern::Pattern::Rows)
    pub tables: &'a [S],
    pub width: usize,
    /// w_q for each pair: c f, those from `q * stride` on
    pub weights: [&'a [S]; 2],
    pub strides: [usize; 2],
    /// g_q from `q * laid_out` on
    pub right: &'a [S],
    pub laid_out: usize,
    pub count: usize,
    /// The number in front of those, for each pair: c f
    pub front: Option<[&'a [S]; 2]>,
    /// What stands in the given place instead, for each pair
    pub own: Option<(usize, &'a [S])>,
}

/// The vectors of a row from vector `start` on.
pub struct WriteWoven<'a, S> {
    pub row: WovenRow<'a, S>,
    pub start: usize,
    pub to: &'a mut [S],
    /// Past the caches, if the numbers are no sums
    pub past: bool,
}

impl<S: Real> Task<S> for WriteWoven<'_, S> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector<Scalar = S>>(self) {
        self.row.vectors::<V>(self.start, self.to, self.past);
    }
}

impl<S: Real> WovenRow<'_, S> {
    #[inline(always)]
    fn vectors<V: Vector<Scalar = S>>(&self, start: usize, to: &mut [S], past: bool) {
        let last = self.count - 1;
        for q in 0..last {
            if q == 0 {
                self.term::<V, false, false, false>(q, start, to, false);
            } else {
                self.term::<V, true, false, false>(q, start, to, false);
            }
        }
        macro_rules! last {
            ($ADD:literal, $past:expr) => {
                match (self.front.is_some(), self.own.is_some()) {
                    (false, false) => self.term::<V, $ADD, false, false>(last, start, to, $past),
                    (false, true) => self.term::<V, $ADD, false, true>(last, start, to, $past),
                    (true, false) => self.term::<V, $ADD, true, false>(last, start, to, $past),
                    (true, true) => self.term::<V, $ADD, true, true>(last, start, to, $past),
                }
            };
        }
        if last == 0 { last!(false, past) } else { last!(true, false) }
    }

    /// w_q g_q of the vectors, added to what is there (if `ADD`), with the numbers in front of those (if `FRONT`) and
    /// in their own place (if `OWN`).
    #[inline(always)]
    fn term<V: Vector<Scalar = S>, const ADD: bool, const FRONT: bool, const OWN: bool>(
        &self,
        q: usize,
        start: usize,
        to: &mut [S],
        past: bool,
    ) {
        let (all, width) = (to.len() / V::LANES, self.width);
        // A division costs as much as a few vectors.
        let (mut group, mut skip) = if start == 0 { (0, 0) } else { (start / width, start % width) };
        let mut done = 0;
        let [c, f] = [&self.weights[0][q * self.strides[0]..], &self.weights[1][q * self.strides[1]..]];
        let [front_c, front_f] = self.front.unwrap_or([c, f]);
        let [c, f, front_c, front_f] =
            [Vectors::<V>::all(c), Vectors::all(f), Vectors::all(front_c), Vectors::all(front_f)];
        let owns = self.own.map_or(c, |(_, own)| Vectors::all(own));
        let tables = Vectors::<V>::new(self.tables, OF_ROWS * width);
        let right = Vectors::<V>::new(&self.right[q * self.laid_out + start * V::LANES..], all);
        let mut to = VectorsMut::<V>::new(to, all);
        let place = V::of(self.own.map_or(0.0, |(place, _)| place as f64));
        while done < all {
            let weight = c.get(group) * f.get(group);
            let front = if FRONT { front_c.get(group) * front_f.get(group) } else { weight };
            let own = if OWN { owns.get(group) } else { weight };
            let count = (width - skip).min(all - done);
            let (tables, right) = (tables.part(OF_ROWS * skip, OF_ROWS * count), right.part(done, count));
            let mut to = to.part(done, count);
            for v in 0..count {
                let lanes = tables.get(OF_ROWS * v);
                let (weight, right, to) = (weight.spread(lanes), right.get(v), to.get(v));
                let mut entries = if ADD { weight.mul_add(right, V::load(to)) } else { weight * right };
                if FRONT || OWN {
                    let places = tables.get(OF_ROWS * v + 1);
                    if FRONT {
                        entries = V::select_eq(places, V::of(0.0), front.spread(lanes), entries);
                    }
                    if OWN {
                        entries = V::select_eq(places, place, own.spread(lanes), entries);
                    }
                }
                if past { entries.store_past(to) } else { entries.store(to) }
            }
            (group, skip, done) = (group + 1, 0, done + count);
        }
    }
}
