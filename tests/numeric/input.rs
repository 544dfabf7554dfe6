//! Bad input, and input that only looks bad: every failure is an error that says what to do, none is a panic, and none
//! leaves a trace in the output.

use kernel_runtime::{KernelError, gram, kernel};
use ndarray::{Array2, Array3, Array4, Dimension, ShapeBuilder as _, array, s};

use crate::kernels::{array as arrays, scalar, slice};
use crate::points::scattered;

const UNTOUCHED: f64 = 7.25;

fn rbf() -> slice::Rbf {
    slice::Rbf::new(0.5).unwrap()
}

fn same_bits<D: Dimension>(one: &ndarray::Array<f64, D>, other: &ndarray::Array<f64, D>) -> bool {
    one.shape() == other.shape() && one.iter().zip(other).all(|(a, b)| a.to_bits() == b.to_bits())
}

/// Runs the four functions and their `_into` forms on one pair of arguments that none of them can take.
fn refused<K>(kernel: &K, x: &Array2<f64>, y: &Array2<f64>) -> KernelError
where
    K: kernel_runtime::Differentiable<Scalar = f64, Points = kernel_runtime::VectorPoints>,
{
    let (n, m, d) = (x.nrows(), y.nrows(), x.ncols());
    let mut ff = Array2::from_elem((n, m), UNTOUCHED);
    let mut g = Array3::from_elem((n, m, d), UNTOUCHED);
    let mut gg = Array4::from_elem((n, m, d, d), UNTOUCHED);
    let error = gram::k_ff(kernel, x, y).unwrap_err();
    for other in [
        gram::k_gf(kernel, x, y).unwrap_err(),
        gram::k_fg(kernel, x, y).unwrap_err(),
        gram::k_gg(kernel, x, y).unwrap_err(),
        gram::k_ff_into(kernel, x, y, &mut ff).unwrap_err(),
        gram::k_gf_into(kernel, x, y, &mut g).unwrap_err(),
        gram::k_fg_into(kernel, x, y, &mut g).unwrap_err(),
        gram::k_gg_into(kernel, x, y, &mut gg).unwrap_err(),
    ] {
        assert_eq!(other, error);
    }
    assert!(ff.iter().chain(&g).chain(&gg).all(|v| *v == UNTOUCHED), "a failed call wrote into its output");
    error
}

#[test]
fn points_of_unequal_dimension() {
    let error = refused(&rbf(), &scattered(5, 3), &scattered(4, 2));
    assert_eq!(error, KernelError::UnequalDimensions { x: 3, y: 2 });
    let text = error.to_string();
    assert!(text.contains("`x`") && text.contains("`y`") && text.contains('3') && text.contains('2'), "{text}");
}

#[test]
fn points_that_do_not_fit_the_kernel() {
    let fixed = arrays::Rbf::<3>::new(0.5).unwrap();
    let error = refused(&fixed, &scattered(5, 2), &scattered(4, 2));
    assert_eq!(error, KernelError::Dimension { argument: "x", expected: 3, got: 2 });

    let weighted = <slice::ArdRbf>::new(1.0, vec![0.5, 0.7, 0.9]).unwrap();
    let error = refused(&weighted, &scattered(5, 2), &scattered(4, 2));
    assert_eq!(error, KernelError::Dimension { argument: "x", expected: 3, got: 2 });
    assert!(gram::k_ff(&weighted, &scattered(5, 3), &scattered(4, 3)).is_ok());
}

#[test]
fn points_without_coordinates() {
    let error = refused(&rbf(), &Array2::zeros((5, 0)), &Array2::zeros((4, 0)));
    assert_eq!(error, KernelError::NoCoordinates { argument: "x", points: 5 });
}

