//! Solutions of Poisson's equation against a series and a function in closed form.

use std::f64::consts::PI;

use kernel_examples::poisson::{Row, SMOOTH, UNIFORM, convergence, torsion};
use kernel_runtime::kernels::{Matern72, Matern92, Rbf};

/// Errors fall from row to row, and the orders are at least these.
fn check(rows: &[Row], orders: &[f64], last: f64) {
    assert_eq!(rows.len(), orders.len() + 1);
    for (pair, &order) in rows.windows(2).zip(orders) {
        assert!(pair[1].error < pair[0].error, "{rows:?}");
        assert!(pair[1].order.unwrap() > order, "{rows:?}");
    }
    assert!(rows[orders.len()].error < last, "{rows:?}");
}

#[test]
fn a_smooth_solution_is_approached_as_fast_as_the_kernel_is_smooth() {
    let rows = convergence(&Matern72::new(1.0, 1.0).unwrap(), &SMOOTH, &[4, 8, 16]).unwrap();
    check(&rows, &[3.3, 3.8], 2e-4);
    let rows = convergence(&Matern92::new(1.0, 1.0).unwrap(), &SMOOTH, &[4, 8, 16]).unwrap();
    check(&rows, &[4.3, 5.0], 3e-5);
    let rows = convergence(&Rbf::new(1.0, 0.5).unwrap(), &SMOOTH, &[2, 4, 6, 8, 10]).unwrap();
    check(&rows, &[5.0, 9.0, 8.0, 6.0], 1e-6);
}

#[test]
fn corners_set_the_order_whatever_the_kernel() {
    let rows = convergence(&Matern72::new(1.0, 1.0).unwrap(), &UNIFORM, &[4, 8, 16]).unwrap();
    check(&rows, &[2.2, 2.5], 6e-5);
    let rows = convergence(&Matern92::new(1.0, 1.0).unwrap(), &UNIFORM, &[4, 8, 16]).unwrap();
    check(&rows, &[2.2, 2.5], 6e-5);
}

/// Independently of how the series is summed: the value in the middle from Σ 16/(π⁴ mn (m² + n²)) sin sin over odd m
/// and n, and the equation by differences.
#[test]
fn the_series_is_the_solution() {
    let sign = |m: i32| if m % 4 == 1 { 1.0 } else { -1.0 };
    let odd = || (1..4000).step_by(2);
    let term = |m: i32, n: i32| {
        sign(m) * sign(n) / (f64::from(m) * f64::from(n) * (f64::from(m).powi(2) + f64::from(n).powi(2)))
    };
    let middle = 16.0 / PI.powi(4) * odd().flat_map(|m| odd().map(move |n| term(m, n))).sum::<f64>();
    assert!((torsion(0.5, 0.5) - middle).abs() < 1e-10, "{} {middle}", torsion(0.5, 0.5));

    let h = 1e-3;
    for (x, y) in [(0.5, 0.5), (0.1, 0.7), (0.9, 0.2), (0.03, 0.05), (0.5, 0.004)] {
        let around = [(h, 0.0), (-h, 0.0), (0.0, h), (0.0, -h)].map(|(a, b)| torsion(x + a, y + b));
        let laplacian = (around.iter().sum::<f64>() - 4.0 * torsion(x, y)) / (h * h);
        assert!((laplacian + 1.0).abs() < 1e-3, "{x} {y}: {laplacian}");
        assert!((torsion(x, y) - torsion(y, x)).abs() < 1e-12);
        assert!((torsion(x, y) - torsion(1.0 - x, y)).abs() < 1e-12);
    }
}
