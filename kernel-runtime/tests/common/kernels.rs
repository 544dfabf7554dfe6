//! The kernels of these tests.

use kernel_runtime::__private::{Directed, First, Lane, Place, Second, Shape, Stage};
use kernel_runtime::{
    Differentiable, Isotropic, Kernel, PositiveDefinite, ScalarPoints, Stationary, Symmetric, VectorPoints,
};

use super::OnPaper;

/// `V` is the lane type in each expression.
macro_rules! stages {
    (
        $K:ty, $Points:ty, dimension |$self:ident| $dimension:expr, sums $sums:literal, passes $passes:literal,
        reduce |$pass:ident, $place:ident, $x:ident, $y:ident, $out:ident| $reduce:expr,
        value |$d:ident, $s:ident| $value:expr,
        frame $frame_count:literal $frame:expr,
        grad_x $x_count:literal $grad_x:expr, grad_y $y_count:literal $grad_y:expr,
        rank $rank:expr, diagonal $diagonal_count:literal $diagonal:expr,
        factors |$fplace:ident, $fx:ident, $fy:ident, $frame_in:ident| $factors_x:expr, $factors_y:expr, $diagonals:expr $(,)?
    ) => {
        #[allow(unused_variables, reason = "not every kernel needs all")]
        impl Kernel for $K {
            type Scalar = f64;
            type Points = $Points;

            const SHAPE: Shape = Shape {
                sums: [$sums; 5],
                frame: $frame_count,
                x: $x_count,
                y: $y_count,
                diagonal: $diagonal_count,
                dense: 0,
                coordinates: 0,
                passes: $passes,
                symmetric: false,
                off_diagonal: false,
                custom_sums: true,
                custom_factors: true,
                parameters: [0; 2],
                custom_params: true,
                custom_contract: true,
            };

            fn dimension(&$self) -> Option<usize> { $dimension }
            fn reduce<V: Lane<Scalar = f64>, P: Place<V>>(&$self, _: Stage, $pass: usize, $place: &P, $out: &mut [V]) {
                let ($x, $y) = ($place.x(), $place.y());
                $reduce
            }
            fn value<V: Lane<Scalar = f64>>(&$self, $d: usize, $s: &[V]) -> V { $value }
            fn first<V: Lane<Scalar = f64>>(&$self, $d: usize, $s: &[V], out: &mut First<'_, V>) -> V {
                write(out.frame, $frame);
                write(out.grad_x, $grad_x);
                write(out.grad_y, $grad_y);
                $value
            }
            fn second<V: Lane<Scalar = f64>>(&$self, $d: usize, $s: &[V], out: &mut Second<'_, V>) -> V {
                write(out.frame, $frame);
                write(out.grad_x, $grad_x);
                write(out.grad_y, $grad_y);
                write(out.diagonal, $diagonal);
                let rank: [[V; $y_count]; $x_count] = $rank;
                for (p, row) in rank.into_iter().enumerate() {
                    write(&mut out.rank[p * out.stride..][..$y_count], row);
                }
                $value
            }
            fn factors_x<V: Lane<Scalar = f64>, P: Place<V>>(&$self, $fplace: &P, $frame_in: &[V], out: &mut [V]) {
                let ($fx, $fy) = ($fplace.x(), $fplace.y());
                write(out, $factors_x);
            }
            fn factors_y<V: Lane<Scalar = f64>, P: Place<V>>(&$self, $fplace: &P, $frame_in: &[V], out: &mut [V]) {
                let ($fx, $fy) = ($fplace.x(), $fplace.y());
                write(out, $factors_y);
            }
            fn diagonals<V: Lane<Scalar = f64>, P: Place<V>>(&$self, $fplace: &P, $frame_in: &[V], out: &mut [V]) {
                let ($fx, $fy) = ($fplace.x(), $fplace.y());
                write(out, $diagonals);
            }
            fn contract<V: Lane<Scalar = f64>, P: Directed<V>>(&self, at: &P, sums: &[V], _: &mut [[V; 4]]) -> [V; 4] {
                let zero = V::of(0.0);
                let (mut frame, mut rank) = ([zero; $frame_count], [zero; $x_count * $y_count]);
                let (mut grad_x, mut grad_y, mut diagonal) =
                    ([zero; $x_count], [zero; $y_count], [zero; $diagonal_count]);
                let mut second = Second {
                    frame: &mut frame,
                    grad_x: &mut grad_x,
                    grad_y: &mut grad_y,
                    rank: &mut rank,
                    stride: $y_count,
                    off_diagonal: &mut [],
                    diagonal: &mut diagonal,
                    dense: &mut [],
                };
                let mut jet = [self.second(at.dimension(), sums, &mut second), zero, zero, zero];
                let (mut along_x, mut along_y) = ([zero; $x_count], [zero; $y_count]);
                for i in 0..at.dimension() {
                    let at = at.at(i);
                    let (mut f, mut g, mut h) = ([zero; $x_count], [zero; $y_count], [zero; $diagonal_count]);
                    self.factors_x(&at, &frame, &mut f);
                    self.factors_y(&at, &frame, &mut g);
                    self.diagonals(&at, &frame, &mut h);
                    add(&mut along_x, &f, at.along_x());
                    add(&mut along_y, &g, at.along_y());
                    jet[3] = jet[3] + sum_of_products(&h, &diagonal) * at.along_x() * at.along_y();
                }
                jet[1] = sum_of_products(&along_x, &grad_x);
                jet[2] = sum_of_products(&along_y, &grad_y);
                for (f, rank) in along_x.iter().zip(rank.chunks(const { if $y_count > 0 { $y_count } else { 1 } })) {
                    jet[3] = jet[3] + *f * sum_of_products(&along_y, rank);
                }
                jet
            }
        }
    };
}

