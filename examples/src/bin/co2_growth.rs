//! How fast does CO₂ grow, and how sure are we?
//!
//! Conditions an exact Gaussian process on 44 years of weekly measurements, and reports the derivative of its
//! posterior: of the whole signal, and of the long trend alone. `#[kernel]` has differentiated the covariances below
//! while this file compiled.
//!
//! ```text
//! cargo run --release --bin co2_growth [-- path/to/weekly.csv]
//! ```

use std::env;
use std::error::Error;
use std::f64::consts::PI;
use std::fmt::{self, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use kernel_examples::growth::{Grid, Rate, by_decade, by_year};
use kernel_examples::picture::{Co2, draw_co2};
use kernel_examples::print;
use kernel_examples::regression::Regression;
use kernel_examples::weekly::Weekly;
use kernel_runtime::{Differentiable, Kernel, ParamError, ScalarPoints, kernel};

/// The rise over decades.
#[kernel(assume(amplitude > 0, length > 0))]
fn trend(x: f64, y: f64, amplitude: f64, length: f64) -> f64 {
    let r = (x - y) / length;
    amplitude.powi(2) * (-0.5 * r * r).exp()
}

/// A yearly cycle of any shape that changes slowly, over `decay` years.
#[kernel(assume(amplitude > 0, decay > 0, smoothness > 0))]
fn season(x: f64, y: f64, amplitude: f64, decay: f64, smoothness: f64) -> f64 {
    let r = (x - y) / decay;
    let s = (PI * (x - y)).sin() / smoothness;
    amplitude.powi(2) * (-0.5 * r * r - 2.0 * s * s).exp()
}

/// Irregularities on all scales from months to years: a rational quadratic.
#[kernel(assume(amplitude > 0, length > 0, mixture > 0))]
fn medium(x: f64, y: f64, amplitude: f64, length: f64, mixture: f64) -> f64 {
    let r = (x - y) / length;
    amplitude.powi(2) * (1.0 + r * r / (2.0 * mixture)).powf(-mixture)
}

/// Standard deviation of one weekly measurement, in ppm, independent of all others.
const NOISE: f64 = 0.35;

/// The trend, and the whole signal it is part of. The parameters, in ppm and years, are fixed: the parts
/// are those of Rasmussen and Williams, Gaussian Processes for Machine Learning, section 5.4.3, for weeks instead of
/// months.
fn model() -> Result<(Trend, impl Signal), ParamError> {
    let trend = Trend::new(60.0, 55.0)?;
    let signal = trend.clone() + Season::new(2.6, 110.0, 1.4)? + Medium::new(0.66, 1.0, 0.5)?;
    Ok((trend, signal))
}

/// A differentiable kernel on the time axis.
trait Signal: Kernel<Scalar = f64, Points = ScalarPoints> + Differentiable {}
impl<K: Kernel<Scalar = f64, Points = ScalarPoints> + Differentiable> Signal for K {}

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/mauna_loa_co2.csv");
const PICTURE: &str = "co2_growth.svg";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("co2_growth: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let weekly = Weekly::read(&data_path()?)?;
    let grid = Grid::over(&weekly, 36);
    let (trend, signal) = model()?;

    let progress = Progress::new(6);
    progress.next("covariance of all measurements and its Cholesky factor");
    let offset = weekly.values.sum() / weekly.values.len() as f64;
    let regression = Regression::new(&signal, NOISE, &weekly.times, &(&weekly.values - offset))?;
    progress.next("the whole signal");
    let signal_value = regression.value(&signal, &grid.times)?;
    progress.next("the trend");
    let trend_value = regression.value(&trend, &grid.times)?;
    progress.next("the rate of change of the whole signal");
    let signal_rate = regression.derivative(&signal, &grid.times)?;
    progress.next("the rate of change of the trend");
    let trend_rate = regression.derivative(&trend, &grid.times)?;
    progress.next("picture");
    let yearly = by_year(&weekly, &grid, &trend_rate, &signal_rate);
    let decades = by_decade(&weekly, &grid, &trend_rate, &signal_rate);
    let picture = Co2 {
        weekly: &weekly,
        offset,
        grid: &grid,
        signal: &signal_value,
        trend: &trend_value,
        signal_rate: &signal_rate,
        trend_rate: &trend_rate,
        yearly: &yearly,
    };
    draw_co2(Path::new(PICTURE), &picture)?;
    progress.finish();

    let picture = std::path::absolute(PICTURE)?;
    print(&report(&weekly, &yearly, &decades)?)?;
    print(&format!("\nPicture: {}\n", picture.display()))?;
    Ok(())
}

fn data_path() -> Result<PathBuf, &'static str> {
    let mut arguments = env::args_os().skip(1);
    let path = arguments.next().map_or_else(|| DATA.into(), PathBuf::from);
    match arguments.next() {
        None => Ok(path),
        Some(_) => Err("expected at most one argument, the path of a CSV file with the columns date,co2"),
    }
}

