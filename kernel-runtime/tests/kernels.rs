//! The stock kernels against closed forms on paper, coincident points included; their Gram matrices; their parameters.

use std::f64::consts::{PI, TAU};

use kernel_runtime::gram::{self, Blocked};
use kernel_runtime::kernels::*;
use kernel_runtime::{Differentiable, Isotropic, PositiveDefinite, Stationary, TwiceDifferentiable, VectorPoints};
use ndarray::{Array2, array};

type Point = [f64; 2];
type Matrix = [[f64; 2]; 2];

const PAIRS: [[Point; 2]; 4] =
    [[[0.3, -0.7], [0.9, 0.4]], [[-1.2, 0.5], [-1.1, 0.7]], [[0.6, 0.8], [0.6, 0.8]], [[1.5, -0.5], [1.5, 0.25]]];

/// k, ∂k/∂x and ∂²k/∂x∂yᵀ.
struct Truth(f64, Point, Matrix);

fn vector(f: impl Fn(usize) -> f64) -> Point {
    [f(0), f(1)]
}

fn matrix(f: impl Fn(usize, usize) -> f64) -> Matrix {
    [vector(|b| f(0, b)), vector(|b| f(1, b))]
}

fn delta(a: usize, b: usize) -> f64 {
    if a == b { 1.0 } else { 0.0 }
}

fn close(got: f64, want: f64, scale: f64, what: &str) {
    assert!((got - want).abs() <= 2e-14 * scale, "{what}: got {got:e}, expected {want:e}");
}

/// Compares the three blocks at every pair of `PAIRS`.
fn check<K>(kernel: &K, truth: impl Fn(Point, Point) -> Truth)
where
    K: PositiveDefinite<Scalar = f64, Points = VectorPoints> + Differentiable,
{
    for [x, y] in PAIRS {
        let (rows, columns) = (array![x], array![y]);
        let Truth(k, gradient, hessian) = truth(x, y);
        let name = format!("{} at {x:?}, {y:?}", std::any::type_name::<K>());
        close(gram::k_ff(kernel, &rows, &columns).unwrap()[[0, 0]], k, k.abs().max(1.0), &name);
        let k_gf = gram::k_gf(kernel, &rows, &columns).unwrap();
        let k_gg = gram::k_gg(kernel, &rows, &columns).unwrap();
        let scale = hessian.as_flattened().iter().chain(&gradient).fold(1.0_f64, |scale, entry| scale.max(entry.abs()));
        for a in 0..2 {
            close(k_gf[[0, 0, a]], gradient[a], scale, &format!("k_gf of {name}"));
            for b in 0..2 {
                close(k_gg[[0, 0, a, b]], hessian[a][b], scale, &format!("k_gg of {name}"));
            }
        }
    }
}

/// φ(ρ) of the scaled distance ρ² = Σ (x_a - y_a)²/l_a², from φ, φ'/ρ and φ'' at ρ.
fn radial(l: Point, phi: impl Fn(f64) -> [f64; 3]) -> impl Fn(Point, Point) -> Truth {
    move |x, y| {
        let u = vector(|a| (x[a] - y[a]) / l[a]);
        let rho = u[0].hypot(u[1]);
        let [k, slope, curvature] = phi(rho);
        let unit = vector(|a| if rho > 0.0 { u[a] / rho } else { 0.0 });
        Truth(
            k,
            vector(|a| slope * u[a] / l[a]),
            matrix(|a, b| -(slope * delta(a, b) + (curvature - slope) * unit[a] * unit[b]) / (l[a] * l[b])),
        )
    }
}

#[test]
fn squared_exponential() {
    let phi = |r: f64| {
        let k = 1.7 * (-0.5 * r * r).exp();
        [k, -k, (r * r - 1.0) * k]
    };
    check(&Rbf::new(1.7, 0.8).unwrap(), radial([0.8, 0.8], phi));
    check(&ArdRbf::new(1.7, vec![0.8, 1.3]).unwrap(), radial([0.8, 1.3], phi));
}

#[test]
fn rational_quadratics() {
    let phi = |alpha: f64| {
        move |r: f64| {
            let base = 1.0 + r * r / (2.0 * alpha);
            let [k, first, second] = [0.0, 1.0, 2.0].map(|n| 1.7 * base.powf(-alpha - n));
            [k, -first, -first + (alpha + 1.0) / alpha * r * r * second]
        }
    };
    check(&RationalQuadratic::new(1.7, 2.2, 0.8).unwrap(), radial([0.8, 0.8], phi(2.2)));
    // 1/√(1 + r²/ℓ²) is α = ½ with ℓ² = 2α ℓ².
    check(&InverseMultiquadric::new(1.7, 0.8).unwrap(), radial([0.8, 0.8], phi(0.5)));
}