/// Panics unless the runtime passes exactly the memory that the shape announced.
fn write<V: Copy, const N: usize>(out: &mut [V], values: [V; N]) {
    out.copy_from_slice(&values);
}

fn add<V: Lane>(to: &mut [V], numbers: &[V], factor: V) {
    for (to, &number) in to.iter_mut().zip(numbers) {
        *to = *to + factor * number;
    }
}

fn sum_of_products<V: Lane>(x: &[V], y: &[V]) -> V {
    x.iter().zip(y).fold(V::of(0.0), |sum, (&a, &b)| sum + a * b)
}

fn sq_dist(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b).sum()
}

fn delta(a: usize, b: usize) -> f64 {
    if a == b { 1.0 } else { 0.0 }
}

/// exp(-γ‖x - y‖²)
#[derive(Clone, Copy, Debug)]
pub struct Rbf(pub f64);

stages!(
    Rbf, VectorPoints, dimension |self| None, sums 1, passes 1,
    reduce |pass, place, x, y, sums| sums[0] = sums[0] + (x - y) * (x - y),
    value |d, s| Lane::exp(-V::splat(self.0) * s[0]),
    frame 0 [],
    grad_x 1 [V::splat(-2.0 * self.0) * self.value(d, s)],
    grad_y 1 [V::splat(2.0 * self.0) * self.value(d, s)],
    rank [[V::splat(-4.0 * self.0 * self.0) * self.value(d, s)]],
    diagonal 1 [V::splat(2.0 * self.0) * self.value(d, s)],
    factors |place, x, y, frame| [x - y], [x - y], [V::of(1.0)],
);

impl OnPaper for Rbf {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        (-self.0 * sq_dist(x, y)).exp()
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        -2.0 * self.0 * (x[a] - y[a]) * self.k(x, y)
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        2.0 * self.0 * (x[b] - y[b]) * self.k(x, y)
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        let gamma = self.0;
        (2.0 * gamma * delta(a, b) - 4.0 * gamma * gamma * (x[a] - y[a]) * (x[b] - y[b])) * self.k(x, y)
    }
}

/// exp(-γ(x - y)²) of two numbers
#[derive(Clone, Copy, Debug)]
pub struct RbfOnLine(pub f64);

