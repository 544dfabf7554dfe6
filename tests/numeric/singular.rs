//! Removable singularities: limits where the points meet, no digits lost near by.
#![allow(clippy::unreadable_literal, clippy::approx_constant, reason = "tables of numbers")]

use kernel_runtime::{gram, kernel};
use ndarray::arr2;

type Point = [f64; 2];

#[kernel(indefinite, assume(a > 0))]
fn sinc(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let r = a * dist(x, y);
    r.sin() / r
}

#[kernel(indefinite, assume(a > 0))]
fn decay(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let s = a * a * sq_dist(x, y);
    (1.0 - (-s).exp()) / s
}

#[kernel(indefinite, assume(a > 0))]
fn logarithm(x: &[f64; 2], y: &[f64; 2], a: f64) -> f64 {
    let s = a * a * sq_dist(x, y);
    s.ln_1p() / s
}

/// The same on numbers, where another way in is taken.
#[kernel(indefinite, assume(a > 0))]
fn line(x: f64, y: f64, a: f64) -> f64 {
    let r = a * (x - y);
    r.sin() / r
}

/// Beside another function of both points.
#[kernel(indefinite, asymmetric)]
fn beside(x: f64, y: f64) -> f64 {
    (x - y).sin() / (x - y) * (1.0 + x * y).atan2(2.0 + x * x)
}

/// Inside another function.
#[kernel(indefinite)]
fn inside(x: f64, y: f64) -> f64 {
    let q = (x - y).sinh() / (x - y);
    (-q * q).exp()
}

/// The distances of the tables.
const DISTANCES: [f64; 14] = [0.0, 1e-12, 1e-9, 1e-6, 1e-3, 1e-2, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 2.0, 5.0];

/// φ(s) and its first three derivatives at s = t², for sin t / t: mpmath, 60 digits, from the power series where
/// s < 0.05.
const SINC: [[f64; 4]; 14] = [
    [1.0, -0.16666666666666666, 0.016666666666666666, -0.0011904761904761906],
    [1.0, -0.16666666666666666, 0.016666666666666666, -0.0011904761904761906],
    [1.0, -0.16666666666666666, 0.016666666666666666, -0.0011904761904761906],
    [0.9999999999998334, -0.16666666666665, 0.016666666666665476, -0.0011904761904761242],
    [0.9999998333333416, -0.16666665000000058, 0.016666665476190508, -0.0011904761243386258],
    [0.9999833334166665, -0.16666500000595236, 0.016666547619378306, -0.001190469576734608],
    [0.9983341664682815, -0.16650005951278785, 0.01665476521113922, -0.0011898149651081958],
    [0.9896158370180917, -0.16562732245957548, 0.0165923909574445, -0.001186348459478147],
    [0.958851077208406, -0.16253703063606656, 0.016371106607993412, -0.0011740354438675572],
    [0.9088516800311123, -0.15747805436203674, 0.016007398284936993, -0.0011537459943703095],
    [0.8414709848078965, -0.1505843394698784, 0.015508763002843465, -0.0011258226396390644],
    [0.759187695484469, -0.1420369065885441, 0.0148853990474873, -0.0010907334218126221],
    [0.45464871341284085, -0.1088494437449979, 0.012402996816071661, -0.0009487827759824192],
    [-0.1917848549326277, 0.00950894080791708, 0.0013473121008512523, -0.000229820618164296],
];
/// (1 - exp(-s))/s
const DECAY: [[f64; 4]; 14] = [
    [1.0, -0.5, 0.3333333333333333, -0.25],
    [1.0, -0.5, 0.3333333333333333, -0.25],
    [1.0, -0.5, 0.3333333333333333, -0.25],
    [0.9999999999995, -0.49999999999966666, 0.33333333333308335, -0.2499999999998],
    [0.9999995000001667, -0.4999996666667917, 0.3333330833334333, -0.24999980000008334],
    [0.999950001666625, -0.49996666791663336, 0.33330833433330553, -0.2499800008333095],
    [0.9950166250831947, -0.4966791334026589, 0.3308433056149753, -0.2480083095758004],
    [0.9693909949843874, -0.47964691473458615, 0.318092266491145, -0.23781978655934916],
    [0.8847968677143805, -0.42398433857190265, 0.2766715762896016, -0.20485578318959982],
    [0.7648305338116924, -0.34675148281025675, 0.21994691713704972, -0.16010298076484655],
    [0.6321205588285577, -0.26424111765711533, 0.16060279414278839, -0.11392894125692285],
    [0.5058487122232974, -0.18959188804620772, 0.10852632892244328, -0.07421926375438849],
    [0.24542109027781644, -0.05677636284727057, 0.02380927170145174, -0.01327804405390526],
    [0.03999999999944448, -0.0015999999994222615, 0.00012799999939826318, -1.5359999372273826e-05],
];
/// ln(1 + s)/s
const LOGARITHM: [[f64; 4]; 14] = [
    [1.0, -0.5, 0.6666666666666666, -1.5],
    [1.0, -0.5, 0.6666666666666666, -1.5],
    [1.0, -0.5, 0.6666666666666666, -1.5],
    [0.9999999999995, -0.4999999999993333, 0.6666666666651667, -1.4999999999952],
    [0.9999995000003333, -0.4999993333340833, 0.6666651666690666, -1.49999520001],
    [0.9999500033330834, -0.49993334083253343, 0.6665166906633337, -1.4995200999828597],
    [0.9950330853168082, -0.4934075415818186, 0.6519033756716273, -1.4529831159592774],
    [0.9699939490629574, -0.46107965559555497, 0.5815385984349225, -1.2352449495862314],
    [0.8925742052568391, -0.3702968210273561, 0.40237456821884876, -0.7324948186261848],
    [0.7933992935616346, -0.27270985522068386, 0.24145726300687606, -0.35570451381445],
    [0.6931471805599453, -0.19314718055994531, 0.13629436111989063, -0.15888308335967186],
    [0.602229340457297, -0.13567068033169447, 0.0761926766544321, -0.07021907543396382],
    [0.40235947810852507, -0.05058986952713127, 0.015294934763565637, -0.007471201072674227],
    [0.13032386152085929, -0.0036744929223728327, 0.00023478783615669052, -2.362287898240778e-05],
];