/// φ = p exp(-q), φ'/r = root² p₁ exp(-q), φ'' = root² p₂ exp(-q) with q = root·r, from the polynomials p, p₁ and p₂ at
/// q.
fn matern(root: f64, p: impl Fn(f64) -> [f64; 3]) -> impl Fn(f64) -> [f64; 3] {
    move |r| {
        let q = root * r;
        let [value, slope, curvature] = p(q).map(|p| 1.7 * p * (-q).exp());
        [value, root * root * slope, root * root * curvature]
    }
}

#[test]
fn matern_class() {
    macro_rules! both {
        ($plain:ident, $ard:ident, $root:expr, $p:expr) => {
            check(&$plain::new(1.7, 0.8).unwrap(), radial([0.8, 0.8], matern($root, $p)));
            check(&$ard::new(1.7, vec![0.8, 1.3]).unwrap(), radial([0.8, 1.3], matern($root, $p)));
        };
    }
    both!(Matern32, ArdMatern32, 3.0_f64.sqrt(), |q: f64| [1.0 + q, -1.0, q - 1.0]);
    both!(Matern52, ArdMatern52, 5.0_f64.sqrt(), |q: f64| [
        1.0 + q + q * q / 3.0,
        -(1.0 + q) / 3.0,
        (q * q - q - 1.0) / 3.0
    ]);
    both!(Matern72, ArdMatern72, 7.0_f64.sqrt(), |q: f64| [
        1.0 + q + 0.4 * q * q + q.powi(3) / 15.0,
        -(3.0 + 3.0 * q + q * q) / 15.0,
        (q.powi(3) - 3.0 * q - 3.0) / 15.0
    ]);
    both!(Matern92, ArdMatern92, 3.0, |q: f64| [
        1.0 + q + 3.0 * q * q / 7.0 + 2.0 * q.powi(3) / 21.0 + q.powi(4) / 105.0,
        -(15.0 + 15.0 * q + 6.0 * q * q + q.powi(3)) / 105.0,
        (q.powi(4) + 2.0 * q.powi(3) - 3.0 * q * q - 15.0 * q - 15.0) / 105.0
    ]);
}

/// Var ∂f/∂x_a where the points meet, as the literature has it.
#[test]
fn matern_gradient_variance() {
    fn variance(kernel: &impl Differentiable<Scalar = f64, Points = VectorPoints>) -> Array2<f64> {
        let x = array![[0.4, -1.1, 2.0]];
        gram::k_gg(kernel, &x, &x).unwrap().into_shape_with_order((3, 3)).unwrap()
    }
    let factor = 1.7 / 0.64;
    let cases = [
        (variance(&Matern32::new(1.7, 0.8).unwrap()), 3.0),
        (variance(&Matern52::new(1.7, 0.8).unwrap()), 5.0 / 3.0),
        (variance(&Matern72::new(1.7, 0.8).unwrap()), 7.0 / 5.0),
        (variance(&Matern92::new(1.7, 0.8).unwrap()), 9.0 / 7.0),
    ];
    for (got, want) in cases {
        for ((a, b), &entry) in got.indexed_iter() {
            close(entry, want * factor * delta(a, b), 10.0, "Matérn");
        }
    }
}

#[test]
fn matern12_has_a_gradient_only_apart() {
    let [x, y]: [Point; 2] = PAIRS[0];
    let truth = radial([0.8, 0.8], |r| {
        let k = 1.7 * (-r).exp();
        [k, -k / r, k]
    });
    let stretched = radial([0.8, 1.3], |r| {
        let k = 1.7 * (-r).exp();
        [k, -k / r, k]
    });
    let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
    for (Truth(k, g, h), is_ard) in [(truth(x, y), false), (stretched(x, y), true)] {
        if is_ard {
            close(ard_matern12(&x, &y, 1.7, &[0.8, 1.3]), k, 1.0, "Matérn-1/2");
            ard_matern12::grad(&x, &y, 1.7, &[0.8, 1.3], &mut gradient);
            ard_matern12::hess_xy(&x, &y, 1.7, &[0.8, 1.3], &mut hessian);
        } else {
            close(matern12(&x, &y, 1.7, 0.8), k, 1.0, "Matérn-1/2");
            matern12::grad(&x, &y, 1.7, 0.8, &mut gradient);
            matern12::hess_xy(&x, &y, 1.7, 0.8, &mut hessian);
        }
        for a in 0..2 {
            close(gradient[a], g[a], 1.0, "Matérn-1/2, grad");
            for b in 0..2 {
                close(hessian[2 * a + b], h[a][b], 1.0, "Matérn-1/2, hess_xy");
            }
        }
    }
    matern12::hess_xy(&x, &x, 1.7, 0.8, &mut hessian);
    assert!(hessian[0].is_nan());
}

