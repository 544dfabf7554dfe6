//! Warped kernels against closed forms, and against kernels with the map in their expression.

use kernel_runtime::gram::{
    self, Blocked, Coordinatewise, Gradient, Gram, Interleaved, OwnBlock, Partials, PulledBack, Value, Warp, Warped,
    WarpedGram,
};
use kernel_runtime::kernels::{ArdRbf, Matern52, Rbf};
use kernel_runtime::solve::{
    BlockDiagonal, CovarianceMatrix, PivotedCholesky, Preconditioner, Solve, SolveError, SymmetricMatrix,
};
use kernel_runtime::{Differentiable, KernelError, VectorPoints, kernel};
use ndarray::{Array1, Array2, ArrayRef2, ArrayView1, Axis, array, concatenate, s};

mod elimination;
mod kinds;
mod maps;
use kinds::numbers;
use maps::{Counted, Curved, Linear, logarithms, positive};

#[track_caller]
fn near<D: ndarray::Dimension>(got: &ndarray::Array<f64, D>, expected: &ndarray::Array<f64, D>, tolerance: f64) {
    assert_eq!(got.shape(), expected.shape());
    let scale = expected.iter().fold(1.0, |scale: f64, entry| scale.max(entry.abs()));
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= tolerance * scale, "{got} for {expected}, of {scale}");
    }
}

/// Covariances of value and gradient at x and y for exp(-‖A(x - y)‖²/2), on paper: with M = AᵀA and r = x - y, k, -k M
/// r, k M r and k (M - M r rᵀ M).
fn mahalanobis(a: &Array2<f64>, x: &ArrayView1<'_, f64>, y: &ArrayView1<'_, f64>) -> Array2<f64> {
    let (m, r) = (a.t().dot(a), x - y);
    let (at, k) = (m.dot(&r), (-0.5 * r.dot(&m.dot(&r))).exp());
    let d = r.len();
    Array2::from_shape_fn((1 + d, 1 + d), |(i, j)| match (i, j) {
        (0, 0) => k,
        (i, 0) => -k * at[i - 1],
        (0, j) => k * at[j - 1],
        (i, j) => k * (m[[i - 1, j - 1]] - at[i - 1] * at[j - 1]),
    })
}

#[test]
fn linear_maps_of_an_rbf_are_mahalanobis_distances() {
    for [q, d] in [[1, 3], [3, 3], [5, 2], [11, 9], [2, 1]] {
        let a = numbers(q, d, 0.9);
        let x = numbers(5, d, 0.1);
        // The last ones are points x.
        let y = concatenate![Axis(0), numbers(3, d, 0.7), x.slice(s![..4, ..])];
        let k = Warped::new(Rbf::new(1.0, 1.0).unwrap(), Linear(a.clone()));
        let [ff, gf] = [k.k_ff(&x, &y).unwrap().insert_axis(Axis(2)), k.k_gf(&x, &y).unwrap()];
        let (fg, gg) = (k.k_fg(&x, &y).unwrap(), k.k_gg(&x, &y).unwrap());
        let joint = k.joint(&x, &y, Interleaved).unwrap();
        for ((i, x), (j, y)) in
            x.rows().into_iter().enumerate().flat_map(|x| y.rows().into_iter().enumerate().map(move |y| (x, y)))
        {
            let expected = mahalanobis(&a, &x, &y);
            let block = joint.slice(s![i * (1 + d)..(i + 1) * (1 + d), j * (1 + d)..(j + 1) * (1 + d)]);
            near(&block.to_owned(), &expected, 1e-14);
            near(&ff.slice(s![i, j, ..]).to_owned(), &array![expected[[0, 0]]], 1e-14);
            near(&gf.slice(s![i, j, ..]).to_owned(), &expected.slice(s![1.., 0]).to_owned(), 1e-14);
            near(&fg.slice(s![i, j, ..]).to_owned(), &expected.slice(s![0, 1..]).to_owned(), 1e-14);
            near(&gg.slice(s![i, j, .., ..]).to_owned(), &expected.slice(s![1.., 1..]).to_owned(), 1e-14);
        }
        let blocked = k.joint(&x, &y, Blocked).unwrap();
        assert_eq!(blocked.slice(s![..5, ..7]), k.k_ff(&x, &y).unwrap());
        for ([i, j, a, b], &entry) in gg.indexed_iter().map(|((i, j, a, b), entry)| ([i, j, a, b], entry)) {
            assert_eq!(blocked[[5 + i * d + a, 7 + j * d + b]], entry);
        }
        assert_eq!(k.diagonal(&x).unwrap(), Array1::ones(5));
    }
}

