//! Exact solutions for gradients of few points in many dimensions, against elimination on the whole matrix.
#![cfg(feature = "gp")]

use kernel_runtime::gram::{Gradient, Gram, Hessian, Observed, Partials, Value};
use kernel_runtime::kernels::{
    ArdRbf, Matern32, Matern52, Matern72, NnArcsine, Periodic, Polynomial2, Polynomial3, RationalQuadratic, Rbf,
};
use kernel_runtime::solve::{LowRank, SolveError};
use kernel_runtime::{Differentiable, Symmetric, VectorPoints, kernel};
use ndarray::{Array1, Array2, Axis, concatenate, s};

mod elimination;
use elimination::dense;

/// Depends on the number of coordinates, which rotations leave as it is.
#[kernel(indefinite)]
fn of_dimension(x: &[f64], y: &[f64]) -> f64 {
    (-sq_dist(x, y) / x.len() as f64).exp()
}

/// Weighs all coordinates by one number, which may as well be the same for all.
#[kernel(assume(lengthscale > 0))]
fn scaled(x: &[f64], y: &[f64], lengthscale: &[f64]) -> f64 {
    let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
    (-s).exp()
}

#[kernel]
fn first_alone(x: &[f64], y: &[f64]) -> f64 {
    (-sq_dist(x, y)).exp() + x[0] * y[0]
}

#[kernel]
fn sums_of_coordinates(x: &[f64], y: &[f64]) -> f64 {
    (-sq_dist(x, y)).exp() + x.iter().sum::<f64>() * y.iter().sum::<f64>()
}

/// Numbers between -1 and 1 without a pattern.
fn numbers(n: usize, d: usize, seed: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| {
        let wild = 43_758.545_3 * (seed + 12.989_8 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin();
        2.0 * (wild - wild.floor()) - 1.0
    })
}

fn assert_near(got: &Array2<f64>, expected: &Array2<f64>, bound: f64, what: &str) {
    assert_eq!(got.dim(), expected.dim(), "{what}");
    let scale = expected.iter().fold(0.0, |scale: f64, entry| scale.max(entry.abs()));
    for (got, expected) in got.iter().zip(expected) {
        assert!((got - expected).abs() <= bound * scale, "{what}: {got} for {expected}");
    }
}

fn check_side<K, O>(kernel: &K, side: O, x: &Array2<f64>)
where
    K: Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>,
    O: Observed<K>,
{
    let what = format!("{} {} {:?}", std::any::type_name::<K>(), std::any::type_name::<O>(), x.dim());
    let gram = Gram::new(kernel, (side, x), (side, x)).unwrap();
    let size = gram.shape().0;
    let b = numbers(size, 3, 0.4);
    let whole = gram.dense().unwrap() + 1e-2 * Array2::<f64>::eye(size);
    let expected = dense(whole, b.clone());
    let solver = LowRank::new(&gram, 1e-2).unwrap();
    assert_near(&solver.solve(&b).unwrap(), &expected, 1e-9, &what);
    let one = solver.solve(&b.column(2)).unwrap();
    assert_near(&one.insert_axis(Axis(1)), &expected.slice(s![.., 2..]).to_owned(), 1e-9, &what);
}

fn check<K: Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>>(kernel: &K, [n, d]: [usize; 2]) {
    let x = numbers(n, d, 0.1);
    check_side(kernel, Gradient, &x);
    check_side(kernel, (Value, Gradient), &x);
}