#[test]
fn wendland() {
    let c2 = |u: f64| {
        let v = (1.0 - u).max(0.0);
        [1.7 * v.powi(4) * (4.0 * u + 1.0), -34.0 * v.powi(3), 34.0 * v.powi(2) * (4.0 * u - 1.0)]
    };
    let c4 = |u: f64| {
        let v = (1.0 - u).max(0.0);
        let curvature = 1.7 * 56.0 / 3.0 * v.powi(4) * (35.0 * u * u - 4.0 * u - 1.0);
        [
            1.7 * v.powi(6) * (35.0 * u * u + 18.0 * u + 3.0) / 3.0,
            -1.7 * 56.0 / 3.0 * v.powi(5) * (5.0 * u + 1.0),
            curvature,
        ]
    };
    // The first pair is 1.25 apart: within one radius, beyond the other.
    for radius in [2.0, 1.0] {
        check(&WendlandC2::<2>::new(1.7, radius).unwrap(), radial([radius, radius], c2));
        check(&WendlandC4::<2>::new(1.7, radius).unwrap(), radial([radius, radius], c4));
    }
}

/// σ² exp(-Σ g(x_a - y_a)) from g, g' and g'' along coordinate a.
fn of_differences(variance: f64, g: impl Fn(usize, f64) -> [f64; 3]) -> impl Fn(Point, Point) -> Truth {
    move |x, y| {
        let g: [[f64; 3]; 2] = [0, 1].map(|a| g(a, x[a] - y[a]));
        let k = variance * (-g[0][0] - g[1][0]).exp();
        Truth(k, vector(|a| -g[a][1] * k), matrix(|a, b| (delta(a, b) * g[a][2] - g[a][1] * g[b][1]) * k))
    }
}

#[test]
fn periodic_waves() {
    let wave = |p: f64, l: f64, t: f64| {
        [2.0 * (PI * t / p).sin().powi(2), TAU / p * (TAU * t / p).sin(), TAU / p * TAU / p * (TAU * t / p).cos()]
            .map(|g| g / (l * l))
    };
    check(&Periodic::new(1.7, 1.9, 1.4).unwrap(), of_differences(1.7, |_, t| wave(1.9, 1.4, t)));
    check(
        &ArdPeriodic::new(1.7, vec![1.9, 2.3], vec![1.4, 0.9]).unwrap(),
        of_differences(1.7, |a, t| wave([1.9, 2.3][a], [1.4, 0.9][a], t)),
    );
    let k = Periodic::new(1.7, 2.0, 1.4).unwrap();
    let far = gram::k_ff(&k, &array![[0.25]], &array![[4.25]]).unwrap();
    close(far[[0, 0]], 1.7, 1.0, "two periods on");
}

/// σ² exp(-Σ c_a t_a²/2) cos(Σ m_a t_a), t = x - y.
fn band(variance: f64, c: Point, m: Point) -> impl Fn(Point, Point) -> Truth {
    move |x, y| {
        let t = vector(|a| x[a] - y[a]);
        let phase = m[0] * t[0] + m[1] * t[1];
        let envelope = variance * (-0.5 * (c[0] * t[0] * t[0] + c[1] * t[1] * t[1])).exp();
        let (sin, cos) = (envelope * phase.sin(), envelope * phase.cos());
        let w = vector(|a| c[a] * t[a]);
        Truth(
            cos,
            vector(|a| -w[a] * cos - m[a] * sin),
            matrix(|a, b| (c[a] * delta(a, b) - w[a] * w[b] + m[a] * m[b]) * cos - (w[a] * m[b] + m[a] * w[b]) * sin),
        )
    }
}

#[test]
fn bands_of_frequencies() {
    check(&Cosine::new(1.7, vec![2.5, -1.9]).unwrap(), band(1.7, [0.0; 2], [TAU / 2.5, -TAU / 1.9]));
    check(
        &SpectralMixture::new(1.7, vec![0.4, -0.3], vec![0.1, 0.2]).unwrap(),
        band(1.7, [0.1, 0.2].map(|s| (TAU * s).powi(2)), [TAU * 0.4, -TAU * 0.3]),
    );
    let left_out = Cosine::new(1.0, vec![2.0, f64::INFINITY]).unwrap();
    let k = gram::k_ff(&left_out, &array![[0.0, 0.0]], &array![[0.5, 7.0]]).unwrap();
    close(k[[0, 0]], 0.0, 1.0, "a quarter of a period");
}

