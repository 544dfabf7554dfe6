//! Products over coordinates, with factors that are 0, and the fused functions.

use kernel_runtime::gram::{self, Gradient, Gram};
use kernel_runtime::kernel;
use ndarray::array;

/// Π (x_i - y_i): every factor can be exactly 0.
#[kernel(indefinite, asymmetric)]
pub(crate) fn differences(x: &[f64], y: &[f64], scale: f64) -> f64 {
    scale * x.iter().zip(y).map(|(a, b)| a - b).product::<f64>()
}

/// Π cos(m (x_i - y_i)) e^{-g (x_i - y_i)²}
#[kernel(assume(m > 0))]
pub(crate) fn waves<const D: usize>(x: &[f64; D], y: &[f64; D], m: f64, g: f64) -> f64 {
    x.iter().zip(y).map(|(a, b)| (m * (a - b)).cos() * (-g * (a - b).powi(2)).exp()).product::<f64>()
}

/// The product of all differences but those at the given places.
fn rest(u: &[f64], but: &[usize]) -> f64 {
    (0..u.len()).filter(|l| !but.contains(l)).map(|l| u[l]).product()
}

const POINTS: [([f64; 4], [f64; 4]); 4] = [
    ([1.0, 2.0, 3.0, 4.0], [0.5, 1.5, 5.0, 1.0]),
    ([1.0, 2.0, 3.0, 4.0], [0.5, 2.0, 5.0, 1.0]),
    ([1.0, 2.0, 3.0, 4.0], [0.5, 2.0, 3.0, 1.0]),
    ([1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 1.0]),
];

#[test]
fn factors_that_are_zero() {
    for (x, y) in POINTS {
        let u: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
        assert_eq!(differences(&x, &y, 2.0), 2.0 * rest(&u, &[]));
        let mut gradient = [0.0; 4];
        let mut hessian = [0.0; 16];
        differences::grad(&x, &y, 2.0, &mut gradient);
        differences::hess_xy(&x, &y, 2.0, &mut hessian);
        for i in 0..4 {
            assert!((gradient[i] - 2.0 * rest(&u, &[i])).abs() < 1e-15, "{u:?}: {gradient:?}");
            for j in 0..4 {
                let expected = if i == j { 0.0 } else { -2.0 * rest(&u, &[i, j]) };
                assert!((hessian[4 * i + j] - expected).abs() < 1e-14, "{u:?}: {hessian:?}");
            }
        }
        let mut by_scale = [0.0];
        differences::grad_params(&x, &y, 2.0, &mut by_scale);
        assert_eq!(by_scale[0], rest(&u, &[]));
    }
}

#[test]
fn batches_agree_with_pairs() {
    let k = Differences::new(2.0).unwrap() + 3.0 * Differences::new(1.0).unwrap();
    let squared = Differences::new(1.0).unwrap() * Differences::new(1.0).unwrap();
    for (x, y) in POINTS {
        let [px, py] = [x, y].map(|point| array![[point[0], point[1], point[2], point[3]]]);
        let (batch, square) = (gram::k_gg(&k, &px, &py).unwrap(), gram::k_gg(&squared, &px, &py).unwrap());
        let u: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
        for i in 0..4 {
            for j in 0..4 {
                let once = if i == j { 0.0 } else { -rest(&u, &[i, j]) };
                assert!((batch[[0, 0, i, j]] - 5.0 * once).abs() < 1e-13, "{u:?}: {batch}");
                // ∂²(P²)/∂x_i∂y_j = 2 P P_ij + 2 P_i P_j, and P_j by y is minus that by x.
                let twice = 2.0 * rest(&u, &[]) * once - 2.0 * rest(&u, &[i]) * rest(&u, &[j]);
                assert!((square[[0, 0, i, j]] - twice).abs() < 1e-12, "{u:?}: {square}");
            }
        }
    }
}

/// Π (1 + γ x_i y_i), and a function that has more of the points and of γ.
#[kernel(indefinite)]
fn shifted(x: &[f64; 3], y: &[f64; 3], gamma: f64) -> f64 {
    x.iter().zip(y).map(|(a, b)| 1.0 + gamma * *a * *b).product::<f64>()
}

#[kernel(indefinite)]
fn damped(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    let all = x.iter().zip(y).map(|(a, b)| 1.0 + gamma * *a * *b).product::<f64>();
    (all + 0.3).exp() * (-gamma * sq_dist(x, y)).exp() + all * dot(x, y)
}

#[kernel(indefinite)]
fn weighted(x: &[f64; 3], y: &[f64; 3], weights: &[f64; 3]) -> f64 {
    x.iter().zip(y).zip(weights).map(|((a, b), w)| 1.0 + *w * *a * *b).product::<f64>()
}

/// No factor, one, two and three of them are 0.
const ZEROS: [([f64; 3], [f64; 3]); 5] = [
    ([1.0, 2.0, 3.0], [0.5, -0.25, 1.0]),
    ([1.0, 2.0, 3.0], [-2.0, -0.25, 1.0]),
    ([1.0, 2.0, 3.0], [-2.0, -1.0, 1.0]),
    ([1.0, 0.5, 4.0], [1.5, -4.0, -0.5]),
    ([1.0, 2.0, 4.0], [-2.0, -1.0, -0.5]),
];

