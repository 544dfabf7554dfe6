//! Covariances with an integral on one side or on both.

use std::borrow::Cow;

use ndarray::{Array2, ArrayViewMut2, Axis, s};

use super::super::covariance::Covariance as Matrix;
use super::super::side::Side;
use super::super::tile::both;
use super::functional::Functional;
use super::measure::{Part, Weight};
use super::normal::{Covariance, Widened, of_polynomial};
use crate::engine::Index;
use crate::error::KernelError;
use crate::kernel::Kernel;
use crate::real::Real;

/// One-dimensional integrals that one task is worth.
const TASK: usize = 1 << 12;

/// A derivative, in the sum of one number of a point.
struct Term {
    component: usize,
    /// Its number among the coefficients of a point.
    partial: usize,
    weight: f64,
    /// The coordinates it is taken by, each as often as it is.
    by: Vec<usize>,
}

/// A side at its points.
struct Operand<'a> {
    weight: Cow<'a, Weight>,
    /// The number of the first point in `weight`.
    first: usize,
    terms: Vec<Term>,
    /// A row for each point, or one for all.
    coefficients: Array2<f64>,
    width: usize,
}

impl<'a> Operand<'a> {
    fn new<K: Kernel>(side: &Side<'a, K>, d: usize) -> Self {
        if let Some(measure) = side.measure() {
            let terms = vec![Term { component: 0, partial: 0, weight: 1.0, by: Vec::new() }];
            let coefficients = Array2::from_elem((1, 1), 1.0);
            return Self { weight: Cow::Borrowed(&measure.weight), first: side.first(), terms, coefficients, width: 1 };
        }
        let description = side.description();
        let mut terms = Vec::new();
        // Of the functions that have this covariance, an integral is of the first.
        for (number, partial) in description.partials.iter().enumerate().filter(|(_, partial)| partial.function == 0) {
            let mut expanded = vec![(1.0, partial.indices.clone())];
            for (variable, weights) in description.variables.iter().enumerate() {
                if partial.indices.contains(&Index::Along(variable)) {
                    let each = |(weight, indices): &(f64, Vec<Index>), i: usize| {
                        let at = |&index: &Index| if index == Index::Along(variable) { Index::At(i) } else { index };
                        let own = weights.as_ref().map_or(1.0, |weights| K::Scalar::widened(weights[i]));
                        (weight * own, indices.iter().map(at).collect())
                    };
                    expanded = expanded.iter().flat_map(|term| (0..d).map(move |i| each(term, i))).collect();
                }
            }
            terms.extend(expanded.into_iter().map(|(weight, indices)| {
                let at = |index| match index {
                    Index::At(i) | Index::Along(i) => i,
                };
                let by = indices.into_iter().map(at).collect();
                Term { component: partial.component, partial: number, weight, by }
            }));
        }
        let points = side.rows().mapv(|at| Functional::Point { at: K::Scalar::widened(at), order: 0 });
        let coefficients = side.coefficients().mapv(K::Scalar::widened);
        Self {
            weight: Cow::Owned(Weight::Separate(points)),
            first: 0,
            terms,
            coefficients,
            width: description.components,
        }
    }

    fn coefficient(&self, point: usize, term: &Term) -> f64 {
        let row = if self.coefficients.nrows() == 1 { 0 } else { point };
        term.weight * self.coefficients[[row, term.partial]]
    }

    /// Along coordinate i, with a derivative there.
    fn along(&self, point: usize, i: usize, order: usize) -> Functional {
        match &*self.weight {
            Weight::Separate(all) => match all[[self.first + point, i]] {
                Functional::Point { at, .. } => Functional::Point { at, order },
                other => other,
            },
            Weight::Correlated { means, .. } => Functional::Point { at: means[[self.first + point, i]], order },
        }
    }

    /// As a normal distribution around its mean, which a point is; not over boxes.
    fn normal(&self, point: usize, d: usize) -> (Vec<f64>, Cow<'_, Covariance>) {
        match &*self.weight {
            Weight::Correlated { means, covariance } => {
                (means.row(self.first + point).to_vec(), Cow::Borrowed(covariance))
            }
            Weight::Separate(_) => {
                let each = (0..d).map(|i| match self.along(point, i, 0) {
                    Functional::Normal { mean, variance } => (mean, variance),
                    Functional::Point { at, .. } => (at, 0.0),
                    Functional::Interval { .. } => unreachable!("boxes beside correlated distributions are refused"),
                });
                let (means, variances): (Vec<f64>, Vec<f64>) = each.unzip();
                (means, Cow::Owned(Covariance::diagonal(&variances)))
            }
        }
    }

