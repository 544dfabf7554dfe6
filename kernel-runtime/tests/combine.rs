//! Sums, products and scaled kernels: the rules of calculus against differences, the blocks against the rules.

mod common;

use common::kernels::{Ard, Constant, Lopsided, Quadratic, Rbf, RbfOnLine, TwoPasses};
use common::{OnPaper, Subject, assert_close, check, numbers, points};
use kernel_runtime::gram::{self, Blocked};
use kernel_runtime::{Differentiable, Isotropic, Kernel, KernelError, PositiveDefinite, Product, Scaled, Sum};

impl<A: OnPaper, B: OnPaper> OnPaper for Sum<A, B> {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        self.left().k(x, y) + self.right().k(x, y)
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        self.left().k_x(x, y, a) + self.right().k_x(x, y, a)
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        self.left().k_y(x, y, b) + self.right().k_y(x, y, b)
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        self.left().k_xy(x, y, a, b) + self.right().k_xy(x, y, a, b)
    }
}

impl<A: OnPaper, B: OnPaper> OnPaper for Product<A, B> {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        self.left().k(x, y) * self.right().k(x, y)
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        let (l, r) = (self.left(), self.right());
        l.k_x(x, y, a) * r.k(x, y) + l.k(x, y) * r.k_x(x, y, a)
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        let (l, r) = (self.left(), self.right());
        l.k_y(x, y, b) * r.k(x, y) + l.k(x, y) * r.k_y(x, y, b)
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        let (l, r) = (self.left(), self.right());
        l.k_xy(x, y, a, b) * r.k(x, y)
            + l.k_x(x, y, a) * r.k_y(x, y, b)
            + l.k_y(x, y, b) * r.k_x(x, y, a)
            + l.k(x, y) * r.k_xy(x, y, a, b)
    }
}

impl<K: OnPaper + Kernel<Scalar = f64>> OnPaper for Scaled<K> {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        self.factor() * self.kernel().k(x, y)
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        self.factor() * self.kernel().k_x(x, y, a)
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        self.factor() * self.kernel().k_y(x, y, b)
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        self.factor() * self.kernel().k_xy(x, y, a, b)
    }
}

/// Blocks against the rules above, and these against central differences of values.
fn check_combined(kernel: &impl Subject) {
    let (x, y) = (points(4, 3), points(5, 3));
    check(kernel, &x, &y);

    let h = 1e-4;
    let moved = |point: &[f64], a: usize, by: f64| {
        let mut point = point.to_vec();
        point[a] += by;
        point
    };
    let close = |derivative: f64, difference: f64| {
        let error = (derivative - difference).abs();
        assert!(error < 1e-5 * derivative.abs().max(1.0), "{derivative} {difference}");
    };
    let (x, y) = (x.row(0).to_vec(), y.row(1).to_vec());
    for a in 0..3 {
        let k = |u: f64, v: f64, b| kernel.k(&moved(&x, a, u), &moved(&y, b, v));
        close(kernel.k_x(&x, &y, a), (k(h, 0.0, 0) - k(-h, 0.0, 0)) / (2.0 * h));
        close(kernel.k_y(&x, &y, a), (k(0.0, h, a) - k(0.0, -h, a)) / (2.0 * h));
        for b in 0..3 {
            let mixed = k(h, h, b) - k(h, -h, b) - k(-h, h, b) + k(-h, -h, b);
            close(kernel.k_xy(&x, &y, a, b), mixed / (4.0 * h * h));
        }
    }
}

fn ard() -> Ard {
    Ard(vec![0.7, 1.5, 2.0])
}

#[test]
fn sums() {
    check_combined(&Sum::new(Rbf(0.5), Quadratic(0.3)));
    check_combined(&Sum::new(Lopsided, Constant(2.0)));
    check_combined(&Sum::new(Constant(2.0), Lopsided));
    check_combined(&Sum::new(ard(), Rbf(0.2)));
    check_combined(&(Sum::new(Lopsided, Rbf(0.1)) + Lopsided + Constant(1.0)));
}

#[test]
fn products() {
    check_combined(&Product::new(Rbf(0.5), Quadratic(0.3)));
    check_combined(&Product::new(Quadratic(0.3), Lopsided));
    check_combined(&Product::new(Lopsided, Quadratic(0.3)));
    check_combined(&Product::new(Lopsided, Constant(2.0)));
    check_combined(&Product::new(Constant(2.0), Lopsided));
    check_combined(&Product::new(Constant(2.0), Constant(3.0)));
}

