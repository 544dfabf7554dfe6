//! Derivatives of higher order of sums, products and multiples.
//!
//! Of a product the terms are those of Leibniz' rule: each of one kernel with each of the other, the blocks of both
//! side by side.

use alloc::vec::Vec;
use core::ops::RangeInclusive;

use super::coefficients::scale;
use super::stages::{Part, part};
use super::{Product, Scaled, Sum};
use crate::kernel::{BEFORE_BEYOND, Kernel, ORDERS, Place, Stage, Term, Tower, TowerOut, TowerShape, TowerTerm};
use crate::real::Lane;

/// The numbers of both, one behind the other.
const fn concatenate(left: TowerShape, right: TowerShape) -> TowerShape {
    let mut coefficients = left.coefficients;
    let mut order = 0;
    while order < ORDERS {
        coefficients[order] += right.coefficients[order];
        order += 1;
    }
    TowerShape {
        frame: left.frame + right.frame,
        factors: left.factors + right.factors,
        coefficients,
        custom: left.custom || right.custom,
    }
}

/// Behind those of both, the products of each coefficient of one with each of the other.
const fn multiply(left: TowerShape, right: TowerShape) -> TowerShape {
    let mut shape = concatenate(left, right);
    let mut order = 0;
    while order < ORDERS {
        shape.coefficients[order] += products_before(left, right, order, order + 1);
        order += 1;
    }
    shape
}

/// How many products of an order have coefficients of the left kernel of an order below `below`.
const fn products_before(left: TowerShape, right: TowerShape, order: usize, below: usize) -> usize {
    let (mut count, mut of_left) = (0, 0);
    while of_left < below {
        count += left.coefficients[of_left] * right.coefficients[order - of_left];
        of_left += 1;
    }
    count
}

/// The order of a product of two coefficients, and its number among those of this order.
fn product_place(left: TowerShape, right: TowerShape, a: [usize; 2], b: [usize; 2]) -> [usize; 2] {
    let order = a[0] + b[0];
    let before = left.coefficients[order] + right.coefficients[order] + products_before(left, right, order, a[0]);
    [order, before + a[1] * right.coefficients[b[0]] + b[1]]
}

/// A term of the right kernel, as one of both.
fn of_right(left: TowerShape, term: TowerTerm) -> TowerTerm {
    let [order, number] = term.coefficient;
    term.with_factors_from(left.factors).with_coefficient([order, left.coefficients[order] + number])
}

impl<V> TowerOut<'_, V> {
    /// The parts that the left and the right kernel write.
    #[inline(always)]
    fn split(&mut self, left: TowerShape, right: TowerShape) -> (TowerOut<'_, V>, TowerOut<'_, V>) {
        let (frame_left, frame_right) = self.frame.split_at_mut(left.frame);
        let (mut own, mut others) =
            (TowerOut { frame: frame_left, ..TowerOut::empty() }, TowerOut { frame: frame_right, ..TowerOut::empty() });
        for (order, coefficients) in self.coefficients.iter_mut().enumerate() {
            // There is no room for orders that are beyond what is wanted.
            if let Some((of_left, rest)) = coefficients.split_at_mut_checked(left.coefficients[order]) {
                own.coefficients[order] = of_left;
                others.coefficients[order] = rest.get_mut(..right.coefficients[order]).unwrap_or_default();
            }
        }
        (own, others)
    }

    #[inline(always)]
    fn empty() -> Self {
        Self { frame: &mut [], coefficients: Default::default() }
    }
}

impl<V: Lane> TowerOut<'_, V> {
    /// Makes the products of coefficients of these orders.
    #[inline(always)]
    fn multiply(&mut self, left: TowerShape, right: TowerShape, orders: RangeInclusive<usize>) {
        for total in orders {
            let mut next = left.coefficients[total] + right.coefficients[total];
            for of_left in 0..=total {
                let of_right = total - of_left;
                for a in 0..left.coefficients[of_left] {
                    for b in 0..right.coefficients[of_right] {
                        let factor = self.coefficients[of_right][left.coefficients[of_right] + b];
                        self.coefficients[total][next] = self.coefficients[of_left][a] * factor;
                        next += 1;
                    }
                }
            }
        }
    }
}

/// The coefficients of both parts, each from its own sums.
macro_rules! of_both {
    ($self:ident.$method:ident($order:expr, $d:expr, $sums:expr, $out:expr)) => {
        let (sums_left, sums_right) = $sums.split_at(A::SHAPE.sums[Stage::Second as usize]);
        let (mut left, mut right) = $out.split(A::TOWER, B::TOWER);
        $self.left().$method($order, $d, sums_left, &mut left);
        $self.right().$method($order, $d, sums_right, &mut right);
    };
}

