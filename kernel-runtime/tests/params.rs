//! Derivatives by parameters, at every level, against the kernels' functions of one pair of points.

#[path = "common/forced.rs"]
mod forced;

use forced::{check, points};
use kernel_runtime::__private::{Lane, Shape};
use kernel_runtime::gram;
use kernel_runtime::kernels::*;
use kernel_runtime::{Kernel, KernelError, Level, Real, VectorPoints, kernel};
use ndarray::{Array1, Array2, Array3, Axis, array, s};

/// A number, and sums of the usual forms.
#[kernel(assume(gamma > 0))]
pub fn usual<T: Real>(x: &[T], y: &[T], gamma: T) -> T {
    (-gamma * sq_dist(x, y)).exp() * (dot(x, y) + T::of(2.0))
}

/// Vectors and numbers in turn.
#[kernel(indefinite)]
pub fn mixed<T: Real>(x: &[T], y: &[T], a: &[T], p: T, b: &[T], q: T) -> T {
    let s = x.iter().zip(y).zip(a).map(|((x, y), a)| *a * (*x - *y).powi(2)).sum::<T>();
    let t = x.iter().zip(y).zip(b).map(|((x, y), b)| (*b * *x).sin() * (*b * *y).sin()).sum::<T>();
    (-p * s).exp() + (t + q) * x[0] * y[0] * b[0]
}

/// A sum of the kernel's own that only the derivative needs.
#[kernel(assume(p > 0), indefinite)]
pub fn wave<T: Real>(x: &[T], y: &[T], p: T) -> T {
    x.iter().zip(y).map(|(x, y)| (p * (*x - *y)).cos()).sum::<T>().exp()
}

/// Sums in sums, with weights.
#[kernel(indefinite, smooth = assume(1))]
pub fn centred<T: Real>(x: &[T], y: &[T], w: &[T], gamma: T) -> T {
    let m = x.iter().zip(w).map(|(x, w)| *w * *x).sum::<T>();
    let n = y.iter().zip(w).map(|(y, w)| *w * *y).sum::<T>();
    (-gamma * x.iter().zip(y).map(|(a, b)| (*a - m - (*b - n)).powi(2)).sum::<T>()).exp()
}

/// Terms of every coordinate with every other.
#[kernel(indefinite)]
pub fn all_with_all<T: Real>(x: &[T], y: &[T], w: &[T], gamma: T) -> T {
    let mut total = T::of(0.0);
    for (a, v) in x.iter().zip(w) {
        for (b, w) in y.iter().zip(w) {
            total += *v * *w * (-gamma * (*a - *b).powi(2)).exp();
        }
    }
    total
}

/// A product over coordinates, with factors that are 0 where they coincide.
#[kernel(asymmetric)]
pub fn differences<T: Real>(x: &[T], y: &[T], w: &[T], scale: T) -> T {
    scale * x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).sin()).product::<T>()
}

/// On a line.
#[kernel(assume(gamma > 0))]
pub fn on_line<T: Real>(x: T, y: T, variance: T, gamma: T) -> T {
    variance * (-gamma * (x - y).powi(2)).exp()
}

/// Of a fixed number of coordinates.
#[kernel(assume(gamma > 0))]
pub fn in_plane<T: Real>(x: &[T; 2], y: &[T; 2], gamma: T, w: &[T; 2]) -> T {
    (-gamma * x.iter().zip(y).zip(w).map(|((a, b), w)| *w * (*a - *b).powi(2)).sum::<T>()).exp()
}

/// Without parameters.
#[kernel]
fn plain(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y)
}

/// The same points twice, up to their number: every level, against `pair`, which fills in the p numbers of a pair.
fn check_params<T, K>(k: &K, pair: impl Fn(&[T], &[T], &mut [T]), [n, m, d, p]: [usize; 4])
where
    T: Real,
    K: Kernel<Scalar = T, Points = VectorPoints>,
{
    let (x, y) = (points::<T>(n, d, 0.3), points::<T>(m, d, 0.3));
    let mut expected = Array3::from_elem((n, m, p), T::of(0.0));
    for i in 0..n {
        for j in 0..m {
            let mut out = expected.slice_mut(s![i, j, ..]);
            pair(&x.row(i).to_vec(), &y.row(j).to_vec(), out.as_slice_mut().unwrap());
        }
    }
    let what = format!("k_params of {} with n, m, d = {n}, {m}, {d}", std::any::type_name::<K>());
    check(&expected, &what, |out| gram::k_params_into(k, &x, &y, out).unwrap());
}

