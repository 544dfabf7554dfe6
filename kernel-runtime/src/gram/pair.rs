//! One pair of points: the stages of a kernel, run one after the other.

use crate::kernel::{First, Kernel, Pairs, Second, Shape, Stage};
use crate::real::{Lane, Real};

/// A kernel with the memory that its stages need for a pair of points: O(shape · d), made once for many pairs.
pub(super) struct Pair<'k, K: Kernel> {
    kernel: &'k K,
    d: usize,
    sums: Buffer<K::Scalar>,
    frame: Buffer<K::Scalar>,
    grad_x: Buffer<K::Scalar>,
    grad_y: Buffer<K::Scalar>,
    rank: Buffer<K::Scalar>,
    off_diagonal: Buffer<K::Scalar>,
    diagonal: Buffer<K::Scalar>,
    dense: Buffer<K::Scalar>,
    /// f_p, g_q, h_e or e_t of one coordinate.
    factors: Buffer<K::Scalar>,
    /// Σ_p rank[p, q] f_p of one coordinate of x.
    weights: Buffer<K::Scalar>,
    /// g_q(j) at `q * d + j`.
    columns: Vec<K::Scalar>,
}

impl<'k, K: Kernel> Pair<'k, K> {
    #[inline(always)]
    pub(super) fn new(kernel: &'k K, d: usize) -> Self {
        let shape = K::SHAPE;
        Self {
            kernel,
            d,
            sums: Buffer::new(shape.sums[Stage::Params as usize]),
            frame: Buffer::new(shape.frame),
            grad_x: Buffer::new(shape.x),
            grad_y: Buffer::new(shape.y),
            rank: Buffer::new(shape.x * shape.y),
            off_diagonal: Buffer::new(off_diagonal(shape)),
            diagonal: Buffer::new(shape.diagonal),
            dense: Buffer::new(shape.dense),
            factors: Buffer::new(shape.x.max(shape.y).max(shape.diagonal).max(shape.dense)),
            weights: Buffer::new(shape.y),
            columns: vec![K::Scalar::of(0.0); shape.y * d],
        }
    }

    /// k
    #[inline(always)]
    pub(super) fn value(&mut self, x: &[K::Scalar], y: &[K::Scalar]) -> K::Scalar {
        let sums = reduce(self.kernel, Stage::Value, &mut self.sums, x, y);
        self.kernel.value(self.d, sums)
    }

    /// ∂k/∂x into `out`
    #[inline(always)]
    pub(super) fn gradient_x(&mut self, x: &[K::Scalar], y: &[K::Scalar], out: &mut [K::Scalar]) {
        let shape = K::SHAPE;
        self.first(x, y);
        let (frame, coefficients) = (self.frame.get(shape.frame), self.grad_x.get(shape.x));
        let factors = self.factors.get(shape.x);
        for (out, place) in out.iter_mut().zip(places(x, y)) {
            self.kernel.factors_x(&place, frame, factors);
            *out = dot(coefficients, factors);
        }
    }

    /// ∂k/∂y into `out`
    #[inline(always)]
    pub(super) fn gradient_y(&mut self, x: &[K::Scalar], y: &[K::Scalar], out: &mut [K::Scalar]) {
        let shape = K::SHAPE;
        self.first(x, y);
        let (frame, coefficients) = (self.frame.get(shape.frame), self.grad_y.get(shape.y));
        let factors = self.factors.get(shape.y);
        for (out, place) in out.iter_mut().zip(places(x, y)) {
            self.kernel.factors_y(&place, frame, factors);
            *out = dot(coefficients, factors);
        }
    }

    /// k, and everything that the rows of its second derivatives share.
    #[inline(always)]
    pub(super) fn second(&mut self, x: &[K::Scalar], y: &[K::Scalar]) -> K::Scalar {
        let shape = K::SHAPE;
        let sums = reduce(self.kernel, Stage::Second, &mut self.sums, x, y);
        let frame = self.frame.get(shape.frame);
        let value = self.kernel.second(
            self.d,
            sums,
            &mut Second {
                frame,
                grad_x: self.grad_x.get(shape.x),
                grad_y: self.grad_y.get(shape.y),
                rank: self.rank.get(shape.x * shape.y),
                stride: shape.y,
                off_diagonal: self.off_diagonal.get(off_diagonal(shape)),
                diagonal: self.diagonal.get(shape.diagonal),
                dense: self.dense.get(shape.dense),
            },
        );
        let factors = self.factors.get(shape.y);
        for place in places(x, y) {
            self.kernel.factors_y(&place, frame, factors);
            for (q, &g) in factors.iter().enumerate() {
                self.columns[q * self.d + place.i] = g;
            }
        }
        value
    }

    /// ∂k/∂y into `out`, after [`second`](Self::second) of this pair.
    #[inline(always)]
    pub(super) fn row_of_value(&mut self, out: &mut [K::Scalar]) {
        combine(self.grad_y.get(K::SHAPE.y), &self.columns, out);
    }