/// Every block of φ(a²|x - y|²) at a = 1, where u = x - y: ∂k/∂x = 2φ' u, ∂²k/∂x∂yᵀ = -4φ'' u uᵀ - 2φ' I = -∂²k/∂x∂xᵀ,
/// ∂k/∂a = 2sφ', and ∂/∂a of the Hessian -(16φ'' + 8sφ''') u uᵀ - (4φ' + 4sφ'') I.
struct Truth {
    value: f64,
    grad: Point,
    hess: [Point; 2],
    rate: f64,
    hess_rate: [Point; 2],
}

impl Truth {
    fn new([value, first, second, third]: [f64; 4], u: Point) -> Self {
        let s = u[0] * u[0] + u[1] * u[1];
        let matrix = |outer: f64, identity: f64| {
            [0, 1].map(|i| [0, 1].map(|j| outer * u[i] * u[j] + if i == j { identity } else { 0.0 }))
        };
        Self {
            value,
            grad: u.map(|u| 2.0 * first * u),
            hess: matrix(-4.0 * second, -2.0 * first),
            rate: 2.0 * s * first,
            hess_rate: matrix(-16.0 * second - 8.0 * s * third, -4.0 * first - 4.0 * s * second),
        }
    }
}

/// Within `ulps` roundings of the largest entry.
#[track_caller]
fn close(got: &[f64], want: &[f64], scale: f64, what: &str) {
    const ULPS: f64 = 64.0;
    for (got, want) in got.iter().zip(want) {
        let error = (got - want).abs();
        assert!(
            error <= ULPS * f64::EPSILON * scale,
            "{what}: {got:e}, not {want:e}: {} ulps",
            error / scale / f64::EPSILON
        );
    }
}

fn largest(entries: &[f64]) -> f64 {
    entries.iter().fold(0.0, |largest, entry| entry.abs().max(largest))
}

