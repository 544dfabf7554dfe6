//! Every block at every level, in `f64` and `f32`, against the kernel's functions of one pair of points.

#[path = "common/forced.rs"]
mod forced;

use forced::{check, points};
use kernel_runtime::__private::{Lane, Shape};
use kernel_runtime::gram::{self, Blocked, Directional, Gram, Interleaved, Laplacian, Layout, Partials, Value};
use kernel_runtime::kernels::Rbf;
use kernel_runtime::{Differentiable, Kernel, Level, Real, Symmetric, Tower2, VectorPoints, kernel};
use ndarray::{Array, Array1, Array2, Axis, s};

/// Sums of the usual forms.
#[kernel(assume(gamma > 0))]
pub fn usual<T: Real>(x: &[T], y: &[T], gamma: T) -> T {
    (-gamma * sq_dist(x, y)).exp() * (dot(x, y) + T::of(2.0))
}

/// The usual with weights.
#[kernel(assume(lengthscale > 0))]
pub fn weighted<T: Real>(x: &[T], y: &[T], lengthscale: &[T]) -> T {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((*a - *b) / *l).powi(2)).sum::<T>();
    (-s).exp()
}

/// Sums and factors that are the kernel's own code, one with weights.
#[kernel(indefinite)]
pub fn waves<T: Real>(x: &[T], y: &[T], w: &[T]) -> T {
    let s = x.iter().zip(y).zip(w).map(|((a, b), w)| (*w * (*a - *b)).cos()).sum::<T>();
    let t = x.iter().zip(y).map(|(a, b)| (*a + *b).exp()).sum::<T>();
    s * (t + T::of(1.0)).ln()
}

/// Sums in sums: two passes.
#[kernel(indefinite, smooth = assume(1))]
pub fn centred<T: Real>(x: &[T], y: &[T], gamma: T) -> T {
    let (m, n) = (x.iter().sum::<T>(), y.iter().sum::<T>());
    (-gamma * x.iter().zip(y).map(|(a, b)| (*a - m - (*b - n)).powi(2)).sum::<T>()).exp()
}

/// Terms of every coordinate with every other: its second derivatives are not of low rank.
#[kernel(indefinite)]
pub fn all_with_all<T: Real>(x: &[T], y: &[T], gamma: T) -> T {
    let mut total = T::of(0.0);
    for a in x {
        for b in y {
            total += (-gamma * (*a - *b).powi(2)).exp();
        }
    }
    total
}

/// A product over coordinates: entries off the diagonal have weights of their own.
#[kernel(indefinite)]
pub fn product<T: Real>(x: &[T], y: &[T], gamma: T) -> T {
    x.iter().zip(y).map(|(a, b)| T::of(1.0) + gamma * *a * *b).product::<T>()
}

/// Of x alone: no factor by y.
#[kernel(asymmetric, indefinite)]
pub fn of_x<T: Real>(x: &[T], _y: &[T], gamma: T) -> T {
    (-gamma * sq_norm(x)).exp()
}

/// Of y alone: no factor by x.
#[kernel(asymmetric, indefinite)]
pub fn of_y<T: Real>(_x: &[T], y: &[T], gamma: T) -> T {
    (-gamma * sq_norm(y)).exp()
}

/// On a line.
#[kernel(assume(gamma > 0))]
pub fn on_line<T: Real>(x: T, y: T, gamma: T) -> T {
    (-gamma * (x - y).powi(2)).exp()
}

/// k, ∂k/∂x, ∂k/∂y and ∂²k/∂x∂yᵀ of one pair.
struct Pair<T> {
    value: T,
    grad: Vec<T>,
    grad_y: Vec<T>,
    hess_xy: Vec<T>,
}

impl<T: Real> Pair<T> {
    /// The derivative by x_a (if any) and y_b (if any).
    fn at(&self, a: Option<usize>, b: Option<usize>) -> T {
        match (a, b) {
            (None, None) => self.value,
            (Some(a), None) => self.grad[a],
            (None, Some(b)) => self.grad_y[b],
            (Some(a), Some(b)) => self.hess_xy[a * self.grad.len() + b],
        }
    }
}

