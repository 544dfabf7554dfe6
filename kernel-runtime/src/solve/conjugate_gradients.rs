//! Preconditioned conjugate gradients for a block of right-hand sides.

use std::ops::ControlFlow;

use ndarray::{Array, Array2, ArrayRef, ArrayRef1, ArrayView2, Axis, Zip};

use super::error::{SolveError, one_for_each_row};
use super::matrix::{Number, SymmetricMatrix};
use super::orthogonal::{Basis, basis};
use super::preconditioner::Preconditioner;
use super::small;
use crate::gram::Columns;

/// Solves (K + noise) X = B. What is not said stands at: no noise, tolerance 10⁻⁶, 1000 iterations, no preconditioner,
/// a start from 0.
///
/// See [the module](super) for an example.
pub struct Solve<'a, S, A> {
    matrix: &'a A,
    noise: Noise<'a, S>,
    tolerance: f64,
    iterations: usize,
    preconditioner: Option<&'a dyn Preconditioner<S>>,
    start: Option<ArrayView2<'a, S>>,
    observer: Option<Observer<'a>>,
}

type Observer<'a> = Box<dyn FnMut(&Step) -> ControlFlow<()> + 'a>;

/// What is added to the diagonal.
#[derive(Clone, Copy)]
enum Noise<'a, S> {
    Same(S),
    Each(&'a ArrayRef1<S>),
}

/// What an iteration reached.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Its number, the first being 1.
    pub iteration: usize,
    /// The largest ‖b - (K + noise)x‖ / ‖b‖ of all right-hand sides, as the recurrence has it.
    pub residual: f64,
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Solution<X> {
    /// As the right-hand side.
    pub x: X,
    /// How many iterations it took.
    pub iterations: usize,
    /// The largest ‖b - (K + noise)x‖ / ‖b‖ of all right-hand sides: at the start, then after each iteration.
    pub residuals: Vec<f64>,
    /// Whether the residual of `x`, computed anew, is within the tolerance. If not: as many iterations as allowed were
    /// done, the observer ended it, or rounding does not let it come nearer.
    pub converged: bool,
}

impl<'a, S: Number, A: SymmetricMatrix<S>> Solve<'a, S, A> {
    /// With K.
    #[must_use]
    pub fn new(matrix: &'a A) -> Self {
        let noise = Noise::Same(S::of(0.0));
        Self { matrix, noise, tolerance: 1e-6, iterations: 1000, preconditioner: None, start: None, observer: None }
    }

    /// Adds a variance to the diagonal.
    #[must_use]
    pub fn noise(self, variance: S) -> Self {
        Self { noise: Noise::Same(variance), ..self }
    }

    /// Adds a variance to each row.
    #[must_use]
    pub fn noise_of_each(self, variances: &'a ArrayRef1<S>) -> Self {
        Self { noise: Noise::Each(variances), ..self }
    }

    /// Ends where ‖b - (K + noise)x‖ ≤ `tolerance` ‖b‖ for all right-hand sides.
    #[must_use]
    pub fn tolerance(self, tolerance: f64) -> Self {
        Self { tolerance, ..self }
    }

    /// Ends after so many.
    #[must_use]
    pub fn iterations(self, most: usize) -> Self {
        Self { iterations: most, ..self }
    }

    /// Iterates with a preconditioner.
    #[must_use]
    pub fn preconditioner(self, preconditioner: &'a dyn Preconditioner<S>) -> Self {
        Self { preconditioner: Some(preconditioner), ..self }
    }

    /// Starts from here, an array of the shape of the right-hand side: the solution of a system that is nearly the
    /// same.
    #[must_use]
    pub fn start<D: Columns>(self, x: &'a ArrayRef<S, D>) -> Self {
        Self { start: Some(D::columns(x)), ..self }
    }

