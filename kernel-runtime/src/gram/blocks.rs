//! What each kind of block is made of: a stage of the kernel, factors, and where the parts go.

use std::marker::PhantomData;

use ndarray::ArrayViewMut1;

use super::batch::{Batch, Leaf};
use super::tile::Target;
use crate::engine::{
    Aligned, Dense, Derivatives, Entries, Firsts, OuterCoefficients, OwnSums, Parts, Seconds, Sides, Staged, Steps,
    Sums, Valued, Variances, line, outer_parameters, own_dense, own_factors, own_sums, parameters, usual_factors,
    usual_sums, values,
};
use crate::kernel::{Kernel, Stage};
use crate::lane::{Detected, Level};
use crate::real::Real;

impl<S: Real> Batch<'_, S> {
    /// Hands `run` what evaluates k for a task's share of the pairs.
    pub(super) fn with_values(&self, kernel: &dyn Valued<S>, run: impl FnOnce(&Leaf<'_, S>)) {
        let (d, level) = (self.d, Level::current().detected());
        let own = |x: &[S], y: &[S], out: &mut [S]| kernel.fill_sums(level, x, y, out);
        let sums = self.sums(Stage::Value, level, if kernel.shape().custom_sums { Some(&own) } else { None });
        let outer = |sums: &[S], out: &mut [S], streamed| kernel.evaluate(level, d, streamed, sums, out);
        run(&|share, _| values(&sums, &outer, share));
    }

    /// ∂k/∂x: d numbers for each pair.
    pub(super) fn gradients_x<'t, K: Kernel<Scalar = S>>(&self, kernel: &K, target: impl Target<'t, S>) {
        let parts = Parts { grad_x: Some(Steps { row: 0, row_step: 0, at: 0 }), ..Parts::of_width(self.d) };
        self.staged(kernel, [Entries::GRADIENT, Entries::VALUE], |staged| self.write(staged, &parts, target));
    }

    /// ∂k/∂y: d numbers for each pair.
    pub(super) fn gradients_y<'t, K: Kernel<Scalar = S>>(&self, kernel: &K, target: impl Target<'t, S>) {
        let parts = Parts { grad_y: Some((0, 0)), ..Parts::of_width(self.d) };
        self.staged(kernel, [Entries::VALUE, Entries::GRADIENT], |staged| self.write(staged, &parts, target));
    }

    /// ∂²k/∂x∂yᵀ: d × d numbers for each pair, or what else `parts` says.
    pub(super) fn second_derivatives<'t, K: Kernel<Scalar = S>>(
        &self,
        kernel: &K,
        target: impl Target<'t, S>,
        parts: &Parts,
    ) {
        self.staged(kernel, [Entries::GRADIENT, Entries::GRADIENT], |staged| self.write(staged, parts, target));
    }

    /// ∂k/∂θ: as many numbers for each pair as the parameters are.
    pub(super) fn by_parameters<'t, K: Kernel<Scalar = S>>(&self, kernel: &K, target: impl Target<'t, S>) {
        let (d, level) = (self.d, Level::current().detected());
        let numbers = K::SHAPE.parameter_numbers(d);
        if numbers == 0 {
            return;
        }
        let own = own_sums::<{ Stage::Params as usize }, K>(kernel, level, Stage::Params);
        let sums = self.sums(Stage::Params, level, if const { K::SHAPE.custom_params } { Some(&own) } else { None });
        let outer = outer_parameters(kernel, level);
        self.points(false).run(numbers, target, &|share, _| parameters(&sums, &outer, numbers, share));
    }

    /// k(x_i, x_i), of points that are both x and y.
    pub(super) fn variances<K: Kernel<Scalar = S>>(&self, kernel: &K, out: ArrayViewMut1<'_, S>) {
        let (d, points) = (self.d, self.points(false));
        let mut values = Aligned::zeros(self.n.next_multiple_of(line::<S>()), S::memory());
        let points = points.y.tiles(0, self.n);
        Level::current().detected().run(Variances { kernel, d, points, out: &mut values });
        for (entry, &value) in out.into_iter().zip(&values[..]) {
            *entry = value;
        }
        S::keep(values.into_memory());
    }

    /// How the sums of a stage are computed: by the kernel's own code, where there is some.
    pub(super) fn sums<'s>(&self, stage: Stage, level: Detected, own: Option<&'s OwnSums<'s, S>>) -> Sums<'s, S> {
        Sums { level, usual: usual_sums(self.kernel, stage, self.d), own }
    }

    /// Writes the parts that a stage makes.
    pub(super) fn write<'t>(&self, staged: Staged<'_, S>, parts: &Parts, target: impl Target<'t, S>) {
        self.points(true).run(parts.entries(), target, &|share, points| {
            Derivatives { staged, parts, points }.write(share);
        });
    }

    /// Hands `run` the stage of the kernel that makes these entries of x and y.
    pub(super) fn staged<K: Kernel<Scalar = S>, R>(
        &self,
        kernel: &K,
        [left, right]: [Entries; 2],
        run: impl FnOnce(Staged<'_, S>) -> R,
    ) -> R {
        let (d, level) = (self.d, Level::current().detected());
        let both = left.gradient && right.gradient;
        let stage: (_, &OuterCoefficients<'_, S>) = match (left.gradient, right.gradient) {
            (false, false) => (Stage::Value, &|sums, columns, out| {
                Valued::evaluate(kernel, level, d, false, sums, &mut out[..columns]);
            }),
            (true, false) if !left.value => (Stage::First, &|sums, columns, out| {
                level.map(&Firsts::<K, true, false> { d, columns, of: PhantomData }, kernel, sums, out);
            }),
            (false, true) if !right.value => (Stage::First, &|sums, columns, out| {
                level.map(&Firsts::<K, false, true> { d, columns, of: PhantomData }, kernel, sums, out);
            }),
            // First derivatives alone come without the value.
            _ => (Stage::Second, &|sums, columns, out| {
                level.map(&Seconds { d, columns, of: PhantomData }, kernel, sums, out);
            }),
        };
        let (stage, outer) = stage;
        let own = own_sums::<{ Stage::Second as usize }, K>(kernel, level, stage);
        let sums = self.sums(stage, level, if const { K::SHAPE.custom_sums } { Some(&own) } else { None });
        let sides = Sides { x: left.gradient, y: right.gradient, diagonal: both };
        let own = own_factors(kernel, level, d, sides);
        let mut factors = usual_factors(kernel, d, sides);
        if const { K::SHAPE.custom_factors } {
            factors.own = Some(&own);
        }
        let own = own_dense(kernel, level, d);
        let dense: Option<&Dense<'_, S>> = if const { K::SHAPE.dense > 0 } { Some(&own) } else { None };
        run(Staged { sums: &sums, outer, shape: K::SHAPE, factors: &factors, dense: dense.filter(|_| both) })
    }
}