stages!(
    RbfOnLine, ScalarPoints, dimension |self| Some(1), sums 2, passes 1,
    reduce |pass, place, x, y, sums| { sums[0] = x; sums[1] = y },
    value |d, s| Lane::exp(-V::splat(self.0) * (s[0] - s[1]) * (s[0] - s[1])),
    frame 0 [],
    grad_x 1 [V::splat(-2.0 * self.0) * (s[0] - s[1]) * self.value(d, s)],
    grad_y 1 [V::splat(2.0 * self.0) * (s[0] - s[1]) * self.value(d, s)],
    rank [[(V::splat(2.0 * self.0) - V::splat(4.0 * self.0 * self.0) * (s[0] - s[1]) * (s[0] - s[1])) * self.value(d, s)]],
    diagonal 0 [],
    factors |place, x, y, frame| [V::of(1.0)], [V::of(1.0)], [],
);

/// exp(-½ Σ ((x_i - y_i) / ℓ_i)²)
#[derive(Clone, Debug)]
pub struct Ard(pub Vec<f64>);

stages!(
    Ard, VectorPoints, dimension |self| Some(self.0.len()), sums 1, passes 1,
    reduce |pass, place, x, y, sums| {
        let u = (x - y) / place.entry(&self.0);
        sums[0] = sums[0] + u * u;
    },
    value |d, s| Lane::exp(V::of(-0.5) * s[0]),
    frame 0 [],
    grad_x 1 [-self.value(d, s)],
    grad_y 1 [self.value(d, s)],
    rank [[-self.value(d, s)]],
    diagonal 1 [self.value(d, s)],
    factors |place, x, y, frame|
        [(x - y) / (place.entry(&self.0) * place.entry(&self.0))],
        [(x - y) / (place.entry(&self.0) * place.entry(&self.0))],
        [V::of(1.0) / (place.entry(&self.0) * place.entry(&self.0))],
);

impl OnPaper for Ard {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        let squares = x.iter().zip(y).zip(&self.0).map(|((x, y), l)| ((x - y) / l).powi(2));
        (-0.5 * squares.sum::<f64>()).exp()
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        -(x[a] - y[a]) / self.0[a].powi(2) * self.k(x, y)
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        (x[b] - y[b]) / self.0[b].powi(2) * self.k(x, y)
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        let (u, v) = ((x[a] - y[a]) / self.0[a].powi(2), (x[b] - y[b]) / self.0[b].powi(2));
        (delta(a, b) / self.0[a].powi(2) - u * v) * self.k(x, y)
    }
}

/// (x·y + c)²: its factors of x and of y differ.
#[derive(Clone, Copy, Debug)]
pub struct Quadratic(pub f64);

stages!(
    Quadratic, VectorPoints, dimension |self| None, sums 1, passes 1,
    reduce |pass, place, x, y, sums| sums[0] = sums[0] + x * y,
    value |d, s| Lane::powi(s[0] + V::splat(self.0), 2),
    frame 0 [],
    grad_x 1 [V::of(2.0) * (s[0] + V::splat(self.0))],
    grad_y 1 [V::of(2.0) * (s[0] + V::splat(self.0))],
    rank [[V::of(2.0)]],
    diagonal 1 [V::of(2.0) * (s[0] + V::splat(self.0))],
    factors |place, x, y, frame| [y], [x], [V::of(1.0)],
);

impl OnPaper for Quadratic {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        (dot(x, y) + self.0).powi(2)
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        2.0 * (dot(x, y) + self.0) * y[a]
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        2.0 * (dot(x, y) + self.0) * x[b]
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        2.0 * y[a] * x[b] + 2.0 * (dot(x, y) + self.0) * delta(a, b)
    }
}

/// exp(x·y) ‖x‖²: not symmetric, two factors of x, one of y, one number in the frame.
#[derive(Clone, Copy, Debug)]
pub struct Lopsided;

