//! Systems with Gram matrices, against dense factorisations.

use std::ops::ControlFlow;

use kernel_runtime::gram::{Gradient, Gram, Observed, Partials, Value};
use kernel_runtime::kernels::{Matern52, NnArcsine, Rbf};
use kernel_runtime::solve::{BlockDiagonal, PivotedCholesky, Preconditioner, Solve, SolveError, SymmetricMatrix};
use kernel_runtime::{Differentiable, KernelError, Symmetric, VectorPoints, kernel};
use ndarray::{Array1, Array2, ArrayRef2, Axis, concatenate, s};

mod elimination;
use elimination::dense;

/// Numbers between -1 and 1 without a pattern.
fn numbers(n: usize, d: usize, seed: f64) -> Array2<f64> {
    Array2::from_shape_fn((n, d), |(i, a)| (seed + 12.9898 * (i + 1) as f64 + 78.233 * (a + 1) as f64).sin())
}

fn length(v: impl IntoIterator<Item = f64>) -> f64 {
    v.into_iter().map(|number| number * number).sum::<f64>().sqrt()
}

fn check<K, L>(kernel: &K, side: L, [n, d]: [usize; 2], noise: f64)
where
    K: Symmetric + Differentiable<Scalar = f64, Points = VectorPoints>,
    L: Observed<K>,
{
    let what = format!("{} {} {n} {d}", std::any::type_name::<K>(), std::any::type_name::<L>());
    let x = numbers(n, d, 0.1);
    let gram = Gram::new(kernel, (side, &x), (side, &x)).unwrap();
    let size = gram.shape().0;
    let whole = gram.dense().unwrap() + noise * Array2::<f64>::eye(size);
    // One twice, one that is 0, one much larger, one a sum of others.
    let mut b = numbers(size, 6, 0.3);
    let copy = b.column(0).to_owned();
    b.column_mut(1).assign(&copy);
    b.column_mut(2).fill(0.0);
    b.column_mut(3).mapv_inplace(|number| 1e6 * number);
    let sum = &b.column(0) + &b.column(4);
    b.column_mut(5).assign(&sum);
    let expected = dense(whole, b.clone());
    let blocks = BlockDiagonal::new(&gram, noise).unwrap();
    let pivoted = PivotedCholesky::new(&gram, noise, 10).unwrap();
    let preconditioners: [Option<&dyn Preconditioner<f64>>; 3] = [None, Some(&blocks), Some(&pivoted)];
    for (number, preconditioner) in preconditioners.into_iter().enumerate() {
        let solver = || {
            let solver = Solve::new(&gram).noise(noise).tolerance(1e-11);
            match preconditioner {
                Some(preconditioner) => solver.preconditioner(preconditioner),
                None => solver,
            }
        };
        let several = solver().run(&b).unwrap();
        assert!(several.converged, "{what} {number}: {:?}", several.residuals);
        for (got, expected) in several.x.columns().into_iter().zip(expected.columns()) {
            let error = length(&got - &expected);
            assert!(error <= 1e-11 / noise * 30.0 * length(expected.to_owned()), "{what} {number}: {error}");
        }
        assert_eq!(several.x.column(2), Array1::<f64>::zeros(size), "{what} {number}");
        let one = solver().run(&b.column(4)).unwrap();
        assert!(one.converged, "{what} {number}");
        assert_eq!(one.residuals.len(), one.iterations + 1);
        let error = length(&one.x - &expected.column(4));
        assert!(error <= 1e-11 / noise * 30.0 * length(expected.column(4).to_owned()), "{what} {number}: {error}");
        // From the solution it is not far.
        let again = solver().tolerance(1e-9).start(&one.x).run(&b.column(4)).unwrap();
        assert_eq!((again.iterations, again.converged), (0, true), "{what} {number}");
    }
}

#[test]
fn solutions_are_those_of_dense_factorisations() {
    for sizes in [[1, 1], [12, 1], [15, 3], [9, 6]] {
        check(&Rbf::new(1.3, 0.9).unwrap(), Value, sizes, 1e-2);
        check(&Rbf::new(1.3, 0.9).unwrap(), Gradient, sizes, 1e-2);
        check(&Matern52::new(1.3, 0.7).unwrap(), (Value, Gradient), sizes, 1e-2);
        check(&Matern52::new(1.3, 0.7).unwrap(), (Value, Partials(&[0])), sizes, 1e-2);
        check(&NnArcsine::new(1.3, 0.3, 0.9).unwrap(), (Value, Gradient), sizes, 1e-2);
    }
}

