//! A flow recovered as the curl of a potential has no sources, and is nearer to the truth than one that may have some.

use kernel_examples::flow::{Measurements, as_curl, by_components, divergence_by_differences, truth};
use kernel_examples::largest;
use kernel_examples::sampling::cells;

#[test]
fn a_curl_has_no_divergence_and_components_have() {
    let data = Measurements::new(1, 40, 0.1);
    let at = cells(12);
    let [curl, components] = [as_curl(&data, &at).unwrap(), by_components(&data, &at).unwrap()];
    assert!(curl.relative_divergence() < 1e-14, "{:e}", curl.relative_divergence());
    assert!(components.relative_divergence() > 0.05, "{:e}", components.relative_divergence());

    // The same from the flow alone; of the components they are the divergence that the operators have.
    let h = 1e-3;
    let differences = divergence_by_differences(&at, h, |x| Ok(as_curl(&data, x)?.velocities)).unwrap();
    let size = largest(differences) / curl.largest_jacobian();
    assert!(size < 1e-9, "{size:e}");
    let differences = divergence_by_differences(&at, h, |x| Ok(by_components(&data, x)?.velocities)).unwrap();
    let error = largest(differences - components.divergences()) / components.largest_jacobian();
    assert!(error < 1e-9, "{error:e}");
}

#[test]
fn a_curl_is_nearer_to_the_flow() {
    let at = cells(12);
    let flow = truth(&at);
    let (mut sums, draws) = ([0.0; 2], 8);
    for seed in 0..draws {
        let data = Measurements::new(10 * seed, 40, 0.1);
        let [curl, components] = [as_curl(&data, &at).unwrap(), by_components(&data, &at).unwrap()];
        assert!(curl.log_likelihood > components.log_likelihood, "{seed}");
        let errors = [curl, components].map(|of| of.relative_error(&flow));
        assert!(errors[0] < errors[1], "{seed}: {errors:?}");
        sums = [sums[0] + errors[0], sums[1] + errors[1]];
    }
    assert!(sums[0] < 0.85 * sums[1] && sums[0] < 0.3 * draws as f64, "{sums:?}");
}

/// Differences of fourth order of the flow that is to be recovered: it is what its potential says.
#[test]
fn the_flow_itself_has_no_divergence() {
    let divergence = divergence_by_differences(&cells(10), 1e-3, |x| Ok(truth(x))).unwrap();
    assert!(largest(divergence) < 1e-8);
}
