//! What do 2000 gradients tell of a function of 100 coordinates?
//!
//! Their covariance has 200 000 rows: 320 GB, which nobody forms. Products with it take O(n²d), and conjugate gradients
//! need nothing else, with a preconditioner some dozens of them. Then the gradient at other points is one product more,
//! and so is the value, up to a constant, which gradients do not know.
//!
//! ```text
//! cargo run --release --bin gradient_gp              # about a minute
//! cargo run --release --bin gradient_gp -- --quick   # fewer points and coordinates
//! ```

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use kernel_examples::picture::{Run, draw_convergence};
use kernel_examples::print;
use kernel_examples::ridges::{Ridges, relative_error};
use kernel_examples::sampling::points;
use kernel_runtime::gram::{Gradient, Gram, Value};
use kernel_runtime::kernel;
use kernel_runtime::solve::{PivotedCholesky, Preconditioner, Solution, Solve};
use ndarray::{Array1, Array2, s};

/// Squared-exponential: smooth, as the function is.
#[kernel(assume(variance > 0, lengthscale > 0))]
fn smooth(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    variance * (-sq_dist(x, y) / (2.0 * lengthscale * lengthscale)).exp()
}

/// How large the problem is.
#[derive(Clone, Copy)]
struct Sizes {
    n: usize,
    d: usize,
    /// Of the preconditioner
    rank: usize,
    held_out: usize,
}

const WHOLE: Sizes = Sizes { n: 2000, d: 100, rank: 100, held_out: 200 };
const QUICK: Sizes = Sizes { n: 300, d: 30, rank: 30, held_out: 50 };