#[test]
fn parameters_outside_their_range() {
    for gamma in [0.0, -0.0, -1.0, f64::NEG_INFINITY, f64::NAN] {
        let error = slice::Rbf::new(gamma).unwrap_err();
        assert_eq!(error.parameter(), "gamma");
        let text = error.to_string();
        assert!(text.contains("gamma > 0") && text.contains(&gamma.to_string()), "{text}");
    }
    for alpha in [0.0, f64::NAN] {
        assert_eq!(slice::RationalQuadratic::new(1.0, alpha, 1.0).unwrap_err().parameter(), "alpha");
        assert_eq!(arrays::RationalQuadratic::<2>::new(1.0, alpha, 1.0).unwrap_err().parameter(), "alpha");
        assert_eq!(scalar::RationalQuadratic::new(1.0, alpha, 1.0).unwrap_err().parameter(), "alpha");
    }
    // A closed end belongs to the range.
    assert!(slice::Linear::new(1.0, 0.0).is_ok());
    assert_eq!(slice::Linear::new(1.0, -f64::MIN_POSITIVE).unwrap_err().parameter(), "bias");
    // The message reaches `?` in a function that also calls `gram`.
    let error = KernelError::from(slice::Rbf::new(-1.0).unwrap_err());
    assert!(error.to_string().contains("gamma"), "{error}");
}

#[kernel(assume(w >= 0, 0 < p && p <= 2))]
fn bounded(x: &[f64], y: &[f64], w: &[f64], p: f64) -> f64 {
    (-p * x.iter().zip(y).zip(w).map(|((a, b), w)| w * (a - b).powi(2)).sum::<f64>()).exp()
}

#[test]
fn every_entry_of_a_vector_parameter_is_checked() {
    assert!(Bounded::new(vec![0.0, 1.0, 2.0], 2.0).is_ok());
    let error = Bounded::new(vec![0.5, 1.0, -2.0], 2.0).unwrap_err();
    assert_eq!(error.parameter(), "w");
    assert!(error.to_string().contains("-2"), "{error}");
    assert_eq!(Bounded::new(vec![0.5, f64::NAN], 2.0).unwrap_err().parameter(), "w");
    assert_eq!(Bounded::new(vec![0.5], 2.5).unwrap_err().parameter(), "p");
    assert_eq!(Bounded::new(vec![0.5], 0.0).unwrap_err().parameter(), "p");
}

#[test]
fn views_of_every_layout() {
    let k = rbf();
    let (x, y) = (scattered(12, 6), scattered(10, 6));
    let wide = scattered(12, 4);
    let (one, other) = (x.slice(s![..1, ..]), y.slice(s![1..2, ..]));
    for (x, y) in [
        (x.slice(s![..;2, ..;2]), y.slice(s![1..;3, ..;2])),
        (x.slice(s![..;-1, ..;-1]), y.slice(s![.., ..;-1])),
        (x.t(), wide.t()),
        (one.broadcast((4, 6)).unwrap(), other.broadcast((3, 6)).unwrap()),
    ] {
        let (plain_x, plain_y) = (x.as_standard_layout().into_owned(), y.as_standard_layout().into_owned());
        assert!(same_bits(&gram::k_ff(&k, &x, &y).unwrap(), &gram::k_ff(&k, &plain_x, &plain_y).unwrap()));
        assert!(same_bits(&gram::k_gf(&k, &x, &y).unwrap(), &gram::k_gf(&k, &plain_x, &plain_y).unwrap()));
        assert!(same_bits(&gram::k_fg(&k, &x, &y).unwrap(), &gram::k_fg(&k, &plain_x, &plain_y).unwrap()));
        assert!(same_bits(&gram::k_gg(&k, &x, &y).unwrap(), &gram::k_gg(&k, &plain_x, &plain_y).unwrap()));
    }
    let numbers = scalar::Rbf::new(0.5).unwrap();
    let (a, b) = (x.slice(s![..;-2, 3]), y.column(1));
    let (plain_a, plain_b) = (a.to_owned(), b.to_owned());
    assert!(same_bits(&gram::k_gg(&numbers, &a, &b).unwrap(), &gram::k_gg(&numbers, &plain_a, &plain_b).unwrap()));
}