/// The distance of logarithms.
#[kernel(assume(lengthscale > 0, x > 0), psd = assume, smooth = assume(1))]
fn of_logarithms(x: &[f64], y: &[f64], variance: f64, lengthscale: f64) -> f64 {
    let s = x.iter().zip(y).map(|(a, b)| (a.ln() - b.ln()).powi(2)).sum::<f64>();
    let q = (5.0 * s).sqrt() / lengthscale;
    variance * (1.0 + q + q * q / 3.0) * (-q).exp()
}

/// Its own function of each coordinate, beside a lengthscale for each.
#[kernel(assume(variance > 0, lengthscale > 0))]
fn of_exponentials(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a.exp() - b.exp()) / l).powi(2)).sum::<f64>();
    variance * (-0.5 * s).exp()
}

/// [`Curved`]
#[kernel(assume(variance > 0, lengthscale > 0), psd = assume, smooth = assume(1))]
fn of_curves(x: &[f64; 2], y: &[f64; 2], variance: f64, lengthscale: f64) -> f64 {
    let s = ((x[0] * x[1]).sin() - (y[0] * y[1]).sin()).powi(2)
        + (x[0].exp() - y[0].exp()).powi(2)
        + (x[0] - x[1] * x[1] - y[0] + y[1] * y[1]).powi(2);
    variance * (-0.5 * s / (lengthscale * lengthscale)).exp()
}

fn exponentials() -> Coordinatewise<impl Fn(usize, f64) -> (f64, f64) + Sync> {
    Coordinatewise(|_, x: f64| (x.exp(), x.exp()))
}

/// Everything that a matrix has, against that of the kernel with the map in its expression.
fn check_sides<K, W, D, L, R>(
    (warped, direct): (&Warped<K, W>, &D),
    (left, right): (L, R),
    [x, y]: [&Array2<f64>; 2],
    columns: usize,
) where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
    W: Warp<f64>,
    D: Differentiable<Scalar = f64, Points = VectorPoints>,
    L: PulledBack<K> + PulledBack<D>,
    R: PulledBack<K> + PulledBack<D>,
{
    let gram = WarpedGram::new(warped, (left, x), (right, y)).unwrap();
    let expected = Gram::new(direct, (left, x), (right, y)).unwrap();
    let all = expected.dense().unwrap();
    assert_eq!(gram.shape(), all.dim());
    let (rows, width) = all.dim();
    near(&gram.dense().unwrap(), &all, 1e-13);
    near(&gram.rows(rows / 3..rows).unwrap(), &all.slice(s![rows / 3.., ..]).to_owned(), 1e-13);
    near(&gram.column(width - 1).unwrap(), &all.column(width - 1).to_owned(), 1e-13);

    let (u, v) = (numbers(rows, columns, 0.2), numbers(width, columns, 0.3));
    near(&gram.dot(&v).unwrap(), &all.dot(&v), 1e-12);
    // Not one number behind the other, neither before nor after.
    let mut out = Array2::from_elem((rows, 3), f64::NAN);
    gram.dot_into(&v.slice(s![..;-1, 0]), &mut out.column_mut(1)).unwrap();
    near(&out.column(1).to_owned(), &all.dot(&v.slice(s![..;-1, 0])), 1e-12);

    near(&gram.contract_params(&u, &v).unwrap(), &expected.contract_params(&u, &v).unwrap(), 1e-12);
    let w = numbers(rows, width, 0.4);
    near(&gram.contract_params_with(&w).unwrap(), &expected.contract_params_with(&w).unwrap(), 1e-12);
    let n = x.nrows().min(y.nrows());
    let [x, y] = [x, y].map(|points| points.slice(s![..n, ..]));
    let (gram, expected) = (
        WarpedGram::new(warped, (left, &x), (right, &y)).unwrap().diagonal(),
        Gram::new(direct, (left, &x), (right, &y)).unwrap().diagonal(),
    );
    match (gram, expected) {
        (Ok(gram), Ok(expected)) => near(&gram, &expected, 1e-13),
        (gram, expected) => assert_eq!(gram, expected),
    }
}