/// A kernel and its function of one pair, of the same parameters.
macro_rules! check_all {
    ($shape:expr; $($K:ident::$new:ident, $k:ident($($parameter:expr),*), $p:expr;)*) => {{
        let [n, m, d] = $shape;
        $(check_params(
            &$K::$new($($parameter.to_owned()),*).unwrap(),
            |x, y, out| $k::grad_params(x, y, $($parameter,)* out),
            [n, m, d, $p],
        );)*
    }};
}

fn every_kernel<T: Real>([n, m, d]: [usize; 3]) {
    let [half, p, q] = [0.5, 0.7, 1.2].map(T::of);
    let entries = |first: f64| (0..d).map(|a| T::of(first + 0.1 * a as f64)).collect::<Vec<T>>();
    let (a, b) = (&entries(0.8)[..], &entries(0.4)[..]);
    check_all! { [n, m, d];
        Usual::with_scalar, usual(half), 1;
        Mixed::with_scalar, mixed(a, p, b, q), 2 * d + 2;
        Wave::with_scalar, wave(half), 1;
        Centred::with_scalar, centred(a, half), d + 1;
        AllWithAll::with_scalar, all_with_all(a, half), d + 1;
        Differences::with_scalar, differences(a, half), d + 1;
    }
}

/// The kernels above are what their comments say, and what derivatives by parameters need does not change the path of
/// other blocks.
#[test]
fn every_path() {
    fn shape<K: Kernel>(_: &K) -> Shape {
        K::SHAPE
    }
    assert!(!shape(&Usual::new(0.5).unwrap()).custom_params);
    let wave = shape(&Wave::new(0.5).unwrap());
    assert!(wave.custom_params && wave.sums[3] > wave.sums[2]);
    assert_eq!(shape(&Mixed::new(vec![0.5], 0.5, vec![0.5], 0.5).unwrap()).parameters, [2, 2]);
    assert_eq!(shape(&Centred::new(vec![0.5], 0.5).unwrap()).passes, 2);
    assert_eq!(shape(&(2.0 * Usual::new(0.5).unwrap())).parameters, [2, 0]);
    let weighted = shape(&ArdRbf::new(1.0, vec![0.5]).unwrap());
    assert!(!weighted.custom_sums && weighted.sums[3] == weighted.sums[0]);
}

