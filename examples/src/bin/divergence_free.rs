//! What does it help to know that a flow has no sources?
//!
//! Forty noisy measurements of a flow in the plane. Once it is recovered as the curl of a potential, so that each
//! sample of the process is free of divergence, and once with a Gaussian process for each component, which knows
//! nothing of the other.
//!
//! ```text
//! cargo run --release --bin divergence_free
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use kernel_examples::flow::{Measurements, as_curl, by_components, divergence_by_differences, truth};
use kernel_examples::picture::{Flows, draw_flow};
use kernel_examples::sampling::cells;
use kernel_examples::{largest, print};

const MEASURED: usize = 40;
/// Of the measurements, to see whether one was lucky.
const DRAWS: u64 = 20;
const NOISE: f64 = 0.1;
/// Of the differences: their truncation and their rounding are about as large.
const STEP: f64 = 1e-3;
const PICTURE: &str = "divergence_free.svg";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("divergence_free: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let data = Measurements::new(1, MEASURED, NOISE);
    let (fine, coarse) = (cells(60), cells(14));
    let truth_there = truth(&fine);
    let (curl, components) = (as_curl(&data, &fine)?, by_components(&data, &fine)?);
    let differences = [
        divergence_by_differences(&fine, STEP, |x| Ok(as_curl(&data, x)?.velocities))?,
        divergence_by_differences(&fine, STEP, |x| Ok(by_components(&data, x)?.velocities))?,
    ];

    let mut report = format!(
        "{MEASURED} measurements of a flow, standard deviation {NOISE}; {} points to compare at.\n\n{:<42}{:>12}{:>16}\n",
        fine.nrows(),
        "",
        "as a curl",
        "by components"
    );
    let mut line = |what: &str, of: [String; 2]| writeln!(report, "{what:<42}{:>12}{:>16}", of[0], of[1]);
    let both = [&curl, &components];
    line("lengthscale, the likeliest", both.map(|of| format!("{:.2}", of.lengthscale)))?;
    line("log likelihood", both.map(|of| format!("{:.1}", of.log_likelihood)))?;
    line("error of the flow, relative", both.map(|of| format!("{:.3}", of.relative_error(&truth_there))))?;
    let mut means = [0.0; 2];
    for seed in 0..DRAWS {
        let data = Measurements::new(100 + 2 * seed, MEASURED, NOISE);
        for (mean, recovered) in means.iter_mut().zip([as_curl(&data, &coarse)?, by_components(&data, &coarse)?]) {
            *mean += recovered.relative_error(&truth(&coarse)) / DRAWS as f64;
        }
    }
    line(&format!("  mean of {DRAWS} such sets of measurements"), means.map(|mean| format!("{mean:.3}")))?;
    line("max |∇·v| / max ‖∇v‖", both.map(|of| format!("{:.1e}", of.relative_divergence())))?;
    let sizes = [0, 1].map(|which| largest(differences[which].iter().copied()) / both[which].largest_jacobian());
    line("  by differences of the flow", sizes.map(|size| format!("{size:.1e}")))?;

    let picture = Flows {
        measured: (&data.points, &data.velocities),
        points: &coarse,
        truth: &truth(&coarse),
        as_curl: &as_curl(&data, &coarse)?.velocities,
        by_components: &by_components(&data, &coarse)?.velocities,
        divergences: &components.divergences(),
    };
    draw_flow(Path::new(PICTURE), &picture)?;
    writeln!(report, "\nPicture: {}", std::path::absolute(PICTURE)?.display())?;
    print(&report)?;
    Ok(())
}
