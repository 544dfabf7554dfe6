//! Single entries of a per-coordinate parameter, `w[0]`, and derivatives by them.

use kernel_runtime::kernel;

#[kernel(indefinite)]
pub(crate) fn mixed(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    w[0] * dot(x, y)
        + w[1] * sq_dist(x, y)
        + x.iter().zip(y).zip(w).map(|((a, b), w0)| w0 * w[2] * (a * b).sin()).sum::<f64>()
}

#[test]
fn derivatives_by_single_entries() {
    let (x, y, w) = ([0.3, -0.7, 1.1], [0.9, 0.4, -0.2], [1.3, 0.6, -0.4]);
    let mut got = [0.0; 3];
    mixed::grad_params(&x, &y, &w, &mut got);
    let mut blocks = [0.0; 27];
    mixed::hess_xy_params(&x, &y, &w, &mut blocks);
    let h = 1e-6;
    for l in 0..3 {
        let (mut above, mut below) = (w, w);
        above[l] += h;
        below[l] -= h;
        let difference = (mixed(&x, &y, &above) - mixed(&x, &y, &below)) / (2.0 * h);
        assert!((got[l] - difference).abs() < 1e-9, "{l}: {} against {difference}", got[l]);
        let [mut high, mut low] = [[0.0; 9]; 2];
        mixed::hess_xy(&x, &y, &above, &mut high);
        mixed::hess_xy(&x, &y, &below, &mut low);
        for e in 0..9 {
            let difference = (high[e] - low[e]) / (2.0 * h);
            assert!((blocks[9 * l + e] - difference).abs() < 1e-8, "{l} {e}");
        }
    }
}