#[test]
fn outputs_of_every_layout() {
    let k = rbf();
    let (x, y) = (scattered(4, 2), scattered(3, 2));
    let want = gram::k_ff(&k, &x, &y).unwrap();

    let mut frame = Array2::from_elem((8, 9), UNTOUCHED);
    gram::k_ff_into(&k, &x, &y, &mut frame.slice_mut(s![1..;2, ..;3])).unwrap();
    assert!(same_bits(&frame.slice(s![1..;2, ..;3]).to_owned(), &want));
    assert_eq!(frame.iter().filter(|v| **v == UNTOUCHED).count(), 72 - 12);

    let mut turned = Array2::zeros((3, 4));
    gram::k_ff_into(&k, &x, &y, &mut turned.view_mut().reversed_axes()).unwrap();
    assert!(same_bits(&turned.t().as_standard_layout().into_owned(), &want));

    let want = gram::k_gg(&k, &x, &y).unwrap();
    let mut columns_first = Array4::zeros((4, 3, 2, 2).f());
    gram::k_gg_into(&k, &x, &y, &mut columns_first).unwrap();
    assert!(same_bits(&columns_first, &want));
}

#[test]
fn outputs_of_the_wrong_shape() {
    let k = rbf();
    let (x, y) = (scattered(4, 2), scattered(3, 2));
    for shape in [(3, 4), (4, 4), (5, 3), (0, 0), (12, 1)] {
        let mut out = Array2::from_elem(shape, UNTOUCHED);
        let error = gram::k_ff_into(&k, &x, &y, &mut out).unwrap_err();
        assert_eq!(error, KernelError::OutputShape { expected: vec![4, 3], got: vec![shape.0, shape.1] });
        assert!(out.iter().all(|v| *v == UNTOUCHED));
    }
    let mut out = Array3::from_elem((4, 3, 3), UNTOUCHED);
    let expected = KernelError::OutputShape { expected: vec![4, 3, 2], got: vec![4, 3, 3] };
    assert_eq!(gram::k_gf_into(&k, &x, &y, &mut out).unwrap_err(), expected);
    assert_eq!(gram::k_fg_into(&k, &x, &y, &mut out).unwrap_err(), expected);
    assert!(out.iter().all(|v| *v == UNTOUCHED));
    let mut out = Array4::from_elem((4, 3, 2, 1), UNTOUCHED);
    let expected = KernelError::OutputShape { expected: vec![4, 3, 2, 2], got: vec![4, 3, 2, 1] };
    assert_eq!(gram::k_gg_into(&k, &x, &y, &mut out).unwrap_err(), expected);
    assert!(out.iter().all(|v| *v == UNTOUCHED));
}

#[test]
fn empty_sets_of_points() {
    let k = rbf();
    let (none, some) = (Array2::<f64>::zeros((0, 3)), scattered(4, 3));
    for (x, y) in [(&none, &some), (&some, &none), (&none, &none)] {
        let (n, m) = (x.nrows(), y.nrows());
        assert_eq!(gram::k_ff(&k, x, y).unwrap().dim(), (n, m));
        assert_eq!(gram::k_gf(&k, x, y).unwrap().dim(), (n, m, 3));
        assert_eq!(gram::k_fg(&k, x, y).unwrap().dim(), (n, m, 3));
        assert_eq!(gram::k_gg(&k, x, y).unwrap().dim(), (n, m, 3, 3));
    }
    // An empty set still has a dimension that must fit.
    assert!(gram::k_ff(&k, &none, &scattered(4, 2)).is_err());
}

#[kernel(indefinite)]
fn clamped(x: &[f64], y: &[f64]) -> f64 {
    (1.0 - sq_dist(x, y)).max(0.0).powi(4)
}