/// σ² f₀(t₀) f₁(t₁) with f(t) = exp(-c t²/2) cos(m t), f' and f'' by hand; a factor may be 0.
fn bands(variance: f64, c: Point, m: Point) -> impl Fn(Point, Point) -> Truth {
    move |x, y| {
        let f: [[f64; 3]; 2] = [0, 1].map(|a| {
            let t = x[a] - y[a];
            let envelope = (-0.5 * c[a] * t * t).exp();
            let (sin, cos) = (envelope * (m[a] * t).sin(), envelope * (m[a] * t).cos());
            let w = c[a] * t;
            [cos, -w * cos - m[a] * sin, (w * w - c[a] - m[a] * m[a]) * cos + 2.0 * w * m[a] * sin]
        });
        Truth(
            variance * f[0][0] * f[1][0],
            vector(|a| variance * f[a][1] * f[1 - a][0]),
            matrix(|a, b| -variance * if a == b { f[a][2] * f[1 - a][0] } else { f[a][1] * f[b][1] }),
        )
    }
}

#[test]
fn spectral_product_has_every_sign() {
    let bandwidth = [0.1, 0.2];
    let c = bandwidth.map(|s| (TAU * s).powi(2));
    // 0.75 apart at frequency 1/3, the last pair is a quarter of a period apart: that factor is 0.
    for frequency in [[0.4, -0.3], [0.4, 1.0 / 3.0]] {
        let kernel = SpectralProduct::new(1.7, frequency.to_vec(), bandwidth.to_vec()).unwrap();
        check(&kernel, bands(1.7, c, frequency.map(|m| TAU * m)));
    }
    let (x, y) = (array![[0.3]], array![[-0.9]]);
    let [product, mixture] = [
        gram::k_gg(&SpectralProduct::new(1.7, vec![0.4], vec![0.1]).unwrap(), &x, &y).unwrap(),
        gram::k_gg(&SpectralMixture::new(1.7, vec![0.4], vec![0.1]).unwrap(), &x, &y).unwrap(),
    ];
    close(product[[0, 0, 0, 0]], mixture[[0, 0, 0, 0]], 10.0, "one dimension");
}

/// F(x·y) from F, F' and F''.
fn of_dot(f: impl Fn(f64) -> [f64; 3]) -> impl Fn(Point, Point) -> Truth {
    move |x, y| {
        let [k, first, second] = f(x[0] * y[0] + x[1] * y[1]);
        Truth(k, vector(|a| first * y[a]), matrix(|a, b| first * delta(a, b) + second * y[a] * x[b]))
    }
}

#[test]
fn polynomials() {
    let t = |s: f64| 1.7 * s + 0.4;
    check(&Linear::new(1.7, 0.4).unwrap(), of_dot(|s| [t(s), 1.7, 0.0]));
    check(&Polynomial2::new(1.7, 0.4).unwrap(), of_dot(|s| [t(s).powi(2), 3.4 * t(s), 2.0 * 1.7 * 1.7]));
    check(&Polynomial3::new(1.7, 0.4).unwrap(), of_dot(|s| [t(s).powi(3), 5.1 * t(s).powi(2), 6.0 * 1.7 * 1.7 * t(s)]));
}

/// In the plane θ = |β - α| of the polar angles; C = ‖x‖‖y‖ sin θ and D = ‖x‖‖y‖ cos θ are bilinear, and
/// ∂θ/∂x = -(turn) x⊥/‖x‖².
struct Plane {
    theta: f64,
    d: f64,
    c: f64,
    c_x: Point,
    c_y: Point,
    /// ∂²C/∂x_a∂y_b
    c_xy: Matrix,
    theta_x: Point,
    theta_y: Point,
}

fn plane(x: Point, y: Point) -> Plane {
    let cross = x[0] * y[1] - x[1] * y[0];
    let turn = cross.signum();
    let d = x[0] * y[0] + x[1] * y[1];
    let [xx, yy] = [x, y].map(|p| p[0] * p[0] + p[1] * p[1]);
    Plane {
        theta: cross.abs().atan2(d),
        d,
        c: cross.abs(),
        c_x: [turn * y[1], -turn * y[0]],
        c_y: [-turn * x[1], turn * x[0]],
        c_xy: [[0.0, turn], [-turn, 0.0]],
        theta_x: [turn * x[1] / xx, -turn * x[0] / xx],
        theta_y: [-turn * y[1] / yy, turn * y[0] / yy],
    }
}