fn check<K, W, D>(warped: &Warped<K, W>, direct: &D, [x, y]: [&Array2<f64>; 2], columns: usize)
where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
    W: Warp<f64>,
    D: Differentiable<Scalar = f64, Points = VectorPoints>,
{
    let both = (Value, Gradient);
    let (last, some) = ([x.ncols() - 1], [x.ncols() - 1, 0, x.ncols() - 1]);
    macro_rules! check {
        ($($left:expr, $right:expr;)*) => {$(
            check_sides((warped, direct), ($left, $right), [x, y], columns);
        )*};
    }
    check! {
        Value, Value;
        Value, Gradient;
        Gradient, Value;
        Gradient, Gradient;
        both, Gradient;
        both, both;
        Value, both;
        Partials(&last), Partials(&last);
        Partials(&some), Gradient;
        (Value, Partials(&some)), (Value, Partials(&some));
        both, (Value, Partials(&last));
    }
    check_sides((warped, direct), (both, both), [x, x], columns);
}

#[test]
fn maps_are_as_if_written_in_the_kernel() {
    for [n, m, d] in [[4, 7, 3], [5, 2, 1], [1, 1, 9]] {
        let x = positive(n, d, 0.1);
        let y = concatenate![Axis(0), positive(m, d, 0.7), x.slice(s![..1, ..])];
        let warped = Warped::new(Matern52::new(1.3, 0.9).unwrap(), logarithms());
        check(&warped, &OfLogarithms::new(1.3, 0.9).unwrap(), [&x, &y], 3);
        let lengthscale = Array1::linspace(0.8, 1.4, d).to_vec();
        let warped = Warped::new(ArdRbf::new(1.3, lengthscale.clone()).unwrap(), exponentials());
        check(&warped, &OfExponentials::new(1.3, lengthscale).unwrap(), [&x, &y], 2);
    }
    let x = numbers(6, 2, 0.1);
    let y = concatenate![Axis(0), numbers(9, 2, 0.7), x.slice(s![2..4, ..])];
    let warped = Warped::new(Rbf::new(1.3, 0.9).unwrap(), Curved);
    check(&warped, &OfCurves::new(1.3, 0.9).unwrap(), [&x, &y], 2);
}

/// Several tasks, and entries in several parts.
#[test]
fn many_points() {
    let (x, y) = (numbers(260, 2, 0.1), numbers(290, 2, 0.7));
    let (warped, direct) = (Warped::new(Rbf::new(1.3, 0.9).unwrap(), Curved), OfCurves::new(1.3, 0.9).unwrap());
    let both = (Value, Gradient);
    let gram = WarpedGram::new(&warped, (both, &x), (both, &y)).unwrap();
    let expected = Gram::new(&direct, (both, &x), (both, &y)).unwrap();
    let all = expected.dense().unwrap();
    near(&gram.dense().unwrap(), &all, 1e-13);
    let v = numbers(3 * 290, 30, 0.3);
    near(&gram.dot(&v).unwrap(), &all.dot(&v), 1e-12);
    let w = numbers(3 * 260, 3 * 290, 0.4);
    near(&gram.contract_params_with(&w).unwrap(), &expected.contract_params_with(&w).unwrap(), 1e-12);
}

/// Views of any strides, and points that are numbers.
#[test]
fn points_of_all_kinds() {
    #[kernel(assume(gamma > 0))]
    fn on_line(x: f64, y: f64, gamma: f64) -> f64 {
        (-gamma * (x - y).powi(2)).exp()
    }
    #[kernel(assume(gamma > 0, x > 0), smooth = assume(1))]
    fn on_half_line(x: f64, y: f64, gamma: f64) -> f64 {
        (-gamma * (x.ln() - y.ln()).powi(2)).exp()
    }
    let (x, y) = (positive(5, 1, 0.1).column(0).to_owned(), positive(3, 1, 0.7).column(0).to_owned());
    let (k, direct) = (Warped::new(OnLine::new(0.4).unwrap(), logarithms()), OnHalfLine::new(0.4).unwrap());
    near(&k.k_ff(&x, &y).unwrap(), &gram::k_ff(&direct, &x, &y).unwrap(), 1e-14);
    near(&k.k_gf(&x, &y).unwrap(), &gram::k_gf(&direct, &x, &y).unwrap(), 1e-14);
    near(&k.k_fg(&x, &y).unwrap(), &gram::k_fg(&direct, &x, &y).unwrap(), 1e-14);
    near(&k.k_gg(&x, &y).unwrap(), &gram::k_gg(&direct, &x, &y).unwrap(), 1e-14);
    near(&k.joint(&x, &y, Blocked).unwrap(), &gram::joint(&direct, &x, &y, Blocked).unwrap(), 1e-14);

    let k = Warped::new(Rbf::new(1.0, 1.0).unwrap(), Curved);
    let x = numbers(2, 12, 0.1);
    let columns = x.t().slice(s![..;-3, ..]).to_owned();
    assert_eq!(k.k_gg(&x.t().slice(s![..;-3, ..]), &x.t()).unwrap(), k.k_gg(&columns, &x.t().to_owned()).unwrap());
}