/// The functions that `#[kernel]` emits beside the struct.
macro_rules! pair {
    ($T:ident: $kernel:ident($($parameter:expr),*)) => {
        |x: &[$T], y: &[$T]| {
            let zeros = |count| vec![<$T as Lane>::of(0.0); count];
            let [mut grad, mut grad_y, mut hess_xy] = [x.len(), x.len(), x.len() * x.len()].map(zeros);
            $kernel::grad(x, y, $($parameter,)* &mut grad);
            $kernel::grad_y(x, y, $($parameter,)* &mut grad_y);
            $kernel::hess_xy(x, y, $($parameter,)* &mut hess_xy);
            Pair { value: $kernel(x, y, $($parameter),*), grad, grad_y, hess_xy }
        }
    };
}

/// All blocks of a kernel, for n points x and m points y.
fn check_blocks<T, K>(kernel: &K, pair: impl Fn(&[T], &[T]) -> Pair<T>, [n, m, d]: [usize; 3])
where
    T: Real,
    K: Kernel<Scalar = T, Points = VectorPoints> + Differentiable + Symmetric,
{
    let x = points::<T>(n, d, 0.3);
    let expected = Array2::from_shape_fn((n, n), |(i, j)| pair(&x.row(i).to_vec(), &x.row(j).to_vec()).value);
    let name = |block| format!("{block} of {} with n, d = {n}, {d}", std::any::type_name::<K>());
    check(&expected, &name("symmetric"), |out| gram::k_ff_symmetric_into(kernel, &x, out).unwrap());
    check_any(kernel, pair, [n, m, d]);
}

/// All blocks of a kernel that need not be symmetric.
fn check_any<T, K>(kernel: &K, pair: impl Fn(&[T], &[T]) -> Pair<T>, [n, m, d]: [usize; 3])
where
    T: Real,
    K: Kernel<Scalar = T, Points = VectorPoints> + Differentiable,
{
    let (x, y) = (points::<T>(n, d, 0.3), points::<T>(m, d, 0.8));
    let of = |x: &Array2<T>, y: &Array2<T>, i, j| pair(&x.row(i).to_vec(), &y.row(j).to_vec());
    let pairs = Array2::from_shape_fn((n, m), |(i, j)| of(&x, &y, i, j));
    let name = |block| format!("{block} of {} with n, m, d = {n}, {m}, {d}", std::any::type_name::<K>());

    let expected = pairs.map(|pair| pair.value);
    check(&expected, &name("k_ff"), |out| gram::k_ff_into(kernel, &x, &y, out).unwrap());
    let expected = Array::from_shape_fn((n, m, d), |(i, j, a)| pairs[[i, j]].grad[a]);
    check(&expected, &name("k_gf"), |out| gram::k_gf_into(kernel, &x, &y, out).unwrap());
    let expected = Array::from_shape_fn((n, m, d), |(i, j, b)| pairs[[i, j]].grad_y[b]);
    check(&expected, &name("k_fg"), |out| gram::k_fg_into(kernel, &x, &y, out).unwrap());
    let expected = Array::from_shape_fn((n, m, d, d), |(i, j, a, b)| pairs[[i, j]].at(Some(a), Some(b)));
    check(&expected, &name("k_gg"), |out| gram::k_gg_into(kernel, &x, &y, out).unwrap());

    let expected = joint(&pairs, d, Blocked);
    check(&expected, &name("blocked"), |out| gram::joint_into(kernel, &x, &y, Blocked, out).unwrap());
    let expected = joint(&pairs, d, Interleaved);
    check(&expected, &name("interleaved"), |out| gram::joint_into(kernel, &x, &y, Interleaved, out).unwrap());

    let expected = Array1::from_shape_fn(n, |i| of(&x, &x, i, i).value);
    check(&expected, &name("diagonal"), |out| gram::diagonal_into(kernel, &x, out).unwrap());
}

