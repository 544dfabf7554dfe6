//! Sums inside sums: bodies that hold other sums, and double sums, against hyper-dual numbers.

use kernel_runtime::{gram, kernel};
use ndarray::Array2;
use num_dual::DualNum;
use num_dual::HyperHyperDual64 as Number;

/// The same formula twice: as a kernel, and over any numbers.
macro_rules! formula {
    ($test:ident $kernel:ident $Kernel:ident |$x:ident, $y:ident, $p:ident, $w:ident| $body:block in numbers $numbers:block) => {
        #[allow(clippy::needless_range_loop, reason = "that they loop is the point")]
        #[kernel(asymmetric, smooth = assume(2))]
        pub fn $kernel($x: &[f64], $y: &[f64], $p: f64, $w: &[f64]) -> f64 $body

        mod $test {
            use super::*;

            #[allow(unused_variables, reason = "not every formula has all parameters")]
            fn numbers($x: &[Number], $y: &[Number], $p: Number, $w: &[Number]) -> Number $numbers

            #[test]
            fn every_block_is_right() {
                for d in [1, 2, 3, 5] {
                    let points = points(d);
                    let w: Vec<f64> = (0..d).map(|i| 0.7 + 0.2 * i as f64).collect();
                    for x in points.outer_iter() {
                        for y in points.outer_iter() {
                            pair(&x.to_vec(), &y.to_vec(), 0.8, &w);
                        }
                    }
                    batch(&points, 0.8, w);
                }
            }

            fn third(x: &[f64], y: &[f64], p: f64, w: &[f64], seeds: [Variable; 3]) -> Number {
                let number = |value: f64, variable: Variable| {
                    let mut number = Number::from_re(value);
                    let parts = [&mut number.eps1, &mut number.eps2, &mut number.eps3];
                    for (part, seed) in parts.into_iter().zip(seeds) {
                        *part = f64::from(u8::from(seed == variable));
                    }
                    number
                };
                let vector = |values: &[f64], variable: fn(usize) -> Variable| -> Vec<Number> {
                    values.iter().enumerate().map(|(i, &value)| number(value, variable(i))).collect()
                };
                numbers(&vector(x, Variable::X), &vector(y, Variable::Y), number(p, Variable::P), &vector(w, Variable::W))
            }

            fn pair(x: &[f64], y: &[f64], p: f64, w: &[f64]) {
                use Variable::{P, W, X, Y};
                let d = x.len();
                let at = |a, b, c| third(x, y, p, w, [a, b, c]);
                let mut vector = vec![f64::NAN; d];
                let mut matrix = vec![f64::NAN; d * d];
                close("value", &[super::$kernel(x, y, p, w)], &[at(P, P, P).re]);
                super::$kernel::grad(x, y, p, w, &mut vector);
                close("grad", &vector, &(0..d).map(|i| at(X(i), P, P).eps1).collect::<Vec<_>>());
                super::$kernel::grad_y(x, y, p, w, &mut vector);
                close("grad_y", &vector, &(0..d).map(|i| at(Y(i), P, P).eps1).collect::<Vec<_>>());
                let entries = |a: fn(usize) -> Variable, b: fn(usize) -> Variable| -> Vec<f64> {
                    (0..d * d).map(|n| at(a(n / d), b(n % d), P).eps1eps2).collect()
                };
                super::$kernel::hess_xx(x, y, p, w, &mut matrix);
                close("hess_xx", &matrix, &entries(X, X));
                super::$kernel::hess_xy(x, y, p, w, &mut matrix);
                close("hess_xy", &matrix, &entries(X, Y));
                super::$kernel::hess_yy(x, y, p, w, &mut matrix);
                close("hess_yy", &matrix, &entries(Y, Y));
                let parameters: Vec<Variable> = std::iter::once(P).chain((0..d).map(W)).collect();
                let mut out = vec![f64::NAN; 1 + d];
                super::$kernel::grad_params(x, y, p, w, &mut out);
                close("grad_params", &out, &parameters.iter().map(|&v| at(v, X(0), X(0)).eps1).collect::<Vec<_>>());
                let mut out = vec![f64::NAN; (1 + d) * d * d];
                super::$kernel::hess_xy_params(x, y, p, w, &mut out);
                let third = |&v: &Variable| (0..d * d).map(move |n| (v, n));
                let want = parameters.iter().flat_map(third).map(|(v, n)| at(X(n / d), Y(n % d), v).eps1eps2eps3);
                close("hess_xy_params", &out, &want.collect::<Vec<_>>());
            }

            /// What batches compute is what pairs do, alone and as a part of other kernels.
            fn batch(points: &Array2<f64>, p: f64, w: Vec<f64>) {
                let (n, d) = points.dim();
                let kernel = $Kernel::new(p, w.clone()).unwrap();
                let other = Linear::new(w.clone()).unwrap();
                let both = $Kernel::new(p, w.clone()).unwrap() * Linear::new(w.clone()).unwrap()
                    + 2.0 * $Kernel::new(p, w.clone()).unwrap();
                let (k_ff, k_gf, k_fg, k_gg) = (
                    gram::k_ff(&kernel, points, points).unwrap(),
                    gram::k_gf(&kernel, points, points).unwrap(),
                    gram::k_fg(&kernel, points, points).unwrap(),
                    gram::k_gg(&kernel, points, points).unwrap(),
                );
                let all = gram::k_gg(&both, points, points).unwrap();
                let (l_ff, l_gf, l_fg, l_gg) = (
                    gram::k_ff(&other, points, points).unwrap(),
                    gram::k_gf(&other, points, points).unwrap(),
                    gram::k_fg(&other, points, points).unwrap(),
                    gram::k_gg(&other, points, points).unwrap(),
                );
                for (i, x) in points.outer_iter().enumerate() {
                    for (j, y) in points.outer_iter().enumerate() {
                        let (x, y) = (x.to_vec(), y.to_vec());
                        let [mut grad, mut grad_y] = [vec![0.0; d], vec![0.0; d]];
                        let mut hess = vec![0.0; d * d];
                        super::$kernel::grad(&x, &y, p, &w, &mut grad);
                        super::$kernel::grad_y(&x, &y, p, &w, &mut grad_y);
                        super::$kernel::hess_xy(&x, &y, p, &w, &mut hess);
                        close("k_ff", &[k_ff[[i, j]]], &[super::$kernel(&x, &y, p, &w)]);
                        for a in 0..d {
                            close("k_gf", &[k_gf[[i, j, a]]], &[grad[a]]);
                            close("k_fg", &[k_fg[[i, j, a]]], &[grad_y[a]]);
                            for b in 0..d {
                                close("k_gg", &[k_gg[[i, j, a, b]]], &[hess[a * d + b]]);
                                let product = k_gg[[i, j, a, b]] * l_ff[[i, j]]
                                    + k_gf[[i, j, a]] * l_fg[[i, j, b]]
                                    + l_gf[[i, j, a]] * k_fg[[i, j, b]]
                                    + l_gg[[i, j, a, b]] * k_ff[[i, j]];
                                close("combined", &[all[[i, j, a, b]]], &[product + 2.0 * k_gg[[i, j, a, b]]]);
                            }
                        }
                    }
                }
                assert_eq!(k_ff.dim(), (n, n));
            }
        }
    };
}