#[test]
#[expect(clippy::cast_possible_truncation, reason = "single precision is what is tested")]
fn single_precision() {
    let (a, x, y) = (numbers(3, 2, 0.9), numbers(6, 2, 0.1), numbers(4, 2, 0.7));
    let [a32, x32, y32] = [&a, &x, &y].map(|all| all.mapv(|number| number as f32));
    let double = Warped::new(Matern52::new(1.3, 0.9).unwrap(), Linear(a));
    let single = Warped::new(Matern52::with_scalar(1.3_f32, 0.9).unwrap(), Linear(a32));
    let both = (Value, Gradient);
    let double = WarpedGram::new(&double, (both, &x), (both, &y)).unwrap();
    let single = WarpedGram::new(&single, (both, &x32), (both, &y32)).unwrap();
    near(&single.dense().unwrap().mapv(f64::from), &double.dense().unwrap(), 1e-6);
    let v = numbers(12, 2, 0.3);
    let product = single.dot(&v.mapv(|number| number as f32)).unwrap();
    near(&product.mapv(f64::from), &double.dot(&v).unwrap(), 1e-6);
}

#[test]
fn sums_are_taken_behind_the_map() {
    let (x, y) = (numbers(3, 2, 0.1), numbers(5, 2, 0.7));
    let (a, b) = (Rbf::new(1.3, 0.9).unwrap(), Matern52::new(0.4, 2.0).unwrap());
    let left = Warped::new(a.clone(), Curved).joint(&x, &y, Interleaved).unwrap();
    let right = Warped::new(b.clone(), Curved).joint(&x, &y, Interleaved).unwrap();
    let sum = Warped::new(a + 0.5 * b, Curved).joint(&x, &y, Interleaved).unwrap();
    near(&sum, &(left + 0.5 * right), 1e-14);
}

/// Of a warped kernel and one that is not.
struct Both<'a>(WarpedGram<'a, Rbf, Gradient, Gradient>, Gram<'a, Rbf, Gradient, Gradient>);

impl SymmetricMatrix<f64> for Both<'_> {
    fn size(&self) -> usize {
        self.0.size()
    }

    fn multiply(&self, v: &ArrayRef2<f64>, out: &mut ArrayRef2<f64>) -> Result<(), KernelError> {
        self.0.dot_into(v, out)?;
        *out += &*self.1.dot(v)?;
        Ok(())
    }
}

impl CovarianceMatrix<f64> for Both<'_> {
    fn diagonal(&self) -> Result<Array1<f64>, KernelError> {
        Ok(self.0.diagonal()? + self.1.diagonal()?)
    }

    fn column(&self, column: usize) -> Result<Array1<f64>, KernelError> {
        Ok(self.0.column(column)? + self.1.column(column)?)
    }

    /// Without those of the last point.
    fn own_blocks(&self) -> Result<Vec<OwnBlock<f64>>, KernelError> {
        let all = [CovarianceMatrix::own_blocks(&self.0)?, CovarianceMatrix::own_blocks(&self.1)?];
        let sum = |(a, b): (&OwnBlock<f64>, &OwnBlock<f64>)| {
            let mut sum = a.clone();
            sum.entries += &b.entries;
            sum
        };
        Ok(all[0].iter().zip(&all[1]).skip(1).map(sum).collect())
    }
}

#[test]
fn matrices_of_other_maps_are_added() {
    let x = positive(10, 2, 0.1);
    let (plain, warped) = (Rbf::new(0.7, 1.4).unwrap(), Warped::new(Rbf::new(1.3, 0.9).unwrap(), Curved));
    let sum = Both(
        WarpedGram::new(&warped, (Gradient, &x), (Gradient, &x)).unwrap(),
        Gram::new(&plain, (Gradient, &x), (Gradient, &x)).unwrap(),
    );
    let b = numbers(20, 1, 0.3);
    let all = sum.0.dense().unwrap() + sum.1.dense().unwrap() + 1e-2 * Array2::<f64>::eye(20);
    let pivoted = PivotedCholesky::new(&sum, 1e-2, 8).unwrap();
    let solution = Solve::new(&sum).noise(1e-2).tolerance(1e-11).preconditioner(&pivoted).run(&b).unwrap();
    near(&solution.x, &elimination::dense(all, b), 1e-8);
    // Entries that are not those of the matrix are said to be so.
    let error = BlockDiagonal::new(&sum, 1e-2).err();
    assert_eq!(error, Some(SolveError::PreconditionerSize { expected: 20, got: 18 }));
}