    /// ∂²k/∂x_a∂y into `out` and ∂k/∂x_a back, after [`second`](Self::second) of this pair.
    #[inline(always)]
    pub(super) fn row_of_partial(
        &mut self,
        a: usize,
        x: &[K::Scalar],
        y: &[K::Scalar],
        out: &mut [K::Scalar],
    ) -> K::Scalar {
        let (shape, place) = (K::SHAPE, Pairs { i: a, x, y });
        let frame = self.frame.get(shape.frame);
        let factors = self.factors.get(shape.x);
        self.kernel.factors_x(&place, frame, factors);
        let gradient = dot(self.grad_x.get(shape.x), factors);

        let rank = self.rank.get(shape.x * shape.y);
        let weights = self.weights.get(shape.y);
        for (q, weight) in weights.iter_mut().enumerate() {
            let column = rank[q..].iter().step_by(shape.y);
            *weight = sum(column.zip(&*factors).map(|(&r, &f)| r * f));
        }
        let own = shape.off_diagonal.then(|| {
            let column = |q: usize| self.columns[q * self.d + a];
            let own = sum(weights.iter().enumerate().map(|(q, &weight)| weight * column(q)));
            let off = self.off_diagonal.get(off_diagonal(shape));
            for (q, weight) in weights.iter_mut().enumerate() {
                let column = off[q..].iter().step_by(shape.y);
                *weight += sum(column.zip(&*factors).map(|(&r, &f)| r * f));
            }
            own
        });
        combine(weights, &self.columns, out);
        if let Some(own) = own {
            out[a] = own;
        }

        if shape.diagonal > 0 {
            let terms = self.factors.get(shape.diagonal);
            self.kernel.diagonals(&place, frame, terms);
            out[a] += dot(self.diagonal.get(shape.diagonal), terms);
        }
        if shape.dense > 0 {
            let terms = self.factors.get(shape.dense);
            for (j, out) in out.iter_mut().enumerate() {
                self.kernel.entries(&place, j, frame, terms);
                *out += dot(self.dense.get(shape.dense), terms);
            }
        }
        gradient
    }

    #[inline(always)]
    fn first(&mut self, x: &[K::Scalar], y: &[K::Scalar]) {
        let shape = K::SHAPE;
        let sums = reduce(self.kernel, Stage::First, &mut self.sums, x, y);
        self.kernel.first(
            self.d,
            sums,
            &mut First {
                frame: self.frame.get(shape.frame),
                grad_x: self.grad_x.get(shape.x),
                grad_y: self.grad_y.get(shape.y),
            },
        );
    }
}

/// How many coefficients count for i ≠ j only.
#[inline(always)]
fn off_diagonal(shape: Shape) -> usize {
    if shape.off_diagonal { shape.x * shape.y } else { 0 }
}

/// All coordinates of one pair.
#[inline(always)]
fn places<'a, S: Lane>(x: &'a [S], y: &'a [S]) -> impl Iterator<Item = Pairs<'a, S>> {
    let y = &y[..x.len()];
    (0..x.len()).map(move |i| Pairs { i, x, y })
}

/// The finished sums of one pair.
#[inline(always)]
fn reduce<'a, K: Kernel>(
    kernel: &K,
    stage: Stage,
    sums: &'a mut Buffer<K::Scalar>,
    x: &[K::Scalar],
    y: &[K::Scalar],
) -> &'a [K::Scalar] {
    let sums = sums.get(K::SHAPE.sums[stage as usize]);
    kernel.start(stage, sums);
    for pass in 0..K::SHAPE.passes {
        for place in places(x, y) {
            kernel.reduce(stage, pass, &place, sums);
        }
    }
    sums
}

/// Some numbers whose count each kernel knows when it is compiled: in registers if they are few. On the heap their count would be
/// forgotten, and every `sums[0] = sums[0] + …` would go through memory, at five times the cost.
struct Buffer<S> {
    few: [S; FEW],
    many: Vec<S>,
}

const FEW: usize = 16;

impl<S: Lane> Buffer<S> {
    #[inline(always)]
    fn new(count: usize) -> Self {
        let zero = S::of(0.0);
        Self { few: [zero; FEW], many: vec![zero; if count > FEW { count } else { 0 }] }
    }

    /// The first `count` numbers, of as many as it was made for.
    #[inline(always)]
    fn get(&mut self, count: usize) -> &mut [S] {
        if count > FEW { &mut self.many[..count] } else { &mut self.few[..count] }
    }
}

/// Σ_q weights[q] columns[q * d + j] into out[j], d the length of `out`.
#[inline(always)]
fn combine<S: Real>(weights: &[S], columns: &[S], out: &mut [S]) {
    let mut terms = weights.iter().zip(columns.chunks_exact(out.len()));
    // The first term is stored: starting from zeros would turn -0 into 0 and cost one more pass.
    let Some((&weight, column)) = terms.next() else {
        out.fill(S::of(0.0));
        return;
    };
    for (out, &g) in out.iter_mut().zip(column) {
        *out = weight * g;
    }
    for (&weight, column) in terms {
        for (out, &g) in out.iter_mut().zip(column) {
            *out += weight * g;
        }
    }
}

#[inline(always)]
fn dot<S: Real>(a: &[S], b: &[S]) -> S {
    sum(a.iter().zip(b).map(|(&a, &b)| a * b))
}

/// The sum of the terms, 0 if there are none. (`Iterator::sum` of floats starts at -0.)
#[inline(always)]
fn sum<S: Real>(mut terms: impl Iterator<Item = S>) -> S {
    let first = terms.next().unwrap_or_else(|| S::of(0.0));
    terms.fold(first, |total, term| total + term)
}
