//! -Δu = f on the unit square, u = 0 on its boundary, from what is known: f at points inside, and 0 at points of the
//! boundary.
//!
//! With a prior u ~ GP(0, k) the mean given both is symmetric collocation with the kernel k (G. Fasshauer, *Solving
//! partial differential equations by collocation with radial basis functions*, 1996), the function of least norm in the
//! native space of k that fits all of it.

use std::error::Error;
use std::f64::consts::PI;

use kernel_runtime::gram::{Laplacian, Observations, Value};
use kernel_runtime::{Symmetric, Tower2, VectorPoints};
use ndarray::{Array1, Array2, ArrayRef2, ArrayView1};

use crate::largest;
use crate::sampling::cells;

/// A right-hand side whose solution is known.
#[derive(Clone, Copy, Debug)]
pub struct Problem {
    /// What it is called.
    pub name: &'static str,
    /// f
    pub source: fn(ArrayView1<'_, f64>) -> f64,
    /// u
    pub solution: fn(ArrayView1<'_, f64>) -> f64,
}

/// f = 1: the torsion of a square rod. At the corners Δu is 0 along the boundary and -1 inside, so u has r² ln r there
/// and is no C².
pub const UNIFORM: Problem = Problem { name: "f = 1", source: |_| 1.0, solution: |x| torsion(x[0], x[1]) };

/// u = eˣ sin πx sin πy, and its f.
pub const SMOOTH: Problem = Problem {
    name: "u = eˣ sin πx sin πy",
    source: |x| {
        let (sin, cos) = (PI * x[0]).sin_cos();
        x[0].exp() * ((2.0 * PI * PI - 1.0) * sin - 2.0 * PI * cos) * (PI * x[1]).sin()
    },
    solution: |x| x[0].exp() * (PI * x[0]).sin() * (PI * x[1]).sin(),
};

/// The solution for f = 1, to 1e-12: x(1 - x)/2 - Σ 4/(kπ)³ sin kπx cosh kπ(y - ½) / cosh kπ/2 over odd k (S.
/// Timoshenko and J. Goodier, *Theory of Elasticity*, section 109).
///
/// Its terms fall like exp(-kπδ) with δ the distance of y from 0 and 1; as u is symmetric, y may be the coordinate that
/// is further inside.
#[must_use]
pub fn torsion(x: f64, y: f64) -> f64 {
    let inside = |x: f64| x.min(1.0 - x);
    let (x, y) = if inside(x) < inside(y) { (x, y) } else { (y, x) };
    if inside(x) <= 0.0 {
        return 0.0;
    }
    let mut u = 0.5 * x * (1.0 - x);
    for k in (1..100_000).step_by(2).map(|k| PI * f64::from(k)) {
        // The quotient of cosh without what overflows.
        let decay = ((-k * y).exp() + (-k * (1.0 - y)).exp()) / (1.0 + (-k).exp());
        let size = 4.0 * decay / k.powi(3);
        u -= size * (k * x).sin();
        // All that is left out is less than size Σ exp(-2πδj) < size (1 + 1/2πδ), j from 0.
        if size * (1.0 + 1.0 / (2.0 * PI * inside(y))) < 1e-13 {
            break;
        }
    }
    u
}

/// 4m points of the boundary, 1/m apart.
#[must_use]
pub fn boundary(m: usize) -> Array2<f64> {
    Array2::from_shape_fn((4 * m, 2), |(i, a)| {
        let (side, along) = (i / m, (i % m) as f64 / m as f64);
        [[along, 0.0], [1.0, along], [1.0 - along, 1.0], [0.0, 1.0 - along]][side][a]
    })
}

/// Variance of what is taken for noise, in parts of the variance of each number.
///
/// There is none: the data are exact. The covariances of the Matérn kernels can be factorised with 0, those of RBF,
/// whose eigenvalues fall faster than any power, cannot: they are singular in double precision, and Cholesky's method,
/// which adds rounding of the order of nε ≈ 1e-13 of its own, needs as much at least. Errors end falling at about the
/// root of it, 1.5e-7 for RBF (measured: 1.6e-6 with 1e-10, 1.1e-8 with 1e-14), and sooner the worse the solution fits
/// the kernel: at 1e-5 for f = 1 with Matérn-9/2.
pub const JITTER: f64 = 1e-12;

/// u at the rows of `at`, from f at m × m points and 0 at 4m.
///
/// As the jitter is in parts of the variances, a multiple of the kernel gives the same.
///
/// # Errors
///
/// If the covariance is not positive definite in floating point.
pub fn solve<K>(kernel: &K, problem: &Problem, m: usize, at: &ArrayRef2<f64>) -> Result<Array1<f64>, Box<dyn Error>>
where
    K: Symmetric + Tower2<Scalar = f64, Points = VectorPoints>,
{
    let (inside, edge) = (cells(m), boundary(m));
    let mut known = Observations::new(kernel);
    known.push(Laplacian, &inside)?;
    known.push(Value, &edge)?;
    let f = inside.rows().into_iter().map(|x| -(problem.source)(x));
    let b: Array1<f64> = f.chain(edge.rows().into_iter().map(|_| 0.0)).collect();
    let posterior = known.posterior(&b, &(JITTER * known.diagonal()?))?;
    Ok(posterior.mean(Value, at)?)
}

/// One line of a table of convergence.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Points inside are 1/m apart.
    pub m: usize,
    /// How many numbers are known: m² of f, 4m of u.
    pub known: usize,
    /// max |error of u| over a grid.
    pub error: f64,
    /// p with error ~ m⁻ᵖ between the row before and this one.
    pub order: Option<f64>,
}

/// Solves with more and more points.
///
/// # Errors
///
/// As [`solve`].
pub fn convergence<K>(kernel: &K, problem: &Problem, ms: &[usize]) -> Result<Vec<Row>, Box<dyn Error>>
where
    K: Symmetric + Tower2<Scalar = f64, Points = VectorPoints>,
{
    let at = cells(GRID);
    let truth: Array1<f64> = at.rows().into_iter().map(problem.solution).collect();
    let mut rows: Vec<Row> = Vec::new();
    for &m in ms {
        let error = largest(solve(kernel, problem, m, &at)? - &truth);
        let order = rows.last().map(|last| (last.error / error).ln() / (m as f64 / last.m as f64).ln());
        rows.push(Row { m, known: m * m + 4 * m, error, order });
    }
    Ok(rows)
}

/// Errors are looked at in the middles of so many cells each way: none of the points with data, and up to 1/86 from the
/// boundary.
const GRID: usize = 43;
