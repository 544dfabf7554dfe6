//! Where kernels are evaluated.

use super::blocks::Input;
use super::expression::{Kernel, Points};
use super::random::Random;

/// Points in general position, then one pair that is special.
pub fn inputs(random: &mut Random, kernel: &Kernel) -> Vec<Input> {
    let d = match kernel.points {
        Points::Scalar => 1,
        Points::Array => 2,
        // On a line, the angle jumps from 0 to π.
        Points::Slice if kernel.has_angle() => 2,
        Points::Slice => random.one(&[1, 2, 2]),
    };
    let general = |random: &mut Random| {
        // Not close to 0, whose neighbourhood is looked at by itself.
        let mut number = || random.one(&[-1.0, 1.0]) * random.between(0.1, 1.7);
        let mut numbers = |n: usize| (0..n).map(|_| number()).collect::<Vec<f64>>();
        let (x, y) = (numbers(d), numbers(d));
        let mut parameters = vec![random.between(0.4, 2.0), random.between(-1.5, 1.5)];
        parameters.truncate(kernel.scalars);
        if kernel.weighted {
            parameters.extend((0..d).map(|_| random.between(0.5, 1.8)));
        }
        Input { x, y, parameters }
    };
    let mut special = general(random);
    match random.below(if kernel.has_angle() { 5 } else { 7 }) {
        0 | 1 => special.y.clone_from(&special.x),
        2 => special.y[0] = special.x[0],
        3 => special.y[d - 1] = 0.0,
        4 => special.y = special.x.iter().map(|x| -x).collect(),
        5 => special.x = vec![0.0; d],
        _ => {
            special.x = vec![0.0; d];
            special.y = vec![0.0; d];
        }
    }
    vec![general(random), general(random), special]
}