#[test]
fn rows_have_noise_of_their_own() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(20, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let noise = Array1::linspace(1e-2, 1.0, 20);
    let b = numbers(20, 1, 0.7);
    let solution = Solve::new(&gram).noise_of_each(&noise).tolerance(1e-12).run(&b).unwrap();
    let expected = dense(gram.dense().unwrap() + Array2::from_diag(&noise), b);
    assert!(solution.converged && length(solution.x - &expected) < 1e-9);
    // Of full rank it is the inverse.
    let pivoted = PivotedCholesky::with_noise_of_each(&gram, &noise, 20).unwrap();
    let mut inverse = numbers(20, 1, 0.7);
    pivoted.apply(&mut inverse);
    assert!(length(inverse - expected) < 1e-9);
    // Of points that do not know of each other, the blocks are all there is.
    let (k, x) = (Rbf::new(1.0, 0.01).unwrap(), numbers(10, 2, 0.1));
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    let noise = 1e4 * &noise;
    let blocks = BlockDiagonal::with_noise_of_each(&gram, &noise).unwrap();
    let solution = Solve::new(&gram).noise_of_each(&noise).preconditioner(&blocks).run(&Array1::ones(20)).unwrap();
    assert!(solution.converged && solution.iterations <= 2, "{} iterations", solution.iterations);
    let few = Array1::ones(3);
    assert!(matches!(BlockDiagonal::with_noise_of_each(&gram, &few), Err(SolveError::Noise { .. })));
    assert!(matches!(PivotedCholesky::with_noise_of_each(&gram, &few, 2), Err(SolveError::Noise { .. })));
}