/// Miri takes a thousand times as long: here is its share.
#[test]
fn few_points() {
    every_kernel::<f64>([1, 3, 2]);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_of_points_around_those_of_lanes() {
    for m in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33] {
        let n = [1, 5, 4][m % 3];
        every_kernel::<f64>([n, m, 2]);
        every_kernel::<f32>([n, m, 3]);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn every_dimension() {
    for d in [1, 3, 4, 8, 9, 17] {
        every_kernel::<f64>([2, 3, d]);
        every_kernel::<f32>([3, 2, d]);
    }
}

/// Derivatives are made for 64 pairs at a time, sums for 512.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_of_points_around_those_of_tiles() {
    for m in [63, 64, 65, 511, 513] {
        every_kernel::<f64>([1, m, 1]);
        every_kernel::<f32>([1, m, 2]);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn stock_kernels() {
    for d in [1, 3] {
        let (l, w) = (&[0.7, 1.1, 0.9][..d], &[1.3, 0.8, 2.1][..d]);
        check_all! { [5, 9, d];
            Constant::new, constant(1.3), 1;
            WhiteNoise::new, white_noise(1.3), 1;
            Matern12::new, matern12(1.3, 0.7), 2;
            Matern32::new, matern32(1.3, 0.7), 2;
            Matern52::new, matern52(1.3, 0.7), 2;
            Matern72::new, matern72(1.3, 0.7), 2;
            Matern92::new, matern92(1.3, 0.7), 2;
            ArdMatern12::new, ard_matern12(1.3, l), 1 + d;
            ArdMatern32::new, ard_matern32(1.3, l), 1 + d;
            ArdMatern52::new, ard_matern52(1.3, l), 1 + d;
            ArdMatern72::new, ard_matern72(1.3, l), 1 + d;
            ArdMatern92::new, ard_matern92(1.3, l), 1 + d;
            ArcCosine0::new, arc_cosine0(1.3), 1;
            ArcCosine1::new, arc_cosine1(1.3), 1;
            ArcCosine2::new, arc_cosine2(1.3), 1;
            NnArcsine::new, nn_arcsine(1.3, 0.2, 0.9), 3;
            Linear::new, linear(1.3, 0.2), 2;
            Polynomial2::new, polynomial2(1.3, 0.2), 2;
            Polynomial3::new, polynomial3(1.3, 0.2), 2;
            Rbf::new, rbf(1.3, 0.7), 2;
            ArdRbf::new, ard_rbf(1.3, l), 1 + d;
            RationalQuadratic::new, rational_quadratic(1.3, 0.8, 0.7), 3;
            InverseMultiquadric::new, inverse_multiquadric(1.3, 0.7), 2;
            SpectralMixture::new, spectral_mixture(1.3, w, l), 1 + 2 * d;
            SpectralProduct::new, spectral_product(1.3, w, l), 1 + 2 * d;
            Gibbs::new, gibbs(1.3, l, w), 1 + 2 * d;
            Periodic::new, periodic(1.3, 0.9, 0.7), 3;
            ArdPeriodic::new, ard_periodic(1.3, w, l), 1 + 2 * d;
            Cosine::new, cosine(1.3, w), 1 + d;
        }
    }
}

/// Of kernels on a fixed number of coordinates.
macro_rules! fixed {
    ($D:literal, $k:expr, |$x:ident, $y:ident| $all:expr, $p:expr) => {
        let pair = |x: &[f64], y: &[f64], out: &mut [f64]| {
            let ($x, $y): (&[f64; $D], &[f64; $D]) = (x.try_into().unwrap(), y.try_into().unwrap());
            out.copy_from_slice(&$all);
        };
        check_params(&$k.unwrap(), pair, [4, 9, $D, $p]);
    };
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn arrays_as_points() {
    fixed!(3, WendlandC2::<3>::new(1.3, 1.5), |x, y| wendland_c2::grad_params(x, y, 1.3, 1.5), 2);
    fixed!(2, WendlandC4::<2>::new(1.3, 1.5), |x, y| wendland_c4::grad_params(x, y, 1.3, 1.5), 2);
    let w = [0.4, 0.9];
    let all = |x: &[f64; 2], y: &[f64; 2]| {
        let (gamma, w) = in_plane::grad_params(x, y, 0.5, &w);
        [gamma, w[0], w[1]]
    };
    fixed!(2, InPlane::new(0.5, w), |x, y| all(x, y), 3);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_as_points() {
    let k = OnLine::new(1.3, 0.5).unwrap();
    for m in [1, 7, 8, 9, 70] {
        let [x, y]: [Array1<f64>; 2] = [3, m].map(|n| points(n, 1, 0.3).column(0).to_owned());
        let expected = Array3::from_shape_fn((3, m, 2), |(i, j, l)| on_line::grad_params(x[i], y[j], 1.3, 0.5)[l]);
        check(&expected, "k_params", |out| gram::k_params_into(&k, &x, &y, out).unwrap());
    }
}

fn scale(by: &mut [f64], factor: f64) {
    for by in by {
        *by *= factor;
    }
}

/// c (k₁ + k₂ k₃): by c, then by the parameters of each in turn.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn combinations() {
    let (l, c) = ([0.7, 1.1], 1.7);
    let wave = || Periodic::new(0.8, 1.4, 0.6).unwrap();
    let k = c * (ArdRbf::new(1.3, l.to_vec()).unwrap() + wave() * (Linear::new(0.4, 0.2).unwrap() * 1.0));
    let pair = |x: &[f64], y: &[f64], out: &mut [f64]| {
        let (a, b) = (periodic(x, y, 0.8, 1.4, 0.6), linear(x, y, 0.4, 0.2));
        out[0] = ard_rbf(x, y, 1.3, &l) + a * b;
        ard_rbf::grad_params(x, y, 1.3, &l, &mut out[1..4]);
        periodic::grad_params(x, y, 0.8, 1.4, 0.6, &mut out[4..7]);
        out[7] = b;
        linear::grad_params(x, y, 0.4, 0.2, &mut out[8..]);
        scale(&mut out[1..4], c);
        scale(&mut out[4..7], c * b);
        scale(&mut out[7..], c * a);
    };
    for m in [1, 9, 65] {
        check_params(&k, pair, [3, m, 2, 10]);
    }
    let k = Plain::new().unwrap() * wave() + Plain::new().unwrap();
    let pair = |x: &[f64], y: &[f64], out: &mut [f64]| {
        periodic::grad_params(x, y, 0.8, 1.4, 0.6, out);
        scale(out, plain(x, y));
    };
    check_params(&k, pair, [3, 9, 2, 3]);
}

/// σ² e^(-r²/2ℓ²): by σ², the exponential; by ℓ, σ² r²/ℓ³ times it.
#[test]
fn rbf_by_hand() {
    let (x, y) = (array![[0.0, 1.0], [2.0, -1.0]], array![[0.0, 1.0], [0.5, 0.5], [-1.0, 0.0]]);
    let (variance, l) = (1.3, 0.8);
    let k_params = gram::k_params(&Rbf::new(variance, l).unwrap(), &x, &y).unwrap();
    assert_eq!(k_params.dim(), (2, 3, 2));
    for i in 0..2 {
        for j in 0..3 {
            let s: f64 = (&x.row(i) - &y.row(j)).mapv(|u| u * u).sum();
            let e = (-s / (2.0 * l * l)).exp();
            let by_hand = [e, variance * s / (l * l * l) * e];
            for (got, want) in k_params.slice(s![i, j, ..]).into_iter().zip(by_hand) {
                assert!((got - want).abs() <= 1e-15 * want.abs().max(1.0), "{i}, {j}: {got}, expected {want}");
            }
        }
    }
    assert_eq!(k_params.slice(s![0, 0, ..]), array![1.0, 0.0]);
    let [x, y] = [x, y].map(|points| points.mapv(<f32 as Lane>::of));
    let in_f32 = gram::k_params(&Rbf::with_scalar(1.3_f32, 0.8).unwrap(), &x, &y).unwrap();
    assert!(in_f32.iter().zip(&k_params).all(|(&got, &want)| (f64::from(got) - want).abs() <= 1e-6));
}

/// Outputs of more than 4 MiB go past the caches. Wherever their rows begin, what is written is that of one row alone.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn large_outputs() {
    let (x, y) = (points::<f64>(201, 2, 0.3), points::<f64>(1203, 2, 0.8));
    let k = ArdRbf::new(1.3, vec![0.7, 1.1]).unwrap();
    for level in Level::available() {
        level.with(|| {
            let all = gram::k_params(&k, &x, &y).unwrap();
            let mut room = Array3::from_elem((201, 1205, 3), 7.0);
            let (mut out, beside) = room.view_mut().split_at(Axis(1), 1203);
            gram::k_params_into(&k, &x, &y, &mut out).unwrap();
            assert!(out == all && beside.iter().all(|&entry| entry == 7.0), "{level:?}");
            for i in [0, 1, 100, 200] {
                let alone = gram::k_params(&k, &x.slice(s![i..=i, ..]), &y).unwrap();
                assert!(all.index_axis(Axis(0), i) == alone.index_axis(Axis(0), 0), "{level:?}, row {i}");
            }
        });
    }
}

#[test]
fn shapes() {
    let (x, k) = (Array2::zeros((2, 3)), Rbf::new(1.0, 1.0).unwrap());
    assert_eq!(gram::k_params(&Plain::new().unwrap(), &x, &x).unwrap().dim(), (2, 2, 0));
    assert_eq!(gram::k_params(&k, &x, &Array2::zeros((0, 3))).unwrap().dim(), (2, 0, 2));
    let mut out = Array3::from_elem((2, 2, 3), 7.0);
    let error = gram::k_params_into(&k, &x, &x, &mut out).unwrap_err();
    assert_eq!(error, KernelError::OutputShape { expected: vec![2, 2, 2], got: vec![2, 2, 3] });
    assert!(out.iter().all(|&entry| entry == 7.0));
    let error = gram::k_params(&k, &x, &Array2::zeros((2, 2))).unwrap_err();
    assert_eq!(error, KernelError::UnequalDimensions { x: 3, y: 2 });
}
