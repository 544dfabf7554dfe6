//! What other systems got wrong (the table with the sources is in the design of the project), as tests.

use approx::assert_relative_eq;
use kernel_runtime::{
    gram::{self, Blocked, Interleaved},
    kernel,
};
use ndarray::{Array2, array};

use crate::kernels::{array as arrays, scalar, slice};
use crate::points::scattered;

/// One step of the last bit at 5/3.
const ULP: f64 = f64::EPSILON;

/// ∂²k/∂x∂y of Matérn-5/2 with unit variance and lengthscale, by hand: with q = √5 r,
/// (5/3) [(1 + q) I - 5 δ δᵀ] exp(-q).
fn matern52_hess_xy(delta: [f64; 3]) -> [[f64; 3]; 3] {
    let q = (5.0 * delta.iter().map(|t| t * t).sum::<f64>()).sqrt();
    std::array::from_fn(|a| {
        std::array::from_fn(|b| {
            let identity = if a == b { 1.0 + q } else { 0.0 };
            5.0 / 3.0 * (identity - 5.0 * delta[a] * delta[b]) * (-q).exp()
        })
    })
}

// NaN: JAX, torch. 0: JAX with double where or with max(s, ε), torch cdist, GPyTorch. 5/3 everywhere: tinygp.
#[test]
fn matern52_at_coincident_points() {
    let x = [0.3, -1.2, 0.7];
    let mut written = [f64::INFINITY; 9];
    slice::matern52::hess_xy(&x, &x, 1.0, 1.0, &mut written);
    let returned = arrays::matern52::hess_xy(&x, &x, 1.0, 1.0);
    let points = array![[0.3, -1.2, 0.7]];
    let batch = gram::k_gg(&slice::Matern52::new(1.0, 1.0).unwrap(), &points, &points).unwrap();
    for a in 0..3 {
        for b in 0..3 {
            let want = if a == b { 5.0 / 3.0 } else { 0.0 };
            let allowed = if a == b { 2.0 * ULP } else { 0.0 };
            for got in [written[3 * a + b], returned[a][b], batch[[0, 0, a, b]]] {
                assert!((got - want).abs() <= allowed, "({a}, {b}): {got:e}, not {want:e}");
            }
        }
    }
    assert!((scalar::matern52::hess_xy(0.3, 0.3, 1.0, 1.0) - 5.0 / 3.0).abs() <= 2.0 * ULP);
    assert_eq!(arrays::matern52::grad(&x, &x, 1.0, 1.0), [0.0; 3]);
    assert_eq!(arrays::matern52(&x, &x, 1.0, 1.0), 1.0);
}

#[test]
fn matern_curvature_at_coincident_points_scales_with_the_parameters() {
    let x = [0.3, -1.2, 0.7];
    let (variance, lengthscale) = (1.7, 0.4);
    // Matérn-5/2: 5 σ² / (3 ℓ²) I. Matérn-3/2: 3 σ² / ℓ² I.
    let fifth = arrays::matern52::hess_xy(&x, &x, variance, lengthscale);
    let third = arrays::matern32::hess_xy(&x, &x, variance, lengthscale);
    for a in 0..3 {
        for b in 0..3 {
            let identity = if a == b { variance / (lengthscale * lengthscale) } else { 0.0 };
            assert_relative_eq!(fifth[a][b], 5.0 / 3.0 * identity, epsilon = 0.0, max_relative = 4.0 * ULP);
            assert_relative_eq!(third[a][b], 3.0 * identity, epsilon = 0.0, max_relative = 4.0 * ULP);
        }
    }
    assert_eq!(arrays::matern32::grad(&x, &x, variance, lengthscale), [0.0; 3]);
    let number = scalar::matern32::hess_xy(0.3, 0.3, variance, lengthscale);
    assert_relative_eq!(number, 3.0 * variance / (lengthscale * lengthscale), max_relative = 4.0 * ULP);
}

// JAX is off by 9e-14, 8e-12, 8e-8, 7e-5 at these distances.
#[test]
fn matern52_near_coincidence() {
    let direction = [0.6, -0.64, 0.48];
    for distance in [1e-3, 1e-6, 1e-9, 1e-12, 1e-160, 1e-300] {
        // y = 0, so that the differences are the coordinates, exactly.
        let x = direction.map(|t| t * distance);
        let got = arrays::matern52::hess_xy(&x, &[0.0; 3], 1.0, 1.0);
        let want = matern52_hess_xy(x);
        for a in 0..3 {
            for b in 0..3 {
                assert_relative_eq!(got[a][b], want[a][b], epsilon = 4.0 * ULP, max_relative = 4.0 * ULP);
            }
        }
    }
}