/// Smooth kernels at many points: the largest eigenvalues are all that matters.
#[test]
fn pivoted_cholesky_saves_iterations() {
    let (k, x) = (Rbf::new(1.0, 1.0).unwrap(), numbers(150, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let b = numbers(150, 1, 0.7);
    let plain = Solve::new(&gram).noise(1e-4).tolerance(1e-8).run(&b).unwrap();
    let pivoted = PivotedCholesky::new(&gram, 1e-4, 40).unwrap();
    let helped = Solve::new(&gram).noise(1e-4).tolerance(1e-8).preconditioner(&pivoted).run(&b).unwrap();
    assert!(plain.converged && helped.converged);
    assert!(4 * helped.iterations <= plain.iterations, "{} of {}", helped.iterations, plain.iterations);
}

/// Values and derivatives on scales that differ by orders of magnitude.
#[test]
fn block_diagonals_save_iterations() {
    let (k, x) = (Rbf::new(1.0, 0.05).unwrap(), numbers(40, 3, 0.1));
    let side = (Value, Gradient);
    let gram = Gram::new(&k, (side, &x), (side, &x)).unwrap();
    let b = numbers(160, 1, 0.7);
    let plain = Solve::new(&gram).noise(1e-4).tolerance(1e-8).run(&b).unwrap();
    let blocks = BlockDiagonal::new(&gram, 1e-4).unwrap();
    let helped = Solve::new(&gram).noise(1e-4).tolerance(1e-8).preconditioner(&blocks).run(&b).unwrap();
    assert!(
        helped.converged && 3 * helped.iterations <= plain.iterations,
        "{} of {}",
        helped.iterations,
        plain.iterations
    );
}

/// Several right-hand sides take fewer iterations together than the worst alone.
#[test]
fn right_hand_sides_help_each_other() {
    let (k, x) = (Rbf::new(1.0, 1.0).unwrap(), numbers(120, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let b = numbers(120, 8, 0.7);
    let together = Solve::new(&gram).noise(1e-3).tolerance(1e-8).run(&b).unwrap();
    let alone = b
        .columns()
        .into_iter()
        .map(|b| Solve::new(&gram).noise(1e-3).tolerance(1e-8).run(&b).unwrap().iterations)
        .max()
        .unwrap();
    assert!(together.converged && 2 * together.iterations <= alone, "{} of {alone}", together.iterations);
}

/// Not a covariance: two of its eigenvalues are negative.
#[kernel(indefinite)]
fn parabola(x: &[f64], y: &[f64]) -> f64 {
    sq_dist(x, y)
}

/// Nothing but a diagonal.
struct Diagonal(Array1<f64>);

impl SymmetricMatrix<f64> for Diagonal {
    fn size(&self) -> usize {
        self.0.len()
    }

    fn multiply(&self, v: &ArrayRef2<f64>, out: &mut ArrayRef2<f64>) -> Result<(), KernelError> {
        out.assign(&(&v.view() * &self.0.view().insert_axis(Axis(1))));
        Ok(())
    }
}

#[test]
fn what_is_not_positive_definite_is_said() {
    let (k, x) = (Parabola::new().unwrap(), numbers(20, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let error = Solve::new(&gram).noise(1e-3).run(&numbers(20, 1, 0.7)).unwrap_err();
    let SolveError::NotPositiveDefinite { iteration, curvature } = error else { panic!("{error}") };
    assert!((1..=4).contains(&iteration) && curvature < 0.0, "{error}");
    assert!(error.to_string().contains(&format!("iteration {iteration} found")), "{error}");
    // As one on the diagonal is.
    let b = Array1::ones(3);
    let error = Solve::new(&Diagonal(Array1::from(vec![-1.0, -2.0, -3.0]))).run(&b).unwrap_err();
    assert_eq!(error, SolveError::NotPositiveDefinite { iteration: 1, curvature: -2.0 });
    // With so much noise it is.
    let noise = Array1::from(vec![2.0, 3.0, 5.0]);
    let matrix = Diagonal(Array1::from(vec![-1.0, -2.0, -3.0]));
    let solution = Solve::new(&matrix).noise_of_each(&noise).tolerance(1e-12).run(&b).unwrap();
    assert!(length(solution.x - Array1::from(vec![1.0, 1.0, 0.5])) < 1e-12);
}

#[test]
fn iterations_end_when_told() {
    let (k, x) = (Rbf::new(1.0, 1.0).unwrap(), numbers(60, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let b = numbers(60, 1, 0.7);
    let capped = Solve::new(&gram).noise(1e-4).tolerance(1e-10).iterations(7).run(&b).unwrap();
    assert_eq!((capped.iterations, capped.converged, capped.residuals.len()), (7, false, 8));
    let mut seen = Vec::new();
    let stopped = Solve::new(&gram)
        .noise(1e-4)
        .tolerance(1e-10)
        .observe(|step| {
            seen.push(step.residual);
            if step.iteration == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .run(&b)
        .unwrap();
    assert_eq!((stopped.iterations, stopped.converged), (3, false));
    assert_eq!(seen, stopped.residuals[1..]);
    assert_eq!(stopped.residuals[0], 1.0);
    // More is asked than rounding leaves.
    let most = Solve::new(&gram).noise(1e-4).tolerance(1e-30).run(&b).unwrap();
    assert!(!most.converged && most.residuals.last().unwrap() < &1e-10);
}

#[test]
fn nothing_is_solved_at_once() {
    let (k, x) = (Rbf::new(1.0, 1.0).unwrap(), numbers(5, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let solution = Solve::new(&gram).run(&Array1::zeros(5)).unwrap();
    assert_eq!((solution.x, solution.iterations, solution.converged), (Array1::zeros(5), 0, true));
    let none = Array2::zeros((0, 2));
    let gram = Gram::new(&k, (Gradient, &none), (Gradient, &none)).unwrap();
    assert!(Solve::new(&gram).run(&Array1::zeros(0)).unwrap().converged);
}

#[test]
fn single_precision() {
    #[expect(clippy::cast_possible_truncation, reason = "single precision is what is tested")]
    let x = numbers(30, 2, 0.1).mapv(|number| number as f32);
    let k = Rbf::with_scalar(1.0_f32, 0.8).unwrap();
    let gram = Gram::new(&k, (Gradient, &x), (Gradient, &x)).unwrap();
    let b = Array1::from_elem(60, 1.0_f32);
    let pivoted = PivotedCholesky::new(&gram, 0.01, 20).unwrap();
    let solution = Solve::new(&gram).noise(0.01).tolerance(1e-4).preconditioner(&pivoted).run(&b).unwrap();
    assert!(solution.converged, "{:?}", solution.residuals);
}

#[test]
fn wrong_arguments_are_refused() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let b = Array1::ones(3);
    let error = |noise: f64| Solve::new(&gram).noise(noise).run(&b).unwrap_err().to_string();
    assert_eq!(error(-1.0), "the noise is -1 somewhere: pass one variance, or one for each row, none of them negative");
    assert!(error(f64::NAN).contains("NaN"));
    let few = Array1::ones(2);
    assert!(matches!(Solve::new(&gram).noise_of_each(&few).run(&b), Err(SolveError::Noise { .. })));
    assert_eq!(
        Solve::new(&gram).run(&Array1::from(vec![1.0, f64::NAN, 0.0])),
        Err(SolveError::NotFinite { row: 1, column: 0 })
    );
    assert!(matches!(Solve::new(&gram).start(&few).run(&b), Err(SolveError::RightHandSide { expected: 3, got: 2 })));
    let others = concatenate![Axis(0), x.slice(s![..2, ..]), numbers(1, 2, 0.9)];
    let gram = Gram::new(&k, (Value, &x), (Value, &others)).unwrap();
    assert_eq!(Solve::new(&gram).run(&b), Err(SolveError::NotSymmetric { rows: 3, columns: 3 }));
    assert!(matches!(BlockDiagonal::new(&gram, 1.0), Err(SolveError::NotSymmetric { .. })));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    assert!(matches!(PivotedCholesky::new(&gram, 0.0, 2), Err(SolveError::Noise { .. })));
}

/// Squares of such numbers vanish, or overflow.
#[test]
fn right_hand_sides_have_any_size() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(12, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let b = numbers(12, 2, 0.7);
    let expected = Solve::new(&gram).noise(0.1).tolerance(1e-10).run(&b).unwrap();
    for size in [1e-300, 1e-170, 1e170, 1e300] {
        let mut sized = b.clone();
        sized.column_mut(1).mapv_inplace(|number| size * number);
        let solution = Solve::new(&gram).noise(0.1).tolerance(1e-10).run(&sized).unwrap();
        assert!(solution.converged, "{size}: {:?}", solution.residuals);
        assert!(length(&solution.x.column(0) - &expected.x.column(0)) < 1e-8, "{size}");
        let of_size = solution.x.column(1).mapv(|number| number / size);
        assert!(length(of_size - expected.x.column(1)) < 1e-8, "{size}: {}", solution.x);
        let again = Solve::new(&gram).noise(0.1).tolerance(1e-8).start(&solution.x).run(&sized).unwrap();
        assert_eq!((again.iterations, again.converged), (0, true), "{size}");
    }
}

#[test]
fn wrong_starts_and_tolerances_are_refused() {
    let (k, x) = (Rbf::new(1.0, 0.8).unwrap(), numbers(3, 2, 0.1));
    let gram = Gram::new(&k, (Value, &x), (Value, &x)).unwrap();
    let (b, narrow) = (numbers(3, 2, 0.1), Array2::zeros((3, 1)));
    let error = Solve::new(&gram).start(&narrow).run(&b).unwrap_err();
    assert_eq!(error, SolveError::StartColumns { expected: 2, got: 1 });
    let start = Array1::from(vec![0.0, 0.0, f64::NAN]);
    let error = Solve::new(&gram).start(&start).run(&Array1::ones(3)).unwrap_err();
    assert_eq!(error, SolveError::NotFinite { row: 2, column: 0 });
    for tolerance in [f64::NAN, -1e-3] {
        let error = Solve::new(&gram).tolerance(tolerance).run(&Array1::ones(3)).unwrap_err();
        assert!(matches!(error, SolveError::Tolerance { .. }), "{error}");
    }
    let other = numbers(2, 2, 0.3);
    let blocks = BlockDiagonal::new(&Gram::new(&k, (Value, &other), (Value, &other)).unwrap(), 0.1).unwrap();
    let error = Solve::new(&gram).preconditioner(&blocks).run(&Array1::ones(3)).unwrap_err();
    assert_eq!(error, SolveError::PreconditionerSize { expected: 3, got: 2 });
}