stages!(
    Lopsided, VectorPoints, dimension |self| None, sums 2, passes 1,
    reduce |pass, place, x, y, sums| {
        sums[0] = sums[0] + x * y;
        sums[1] = sums[1] + x * x;
    },
    value |d, s| Lane::exp(s[0]) * s[1],
    frame 1 [V::of(2.0) * Lane::exp(s[0])],
    grad_x 2 [Lane::exp(s[0]) * s[1], V::of(1.0)],
    grad_y 1 [Lane::exp(s[0]) * s[1]],
    rank [[Lane::exp(s[0]) * s[1]], [V::of(1.0)]],
    diagonal 1 [Lane::exp(s[0]) * s[1]],
    factors |place, x, y, frame| [y, frame[0] * x], [x], [V::of(1.0)],
);

impl OnPaper for Lopsided {
    fn k(&self, x: &[f64], y: &[f64]) -> f64 {
        dot(x, y).exp() * dot(x, x)
    }
    fn k_x(&self, x: &[f64], y: &[f64], a: usize) -> f64 {
        dot(x, y).exp() * (y[a] * dot(x, x) + 2.0 * x[a])
    }
    fn k_y(&self, x: &[f64], y: &[f64], b: usize) -> f64 {
        dot(x, y).exp() * dot(x, x) * x[b]
    }
    fn k_xy(&self, x: &[f64], y: &[f64], a: usize, b: usize) -> f64 {
        dot(x, y).exp() * (delta(a, b) * dot(x, x) + 2.0 * x[a] * x[b] + y[a] * x[b] * dot(x, x))
    }
}

/// c: no sums, no factors.
#[derive(Clone, Copy, Debug)]
pub struct Constant(pub f64);

stages!(
    Constant, VectorPoints, dimension |self| None, sums 0, passes 0,
    reduce |pass, place, x, y, sums| {},
    value |d, s| V::splat(self.0),
    frame 0 [], grad_x 0 [], grad_y 0 [], rank [], diagonal 0 [],
    factors |place, x, y, frame| [], [], [],
);

impl OnPaper for Constant {
    fn k(&self, _: &[f64], _: &[f64]) -> f64 {
        self.0
    }
    fn k_x(&self, _: &[f64], _: &[f64], _: usize) -> f64 {
        0.0
    }
    fn k_y(&self, _: &[f64], _: &[f64], _: usize) -> f64 {
        0.0
    }
    fn k_xy(&self, _: &[f64], _: &[f64], _: usize, _: usize) -> f64 {
        0.0
    }
}

/// Σ (x_i y_i - x·y)²: the second pass reads what the first one finished. Values only.
#[derive(Clone, Copy, Debug)]
pub struct TwoPasses;

stages!(
    TwoPasses, VectorPoints, dimension |self| None, sums 2, passes 2,
    reduce |pass, place, x, y, sums| if pass == 0 {
        sums[0] = sums[0] + x * y;
    } else {
        sums[1] = sums[1] + Lane::powi(x * y - sums[0], 2);
    },
    value |d, s| s[1],
    frame 0 [], grad_x 0 [], grad_y 0 [], rank [], diagonal 0 [],
    factors |place, x, y, frame| [], [], [],
);

impl TwoPasses {
    pub fn k(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).map(|(a, b)| (a * b - dot(x, y)).powi(2)).sum()
    }
}

macro_rules! markers {
    ($($K:ty: $($marker:ident),*;)*) => { $($(impl $marker for $K {})*)* };
}
markers!(
    Rbf: Symmetric, PositiveDefinite, Stationary, Isotropic, Differentiable;
    RbfOnLine: Symmetric, PositiveDefinite, Stationary, Isotropic, Differentiable;
    Ard: Symmetric, PositiveDefinite, Stationary, Differentiable;
    Quadratic: Symmetric, PositiveDefinite, Differentiable;
    Lopsided: Differentiable;
    Constant: Symmetric, PositiveDefinite, Stationary, Isotropic, Differentiable;
    TwoPasses: Symmetric;
);