/// ∂²θ/∂x∂y = 0 in the plane: θ is a difference of polar angles.
#[test]
fn arc_cosine_of_steps_and_ramps() {
    let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
    for [x, y] in [PAIRS[0], PAIRS[3]] {
        let p = plane(x, y);
        close(arc_cosine0(&x, &y, 1.7), 1.7 * (1.0 - p.theta / PI), 1.0, "order 0");
        arc_cosine0::grad(&x, &y, 1.7, &mut gradient);
        arc_cosine0::hess_xy(&x, &y, 1.7, &mut hessian);
        for a in 0..2 {
            close(gradient[a], -1.7 / PI * p.theta_x[a], 1.0, "order 0, grad");
            for b in 0..2 {
                close(hessian[2 * a + b], 0.0, 1.0, "order 0, hess_xy");
            }
        }

        let f = 1.7 / PI;
        close(arc_cosine1(&x, &y, 1.7), f * (p.c + (PI - p.theta) * p.d), 1.0, "order 1");
        arc_cosine1::grad(&x, &y, 1.7, &mut gradient);
        arc_cosine1::hess_xy(&x, &y, 1.7, &mut hessian);
        for a in 0..2 {
            let want = f * (p.c_x[a] + (PI - p.theta) * y[a] - p.theta_x[a] * p.d);
            close(gradient[a], want, 1.0, "order 1, grad");
            for b in 0..2 {
                let want = p.c_xy[a][b] + (PI - p.theta) * delta(a, b) - p.theta_x[a] * x[b] - p.theta_y[b] * y[a];
                close(hessian[2 * a + b], f * want, 1.0, "order 1, hess_xy");
            }
        }
    }
    // Where the directions meet, only the terms in π remain.
    let x = [0.6, 0.8];
    arc_cosine1::hess_xy(&x, &x, 1.7, &mut hessian);
    assert_eq!(hessian, [1.7, 0.0, 0.0, 1.7]);
    assert_eq!(arc_cosine0(&x, &x, 1.7), 1.7);
}

#[test]
fn arc_cosine_of_squared_ramps() {
    let kernel = ArcCosine2::new(1.7).unwrap();
    check(&kernel, |x, y| {
        let p = plane(x, y);
        let [xx, yy] = [x, y].map(|p| p[0] * p[0] + p[1] * p[1]);
        let f = 1.7 / (3.0 * PI);
        let rest = PI - p.theta;
        // f (3 C D + (π - θ) M), M = ‖x‖²‖y‖² + 2 D².
        let m = xx * yy + 2.0 * p.d * p.d;
        let m_x = vector(|a| 2.0 * x[a] * yy + 4.0 * p.d * y[a]);
        let m_y = vector(|b| 2.0 * y[b] * xx + 4.0 * p.d * x[b]);
        Truth(
            f * (3.0 * p.c * p.d + rest * m),
            vector(|a| f * (3.0 * (p.c_x[a] * p.d + p.c * y[a]) + rest * m_x[a] - p.theta_x[a] * m)),
            matrix(|a, b| {
                let m_xy = 4.0 * x[a] * y[b] + 4.0 * (x[b] * y[a] + p.d * delta(a, b));
                let cd_xy = p.c_xy[a][b] * p.d + p.c_x[a] * x[b] + p.c_y[b] * y[a] + p.c * delta(a, b);
                f * (3.0 * cd_xy + rest * m_xy - p.theta_x[a] * m_y[b] - p.theta_y[b] * m_x[a])
            }),
        )
    });
    let origin = array![[0.0, 0.0]];
    assert_eq!(gram::k_ff(&kernel, &origin, &array![[1.0, 2.0]]).unwrap()[[0, 0]], 0.0);
}

