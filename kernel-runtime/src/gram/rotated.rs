//! Gram matrices of gradients, in coordinates along the points.
//!
//! Let k(Ux, Uy) = k(x, y) for every orthogonal U, and Q be an orthonormal basis of the span of n points. Derivatives
//! along Q and across it then have nothing to do with each other, and across it nothing but a number is left of the
//! block of a pair: the U that leave the points where they are act on their complement as all orthogonal maps do, the
//! block ∂²k/∂x∂yᵀ commutes with them, and so it is a multiple of the identity there (Schur's lemma). Of n points with
//! d coordinates there are thus, instead of nd rows,
//!
//! - n r rows along Q, r ≤ n, and
//! - n rows for all d - r directions across.
//!
//! That is the structure of F. de Roos, A. Gessner and P. Hennig (*High-dimensional Gaussian process inference with
//! derivatives*, ICML 2021), K' ⊗ Λ + U C Uᵀ with a system of n² rows left after Woodbury's identity, from what the
//! kernel is invariant under instead of from its form: it needs no inverse of K', and holds beside values as well.
//! Where k also depends on differences alone, points count from one of them, and r < n.

use ndarray::{Array2, ArrayRef2, Axis, Ix2, concatenate, s};

use super::batch::allocate;
use super::covariance::Covariance;
use super::lazy::Gram;
use super::operator::{Observed, Partials, Value};
use crate::error::KernelError;
use crate::kernel::{Base, Differentiable, Stage, Term};
use crate::points::VectorPoints;
use crate::real::Lane;

/// What points may undergo without a kernel noticing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invariance {
    /// Orthogonal maps
    Rotations,
    /// These, and translations
    Motions,
}

/// A Gram matrix of values (if there are some) and gradients, as two.
pub(crate) struct Rotated {
    /// Q, a row for each direction
    pub(crate) directions: Array2<f64>,
    /// Of values and derivatives along Q, point by point
    pub(crate) along: Array2<f64>,
    /// Of derivatives along any direction across Q, if there is one
    pub(crate) across: Option<Array2<f64>>,
}

/// What a kernel is invariant under, as its sums over coordinates tell: it is a function of them. Or what is in the
/// way.
pub(crate) fn invariance<K: Differentiable>(kernel: &K, d: usize) -> Result<Invariance, String> {
    let mut invariance = Invariance::Motions;
    for slot in 0..K::SHAPE.sums[Stage::Value as usize] {
        let base = match kernel.sum(Stage::Value, slot) {
            Term::Plain(base) => base,
            Term::Weighted(base) => {
                let weight = |i| kernel.sum_weight(Stage::Value, slot, i, d);
                if (1..d).any(|i| weight(i) != weight(0)) {
                    return Err("weighs coordinates differently".to_owned());
                }
                base
            }
            Term::Pick(_, coordinate) => return Err(format!("takes coordinate {coordinate} by itself")),
            Term::Custom => return Err("has sums over coordinates other than of products and squares".to_owned()),
        };
        match base {
            Base::One | Base::SquareDifference => {}
            Base::Product | Base::SquareX | Base::SquareY => invariance = Invariance::Rotations,
            Base::X | Base::Y | Base::Difference | Base::Distance => {
                return Err("has sums of coordinates themselves, or of their distances".to_owned());
            }
        }
    }
    Ok(invariance)
}

