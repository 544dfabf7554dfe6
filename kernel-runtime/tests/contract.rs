//! Gradients by parameters without the matrices, against those of dense blocks.

mod common;

use common::kernels::{Ard, Lopsided, Quadratic};
use kernel_runtime::__private::Lane;
use kernel_runtime::gram::{self, FirstOrder, Gradient, Gram, Observed, Partials, Value};
use kernel_runtime::kernels::*;
use kernel_runtime::{Differentiable, Kernel, KernelError, Level, VectorPoints, kernel};
use ndarray::{Array1, Array2, Array3, ArrayView2, Axis, ShapeBuilder, s};

/// Vectors and numbers in turn, sums that are the kernel's own code, and single coordinates and weights.
#[kernel(indefinite)]
fn mixed(x: &[f64], y: &[f64], a: &[f64], p: f64, b: &[f64], q: f64) -> f64 {
    let s = x.iter().zip(y).zip(a).map(|((x, y), a)| *a * (*x - *y).powi(2)).sum::<f64>();
    let t = x.iter().zip(y).zip(b).map(|((x, y), b)| (*b * *x).sin() * (*b * *y).sin()).sum::<f64>();
    (-p * s).exp() + (t + q) * x[0] * y[0] * b[0]
}

/// Sums in sums, with weights.
#[kernel(indefinite, smooth = assume(1))]
fn centred(x: &[f64], y: &[f64], w: &[f64], gamma: f64) -> f64 {
    let m = x.iter().zip(w).map(|(x, w)| *w * *x).sum::<f64>();
    let n = y.iter().zip(w).map(|(y, w)| *w * *y).sum::<f64>();
    (-gamma * x.iter().zip(y).map(|(a, b)| (*a - m - (*b - n)).powi(2)).sum::<f64>()).exp()
}

/// Entries off the diagonal have weights of their own.
#[kernel(indefinite)]
fn product(x: &[f64], y: &[f64], w: &[f64], gamma: f64) -> f64 {
    x.iter().zip(y).zip(w).map(|((a, b), w)| 1.0 + gamma * *w * *a * *b).product::<f64>()
}

/// Terms of every coordinate with every other, which differ with their order.
#[kernel(indefinite)]
fn all_with_all(x: &[f64], y: &[f64], w: &[f64], gamma: f64) -> f64 {
    let mut total = 0.0;
    for (a, v) in x.iter().zip(w) {
        for (b, w) in y.iter().zip(w) {
            total += *v * *w * (-gamma * (*a - *b).powi(2)).exp();
        }
    }
    total
}

/// The same, of two coordinates of each point.
#[kernel(asymmetric, indefinite)]
fn pairs_of_coordinates(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    let mut total = 0.0;
    for (a, (b, v)) in x.iter().zip(y.iter().zip(w)) {
        for (e, (f, w)) in x.iter().zip(y.iter().zip(w)) {
            total += (*v * *a * *f + *w * *w * *b).sin() * *e;
        }
    }
    total.exp()
}

/// Of x alone.
#[kernel(asymmetric, indefinite)]
fn of_x(x: &[f64], _y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(x)).exp()
}

/// Of y alone.
#[kernel(asymmetric, indefinite)]
fn of_y(_x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(y)).exp()
}

/// Of the angle, with a parameter inside.
#[kernel(indefinite, smooth = assume(1))]
fn angular(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * angle(x, y).powi(2)).exp() * (norm(x) * norm(y)).sqrt()
}

/// Between two numbers.
#[kernel(assume(gamma > 0))]
fn on_line(x: f64, y: f64, variance: f64, gamma: f64) -> f64 {
    variance * (-gamma * (x - y).powi(2)).exp()
}

/// Of a fixed number of coordinates.
#[kernel(assume(gamma > 0))]
fn in_plane(x: &[f64; 2], y: &[f64; 2], gamma: f64, w: &[f64; 2]) -> f64 {
    (-gamma * x.iter().zip(y).zip(w).map(|((a, b), w)| *w * (*a - *b).powi(2)).sum::<f64>()).exp()
}

