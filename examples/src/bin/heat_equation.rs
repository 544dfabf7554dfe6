//! How fast does heat spread in a rod, as far as noisy temperatures tell?
//!
//! That u_t = α u_xx holds is known, α is not: a parameter of the operator, which the likelihood of the temperatures
//! has as it has those of the kernel. All are estimated together, and the curvature of the likelihood at its maximum
//! says how sure they are.
//!
//! ```text
//! cargo run --release --bin heat_equation
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use kernel_examples::heat::{ALPHA, Parameters, Rod, log_alpha, truth};
use kernel_examples::picture::{Along, Temperatures, draw_heat};
use kernel_examples::regression::Estimate;
use kernel_examples::sampling::cells;
use kernel_examples::{largest, print};
use ndarray::Array2;

/// At scattered points; half as many at the start and at each end.
const SCATTERED: usize = 40;
/// The equation is imposed at so many times and places.
const COLLOCATION: usize = 12;
const NOISE: f64 = 0.05;
/// Of the measurements, to see how often the band has the truth in it.
const DRAWS: u64 = 20;
const TIMES: [f64; 3] = [0.0, 0.25, 1.0];
const PICTURE: &str = "heat_equation.svg";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("heat_equation: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let rod = Rod::new(1, SCATTERED, COLLOCATION, NOISE);
    let fit = rod.fit()?;
    let estimate = log_alpha(&fit);
    let mut report = format!(
        "{} temperatures, standard deviation {NOISE}; u_t = α u_xx at {} points.\n\n",
        rod.measured.nrows(),
        rod.collocation.nrows()
    );
    let (low, high) = estimate.band();
    writeln!(report, "α = {:.4}, 95 % from {:.4} to {:.4}; it is {ALPHA}", fit.at[0].exp(), low.exp(), high.exp())?;
    writeln!(
        report,
        "kernel: variance {:.2}, lengthscales {:.2} in t and {:.2} in x",
        fit.at[1].exp(),
        fit.at[2].exp(),
        fit.at[3].exp()
    )?;
    let slope = rod.score(&fit.at)? * fit.at[0].exp() * estimate.deviation;
    writeln!(report, "∂ ln p/∂α there, from the operator ∂L/∂α, in standard deviations: {slope:.0e}")?;

    let at = cells(40);
    let (mean, deviation) = rod.predict(&fit.at, &at)?;
    writeln!(report, "u: largest error {:.3}, in the middle of {} cells", largest(&mean - &truth(&at)), at.nrows())?;

    let mut covered = 0;
    for seed in 0..DRAWS {
        let rod = Rod::new(100 + 2 * seed, SCATTERED, COLLOCATION, NOISE);
        let (low, high) = log_alpha(&rod.fit()?).band();
        covered += u64::from((low..high).contains(&ALPHA.ln()));
    }
    writeln!(report, "of {DRAWS} other sets of measurements the 95 % of {covered} have α in them")?;

    let likelihood = (-40..=40).map(|i| {
        let mut there = fit.at.clone();
        there[0] += 0.1 * f64::from(i) * estimate.deviation;
        Ok((there[0].exp(), (rod.log_likelihood(&there)? - fit.value).exp()))
    });
    let along = TIMES.iter().map(|&t| Ok((t, along(&rod, &fit.at, t)?)));
    let picture = Temperatures {
        measured: &rod.measured,
        mean: &mean,
        deviation: &deviation,
        along: &along.collect::<Result<Vec<_>, Box<dyn Error>>>()?,
        log_alpha: estimate,
        likelihood: &likelihood.collect::<Result<Vec<_>, Box<dyn Error>>>()?,
        alpha: ALPHA,
    };
    draw_heat(Path::new(PICTURE), &picture)?;
    writeln!(report, "\nPicture: {}", std::path::absolute(PICTURE)?.display())?;
    print(&report)?;
    Ok(())
}

/// The temperature at one time.
fn along(rod: &Rod, parameters: &Parameters, t: f64) -> Result<Vec<Along>, Box<dyn Error>> {
    let at = Array2::from_shape_fn((101, 2), |(i, a)| if a == 0 { t } else { i as f64 / 100.0 });
    let (mean, deviation) = rod.predict(parameters, &at)?;
    let truth = truth(&at);
    let all = (0..at.nrows()).map(|i| Along {
        x: at[[i, 1]],
        estimate: Estimate { mean: mean[i], deviation: deviation[i] },
        truth: truth[i],
    });
    Ok(all.collect())
}