fn joint<T: Real>(pairs: &Array2<Pair<T>>, d: usize, layout: impl Layout) -> Array2<T> {
    let (n, m) = pairs.dim();
    let mut joint = Array2::from_elem((n * (1 + d), m * (1 + d)), T::of(0.0));
    let parts = || [None].into_iter().chain((0..d).map(Some));
    for ((i, j), pair) in pairs.indexed_iter() {
        for a in parts() {
            for b in parts() {
                joint[[layout.index(n, d, i, a), layout.index(m, d, j, b)]] = pair.at(a, b);
            }
        }
    }
    joint
}

fn every_kernel<T: Real>([n, m, d]: [usize; 3]) {
    let half = T::of(0.5);
    let weights: Vec<T> = (0..d).map(|a| T::of(0.8 + 0.1 * a as f64)).collect();
    check_blocks(&Usual::with_scalar(half).unwrap(), pair!(T: usual(half)), [n, m, d]);
    check_blocks(&Weighted::with_scalar(weights.clone()).unwrap(), pair!(T: weighted(&weights)), [n, m, d]);
    check_blocks(&Waves::with_scalar(weights.clone()).unwrap(), pair!(T: waves(&weights)), [n, m, d]);
    check_blocks(&Centred::with_scalar(half).unwrap(), pair!(T: centred(half)), [n, m, d]);
    check_blocks(&AllWithAll::with_scalar(half).unwrap(), pair!(T: all_with_all(half)), [n, m, d]);
    check_blocks(&Product::with_scalar(half).unwrap(), pair!(T: product(half)), [n, m, d]);
    check_any(&OfX::with_scalar(half).unwrap(), pair!(T: of_x(half)), [n, m, d]);
    check_any(&OfY::with_scalar(half).unwrap(), pair!(T: of_y(half)), [n, m, d]);
}

/// The kernels above are what their comments say: no path of the engine is left out.
#[test]
fn every_path() {
    fn shape<K: Kernel>(_: &K) -> Shape {
        K::SHAPE
    }
    let [usual, weighted] = [shape(&Usual::new(0.5).unwrap()), shape(&Weighted::new(vec![0.5]).unwrap())];
    assert!(!usual.custom_sums && !usual.custom_factors && !weighted.custom_sums && !weighted.custom_factors);
    let waves = shape(&Waves::new(vec![0.5]).unwrap());
    assert!(waves.custom_sums && waves.custom_factors);
    assert_eq!(shape(&Centred::new(0.5).unwrap()).passes, 2);
    assert!(shape(&AllWithAll::new(0.5).unwrap()).dense > 0);
    assert!(shape(&Product::new(0.5).unwrap()).off_diagonal);
    assert_eq!([shape(&OfX::new(0.5).unwrap()).y, shape(&OfY::new(0.5).unwrap()).x], [0, 0]);
    assert_eq!([weighted.x, weighted.y, usual.y], [1, 1, 2]);
}

/// Miri takes a thousand times as long: here is its share, of points in a line and of others.
#[test]
fn few_points() {
    every_kernel::<f64>([1, 3, 2]);
    check_blocks(&Usual::with_scalar(0.5_f32).unwrap(), pair!(f32: usual(0.5)), [1, 3, 1]);
}

