//! Powers and logarithms of the distance: derivatives up to where they end.

use kernel_runtime::{gram, kernel};
use ndarray::{arr1, arr2};

type Point = [f64; 2];

/// r² ln r², the thin-plate spline.
#[kernel(indefinite, assume(a > 0))]
fn thin_plate(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let s = a * sq_dist(x, y);
    s * s.ln()
}

/// The same with its limit given by hand.
#[kernel(indefinite, assume(a > 0))]
fn guarded(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let r = dist(x, y);
    if r == 0.0 { 0.0 } else { a * r.powi(2) * (2.0 * r.ln() + a.ln()) }
}

/// r⁴ ln r
#[kernel(indefinite)]
fn thick_plate(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    let r = dist(x, y);
    r.powi(4) * r.ln()
}

/// On numbers, inside another function.
#[kernel(indefinite)]
fn line(x: f64, y: f64) -> f64 {
    let r = (x - y).abs();
    (r.powi(2) * r.ln()).exp()
}

/// Within a few roundings of the largest entry.
#[track_caller]
fn close(got: &[f64], want: &[f64], what: &str) {
    let scale = want.iter().fold(f64::MIN_POSITIVE, |largest, entry| entry.abs().max(largest));
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() <= 16.0 * f64::EPSILON * scale, "{what}: {got:e}, not {want:e}");
    }
}

/// φ' and φ'' of k = φ(s) as ∂k/∂x = 2φ' u and ∂²k/∂x∂yᵀ = -4φ'' u uᵀ - 2φ' I.
fn blocks(first: f64, second: f64, u: Point) -> (Point, Vec<f64>) {
    let entry = |i: usize, j: usize| -4.0 * second * u[i] * u[j] - if i == j { 2.0 * first } else { 0.0 };
    (u.map(|u| 2.0 * first * u), vec![entry(0, 0), entry(0, 1), entry(1, 0), entry(1, 1)])
}

fn all_nan(block: &[f64]) -> bool {
    block.iter().all(|entry| entry.is_nan())
}

// With s = a r²: φ' = a (ln s + 1), φ'' = a²/s. ∂/∂a: r² (ln s + 1), and of the Hessian -4(a/s) u uᵀ - 2(ln s + 2) I.
#[test]
fn the_thin_plate_spline() {
    let a = 1.5;
    for r in [1e-100, 1e-9, 1e-3, 0.5, 3.0] {
        let (x, y) = ([0.6 * r, -0.8 * r], [0.0; 2]);
        let s: f64 = a * r * r;
        let (grad, hess) = blocks(a * (s.ln() + 1.0), a * a / s, x);
        let (_, rate) = blocks(s.ln() + 2.0, a / s, x);
        close(
            &[gram::k_ff(&ThinPlate::new(a).unwrap(), &arr2(&[x]), &arr2(&[y])).unwrap()[[0, 0]]],
            &[s * s.ln()],
            "value",
        );
        close(&thin_plate::grad(&x, &y, a), &grad, "grad");
        close(&guarded::grad(&x, &y, a), &grad, "grad of the guarded");
        close(thin_plate::hess_xy(&x, &y, a).as_flattened(), &hess, "hess_xy");
        close(&thin_plate::grad_params(&x, &y, a), &[r * r * (s.ln() + 1.0)], "grad_params");
        close(thin_plate::hess_xy_params(&x, &y, a).as_flattened().as_flattened(), &rate, "hess_xy_params");
    }
    let x = [0.3, -0.7];
    let points = arr2(&[x]);
    assert_eq!(gram::k_ff(&ThinPlate::new(a).unwrap(), &points, &points).unwrap()[[0, 0]], 0.0);
    assert_eq!(gram::k_ff(&Guarded::new(a).unwrap(), &points, &points).unwrap()[[0, 0]], 0.0);
    assert_eq!(guarded(&x, &x, a), 0.0);
    assert_eq!([thin_plate::grad(&x, &x, a), guarded::grad(&x, &x, a)], [[0.0; 2]; 2]);
    assert_eq!([thin_plate::grad_y(&x, &x, a), guarded::grad_y(&x, &x, a)], [[0.0; 2]; 2]);
    assert_eq!([thin_plate::grad_params(&x, &x, a), guarded::grad_params(&x, &x, a)], [[0.0]; 2]);
    // ln r has no limit.
    for block in [thin_plate::hess_xy(&x, &x, a), guarded::hess_xy(&x, &x, a), thin_plate::hess_xx(&x, &x, a)] {
        assert!(all_nan(block.as_flattened()), "{block:?}");
    }
    let [rate] = thin_plate::hess_xy_params(&x, &x, a);
    assert!(all_nan(rate.as_flattened()), "{rate:?}");
}

// φ = s² ln(s)/2: φ' = s ln s + s/2, φ'' = ln s + 3/2, and s ln s u uᵀ → 0.
#[test]
fn a_spline_with_a_hessian() {
    for r in [1e-50, 1e-9, 1e-3, 0.5, 3.0] {
        let (x, y) = ([0.6 * r, -0.8 * r], [0.0; 2]);
        let s: f64 = r * r;
        let (grad, hess) = blocks(s * s.ln() + s / 2.0, s.ln() + 1.5, x);
        close(&thick_plate::grad(&x, &y), &grad, "grad");
        close(thick_plate::hess_xy(&x, &y).as_flattened(), &hess, "hess_xy");
    }
    let x = [0.3, -0.7];
    assert_eq!(thick_plate::grad(&x, &x), [0.0; 2]);
    assert_eq!(thick_plate::hess_xy(&x, &x), [[0.0; 2]; 2]);
    assert_eq!(thick_plate::hess_xx(&x, &x), [[0.0; 2]; 2]);
}

// k = exp(g), g = u² ln|u|: k' = g' k, g' = u (2 ln|u| + 1).
#[test]
fn a_logarithm_on_numbers() {
    for u in [1e-9_f64, -1e-3, 0.5] {
        let g = u * u * u.abs().ln();
        close(&[line::grad(u, 0.0)], &[u * (2.0 * u.abs().ln() + 1.0) * g.exp()], "grad");
    }
    let points = arr1(&[0.4]);
    assert_eq!(gram::k_ff(&Line::new().unwrap(), &points, &points).unwrap()[[0, 0]], 1.0);
    assert_eq!([line::grad(0.4, 0.4), line::grad_y(0.4, 0.4)], [0.0; 2]);
    assert!(line::hess_xy(0.4, 0.4).is_nan() && line::hess_xx(0.4, 0.4).is_nan());
}