// In one dimension k'' of Matérn-3/2 is 3 (1 - q) exp(-q): 1/r - 1/r must not be computed.
#[test]
fn matern32_near_coincidence() {
    for distance in [1e-3_f64, 1e-6, 1e-9, 1e-12] {
        let q = 3.0_f64.sqrt() * distance;
        let want = 3.0 * (1.0 - q) * (-q).exp();
        let got = scalar::matern32::hess_xy(distance, 0.0, 1.0, 1.0);
        assert_relative_eq!(got, want, max_relative = 8.0 * ULP);
        let [[got]] = arrays::matern32::hess_xy(&[distance], &[0.0], 1.0, 1.0);
        assert_relative_eq!(got, want, max_relative = 8.0 * ULP);
    }
}

// Matérn-1/2 has no gradient at x = y; a finite number there would be wrong.
#[test]
fn matern12_has_a_value_but_no_gradient_at_coincident_points() {
    let x = [0.3, -1.2];
    assert_eq!(arrays::matern12(&x, &x, 1.0, 1.0), 1.0);
    assert!(arrays::matern12::grad(&x, &x, 1.0, 1.0).iter().all(|v| v.is_nan()));
    assert!(arrays::matern12::hess_xy(&x, &x, 1.0, 1.0).iter().flatten().all(|v| v.is_nan()));
    let points = array![[0.3, -1.2]];
    assert_eq!(gram::k_ff(&slice::Matern12::new(1.0, 1.0).unwrap(), &points, &points).unwrap()[[0, 0]], 1.0);
}

// Cross blocks with the wrong sign were shipped and reviewed elsewhere.
#[test]
fn signs_of_the_cross_blocks() {
    // k falls as x moves away from y: at x > y, ∂k/∂x < 0 < ∂k/∂y.
    let k = scalar::Rbf::new(0.5).unwrap();
    let (x, y) = (array![1.0], array![0.0]);
    let e = (-0.5_f64).exp();
    assert_relative_eq!(gram::k_gf(&k, &x, &y).unwrap()[[0, 0]], -e, max_relative = 4.0 * ULP);
    assert_relative_eq!(gram::k_fg(&k, &x, &y).unwrap()[[0, 0]], e, max_relative = 4.0 * ULP);
    let (x, y) = (array![2.0], array![0.0]);
    let e = (-2.0_f64).exp();
    assert_relative_eq!(gram::k_gg(&k, &x, &y).unwrap()[[0, 0]], (1.0 - 4.0) * e, max_relative = 8.0 * ULP);
}

// Adding a block to its transpose, as others do, needs n = m. Which row is which must be said, too.
#[test]
fn rectangular_joint_matrices_in_both_orders() {
    const D: usize = 3;
    let parameters = (1.3, 0.8, 0.4);
    // A kernel that is not a function of x - y: K_fg is not -K_gf, and nothing is symmetric by accident.
    let k = slice::Matern52PlusLinear::new(parameters.0, parameters.1, parameters.2).unwrap();
    let (x, y) = (scattered(5, D), scattered(4, D) * 0.7 + 0.1);
    let (n, m) = (x.nrows(), y.nrows());
    let point = |p: &Array2<f64>, i: usize| -> [f64; D] { std::array::from_fn(|a| p[[i, a]]) };

    // The order of the rows, written down independently of the layouts.
    let blocked = |points: usize, i: usize, partial: usize| match partial {
        0 => i,
        a => points + i * D + (a - 1),
    };
    let interleaved = |_: usize, i: usize, partial: usize| i * (1 + D) + partial;

    let by_blocks = gram::joint(&k, &x, &y, Blocked).unwrap();
    let by_points = gram::joint(&k, &x, &y, Interleaved).unwrap();
    assert_eq!(by_blocks.dim(), (n * (1 + D), m * (1 + D)));
    assert_eq!(by_points.dim(), (n * (1 + D), m * (1 + D)));
    let (gf, fg) = (gram::k_gf(&k, &x, &y).unwrap(), gram::k_fg(&k, &x, &y).unwrap());
    let gg = gram::k_gg(&k, &x, &y).unwrap();
    assert_eq!((gf.dim(), fg.dim(), gg.dim()), ((n, m, D), (n, m, D), (n, m, D, D)));

    for i in 0..n {
        for j in 0..m {
            let (p, q) = (point(&x, i), point(&y, j));
            let (a, b, c) = parameters;
            let gx = arrays::matern52_plus_linear::grad(&p, &q, a, b, c);
            let gy = arrays::matern52_plus_linear::grad_y(&p, &q, a, b, c);
            let hess = arrays::matern52_plus_linear::hess_xy(&p, &q, a, b, c);
            for row in 0..=D {
                for column in 0..=D {
                    let want = match (row, column) {
                        (0, 0) => arrays::matern52_plus_linear(&p, &q, a, b, c),
                        (0, column) => gy[column - 1],
                        (row, 0) => gx[row - 1],
                        (row, column) => hess[row - 1][column - 1],
                    };
                    let block = match (row, column) {
                        (0, 0) => want,
                        (0, column) => fg[[i, j, column - 1]],
                        (row, 0) => gf[[i, j, row - 1]],
                        (row, column) => gg[[i, j, row - 1, column - 1]],
                    };
                    let first = by_blocks[[blocked(n, i, row), blocked(m, j, column)]];
                    let second = by_points[[interleaved(n, i, row), interleaved(m, j, column)]];
                    for got in [block, first, second] {
                        assert_relative_eq!(got, want, epsilon = 1e-15, max_relative = 1e-14);
                    }
                }
            }
        }
    }
}