macro_rules! check {
    ($name:ident, $kernel:ident, $table:ident) => {
        for (t, row) in DISTANCES.into_iter().zip($table) {
            // From 0, so that the differences are the coordinates.
            let (x, y) = ([0.6 * t, -0.8 * t], [0.0; 2]);
            let truth = Truth::new(row, x);
            let what = |block: &str| format!("{}, {block} at distance {t:e}", stringify!($name));
            let kernel = $kernel::new(1.0).unwrap();
            let batch = gram::k_ff(&kernel, &arr2(&[x]), &arr2(&[y])).unwrap()[[0, 0]];
            close(&[batch], &[truth.value], 1.0, &what("value"));
            let size = largest(&truth.grad);
            close(&$name::grad(&x, &y, 1.0), &truth.grad, size, &what("grad"));
            close(&$name::grad_y(&x, &y, 1.0), &truth.grad.map(|entry| -entry), size, &what("grad_y"));
            // What cancels in an entry is a part of the formula, not of the kernel.
            let size = largest(truth.hess.as_flattened()).max(2.0 * row[1].abs());
            let negative = truth.hess.map(|row| row.map(|entry| -entry));
            close($name::hess_xy(&x, &y, 1.0).as_flattened(), truth.hess.as_flattened(), size, &what("hess_xy"));
            close($name::hess_xx(&x, &y, 1.0).as_flattened(), negative.as_flattened(), size, &what("hess_xx"));
            close($name::hess_yy(&x, &y, 1.0).as_flattened(), negative.as_flattened(), size, &what("hess_yy"));
            close(
                &$name::grad_params(&x, &y, 1.0),
                &[truth.rate],
                truth.rate.abs().max(f64::MIN_POSITIVE),
                &what("grad_params"),
            );
            let size = largest(truth.hess_rate.as_flattened()).max(4.0 * row[1].abs());
            let [rate] = $name::hess_xy_params(&x, &y, 1.0);
            close(rate.as_flattened(), truth.hess_rate.as_flattened(), size, &what("hess_xy_params"));
        }
    };
}

#[test]
fn quotients_that_are_0_over_0_where_the_points_meet() {
    check!(sinc, Sinc, SINC);
    check!(decay, Decay, DECAY);
    check!(logarithm, Logarithm, LOGARITHM);
}

// On a line u² = s: ∂²k/∂x∂y = -4φ'' s - 2φ'.
#[test]
fn the_same_on_numbers() {
    for (t, [_, first, second, _]) in DISTANCES.into_iter().zip(SINC) {
        for side in [1.0, -1.0] {
            let (x, y) = (side * t, 0.0);
            let what = |block: &str| format!("{block} at {x:e}");
            let slope = 2.0 * first * x;
            close(&[line::grad(x, y, 1.0)], &[slope], slope.abs(), &what("grad"));
            let curvature = -4.0 * second * t * t - 2.0 * first;
            close(&[line::hess_xy(x, y, 1.0)], &[curvature], 2.0 * first.abs(), &what("hess_xy"));
        }
    }
}

// With q → 1, exp(-q²) → exp(-1); q = 1 + u²/6 + …, so ∂²/∂x∂y → 2/(3e).
#[test]
fn a_singularity_inside_another_function() {
    for x in [0.3, 0.3 + 1e-12, 0.3 + 1e-9] {
        let value = gram::k_ff(&Inside::new().unwrap(), &ndarray::arr1(&[x]), &ndarray::arr1(&[0.3])).unwrap()[[0, 0]];
        close(&[value], &[(-1.0_f64).exp()], 1.0, "value");
        close(&[inside::hess_xy(x, 0.3)], &[2.0 / 3.0 * (-1.0_f64).exp()], 1.0, "hess_xy");
    }
    assert_eq!(inside::grad(0.3, 0.3), 0.0);
}

// At x = y the quotient is 1, its slopes are 0 and its mixed derivative is 1/3: k_xy = A/3 + A_xy.
#[test]
fn a_singularity_beside_another_function() {
    let x = 0.4_f64;
    let (p, q) = (1.0 + x * x, 2.0 + x * x);
    let n = p * p + q * q;
    // A = atan2(P, Q), P = 1 + xy, Q = 2 + x²: A_x = (Q y - 2x P)/N, A_y = x Q/N, N = P² + Q².
    let across = (q * x - 2.0 * x * p) / n;
    let (top, top_slope, n_slope) = (x * q, q + 2.0 * x * x, 2.0 * p * x + 4.0 * q * x);
    let mixed = (top_slope * n - top * n_slope) / (n * n);
    close(&[beside::grad(x, x)], &[across], 1.0, "grad");
    close(&[beside::grad_y(x, x)], &[top / n], 1.0, "grad_y");
    close(&[beside::hess_xy(x, x)], &[p.atan2(q) / 3.0 + mixed], 1.0, "hess_xy");
}

#[kernel(indefinite, assume(kappa > 0))]
fn chordal(x: &[f64; 3], y: &[f64; 3], kappa: f64) -> f64 {
    (2.0 * kappa * (angle(x, y).cos() - 1.0)).exp()
}