#[test]
fn nan_stays_with_its_own_point() {
    fn spreads<K>(kernel: &K)
    where
        K: kernel_runtime::Differentiable<Scalar = f64, Points = kernel_runtime::VectorPoints>,
    {
        let (clean, y) = (scattered(9, 3), scattered(8, 3));
        let mut x = clean.clone();
        x[[4, 1]] = f64::NAN;
        let (got, want) = (gram::k_ff(kernel, &x, &y).unwrap(), gram::k_ff(kernel, &clean, &y).unwrap());
        for ((i, j), v) in got.indexed_iter() {
            assert!(if i == 4 { v.is_nan() } else { v.to_bits() == want[[i, j]].to_bits() }, "K_ff at {i}, {j}: {v}");
        }
        let (got, want) = (gram::k_gf(kernel, &x, &y).unwrap(), gram::k_gf(kernel, &clean, &y).unwrap());
        for ((i, j, a), v) in got.indexed_iter() {
            assert!(
                if i == 4 { v.is_nan() } else { v.to_bits() == want[[i, j, a]].to_bits() },
                "K_gf at {i}, {j}: {v}"
            );
        }
        let (got, want) = (gram::k_gg(kernel, &y, &x).unwrap(), gram::k_gg(kernel, &y, &clean).unwrap());
        for ((i, j, a, b), v) in got.indexed_iter() {
            let want = want[[i, j, a, b]];
            assert!(if j == 4 { v.is_nan() } else { v.to_bits() == want.to_bits() }, "K_gg at {i}, {j}: {v}");
        }
    }
    spreads(&rbf());
    spreads(&slice::Matern52::new(1.0, 1.0).unwrap());
    // A clamp must not turn NaN into 0, with the rest of the formula or without.
    spreads(&slice::WendlandC2::new(1.0, 1.5).unwrap());
    spreads(&Clamped::new().unwrap());
}

#[test]
fn infinite_points_do_not_panic() {
    let (x, y) = (array![[f64::INFINITY, 0.0], [f64::MAX, 0.0], [f64::NEG_INFINITY, 1.0]], array![[0.0, 0.0]]);
    assert_eq!(gram::k_ff(&rbf(), &x, &y).unwrap(), array![[0.0], [0.0], [0.0]]);
    // inf - inf has no value.
    assert!(gram::k_ff(&rbf(), &x, &x).unwrap()[[0, 0]].is_nan());
    assert!(gram::k_gg(&rbf(), &x, &x).is_ok());
    let linear = slice::Linear::new(1.0, 0.0).unwrap();
    assert_eq!(gram::k_ff(&linear, &x, &array![[1.0, 0.0]]).unwrap()[[0, 0]], f64::INFINITY);
}

#[test]
fn results_too_large_for_memory() {
    let point = scattered(1, 3);
    // The first overflows usize, the second the address space, the third what any machine has.
    for n in [1 << 40, 1 << 31, 1 << 28] {
        let many = point.broadcast((n, 3)).unwrap();
        assert!(matches!(gram::k_ff(&rbf(), &many, &many), Err(KernelError::TooLarge { .. })), "{n} points");
        assert!(matches!(gram::k_gg(&rbf(), &many, &many), Err(KernelError::TooLarge { .. })), "{n} points");
    }
}

mod pair_functions {
    use super::slice;

    #[test]
    #[should_panic(expected = "out")]
    fn output_too_short() {
        slice::rbf::grad(&[0.0; 3], &[1.0; 3], 0.5, &mut [0.0; 2]);
    }

    #[test]
    #[should_panic(expected = "out")]
    fn output_too_long() {
        slice::rbf::hess_xy(&[0.0; 3], &[1.0; 3], 0.5, &mut [0.0; 10]);
    }

    #[test]
    #[should_panic(expected = "y")]
    fn points_differ() {
        slice::rbf::grad(&[0.0; 3], &[1.0; 2], 0.5, &mut [0.0; 3]);
    }

    #[test]
    #[should_panic(expected = "lengthscale")]
    fn parameter_too_short() {
        slice::ard_rbf::grad(&[0.0; 3], &[1.0; 3], 1.0, &[0.5; 2], &mut [0.0; 3]);
    }
}
