//! Every shape of points, with scalar and per-coordinate parameters.
use kernel_runtime::kernel;

const N: usize = 2;

#[kernel(assume(gamma > 0))]
fn scalar(x: f64, y: f64, gamma: f64) -> f64 {
    (-gamma * (x - y).powi(2)).exp()
}

#[kernel(assume(gamma > 0))]
fn slice(x: &[f64], y: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(gamma > 0))]
fn literal(x: &[f64; 3], y: &[f64; 3], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(gamma > 0))]
fn constant(x: &[f64; N], y: &[f64; N], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel(assume(gamma > 0))]
fn generic<const D: usize>(x: &[f64; D], y: &[f64; D], gamma: f64) -> f64 {
    (-gamma * sq_dist(x, y)).exp()
}

#[kernel]
fn weighted(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
    (-x.iter().zip(y).zip(w).map(|((a, b), w)| w * w * (a - b).powi(2)).sum::<f64>()).exp()
}

#[kernel]
fn weighted_array<const D: usize>(x: &[f64; D], y: &[f64; D], w: &[f64; D]) -> f64 {
    (-x.iter().zip(y).zip(w).map(|((a, b), w)| w * w * (a - b).powi(2)).sum::<f64>()).exp()
}

#[kernel]
fn without_parameters(x: &[f64], y: &[f64]) -> f64 {
    dot(x, y)
}

#[kernel(assume(gamma > 0))]
fn other_names(left: &[f64], right: &[f64], gamma: f64) -> f64 {
    (-gamma * sq_dist(left, right)).exp()
}

#[kernel(assume(gamma > 0))]
fn single(x: &[f32; 2], y: &[f32; 2], gamma: f32) -> f32 {
    (-gamma * sq_dist(x, y)).exp()
}

fn main() {
    let _: [f32; 2] = single::grad(&[0.0; 2], &[1.0; 2], 0.5);
    let _: f32 = Single::new(0.5).unwrap().gamma();

    let _: f64 = scalar::grad(0.0, 1.0, 0.5);
    let _: [f64; 1] = scalar::grad_params(0.0, 1.0, 0.5);
    let _: [f64; 1] = scalar::hess_xy_params(0.0, 1.0, 0.5);

    let mut g = [0.0; 2];
    slice::grad(&[0.0, 1.0], &[1.0, 0.0], 0.5, &mut g);
    let mut h = [0.0; 4];
    slice::hess_xy(&[0.0, 1.0], &[1.0, 0.0], 0.5, &mut h);

    let _: [f64; 3] = literal::grad(&[0.0; 3], &[1.0; 3], 0.5);
    let _: [[f64; 2]; 2] = constant::hess_xy(&[0.0; 2], &[1.0; 2], 0.5);
    let _: [[f64; 4]; 4] = generic::hess_xx(&[0.0; 4], &[1.0; 4], 0.5);
    let _: [[[f64; 4]; 4]; 1] = generic::hess_xy_params(&[0.0; 4], &[1.0; 4], 0.5);

    weighted::grad_params(&[0.0, 1.0], &[1.0, 0.0], &[0.5, 0.7], &mut g);
    let (dw,): ([f64; 2],) = weighted_array::grad_params(&[0.0; 2], &[1.0; 2], &[0.5; 2]);
    let (_,): ([[[f64; 2]; 2]; 2],) = weighted_array::hess_xy_params(&[0.0; 2], &[1.0; 2], &[0.5; 2]);
    let _ = dw;

    let _: Slice = Slice::new(0.5).unwrap();
    let _: f64 = Scalar::new(0.5).unwrap().gamma();
    let _: Generic<3> = Generic::new(0.5).unwrap();
    let _: Weighted = Weighted::new(vec![0.5, 0.7]).unwrap();
    let borrowed = [0.5, 0.7];
    let _ = Weighted::new(&borrowed[..]).unwrap();
    let _ = WithoutParameters::new();
    let _ = OtherNames::new(0.5).unwrap().clone();
    let _ = format!("{:?}", Literal::new(0.5).unwrap());
    let _ = Constant::new(0.5).unwrap();
    let _ = WeightedArray::new([0.5; 2]).unwrap();
}