#[test]
fn neural_network() {
    let (b, w) = (0.4, 0.9);
    check(&NnArcsine::new(1.7, b, w).unwrap(), |x, y| {
        let [xx, yy] = [x, y].map(|p| 1.0 + 2.0 * (b + w * (p[0] * p[0] + p[1] * p[1])));
        let across = 2.0 * (b + w * (x[0] * y[0] + x[1] * y[1]));
        let root = (xx * yy).sqrt();
        let z = across / root;
        let z_x = vector(|i| 2.0 * w * (y[i] / root - z * x[i] / xx));
        let z_y = vector(|j| 2.0 * w * (x[j] / root - z * y[j] / yy));
        let f = 1.7 * 2.0 / PI;
        let first = 1.0 / (1.0 - z * z).sqrt();
        let second = z * first.powi(3);
        Truth(
            f * z.asin(),
            vector(|i| f * first * z_x[i]),
            matrix(|i, j| {
                let z_xy = 2.0 * w * ((delta(i, j) - 2.0 * w * y[i] * y[j] / yy) / root - z_y[j] * x[i] / xx);
                f * (second * z_x[i] * z_y[j] + first * z_xy)
            }),
        )
    });
}

#[test]
fn gibbs_lengthscales() {
    let (l, g) = ([0.8, 1.3], [0.5, -0.2]);
    check(&Gibbs::new(1.7, l.to_vec(), g.to_vec()).unwrap(), |x, y| {
        // k = σ² exp(-½ Σ s), s = 2t²/Q + ln Q - ln(2 ℓ²) - g(x + y), Q = l(x)² + l(y)².
        let s: [[f64; 4]; 2] = [0, 1].map(|a| {
            let t = x[a] - y[a];
            let [lx, ly] = [x, y].map(|p| l[a] * l[a] * (2.0 * g[a] * p[a]).exp());
            let (q, q_x, q_y) = (lx + ly, 2.0 * g[a] * lx, 2.0 * g[a] * ly);
            [
                2.0 * t * t / q + (q / (2.0 * l[a] * l[a])).ln() - g[a] * (x[a] + y[a]),
                4.0 * t / q - 2.0 * t * t * q_x / (q * q) + q_x / q - g[a],
                -4.0 * t / q - 2.0 * t * t * q_y / (q * q) + q_y / q - g[a],
                -4.0 / q + 4.0 * t * (q_x - q_y) / (q * q) + 4.0 * t * t * q_x * q_y / q.powi(3) - q_x * q_y / (q * q),
            ]
        });
        let k = 1.7 * (-0.5 * (s[0][0] + s[1][0])).exp();
        Truth(
            k,
            vector(|a| -0.5 * s[a][1] * k),
            matrix(|a, b| (0.25 * s[a][1] * s[b][2] - 0.5 * delta(a, b) * s[a][3]) * k),
        )
    });
    let rigid = Gibbs::new(1.7, vec![0.8, 1.3], vec![0.0, 0.0]).unwrap();
    let x = array![[0.3, -0.7], [0.9, 0.4]];
    let difference =
        gram::k_ff(&rigid, &x, &x).unwrap() - gram::k_ff(&ArdRbf::new(1.7, vec![0.8, 1.3]).unwrap(), &x, &x).unwrap();
    assert!(difference.iter().all(|entry: &f64| entry.abs() < 1e-15));
}

#[test]
fn offset_and_noise() {
    check(&Constant::new(1.7).unwrap(), |_, _| Truth(1.7, [0.0; 2], [[0.0; 2]; 2]));
    let noise = WhiteNoise::new(1.7).unwrap();
    let x = array![[0.0, 1.0], [1e-200, 1.0], [0.0, 1.0]];
    let k = gram::k_ff(&noise, &x, &x).unwrap();
    assert_eq!(k, array![[1.7, 0.0, 1.7], [0.0, 1.7, 0.0], [1.7, 0.0, 1.7]]);
}

/// Whether `matrix + jitter` has a Cholesky factor: no eigenvalue is below -jitter, up to rounding.
fn has_cholesky_factor(mut matrix: Array2<f64>, jitter: f64) -> bool {
    let n = matrix.nrows();
    for j in 0..n {
        let pivot = matrix[[j, j]] + jitter - (0..j).map(|l| matrix[[j, l]].powi(2)).sum::<f64>();
        if pivot.is_nan() || pivot <= 0.0 {
            return false;
        }
        matrix[[j, j]] = pivot.sqrt();
        for i in j + 1..n {
            let rest = matrix[[i, j]] - (0..j).map(|l| matrix[[i, l]] * matrix[[j, l]]).sum::<f64>();
            matrix[[i, j]] = rest / matrix[[j, j]];
        }
    }
    true
}

/// 12 points of d coordinates in [-1.5, 1.5], by a linear congruential generator.
fn scattered(d: usize) -> Array2<f64> {
    let mut state = 20_250_101_u64;
    Array2::from_shape_simple_fn((12, d), || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        3.0 * (state >> 11) as f64 / (1_u64 << 53) as f64 - 1.5
    })
}

