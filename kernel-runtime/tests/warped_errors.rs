//! What is wrong with maps and points is said, and nothing is written.

use kernel_runtime::gram::{Coordinatewise, Gradient, Partials, Value, Warp, Warped, WarpedGram};
use kernel_runtime::kernels::{ArdRbf, Rbf};
use kernel_runtime::{Differentiable, KernelError, VectorPoints, kernel};
use ndarray::{Array1, Array2, array, s};

mod kinds;
mod maps;
use kinds::numbers;
use maps::{Curved, Linear, logarithms, positive};

/// The last coordinate that it names is more than a map may give.
#[kernel(indefinite)]
fn fourth(x: &[f64], y: &[f64]) -> f64 {
    x[3] * y[3] * dot(x, y)
}

fn refused<K, W>(k: &Warped<K, W>, x: &Array2<f64>, y: &Array2<f64>) -> KernelError
where
    K: Differentiable<Scalar = f64, Points = VectorPoints>,
    W: Warp<f64>,
{
    let error = k.k_gg(x, y).unwrap_err();
    assert_eq!(WarpedGram::new(k, (Gradient, x), (Gradient, y)).err(), Some(error.clone()));
    error
}

#[test]
fn maps_and_points_that_do_not_fit_are_refused() {
    let (two, three) = (positive(4, 2, 0.1), positive(5, 3, 0.7));
    let curved = Warped::new(Rbf::new(1.0, 1.0).unwrap(), Curved);
    assert_eq!(refused(&curved, &two, &three), KernelError::Dimension { argument: "y", expected: 2, got: 3 });
    let none = Array2::zeros((4, 0));
    assert_eq!(refused(&curved, &none, &none), KernelError::NoCoordinates { argument: "x", points: 4 });
    let free = Warped::new(Rbf::new(1.0, 1.0).unwrap(), logarithms());
    assert_eq!(refused(&free, &two, &three), KernelError::UnequalDimensions { x: 2, y: 3 });

    // What is behind the map is said to be so.
    let ard = Warped::new(ArdRbf::new(1.0, vec![1.0; 4]).unwrap(), Curved);
    let error = refused(&ard, &two, &two);
    assert_eq!(error, KernelError::Mapped { from: 2, expected: 4, got: 3 });
    assert_eq!(
        error.to_string(),
        "the map makes points with 3 coordinates of points with 2, but the kernel behind it takes 4 of them: \
         let the map's `jacobian_shape` and the kernel agree"
    );
    let error = refused(&Warped::new(Fourth::new().unwrap(), Curved), &two, &two);
    assert_eq!(error, KernelError::Mapped { from: 2, expected: 4, got: 3 });
    let error = refused(&Warped::new(Rbf::new(1.0, 1.0).unwrap(), Linear(Array2::zeros((0, 2)))), &two, &two);
    assert_eq!(error, KernelError::Mapped { from: 2, expected: 1, got: 0 });

    let gram = WarpedGram::new(&curved, (Gradient, &two), (Value, &two)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(8)).unwrap_err(), KernelError::Operand { expected: 4, got: 8 });
    let mut out = Array1::from_elem(4, 7.0);
    let error = gram.dot_into(&Array1::zeros(4), &mut out).unwrap_err();
    assert_eq!(error, KernelError::OutputShape { expected: vec![8], got: vec![4] });
    assert_eq!(out, Array1::from_elem(4, 7.0));
    let [four, eight] = [4, 8].map(Array1::zeros);
    assert_eq!(gram.contract_params(&four, &four).unwrap_err(), KernelError::LeftOperand { expected: 8, got: 4 });
    assert_eq!(gram.contract_params(&eight, &eight).unwrap_err(), KernelError::Operand { expected: 4, got: 8 });
    let w = Array2::zeros((4, 4));
    assert_eq!(gram.contract_params_with(&w).unwrap_err(), KernelError::Weights { expected: (8, 4), got: (4, 4) });
    assert_eq!(gram.diagonal().unwrap_err(), KernelError::NotSquare { rows: 8, columns: 4 });
    let some = WarpedGram::new(&curved, (Value, &two), (Partials(&[0, 2]), &two));
    assert_eq!(some.err(), Some(KernelError::Coordinate { argument: "y", coordinate: 2, dimension: 2 }));
}

#[test]
fn maps_that_are_not_defined_are_refused() {
    let k = Warped::new(Rbf::new(1.0, 1.0).unwrap(), logarithms());
    let (x, y) = (array![[1.0, 2.0], [2.0, 3.0]], array![[1.0, 2.0], [2.0, -3.0]]);
    let error = refused(&k, &x, &y);
    assert_eq!(error, KernelError::NotMapped { argument: "y", point: 1, derivative: false });
    assert_eq!(
        error.to_string(),
        "the map is not finite at point 1 of `y`, whose coordinates are: pass points where the map is defined"
    );
    // The root has no derivative at 0, but a value.
    let k = Warped::new(Rbf::new(1.0, 1.0).unwrap(), Coordinatewise(|_, x: f64| (x.sqrt(), 0.5 / x.sqrt())));
    let x = array![[0.0, 1.0]];
    assert!(k.k_ff(&x, &x).is_ok());
    let error = refused(&k, &x, &y.slice(s![..1, ..]).to_owned());
    assert_eq!(error, KernelError::NotMapped { argument: "x", point: 0, derivative: true });
    assert!(error.to_string().starts_with("the derivative of the map is not finite at point 0 of `x`"));
    // What is NaN before is NaN behind.
    let nan = array![[f64::NAN, 1.0], [4.0, 1.0]];
    let k_ff = k.k_ff(&nan, &x).unwrap();
    assert!(k_ff[[0, 0]].is_nan() && k_ff[[1, 0]] == (-2.0_f64).exp());
}

#[test]
fn nothing_is_a_result_as_well() {
    let k = Warped::new(Rbf::new(1.0, 1.0).unwrap(), Curved);
    let (none, some) = (Array2::zeros((0, 2)), numbers(3, 2, 0.1));
    let gram = WarpedGram::new(&k, (Gradient, &some), (Value, &none)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(0)).unwrap(), Array1::<f64>::zeros(6));
    assert_eq!(gram.dense().unwrap().dim(), (6, 0));
    let gram = WarpedGram::new(&k, (Gradient, &none), (Value, &some)).unwrap();
    assert_eq!(gram.dot(&Array1::zeros(3)).unwrap(), Array1::<f64>::zeros(0));
    assert_eq!(k.k_gg(&none, &some).unwrap().dim(), (0, 3, 2, 2));
    let gram = WarpedGram::new(&k, (Partials(&[]), &some), (Partials(&[]), &some)).unwrap();
    assert_eq!(gram.shape(), (0, 0));
    assert_eq!(gram.dense().unwrap().dim(), (0, 0));
    assert_eq!(gram.rows(0..0).unwrap().dim(), (0, 0));
    assert_eq!(gram.diagonal().unwrap().dim(), 0);
    assert_eq!(gram.dot(&Array1::zeros(0)).unwrap(), Array1::<f64>::zeros(0));
    let empty = Array1::zeros(0);
    assert_eq!(gram.contract_params(&empty, &empty).unwrap(), Array1::<f64>::zeros(2));
}
