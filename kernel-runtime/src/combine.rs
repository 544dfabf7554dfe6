//! Kernels made of kernels: [`Sum`], [`Product`], [`Scaled`], and the operators `+` and `*` that make them.

mod integrable;
mod product;
mod scaled;
mod sum;
mod tower;

pub use product::Product;
pub use scaled::Scaled;
pub use sum::Sum;

use core::ops::{Add, Mul};

use crate::error::KernelError;
use crate::kernel::{
    Differentiable, Directed, First, Isotropic, Kernel, Place, PositiveDefinite, Second, Shape, Stage, Stationary,
    Symmetric, Tower2, Tower3, Tower4, TwiceDifferentiable,
};
use crate::real::Lane;

/// What may stand on the right of `kernel * …`: another kernel, or a number.
///
/// A kernel's own crate cannot implement `Mul<C>` for every kernel `C` beside `Mul<f64>`, lest `f64` became a kernel one day. It
/// implements `Mul<R: Multiplier<Self>>` instead.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a kernel cannot be multiplied by `{Self}`",
    note = "multiply it by a kernel on the same points, or by a number of its own type (`f64` or `f32`)"
)]
pub trait Multiplier<K> {
    type Output;
    fn multiply(self, kernel: K) -> Self::Output;
}

impl<K, R> Multiplier<K> for R
where
    K: Kernel,
    R: Kernel<Scalar = K::Scalar, Points = K::Points>,
{
    type Output = Product<K, R>;

    fn multiply(self, kernel: K) -> Product<K, R> {
        Product::new(kernel, self)
    }
}

macro_rules! scalar_operators {
    ($($S:ty),*) => {$(
        impl<K: Kernel<Scalar = $S>> Multiplier<K> for $S {
            type Output = Scaled<K>;

            fn multiply(self, kernel: K) -> Scaled<K> {
                Scaled::checked_at_use(self, kernel)
            }
        }

        scalar_operators!(@left $S, Sum<A, B>, A, B);
        scalar_operators!(@left $S, Product<A, B>, A, B);
        scalar_operators!(@left $S, Scaled<A>, A);
    )*};
    (@left $S:ty, $K:ty, $($part:ident),*) => {
        impl<$($part: Kernel),*> Mul<$K> for $S
        where
            $K: Kernel<Scalar = $S>,
        {
            type Output = Scaled<$K>;

            fn mul(self, kernel: $K) -> Self::Output {
                Scaled::checked_at_use(self, kernel)
            }
        }
    };
}
scalar_operators!(f64, f32);

macro_rules! operators {
    ($K:ty, $($part:ident),*) => {
        impl<$($part: Kernel,)* R> Add<R> for $K
        where
            Self: Kernel,
            R: Kernel<Scalar = <Self as Kernel>::Scalar, Points = <Self as Kernel>::Points>,
        {
            type Output = Sum<Self, R>;

            fn add(self, right: R) -> Self::Output {
                Sum::new(self, right)
            }
        }

        impl<$($part: Kernel,)* R: Multiplier<Self>> Mul<R> for $K {
            type Output = R::Output;

            fn mul(self, right: R) -> Self::Output {
                right.multiply(self)
            }
        }
    };
}
operators!(Sum<A, B>, A, B);
operators!(Product<A, B>, A, B);
operators!(Scaled<A>, A);

macro_rules! markers {
    ($($marker:ident),*) => {$(
        impl<A: $marker, B: $marker> $marker for Sum<A, B>
        where
            B: Kernel<Scalar = A::Scalar, Points = A::Points>,
        {
        }

        impl<A: $marker, B: $marker> $marker for Product<A, B>
        where
            B: Kernel<Scalar = A::Scalar, Points = A::Points>,
        {
        }

        impl<K: $marker> $marker for Scaled<K> {}
    )*};
}
// Each property is closed under addition, multiplication (positive definiteness by Schur's product theorem) and nonnegative scaling.
markers!(
    Symmetric,
    PositiveDefinite,
    Stationary,
    Isotropic,
    Differentiable,
    TwiceDifferentiable,
    Tower2,
    Tower3,
    Tower4
);

