//! Where examples look, and the noise of what they measure: the same each time they run.

use std::f64::consts::TAU;

use kernel_benches::points::numbers;
use ndarray::{Array1, Array2, ArrayView2};

/// `n` points with coordinates between -1 and 1.
#[must_use]
pub fn points(seed: u64, n: usize, d: usize) -> Array2<f64> {
    let all = numbers(seed, n * d);
    ArrayView2::from_shape((n, d), &all).map_or_else(|_| Array2::zeros((n, d)), |points| points.to_owned())
}

/// `n` points with coordinates between 0 and 1.
#[must_use]
pub fn unit_points(seed: u64, n: usize, d: usize) -> Array2<f64> {
    (points(seed, n, d) + 1.0) / 2.0
}

/// Independent normal numbers of mean 0 and variance 1, by Box and Muller.
#[must_use]
pub fn normals(seed: u64, count: usize) -> Array1<f64> {
    let uniform = unit_points(seed, count, 2);
    // 1 - u is never 0, where the logarithm is infinite.
    uniform.rows().into_iter().map(|u| (-2.0 * (1.0 - u[0]).ln()).sqrt() * (TAU * u[1]).cos()).collect()
}

/// The middles of n × n equal cells of the unit square. Point i n + j is in row i of the second coordinate and column j
/// of the first.
#[must_use]
pub fn cells(n: usize) -> Array2<f64> {
    let middle = |i: usize| (i as f64 + 0.5) / n as f64;
    Array2::from_shape_fn((n * n, 2), |(point, a)| middle(if a == 0 { point % n } else { point / n }))
}

/// n × n points of the unit square, its edges among them, in the same order.
#[must_use]
pub fn lattice(n: usize) -> Array2<f64> {
    let place = |i: usize| i as f64 / (n - 1) as f64;
    Array2::from_shape_fn((n * n, 2), |(point, a)| place(if a == 0 { point % n } else { point / n }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normals_have_the_moments_they_should() {
        let z = normals(1, 20_000);
        let moment = |power: i32| z.mapv(|z| z.powi(power)).mean().unwrap();
        for (power, expected, deviation) in [(1, 0.0, 1.0_f64), (2, 1.0, 2.0), (4, 3.0, 96.0)] {
            let allowed = 4.0 * (deviation / 20_000.0).sqrt();
            assert!((moment(power) - expected).abs() < allowed, "{power}: {}", moment(power));
        }
    }
}
