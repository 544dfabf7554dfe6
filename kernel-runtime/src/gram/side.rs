//! One side of a matrix of covariances, whatever type its operator has.

use std::borrow::Cow;
use std::ops::Range;

use ndarray::{Array2, ArrayView, ArrayView2, Axis, s};

use super::integral::Measure;
use super::operator::Observed;
use super::{Arrays, PointsRef};
use crate::engine::{Description, Entries, Tall};
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::Lane;

/// An operator, for points of so many coordinates.
pub(crate) struct Resolved<'k, K: Kernel> {
    /// The numbers of a point, if it is not general.
    pub(super) entries: Entries,
    /// Which of those, in its order
    pub(super) places: Vec<usize>,
    /// What f is integrated with, if it is an integral.
    measure: Option<Measure>,
    /// What a general one is.
    general: Option<General<K>>,
    /// The kernel with its derivatives beyond the gradient, if it has some.
    tower: Option<Tall<'k, K::Scalar>>,
    d: usize,
}

struct General<K: Kernel> {
    description: Description<K::Scalar>,
    /// Of its partial derivatives: a row for each point, or one for all if they vary with none.
    coefficients: Array2<K::Scalar>,
}

impl<'k, K: Kernel> Resolved<'k, K> {
    /// Of the points of an argument, which have d coordinates, if it fits them.
    pub(super) fn new<L: Observed<K>>(
        kernel: &'k K,
        operator: &L,
        (argument, points): (&'static str, &PointsRef<K>),
        d: usize,
    ) -> Result<Self, KernelError> {
        operator.check(argument, d)?;
        let measure = if const { L::MEASURE } { operator.measure(kernel, argument, points)? } else { None };
        let general = const { L::GENERAL }.then(|| General::new(operator, points, d));
        let places = if const { L::GENERAL } { Vec::new() } else { operator.places(d) };
        Ok(Self { entries: L::ENTRIES, places, measure, general, tower: L::tower(kernel), d })
    }

    /// How many numbers a point has.
    pub(super) fn width(&self) -> usize {
        if self.measure.is_some() {
            return 1;
        }
        self.general.as_ref().map_or(self.places.len(), |general| general.description.components)
    }

    /// Whether a point has all of its [`entries`](Self::entries), in their order.
    pub(super) fn is_whole(&self) -> bool {
        self.places.iter().copied().eq(0..self.entries.count(self.d))
    }

    fn description(&self) -> Cow<'_, Description<K::Scalar>> {
        match &self.general {
            Some(general) => Cow::Borrowed(&general.description),
            None => Cow::Owned(Description::of_entries(self.entries, &self.places, self.d)),
        }
    }
}

impl<K: Kernel> General<K> {
    fn new<L: Observed<K>>(operator: &L, points: &PointsRef<K>, d: usize) -> Self {
        let (description, points) = (operator.described(d), K::Points::rows(points));
        let varies = description.partials.iter().any(|partial| partial.varies);
        let rows = if varies { points.nrows() } else { points.nrows().min(1) };
        let mut coefficients = Array2::from_elem((rows, description.partials.len()), K::Scalar::of(0.0));
        for (mut of_point, x) in coefficients.rows_mut().into_iter().zip(points.rows()) {
            operator.coefficients_at(&x.to_vec(), of_point.as_slice_mut().unwrap_or_default());
        }
        Self { description, coefficients }
    }
}

/// Points of a kernel.
type Points<'a, K> = ArrayView<'a, <K as Kernel>::Scalar, <<K as Kernel>::Points as Arrays>::Dim>;

/// An operator at some points.
pub(crate) struct Side<'a, K: Kernel> {
    pub(super) operator: &'a Resolved<'a, K>,
    pub(super) points: Points<'a, K>,
    /// The number of the first of them, among those that the operator was resolved for.
    first: usize,
}

impl<K: Kernel> Clone for Side<'_, K> {
    fn clone(&self) -> Self {
        Self { points: self.points.clone(), ..*self }
    }
}

impl<'a, K: Kernel> Side<'a, K> {
    /// Of all points that the operator was resolved for.
    pub(super) fn new(operator: &'a Resolved<'_, K>, points: &'a PointsRef<K>) -> Self {
        Self { operator, points: points.view(), first: 0 }
    }

    /// Some of its points.
    pub(super) fn part(&self, points: Range<usize>) -> Self {
        let mut part = self.clone();
        part.first += points.start;
        part.points.slice_axis_inplace(Axis(0), points.into());
        part
    }

    /// How many points there are.
    pub(super) fn count(&self) -> usize {
        self.points.len_of(Axis(0))
    }

    pub(super) fn entries(&self) -> Entries {
        self.operator.entries
    }

    pub(super) fn places(&self) -> &'a [usize] {
        &self.operator.places
    }

    pub(super) fn width(&self) -> usize {
        self.operator.width()
    }

    /// What f is integrated with, if the operator is an integral: a row for each point that it was resolved for.
    pub(super) fn measure(&self) -> Option<&'a Measure> {
        self.operator.measure.as_ref()
    }

    /// The number of the first point, among those that the operator was resolved for.
    pub(super) fn first(&self) -> usize {
        self.first
    }

    pub(super) fn is_general(&self) -> bool {
        self.operator.general.is_some()
    }

    pub(super) fn tower(&self) -> Option<Tall<'a, K::Scalar>> {
        self.operator.tower
    }

    pub(super) fn description(&self) -> Cow<'a, Description<K::Scalar>> {
        self.operator.description()
    }

    /// The coefficients of the partial derivatives: a row for each point, or one for all.
    pub(super) fn coefficients(&self) -> Cow<'a, Array2<K::Scalar>> {
        let Some(general) = &self.operator.general else {
            return Cow::Owned(Array2::from_elem((1, self.places().len()), K::Scalar::of(1.0)));
        };
        let varies = general.description.partials.iter().any(|partial| partial.varies);
        if varies && (self.first, self.count()) != (0, general.coefficients.nrows()) {
            Cow::Owned(general.coefficients.slice(s![self.first..self.first + self.count(), ..]).to_owned())
        } else {
            Cow::Borrowed(&general.coefficients)
        }
    }

    /// Whether both have the same numbers at a point.
    pub(super) fn has_operator_of(&self, other: &Self) -> bool {
        if self.measure().is_some() || other.measure().is_some() {
            return self.measure().zip(other.measure()).is_some_and(|(mine, others)| {
                self.count() == other.count() && mine.has_points_of(others, [self.first, other.first], self.count())
            });
        }
        if self.is_general() || other.is_general() {
            return self.description() == other.description() && self.coefficients() == other.coefficients();
        }
        self.entries() == other.entries() && self.places() == other.places()
    }

    /// Whether both are of the same points.
    pub(super) fn has_points_of(&self, other: &Self) -> bool {
        let (x, y) = (&self.points, &other.points);
        (x.as_ptr() == y.as_ptr() && x.raw_dim() == y.raw_dim() && x.strides() == y.strides()) || x == y
    }

    /// Points as rows.
    pub(super) fn rows(&self) -> ArrayView2<'_, K::Scalar> {
        K::Points::rows(&self.points)
    }
}