// cov(∂f(x), f(y)) and cov(f(y), ∂f(x)) are one number: joint(x, y) is the transpose of joint(y, x).
#[test]
fn joint_matrices_are_symmetric_under_exchange() {
    let k = slice::NnArcsin::new(1.1, 0.5, 0.8).unwrap();
    let (x, y) = (scattered(5, 2), scattered(3, 2) * 0.5);
    let one = gram::joint(&k, &x, &y, Interleaved).unwrap();
    let other = gram::joint(&k, &y, &x, Interleaved).unwrap();
    assert_eq!(one.dim(), (15, 9));
    for ((i, j), v) in one.indexed_iter() {
        assert_relative_eq!(*v, other[[j, i]], epsilon = 1e-15, max_relative = 1e-14);
    }
}

#[test]
fn joint_matrices_of_numbers() {
    let k = scalar::RbfTimesLinear::new(0.7, 0.8, 0.3).unwrap();
    let (x, y) = (array![0.3, -0.7, 1.1], array![0.4, -0.2]);
    let got = gram::joint(&k, &x, &y, Blocked).unwrap();
    assert_eq!(got.dim(), (6, 4));
    for (i, &p) in x.iter().enumerate() {
        for (j, &q) in y.iter().enumerate() {
            let block = [
                (got[[i, j]], scalar::rbf_times_linear(p, q, 0.7, 0.8, 0.3)),
                (got[[i, 2 + j]], scalar::rbf_times_linear::grad_y(p, q, 0.7, 0.8, 0.3)),
                (got[[3 + i, j]], scalar::rbf_times_linear::grad(p, q, 0.7, 0.8, 0.3)),
                (got[[3 + i, 2 + j]], scalar::rbf_times_linear::hess_xy(p, q, 0.7, 0.8, 0.3)),
            ];
            for (got, want) in block {
                assert_relative_eq!(got, want, epsilon = 1e-15, max_relative = 1e-14);
            }
        }
    }
}

/// Each name used three times: written out as a tree, 3^12 terms.
#[kernel(indefinite)]
fn chained(x: f64, y: f64) -> f64 {
    let a = x * y;
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    let a = a + 0.5 * (a - a.sin());
    a + 0.5 * (a - a.sin())
}

// Lowering that does not share subexpressions is exponential elsewhere.
#[test]
fn chains_of_shared_terms_do_not_swell() {
    // ∂/∂x by the chain rule, step by step: a' = a (1.5 - 0.5 cos a).
    let (x, y) = (0.3_f64, 0.2);
    let (mut a, mut slope) = (x * y, y);
    for _ in 0..12 {
        (a, slope) = (a + 0.5 * (a - a.sin()), slope * (1.5 - 0.5 * a.cos()));
    }
    assert_relative_eq!(chained(x, y), a, max_relative = 1e-14);
    assert_relative_eq!(chained::grad(x, y), slope, max_relative = 1e-13);
}

// |u|^-1 as |u|/u² would divide by 0 where u² underflows.
#[test]
fn an_absolute_value_in_a_denominator() {
    #[kernel(asymmetric)]
    fn weighted(x: f64, y: f64, l: f64) -> f64 {
        x * y / l.abs()
    }
    for l in [1e-200, -1e-200, 1e200, -3.0] {
        assert_relative_eq!(weighted::grad(2.0, 3.0, l), 3.0 / l.abs());
        assert_relative_eq!(weighted::hess_xy(2.0, 3.0, l), 1.0 / l.abs());
    }
    assert_relative_eq!(weighted::grad_params(2.0, 3.0, -1e-100)[0], 6e200);
}