    /// Calls `observer` after each iteration, which may end it. Progress bars hang on it.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use kernel_runtime::gram::{Gram, Value};
    /// use kernel_runtime::kernels::Rbf;
    /// use kernel_runtime::solve::Solve;
    /// use ndarray::{Array1, Array2};
    ///
    /// let x = Array2::from_shape_fn((50, 1), |(i, _)| 0.1 * i as f64);
    /// let k = Rbf::new(1.0, 0.5)?;
    /// let gram = Gram::new(&k, (Value, &x), (Value, &x))?;
    /// let solution = Solve::new(&gram)
    ///     .noise(1e-2)
    ///     .tolerance(1e-10)
    ///     .observe(|step| if step.iteration == 5 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    ///     .run(&Array1::ones(50))?;
    /// assert_eq!((solution.iterations, solution.converged), (5, false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn observe(self, observer: impl FnMut(&Step) -> ControlFlow<()> + 'a) -> Self {
        Self { observer: Some(Box::new(observer)), ..self }
    }

    /// Solves for one right-hand side, or for several: the columns of a matrix.
    ///
    /// # Errors
    ///
    /// See [`SolveError`]. That the tolerance was not reached is none: [`Solution::converged`] says so.
    pub fn run<D: Columns>(mut self, b: &ArrayRef<S, D>) -> Result<Solution<Array<S, D>>, SolveError> {
        let mut x = Array::from_elem(b.raw_dim(), S::of(0.0));
        let b = D::columns(b);
        self.check(&b)?;
        // Squares of the numbers are neither to vanish nor to overflow.
        let sizes: Vec<S> = b.columns().into_iter().map(|column| size(column.iter())).collect();
        let b = sized(&b, &sizes);
        let (mut found, mut residual) = (Array2::from_elem(b.raw_dim(), S::of(0.0)), b.clone());
        if let Some(start) = self.start {
            found = sized(&start, &sizes);
            residual = self.residual(&b, &found)?;
        }
        let lengths = lengths(&b);
        let mut residuals = vec![largest(&residual, &lengths)];
        let (converged, iterations) = self.iterate(&b, &lengths, &mut found, residual, &mut residuals)?;
        for ((mut x, found), &size) in D::columns_mut(&mut x).columns_mut().into_iter().zip(found.columns()).zip(&sizes)
        {
            Zip::from(&mut x).and(&found).for_each(|x, &found| *x = found * size);
        }
        Ok(Solution { x, iterations, residuals, converged })
    }

    /// Whether it converged, and after how many iterations.
    ///
    /// Residuals are kept as Q C, Q with orthonormal columns, as many as there are directions left: several right-hand
    /// sides may become dependent, or be so from the beginning (A. Dubrulle, *Retooling the method of block conjugate
    /// gradients*, ETNA 12, 2001, algorithm BCGrQ).
    fn iterate(
        &mut self,
        b: &Array2<S>,
        lengths: &[f64],
        x: &mut Array2<S>,
        mut residual: Array2<S>,
        residuals: &mut Vec<f64>,
    ) -> Result<(bool, usize), SolveError> {
        let (mut iteration, mut before) = (0, f64::INFINITY);
        loop {
            // The residual is true here.
            let now = largest(&residual, lengths);
            if now <= self.tolerance {
                return Ok((true, iteration));
            }
            // Rounding lets it come no nearer.
            if iteration >= self.iterations || now.is_nan() || now > 0.5 * before {
                return Ok((false, iteration));
            }
            before = now;
            let preconditioned = self.precondition(&residual);
            let Basis { mut q, w, coefficients: mut c } = basis(&residual, &preconditioned, iteration)?;
            let mut directions = w;
            while iteration < self.iterations && q.ncols() > 0 {
                iteration += 1;
                let images = self.multiply(&directions)?;
                let curvature = directions.t().dot(&images);
                let factor = small::cholesky(&curvature).map_err(|pivot| {
                    let squares = directions.iter().map(|&number| number.into() * number.into()).sum::<f64>();
                    SolveError::NotPositiveDefinite {
                        iteration,
                        curvature: pivot / squares * directions.ncols() as f64,
                    }
                })?;
                // X + S T⁻¹C, and Q - A S T⁻¹, with T = Sᵀ A S.
                let mut step = c.clone();
                small::solve(&factor, &mut step);
                *x += &directions.dot(&step);
                let mut inverse = Array2::from_diag_elem(directions.ncols(), S::of(1.0));
                small::solve(&factor, &mut inverse);
                q -= &images.dot(&inverse);
                let next = basis(&q, &self.precondition(&q), iteration)?;
                c = next.coefficients.dot(&c);
                directions = next.w + directions.dot(&next.coefficients.t());
                q = next.q;
                let residual = largest(&q.dot(&c), lengths);
                residuals.push(residual);
                let observed = self.observer.as_mut().map(|observe| observe(&Step { iteration, residual }));
                if let Some(ControlFlow::Break(())) = observed {
                    let residual = self.residual(b, x)?;
                    return Ok((largest(&residual, lengths) <= self.tolerance, iteration));
                }
                if residual <= self.tolerance || residual.is_nan() {
                    break;
                }
            }
            residual = self.residual(b, x)?;
        }
    }

    fn check(&self, b: &ArrayView2<'_, S>) -> Result<(), SolveError> {
        self.matrix.check()?;
        let expected = self.matrix.size();
        if b.nrows() != expected {
            return Err(SolveError::RightHandSide { expected, got: b.nrows() });
        }
        if self.tolerance.is_nan() || self.tolerance < 0.0 {
            return Err(SolveError::Tolerance { got: self.tolerance });
        }
        if let Some(preconditioner) = self.preconditioner.filter(|preconditioner| preconditioner.size() != expected) {
            return Err(SolveError::PreconditionerSize { expected, got: preconditioner.size() });
        }
        finite(b)?;
        if let Some(start) = self.start {
            if start.nrows() != expected {
                return Err(SolveError::RightHandSide { expected, got: start.nrows() });
            }
            if start.ncols() != b.ncols() {
                return Err(SolveError::StartColumns { expected: b.ncols(), got: start.ncols() });
            }
            finite(&start)?;
        }
        match self.noise {
            Noise::Same(variance) => variances([variance].iter()),
            Noise::Each(all) => {
                one_for_each_row(all.len(), expected)?;
                variances(all.iter())
            }
        }
    }

    /// (K + noise) V
    fn multiply(&self, v: &Array2<S>) -> Result<Array2<S>, SolveError> {
        let mut out = Array2::from_elem(v.raw_dim(), S::of(0.0));
        self.matrix.multiply(v, &mut out)?;
        match self.noise {
            Noise::Same(variance) => Zip::from(&mut out).and(v).for_each(|out, &v| *out += variance * v),
            Noise::Each(all) => {
                for ((mut out, v), &variance) in out.rows_mut().into_iter().zip(v.rows()).zip(all) {
                    Zip::from(&mut out).and(&v).for_each(|out, &v| *out += variance * v);
                }
            }
        }
        Ok(out)
    }

    fn residual(&self, b: &Array2<S>, x: &Array2<S>) -> Result<Array2<S>, SolveError> {
        Ok(b - &self.multiply(x)?)
    }

    fn precondition(&self, v: &Array2<S>) -> Array2<S> {
        let mut out = v.clone();
        if let Some(preconditioner) = self.preconditioner {
            preconditioner.apply(&mut out);
        }
        out
    }
}