/// Registers have 2, 4, 8 or 16 numbers, tiles 8 or 16 points, and the engine takes 4 rows at a time.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_of_points_around_those_of_lanes() {
    for m in [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33] {
        let n = [1, 5, 4][m % 3];
        for d in [1, 2] {
            every_kernel::<f64>([n, m, d]);
            every_kernel::<f32>([n, m, d]);
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn every_dimension() {
    for d in [3, 4, 5, 6, 7, 8, 9, 16, 17, 64, 65] {
        every_kernel::<f64>([2, 3, d]);
        every_kernel::<f32>([3, 2, d]);
    }
}

/// Coefficients are made for 64 pairs at a time, rows for as many or fewer, sums for 512.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_of_points_around_those_of_tiles() {
    for m in [63, 64, 65, 127, 129, 511, 513] {
        every_kernel::<f64>([1, m, 1]);
        every_kernel::<f32>([1, m, 2]);
    }
    for (m, d) in [(31, 17), (65, 17), (40, 8), (129, 8), (50, 3)] {
        every_kernel::<f64>([1, m, d]);
        every_kernel::<f32>([2, m, d]);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_as_points() {
    let k = OnLine::with_scalar(0.5).unwrap();
    for m in [1, 7, 8, 9, 70] {
        let (x, y): (Array1<f64>, _) = (points(3, 1, 0.3).column(0).to_owned(), points(m, 1, 0.8).column(0).to_owned());
        let block = |of: fn(f64, f64, f64) -> f64| Array2::from_shape_fn((3, m), |(i, j)| of(x[i], y[j], 0.5));
        check(&block(on_line), "k_ff", |out| gram::k_ff_into(&k, &x, &y, out).unwrap());
        check(&block(on_line::grad), "k_gf", |out| gram::k_gf_into(&k, &x, &y, out).unwrap());
        check(&block(on_line::grad_y), "k_fg", |out| gram::k_fg_into(&k, &x, &y, out).unwrap());
        check(&block(on_line::hess_xy), "k_gg", |out| gram::k_gg_into(&k, &x, &y, out).unwrap());
    }
}

/// Derivatives are 0, of one sign or the other, where coordinates are the same.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn points_that_share_coordinates() {
    let k = Rbf::new(1.5, 0.5).unwrap();
    for d in 1..=9 {
        let x = points::<f64>(5, d, 0.3).mapv(f64::round);
        let expected = Level::Baseline.with(|| gram::k_gg(&k, &x, &x)).unwrap();
        check(&expected, "k_gg", |out| gram::k_gg_into(&k, &x, &x, out).unwrap());
        let expected = Level::Baseline.with(|| gram::joint(&k, &x, &x, Interleaved)).unwrap();
        check(&expected, "joint", |out| gram::joint_into(&k, &x, &x, Interleaved, out).unwrap());
    }
}

/// Outputs of more than 4 MiB go past the caches. Wherever their rows begin, what is written is that of one row alone.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn large_outputs() {
    fn check<T: Real>(n: usize, m: usize) {
        let (x, y, k) = (points::<T>(n, 3, 0.3), points::<T>(m, 3, 0.8), Usual::with_scalar(T::of(0.5)).unwrap());
        for level in Level::available() {
            level.with(|| {
                let mut room = Array2::from_elem((n, m + 3), T::of(7.0));
                let (mut out, beside) = room.view_mut().split_at(Axis(1), m);
                gram::k_ff_into(&k, &x, &y, &mut out).unwrap();
                assert!(beside.iter().all(|&entry| entry == T::of(7.0)), "{level:?}");
                let few = m / 9;
                let y_few = y.slice(s![..few, ..]);
                let k_gg = gram::k_gg(&k, &x, &y_few).unwrap();
                let joint = gram::joint(&k, &x, &y_few, Blocked).unwrap();
                for i in [0, 1, n / 2, n - 1] {
                    let x = x.slice(s![i..=i, ..]);
                    assert!(out.row(i) == gram::k_ff(&k, &x, &y).unwrap().row(0), "{level:?}, row {i}");
                    assert!(
                        k_gg.index_axis(Axis(0), i) == gram::k_gg(&k, &x, &y_few).unwrap().index_axis(Axis(0), 0),
                        "{level:?}, row {i}"
                    );
                    let alone = gram::joint(&k, &x, &y_few, Blocked).unwrap();
                    assert!(joint.row(i) == alone.row(0), "{level:?}, row {i}");
                    assert!(joint.row(n + 3 * i + 2) == alone.row(3), "{level:?}, row {i}");
                }
            });
        }
    }
    check::<f64>(301, 2003);
    check::<f32>(403, 3001);
}

/// The same of derivatives, where rows and blocks fill cache lines and where they do not.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn large_derivatives() {
    fn check<T: Real>(kernel: &impl Differentiable<Scalar = T, Points = VectorPoints>, n: usize, m: usize, d: usize) {
        let (x, y) = (points::<T>(n, d, 0.3), points::<T>(m, d, 0.8));
        for level in Level::available() {
            level.with(|| {
                let k_gg = gram::k_gg(kernel, &x, &y).unwrap();
                let k_gf = gram::k_gf(kernel, &x, &y).unwrap();
                let interleaved = gram::joint(kernel, &x, &y, Interleaved).unwrap();
                let blocked = gram::joint(kernel, &x, &y, Blocked).unwrap();
                for i in [0, 1, n / 2, n - 1] {
                    let (x, j) = (x.slice(s![i..=i, ..]), 1 + m / 2);
                    let y = y.slice(s![..=j, ..]);
                    let case = format!("{level:?}, d = {d}, row {i}");
                    let part = |whole: ndarray::ArrayView3<'_, T>| whole.slice(s![..=j, .., ..]).to_owned();
                    let alone = gram::k_gg(kernel, &x, &y).unwrap();
                    assert!(part(k_gg.index_axis(Axis(0), i)) == alone.index_axis(Axis(0), 0), "K_gg, {case}");
                    let alone = gram::k_gf(kernel, &x, &y).unwrap();
                    assert!(k_gf.slice(s![i, ..=j, ..]) == alone.index_axis(Axis(0), 0), "K_gf, {case}");
                    let alone = gram::joint(kernel, &x, &y, Interleaved).unwrap();
                    let rows = interleaved.slice(s![i * (1 + d)..(i + 1) * (1 + d), ..(j + 1) * (1 + d)]);
                    assert!(rows == alone, "interleaved, {case}");
                    let alone = gram::joint(kernel, &x, &y, Blocked).unwrap();
                    assert!(blocked.slice(s![i, ..=j]) == alone.slice(s![0, ..=j]), "values, {case}");
                    let rows = blocked.slice(s![n + i * d..n + (i + 1) * d, m..m + (j + 1) * d]);
                    assert!(rows == alone.slice(s![1.., j + 1..]), "blocked, {case}");
                }
            });
        }
    }
    for (n, m, d) in [(72, 112, 8), (67, 111, 8), (48, 64, 16), (125, 203, 3)] {
        check(&Weighted::new(vec![0.8; d]).unwrap(), n, m, d);
    }
    check(&Usual::new(0.5).unwrap(), 72, 112, 8);
    check(&Usual::new(0.5).unwrap(), 125, 203, 3);
    check(&Weighted::with_scalar(vec![0.8_f32; 8]).unwrap(), 144, 112, 8);
}

/// Sums of the usual forms, factors at single coordinates, and factors that are the kernel's own; a coefficient of each
/// pair.
#[test]
fn operators() {
    fn check_kernel<T: Real, K: Tower2<Scalar = T, Points = VectorPoints>>(k: &K, d: usize) {
        let (x, y) = (points(3, d, 0.1), points(11, d, 0.4));
        let direction: Vec<f64> = (0..d).map(|i| 0.3 - i as f64).collect();
        let (left, right) = ((Value, Laplacian), (Directional(&direction), Partials(&[0])));
        let gram = Gram::new(k, (left, &x), (right, &y)).unwrap();
        let expected = Level::Baseline.with(|| gram.dense()).unwrap();
        check(&expected, "operators", |out| gram.dense_into(out).unwrap());
    }
    for d in [1, 3] {
        check_kernel(&Rbf::new(1.3, 0.8).unwrap(), d);
        check_kernel(&Rbf::<f32>::with_scalar(1.3, 0.8).unwrap(), d);
        check_kernel(&Waves::<f64, _>::new(vec![0.7; d]).unwrap(), d);
    }
}
