//! The expansion that readers are shown compiles, and computes what the attribute's does.

use kernel_runtime::{gram, kernel};
use ndarray::array;

mod expanded {
    include!("../examples/expanded/rbf.rs");
}

/// Squared-exponential covariance.
#[kernel(assume(gamma > 0))]
fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[test]
fn the_shown_expansion_is_the_kernel() {
    let (x, y, gamma) = ([0.3, -1.0], [0.9, 0.25], 0.7);
    let [mut shown, mut emitted] = [[0.0; 4]; 2];
    expanded::rbf::hess_xy(&x, &y, gamma, &mut shown);
    rbf::hess_xy(&x, &y, gamma, &mut emitted);
    assert_eq!(shown, emitted);
    let points = array![x, y];
    let shown = gram::k_gg(&expanded::Rbf::new(gamma).unwrap(), &points, &points).unwrap();
    assert_eq!(shown, gram::k_gg(&Rbf::new(gamma).unwrap(), &points, &points).unwrap());
}