#[kernel]
pub fn linear(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(y).zip(w).map(|((a, b), w)| w * w * a * b).sum()
}

#[derive(Clone, Copy, PartialEq)]
enum Variable {
    X(usize),
    Y(usize),
    P,
    W(usize),
}

/// Some points, none at the origin.
fn points(d: usize) -> Array2<f64> {
    Array2::from_shape_fn((3, d), |(i, a)| (1.3 * i as f64 + 0.9 * a as f64 + 0.4).sin() + 1.2)
}

#[track_caller]
fn close(block: &str, got: &[f64], want: &[f64]) {
    let scale = want.iter().fold(1e-3_f64, |scale, value| scale.max(value.abs()));
    for (got, want) in got.iter().zip(want) {
        assert!((got - want).abs() <= 1e-12 * scale, "{block}: {got:?}, expected {want:?}");
    }
}

fn total(terms: impl Iterator<Item = Number>) -> Number {
    terms.fold(Number::from_re(0.0), |sum, term| sum + term)
}

/// All pairs of coordinates.
fn squares(d: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..d * d).map(move |n| (n / d, n % d))
}

formula! {
    centred_blocks centred Centred |x, y, p, w| {
        let m = x.iter().sum::<f64>() / x.len() as f64;
        let n = y.iter().sum::<f64>() / y.len() as f64;
        let s = x.iter().zip(y).zip(w).map(|((a, b), w)| w * ((a - m) - (b - n)).powi(2)).sum::<f64>();
        (-p * s).exp()
    } in numbers {
        let d = x.len() as f64;
        let (m, n) = (total(x.iter().copied()) / d, total(y.iter().copied()) / d);
        (-p * total((0..x.len()).map(|i| w[i] * ((x[i] - m) - (y[i] - n)).powi(2)))).exp()
    }
}

