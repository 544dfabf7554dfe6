//! Joint covariances of several operators at points of their own, against the blocks that `Gram` has.

use kernel_runtime::__private::Lane;
use kernel_runtime::gram::{
    self, Blocked, Directional, Gradient, Gram, Hessian, Interleaved, Laplacian, Layout, Observations, Observed,
    Partials, Value,
};
use kernel_runtime::kernels::{Matern12, Matern52, NnArcsine, Rbf};
use kernel_runtime::solve::{BlockDiagonal, PivotedCholesky, Solve, SymmetricMatrix};
use kernel_runtime::{Differentiable, Kernel, KernelError, Real, Symmetric, Tower2, VectorPoints, kernel, operator};
use ndarray::{Array1, Array2, Axis, s};

mod elimination;

/// Entries off the diagonal have weights of their own: no `Tower`.
#[kernel(indefinite)]
fn product(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    x.iter().zip(y).map(|(a, b)| 1.0 + gamma * *a * *b).product::<f64>()
}

/// No covariance of one process with itself.
#[kernel(asymmetric, indefinite)]
fn lopsided(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_norm(x)).exp() * dot(x, y)
}

#[kernel(assume(lengthscale > 0))]
fn on_a_line(x: f64, y: f64, lengthscale: f64) -> f64 {
    (-((x - y) / lengthscale).powi(2)).exp()
}