    fn is_correlated(&self) -> bool {
        matches!(*self.weight, Weight::Correlated { .. })
    }

    fn any(&self, count: usize, is: impl Fn(&Functional) -> bool) -> bool {
        match &*self.weight {
            Weight::Separate(all) => all.slice(s![self.first..self.first + count, ..]).iter().any(is),
            Weight::Correlated { .. } => false,
        }
    }
}

/// A part of the kernel for a pair of points, with derivatives by coordinates.
type Value<'p> = Box<dyn Fn(&[usize]) -> f64 + 'p>;

/// All pairs of points of two sides.
pub(super) struct Pairs<'a> {
    parts: &'a [Part],
    left: Operand<'a>,
    right: Operand<'a>,
    d: usize,
    /// Of each part, if no pair has another.
    widened: Vec<Option<Widened>>,
}

impl<'a> Pairs<'a> {
    pub(super) fn new<K: Kernel>(matrix: &Matrix<'a, K>) -> Result<Self, KernelError> {
        let [n, m, d] = matrix.sizes();
        let measure = matrix.left.measure().or_else(|| matrix.right.measure());
        let parts = measure.map_or(&[][..], |measure| &measure.parts);
        let [left, right] = [&matrix.left, &matrix.right].map(|side| Operand::new(side, d));
        let mut pairs = Self { parts, left, right, d, widened: Vec::new() };
        if n > 0 && m > 0 {
            pairs.check([n, m])?;
            pairs.widened = parts.iter().map(|part| pairs.shared(part, [n, m])).collect();
        }
        Ok(pairs)
    }

    fn check(&self, [n, m]: [usize; 2]) -> Result<(), KernelError> {
        let is_box = |functional: &Functional| matches!(functional, Functional::Interval { .. });
        for (argument, one, other, count) in [("x", &self.left, &self.right, m), ("y", &self.right, &self.left, n)] {
            if one.is_correlated() && other.any(count, is_box) {
                let problem = "correlated normal distributions on one side and boxes on the other have no closed form: \
                     pass independent variances";
                return Err(KernelError::Measure { argument, problem: problem.into() });
            }
        }
        let is_infinite = |functional: &Functional| match functional {
            Functional::Interval { bounds, .. } => bounds.iter().any(|bound| bound.is_infinite()),
            Functional::Point { .. } | Functional::Normal { .. } => false,
        };
        if !self.left.any(n, is_infinite) && !self.right.any(m, is_infinite) {
            return Ok(());
        }
        for (i, j, k) in (0..n).flat_map(|i| (0..m).flat_map(move |j| (0..self.d).map(move |k| (i, j, k)))) {
            let [x, y] = [self.left.along(i, k, 0), self.right.along(j, k, 0)];
            let diverges = |part: &Part| match part {
                Part::Gaussian { rates, .. } => x.diverges(y, rates[k]),
                Part::Polynomial(_) => x.diverges(y, 0.0),
            };
            if self.parts.iter().any(diverges) {
                let argument = if is_infinite(&x) { "x" } else { "y" };
                let problem = format!(
                    "row {i} and column {j} have an infinite covariance: along coordinate {k} the kernel does not fall off \
                     where the bounds are infinite"
                );
                return Err(KernelError::Measure { argument, problem });
            }
        }
        Ok(())
    }

    /// What all pairs have, if covariances are the same for all.
    fn shared(&self, part: &Part, [n, m]: [usize; 2]) -> Option<Widened> {
        let Part::Gaussian { rates, .. } = part else { return None };
        let varies = |operand: &Operand<'_>, count| operand.any(count, |f| matches!(f, Functional::Normal { .. }));
        if !(self.left.is_correlated() || self.right.is_correlated()) || varies(&self.left, n) || varies(&self.right, m)
        {
            return None;
        }
        let [(_, of_x), (_, of_y)] = [&self.left, &self.right].map(|operand| operand.normal(0, self.d));
        Some(Widened::new(rates, [&of_x, &of_y]))
    }

