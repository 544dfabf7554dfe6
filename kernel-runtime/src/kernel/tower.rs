//! Derivatives of higher order, as sums over partitions of their indices.

use super::{Differentiable, Place, Term, TwiceDifferentiable};
use crate::real::Lane;

/// The highest order of derivatives by a point.
pub(crate) const HIGHEST: usize = 4;

/// How many orders derivatives have: from 0 to twice the highest.
pub(crate) const ORDERS: usize = 2 * HIGHEST + 1;

/// The highest order that [`Tower::tower`] makes.
pub(crate) const BEFORE_BEYOND: usize = 4;

/// A kernel of which batches know derivatives of higher order as sums over terms: what linear differential operators
/// ask for. How high the order may be, [`Tower2`], [`Tower3`] and [`Tower4`] say; of the first there are all:
/// [`gram::Directional`](crate::gram::Directional), [`gram::Curl`](crate::gram::Curl).
///
/// `#[kernel]` implements it for kernels that are [`Differentiable`] functions of sums over coordinates, of single
/// coordinates, and of products over coordinates whose factors are positive. Sums, products and multiples of such
/// kernels have it too. For products whose factors may be 0, for double sums Σᵢⱼ g(xᵢ, yⱼ) and for angles it is
/// missing: their derivatives, of the first order and of all others, are no sums of products of one-coordinate factors
/// that stay finite. [`gram::Gradient`](crate::gram::Gradient), which these kernels have, is worked out in other ways.
/// For expressions of many operations the order ends where the derivatives would be pages of code; write those as sums
/// and products of kernels.
///
/// With k = F(s_1 … s_m) and s_r = Σ_i b_r(x_i, y_i), a derivative is a sum over the partitions of its indices into
/// blocks (Faà di Bruno): a coefficient of the pair, times a factor for each block, of the one coordinate that all
/// indices of the block have to be.
#[diagnostic::on_unimplemented(
    message = "batches have no covariances with operators of a process with covariance `{Self}`",
    label = "its derivatives are not known as sums over terms",
    note = "functions of sums over coordinates have them; products over coordinates whose factors may be 0, double sums and angles do not"
)]
pub trait Tower: Differentiable {
    // What is not written is that of a kernel without terms. Only implementations whose conditions nothing meets, which
    // are there for the reason that the compiler gives, write nothing.
    /// How many numbers there are.
    #[doc(hidden)]
    const TOWER: TowerShape = TowerShape { frame: 0, factors: 0, coefficients: [0; ORDERS], custom: false };

    /// Hands on the terms of all derivatives that have no more than so many indices of x, and of y.
    #[doc(hidden)]
    fn tower_terms(limits: [usize; 2], each: &mut dyn FnMut(TowerTerm)) {
        let _ = (limits, each);
    }

    /// What a factor is at a coordinate, but for its scale.
    #[doc(hidden)]
    fn tower_factor(&self, number: usize) -> Term {
        let _ = number;
        Term::Custom
    }

    /// w(i) of a [`Term::Weighted`] factor, of d coordinates.
    #[doc(hidden)]
    fn tower_weight(&self, number: usize, i: usize, d: usize) -> Self::Scalar {
        let _ = (number, i, d);
        Self::Scalar::of(1.0)
    }

    /// The number of the frame that a factor is multiplied with, if there is one.
    #[doc(hidden)]
    #[must_use]
    fn tower_scale(number: usize) -> Option<usize> {
        let _ = number;
        None
    }

    /// The coefficients of all derivatives up to an order, and the fourth at most, from the sums of
    /// [`Stage::Second`](super::Stage::Second).
    #[doc(hidden)]
    #[inline(always)]
    fn tower<V: Lane<Scalar = Self::Scalar>>(&self, order: usize, d: usize, sums: &[V], out: &mut TowerOut<'_, V>) {
        let _ = (order, d, sums, out);
    }