/// What sums and products of kernels share: the factors of the parts, one behind the other.
macro_rules! concatenated_factors {
    () => {
        fn tower_factor(&self, number: usize) -> Term {
            match part(number, A::TOWER.factors) {
                Part::Left(number) => self.left().tower_factor(number),
                Part::Right(number) => self.right().tower_factor(number),
            }
        }

        fn tower_weight(&self, number: usize, i: usize, d: usize) -> A::Scalar {
            match part(number, A::TOWER.factors) {
                Part::Left(number) => self.left().tower_weight(number, i, d),
                Part::Right(number) => self.right().tower_weight(number, i, d),
            }
        }

        fn tower_scale(number: usize) -> Option<usize> {
            match part(number, A::TOWER.factors) {
                Part::Left(number) => A::tower_scale(number),
                Part::Right(number) => B::tower_scale(number).map(|scale| A::TOWER.frame + scale),
            }
        }

        #[inline(always)]
        fn tower_factors<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
        where
            V: Lane<Scalar = Self::Scalar>,
            P: Place<V>,
        {
            let (frame_left, frame_right) = frame.split_at(A::TOWER.frame);
            let (left, right) = out.split_at_mut(A::TOWER.factors);
            self.left().tower_factors(place, frame_left, left);
            self.right().tower_factors(place, frame_right, right);
        }
    };
}

impl<A, B> Tower for Sum<A, B>
where
    A: Tower,
    B: Tower + Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    const TOWER: TowerShape = concatenate(A::TOWER, B::TOWER);

    fn tower_terms(limits: [usize; 2], each: &mut dyn FnMut(TowerTerm)) {
        A::tower_terms(limits, each);
        B::tower_terms(limits, &mut |term| each(of_right(A::TOWER, term)));
    }

    concatenated_factors!();

    #[inline(always)]
    fn tower<V: Lane<Scalar = Self::Scalar>>(&self, order: usize, d: usize, sums: &[V], out: &mut TowerOut<'_, V>) {
        of_both!(self.tower(order, d, sums, out));
    }

    #[inline(always)]
    fn tower_beyond<V: Lane<Scalar = Self::Scalar>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut TowerOut<'_, V>,
    ) {
        of_both!(self.tower_beyond(order, d, sums, out));
    }
}

impl<A, B> Tower for Product<A, B>
where
    A: Tower,
    B: Tower + Kernel<Scalar = A::Scalar, Points = A::Points>,
{
    const TOWER: TowerShape = multiply(A::TOWER, B::TOWER);

    fn tower_terms(limits: [usize; 2], each: &mut dyn FnMut(TowerTerm)) {
        let mut of_right = Vec::new();
        B::tower_terms(limits, &mut |b| of_right.push(b.with_factors_from(A::TOWER.factors)));
        A::tower_terms(limits, &mut |a| {
            for b in &of_right {
                if let Some(product) = a.times(b, limits) {
                    each(product.with_coefficient(product_place(A::TOWER, B::TOWER, a.coefficient, b.coefficient)));
                }
            }
        });
    }

    concatenated_factors!();

    #[inline(always)]
    fn tower<V: Lane<Scalar = Self::Scalar>>(&self, order: usize, d: usize, sums: &[V], out: &mut TowerOut<'_, V>) {
        of_both!(self.tower(order, d, sums, out));
        out.multiply(A::TOWER, B::TOWER, 0..=order.min(BEFORE_BEYOND));
    }

    #[inline(always)]
    fn tower_beyond<V: Lane<Scalar = Self::Scalar>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut TowerOut<'_, V>,
    ) {
        of_both!(self.tower_beyond(order, d, sums, out));
        out.multiply(A::TOWER, B::TOWER, BEFORE_BEYOND + 1..=order);
    }
}

impl<K: Tower> Tower for Scaled<K> {
    const TOWER: TowerShape = K::TOWER;

    fn tower_terms(limits: [usize; 2], each: &mut dyn FnMut(TowerTerm)) {
        K::tower_terms(limits, each);
    }

    fn tower_factor(&self, number: usize) -> Term {
        self.kernel().tower_factor(number)
    }

    fn tower_weight(&self, number: usize, i: usize, d: usize) -> K::Scalar {
        self.kernel().tower_weight(number, i, d)
    }

    fn tower_scale(number: usize) -> Option<usize> {
        K::tower_scale(number)
    }

    #[inline(always)]
    fn tower<V: Lane<Scalar = Self::Scalar>>(&self, order: usize, d: usize, sums: &[V], out: &mut TowerOut<'_, V>) {
        self.kernel().tower(order, d, sums, out);
        let factor = V::splat(self.factor());
        for coefficients in &mut out.coefficients[..=order.min(BEFORE_BEYOND)] {
            scale(coefficients, factor);
        }
    }

    #[inline(always)]
    fn tower_beyond<V: Lane<Scalar = Self::Scalar>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut TowerOut<'_, V>,
    ) {
        self.kernel().tower_beyond(order, d, sums, out);
        let factor = V::splat(self.factor());
        for coefficients in &mut out.coefficients[BEFORE_BEYOND + 1..=order] {
            scale(coefficients, factor);
        }
    }

    #[inline(always)]
    fn tower_factors<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        self.kernel().tower_factors(place, frame, out);
    }
}