fn variances<'a, S: Number>(mut all: impl Iterator<Item = &'a S>) -> Result<(), SolveError> {
    match all.find(|&&variance| !(variance >= S::of(0.0) && variance.is_number())) {
        Some(variance) => Err(SolveError::Noise { problem: format!("is {variance} somewhere") }),
        None => Ok(()),
    }
}

fn finite<S: Number>(numbers: &ArrayView2<'_, S>) -> Result<(), SolveError> {
    match numbers.indexed_iter().find(|(_, number)| !number.is_number()) {
        Some(((row, column), _)) => Err(SolveError::NotFinite { row, column }),
        None => Ok(()),
    }
}

/// A power of two near the largest number, so that to divide by it rounds nothing; 1 if all are 0.
fn size<'a, S: Number>(numbers: impl Iterator<Item = &'a S>) -> S {
    let largest = numbers.map(|&number| number.into().abs()).fold(0.0, f64::max);
    S::of(if largest > 0.0 { largest.log2().floor().exp2() } else { 1.0 })
}

/// Each column in parts of its size.
fn sized<S: Number>(columns: &ArrayView2<'_, S>, sizes: &[S]) -> Array2<S> {
    let mut out = columns.to_owned();
    for (mut column, &size) in out.columns_mut().into_iter().zip(sizes) {
        column.mapv_inplace(|number| number / size);
    }
    out
}

fn lengths<S: Number>(b: &Array2<S>) -> Vec<f64> {
    b.axis_iter(Axis(1)).map(|column| length(column.iter())).collect()
}

fn length<'a, S: Number>(numbers: impl Iterator<Item = &'a S>) -> f64 {
    numbers.map(|&number| number.into() * number.into()).sum::<f64>().sqrt()
}

/// The largest length of a column, in parts of the given ones. A column that is to be 0 counts as it is.
fn largest<S: Number>(columns: &Array2<S>, lengths: &[f64]) -> f64 {
    let ratios = columns.axis_iter(Axis(1)).zip(lengths).map(|(column, &whole)| {
        let length = length(column.iter());
        if whole > 0.0 { length / whole } else { length }
    });
    // A NaN stays.
    ratios.fold(0.0, |most: f64, ratio| if most.is_nan() || ratio <= most { most } else { ratio })
}
