//! Kernels written by hand, stage by stage, and what they are on paper.
#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]
#![allow(clippy::doc_markdown, reason = "x_i and K_gg are mathematics here")]

pub mod kernels;

use kernel_runtime::gram::{self, Blocked, Interleaved, Layout};
use kernel_runtime::{Differentiable, Kernel, VectorPoints};
use ndarray::{Array, Array1, Array2, ArrayRef2, Dimension, ShapeBuilder};

/// Coordinates in [-1, 1), the same in every run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    }

    pub fn array<D: Dimension, Sh: ShapeBuilder<Dim = D>>(&mut self, shape: Sh) -> Array<f64, D> {
        Array::from_shape_simple_fn(shape, || self.number())
    }
}

pub fn points(n: usize, d: usize) -> Array2<f64> {
    Random::new(1 + n as u64).array((n, d))
}

pub fn numbers(n: usize) -> Array1<f64> {
    Random::new(1 + n as u64).array(n)
}

/// A kernel as its textbook gives it.
pub trait OnPaper {
    fn k(&self, x: &[f64], y: &[f64]) -> f64;
    /// ∂k/∂x_a
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64;
    /// ∂k/∂y_b
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64;
    /// ∂²k/∂x_a∂y_b
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64;
}

pub fn assert_close(got: f64, expected: f64, what: impl std::fmt::Debug) {
    assert!((got - expected).abs() <= 1e-13 * expected.abs().max(1.0), "{what:?}: got {got}, expected {expected}");
}

pub trait Subject: OnPaper + Differentiable + Kernel<Scalar = f64, Points = VectorPoints> {}
impl<K: OnPaper + Differentiable + Kernel<Scalar = f64, Points = VectorPoints>> Subject for K {}

/// All blocks of one kernel against paper, entry by entry.
pub fn check(kernel: &impl Subject, x: &ArrayRef2<f64>, y: &ArrayRef2<f64>) {
    let k_ff = gram::k_ff(kernel, x, y).unwrap();
    let k_gf = gram::k_gf(kernel, x, y).unwrap();
    let k_fg = gram::k_fg(kernel, x, y).unwrap();
    let k_gg = gram::k_gg(kernel, x, y).unwrap();
    let (n, m, d) = (x.nrows(), y.nrows(), x.ncols());
    assert_eq!(k_ff.dim(), (n, m));
    assert_eq!(k_gf.dim(), (n, m, d));
    assert_eq!(k_fg.dim(), (n, m, d));
    assert_eq!(k_gg.dim(), (n, m, d, d));
    for ((i, j), &value) in k_ff.indexed_iter() {
        let (x, y) = (x.row(i).to_vec(), y.row(j).to_vec());
        assert_close(value, kernel.k(&x, &y), ("k_ff", i, j));
        for a in 0..d {
            assert_close(k_gf[[i, j, a]], kernel.k_x(&x, &y, a), ("k_gf", i, j, a));
            assert_close(k_fg[[i, j, a]], kernel.k_y(&x, &y, a), ("k_fg", i, j, a));
            for b in 0..d {
                assert_close(k_gg[[i, j, a, b]], kernel.k_xy(&x, &y, a, b), ("k_gg", i, j, a, b));
            }
        }
    }
    check_joint(kernel, x, y, Blocked);
    check_joint(kernel, x, y, Interleaved);
}

fn check_joint(kernel: &impl Subject, x: &ArrayRef2<f64>, y: &ArrayRef2<f64>, layout: impl Layout) {
    let joint = gram::joint(kernel, x, y, layout).unwrap();
    let (n, m, d) = (x.nrows(), y.nrows(), x.ncols());
    assert_eq!(joint.dim(), (n * (1 + d), m * (1 + d)));
    for i in 0..n {
        for j in 0..m {
            let (x, y) = (x.row(i).to_vec(), y.row(j).to_vec());
            let at = |a, b| joint[[layout.index(n, d, i, a), layout.index(m, d, j, b)]];
            assert_close(at(None, None), kernel.k(&x, &y), ("joint ff", i, j));
            for a in 0..d {
                assert_close(at(Some(a), None), kernel.k_x(&x, &y, a), ("joint gf", i, j, a));
                assert_close(at(None, Some(a)), kernel.k_y(&x, &y, a), ("joint fg", i, j, a));
                for b in 0..d {
                    let expected = kernel.k_xy(&x, &y, a, b);
                    assert_close(at(Some(a), Some(b)), expected, ("joint gg", i, j, a, b));
                }
            }
        }
    }
}