impl<K, O> Gram<'_, K, O, O>
where
    K: Differentiable<Points = VectorPoints, Scalar: Into<f64>>,
    O: Observed<K>,
{
    /// How many points there are, and coordinates; and whether there are values beside gradients. `None` if not whole
    /// gradients are on both sides.
    pub(crate) fn gradients(&self) -> Option<(usize, usize, bool)> {
        let [n, _, d] = self.sizes;
        let Covariance { left, right, .. } = self.covariance();
        let whole =
            O::ENTRIES.gradient && !O::ENTRIES.hessian && left.operator.is_whole() && left.has_operator_of(&right);
        whole.then_some((n, d, O::ENTRIES.value))
    }

    /// What the kernel is invariant under.
    pub(crate) fn invariance(&self) -> Result<Invariance, String> {
        invariance(self.kernel, self.sizes[2])
    }

    /// In coordinates along the points. O(n² r d) time.
    pub(crate) fn rotated(&self, invariance: Invariance) -> Result<Rotated, KernelError> {
        let [n, _, d] = self.sizes;
        let mut points: Array2<f64> = self.x.mapv(Into::into);
        if let (Invariance::Motions, true) = (invariance, n > 0) {
            let origin = points.row(0).to_owned();
            points -= &origin;
        }
        let directions = directions(&points);
        let (r, values) = (directions.nrows(), usize::from(O::ENTRIES.value));
        // One direction across stands for all. There are as many coordinates as before: a kernel may depend on their
        // number.
        let coordinates: Vec<_> = (0..d.min(r + 1)).collect();
        let mut rotated = allocate::<K::Scalar, _>(Ix2(n, d))?;
        rotated.slice_mut(s![.., ..r]).assign(&points.dot(&directions.t()).mapv(K::Scalar::of));
        let size = n.saturating_mul(values + r);
        let (mut along, mut across) = (allocate::<f64, _>(Ix2(size, size))?, allocate::<f64, _>(Ix2(n, n))?);
        let (of_point, width) = (values + r, values + coordinates.len());
        for j in 0..n {
            let columns = if O::ENTRIES.value {
                columns(self.kernel, (Value, Partials(&coordinates)), &rotated, j, width)
            } else {
                columns(self.kernel, Partials(&coordinates), &rotated, j, width)
            }?;
            for (i, block) in columns.axis_chunks_iter(Axis(0), width).enumerate() {
                let [rows, columns] = [i, j].map(|point| point * of_point..(point + 1) * of_point);
                along.slice_mut(s![rows, columns]).assign(&block.slice(s![..of_point, ..of_point]));
                if width > of_point {
                    across[[i, j]] = block[[of_point, of_point]];
                }
            }
        }
        Ok(Rotated { directions, along, across: (width > of_point).then_some(across) })
    }
}

/// All rows of what point j has, by products with unit vectors: blocks of pairs are not formed.
fn columns<K, O>(
    kernel: &K,
    side: O,
    points: &ArrayRef2<K::Scalar>,
    j: usize,
    width: usize,
) -> Result<Array2<f64>, KernelError>
where
    K: Differentiable<Points = VectorPoints, Scalar: Into<f64>>,
    O: Observed<K>,
{
    let units = Array2::from_shape_fn((width, width), |(e, f)| K::Scalar::of(if e == f { 1.0 } else { 0.0 }));
    let point = points.slice(s![j..=j, ..]);
    let gram = Gram::new(kernel, (side, points), (side, &point))?;
    let mut all = Array2::zeros((gram.shape().0, width));
    let at_once = (NEAR / points.ncols()).max(1);
    for (units, mut all) in units.axis_chunks_iter(Axis(1), at_once).zip(all.axis_chunks_iter_mut(Axis(1), at_once)) {
        all.assign(&gram.dot(&units)?.mapv(Into::into));
    }
    Ok(all)
}

/// So many coordinates of vectors that are multiplied together stay, with what is summed for them, in the second cache.
const NEAR: usize = 1 << 11;

/// What is left of a point counts as rounding if it is less than so many units in the last place of the longest.
const UNITS: f64 = 8.0;

/// An orthonormal basis of the span of the rows, by Gram and Schmidt.
fn directions(points: &Array2<f64>) -> Array2<f64> {
    let longest = points.rows().into_iter().map(|point| length(&point)).fold(0.0, f64::max);
    let mut basis = Array2::zeros((0, points.ncols()));
    for point in points.rows() {
        let mut rest = point.to_owned();
        // Twice is enough: once leaves what rounding makes of points that nearly are in the span.
        for _ in 0..2 {
            let along: ndarray::Array1<f64> = basis.dot(&rest);
            rest -= &along.dot(&basis);
        }
        let left = length(&rest.view());
        if left > UNITS * f64::EPSILON * longest && basis.nrows() < points.ncols() {
            rest /= left;
            basis = concatenate![Axis(0), basis, rest.insert_axis(Axis(0))];
        }
    }
    basis
}

fn length(v: &ndarray::ArrayView1<'_, f64>) -> f64 {
    v.dot(v).sqrt()
}