// c = cos∠ = x̂·ŷ with x̂ = x/|x|: ∂c/∂x = g/|x|, g = ŷ - c x̂ = (I - x̂x̂ᵀ) ŷ, ∂²c/∂x∂yᵀ = (I - x̂x̂ᵀ)(I -
// ŷŷᵀ)/(|x||y|), ∂²c/∂x∂xᵀ = -(c (I - x̂x̂ᵀ) + x̂gᵀ + gx̂ᵀ)/|x|²; k = exp(2κ(c - 1)), so k'' = k (4κ² c' c'ᵀ + 2κ c'').
// With x = (α, 0, 0) and y = (β cos θ, β sin θ, 0) nothing of it cancels; 1 - cos θ = 2 sin²(θ/2).
#[test]
fn the_chordal_kernel_at_and_near_coincident_and_opposite_points() {
    let (alpha, beta, kappa) = (1.5, 0.75, 0.8);
    for theta in [0.0_f64, 1e-12, 1e-9, 1e-6, 1e-3, 0.1, 1.0, 2.5, std::f64::consts::PI] {
        let opposite = theta == std::f64::consts::PI;
        // The last bit of a coordinate turns a point by as much: gradients O(θ) know θ no better.
        let room = if theta > 0.0 && theta < 0.1 { 1.0 / theta } else { 1.0 };
        let (sin, cos) = if opposite { (0.0, -1.0) } else { theta.sin_cos() };
        let (x, y) = ([alpha, 0.0, 0.0], [beta * cos, beta * sin, 0.0]);
        let half = if opposite { 1.0 } else { (theta / 2.0).sin() };
        let value = (-4.0 * kappa * half * half).exp();
        let (left, right) = ([1.0, 0.0, 0.0], [cos, sin, 0.0]);
        let (g, h) = ([0.0, sin / alpha, 0.0], [sin * sin / beta, -sin * cos / beta, 0.0]);
        let tangent = |unit: [f64; 3], i: usize, j: usize| f64::from(u8::from(i == j)) - unit[i] * unit[j];
        let hess = |first: [f64; 3], second: [f64; 3], curvature: &dyn Fn(usize, usize) -> f64| -> Vec<f64> {
            let entry = |i: usize, j: usize| {
                value * (4.0 * kappa * kappa * first[i] * second[j] + 2.0 * kappa * curvature(i, j))
            };
            (0..9).map(|n| entry(n / 3, n % 3)).collect()
        };
        let mixed = |i: usize, j: usize| {
            (0..3).map(|l| tangent(left, i, l) * tangent(right, l, j)).sum::<f64>() / (alpha * beta)
        };
        let own = |unit: [f64; 3], slope: [f64; 3], length: f64, i: usize, j: usize| {
            let slope = slope.map(|entry| entry * length);
            -(cos * tangent(unit, i, j) + unit[i] * slope[j] + slope[i] * unit[j]) / (length * length)
        };
        let what = |block: &str| format!("{block} at angle {theta:e}");
        let slope = |direction: [f64; 3]| direction.map(|entry| 2.0 * kappa * value * entry);
        close(&[chordal(&x, &y, kappa)], &[value], 1.0, &what("value"));
        let scale = 2.0 * kappa * value;
        close(&chordal::grad(&x, &y, kappa), &slope(g), room * scale * sin.max(1e-300) / alpha, &what("grad"));
        close(&chordal::grad_y(&x, &y, kappa), &slope(h), room * scale * sin.max(1e-300) / beta, &what("grad_y"));
        let scale = 4.0 * scale / (beta * beta);
        close(chordal::hess_xy(&x, &y, kappa).as_flattened(), &hess(g, h, &mixed), scale, &what("hess_xy"));
        let want = hess(g, g, &|i, j| own(left, g, alpha, i, j));
        close(chordal::hess_xx(&x, &y, kappa).as_flattened(), &want, scale, &what("hess_xx"));
        let want = hess(h, h, &|i, j| own(right, h, beta, i, j));
        close(chordal::hess_yy(&x, &y, kappa).as_flattened(), &want, scale, &what("hess_yy"));
        // ∂k/∂κ = 2(c - 1)k, and of the Hessian: k ((8κ + 8κ²(c - 1)) c' c'ᵀ + (2 + 4κ(c - 1)) c'').
        let distance = -2.0 * half * half;
        close(&chordal::grad_params(&x, &y, kappa), &[2.0 * distance * value], 1.0, &what("grad_params"));
        let rate = |i: usize, j: usize| {
            let outer = (8.0 * kappa + 8.0 * kappa * kappa * distance) * g[i] * h[j];
            value * (outer + (2.0 + 4.0 * kappa * distance) * mixed(i, j))
        };
        let want: Vec<f64> = (0..9).map(|n| rate(n / 3, n % 3)).collect();
        let [got] = chordal::hess_xy_params(&x, &y, kappa);
        close(got.as_flattened(), &want, 2.0 * scale, &what("hess_xy_params"));
    }
}