const DIRECTIONS: usize = 6;
/// In parts of the variance of a partial derivative.
const NOISE: f64 = 1e-3;
const TOLERANCE: f64 = 1e-4;
const ITERATIONS: usize = 1000;
const PICTURE: &str = "gradient_gp.svg";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => run(WHOLE),
        ["--quick"] => run(QUICK),
        _ => Err(format!("`{}`: write --quick, or nothing", arguments.join(" ")).into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gradient_gp: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(sizes: Sizes) -> Result<(), Box<dyn Error>> {
    let Sizes { n, d, rank, held_out } = sizes;
    let f = Ridges::new(DIRECTIONS, d);
    let (x, other) = (points(1, n, d), points(2, held_out, d));
    let b = f.gradients(&x);
    let model = Model::of(&b, d)?;
    let gram = Gram::new(&model.kernel, (Gradient, &x), (Gradient, &x))?;
    let mut report = format!(
        "{n} gradients of a function of {d} coordinates: {} unknowns, whose matrix of {:.1} GB is not formed.\n",
        gram.shape().0,
        8e-9 * (gram.shape().0 as f64).powi(2)
    );

    let plain = solve(&model, &gram, &b, None, "plain")?;
    let start = Instant::now();
    let pivoted = PivotedCholesky::new(&gram, model.noise, rank)?;
    let made = start.elapsed().as_secs_f64();
    let name = &format!("pivoted Cholesky of rank {rank}");
    let helped = solve(&model, &gram, &b, Some(&pivoted), name)?;
    writeln!(report, "\n{:<32} {:>10} {:>12} {:>10}", "conjugate gradients", "iterations", "residual", "seconds")?;
    for (name, (solution, seconds)) in [("plain", &plain), (name, &helped)] {
        let residual = solution.residuals.last().copied().unwrap_or(f64::NAN);
        writeln!(report, "{name:<32} {:>10} {residual:>12.1e} {seconds:>10.1}", solution.iterations)?;
        if !solution.converged {
            writeln!(report, "  not within {TOLERANCE:.0e}")?;
        }
    }
    writeln!(report, "(the preconditioner itself: {made:.1} s)")?;

    let [gradients, values] = model.predict(&x, &other, &helped.0.x)?;
    writeln!(
        report,
        "\nAt {held_out} points that were held out, relative errors: gradients {:.3}, values up to a constant {:.3}.",
        relative_error(&gradients, &f.gradients(&other)),
        relative_error(&centred(values), &centred(f.values(&other)))
    )?;
    writeln!(report, "Against a dense factorisation, n = 20, d = 5: {:.1e}.", against_dense()?)?;

    let runs = [Run { name: "plain", residuals: &plain.0.residuals }, Run { name, residuals: &helped.0.residuals }];
    let title = format!("{n} gradients in {d} dimensions: {} unknowns", gram.shape().0);
    draw_convergence(Path::new(PICTURE), &title, &runs, TOLERANCE)?;
    writeln!(report, "Picture: {}", std::path::absolute(PICTURE)?.display())?;
    print(&report)?;
    Ok(())
}

/// A kernel whose derivatives vary as the data do, and noise.
struct Model {
    kernel: Smooth,
    noise: f64,
}

impl Model {
    /// Points between -1 and 1 are about √(2d/3) apart: with a lengthscale of twice that each knows of all others.
    fn of(gradients: &Array1<f64>, d: usize) -> Result<Self, Box<dyn Error>> {
        let lengthscale = 2.0 * (2.0 * d as f64 / 3.0).sqrt();
        let variance = gradients.dot(gradients) / gradients.len() as f64;
        let kernel = Smooth::new(variance * lengthscale * lengthscale, lengthscale)?;
        Ok(Self { kernel, noise: NOISE * variance })
    }

    /// The expected gradients, and values up to a constant, at other points.
    fn predict(
        &self,
        x: &Array2<f64>,
        at: &Array2<f64>,
        weights: &Array1<f64>,
    ) -> Result<[Array1<f64>; 2], Box<dyn Error>> {
        let both = Gram::new(&self.kernel, ((Value, Gradient), at), (Gradient, x))?.dot(weights)?;
        let width = 1 + at.ncols();
        let gradients = (0..both.len()).filter(|row| row % width > 0).map(|row| both[row]).collect();
        Ok([gradients, both.slice(s![..;width]).to_owned()])
    }
}

type Gradients<'a> = Gram<'a, Smooth, Gradient, Gradient>;
/// And how many seconds it took.
type Timed = (Solution<Array1<f64>>, f64);

/// Solves with a progress bar.
fn solve(
    model: &Model,
    gram: &Gradients<'_>,
    b: &Array1<f64>,
    preconditioner: Option<&dyn Preconditioner<f64>>,
    name: &str,
) -> Result<Timed, Box<dyn Error>> {
    let style =
        ProgressStyle::with_template("{msg:<32} {bar:30} {pos:>3} of at most {len} iterations, residual {prefix}")?;
    let bar = ProgressBar::new(ITERATIONS as u64).with_style(style).with_message(name.to_owned());
    let start = Instant::now();
    let solver = Solve::new(gram).noise(model.noise).tolerance(TOLERANCE).iterations(ITERATIONS).observe(|step| {
        bar.set_prefix(format!("{:.1e}", step.residual));
        bar.set_position(step.iteration as u64);
        ControlFlow::Continue(())
    });
    let solution = match preconditioner {
        Some(preconditioner) => solver.preconditioner(preconditioner).run(b)?,
        None => solver.run(b)?,
    };
    bar.finish();
    Ok((solution, start.elapsed().as_secs_f64()))
}

fn centred(values: Array1<f64>) -> Array1<f64> {
    let mean = values.sum() / values.len() as f64;
    values - mean
}

/// How far the solution is from that of Cholesky's method where that is possible.
fn against_dense() -> Result<f64, Box<dyn Error>> {
    use faer::linalg::solvers::Solve as _;
    use faer_ext::{IntoFaer, IntoNdarray};

    let (f, x) = (Ridges::new(DIRECTIONS, 5), points(1, 20, 5));
    let b = f.gradients(&x);
    let model = Model::of(&b, 5)?;
    let gram = Gram::new(&model.kernel, (Gradient, &x), (Gradient, &x))?;
    let solution = Solve::new(&gram).noise(model.noise).tolerance(1e-12).run(&b)?;
    let dense = gram.dense()? + model.noise * Array2::<f64>::eye(b.len());
    let factor = dense.view().into_faer().llt(faer::Side::Lower).map_err(|error| format!("{error:?}"))?;
    let column = b.view().insert_axis(ndarray::Axis(1));
    let expected = factor.solve(column.into_faer());
    let expected = expected.as_ref().into_ndarray().column(0).to_owned();
    Ok(relative_error(&solution.x, &expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conjugate_gradients_find_what_a_factorisation_does() {
        assert!(against_dense().unwrap() < 1e-8);
    }

    #[test]
    fn gradients_elsewhere_are_predicted() {
        let (d, f) = (8, Ridges::new(2, 8));
        let (x, other) = (points(1, 60, d), points(2, 10, d));
        let b = f.gradients(&x);
        let model = Model::of(&b, d).unwrap();
        let gram = Gram::new(&model.kernel, (Gradient, &x), (Gradient, &x)).unwrap();
        let pivoted = PivotedCholesky::new(&gram, model.noise, 100).unwrap();
        let (solution, _) = solve(&model, &gram, &b, Some(&pivoted), "test").unwrap();
        assert!(solution.converged);
        let [gradients, values] = model.predict(&x, &other, &solution.x).unwrap();
        assert!(relative_error(&gradients, &f.gradients(&other)) < 0.2);
        assert!(relative_error(&centred(values), &centred(f.values(&other))) < 0.1);
    }
}