/// The stages that sums and products of kernels share: those of the parts, one behind the other.
macro_rules! concatenated_stages {
    () => {
        type Scalar = A::Scalar;
        type Points = A::Points;

        const SHAPE: Shape = $crate::combine::concatenate(A::SHAPE, B::SHAPE);
        const COORDINATES: Option<usize> = if A::COORDINATES.is_some() { A::COORDINATES } else { B::COORDINATES };

        fn dimension(&self) -> Option<usize> {
            self.left.dimension().or(self.right.dimension())
        }

        fn check(&self) -> Result<(), KernelError> {
            self.left.check()?;
            self.right.check()?;
            $crate::combine::same_dimension(&self.left, &self.right)
        }

        fn sum(&self, stage: Stage, slot: usize) -> Term {
            match $crate::combine::part(slot, A::SHAPE.sums[stage as usize]) {
                Part::Left(slot) => self.left.sum(stage, slot),
                Part::Right(slot) => self.right.sum(stage, slot),
            }
        }

        fn sum_weight(&self, stage: Stage, slot: usize, i: usize, d: usize) -> A::Scalar {
            match $crate::combine::part(slot, A::SHAPE.sums[stage as usize]) {
                Part::Left(slot) => self.left.sum_weight(stage, slot, i, d),
                Part::Right(slot) => self.right.sum_weight(stage, slot, i, d),
            }
        }

        fn factor(&self, side: Side, number: usize) -> Term {
            match $crate::combine::part(number, A::SHAPE.factors(side)) {
                Part::Left(number) => self.left.factor(side, number),
                Part::Right(number) => self.right.factor(side, number),
            }
        }

        fn factor_weight(&self, side: Side, number: usize, i: usize, d: usize) -> A::Scalar {
            match $crate::combine::part(number, A::SHAPE.factors(side)) {
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
use concatenated_stages;

/// Whose a sum or factor of a combination is, and its number there.
enum Part {
    Left(usize),
    Right(usize),
}

fn part(number: usize, left: usize) -> Part {
    number.checked_sub(left).map_or(Part::Left(number), Part::Right)
}

const fn concatenate(left: Shape, right: Shape) -> Shape {
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

fn same_dimension(left: &impl Kernel, right: &impl Kernel) -> Result<(), KernelError> {
    match (left.dimension(), right.dimension()) {
        (Some(left), Some(right)) if left != right => Err(KernelError::Incompatible { left, right }),
        _ => Ok(()),
    }
}

impl<V> First<'_, V> {
    /// The parts that the left and the right kernel write.
    #[inline(always)]
    fn split(&mut self, left: Shape) -> (First<'_, V>, First<'_, V>) {
        let (frame_left, frame_right) = self.frame.split_at_mut(left.frame);
        let (grad_x_left, grad_x_right) = self.grad_x.split_at_mut(left.x);
        let (grad_y_left, grad_y_right) = self.grad_y.split_at_mut(left.y);
        (
            First { frame: frame_left, grad_x: grad_x_left, grad_y: grad_y_left },
            First { frame: frame_right, grad_x: grad_x_right, grad_y: grad_y_right },
        )
    }
}

impl<V: Lane> First<'_, V> {
    /// Multiplies the kernel by a number.
    #[inline(always)]
    fn scale(&mut self, factor: V) {
        scale(self.grad_x, factor);
        scale(self.grad_y, factor);
    }
}

impl<V: Lane> Second<'_, V> {
    /// What a kernel without such terms does not write.
    #[inline(always)]
    fn clear_off_diagonal(&mut self) {
        self.off_diagonal.fill(V::of(0.0));
    }

    /// Multiplies the kernel by a number.
    #[inline(always)]
    fn scale(&mut self, factor: V) {
        // Columns past its own belong to another kernel.
        let columns = self.grad_y.len();
        for matrix in [&mut *self.rank, &mut *self.off_diagonal] {
            for row in matrix.chunks_mut(self.stride.max(1)) {
                scale(&mut row[..columns], factor);
            }
        }
        scale(self.grad_x, factor);
        scale(self.grad_y, factor);
        scale(self.diagonal, factor);
        scale(self.dense, factor);
    }
}

/// Each kernel's value, and its derivatives by its own parameters: those of the left one come first in `out`.
#[inline(always)]
fn params_of_both<'o, A, B, V, P>(left: &A, right: &B, place: &P, sums: &[V], out: &'o mut [V]) -> [(V, &'o mut [V]); 2]
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
fn contracted_both<'o, A, B, V, P>(
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

/// What [`Kernel::contract`] makes of a product of two functions: the product rule on either side.
#[inline(always)]
fn multiplied<V: Lane>([a, a_x, a_y, a_xy]: [V; 4], [b, b_x, b_y, b_xy]: [V; 4]) -> [V; 4] {
    [a * b, a_x * b + a * b_x, a_y * b + a * b_y, a_xy * b + a_x * b_y + a_y * b_x + a * b_xy]
}

#[inline(always)]
fn scale<V: Lane>(values: &mut [V], factor: V) {
    for value in values {
        *value = *value * factor;
    }
}

impl<V> Second<'_, V> {
    /// The parts that the left and the right kernel write: of `rank` the blocks on the diagonal.
    #[inline(always)]
    fn split(&mut self, left: Shape, right: Shape) -> (Second<'_, V>, Second<'_, V>) {
        let (frame_left, frame_right) = self.frame.split_at_mut(left.frame);
        let (grad_x_left, grad_x_right) = self.grad_x.split_at_mut(left.x);
        let (grad_y_left, grad_y_right) = self.grad_y.split_at_mut(left.y);
        let (diagonal_left, diagonal_right) = self.diagonal.split_at_mut(left.diagonal);
        let (dense_left, dense_right) = self.dense.split_at_mut(left.dense);
        // Without rows for the right kernel the matrix may end before row `left.x` would begin.
        let rows = (left.x * self.stride).min(self.rank.len());
        let (rank_left, below) = self.rank.split_at_mut(rows);
        let (off_left, off_below) = self.off_diagonal.split_at_mut(rows.min(self.off_diagonal.len()));
        (
            Second {
                frame: frame_left,
                grad_x: grad_x_left,
                grad_y: grad_y_left,
                rank: rank_left,
                stride: self.stride,
                off_diagonal: if left.off_diagonal { off_left } else { Default::default() },
                diagonal: diagonal_left,
                dense: dense_left,
            },
            Second {
                frame: frame_right,
                grad_x: grad_x_right,
                grad_y: grad_y_right,
                rank: below.get_mut(left.y..).unwrap_or_default(),
                stride: self.stride,
                off_diagonal: if right.off_diagonal {
                    off_below.get_mut(left.y..).unwrap_or_default()
                } else {
                    Default::default()
                },
                diagonal: diagonal_right,
                dense: dense_right,
            },
        )
    }

    /// The blocks of `rank` where x belongs to one kernel and y to the other, from the gradient coefficients of the two.
    #[inline(always)]
    fn mixed(&mut self, left: Shape, entry: impl Fn(&V, &V) -> V) {
        let (grad_x_left, grad_x_right) = self.grad_x.split_at(left.x);
        let (grad_y_left, grad_y_right) = self.grad_y.split_at(left.y);
        for (p, f) in grad_x_left.iter().enumerate() {
            for (q, g) in grad_y_right.iter().enumerate() {
                self.rank[p * self.stride + left.y + q] = entry(f, g);
            }
        }
        for (p, f) in grad_x_right.iter().enumerate() {
            for (q, g) in grad_y_left.iter().enumerate() {
                self.rank[(left.x + p) * self.stride + q] = entry(f, g);
            }
        }
    }
}