/// Numbers between -1 and 1 without a pattern.
fn numbers<S: Real>(n: usize, d: usize, seed: f64) -> Array2<S> {
    Array2::from_shape_fn((n, d), |(i, a)| S::of((seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin()))
}

fn close<S: Real + Into<f64>>(what: &str, got: &Array2<S>, expected: &Array2<S>) {
    let rounding = if size_of::<S>() == 4 { 3e-5 } else { 1e-12 };
    assert_eq!(got.dim(), expected.dim(), "{what}");
    let largest = expected.iter().map(|&entry| entry.into().abs()).fold(1.0, f64::max);
    for ((at, &got), &expected) in got.indexed_iter().zip(expected) {
        let error = (got.into() - expected.into()).abs();
        assert!(error <= rounding * largest, "{what} {at:?}: {got} for {expected}");
    }
}

/// Rows of an entry point by point, wherever a layout has them.
fn rows<K: Kernel, O: Layout>(data: &Observations<'_, K, O>, entry: usize, points: usize) -> Vec<usize> {
    let of_point = |i| (0..).map_while(move |e| data.index(entry, i, e));
    (0..points).flat_map(of_point).collect()
}

/// That the matrix has the entries of `Gram` for a pair of entries of the list: above the diagonal bit for bit.
fn check_block<K, O, L, R>(
    (kernel, data): (&K, &Observations<'_, K, O>),
    (a, left, x): (usize, L, &Array2<K::Scalar>),
    (b, right, y): (usize, R, &Array2<K::Scalar>),
) where
    K: Symmetric<Points = VectorPoints, Scalar: Into<f64>>,
    O: Layout,
    L: Observed<K>,
    R: Observed<K>,
{
    let what = format!("{} {}", std::any::type_name::<K>(), std::any::type_name::<(O, L, R)>());
    let gram = Gram::new(kernel, (left, x), (right, y)).unwrap();
    let (of_x, of_y) = (rows(data, a, x.nrows()), rows(data, b, y.nrows()));
    assert_eq!((of_x.len(), of_y.len()), gram.shape(), "{what}");
    let (all, expected) = (data.covariance().unwrap(), gram.dense().unwrap());
    let got = all.select(Axis(0), &of_x).select(Axis(1), &of_y);
    close(&what, &got, &expected);
    if a < b {
        assert_eq!(got, expected, "{what}");
    }
    let mut queries = Observations::new(kernel);
    queries.push(left, x).unwrap();
    let cross = data.cross_with(&queries).unwrap().dense().unwrap();
    assert_eq!(cross.select(Axis(1), &of_y), expected, "{what}");
}

/// What holds of every list: symmetry bit for bit, products, columns, diagonals, numbers of rows.
fn check_whole<K, O>(data: &Observations<'_, K, O>)
where
    K: Symmetric<Scalar: Into<f64>>,
    O: Layout,
{
    let (what, size) = (std::any::type_name::<(K, O)>(), data.len());
    let all = data.covariance().unwrap();
    assert_eq!((all.dim(), data.shape()), ((size, size), (size, size)), "{what}");
    assert_eq!(all, all.t(), "{what}");
    let v: Array2<K::Scalar> = numbers(size, 3, 0.3);
    let product = all.mapv(Into::into).dot(&v.mapv(Into::into)).mapv(K::Scalar::of);
    let got = data.dot(&v).unwrap();
    close(what, &got, &product);
    assert_eq!(data.dot(&v.column(1)).unwrap(), got.column(1), "{what}");
    let mut into = Array2::from_elem((size, 3), K::Scalar::of(f64::NAN));
    data.dot_into(&v, &mut into).unwrap();
    assert_eq!(into, got, "{what}");
    close(what, &data.diagonal().unwrap().insert_axis(Axis(1)), &all.diag().insert_axis(Axis(1)).to_owned());
    for column in [0, size / 2, size.saturating_sub(1)].into_iter().filter(|&column| column < size) {
        let expected = all.column(column).insert_axis(Axis(1)).to_owned();
        close(what, &data.column(column).unwrap().insert_axis(Axis(1)), &expected);
    }
    assert_eq!(data.column(size), Err(KernelError::NoRow { row: size, rows: size }), "{what}");
    for row in 0..size {
        let (entry, point, component) = data.locate(row).unwrap();
        assert_eq!(data.index(entry, point, component), Some(row), "{what}");
    }
    assert_eq!(data.locate(size), None, "{what}");
}

/// Entries of all kinds, at as many points as given, with and without noise.
fn check_kernel<K, O>(kernel: &K, layout: O, [n, m, l]: [usize; 3], d: usize)
where
    K: Symmetric + Tower2<Points = VectorPoints, Scalar: Into<f64>>,
    O: Layout,
{
    let (x, y, mut z) = (numbers(n, d, 0.1), numbers(m, d, 0.4), numbers(l, d, 0.7));
    if n > 0 && l > 0 {
        z.row_mut(l - 1).assign(&x.row(0));
    }
    let direction: Vec<f64> = (0..d).map(|i| 0.5 - i as f64).collect();
    let (some, along) = ([d - 1], Directional(&direction));
    let pair = (Value, Partials(&some));
    let triple = ((Gradient, Value), Laplacian);
    let mut data = Observations::with_layout(kernel, layout);
    data.push(Value, &x).unwrap();
    data.push(Laplacian, &y).unwrap();
    data.push(pair, &z).unwrap();
    data.push(Gradient, &x).unwrap();
    data.push(triple, &z).unwrap();
    data.push(Hessian, &y).unwrap();
    data.push(along, &x).unwrap();
    assert_eq!((data.entries(), data.len()), (7, n * (2 + d) + m * (1 + d * d) + l * (d + 4)));
    check_whole(&data);
    let of = (kernel, &data);
    check_block(of, (0, Value, &x), (0, Value, &x));
    check_block(of, (0, Value, &x), (1, Laplacian, &y));
    check_block(of, (0, Value, &x), (4, triple, &z));
    check_block(of, (1, Laplacian, &y), (1, Laplacian, &y));
    check_block(of, (1, Laplacian, &y), (3, Gradient, &x));
    check_block(of, (2, pair, &z), (2, pair, &z));
    check_block(of, (2, pair, &z), (3, Gradient, &x));
    check_block(of, (2, pair, &z), (4, triple, &z));
    check_block(of, (2, pair, &z), (5, Hessian, &y));
    check_block(of, (4, triple, &z), (4, triple, &z));
    check_block(of, (4, triple, &z), (6, along, &x));
    check_block(of, (5, Hessian, &y), (5, Hessian, &y));
    check_block(of, (6, along, &x), (6, along, &x));
}

#[test]
fn blocks_are_those_of_gram() {
    for sizes in [[1, 1, 1], [3, 2, 4], [0, 2, 3], [2, 0, 0], [0; 3]] {
        for d in [1, 3] {
            check_kernel(&Rbf::new(1.3, 0.8).unwrap(), Interleaved, sizes, d);
            check_kernel(&Rbf::new(1.3, 0.8).unwrap(), Blocked, sizes, d);
            check_kernel(&Matern52::new(1.3, 0.8).unwrap(), Interleaved, sizes, d);
            check_kernel(&NnArcsine::new(1.0, 0.7, 0.4).unwrap(), Blocked, sizes, d);
        }
    }
}

#[test]
fn in_single_precision() {
    let k = Rbf::<f32>::with_scalar(1.3, 0.8).unwrap();
    check_kernel(&k, Interleaved, [3, 2, 4], 2);
    check_kernel(&k, Blocked, [3, 2, 4], 2);
}

/// Of more points than a tile has, and of several strips.
#[test]
fn of_many_points() {
    let k = Matern52::new(1.3, 0.8).unwrap();
    let (x, y) = (numbers(133, 3, 0.1), numbers(517, 3, 0.4));
    let mut data = Observations::with_layout(&k, Blocked);
    data.push((Value, Gradient), &x).unwrap();
    data.push(Value, &y).unwrap();
    let all = data.covariance().unwrap();
    assert_eq!(all, all.t());
    let joint = gram::joint(&k, &x, &x, Blocked).unwrap();
    close("joint", &all.slice(s![..532, ..532]).to_owned(), &joint);
    close("values", &all.slice(s![532.., 532..]).to_owned(), &gram::k_ff(&k, &y, &y).unwrap());
    let v: Array2<f64> = numbers(data.len(), 2, 0.6);
    close("product", &data.dot(&v).unwrap(), &all.dot(&v));
}

operator!(Dilation(a) = x[0] * d[0] + a);

/// Some points of an operator whose coefficients are others at each have their own.
#[test]
fn of_coefficients_that_vary() {
    let (k, x, y) = (Rbf::new(1.3, 0.8).unwrap(), numbers(133, 2, 0.1), numbers(70, 2, 0.4));
    let (left, right) = ((Dilation { a: 0.3 }, Value), Dilation { a: -1.0 });
    let mut data = Observations::with_layout(&k, Blocked);
    data.push(left, &x).unwrap();
    data.push(right, &y).unwrap();
    check_whole(&data);
    let of = (&k, &data);
    check_block(of, (0, left, &x), (0, left, &x));
    check_block(of, (0, left, &x), (1, right, &y));
    check_block(of, (1, right, &y), (1, right, &y));
}

fn check_joint<K: Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>>(kernel: &K, n: usize, d: usize) {
    fn check<K: Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>, O: Layout>(
        kernel: &K,
        x: &Array2<f64>,
        layout: O,
    ) {
        let mut data = Observations::with_layout(kernel, layout);
        data.push((Value, Gradient), x).unwrap();
        close("joint", &data.covariance().unwrap(), &gram::joint(kernel, x, x, layout).unwrap());
        let (n, d) = x.dim();
        for i in 0..n {
            assert_eq!(data.index(0, i, 0), Some(layout.index(n, d, i, None)));
            for a in 0..d {
                assert_eq!(data.index(0, i, 1 + a), Some(layout.index(n, d, i, Some(a))));
            }
        }
        assert_eq!([data.index(0, n, 0), data.index(0, 0, 1 + d), data.index(1, 0, 0)], [None; 3]);
    }
    let x = numbers(n, d, 0.1);
    check(kernel, &x, Interleaved);
    check(kernel, &x, Blocked);
}

#[test]
fn of_values_and_gradients_they_are_joint() {
    for [n, d] in [[0, 2], [1, 1], [5, 3], [40, 2]] {
        check_joint(&Rbf::new(1.3, 0.8).unwrap(), n, d);
        check_joint(&Product::new(0.4).unwrap(), n, d);
    }
}

#[test]
fn points_may_be_plain_numbers() {
    let k = OnALine::new(0.6).unwrap();
    let (x, y) = (Array1::linspace(-1.0, 1.0, 7), Array1::linspace(-0.7, 1.5, 5));
    let mut data = Observations::with_layout(&k, Blocked);
    data.push((Value, Gradient), &x).unwrap();
    data.push(Gradient, &y).unwrap();
    check_whole(&data);
    let all = data.covariance().unwrap();
    close("joint", &all.slice(s![..14, ..14]).to_owned(), &gram::joint(&k, &x, &x, Blocked).unwrap());
    close("gradients", &all.slice(s![7..14, 14..]).to_owned(), &gram::k_gg(&k, &x, &y).unwrap());
    let cross = data.cross(Value, &y).unwrap();
    close("cross", &cross.dense().unwrap().slice(s![.., 14..]).to_owned(), &gram::k_fg(&k, &y, &y).unwrap());
}

/// A kernel without a gradient has values, one without more derivatives gradients.
#[test]
fn kernels_are_as_smooth_as_their_operators_need() {
    let (x, y) = (numbers(6, 2, 0.1), numbers(4, 2, 0.4));
    let k = Matern12::new(1.3, 0.8).unwrap();
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    data.push((Value, Value), &y).unwrap();
    check_whole(&data);
    let k = Product::new(0.4).unwrap();
    let mut data = Observations::with_layout(&k, Blocked);
    data.push((Partials(&[1, 0]), Value), &x).unwrap();
    data.push(Value, &y).unwrap();
    check_whole(&data);
}

/// L_x k(x, y) R_y with x a query and y what is observed.
#[test]
fn of_kernels_that_are_not_symmetric_there_is_cross() {
    let (k, x, z) = (Lopsided::new(0.4).unwrap(), numbers(6, 2, 0.1), numbers(4, 2, 0.4));
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    data.push((Value, Laplacian), &z).unwrap();
    let cross = data.cross(Gradient, &z).unwrap();
    assert_eq!(cross.shape(), (8, 14));
    let dense = cross.dense().unwrap();
    let first = Gram::new(&k, (Gradient, &z), (Value, &x)).unwrap().dense().unwrap();
    let second = Gram::new(&k, (Gradient, &z), ((Value, Laplacian), &z)).unwrap().dense().unwrap();
    assert_eq!((dense.slice(s![.., ..6]), dense.slice(s![.., 6..])), (first.view(), second.view()));
    let v: Array2<f64> = numbers(14, 3, 0.2);
    close("product", &cross.dot(&v).unwrap(), &dense.dot(&v));
    assert_eq!(data.diagonal().unwrap().len(), 14);
}

#[test]
fn systems_have_noise_of_each_row() {
    fn check(layout: impl Layout) {
        let (k, x, y) = (Matern52::new(1.3, 0.8).unwrap(), numbers(9, 2, 0.1), numbers(5, 2, 0.4));
        let mut data = Observations::with_layout(&k, layout);
        data.push((Value, Gradient), &x).unwrap();
        data.push(Laplacian, &y).unwrap();
        let size = data.size();
        let noise = Array1::linspace(1e-2, 0.5, size);
        let b = numbers(size, 2, 0.9);
        let expected = elimination::dense(data.covariance().unwrap() + Array2::from_diag(&noise), b.clone());
        let pivoted = PivotedCholesky::with_noise_of_each(&data, &noise, 12).unwrap();
        let blocks = BlockDiagonal::with_noise_of_each(&data, &noise).unwrap();
        let solver = || Solve::new(&data).noise_of_each(&noise).tolerance(1e-11);
        let plain = solver().run(&b).unwrap();
        let with_pivoted = solver().preconditioner(&pivoted).run(&b).unwrap();
        let with_blocks = solver().preconditioner(&blocks).run(&b).unwrap();
        for solution in [&plain, &with_pivoted, &with_blocks] {
            assert!(solution.converged);
            assert!((&solution.x - &expected).iter().all(|error| error.abs() < 1e-7), "{}", solution.x);
        }
        // Laplacians have another scale than values.
        assert!(with_blocks.iterations < plain.iterations, "{} {}", with_blocks.iterations, plain.iterations);
    }
    check(Interleaved);
    check(Blocked);
}

/// Where points are far apart, the blocks of the points are the whole matrix, wherever a layout has their rows.
#[test]
fn blocks_of_points_are_where_the_layout_has_them() {
    let (k, x) = (Rbf::new(1.0, 0.01).unwrap(), numbers(7, 2, 0.1));
    let mut data = Observations::with_layout(&k, Blocked);
    data.push((Value, Gradient, Laplacian), &x).unwrap();
    let blocks = BlockDiagonal::new(&data, 1e-2).unwrap();
    let solution = Solve::new(&data).noise(1e-2).preconditioner(&blocks).run(&Array1::ones(28)).unwrap();
    assert!(solution.converged && solution.iterations == 1, "{}", solution.iterations);
}

#[test]
fn what_is_wrong_with_an_entry_is_said() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1));
    let wide = numbers(2, 3, 0.1);
    let mut data = Observations::new(&k);
    data.push(Value, &x).unwrap();
    let error = data.push(Gradient, &wide).unwrap_err();
    assert_eq!(error, KernelError::EntryDimension { entry: 1, expected: 2, got: 3 });
    assert_eq!(
        error.to_string(),
        "entry 1 of the observations has points with 3 coordinates, but those before it have 2: \
         points of all entries must have the same number"
    );
    let error = data.push(Directional(&[1.0]), &x).unwrap_err();
    let inner = KernelError::Direction { argument: "x", expected: 2, got: 1 };
    assert_eq!(error, KernelError::Entry { entry: 1, error: Box::new(inner.clone()) });
    let source = std::error::Error::source(&error).unwrap().downcast_ref::<KernelError>().unwrap();
    assert_eq!(source, &inner);
    let none = Array2::zeros((3, 0));
    assert!(matches!(data.push(Value, &none), Err(KernelError::Entry { entry: 1, .. })));
    // What failed left nothing behind.
    assert_eq!((data.entries(), data.len()), (1, 3));
    assert_eq!(data.dot(&Array1::ones(4)), Err(KernelError::Operand { expected: 3, got: 4 }));
    let mut out = Array1::from_elem(2, 7.0);
    let error = data.dot_into(&Array1::ones(3), &mut out).unwrap_err();
    assert_eq!((error, out[0]), (KernelError::OutputShape { expected: vec![3], got: vec![2] }, 7.0));
    assert_eq!(data.cross(Value, &wide).err(), Some(KernelError::UnequalDimensions { x: 3, y: 2 }));
    let mut queries = Observations::new(&k);
    queries.push(Value, &wide).unwrap();
    assert_eq!(data.cross_with(&queries).err(), Some(KernelError::UnequalDimensions { x: 3, y: 2 }));
    let error = data.cross(Partials(&[2]), &x).err();
    assert_eq!(error, Some(KernelError::Coordinate { argument: "x", coordinate: 2, dimension: 2 }));
    // 2^61 points in the memory of one
    let many = x.slice(s![..1, ..]);
    let many = many.broadcast((1 << 61, 2)).unwrap();
    assert!(matches!(data.push((Value, Gradient), &many), Err(KernelError::TooLarge { .. })));
}

#[test]
fn nothing_may_be_observed() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1));
    let data = Observations::new(&k);
    assert!(data.is_empty());
    check_whole(&data);
    assert_eq!(data.cross(Gradient, &x).unwrap().dot(&Array1::zeros(0)).unwrap(), Array1::<f64>::zeros(6));
    assert!(Solve::new(&data).run(&Array1::zeros(0)).unwrap().converged);
    let mut data = data.clone();
    data.push(Partials(&[]), &x).unwrap();
    assert_eq!((data.len(), data.index(0, 0, 0)), (0, None));
    data.push(Value, &x).unwrap();
    check_whole(&data);
}