/// ∂³P/∂γ∂x_i∂y_j, each factor left out once.
#[test]
fn derivatives_by_parameters_where_factors_are_zero() {
    let gamma = 0.5;
    for (x, y) in ZEROS {
        let g: Vec<f64> = x.iter().zip(&y).map(|(x, y)| 1.0 + gamma * x * y).collect();
        let [hessian] = shifted::hess_xy_params(&x, &y, gamma);
        let by_weights = weighted::hess_xy_params(&x, &y, &[gamma; 3]);
        for i in 0..3 {
            for j in 0..3 {
                // What becomes of factor l, by γ, and the others.
                let by = |l: usize| {
                    let factors = (0..3).map(|m| match (m == i, m == j, m == l) {
                        (false, false, false) => g[m],
                        (false, false, true) => x[m] * y[m],
                        (true, false, false) => gamma * y[m],
                        (true, false, true) => y[m],
                        (false, true, false) => gamma * x[m],
                        (false, true, true) => x[m],
                        (true, true, false) => gamma,
                        (true, true, true) => 1.0,
                    });
                    factors.product::<f64>()
                };
                let expected = [0, 1, 2].map(by);
                let error = (hessian[i][j] - expected.iter().sum::<f64>()).abs();
                assert!(error < 1e-13, "{g:?} ({i}, {j}): {hessian:?} {expected:?}");
                for l in 0..3 {
                    let got = by_weights.0[l][i][j];
                    assert!((got - expected[l]).abs() < 1e-13, "{g:?} ({i}, {j}) by {l}: {got} {expected:?}");
                }
            }
        }
        let step = 1e-5;
        let (mut got, [mut above, mut below]) = ([0.0; 9], [[0.0; 9]; 2]);
        damped::hess_xy_params(&x, &y, gamma, &mut got);
        damped::hess_xy(&x, &y, gamma + step, &mut above);
        damped::hess_xy(&x, &y, gamma - step, &mut below);
        for ((got, above), below) in got.iter().zip(&above).zip(&below) {
            let expected = (above - below) / (2.0 * step);
            assert!((got - expected).abs() < 1e-7 * (1.0 + expected.abs()), "{g:?}: {got} {expected}");
        }
    }
}

/// The same along vectors.
#[test]
fn contractions_where_factors_are_zero() {
    let k = Damped::new(0.5).unwrap();
    let (u, v) = (array![0.3, -1.2, 0.7], array![0.9, 0.4, -0.6]);
    for (x, y) in ZEROS {
        let [px, py] = [x, y].map(|point| array![point]);
        let gram = Gram::new(&k, (Gradient, &px), (Gradient, &py)).unwrap();
        let got = gram.contract_params(&u, &v).unwrap()[0];
        let mut hessian = [0.0; 9];
        damped::hess_xy_params(&x, &y, 0.5, &mut hessian);
        let expected: f64 = (0..3).map(|i| (0..3).map(|j| u[i] * hessian[3 * i + j] * v[j]).sum::<f64>()).sum();
        assert!((got - expected).abs() < 1e-12 * (1.0 + expected.abs()), "{x:?} {y:?}: {got} {expected}");
    }
}

#[test]
fn a_product_of_waves() {
    let (x, y, m, g) = ([0.3, -0.8, 1.4], [-0.2, 0.5, 1.1], 1.3, 0.4);
    let u: Vec<f64> = x.iter().zip(&y).map(|(x, y)| x - y).collect();
    // One factor and its first two derivatives by u.
    let f = |u: f64| (m * u).cos() * (-g * u * u).exp();
    let f1 = |u: f64| (-m * (m * u).sin() - 2.0 * g * u * (m * u).cos()) * (-g * u * u).exp();
    let f2 = |u: f64| {
        let (s, c) = (m * u).sin_cos();
        (-m * m * c - 2.0 * g * c + 4.0 * m * g * u * s + 4.0 * g * g * u * u * c) * (-g * u * u).exp()
    };
    let all: f64 = u.iter().map(|&u| f(u)).product();
    assert!((waves(&x, &y, m, g) - all).abs() < 1e-15);
    let (value, gradient, hessian) = waves::value_grad_hess(&x, &y, m, g);
    assert!((value - all).abs() < 1e-15);
    for i in 0..3 {
        assert!((gradient[i] - all / f(u[i]) * f1(u[i])).abs() < 1e-14);
        for j in 0..3 {
            let expected =
                if i == j { -all / f(u[i]) * f2(u[i]) } else { -all / (f(u[i]) * f(u[j])) * f1(u[i]) * f1(u[j]) };
            assert!((hessian[i][j] - expected).abs() < 1e-14, "{hessian:?}");
        }
    }
    let by_m: f64 = u.iter().map(|&u| -u * (m * u).sin() / (m * u).cos()).sum::<f64>() * all;
    let by_g: f64 = -u.iter().map(|u| u * u).sum::<f64>() * all;
    let [got_m, got_g] = waves::grad_params(&x, &y, m, g);
    assert!((got_m - by_m).abs() < 1e-14 && (got_g - by_g).abs() < 1e-14);
    let step = 1e-5;
    let [by_m, _] = waves::hess_xy_params(&x, &y, m, g);
    let (above, below) = (waves::hess_xy(&x, &y, m + step, g), waves::hess_xy(&x, &y, m - step, g));
    for i in 0..3 {
        for j in 0..3 {
            assert!((by_m[i][j] - (above[i][j] - below[i][j]) / (2.0 * step)).abs() < 1e-8);
        }
    }
}