formula! {
    normalised_blocks normalised Normalised |x, y, p, w| {
        let (a, b) = (p + sq_norm(x), (p + sq_norm(y)).sqrt());
        x.iter().zip(y).zip(w).map(|((u, v), w)| (-(u / a - w * v / b).powi(2)).exp() * (u - y[0])).sum()
    } in numbers {
        let (a, b) = (p + total(x.iter().map(|&x| x * x)), (p + total(y.iter().map(|&y| y * y))).sqrt());
        total((0..x.len()).map(|i| (-(x[i] / a - w[i] * y[i] / b).powi(2)).exp() * (x[i] - y[0])))
    }
}

formula! {
    every_pair_blocks every_pair EveryPair |x, y, p, w| {
        x.iter()
            .zip(w)
            .map(|(a, v)| v * y.iter().zip(w).map(|(b, w)| w * (-p * (a - b).powi(2)).exp()).sum::<f64>())
            .sum()
    } in numbers {
        total(squares(x.len()).map(|(i, j)| w[i] * w[j] * (-p * (x[i] - y[j]).powi(2)).exp()))
    }
}

formula! {
    loops_blocks loops Loops |x, y, p, w| {
        let mut s = 1.0;
        for i in 0..x.len() {
            for j in 0..x.len() {
                let lag = i as f64 - j as f64;
                s += (-lag * lag).exp() * x[i] * y[j] / (p + (x[j] - y[i]).powi(2));
            }
            s += w[i] * x[i];
        }
        (1.0 + s * s).ln()
    } in numbers {
        let d = x.len();
        let both = squares(d).map(|(i, j)| {
            let lag = i as f64 - j as f64;
            x[i] * y[j] * (-lag * lag).exp() / (p + (x[j] - y[i]).powi(2))
        });
        let s = total(both) + total((0..d).map(|i| w[i] * x[i])) + 1.0;
        (s * s + 1.0).ln()
    }
}

formula! {
    staged_twice_blocks staged_twice StagedTwice |x, y, p, w| {
        let m: f64 = x.iter().map(|a| y.iter().map(|b| (p * a * b).sin() / (1.0 + a * a + b * b)).sum::<f64>()).sum();
        let s: f64 = x.iter().zip(y).map(|(a, b)| (a - m * b).powi(2)).sum();
        x.iter().zip(w).map(|(a, w)| (w * a / (1.0 + s)).cos() + m).sum()
    } in numbers {
        let d = x.len();
        let m = total(squares(d).map(|(i, j)| (p * x[i] * y[j]).sin() / (x[i] * x[i] + y[j] * y[j] + 1.0)));
        let s = total((0..d).map(|i| (x[i] - m * y[i]).powi(2)));
        total((0..d).map(|i| (w[i] * x[i] / (s + 1.0)).cos() + m))
    }
}

formula! {
    length_blocks length Length |x, y, p, w| {
        let d = x.len() as f64;
        x.iter().zip(y).zip(w).map(|((a, b), w)| (a - 1.0 / d).powi(2) * (b + p / d) * w).sum()
    } in numbers {
        let d = x.len() as f64;
        total((0..x.len()).map(|i| (x[i] - 1.0 / d).powi(2) * (y[i] + p / d) * w[i]))
    }
}

formula! {
    sums_of_rows_blocks sums_of_rows SumsOfRows |x, y, p, w| {
        let n = dot(x, y);
        let s: f64 = x.iter().zip(y).zip(w).map(|((a, b), w)| {
            let row: f64 = y.iter().map(|c| (p * a * c + n).cos()).sum();
            a * b + w * row / (1.0 + b * b) - 0.5 * row
        }).sum();
        s * s
    } in numbers {
        let d = x.len();
        let n = total((0..d).map(|i| x[i] * y[i]));
        let s = total((0..d).map(|i| {
            let row = total((0..d).map(|j| (p * x[i] * y[j] + n).cos()));
            x[i] * y[i] + w[i] * row / (y[i] * y[i] + 1.0) - row * 0.5
        }));
        s * s
    }
}