    /// The block of a pair, to which it is added.
    fn add(&self, [i, j]: [usize; 2], mut out: ArrayViewMut2<'_, f64>) {
        for (part, widened) in self.parts.iter().zip(&self.widened) {
            let value = self.part(part, widened.as_ref(), [i, j]);
            for of_x in &self.left.terms {
                for of_y in &self.right.terms {
                    let coefficient = self.left.coefficient(i, of_x) * self.right.coefficient(j, of_y);
                    // One of them is an integral, which has no derivatives.
                    let by = if of_x.by.is_empty() { &of_y.by } else { &of_x.by };
                    out[[of_x.component, of_y.component]] += coefficient * value(by);
                }
            }
        }
    }

    /// A part of the kernel, with derivatives by coordinates of a point.
    fn part<'p>(&'p self, part: &'p Part, widened: Option<&'p Widened>, [i, j]: [usize; 2]) -> Value<'p> {
        let d = self.d;
        if self.left.is_correlated() || self.right.is_correlated() {
            let ((m, of_x), (n, of_y)) = (self.left.normal(i, d), self.right.normal(j, d));
            // Derivatives are by the point, which the other is if one is not.
            let is_x = self.left.is_correlated();
            return match part {
                Part::Gaussian { amplitude, rates } => {
                    let difference: Vec<f64> =
                        m.iter().zip(&n).map(|(m, n)| if is_x { m - n } else { n - m }).collect();
                    let own = widened.is_none().then(|| Widened::new(rates, [&of_x, &of_y]));
                    Box::new(move |by| {
                        amplitude * widened.or(own.as_ref()).map_or(0.0, |widened| widened.at(&difference, by))
                    })
                }
                Part::Polynomial(polynomial) if is_x => {
                    Box::new(move |by| of_polynomial(polynomial, [&m, &n], [&of_x, &of_y], by))
                }
                Part::Polynomial(polynomial) => {
                    Box::new(move |by| of_polynomial(polynomial, [&n, &m], [&of_y, &of_x], by))
                }
            };
        }
        let along = move |k: usize, by: &[usize]| {
            let order = by.iter().filter(|&&coordinate| coordinate == k).count();
            [self.left.along(i, k, order), self.right.along(j, k, order)]
        };
        match part {
            Part::Gaussian { amplitude, rates } => {
                let factor = move |k: usize, by: &[usize]| {
                    let [x, y] = along(k, by);
                    x.of_gaussian(rates[k], y)
                };
                let plain: Vec<f64> = (0..d).map(|k| factor(k, &[])).collect();
                Box::new(move |by| {
                    let each = (0..d).map(|k| if by.contains(&k) { factor(k, by) } else { plain[k] });
                    amplitude * each.product::<f64>()
                })
            }
            Part::Polynomial(polynomial) => {
                Box::new(move |by| polynomial.at((0..d).map(|k| along(k, by)[0]), (0..d).map(|k| along(k, by)[1])))
            }
        }
    }

    /// The pairs of some points x and some y, from these on, halved as long as there is work for several.
    pub(super) fn write<S: Real>(&self, [first, first_y]: [usize; 2], mut out: ArrayViewMut2<'_, S>) {
        let [of_x, of_y] = [self.left.width, self.right.width];
        let points = out.nrows() / of_x;
        let of_point = (out.ncols() / of_y).saturating_mul(self.d).saturating_mul(of_x * of_y).max(1);
        if points > (TASK / of_point).max(1) {
            let middle = points / 2;
            let (above, below) = out.split_at(Axis(0), middle * of_x);
            both(|| self.write([first, first_y], above), || self.write([first + middle, first_y], below));
            return;
        }
        let mut block = Array2::zeros((of_x, of_y));
        for (i, mut rows) in out.axis_chunks_iter_mut(Axis(0), of_x).enumerate() {
            for (j, mut to) in rows.axis_chunks_iter_mut(Axis(1), of_y).enumerate() {
                block.fill(0.0);
                self.add([first + i, first_y + j], block.view_mut());
                to.zip_mut_with(&block, |to, &entry| *to = S::of(entry));
            }
        }
    }
}

impl<K: Kernel> Matrix<'_, K> {
    pub(in super::super) fn is_integral(&self) -> bool {
        self.left.measure().is_some() || self.right.measure().is_some()
    }

    /// All entries.
    pub(in super::super) fn of_integrals(&self, out: ArrayViewMut2<'_, K::Scalar>) -> Result<(), KernelError> {
        let pairs = Pairs::new(self)?;
        if !out.is_empty() {
            pairs.write([0, 0], out);
        }
        Ok(())
    }
}