/// Without parameters.
#[kernel]
fn plain(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y)
}

/// Numbers between -1 and 1 without a pattern.
fn numbers(n: usize, d: usize, seed: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| (seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
}

/// n points x and m points y, every other of which is among x.
fn points([n, m, d]: [usize; 3]) -> (Array2<f64>, Array2<f64>) {
    let (x, mut y) = (numbers(n, d, 0.1), numbers(m, d, 0.7));
    for j in (0..m).step_by(2) {
        y.row_mut(j).assign(&x.row(j % n));
    }
    (x, y)
}

/// The totals that entries with these derivatives, in a block each, have with weights w, in parts of what rounding
/// could make of them.
fn check(what: &str, derivatives: &[Array2<f64>], w: &ArrayView2<'_, f64>, scale: f64, got: &Array1<f64>, exact: f64) {
    assert_eq!(got.len(), derivatives.len(), "{what}");
    for (l, (derivative, got)) in derivatives.iter().zip(got).enumerate() {
        let expected = (derivative * w).sum();
        let bound = (derivative.mapv(|entry| entry.abs() + scale) * w.mapv(f64::abs)).sum();
        assert!((expected - got).abs() <= exact * bound, "{what}, {l}: {got} for {expected}, bound {bound}");
    }
}

/// Every way to ask for the totals, at every level.
fn check_gram<K, L, R>(gram: &Gram<'_, K, L, R>, what: &str, derivatives: &[Array2<f64>], scale: f64, exact: f64)
where
    K: Kernel<Scalar = f64>,
    L: Observed<K> + FirstOrder,
    R: Observed<K> + FirstOrder,
{
    let what = format!("{what} {}", std::any::type_name::<(L, R)>());
    let (rows, columns) = gram.shape();
    let (u, v) = (numbers(rows, 3, 0.9), numbers(columns, 3, 0.3));
    let one = |c: usize| u.slice(s![.., c..=c]).dot(&v.slice(s![.., c..=c]).t());
    let w = numbers(rows, columns, 1.3);
    // Neither rows nor columns lie together.
    let mut strided = Array2::from_elem((2 * columns, 3 * rows).f(), f64::NAN);
    strided.slice_mut(s![..;2, ..;3]).assign(&w.t());
    for level in Level::available() {
        level.with(|| {
            let what = format!("{what} {level:?}");
            let got = gram.contract_params(&u.column(1), &v.column(1)).unwrap();
            check(&what, derivatives, &one(1).view(), scale, &got, exact);
            let got = gram.contract_params(&u, &v).unwrap();
            check(&what, derivatives, &u.dot(&v.t()).view(), scale, &got, exact);
            let got = gram.contract_params_with(&w).unwrap();
            check(&what, derivatives, &w.view(), scale, &got, exact);
            assert_eq!(gram.contract_params_with(&strided.slice(s![..;2, ..;3]).t()).unwrap(), got, "{what}");
        });
    }
}

/// Derivatives of the dense matrix by differences of the fourth order.
fn check_sides<K, L, R>(
    make: &dyn Fn(&[f64]) -> K,
    theta: &[f64],
    sides: (L, R),
    x: &gram::PointsRef<K>,
    y: &gram::PointsRef<K>,
) where
    K: Kernel<Scalar = f64>,
    L: Observed<K> + FirstOrder,
    R: Observed<K> + FirstOrder,
{
    let step = 3e-4;
    let at = |l: usize, steps: f64| {
        let mut theta = theta.to_vec();
        theta[l] += steps * step;
        Gram::new(&make(&theta), (sides.0, x), (sides.1, y)).unwrap().dense().unwrap()
    };
    let derivatives: Vec<Array2<f64>> = (0..theta.len())
        .map(|l| ((at(l, 1.0) - at(l, -1.0)) * 8.0 - (at(l, 2.0) - at(l, -2.0))) / (12.0 * step))
        .collect();
    let k = make(theta);
    let gram = Gram::new(&k, (sides.0, x), (sides.1, y)).unwrap();
    let all = derivatives.iter().flatten().copied().chain(gram.dense().unwrap());
    let scale = all.fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    let what = format!("{} {:?}", std::any::type_name::<K>(), gram.shape());
    check_gram(&gram, &what, &derivatives, scale, 1e-9);
}

fn check_all_sides<K: Differentiable<Scalar = f64>>(
    make: &dyn Fn(&[f64]) -> K,
    theta: &[f64],
    x: &gram::PointsRef<K>,
    y: &gram::PointsRef<K>,
) {
    check_sides(make, theta, (Value, Value), x, y);
    check_sides(make, theta, (Value, Gradient), x, y);
    check_sides(make, theta, (Gradient, Value), x, y);
    check_sides(make, theta, (Gradient, Gradient), x, y);
    check_sides(make, theta, ((Value, Gradient), Gradient), x, y);
    check_sides(make, theta, (Gradient, (Value, Gradient)), x, y);
    check_sides(make, theta, ((Value, Gradient), Value), x, y);
    check_sides(make, theta, (Value, (Value, Gradient)), x, y);
    check_sides(make, theta, ((Value, Gradient), (Value, Gradient)), x, y);
}

fn check_kernel<K>(make: impl Fn(&[f64]) -> K, theta: &[f64], sizes: [usize; 3])
where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
{
    let (x, y) = points(sizes);
    check_all_sides(&make, theta, &x, &y);
}

/// Weights between 0.8 and 1.4.
fn weights(d: usize) -> Vec<f64> {
    Array1::linspace(0.8, 1.4, d).to_vec()
}

fn every_kind([n, m, d]: [usize; 3]) {
    let sizes = [n, m, d];
    let w = &weights(d)[..];
    let with = |numbers: &[f64]| [w, numbers].concat();
    check_kernel(|t| Matern52::new(t[0], t[1]).unwrap(), &[1.3, 0.9], sizes);
    check_kernel(|t| Matern32::new(t[0], t[1]).unwrap(), &[1.3, 0.9], sizes);
    check_kernel(|t| ArdRbf::new(t[0], t[1..].to_vec()).unwrap(), &[&[1.3], w].concat(), sizes);
    check_kernel(|t| NnArcsine::new(t[0], t[1], t[2]).unwrap(), &[1.3, 0.3, 0.9], sizes);
    let theta = [w, &[0.7], w, &[1.2]].concat();
    check_kernel(
        |t| Mixed::new(t[..d].to_vec(), t[d], t[d + 1..=2 * d].to_vec(), t[2 * d + 1]).unwrap(),
        &theta,
        sizes,
    );
    check_kernel(|t| Centred::new(t[..d].to_vec(), t[d]).unwrap(), &with(&[0.5]), sizes);
    check_kernel(|t| Product::new(t[..d].to_vec(), t[d]).unwrap(), &with(&[0.3]), sizes);
    check_kernel(|t| AllWithAll::new(t[..d].to_vec(), t[d]).unwrap(), &with(&[0.3]), sizes);
    let small: Vec<f64> = w.iter().map(|w| w / (d * d) as f64).collect();
    check_kernel(|t| PairsOfCoordinates::new(t.to_vec()).unwrap(), &small, sizes);
    check_kernel(|t| OfX::new(t[0]).unwrap(), &[0.3], sizes);
    check_kernel(|t| OfY::new(t[0]).unwrap(), &[0.3], sizes);
    // A number, a sum, two products.
    let sum = |t: &[f64]| {
        let product = Plain::new().unwrap() * Rbf::new(t[3], t[4]).unwrap() * NnArcsine::new(t[5], t[6], t[7]).unwrap();
        t[0] * (Matern52::new(t[1], t[2]).unwrap() + product)
    };
    check_kernel(sum, &[0.5, 1.3, 0.9, 0.4, 2.0, 1.1, 0.3, 0.9], sizes);
    let product = |t: &[f64]| {
        let matern = t[d + 1] * Matern32::new(t[d + 2], t[d + 3]).unwrap();
        ArdRbf::new(t[0], t[1..=d].to_vec()).unwrap() * matern
    };
    check_kernel(product, &[&[1.3], w, &[0.7, 1.1, 0.9]].concat(), sizes);
}

#[test]
fn few_points() {
    for sizes in [[1, 1, 1], [3, 7, 1], [5, 9, 2]] {
        every_kind(sizes);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn numbers_around_those_of_tiles() {
    for sizes in [[4, 8, 3], [2, 17, 2], [2, 3, 9]] {
        every_kind(sizes);
    }
    for sizes in [[1, 65, 2], [2, 513, 1], [9, 5, 3]] {
        let w = &weights(sizes[2])[..];
        check_kernel(|t| ArdRbf::new(t[0], t[1..].to_vec()).unwrap(), &[&[1.3], w].concat(), sizes);
        let d = sizes[2];
        check_kernel(|t| Centred::new(t[..d].to_vec(), t[d]).unwrap(), &[w, &[0.5]].concat(), sizes);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn stock_kernels() {
    for d in [1, 3] {
        let (sizes, l) = ([5, 9, d], &weights(d)[..]);
        let (one, two) = ([&[1.3], l].concat(), [&[1.3], l, &[1.3, 0.8, 2.1][..d]].concat());
        let halves = |t: &[f64]| [t[1..=d].to_vec(), t[d + 1..].to_vec()];
        check_kernel(|t| Constant::new(t[0]).unwrap(), &[1.3], sizes);
        check_kernel(|t| Matern72::new(t[0], t[1]).unwrap(), &[1.3, 0.7], sizes);
        check_kernel(|t| Matern92::new(t[0], t[1]).unwrap(), &[1.3, 0.7], sizes);
        check_kernel(|t| ArdMatern32::new(t[0], t[1..].to_vec()).unwrap(), &one, sizes);
        check_kernel(|t| ArdMatern52::new(t[0], t[1..].to_vec()).unwrap(), &one, sizes);
        check_kernel(|t| ArdMatern72::new(t[0], t[1..].to_vec()).unwrap(), &one, sizes);
        check_kernel(|t| ArdMatern92::new(t[0], t[1..].to_vec()).unwrap(), &one, sizes);
        check_kernel(|t| ArcCosine2::new(t[0]).unwrap(), &[1.3], sizes);
        check_kernel(|t| Linear::new(t[0], t[1]).unwrap(), &[1.3, 0.2], sizes);
        check_kernel(|t| Polynomial3::new(t[0], t[1]).unwrap(), &[1.3, 0.2], sizes);
        check_kernel(|t| RationalQuadratic::new(t[0], t[1], t[2]).unwrap(), &[1.3, 0.8, 0.7], sizes);
        check_kernel(|t| InverseMultiquadric::new(t[0], t[1]).unwrap(), &[1.3, 0.7], sizes);
        check_kernel(|t| Periodic::new(t[0], t[1], t[2]).unwrap(), &[1.3, 0.9, 0.7], sizes);
        check_kernel(|t| Cosine::new(t[0], t[1..].to_vec()).unwrap(), &one, sizes);
        let make = |t: &[f64]| {
            let [a, b] = halves(t);
            SpectralMixture::new(t[0], a, b).unwrap()
        };
        check_kernel(make, &two, sizes);
        let make = |t: &[f64]| {
            let [a, b] = halves(t);
            SpectralProduct::new(t[0], a, b).unwrap()
        };
        check_kernel(make, &two, sizes);
        let make = |t: &[f64]| {
            let [a, b] = halves(t);
            Gibbs::new(t[0], a, b).unwrap()
        };
        check_kernel(make, &two, sizes);
        let make = |t: &[f64]| {
            let [a, b] = halves(t);
            ArdPeriodic::new(t[0], a, b).unwrap()
        };
        check_kernel(make, &two, sizes);
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn other_kinds_of_points() {
    let (x, y) = points([4, 9, 2]);
    check_all_sides(&|t| InPlane::new(t[0], [t[1], t[2]]).unwrap(), &[0.5, 0.4, 0.9], &x, &y);
    check_all_sides(&|t| WendlandC2::<2>::new(t[0], t[1]).unwrap(), &[1.3, 2.5], &x, &y);
    check_all_sides(&|t| Angular::new(t[0]).unwrap(), &[0.5], &x, &y);
    let (x, y) = points([4, 9, 1]);
    let (x, y) = (x.column(0), y.column(0));
    check_all_sides(&|t| OnLine::new(t[0], t[1]).unwrap(), &[1.3, 0.5], &x, &y);
}

/// Some of them, in any order, one twice, none.
#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn partial_derivatives() {
    let (x, y) = points([5, 9, 3]);
    let make = |t: &[f64]| ArdMatern52::new(t[0], t[1..].to_vec()).unwrap();
    let theta = [1.3, 0.8, 1.1, 1.4];
    check_sides(&make, &theta, (Partials(&[2, 0]), (Value, Partials(&[1, 2, 1]))), &x, &y);
    check_sides(&make, &theta, ((Value, Partials(&[0])), Value), &x, &y);
    check_sides(&make, &theta, (Value, Partials(&[2])), &x, &y);
    check_sides(&make, &theta, (Gradient, (Value, Partials(&[]))), &x, &y);
    check_sides(&make, &theta, (Partials(&[]), Gradient), &x, &y);
}

/// Values and second derivatives as the functions of one pair of points give them.
fn check_exactly<K>(k: &K, sizes: [usize; 3], p: usize, second: impl Fn(&[f64], &[f64], &mut [f64]))
where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
{
    let ((x, y), [n, m, d]) = (points(sizes), sizes);
    let name = std::any::type_name::<K>();
    let k_params = gram::k_params(k, &x, &y).unwrap();
    let values: Vec<Array2<f64>> = k_params.axis_iter(Axis(2)).map(|block| block.to_owned()).collect();
    check_gram(&Gram::new(k, (Value, &x), (Value, &y)).unwrap(), name, &values, 1.0, 1e-14);
    let mut blocks = vec![Array2::from_elem((n * d, m * d), f64::NAN); p];
    let mut pair = Array3::zeros((p, d, d));
    for i in 0..n {
        for j in 0..m {
            second(&x.row(i).to_vec(), &y.row(j).to_vec(), pair.as_slice_mut().unwrap());
            for (block, pair) in blocks.iter_mut().zip(pair.outer_iter()) {
                block.slice_mut(s![i * d..(i + 1) * d, j * d..(j + 1) * d]).assign(&pair);
            }
        }
    }
    check_gram(&Gram::new(k, (Gradient, &x), (Gradient, &y)).unwrap(), name, &blocks, 1.0, 1e-14);
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn as_exact_as_one_pair() {
    for d in [1, 2, 5] {
        let (sizes, w) = ([5, 17, d], &weights(d)[..]);
        check_exactly(&Rbf::new(1.3, 0.9).unwrap(), sizes, 2, |x, y, out| rbf::hess_xy_params(x, y, 1.3, 0.9, out));
        let k = Matern32::new(1.3, 0.9).unwrap();
        check_exactly(&k, sizes, 2, |x, y, out| matern32::hess_xy_params(x, y, 1.3, 0.9, out));
        let k = Matern52::new(1.3, 0.9).unwrap();
        check_exactly(&k, sizes, 2, |x, y, out| matern52::hess_xy_params(x, y, 1.3, 0.9, out));
        let k = ArdRbf::new(1.3, w).unwrap();
        check_exactly(&k, sizes, 1 + d, |x, y, out| ard_rbf::hess_xy_params(x, y, 1.3, w, out));
        let k = ArdMatern32::new(1.3, w).unwrap();
        check_exactly(&k, sizes, 1 + d, |x, y, out| ard_matern32::hess_xy_params(x, y, 1.3, w, out));
        let k = Centred::new(w, 0.5).unwrap();
        check_exactly(&k, sizes, d + 1, |x, y, out| centred::hess_xy_params(x, y, w, 0.5, out));
        let k = Product::new(w, 0.3).unwrap();
        check_exactly(&k, sizes, d + 1, |x, y, out| product::hess_xy_params(x, y, w, 0.3, out));
        let k = AllWithAll::new(w, 0.3).unwrap();
        check_exactly(&k, sizes, d + 1, |x, y, out| all_with_all::hess_xy_params(x, y, w, 0.3, out));
        let k = Mixed::new(w, 0.7, w, 1.2).unwrap();
        check_exactly(&k, sizes, 2 * d + 2, |x, y, out| mixed::hess_xy_params(x, y, w, 0.7, w, 1.2, out));
    }
}

/// ∂(c k)/∂c = k, of kernels whose stages are written by hand.
#[test]
fn factor_of_other_kernels() {
    fn check_factor<K: Differentiable<Scalar = f64, Points = VectorPoints>>(k: K) {
        let (x, y) = points([5, 9, 2]);
        let block = gram::joint(&k, &x, &y, gram::Interleaved).unwrap();
        let k = kernel_runtime::Scaled::new(1.7, k).unwrap();
        let gram = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &y)).unwrap();
        check_gram(&gram, std::any::type_name::<K>(), &[block], 1.0, 1e-14);
    }
    check_factor(Ard(vec![0.7, 1.1]));
    check_factor(Quadratic(0.4));
    check_factor(Lopsided);
    check_factor(Plain::new().unwrap());
}

/// Where coordinates are far apart in size, and where points nearly are the same.
#[test]
fn nearly_the_same_points() {
    for distance in [1e-3, 1e-9, 1e-160, 1e-300] {
        let x = Array2::from_elem((2, 2), 0.0);
        let y = Array2::from_shape_fn((3, 2), |(j, a)| distance * [[1.0, 0.0], [0.6, 0.8], [-0.3, 0.0]][j][a]);
        let second = |k: &Matern32| {
            let gram = Gram::new(k, (Gradient, &x), (Gradient, &y)).unwrap();
            let (u, v) = (numbers(4, 1, 0.9).column(0).to_owned(), numbers(6, 1, 0.3).column(0).to_owned());
            let mut expected = [0.0; 2];
            for i in 0..2 {
                for j in 0..3 {
                    let mut out = [0.0; 8];
                    matern32::hess_xy_params(&[0.0; 2], &y.row(j).to_vec(), 1.3, 0.9, &mut out);
                    for (e, out) in out.iter().enumerate() {
                        expected[e / 4] += u[2 * i + e % 4 / 2] * v[2 * j + e % 2] * out;
                    }
                }
            }
            (gram.contract_params(&u, &v).unwrap(), expected)
        };
        let (got, expected) = second(&Matern32::new(1.3, 0.9).unwrap());
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() <= 1e-13 * expected.abs(), "{distance}: {got}, expected {expected}");
        }
    }
}

#[test]
#[cfg_attr(miri, ignore = "takes minutes")]
fn in_single_precision() {
    let (x, y) = points([9, 37, 3]);
    let (u, v, w) = (numbers(36, 2, 0.9), numbers(148, 2, 0.3), numbers(36, 148, 1.3));
    let single = |array: &Array2<f64>| array.mapv(<f32 as Lane>::of);
    let l = weights(3);
    let k = ArdMatern52::new(1.3, l.clone()).unwrap();
    let in_f64 = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &y)).unwrap();
    let expected = [in_f64.contract_params(&u, &v).unwrap(), in_f64.contract_params_with(&w).unwrap()];
    let k = ArdMatern52::with_scalar(1.3_f32, l.iter().map(|&l| <f32 as Lane>::of(l)).collect::<Vec<_>>()).unwrap();
    let (x, y) = (single(&x), single(&y));
    let in_f32 = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &y)).unwrap();
    for level in Level::available() {
        let got = level.with(|| {
            [
                in_f32.contract_params(&single(&u), &single(&v)).unwrap(),
                in_f32.contract_params_with(&single(&w)).unwrap(),
            ]
        });
        for (got, expected) in got.iter().flatten().zip(expected.iter().flatten()) {
            assert!((f64::from(*got) - expected).abs() < 3e-4, "{level:?}: {got}, expected {expected}");
        }
    }
}

