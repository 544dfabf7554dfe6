//! What is wrong with a call is said, and nothing is written.

mod common;

use common::kernels::{Ard, Rbf, RbfOnLine};
use common::{numbers, points};
use kernel_runtime::gram::{self, Blocked, Interleaved};
use kernel_runtime::{KernelError, ParamError, kernel};
use ndarray::{Array1, Array2, Array3, Array4, ArrayView2, array};

#[test]
fn points_of_different_dimension() {
    let (x, y) = (points(3, 2), points(4, 5));
    let error = gram::k_ff(&Rbf(1.0), &x, &y).unwrap_err();
    assert_eq!(error, KernelError::UnequalDimensions { x: 2, y: 5 });
    assert_eq!(
        error.to_string(),
        "`x` has points with 2 coordinates and `y` with 5: \
         both arrays must have the same number of columns"
    );
    assert_eq!(gram::k_gf(&Rbf(1.0), &x, &y).unwrap_err(), error);
    assert_eq!(gram::k_fg(&Rbf(1.0), &x, &y).unwrap_err(), error);
    assert_eq!(gram::k_gg(&Rbf(1.0), &x, &y).unwrap_err(), error);
    assert_eq!(gram::joint(&Rbf(1.0), &x, &y, Blocked).unwrap_err(), error);
}

#[test]
fn another_dimension_than_the_kernel_takes() {
    let k = Ard(vec![1.0; 3]);
    let (two, three) = (points(2, 2), points(2, 3));
    let error = gram::k_ff(&k, &three, &two).unwrap_err();
    let expected = KernelError::Dimension { argument: "y", expected: 3, got: 2 };
    assert_eq!(error, expected);
    assert_eq!(
        error.to_string(),
        "`y` has points with 2 coordinates, but this kernel takes 3: pass an array of shape (points, 3)"
    );
    let error = gram::k_gg(&k, &points(2, 1), &two).unwrap_err();
    assert!(error.to_string().starts_with("`x` has points with 1 coordinate, but"));
    assert!(gram::diagonal(&k, &two).is_err());
    // Also where there is nothing to evaluate.
    assert!(gram::k_ff(&k, &Array2::zeros((0, 2)), &three).is_err());
}

#[test]
fn points_without_coordinates() {
    let x = Array2::zeros((5, 0));
    let error = gram::k_ff(&Rbf(1.0), &x, &x).unwrap_err();
    assert_eq!(error, KernelError::NoCoordinates { argument: "x", points: 5 });
    assert_eq!(
        error.to_string(),
        "`x` has shape (5, 0): points need at least one coordinate, \
         pass an array of shape (points, coordinates)"
    );
}

#[test]
fn outputs_of_another_shape() {
    let (x, y, k) = (points(3, 2), points(4, 2), Rbf(1.0));
    let shape = |result: Result<(), KernelError>, shape: &[usize], wrong: &[usize]| {
        let expected = KernelError::OutputShape { expected: shape.to_vec(), got: wrong.to_vec() };
        assert_eq!(result.unwrap_err(), expected);
    };
    let mut out = Array2::from_elem((4, 3), 7.0);
    shape(gram::k_ff_into(&k, &x, &y, &mut out), &[3, 4], &[4, 3]);
    shape(gram::joint_into(&k, &x, &y, Blocked, &mut out), &[9, 12], &[4, 3]);
    shape(gram::joint_into(&k, &x, &y, Interleaved, &mut out), &[9, 12], &[4, 3]);
    assert!(out.iter().all(|&entry| entry == 7.0));

    let mut out = Array3::from_elem((3, 4, 1), 7.0);
    shape(gram::k_gf_into(&k, &x, &y, &mut out), &[3, 4, 2], &[3, 4, 1]);
    shape(gram::k_fg_into(&k, &x, &y, &mut out), &[3, 4, 2], &[3, 4, 1]);
    assert!(out.iter().all(|&entry| entry == 7.0));

    let mut out = Array4::from_elem((3, 4, 2, 3), 7.0);
    shape(gram::k_gg_into(&k, &x, &y, &mut out), &[3, 4, 2, 2], &[3, 4, 2, 3]);
    assert!(out.iter().all(|&entry| entry == 7.0));

    let mut out = Array1::from_elem(4, 7.0);
    shape(gram::diagonal_into(&k, &x, &mut out), &[3], &[4]);
    assert!(out.iter().all(|&entry| entry == 7.0));

    let mut out = Array2::from_elem((3, 3), 7.0);
    let (x, y) = (numbers(3), numbers(2));
    shape(gram::k_gg_into(&RbfOnLine(1.0), &x, &y, &mut out), &[3, 2], &[3, 3]);
    assert!(out.iter().all(|&entry| entry == 7.0));
}