fn is_semidefinite(matrix: Array2<f64>, name: &str) {
    // In units of the mean variance, since polynomials are large.
    let scale = matrix.diag().mean().unwrap().max(1.0);
    assert!(matrix.iter().all(|entry| entry.is_finite()), "{name}");
    assert!(has_cholesky_factor(matrix, 1e-12 * scale), "{name}: an eigenvalue below -1e-12 · {scale:e}");
}

fn values_are_covariances<K: PositiveDefinite<Scalar = f64, Points = VectorPoints>>(kernel: &K, d: usize) {
    let x = scattered(d);
    is_semidefinite(gram::k_ff(kernel, &x, &x).unwrap(), std::any::type_name::<K>());
}

fn are_covariances<K>(kernel: &K, d: usize)
where
    K: PositiveDefinite<Scalar = f64, Points = VectorPoints> + Differentiable,
{
    values_are_covariances(kernel, d);
    let x = scattered(d);
    is_semidefinite(gram::joint(kernel, &x, &x, Blocked).unwrap(), std::any::type_name::<K>());
}

#[test]
fn gram_matrices_are_semidefinite() {
    for d in 1..=4 {
        let list = |value: f64| vec![value; d];
        values_are_covariances(&Matern12::new(1.0, 0.8).unwrap(), d);
        values_are_covariances(&ArdMatern12::new(1.0, list(0.8)).unwrap(), d);
        values_are_covariances(&ArcCosine0::new(1.0).unwrap(), d);
        values_are_covariances(&ArcCosine1::new(1.0).unwrap(), d);
        values_are_covariances(&WhiteNoise::new(1.0).unwrap(), d);
        are_covariances(&Rbf::new(1.0, 0.8).unwrap(), d);
        are_covariances(&ArdRbf::new(1.0, list(0.8)).unwrap(), d);
        are_covariances(&Matern32::new(1.0, 0.8).unwrap(), d);
        are_covariances(&Matern52::new(1.0, 0.8).unwrap(), d);
        are_covariances(&Matern72::new(1.0, 0.8).unwrap(), d);
        are_covariances(&Matern92::new(1.0, 0.8).unwrap(), d);
        are_covariances(&ArdMatern32::new(1.0, list(0.8)).unwrap(), d);
        are_covariances(&ArdMatern52::new(1.0, list(0.8)).unwrap(), d);
        are_covariances(&ArdMatern72::new(1.0, list(0.8)).unwrap(), d);
        are_covariances(&ArdMatern92::new(1.0, list(0.8)).unwrap(), d);
        are_covariances(&RationalQuadratic::new(1.0, 0.7, 0.8).unwrap(), d);
        are_covariances(&InverseMultiquadric::new(1.0, 0.8).unwrap(), d);
        are_covariances(&Periodic::new(1.0, 1.3, 0.9).unwrap(), d);
        are_covariances(&ArdPeriodic::new(1.0, list(1.3), list(0.9)).unwrap(), d);
        are_covariances(&Cosine::new(1.0, list(1.3)).unwrap(), d);
        are_covariances(&SpectralMixture::new(1.0, list(0.6), list(0.2)).unwrap(), d);
        are_covariances(&SpectralProduct::new(1.0, list(0.6), list(0.2)).unwrap(), d);
        are_covariances(&Linear::new(1.0, 0.5).unwrap(), d);
        are_covariances(&Polynomial2::new(1.0, 0.5).unwrap(), d);
        are_covariances(&Polynomial3::new(1.0, 0.5).unwrap(), d);
        are_covariances(&ArcCosine2::new(1.0).unwrap(), d);
        are_covariances(&NnArcsine::new(1.0, 0.5, 2.0).unwrap(), d);
        are_covariances(&Gibbs::new(1.0, list(0.8), list(0.7)).unwrap(), d);
        are_covariances(&Constant::new(1.0).unwrap(), d);
    }
    are_covariances(&WendlandC2::<1>::new(1.0, 2.0).unwrap(), 1);
    are_covariances(&WendlandC2::<2>::new(1.0, 2.0).unwrap(), 2);
    are_covariances(&WendlandC2::<3>::new(1.0, 2.0).unwrap(), 3);
    are_covariances(&WendlandC4::<1>::new(1.0, 2.0).unwrap(), 1);
    are_covariances(&WendlandC4::<2>::new(1.0, 2.0).unwrap(), 2);
    are_covariances(&WendlandC4::<3>::new(1.0, 2.0).unwrap(), 3);
}