fn check_solution<K, W, T>(warped: &Warped<K, W>, side: T, x: &Array2<f64>)
where
    K: kernel_runtime::Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>,
    W: Warp<f64>,
    T: PulledBack<K>,
{
    let noise = 1e-2;
    let gram = WarpedGram::new(warped, (side, x), (side, x)).unwrap();
    let (size, _) = gram.shape();
    let b = numbers(size, 3, 0.3);
    let expected = elimination::dense(gram.dense().unwrap() + noise * Array2::<f64>::eye(size), b.clone());
    let blocks = BlockDiagonal::new(&gram, noise).unwrap();
    let pivoted = PivotedCholesky::new(&gram, noise, 10).unwrap();
    let preconditioners: [&dyn Preconditioner<f64>; 2] = [&blocks, &pivoted];
    let solver = || Solve::new(&gram).noise(noise).tolerance(1e-11);
    near(&solver().run(&b).unwrap().x, &expected, 1e-8);
    for preconditioner in preconditioners {
        let solution = solver().preconditioner(preconditioner).run(&b).unwrap();
        assert!(solution.converged);
        near(&solution.x, &expected, 1e-8);
    }
}

#[test]
fn systems_are_solved() {
    let x = positive(12, 2, 0.1);
    let (curved, logarithms) =
        (Warped::new(Rbf::new(1.3, 0.9).unwrap(), Curved), Warped::new(Matern52::new(1.3, 0.9).unwrap(), logarithms()));
    check_solution(&curved, Value, &x);
    check_solution(&curved, Gradient, &x);
    check_solution(&curved, (Value, Partials(&[1])), &x);
    check_solution(&logarithms, (Value, Gradient), &x);
    check_solution(&logarithms, Partials(&[0]), &x);
    // Equal points in other memory are the same, others are not.
    let (copy, other) = (x.clone(), positive(12, 2, 0.7));
    let b = Array1::ones(12);
    let same = WarpedGram::new(&curved, (Value, &x), (Value, &copy)).unwrap();
    assert!(Solve::new(&same).noise(1e-2).run(&b).unwrap().converged);
    let different = WarpedGram::new(&curved, (Value, &x), (Value, &other)).unwrap();
    assert_eq!(Solve::new(&different).run(&b).unwrap_err(), SolveError::NotSymmetric { rows: 12, columns: 12 });
    assert!(matches!(BlockDiagonal::new(&different, 1e-2), Err(SolveError::NotSymmetric { .. })));
}

/// Once for each point, however many pairs, products and entries there are.
#[test]
fn maps_are_evaluated_once_for_each_point() {
    let (n, m) = (37, 53);
    let (x, y) = (numbers(n, 2, 0.1), numbers(m, 2, 0.7));
    let k = Warped::new(Rbf::new(1.3, 0.9).unwrap(), Counted::new(Curved));
    let gram = WarpedGram::new(&k, (Gradient, &x), (Gradient, &y)).unwrap();
    assert_eq!(k.warp().calls(), [n + m, n + m]);
    let (u, v) = (numbers(2 * n, 3, 0.2), numbers(2 * m, 3, 0.3));
    gram.dot(&v).unwrap();
    gram.contract_params(&u, &v).unwrap();
    gram.dense().unwrap();
    gram.column(5).unwrap();
    assert_eq!(k.warp().calls(), [0, 0]);

    // Values have no Jacobian, and of the same points there are n.
    WarpedGram::new(&k, (Value, &x), (Partials(&[1]), &y)).unwrap();
    assert_eq!(k.warp().calls(), [n + m, m]);
    let same = WarpedGram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &x)).unwrap();
    let solution = Solve::new(&same).noise(1e-2).run(&Array1::ones(3 * n)).unwrap();
    assert!(solution.iterations > 1);
    assert_eq!(k.warp().calls(), [n, n]);
    k.k_gg(&x, &y).unwrap();
    assert_eq!(k.warp().calls(), [n + m, n + m]);
}
