//! The product of the blocks of a point x and a few points y with a vector.

use super::loops::{add3, array, array_mut, matrix_row, sum_both, sum2, sum3, weigh};
use super::program::{Factor, Number, Program, Target, Vector as OfPair};
use crate::engine::coefficients::COEFFICIENTS;
use crate::engine::multiply::Entries;
use crate::engine::packed::line;
use crate::engine::slices::product;
use crate::lane::Vector;
use crate::real::Real;

/// Adds the product to sums over y, lane by lane, of each entry of the point x; of a Hessian, of those with a' ≤ a.
pub struct Contract<'a, S> {
    pub program: &'a Program,
    pub left: Entries,
    pub right: Entries,
    pub d: usize,
    /// How many points y there are, in whole lines.
    pub width: usize,
    /// How many numbers an array begins after another.
    pub stride: usize,
    /// Number k of coordinate i is array `k * d + i`.
    pub factors: &'a [S],
    /// Every [`COEFFICIENTS`] numbers one
    pub coefficients: &'a [S],
    /// An array for each entry of a point y.
    pub vector: &'a [S],
    /// A line for each entry.
    pub sums: &'a mut [S],
    /// [`scratch`] numbers.
    pub scratch: &'a mut [S],
}

/// How many numbers a contraction needs beside the sums.
pub fn scratch(program: &Program, d: usize, stride: usize) -> usize {
    (program.arrays() * d + program.numbers.len() + 2) * stride
}

impl<'a, S: Real> Contract<'a, S> {
    #[inline(always)]
    pub fn run<V: Vector<Scalar = S>>(mut self) {
        let Self { program, d, width, stride, .. } = self;
        let scratch = std::mem::take(&mut self.scratch);
        let (vectors, rest) = scratch.split_at_mut(program.vectors.len() * d * stride);
        let (pairs, rest) = rest.split_at_mut(program.pairs.len() * d * stride);
        let (numbers, rest) = rest.split_at_mut(program.numbers.len() * stride);
        let (weights, rest) = rest.split_at_mut(stride);
        self.fill_vectors::<V>(vectors);
        self.fill_numbers::<V>(vectors, numbers);
        pairs.fill(S::of(0.0));
        let weights = &mut weights[..width];
        for (number, &target) in program.targets.iter().enumerate() {
            weights.fill(S::of(0.0));
            for step in program.steps.iter().filter(|step| step.target == number) {
                let c = array(self.coefficients, step.coefficient, COEFFICIENTS, width);
                let u = step.number.map(|number| array(numbers, number, stride, width));
                weigh::<V>(S::of(step.times), c, u, weights);
            }
            self.apply::<V>(target, weights, vectors, pairs, &mut rest[..width]);
        }
        for (place, &f) in program.pairs.iter().enumerate() {
            for a in 0..d {
                for b in 0..=a {
                    let [v_a, v_b] = [a, b].map(|i| array(pairs, place * d + i, stride, width));
                    let [f_a, f_b] = [self.factor(f, a), self.factor(f, b)];
                    sum_both::<V>([f_a, v_b], [v_a, f_b], self.of_hessian(a, b));
                }
            }
        }
    }

