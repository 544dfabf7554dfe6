//! The diffusivity of a rod is found within its band, and the temperatures within a stated error of the solution in
//! closed form.

use kernel_examples::heat::{ALPHA, Rod, log_alpha, truth};
use kernel_examples::largest;
use kernel_examples::sampling::{cells, unit_points};
use ndarray::{Array1, Array2, array};

/// Temperatures are at most 1.3, and their noise is 0.02.
#[test]
fn alpha_is_in_its_band_and_the_temperatures_are_right() {
    let at = cells(15);
    let solution = truth(&at);
    for seed in [1, 2, 3] {
        let rod = Rod::new(10 * seed, 20, 8, 0.02);
        let fit = rod.fit().unwrap();
        let estimate = log_alpha(&fit);
        let (low, high) = estimate.band();
        assert!((low..high).contains(&ALPHA.ln()), "{seed}: {estimate:?}");
        assert!(estimate.deviation < 0.05, "{seed}: {estimate:?}");

        let (mean, deviation) = rod.predict(&fit.at, &at).unwrap();
        let error = mean - &solution;
        assert!(largest(error.iter().copied()) < 0.05, "{seed}");
        let in_deviations = (&error / &deviation).mapv(|e| e * e).mean().unwrap().sqrt();
        assert!(in_deviations < 2.0, "{seed}: {in_deviations}");
    }
}

/// What the operator's own derivative says is the slope of the likelihood.
#[test]
fn the_score_is_the_slope() {
    let rod = Rod::new(1, 12, 6, 0.05);
    for parameters in [array![0.13, 1.0, 0.3, 0.4], array![0.08, 2.0, 0.2, 0.3]].map(|of| of.mapv(f64::ln)) {
        let moved = |h: f64| {
            let mut parameters = parameters.clone();
            parameters[0] += h;
            rod.log_likelihood(&parameters).unwrap()
        };
        let h = 1e-3;
        let slope = (8.0 * (moved(h) - moved(-h)) - (moved(2.0 * h) - moved(-2.0 * h))) / (12.0 * h);
        let score = rod.score(&parameters).unwrap() * parameters[0].exp();
        assert!((score - slope).abs() < 1e-4 * slope.abs(), "{score} {slope}");
    }
}

/// u_t - α u_xx by differences.
#[test]
fn the_truth_solves_the_equation() {
    let (at, h) = (unit_points(1, 20, 2), 1e-3);
    let moved = |a: usize, h: f64| -> Array1<f64> {
        let mut moved: Array2<f64> = at.clone();
        moved.column_mut(a).mapv_inplace(|x| x + h);
        truth(&moved)
    };
    let by_t = (moved(0, h) - moved(0, -h)) / (2.0 * h);
    let by_xx = (moved(1, h) + moved(1, -h) - 2.0 * truth(&at)) / (h * h);
    assert!(largest(by_t - ALPHA * by_xx) < 1e-3);
}