fn report(weekly: &Weekly, yearly: &[Rate], decades: &[Rate]) -> Result<String, fmt::Error> {
    let (first, last) = weekly.span();
    let mut text = format!(
        "{} weekly measurements, {first:.2} to {last:.2}. Rates of change in ppm per year, ± 95 %.\n",
        weekly.times.len(),
    );
    table(&mut text, "year", yearly, |years| years.start.to_string())?;
    table(&mut text, "decade", decades, |years| format!("{}-{}", years.start, years.end - 1))?;
    writeln!(
        text,
        "\nTrend alone, whole signal: f′ averaged over the year or decade. Yearly means: the slope between those of the\n\
         years before and after, or of the first and last year of the decade."
    )?;
    Ok(text)
}

fn table(text: &mut String, heading: &str, rates: &[Rate], label: impl Fn(&Range<i32>) -> String) -> fmt::Result {
    if rates.is_empty() {
        return Ok(());
    }
    writeln!(text, "\n{heading:9}  trend alone   whole signal   yearly means")?;
    for rate in rates {
        let [trend, signal] = [rate.trend, rate.signal].map(|e| (e.mean, e.margin()));
        write!(text, "{:9}  {:4.2} ± {:4.2}", label(&rate.years), trend.0, trend.1)?;
        write!(text, "    {:5.2} ± {:4.2}", signal.0, signal.1)?;
        match rate.from_means {
            Some(slope) => writeln!(text, "{slope:14.2}")?,
            None => writeln!(text)?,
        }
    }
    Ok(())
}

struct Progress(ProgressBar);

impl Progress {
    fn new(steps: u64) -> Self {
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg} ({elapsed})");
        let bar = ProgressBar::new(steps);
        bar.set_style(style.expect("the template is well formed"));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    fn next(&self, step: &'static str) {
        self.0.inc(1);
        self.0.set_message(step);
    }

    fn finish(self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use ndarray::{Array1, array};

    use super::*;

    /// Conditioning is what takes the time, so all tests share one.
    static RECORD: LazyLock<(Weekly, Regression)> = LazyLock::new(|| {
        let weekly = Weekly::read(Path::new(DATA)).unwrap();
        let values = &weekly.values - weekly.values.mean().unwrap();
        let regression = Regression::new(&model().unwrap().1, NOISE, &weekly.times, &values).unwrap();
        (weekly, regression)
    });

    #[test]
    fn growth_agrees_with_yearly_means_over_each_decade() {
        let (weekly, regression) = &*RECORD;
        let (trend, signal) = model().unwrap();
        let grid = Grid::over(weekly, 12);
        let trend = regression.derivative(&trend, &grid.times).unwrap();
        let signal = regression.derivative(&signal, &grid.times).unwrap();

        let decades = by_decade(weekly, &grid, &trend, &signal);
        let starts: Vec<_> = decades.iter().map(|rate| rate.years.start).collect();
        assert_eq!(starts, [1960, 1970, 1980, 1990]);
        for rate in decades {
            let means = rate.from_means.unwrap();
            for estimate in [rate.trend, rate.signal] {
                assert!((estimate.mean - means).abs() < 0.1, "{rate:?}");
            }
            assert!(rate.trend.margin() < 0.2 && rate.signal.margin() < 0.2, "{rate:?}");
        }

        let yearly = by_year(weekly, &grid, &trend, &signal);
        let years: Vec<_> = yearly.iter().map(|rate| rate.years.start).collect();
        assert_eq!(years, (1959..=2001).collect::<Vec<_>>());
        let growth = |i: usize| yearly[i].trend.mean;
        assert!((growth(0) - 0.65).abs() < 0.1 && (growth(yearly.len() - 1) - 1.6).abs() < 0.1);
    }

    /// Fourth-order central differences of the posterior of f, against the posterior of f′.
    fn check_derivative(part: &impl Signal) {
        let (_, regression) = &*RECORD;
        let at = array![1958.3, 1964.15, 1980.0, 1993.77, 2001.9, 2004.0];
        let derivative = regression.derivative(part, &at).unwrap();

        let h = 2e-3;
        let steps = [(-2.0, 1.0), (-1.0, -8.0), (1.0, 8.0), (2.0, -1.0)];
        let mut difference = Array1::zeros(at.len());
        for (step, weight) in steps {
            let mean = regression.value(part, &(&at + step * h)).unwrap().mean;
            difference.scaled_add(weight / (12.0 * h), &mean);
        }
        for (derivative, difference) in derivative.mean.iter().zip(&difference) {
            assert!((derivative - difference).abs() < 1e-5, "{derivative} {difference}");
        }

        // And the variance of a difference is that of the derivative, up to O(h²).
        let h = 0.01;
        for (i, t) in at.iter().enumerate() {
            let pair = regression.value(part, &array![t - h, t + h]).unwrap().covariance;
            let variance = (pair[[0, 0]] + pair[[1, 1]] - pair[[0, 1]] - pair[[1, 0]]) / (4.0 * h * h);
            let expected = derivative.at(i).deviation.powi(2);
            assert!((variance / expected - 1.0).abs() < 0.02, "{variance} {expected}");
        }
    }

    #[test]
    fn the_derivative_of_the_signal_is_the_slope_of_its_posterior() {
        check_derivative(&model().unwrap().1);
    }

    #[test]
    fn the_derivative_of_the_trend_is_the_slope_of_its_posterior() {
        check_derivative(&model().unwrap().0);
    }
}