/// Many tasks, and what is added up is added in the same order.
#[test]
#[cfg(feature = "parallel")]
#[cfg_attr(miri, ignore = "takes minutes")]
fn threads_do_not_matter() {
    let (x, y) = (numbers(301, 3, 0.1), numbers(601, 3, 0.7));
    let k = ArdRbf::new(1.3, weights(3)).unwrap();
    let gram = Gram::new(&k, (Gradient, &x), ((Value, Gradient), &y)).unwrap();
    let (u, v) = (numbers(903, 4, 0.9), numbers(2404, 4, 0.3));
    let w = u.dot(&v.t());
    let all = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| [gram.contract_params(&u, &v).unwrap(), gram.contract_params_with(&w).unwrap()])
    };
    let [by_vectors, by_weights] = all(1);
    assert_eq!(all(2), [by_vectors.clone(), by_weights.clone()]);
    assert_eq!(all(5), [by_vectors.clone(), by_weights.clone()]);
    for (a, b) in by_vectors.iter().zip(&by_weights) {
        assert!((a - b).abs() < 1e-11 * w.iter().map(|w| w.abs()).sum::<f64>(), "{a} and {b}");
    }
}

#[test]
fn no_points_no_numbers() {
    let k = Rbf::new(1.0, 0.8).unwrap();
    let (none, some, zeros) = (Array2::zeros((0, 2)), numbers(3, 2, 0.1), Array1::<f64>::zeros(2));
    let gram = Gram::new(&k, (Gradient, &some), (Value, &none)).unwrap();
    assert_eq!(gram.contract_params(&Array1::zeros(6), &Array1::zeros(0)).unwrap(), zeros);
    assert_eq!(gram.contract_params_with(&Array2::zeros((6, 0))).unwrap(), zeros);
    let gram = Gram::new(&k, (Value, &none), (Gradient, &some)).unwrap();
    assert_eq!(gram.contract_params(&Array1::zeros(0), &Array1::zeros(6)).unwrap(), zeros);
    assert_eq!(gram.contract_params_with(&Array2::zeros((0, 6))).unwrap(), zeros);
    for columns in [0, 1] {
        let gram = Gram::new(&k, (Value, &some), (Value, &some)).unwrap();
        assert_eq!(gram.contract_params(&Array2::zeros((3, columns)), &Array2::zeros((3, columns))).unwrap(), zeros);
        let gram = Gram::new(&k, (Gradient, &some), (Value, &some)).unwrap();
        assert_eq!(gram.contract_params(&Array2::zeros((6, columns)), &Array2::zeros((3, columns))).unwrap(), zeros);
    }
    let k = Plain::new().unwrap();
    let gram = Gram::new(&k, (Gradient, &some), (Value, &some)).unwrap();
    assert_eq!(gram.contract_params(&Array1::ones(6), &Array1::ones(3)).unwrap(), Array1::<f64>::zeros(0));
}