    /// A factor at a coordinate.
    #[inline(always)]
    fn factor(&self, number: Factor, i: usize) -> &'a [S] {
        array(self.factors, number * self.d + i, self.stride, self.width)
    }

    /// The gradient of a point y at a coordinate.
    #[inline(always)]
    fn gradient(&self, i: usize) -> &'a [S] {
        array(self.vector, usize::from(self.right.value) + i, self.stride, self.width)
    }

    /// The matrix of a point y.
    #[inline(always)]
    fn matrix(&self, a: usize, b: usize) -> &'a [S] {
        array(self.vector, self.right.hessian_at(self.d) + a * self.d + b, self.stride, self.width)
    }

    /// The sums of the gradient of x at a coordinate.
    #[inline(always)]
    fn of_gradient(&mut self, i: usize) -> &mut [S] {
        &mut self.sums[(usize::from(self.left.value) + i) * line::<S>()..][..line::<S>()]
    }

    /// The sums of the Hessian of x.
    #[inline(always)]
    fn of_hessian(&mut self, a: usize, b: usize) -> &mut [S] {
        &mut self.sums[(self.left.hessian_at(self.d) + a * self.d + b) * line::<S>()..][..line::<S>()]
    }

    #[inline(always)]
    fn fill_vectors<V: Vector<Scalar = S>>(&self, out: &mut [S]) {
        let Self { d, stride, width, .. } = *self;
        for (&vector, out) in self.program.vectors.iter().zip(out.chunks_exact_mut(d * stride)) {
            for i in 0..d {
                let to = array_mut(out, i, stride, width);
                match vector {
                    OfPair::Gradient => to.copy_from_slice(self.gradient(i)),
                    OfPair::Diagonal => to.copy_from_slice(self.matrix(i, i)),
                    OfPair::Square(g) => {
                        let row = &self.vector[(self.right.hessian_at(d) + i * d) * stride..];
                        matrix_row::<V>(row, &self.factors[g * d * stride..], d, stride, to);
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn fill_numbers<V: Vector<Scalar = S>>(&self, vectors: &[S], out: &mut [S]) {
        let Self { d, stride, width, .. } = *self;
        for (&number, out) in self.program.numbers.iter().zip(out.chunks_exact_mut(stride)) {
            let to = &mut out[..width];
            to.fill(S::of(0.0));
            for i in 0..d {
                let (u, of_y) = match number {
                    Number::Value => {
                        to.copy_from_slice(&self.vector[..width]);
                        break;
                    }
                    Number::Gradient(g) => (self.factor(g, i), self.gradient(i)),
                    Number::Square(square, g) => (self.factor(g, i), array(vectors, square * d + i, stride, width)),
                    Number::Diagonal(e) => (self.factor(e, i), self.matrix(i, i)),
                };
                product::<V, true>(u, of_y, to);
            }
        }
    }

    /// Takes a target with its weight into the sums, or into the arrays of pairs of factors.
    #[inline(always)]
    fn apply<V: Vector<Scalar = S>>(
        &mut self,
        target: Target,
        weights: &[S],
        vectors: &[S],
        pairs: &mut [S],
        spare: &mut [S],
    ) {
        let Self { d, stride, width, program, .. } = *self;
        let place = |f: Factor| program.pairs.iter().position(|&known| known == f).unwrap_or_default();
        match target {
            Target::Value => {
                let to = &mut self.sums[..line::<S>()];
                let mut sum = V::load(to);
                for w in weights.chunks_exact(V::LANES) {
                    sum = sum + V::load(w);
                }
                sum.store(to);
            }
            Target::Gradient(f) => {
                for a in 0..d {
                    sum2::<V>(weights, self.factor(f, a), self.of_gradient(a));
                }
            }
            Target::GradientOf(h, u) => {
                for a in 0..d {
                    let u = array(vectors, u * d + a, stride, width);
                    sum3::<V>(weights, self.factor(h, a), u, self.of_gradient(a));
                }
            }
            Target::Pair(f, other) => {
                for a in 0..d {
                    let to = array_mut(pairs, place(f) * d + a, stride, width);
                    product::<V, true>(weights, self.factor(other, a), to);
                }
            }
            Target::PairOf(f, h, u) => {
                for a in 0..d {
                    let u = array(vectors, u * d + a, stride, width);
                    let to = array_mut(pairs, place(f) * d + a, stride, width);
                    add3::<V>(weights, self.factor(h, a), u, to);
                }
            }
            Target::Diagonal(e) => {
                for a in 0..d {
                    sum2::<V>(weights, self.factor(e, a), self.of_hessian(a, a));
                }
            }
            Target::DiagonalOf(e, u) => {
                for a in 0..d {
                    let u = array(vectors, u * d + a, stride, width);
                    sum3::<V>(weights, self.factor(e, a), u, self.of_hessian(a, a));
                }
            }
            Target::Matrix(h, other) => {
                self.add_matrix::<V>(weights, [h, other], spare);
                if h != other {
                    self.add_matrix::<V>(weights, [other, h], spare);
                }
            }
        }
    }

    /// w h(a) h'(a') M(a, a')
    #[inline(always)]
    fn add_matrix<V: Vector<Scalar = S>>(&mut self, weights: &[S], [h, other]: [Factor; 2], spare: &mut [S]) {
        for a in 0..self.d {
            product::<V, false>(weights, self.factor(h, a), spare);
            for b in 0..=a {
                sum3::<V>(spare, self.factor(other, b), self.matrix(a, b), self.of_hessian(a, b));
            }
        }
    }
}
