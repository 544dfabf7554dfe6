//! What sums and products of kernels share: the stages, and the derivatives by parameters, of two kernels.

use crate::error::KernelError;
use crate::kernel::{Directed, Kernel, Place, Shape, Stage};
use crate::real::Lane;

/// The stages that sums and products of kernels share: those of the parts, one behind the other.
macro_rules! concatenated_stages {
    () => {
        type Scalar = A::Scalar;
        type Points = A::Points;

        const SHAPE: Shape = $crate::combine::stages::concatenate(A::SHAPE, B::SHAPE);
        const COORDINATES: Option<usize> = if A::COORDINATES.is_some() { A::COORDINATES } else { B::COORDINATES };

        fn dimension(&self) -> Option<usize> {
            self.left.dimension().or(self.right.dimension())
        }

        fn check(&self) -> Result<(), KernelError> {
            self.left.check()?;
            self.right.check()?;
            $crate::combine::stages::same_dimension(&self.left, &self.right)
        }

        fn sum(&self, stage: Stage, slot: usize) -> Term {
            match $crate::combine::stages::part(slot, A::SHAPE.sums[stage as usize]) {
                Part::Left(slot) => self.left.sum(stage, slot),
                Part::Right(slot) => self.right.sum(stage, slot),
            }
        }

        fn sum_weight(&self, stage: Stage, slot: usize, i: usize, d: usize) -> A::Scalar {
            match $crate::combine::stages::part(slot, A::SHAPE.sums[stage as usize]) {
                Part::Left(slot) => self.left.sum_weight(stage, slot, i, d),
                Part::Right(slot) => self.right.sum_weight(stage, slot, i, d),
            }
        }

        fn factor(&self, side: Side, number: usize) -> Term {
            match $crate::combine::stages::part(number, A::SHAPE.factors(side)) {
                Part::Left(number) => self.left.factor(side, number),
                Part::Right(number) => self.right.factor(side, number),
            }
        }

        fn factor_weight(&self, side: Side, number: usize, i: usize, d: usize) -> A::Scalar {
            match $crate::combine::stages::part(number, A::SHAPE.factors(side)) {
                Part::Left(number) => self.left.factor_weight(side, number, i, d),
                Part::Right(number) => self.right.factor_weight(side, number, i, d),
            }
        }

        #[inline(always)]
        fn start<V: Lane<Scalar = Self::Scalar>>(&self, stage: Stage, sums: &mut [V]) {
            let (left, right) = sums.split_at_mut(A::SHAPE.sums[stage as usize]);
            self.left.start(stage, left);
            self.right.start(stage, right);
        }

        #[inline(always)]
        fn reduce<V, P>(&self, stage: Stage, pass: usize, place: &P, sums: &mut [V])
        where
            V: Lane<Scalar = Self::Scalar>,
            P: Place<V>,
        {
            let (left, right) = sums.split_at_mut(A::SHAPE.sums[stage as usize]);
            if pass < A::SHAPE.passes {
                self.left.reduce(stage, pass, place, left);
            }
            if pass < B::SHAPE.passes {
                self.right.reduce(stage, pass, place, right);
            }
        }

        concatenated_stages!(@factors factors_x, x);
        concatenated_stages!(@factors factors_y, y);
        concatenated_stages!(@factors diagonals, diagonal);
        concatenated_stages!(@factors entries, dense, j: usize);
    };
    (@factors $stage:ident, $count:ident $(, $other:ident: $Other:ty)?) => {
        #[inline(always)]
        fn $stage<V, P>(&self, place: &P, $($other: $Other,)? frame: &[V], out: &mut [V])
        where
            V: Lane<Scalar = Self::Scalar>,
            P: Place<V>,
        {
            let (frame_left, frame_right) = frame.split_at(A::SHAPE.frame);
            let (left, right) = out.split_at_mut(A::SHAPE.$count);
            self.left.$stage(place, $($other,)? frame_left, left);
            self.right.$stage(place, $($other,)? frame_right, right);
        }
    };
}
pub(super) use concatenated_stages;

/// Whose a sum or factor of a combination is, and its number there.
pub(super) enum Part {
    Left(usize),
    Right(usize),
}

pub(super) fn part(number: usize, left: usize) -> Part {
    number.checked_sub(left).map_or(Part::Left(number), Part::Right)
}

pub(super) const fn concatenate(left: Shape, right: Shape) -> Shape {
    let [a, b] = [left.sums, right.sums];
    Shape {
        sums: [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]],
        frame: left.frame + right.frame,
        x: left.x + right.x,
        y: left.y + right.y,
        diagonal: left.diagonal + right.diagonal,
        dense: left.dense + right.dense,
        coordinates: larger(left.coordinates, right.coordinates),
        passes: larger(left.passes, right.passes),
        symmetric: left.symmetric && right.symmetric,
        off_diagonal: left.off_diagonal || right.off_diagonal,
        custom_sums: left.custom_sums || right.custom_sums,
        custom_factors: left.custom_factors || right.custom_factors,
        parameters: [left.parameters[0] + right.parameters[0], left.parameters[1] + right.parameters[1]],
        custom_params: left.custom_params || right.custom_params,
        custom_contract: left.custom_contract || right.custom_contract,
    }
}

const fn larger(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

pub(super) fn same_dimension(left: &impl Kernel, right: &impl Kernel) -> Result<(), KernelError> {
    match (left.dimension(), right.dimension()) {
        (Some(left), Some(right)) if left != right => Err(KernelError::Incompatible { left, right }),
        _ => Ok(()),
    }
}

/// Each kernel's value, and its derivatives by its own parameters: those of the left one come first in `out`.
#[inline(always)]
pub(super) fn params_of_both<'o, A, B, V, P>(
    left: &A,
    right: &B,
    place: &P,
    sums: &[V],
    out: &'o mut [V],
) -> [(V, &'o mut [V]); 2]
where
    A: Kernel,
    B: Kernel<Scalar = A::Scalar>,
    V: Lane<Scalar = A::Scalar>,
    P: Place<V>,
{
    let (sums_left, sums_right) = sums.split_at(A::SHAPE.sums[Stage::Params as usize]);
    let (out_left, out_right) = out.split_at_mut(A::SHAPE.parameter_numbers(place.dimension()));
    let a = left.params(place, sums_left, out_left);
    let b = right.params(place, sums_right, out_right);
    [(a, out_left), (b, out_right)]
}

/// The same of [`Kernel::contract`].
#[inline(always)]
pub(super) fn contracted_both<'o, A, B, V, P>(
    left: &A,
    right: &B,
    place: &P,
    sums: &[V],
    out: &'o mut [[V; 4]],
) -> [([V; 4], &'o mut [[V; 4]]); 2]
where
    A: Kernel,
    B: Kernel<Scalar = A::Scalar>,
    V: Lane<Scalar = A::Scalar>,
    P: Directed<V>,
{
    let (sums_left, sums_right) = sums.split_at(A::SHAPE.sums[Stage::Contract as usize]);
    let (out_left, out_right) = out.split_at_mut(A::SHAPE.parameter_numbers(place.dimension()));
    let a = left.contract(place, sums_left, out_left);
    let b = right.contract(place, sums_right, out_right);
    [(a, out_left), (b, out_right)]
}