#[test]
fn wrong_shapes_are_refused() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1));
    let gram = Gram::new(&k, (Gradient, &x), (Value, &x)).unwrap();
    let error = gram.contract_params(&Array1::zeros(3), &Array1::zeros(3)).unwrap_err();
    assert_eq!(error, KernelError::LeftOperand { expected: 6, got: 3 });
    assert_eq!(
        error.to_string(),
        "`u` has 3 rows, but the matrix has 6: pass a vector of length 6, or a matrix of so many rows"
    );
    let error = gram.contract_params(&Array1::zeros(6), &Array1::zeros(6)).unwrap_err();
    assert_eq!(error, KernelError::Operand { expected: 3, got: 6 });
    let error = gram.contract_params(&Array2::zeros((6, 2)), &Array2::zeros((3, 1))).unwrap_err();
    assert_eq!(error, KernelError::UnequalColumns { u: 2, v: 1 });
    assert!(error.to_string().starts_with("`u` has 2 columns and `v` has 1"));
    let error = gram.contract_params_with(&Array2::zeros((3, 6))).unwrap_err();
    assert_eq!(error, KernelError::Weights { expected: (6, 3), got: (3, 6) });
    assert_eq!(
        error.to_string(),
        "`w` has shape (3, 6), but the matrix has shape (6, 3): pass one number for each of its entries"
    );
}