#[test]
fn products_of_products_and_sums() {
    let inner = || Product::new(Lopsided, Rbf(0.3));
    check_combined(&Product::new(inner(), Quadratic(1.0)));
    check_combined(&Product::new(Quadratic(1.0), inner()));
    check_combined(&Product::new(inner(), inner()));
    check_combined(&Product::new(Sum::new(ard(), Lopsided), Sum::new(Rbf(0.1), Constant(1.0))));
    check_combined(&Sum::new(Product::new(Constant(2.0), Lopsided), inner()));
    check_combined(&Product::new(Product::new(Lopsided, Constant(2.0)), inner()));
    check_combined(&Product::new(inner(), Product::new(Lopsided, Constant(2.0))));
    check_combined(&(inner() * (inner() + 0.5 * Product::new(Rbf(0.1), Constant(3.0)))));
}

#[test]
fn scaled() {
    check_combined(&Scaled::new(2.5, Rbf(0.5)).unwrap());
    check_combined(&Scaled::new(0.0, Lopsided).unwrap());
    check_combined(&Product::new(Scaled::new(2.5, Lopsided).unwrap(), Quadratic(0.3)));
    check_combined(&Product::new(Quadratic(0.3), Scaled::new(2.5, Lopsided).unwrap()));
    check_combined(&Sum::new(Constant(1.0), Scaled::new(2.5, Lopsided).unwrap()));
}

#[test]
fn operators() {
    let (x, y) = (points(3, 3), points(2, 3));
    let kernel =
        2.0 * (Sum::new(Rbf(0.5), Quadratic(0.3)) * Lopsided) + Product::new(Constant(1.0), Constant(1.5)) * 2.0;
    let k_ff = gram::k_ff(&kernel, &x, &y).unwrap();
    for ((i, j), &value) in k_ff.indexed_iter() {
        let (x, y) = (x.row(i).to_vec(), y.row(j).to_vec());
        let sum = Rbf(0.5).k(&x, &y) + Quadratic(0.3).k(&x, &y);
        assert_close(value, 2.0 * sum * Lopsided.k(&x, &y) + 3.0, (i, j));
    }
}

#[test]
fn sums_with_different_passes() {
    let x = points(4, 3);
    let kernel = Sum::new(Rbf(0.5), Sum::new(TwoPasses, Rbf(0.1)));
    let k_ff = gram::k_ff(&kernel, &x, &x).unwrap();
    for ((i, j), &value) in k_ff.indexed_iter() {
        let (x, y) = (x.row(i).to_vec(), x.row(j).to_vec());
        let expected = Rbf(0.5).k(&x, &y) + TwoPasses::k(&x, &y) + Rbf(0.1).k(&x, &y);
        assert_close(value, expected, (i, j));
    }
}

#[test]
fn kernels_of_two_numbers() {
    let x = numbers(4);
    let kernel = Product::new(RbfOnLine(0.5), RbfOnLine(0.25));
    let joint = gram::joint(&kernel, &x, &x, Blocked).unwrap();
    let expected = gram::joint(&RbfOnLine(0.75), &x, &x, Blocked).unwrap();
    for (&entry, &expected) in joint.iter().zip(&expected) {
        assert_close(entry, expected, "exp(-u²/2) exp(-u²/4) = exp(-3u²/4)");
    }
}

#[test]
fn parts_that_fit_no_point_are_an_error() {
    let kernel = Product::new(Rbf(1.0), Sum::new(Ard(vec![1.0; 3]), Ard(vec![1.0; 2])));
    let error = gram::k_ff(&kernel, &points(2, 3), &points(2, 3)).unwrap_err();
    assert_eq!(error, KernelError::Incompatible { left: 3, right: 2 });
    assert_eq!(
        error.to_string(),
        "the parts of this sum or product take points with 3 and 2 coordinates: no point fits both"
    );
    let kernel = Sum::new(Rbf(1.0), ard());
    assert_eq!(kernel.dimension(), Some(3));
    assert!(gram::k_ff(&kernel, &points(2, 2), &points(2, 2)).is_err());
}

#[test]
fn a_factor_must_be_a_variance() {
    for factor in [-1.0, f64::NAN, f64::INFINITY] {
        let error = Scaled::new(factor, Rbf(1.0)).unwrap_err();
        assert_eq!(error.parameter(), "factor");
        assert_eq!(error.value(), factor.to_string());
        // An operator cannot fail: whoever evaluates is told.
        let kernel = factor * Sum::new(Rbf(1.0), Rbf(1.0)) + Rbf(1.0);
        let found = gram::k_ff(&kernel, &points(2, 2), &points(2, 2)).unwrap_err();
        assert_eq!(found, KernelError::Parameter(error));
    }
}

#[test]
fn markers_follow() {
    fn covariance(_: &impl PositiveDefinite) {}
    fn isotropic(_: &impl Isotropic) {}
    fn differentiable(_: &impl Differentiable) {}
    let sum = || Sum::new(Rbf(1.0), Constant(1.0));
    covariance(&sum());
    isotropic(&sum());
    covariance(&(sum() * Quadratic(1.0)));
    isotropic(&(2.0 * (sum() * Rbf(1.0))));
    differentiable(&(sum() * Lopsided * 2.0));
}