    /// Those beyond the fourth, after those up to it.
    #[doc(hidden)]
    #[inline(always)]
    fn tower_beyond<V: Lane<Scalar = Self::Scalar>>(
        &self,
        order: usize,
        d: usize,
        sums: &[V],
        out: &mut TowerOut<'_, V>,
    ) {
        let _ = (order, d, sums, out);
    }

    /// The factors at a coordinate that are [`Term::Custom`], but for their scales.
    #[doc(hidden)]
    #[inline(always)]
    fn tower_factors<V, P>(&self, place: &P, frame: &[V], out: &mut [V])
    where
        V: Lane<Scalar = Self::Scalar>,
        P: Place<V>,
    {
        let _ = (place, frame, out);
    }
}

/// How many numbers a [`Tower`] makes.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TowerShape {
    /// Scalars of a pair that the factors read, or are multiplied with.
    pub frame: usize,
    /// Factors of one coordinate.
    pub factors: usize,
    /// Coefficients that derivatives of order 0, 1, … have first.
    pub coefficients: [usize; ORDERS],
    /// Whether some factor is [`Term::Custom`].
    pub custom: bool,
}

/// What [`Tower::tower`] writes: every entry of the frame, and of the coefficients those of orders that are asked for.
#[doc(hidden)]
#[derive(Debug)]
pub struct TowerOut<'a, V> {
    pub frame: &'a mut [V],
    pub coefficients: [&'a mut [V]; ORDERS],
}

/// times · coefficient · Π factors, and all that it becomes when indices of x are exchanged, or of y.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TowerTerm {
    /// The order of the coefficient, and its number among those of this order.
    pub coefficient: [usize; 2],
    pub times: f64,
    blocks: [TowerBlock; 2 * HIGHEST],
    count: usize,
}

/// Indices that have to be one coordinate, and the factor there.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TowerBlock {
    /// How many indices are of x, and how many of y.
    pub indices: [usize; 2],
    pub factor: usize,
}

impl TowerTerm {
    /// Hands on those terms of a text that have no more than so many indices of x, and of y. `1.0,-2,1.0.3` is -2 times
    /// the first coefficient of order 1, and one block, with an index of x, none of y, and factor number 3; a space
    /// stands between terms.
    #[doc(hidden)]
    pub fn read(text: &str, limits: [usize; 2], each: &mut dyn FnMut(Self)) {
        for term in text.split_ascii_whitespace().filter_map(Self::parse) {
            if term.is_within(limits) {
                each(term);
            }
        }
    }

    /// What is not of that form is no term.
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let coefficient = numbers(parts.next()?)?;
        let times = parts.next()?.parse().ok()?;
        let mut term = Self { coefficient, times, blocks: Default::default(), count: 0 };
        for block in parts {
            let [x, y, factor] = numbers(block)?;
            *term.blocks.get_mut(term.count)? = TowerBlock { indices: [x, y], factor };
            term.count += 1;
        }
        Some(term)
    }

    pub(crate) fn is_within(&self, limits: [usize; 2]) -> bool {
        let [x, y] = self.indices();
        x <= limits[0] && y <= limits[1]
    }

    pub(crate) fn blocks(&self) -> &[TowerBlock] {
        &self.blocks[..self.count]
    }

    /// How many indices it has of x, and of y.
    pub(crate) fn indices(&self) -> [usize; 2] {
        let sum = |side: usize| self.blocks().iter().map(|block| block.indices[side]).sum();
        [sum(0), sum(1)]
    }

    /// The same term with another coefficient.
    pub(crate) fn with_coefficient(self, coefficient: [usize; 2]) -> Self {
        Self { coefficient, ..self }
    }

    /// The same term with factors from number `first` on.
    pub(crate) fn with_factors_from(mut self, first: usize) -> Self {
        for block in &mut self.blocks {
            block.factor += first;
        }
        self
    }

    /// The product of this and another term, if it has no more than so many indices of x, and of y: the blocks of both,
    /// and a coefficient that is to be found.
    pub(crate) fn times(&self, other: &Self, limits: [usize; 2]) -> Option<Self> {
        let [[x, y], [more_x, more_y]] = [self.indices(), other.indices()];
        if x + more_x > limits[0] || y + more_y > limits[1] {
            return None;
        }
        let mut product = Self { times: self.times * other.times, ..*self };
        for &block in other.blocks() {
            product.blocks[product.count] = block;
            product.count += 1;
        }
        Some(product)
    }
}