/// More coordinates than points, as many, and fewer.
#[test]
fn solutions_are_those_of_the_whole_matrix() {
    for sizes in [[1, 1], [1, 6], [3, 11], [4, 5], [4, 4], [5, 4], [7, 2], [6, 1]] {
        check(&Rbf::new(1.3, 0.9).unwrap(), sizes);
        check(&Matern32::new(1.3, 1.9).unwrap(), sizes);
        check(&Matern52::new(1.3, 1.9).unwrap(), sizes);
        check(&RationalQuadratic::new(1.3, 0.8, 1.1).unwrap(), sizes);
        check(&Polynomial2::new(1.1, 0.8).unwrap(), sizes);
        check(&Polynomial3::new(1.1, 0.8).unwrap(), sizes);
        check(&NnArcsine::new(1.3, 0.3, 0.9).unwrap(), sizes);
        check(&OfDimension::new().unwrap(), sizes);
        check(&Scaled::new(vec![0.7; sizes[1]]).unwrap(), sizes);
        let sum =
            Matern72::new(1.3, 0.9).unwrap() + Rbf::new(0.4, 2.0).unwrap() * NnArcsine::new(1.3, 0.3, 0.9).unwrap();
        check(&(0.5 * sum), sizes);
    }
}

/// Points that are the same, on a line, or far from the origin span less than their number.
#[test]
fn points_that_depend_on_each_other() {
    let some = numbers(3, 9, 0.1);
    let line = Array2::from_shape_fn((5, 9), |(i, a)| (1 + i) as f64 * some[[0, a]]);
    let all_zero = Array2::zeros((3, 9));
    for x in [concatenate![Axis(0), some, some.slice(s![1..2, ..])], line, &some + 1e3, all_zero] {
        check_side(&Matern52::new(1.0, 1.5).unwrap(), (Value, Gradient), &x);
        check_side(&Rbf::new(1.0, 1.5).unwrap(), Gradient, &x);
    }
    let line = Array2::from_shape_fn((5, 9), |(i, a)| (1 + i) as f64 * some[[0, a]]);
    check_side(&Polynomial3::new(1.0, 0.1).unwrap(), (Value, Gradient), &(0.2 * line));
}

/// Of values and of gradients, of each point another.
#[test]
fn points_have_noise_of_their_own() {
    let (k, x) = (Matern52::new(1.0, 1.2).unwrap(), numbers(4, 7, 0.1));
    let gram = Gram::new(&k, ((Value, Gradient), &x), ((Value, Gradient), &x)).unwrap();
    let mut noise = Array1::from_shape_fn(4 * 8, |row| {
        let (point, place) = (row / 8, row % 8);
        0.01 * (1 + point) as f64 + if place == 0 { 0.5 } else { 0.0 }
    });
    let b = numbers(32, 2, 0.3);
    let expected = dense(gram.dense().unwrap() + Array2::from_diag(&noise), b.clone());
    assert_near(&LowRank::with_noise_of_each(&gram, &noise).unwrap().solve(&b).unwrap(), &expected, 1e-11, "noise");
    noise[11] += 0.1;
    let error = LowRank::with_noise_of_each(&gram, &noise).unwrap_err();
    assert!(error.to_string().contains("for derivatives at one point, from row 9 on"), "{error}");
    let error = LowRank::with_noise_of_each(&gram, &noise.slice(s![1..])).unwrap_err();
    assert!(error.to_string().contains("has 31 numbers for 32 rows"), "{error}");
}

/// What a dense matrix has no room for, 40 000 unknowns: the residual says that it is solved.
#[test]
fn many_dimensions() {
    let (n, d, noise) = (4, 10_000, 1e-4);
    let x = numbers(n, d, 0.1);
    let k = Rbf::new(1.0, 80.0).unwrap();
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    let b = numbers(n * d, 1, 0.3).column(0).to_owned();
    let solution = LowRank::new(&gram, noise).unwrap().solve(&b).unwrap();
    let residual = gram.dot(&solution).unwrap() + noise * &solution - &b;
    assert!(residual.dot(&residual).sqrt() < 1e-11 * b.dot(&b).sqrt());
}

#[test]
fn single_precision() {
    #[expect(clippy::cast_possible_truncation, reason = "single precision is what is tested")]
    let [x, b] = [numbers(4, 9, 0.1), numbers(36, 1, 0.3)].map(|all| all.mapv(|number| number as f32));
    let k = Rbf::with_scalar(1.0_f32, 0.8).unwrap();
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    let solution = LowRank::new(&gram, 0.01).unwrap().solve(&b).unwrap();
    let residual = gram.dot(&solution).unwrap() + 0.01 * &solution - &b;
    assert!(residual.iter().all(|entry| entry.abs() < 1e-4), "{residual}");
}