formula! {
    space_time_blocks space_time SpaceTime |x, y, p, w| {
        let mut s = 0.0;
        for i in 1..x.len() {
            s += w[i] * (x[i] - y[i]).powi(2);
        }
        (-p * (x[0] - y[0]).powi(2)).exp() * (-s).exp() * (1.0 + dot(&x[1..], &y[1..]))
    } in numbers {
        let rest = || 1..x.len();
        let s = total(rest().map(|i| w[i] * (x[i] - y[i]).powi(2)));
        (-p * (x[0] - y[0]).powi(2)).exp() * (-s).exp() * (total(rest().map(|i| x[i] * y[i])) + 1.0)
    }
}

formula! {
    triangle_blocks triangle Triangle |x, y, p, w| {
        let mut s = 0.0;
        for i in 0..x.len() {
            for j in 0..i {
                s += w[j] * (p * (x[i] - y[j])).sin();
            }
        }
        s * s
    } in numbers {
        let pairs = squares(x.len()).filter(|(i, j)| j < i);
        let s = total(pairs.map(|(i, j)| w[j] * (p * (x[i] - y[j])).sin()));
        s * s
    }
}

/// The markers see through sums in sums, and arrays, f32 and `T: Real` have them too.
mod markers {
    use kernel_runtime::{Differentiable, Real, Stationary, Symmetric, gram, kernel};
    use ndarray::array;

    #[kernel(psd = assume, assume(p > 0))]
    pub fn centred_rbf(x: &[f64], y: &[f64], p: f64) -> f64 {
        let (m, n) = (x.iter().sum::<f64>() / x.len() as f64, y.iter().sum::<f64>() / y.len() as f64);
        (-p * x.iter().zip(y).map(|(a, b)| ((a - m) - (b - n)).powi(2)).sum::<f64>()).exp()
    }

    #[kernel(psd = assume)]
    pub fn set<T: Real, const D: usize>(x: &[T; D], y: &[T; D], p: T) -> T {
        let mut total = T::of(0.0);
        for a in x {
            for b in y {
                total += (-p * (*a - *b).powi(2)).exp();
            }
        }
        total
    }

    #[kernel]
    pub fn space_time_rbf(x: &[f64], y: &[f64]) -> f64 {
        (-(x[0] - y[0]).powi(2) - sq_dist(&x[1..], &y[1..])).exp()
    }

    fn marked<K: Symmetric + Differentiable>(_: &K) {}
    fn stationary<K: Stationary>(_: &K) {}

    #[test]
    fn are_proved() {
        let kernel = CentredRbf::new(0.5).unwrap();
        marked(&kernel);
        stationary(&kernel);
        stationary(&SpaceTimeRbf::new().unwrap());
        marked(&SpaceTimeRbf::new().unwrap());
        let set = Set::<2, f32>::with_scalar(0.5).unwrap();
        marked(&set);
        stationary(&set);
    }

    /// Σ_ij ∂²/∂x_i∂y_j e^{-p(x_i - y_j)²} is no sum of products: K_gg is dense.
    #[test]
    fn the_derivatives_of_a_set_kernel_are_dense() {
        let (x, y, p) = ([0.3, 1.0], [0.9, -0.4], 0.5);
        let entry = |a: usize, b: usize| {
            let u: f64 = x[a] - y[b];
            (2.0 * p - 4.0 * p * p * u * u) * (-p * u * u).exp()
        };
        let want = [[entry(0, 0), entry(0, 1)], [entry(1, 0), entry(1, 1)]];
        let got = set::hess_xy(&x, &y, p);
        let batch = gram::k_gg(&Set::<2>::new(p).unwrap(), &array![x], &array![y]).unwrap();
        for a in 0..2 {
            for b in 0..2 {
                assert!((got[a][b] - want[a][b]).abs() < 1e-15, "{got:?} {want:?}");
                assert!((batch[[0, 0, a, b]] - want[a][b]).abs() < 1e-15, "{batch:?} {want:?}");
            }
        }
    }
}