/// As many whole numbers, with points between them.
fn numbers<const N: usize>(text: &str) -> Option<[usize; N]> {
    let mut numbers = [0; N];
    let mut parts = text.split('.');
    for number in &mut numbers {
        *number = parts.next()?.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// A kernel of which batches know covariances with derivatives of up to the second order on either side: those of
/// [`gram::Hessian`](crate::gram::Hessian), [`gram::Laplacian`](crate::gram::Laplacian) and second-order operators that
/// [`operator!`](macro@crate::operator) defines.
///
/// `#[kernel]` implements it for kernels with a [`Tower`] of which the process is differentiable twice in mean square,
/// and [`Tower3`] and [`Tower4`] likewise. Sums, products and multiples of kernels have it where their parts do.
///
/// ```
/// use kernel_runtime::gram::{Gram, Laplacian, PointsRef, Value};
/// use kernel_runtime::{KernelError, Tower2, kernels};
/// use ndarray::{Array2, array};
///
/// /// The covariances of Laplacians with values.
/// fn laplacians<K: Tower2<Scalar = f64>>(k: &K, x: &PointsRef<K>) -> Result<Array2<f64>, KernelError> {
///     Gram::new(k, (Laplacian, x), (Value, x))?.dense()
/// }
///
/// let k = kernels::Rbf::new(1.0, 0.5)?;
/// assert_eq!(laplacians(&k, &array![[0.0, 0.0]])?, array![[-8.0]]); // ∂²k/∂x_a² = -1/ℓ² each
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "batches have no covariances with second derivatives of a process with covariance `{Self}`",
    label = "its derivatives up to the second on either side are not known as sums over terms"
)]
pub trait Tower2: Tower + TwiceDifferentiable {}

/// As [`Tower2`], up to the third order: ∂⁶k/∂x³∂y³ exists and is continuous where x = y.
#[diagnostic::on_unimplemented(
    message = "batches have no covariances with third derivatives of a process with covariance `{Self}`",
    label = "its derivatives up to the third on either side are not known as sums over terms"
)]
pub trait Tower3: Tower2 {}

/// As [`Tower2`], up to the fourth order, that of [`gram::Biharmonic`](crate::gram::Biharmonic): ∂⁸k/∂x⁴∂y⁴ exists and
/// is continuous where x = y.
#[diagnostic::on_unimplemented(
    message = "batches have no covariances with fourth derivatives of a process with covariance `{Self}`",
    label = "its derivatives up to the fourth on either side are not known as sums over terms"
)]
pub trait Tower4: Tower3 {}

/// An order of derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<const N: usize>;

/// What an [`Order`] is.
#[doc(hidden)]
pub trait SomeOrder {
    const NUMBER: usize;
}

impl<const N: usize> SomeOrder for Order<N> {
    const NUMBER: usize = N;
}

/// A kernel of which batches know covariances with derivatives of an [`Order`] on either side: with a [`Tower`] values
/// and those of the first, with a [`Tower2`] of the second, and so on to the fourth.
#[diagnostic::on_unimplemented(
    message = "batches have no covariances with derivatives of this order of a process with covariance `{Self}`",
    label = "its derivatives are not known to be of {O}"
)]
pub trait KnownTo<O>: Tower {}

impl<K: Tower> KnownTo<Order<0>> for K {}
impl<K: Tower> KnownTo<Order<1>> for K {}
impl<K: Tower2> KnownTo<Order<2>> for K {}
impl<K: Tower3> KnownTo<Order<3>> for K {}
impl<K: Tower4> KnownTo<Order<4>> for K {}