#[test]
fn the_message_on_a_wrong_output() {
    let x = points(3, 2);
    let mut out = Array1::zeros(4);
    assert_eq!(
        gram::diagonal_into(&Rbf(1.0), &x, &mut out).unwrap_err().to_string(),
        "`out` has shape (4,), but the result has shape (3,): allocate it with that shape, \
         or call the function without `_into`"
    );
}

/// Any other failure leaves the output alone, too.
#[test]
fn outputs_are_untouched_by_bad_points() {
    let mut out = Array2::from_elem((3, 4), 7.0);
    gram::k_ff_into(&Rbf(1.0), &points(3, 2), &points(4, 1), &mut out).unwrap_err();
    gram::k_ff_into(&Ard(vec![1.0]), &points(3, 2), &points(4, 2), &mut out).unwrap_err();
    assert!(out.iter().all(|&entry| entry == 7.0));
}

#[test]
fn results_that_no_memory_holds() {
    let one = array![[1.0, 2.0]];
    // 2^40 points in the memory of one
    let many: ArrayView2<'_, f64> = one.broadcast((1 << 40, 2)).unwrap();
    let error = gram::k_ff(&Rbf(1.0), &many, &many).unwrap_err();
    let shape = vec![1 << 40, 1 << 40];
    assert_eq!(error, KernelError::TooLarge { shape });
    assert_eq!(
        error.to_string(),
        "a result of shape (1099511627776, 1099511627776) does not fit into memory: \
         evaluate it for a part of `x` at a time"
    );
    let too_large = |error| assert!(matches!(error, KernelError::TooLarge { .. }), "{error}");
    too_large(gram::k_gf(&Rbf(1.0), &many, &many).unwrap_err());
    too_large(gram::k_gg(&Rbf(1.0), &many, &many).unwrap_err());
    too_large(gram::joint(&Rbf(1.0), &many, &many, Blocked).unwrap_err());
    let mut out = Array2::zeros((1, 1));
    too_large(gram::k_ff_into(&Rbf(1.0), &many, &many, &mut out).unwrap_err());
    // Below what an address can count, above what there is.
    let few = one.broadcast((1 << 18, 2)).unwrap();
    too_large(gram::k_ff(&Rbf(1.0), &many, &few).unwrap_err());
    // Nothing to write is not too much, however many points there are.
    let none = Array2::zeros((0, 2));
    assert_eq!(gram::k_ff(&Rbf(1.0), &many, &none).unwrap().dim(), (1 << 40, 0));
}

#[test]
fn errors_convert_and_chain() {
    fn call() -> Result<(), KernelError> {
        Err(ParamError::new("gamma", "gamma > 0", -1.0))?;
        Ok(())
    }
    let error: Box<dyn std::error::Error + Send + Sync> = call().unwrap_err().into();
    assert_eq!(error.to_string(), "`gamma` is -1, but must satisfy gamma > 0");
    let source = error.source().unwrap().downcast_ref::<ParamError>().unwrap();
    assert_eq!((source.parameter(), source.value()), ("gamma", "-1"));
}

/// The last coordinate that the kernel names decides, be it of a point or of a parameter.
#[test]
fn coordinates_that_the_kernel_takes_by_number() {
    #[kernel(asymmetric, indefinite)]
    fn third(x: &[f64], y: &[f64]) -> f64 {
        x[2] * dot(x, y)
    }

    #[kernel(indefinite)]
    fn second_weight(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
        w[1] * dot(x, y)
    }

    let k = Third::new().unwrap();
    assert!(gram::k_ff(&k, &points(2, 3), &points(4, 3)).is_ok());
    let error = gram::k_ff(&k, &points(2, 2), &points(4, 2)).unwrap_err();
    assert_eq!(error, KernelError::TooFewCoordinates { argument: "x", expected: 3, got: 2 });
    assert_eq!(
        error.to_string(),
        "`x` has points with 2 coordinates, but this kernel takes coordinate number 2: points need 3 or more"
    );
    let sum = SecondWeight::new(vec![1.0]).unwrap() + SecondWeight::new(vec![1.0]).unwrap();
    let error = gram::diagonal(&sum, &points(2, 1)).unwrap_err();
    assert_eq!(error, KernelError::TooFewCoordinates { argument: "x", expected: 2, got: 1 });
}