/// What the module's table says, as types.
#[test]
fn markers() {
    fn twice<K: TwiceDifferentiable>() {}
    fn isotropic<K: Isotropic>() {}
    fn stationary<K: Stationary>() {}

    twice::<Rbf>();
    twice::<ArdRbf>();
    twice::<RationalQuadratic>();
    twice::<InverseMultiquadric>();
    twice::<Matern52>();
    twice::<Matern72>();
    twice::<Matern92>();
    twice::<ArdMatern52>();
    twice::<ArdMatern72>();
    twice::<ArdMatern92>();
    twice::<WendlandC4<3>>();
    twice::<Periodic>();
    twice::<ArdPeriodic>();
    twice::<Cosine>();
    twice::<SpectralMixture>();
    twice::<SpectralProduct>();
    twice::<Linear>();
    twice::<Polynomial2>();
    twice::<Polynomial3>();
    twice::<NnArcsine>();
    twice::<Gibbs>();
    twice::<Constant>();

    isotropic::<Rbf>();
    isotropic::<Matern12>();
    isotropic::<Matern32>();
    isotropic::<RationalQuadratic>();
    isotropic::<InverseMultiquadric>();
    isotropic::<WendlandC2<2>>();
    isotropic::<WendlandC4<2>>();
    isotropic::<Constant>();

    stationary::<ArdRbf>();
    stationary::<ArdMatern32>();
    stationary::<Periodic>();
    stationary::<ArdPeriodic>();
    stationary::<Cosine>();
    stationary::<SpectralMixture>();
    stationary::<SpectralProduct>();
    stationary::<WhiteNoise>();
}

#[test]
fn parameters_out_of_range_are_refused() {
    for bad in [0.0, -1.0, f64::NAN] {
        macro_rules! refused {
            ($($call:expr),* $(,)?) => {$(
                let error = $call.map(drop).expect_err(stringify!($call));
                assert!(!error.to_string().is_empty());
            )*};
        }
        refused!(
            Constant::new(bad),
            WhiteNoise::new(bad),
            Rbf::new(bad, 1.0),
            Rbf::new(1.0, bad),
            ArdRbf::new(bad, vec![1.0]),
            ArdRbf::new(1.0, vec![1.0, bad]),
            Matern12::new(bad, 1.0),
            Matern12::new(1.0, bad),
            Matern32::new(1.0, bad),
            Matern52::new(1.0, bad),
            Matern72::new(1.0, bad),
            Matern92::new(1.0, bad),
            ArdMatern12::new(1.0, vec![bad]),
            ArdMatern32::new(1.0, vec![bad]),
            ArdMatern52::new(1.0, vec![bad]),
            ArdMatern72::new(1.0, vec![bad]),
            ArdMatern92::new(1.0, vec![bad]),
            RationalQuadratic::new(bad, 1.0, 1.0),
            RationalQuadratic::new(1.0, bad, 1.0),
            RationalQuadratic::new(1.0, 1.0, bad),
            InverseMultiquadric::new(bad, 1.0),
            InverseMultiquadric::new(1.0, bad),
            WendlandC2::<2>::new(bad, 1.0),
            WendlandC2::<2>::new(1.0, bad),
            WendlandC4::<2>::new(1.0, bad),
            Periodic::new(bad, 1.0, 1.0),
            Periodic::new(1.0, bad, 1.0),
            Periodic::new(1.0, 1.0, bad),
            ArdPeriodic::new(1.0, vec![1.0, bad], vec![1.0, 1.0]),
            ArdPeriodic::new(1.0, vec![1.0, 1.0], vec![1.0, bad]),
            ArdPeriodic::new(1.0, vec![1.0, 1.0], vec![1.0]),
            Cosine::new(bad, vec![1.0]),
            Cosine::new(1.0, vec![0.0]),
            SpectralMixture::new(bad, vec![1.0], vec![1.0]),
            SpectralMixture::new(1.0, vec![1.0], vec![bad]),
            SpectralProduct::new(1.0, vec![1.0], vec![bad]),
            Linear::new(bad, 0.0),
            Linear::new(1.0, bad.min(-1.0)),
            Polynomial2::new(bad, 0.0),
            Polynomial3::new(bad, 0.0),
            ArcCosine0::new(bad),
            ArcCosine1::new(bad),
            ArcCosine2::new(bad),
            NnArcsine::new(1.0, 1.0, bad),
            NnArcsine::new(1.0, -1.0, 1.0),
            Gibbs::new(1.0, vec![bad], vec![0.0]),
            Gibbs::new(bad, vec![1.0], vec![0.0]),
        );
    }
    assert!(Linear::new(1.0, 0.0).is_ok());
}
