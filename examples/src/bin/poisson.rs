//! How fast do solutions of -Δu = f on a square converge, and what sets the order?
//!
//! Given f at more and more points inside and u = 0 at the boundary, the mean of a Gaussian process solves the
//! equation. A smooth solution is approached as fast as the kernel is smooth, with RBF faster than by any order until
//! rounding stops it. For f = 1 the solution has no second derivatives at the corners, and these set the order,
//! whatever the kernel.
//!
//! ```text
//! cargo run --release --bin poisson
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use kernel_examples::picture::{Collocation, draw_poisson};
use kernel_examples::poisson::{JITTER, Row, SMOOTH, UNIFORM, boundary, convergence, solve};
use kernel_examples::print;
use kernel_examples::sampling::cells;
use kernel_runtime::kernels::{Matern72, Matern92, Rbf};
use ndarray::{Array1, Axis, concatenate};

/// Points in a row.
const ALGEBRAIC: [usize; 4] = [4, 8, 16, 32];
const SPECTRAL: [usize; 7] = [2, 4, 6, 8, 10, 12, 16];
const DRAWN: usize = 16;
const PICTURE: &str = "poisson.svg";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("poisson: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let (matern72, matern92, rbf) = (Matern72::new(1.0, 1.0)?, Matern92::new(1.0, 1.0)?, Rbf::new(1.0, 0.5)?);
    let tables = [
        (format!("{}, Matérn-7/2", SMOOTH.name), convergence(&matern72, &SMOOTH, &ALGEBRAIC)?),
        (format!("{}, Matérn-9/2", SMOOTH.name), convergence(&matern92, &SMOOTH, &ALGEBRAIC)?),
        (format!("{}, RBF", SMOOTH.name), convergence(&rbf, &SMOOTH, &SPECTRAL)?),
        (format!("{}, Matérn-7/2", UNIFORM.name), convergence(&matern72, &UNIFORM, &ALGEBRAIC)?),
    ];
    let mut report = String::from("-Δu = f on the unit square, u = 0 on its boundary.\n");
    for (name, rows) in &tables {
        table(&mut report, name, rows)?;
    }
    writeln!(
        report,
        "\nVariances of {JITTER:.0e} of those of each number are added, for Cholesky's method: errors below about 1e-7 are made of them."
    )?;

    let at = cells(64);
    let solution = solve(&matern72, &UNIFORM, DRAWN, &at)?;
    let truth: Array1<f64> = at.rows().into_iter().map(UNIFORM.solution).collect();
    let picture = Collocation {
        tables: &tables,
        points: &concatenate![Axis(0), cells(DRAWN), boundary(DRAWN)],
        solution: &solution,
        error: &(&solution - &truth),
        name: UNIFORM.name,
    };
    draw_poisson(Path::new(PICTURE), &picture)?;
    writeln!(report, "Picture: {}", std::path::absolute(PICTURE)?.display())?;
    print(&report)?;
    Ok(())
}

fn table(report: &mut String, name: &str, rows: &[Row]) -> Result<(), std::fmt::Error> {
    writeln!(report, "\n{name}\n{:>6} {:>8} {:>12} {:>7}", "m", "known", "max |error|", "order")?;
    for Row { m, known, error, order } in rows {
        write!(report, "{m:>6} {known:>8} {error:>12.1e}")?;
        match order {
            Some(order) => writeln!(report, " {order:>7.1}")?,
            None => writeln!(report)?,
        }
    }
    Ok(())
}
