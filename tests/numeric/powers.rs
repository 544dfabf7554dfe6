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

/// exp(-(r/l)ᵖ), differentiable where the points meet for p > 1, twice for p ≥ 2.
#[kernel(indefinite, assume(variance > 0, l > 0, p > 0))]
fn stretched(x: &[f64; 2], y: &[f64; 2], variance: f64, l: f64, p: f64) -> f64 {
    variance * (-(dist(x, y) / l).powf(p)).exp()
}

#[kernel(indefinite, assume(l > 0, p > 0))]
fn stretched_line(x: f64, y: f64, l: f64, p: f64) -> f64 {
    (-((x - y).abs() / l).powf(p)).exp()
}

/// The same with a power that is known.
#[kernel(indefinite)]
fn stretched_by_12(x: &[f64; 2], y: &[f64; 2]) -> f64 {
    (-sq_dist(x, y).powf(0.6)).exp()
}

/// (1 + rᵖ)⁻ᵃ
#[kernel(indefinite, assume(p > 0, a > 0))]
fn cauchy(x: &[f64; 2], y: &[f64; 2], p: f64, a: f64) -> f64 {
    (1.0 + dist(x, y).powf(p)).powf(-a)
}

/// Within a few roundings of the largest entry.
#[track_caller]
fn close(got: &[f64], want: &[f64], what: &str) {
    close_to(got, want, 1.0, what);
}

/// Within so many times as much.
#[track_caller]
fn close_to(got: &[f64], want: &[f64], times: f64, what: &str) {
    let scale = want.iter().fold(f64::MIN_POSITIVE, |largest, entry| entry.abs().max(largest));
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() <= 32.0 * times * f64::EPSILON * scale, "{what}: {got:e}, not {want:e}");
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

// With q = (r/l)ᵖ: ∂k/∂x = -(k p q/r²) u, ∂²k/∂x∂yᵀ = (k p q/r²) [I + (p - 2 - p q) u uᵀ/r²].
#[test]
fn powers_of_the_distance_where_the_points_meet() {
    let (variance, l) = (1.5_f64, 0.8_f64);
    for p in [0.3, 0.7, 1.0, 1.4, 1.99, 2.0, 2.6, 3.0, 4.0] {
        for r in [1e-9_f64, 1e-3, 0.5, 2.0] {
            let (x, y) = ([0.6 * r, -0.8 * r], [0.0; 2]);
            let q = (r / l).powf(p);
            let k = variance * (-q).exp();
            let slope = k * p * q / (r * r);
            let bend = p - 2.0 - p * q;
            let identity = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
            let hess = |i: usize, j: usize| slope * (identity(i, j) + bend * (x[i] / r) * (x[j] / r));
            close(&stretched::grad(&x, &y, variance, l, p), &x.map(|u| -slope * u), "grad");
            let want = [hess(0, 0), hess(0, 1), hess(1, 0), hess(1, 1)];
            let got = stretched::hess_xy(&x, &y, variance, l, p);
            let scale =
                slope * (1.0 + p + p * q) / want.iter().fold(0.0, |largest: f64, entry| entry.abs().max(largest));
            close_to(got.as_flattened(), &want, scale, "hess_xy");
            let want = [k / variance, k * p * q / l, -k * q * (r / l).ln()];
            close(&stretched::grad_params(&x, &y, variance, l, p), &want, "grad_params");
        }
        let x = [0.3, -0.7];
        let grads = [stretched::grad(&x, &x, variance, l, p), stretched::grad_y(&x, &x, variance, l, p)];
        let hess = [stretched::hess_xy(&x, &x, variance, l, p), stretched::hess_xx(&x, &x, variance, l, p)];
        let on_line = [stretched_line::grad(0.3, 0.3, l, p), stretched_line::grad_y(0.3, 0.3, l, p)];
        let hess_on_line = stretched_line::hess_xy(0.3, 0.3, l, p);
        if p > 1.0 {
            assert_eq!((grads, on_line), ([[0.0; 2]; 2], [0.0; 2]), "p = {p}");
        } else {
            assert!(all_nan(grads.as_flattened()) && all_nan(&on_line), "p = {p}: {grads:?}, {on_line:?}");
        }
        if p >= 2.0 {
            let curvature = if p == 2.0 { 2.0 / (l * l) } else { 0.0 };
            close(&[hess_on_line], &[curvature], "hess_xy on a line");
            for (hess, sign) in hess.into_iter().zip([variance, -variance]) {
                close(hess.as_flattened(), &[sign * curvature, 0.0, 0.0, sign * curvature], "hess_xy where they meet");
            }
        } else {
            assert!(all_nan(hess.as_flattened().as_flattened()) && hess_on_line.is_nan(), "p = {p}: {hess:?}");
        }
        assert_eq!(stretched::grad_params(&x, &x, variance, l, p), [1.0, 0.0, 0.0]);
        assert_eq!(stretched_line::grad_params(0.3, 0.3, l, p), [0.0; 2]);
    }
}

#[test]
fn other_functions_of_powers_where_the_points_meet() {
    let x = [0.3, -0.7];
    assert_eq!(stretched_by_12::grad(&x, &x), [0.0; 2]);
    assert!(all_nan(stretched_by_12::hess_xy(&x, &x).as_flattened()));
    for p in [0.5, 1.0, 1.5, 2.0, 3.0] {
        let a = 0.7;
        let (grad, hess) = (cauchy::grad(&x, &x, p, a), cauchy::hess_xy(&x, &x, p, a));
        assert!(if p > 1.0 { grad == [0.0; 2] } else { all_nan(&grad) }, "p = {p}: {grad:?}");
        let curvature = if p == 2.0 { 2.0 * a } else { 0.0 };
        let right = hess == [[curvature, 0.0], [0.0, curvature]];
        assert!(if p >= 2.0 { right } else { all_nan(hess.as_flattened()) }, "p = {p}: {hess:?}");
        assert_eq!(cauchy::grad_params(&x, &x, p, a), [0.0; 2]);
    }
}
