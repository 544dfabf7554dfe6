//! Derivatives of order up to two by each point, up to four in all.

use super::{Place, Term, TwiceDifferentiable};
use crate::real::Lane;

/// A kernel of which batches know all derivatives of order up to two by each point: what [`gram::Hessian`](crate::gram::Hessian),
/// [`gram::Laplacian`](crate::gram::Laplacian) and other linear differential operators ask for.
///
/// `#[kernel]` implements it for kernels that are [`TwiceDifferentiable`] functions of sums over coordinates, of single coordinates, and
/// of products over coordinates whose factors are positive. Sums, products and multiples of such kernels have it too. For products whose
/// factors may be 0, for double sums Σᵢⱼ g(xᵢ, yⱼ) and for angles it is missing: their third derivatives are no sums of products of
/// one-coordinate factors that stay finite. So it is for expressions of more than a hundred operations, whose fourth derivatives would be
/// pages of code; write those as sums and products of kernels.
///
/// With k = F(s_1 … s_m) and s_r = Σ_i b_r(x_i, y_i), a derivative is a sum over the partitions of its indices into blocks (Faà di Bruno):
/// a coefficient of the pair, times a factor for each block, of the one coordinate that all indices of the block have to be.
///
/// ```
/// use kernel_runtime::gram::{Gram, Laplacian, PointsRef, Value};
/// use kernel_runtime::{KernelError, Tower, kernels};
/// use ndarray::{Array2, array};
///
/// /// The covariances of Laplacians with values.
/// fn laplacians<K: Tower<Scalar = f64>>(k: &K, x: &PointsRef<K>) -> Result<Array2<f64>, KernelError> {
///     Gram::new(k, (Laplacian, x), (Value, x))?.dense()
/// }
///
/// let k = kernels::Rbf::new(1.0, 0.5)?;
/// assert_eq!(laplacians(&k, &array![[0.0, 0.0]])?, array![[-8.0]]); // ∂²k/∂x_a² = -1/ℓ² each
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "batches have no covariances with Hessians of a process with covariance `{Self}`",
    label = "its third and fourth derivatives are not known in batches",
    note = "functions of sums over coordinates have them; products over coordinates whose factors may be 0, double sums and angles do not"
)]
pub trait Tower: TwiceDifferentiable {
    // What is not written is that of a kernel without terms. Only implementations whose conditions nothing meets, which are there for the
    // reason that the compiler gives, write nothing.
    /// How many numbers there are.
    #[doc(hidden)]
    const TOWER: TowerShape = TowerShape { frame: 0, factors: 0, coefficients: [0; 5], custom: false };

    /// Hands on all terms of all derivatives.
    #[doc(hidden)]
    fn tower_terms(each: &mut dyn FnMut(TowerTerm)) {
        let _ = each;
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

    /// The coefficients of all derivatives up to an order, from the sums of [`Stage::Second`](super::Stage::Second).
    #[doc(hidden)]
    #[inline(always)]
    fn tower<V: Lane<Scalar = Self::Scalar>>(&self, order: usize, d: usize, sums: &[V], out: &mut TowerOut<'_, V>) {
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
    pub coefficients: [usize; 5],
    /// Whether some factor is [`Term::Custom`].
    pub custom: bool,
}

/// What [`Tower::tower`] writes: every entry of the frame, and of the coefficients those of orders that are asked for.
#[doc(hidden)]
#[derive(Debug)]
pub struct TowerOut<'a, V> {
    pub frame: &'a mut [V],
    pub coefficients: [&'a mut [V]; 5],
}

/// times · coefficient · Π factors, and all that it becomes when indices of x are exchanged, or of y.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TowerTerm {
    /// The order of the coefficient, and its number among those of this order.
    pub coefficient: [usize; 2],
    pub times: f64,
    blocks: [TowerBlock; 4],
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
    /// With at most four blocks [indices of x, indices of y, factor].
    #[must_use]
    pub fn new(coefficient: [usize; 2], times: f64, blocks: &[[usize; 3]]) -> Self {
        let mut term = Self { coefficient, times, blocks: [TowerBlock::default(); 4], count: blocks.len() };
        for (block, &[x, y, factor]) in term.blocks.iter_mut().zip(blocks) {
            *block = TowerBlock { indices: [x, y], factor };
        }
        term
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

    /// The product of this and another term, if it has no more than two indices of each side: the blocks of both, and a coefficient that is
    /// to be found.
    pub(crate) fn times(&self, other: &Self) -> Option<Self> {
        let [[x, y], [more_x, more_y]] = [self.indices(), other.indices()];
        if x + more_x > 2 || y + more_y > 2 {
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
