//! What the stages of a kernel hand to each other.

use super::Side;
use crate::real::Lane;

/// What sums are for. A stage needs the sums of the stages before it, and perhaps more.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// [`Kernel::value`](super::Kernel::value)
    Value,
    /// [`Kernel::first`](super::Kernel::first)
    First,
    /// [`Kernel::second`](super::Kernel::second)
    Second,
    /// [`Kernel::params`](super::Kernel::params)
    Params,
    /// [`Kernel::contract`](super::Kernel::contract)
    Contract,
}

/// How many numbers each stage of a kernel makes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Shape {
    /// Reductions over coordinates that each [`Stage`] needs: of one kernel (not of a combination) the first of those
    /// that the next one needs.
    pub sums: [usize; 5],
    /// Scalars of a pair that the factors read.
    pub frame: usize,
    /// Factors f_p on the side of x.
    pub x: usize,
    /// Factors g_q on the side of y.
    pub y: usize,
    /// Terms h_e of the diagonal.
    pub diagonal: usize,
    /// Terms e_t of all pairs of coordinates, which double sums have.
    pub dense: usize,
    /// How many coordinates points need at least: some are taken by their numbers.
    pub coordinates: usize,
    /// How often the coordinates are gone through.
    pub passes: usize,
    /// Whether k(x, y) = k(y, x): then the block of y and x is that of x and y with its sides exchanged.
    pub symmetric: bool,
    /// Whether some products of factors count for i ≠ j only.
    pub off_diagonal: bool,
    /// Whether some sum of a stage up to [`Stage::Second`] is [`Term::Custom`](super::Term::Custom), so that `reduce`
    /// has to make them all.
    pub custom_sums: bool,
    /// The same of the factors f, g and h.
    pub custom_factors: bool,
    /// Parameters that are numbers, and those that are vectors with one entry per coordinate.
    pub parameters: [usize; 2],
    /// Whether some sum of [`Stage::Params`] is [`Term::Custom`](super::Term::Custom).
    pub custom_params: bool,
    /// The same of [`Stage::Contract`].
    pub custom_contract: bool,
}

impl Shape {
    /// How many factors of a kind there are.
    pub(crate) const fn factors(self, side: Side) -> usize {
        match side {
            Side::X => self.x,
            Side::Y => self.y,
            Side::Diagonal => self.diagonal,
        }
    }

    /// How many numbers the parameters are, for points of d coordinates.
    pub(crate) const fn parameter_numbers(self, d: usize) -> usize {
        self.parameters[0] + self.parameters[1] * d
    }
}

/// A coordinate as code per coordinate sees it: of several pairs of points side by side, or several coordinates of one
/// pair.
#[doc(hidden)]
pub trait Place<V: Lane>: Sized {
    /// The same points at coordinate i.
    #[must_use]
    fn at(&self, i: usize) -> Self;
    /// x_i
    fn x(&self) -> V;
    /// y_i
    fn y(&self) -> V;
    /// i
    fn index(&self) -> V;
    /// 1 if i = k, else 0
    fn unit(&self, k: usize) -> V;
    /// of_i
    fn entry(&self, of: &[V::Scalar]) -> V;
    /// d
    fn dimension(&self) -> usize;
    /// x_j
    fn other_x(&self, j: usize) -> V;
    /// y_j
    fn other_y(&self, j: usize) -> V;
}

/// A coordinate with two vectors along which derivatives are taken: u by x, v by y.
#[doc(hidden)]
pub trait Directed<V: Lane>: Place<V> {
    /// u_i
    fn along_x(&self) -> V;
    /// v_i
    fn along_y(&self) -> V;
    /// u_j
    fn other_along_x(&self, j: usize) -> V;
    /// v_j
    fn other_along_y(&self, j: usize) -> V;
}

/// One coordinate of as many pairs as a lane has room for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Pairs<'a, V> {
    /// Its number.
    pub i: usize,
    /// All of x.
    pub x: &'a [V],
    /// All of y, as many.
    pub y: &'a [V],
}

impl<V: Lane> Place<V> for Pairs<'_, V> {
    #[inline(always)]
    fn at(&self, i: usize) -> Self {
        Self { i, ..*self }
    }

    #[inline(always)]
    fn x(&self) -> V {
        self.x[self.i]
    }

    #[inline(always)]
    fn y(&self) -> V {
        self.y[self.i]
    }

    #[inline(always)]
    #[allow(clippy::cast_precision_loss, reason = "nobody has 2^53 coordinates")]
    fn index(&self) -> V {
        V::of(self.i as f64)
    }

    #[inline(always)]
    fn unit(&self, k: usize) -> V {
        V::of(if self.i == k { 1.0 } else { 0.0 })
    }

    #[inline(always)]
    fn entry(&self, of: &[V::Scalar]) -> V {
        V::splat(of[self.i])
    }

    #[inline(always)]
    fn dimension(&self) -> usize {
        self.x.len()
    }

    #[inline(always)]
    fn other_x(&self, j: usize) -> V {
        self.x[j]
    }

    #[inline(always)]
    fn other_y(&self, j: usize) -> V {
        self.y[j]
    }
}

/// What [`Kernel::first`](super::Kernel::first) writes: every entry.
#[doc(hidden)]
#[derive(Debug)]
pub struct First<'a, V> {
    pub frame: &'a mut [V],
    /// One per factor f_p.
    pub grad_x: &'a mut [V],
    /// One per factor g_q.
    pub grad_y: &'a mut [V],
}

/// What [`Kernel::second`](super::Kernel::second) writes: every entry.
#[doc(hidden)]
#[derive(Debug)]
pub struct Second<'a, V> {
    pub frame: &'a mut [V],
    /// One per factor f_p.
    pub grad_x: &'a mut [V],
    /// One per factor g_q.
    pub grad_y: &'a mut [V],
    /// Element (p, q) stands at `p * stride + q`.
    pub rank: &'a mut [V],
    pub stride: usize,
    /// The same for what counts for i ≠ j only; empty if the kernel's shape has none.
    pub off_diagonal: &'a mut [V],
    /// One per term h_e.
    pub diagonal: &'a mut [V],
    /// One per term e_t.
    pub dense: &'a mut [V],
}