#[test]
fn another_structure_is_refused() {
    let x = numbers(3, 5, 0.1);
    let problem = |error: SolveError| {
        let SolveError::Structure { problem } = &error else { panic!("{error}") };
        problem.clone()
    };
    macro_rules! refused {
        ($kernel:expr, $side:expr) => {{
            let k = $kernel.unwrap();
            let gram = Gram::new(&k, ($side, &x), ($side, &x)).unwrap();
            problem(LowRank::new(&gram, 0.1).unwrap_err())
        }};
    }
    let weights = vec![1.0, 1.0, 1.0, 1.0, 1.5];
    let text = "the kernel weighs coordinates differently";
    assert_eq!(refused!(ArdRbf::new(1.0, weights.clone()), Gradient), text);
    assert_eq!(refused!(Scaled::new(weights), Gradient), text);
    assert_eq!(refused!(FirstAlone::new(), Gradient), "the kernel takes coordinate 0 by itself");
    assert!(refused!(SumsOfCoordinates::new(), Gradient).contains("sums of coordinates themselves"));
    assert!(refused!(Periodic::new(1.0, 0.7, 1.1), Gradient).contains("other than of products and squares"));
    let text = "the operator is neither `Gradient` nor `(Value, Gradient)`";
    assert_eq!(refused!(Rbf::new(1.0, 0.7), Value), text);
    assert_eq!(refused!(Rbf::new(1.0, 0.7), Partials(&[1, 0, 2, 3, 4])), text);
    assert_eq!(refused!(Rbf::new(1.0, 0.7), (Value, Gradient, Hessian)), text);
    // A sum is as bad as its parts.
    let sum = Rbf::new(1.0, 0.7).unwrap() + FirstAlone::new().unwrap();
    let gram = Gram::new(&sum, (Gradient, &x), (Gradient, &x)).unwrap();
    assert_eq!(problem(LowRank::new(&gram, 0.1).unwrap_err()), "the kernel takes coordinate 0 by itself");
}

#[test]
fn wrong_arguments_are_refused() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 5, 0.1));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    for noise in [-1.0, f64::NAN, f64::INFINITY] {
        let error = LowRank::new(&gram, noise).unwrap_err();
        assert!(error.to_string().contains(&format!("the noise is {noise} in row 0")), "{error}");
    }
    let solver = LowRank::new(&gram, 0.1).unwrap();
    let error = solver.solve(&Array1::<f64>::zeros(14)).unwrap_err();
    assert_eq!(error, SolveError::RightHandSide { expected: 15, got: 14 });
    let mut b = Array2::<f64>::zeros((15, 2));
    b[[4, 1]] = f64::NAN;
    assert_eq!(solver.solve(&b).unwrap_err(), SolveError::NotFinite { row: 4, column: 1 });
    let other = numbers(3, 5, 0.2);
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &other)).unwrap();
    assert!(matches!(LowRank::new(&gram, 0.1), Err(SolveError::NotSymmetric { rows: 15, columns: 15 })));
    // A point twice, and no noise.
    let twice = concatenate![Axis(0), x, x];
    let gram = Gram::new(&k, (Gradient, &twice), (Gradient, &twice)).unwrap();
    assert!(matches!(LowRank::new(&gram, 0.0), Err(SolveError::Pivot { .. })));
    let mut lost = x;
    lost[[1, 2]] = f64::NAN;
    let gram = Gram::new(&k, (Gradient, &lost), (Gradient, &lost)).unwrap();
    assert!(matches!(LowRank::new(&gram, 0.1), Err(SolveError::Pivot { .. })));
    let none = Array2::zeros((0, 5));
    let gram = Gram::new(&k, (Gradient, &none), (Gradient, &none)).unwrap();
    assert!(LowRank::new(&gram, 0.1).unwrap().solve(&Array1::<f64>::zeros(0)).unwrap().is_empty());
}
