//! Counterexamples: a few points whose Gram matrix has a negative eigenvalue.
//!
//! Clouds of random points find most, lattices over a range of spacings the rest: on a lattice the spectrum of a
//! stationary kernel shows. Everything is deterministic, and made of short numbers that can be typed into another
//! program.

use std::cell::Cell;

use super::spectrum::{fewest, is_indefinite, smallest_eigenvalue};
use crate::definition::Definition;
use crate::map::Map;
use crate::symbolic::{Comparison, Evaluator, Node};
use crate::verify::probe;

/// A Gram matrix with a negative eigenvalue.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The points, each with its coordinates.
    pub points: Vec<Vec<f64>>,
    /// Values of the parameters, in order.
    pub parameters: Vec<Vec<f64>>,
    /// The matrix.
    pub gram: Vec<Vec<f64>>,
    /// Its smallest eigenvalue.
    pub eigenvalue: f64,
}

impl Counterexample {
    /// The number of coordinates of its points.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.points.first().map_or(0, Vec::len)
    }
}

/// The numbers of coordinates that are tried where any is possible.
const DIMENSIONS: usize = 5;

/// More coordinates show nothing more.
const LARGEST: usize = 12;

/// Points of a cloud.
const CLOUD: usize = 12;

/// Evaluations take so many operations at most: a large kernel is looked at in fewer places.
const MOST_OPERATIONS: usize = 200_000;

/// Values at 10⁻⁵ and 10⁻⁶ that agree to this share show a limit far better than negative eigenvalues are told from
/// rounding.
const CONVERGED: f64 = 1e-9;

/// Half widths of clouds.
const WIDTHS: [f64; 3] = [1.0, 3.0, 0.3];

/// Distances between neighbours of a lattice.
const SPACINGS: [f64; 8] = [0.5, 1.0, 0.7, 1.5, 0.3, 2.2, 0.15, 3.1];

/// Points along each side of a lattice in one dimension, two, and so on.
const SIDES: [usize; 5] = [16, 5, 4, 2, 2];

/// A counterexample, if one is found.
#[must_use]
pub fn refute(definition: &Definition, stationary: bool) -> Option<Counterexample> {
    if !probe::is_computable(definition) {
        return None;
    }
    let evaluator = Evaluator::new(&definition.graph, definition.value);
    let kernel = Kernel { definition, evaluator, left: Cell::new(MOST_OPERATIONS), is_guarded: is_guarded(definition) };
    let dimensions = probe::dimensions(definition, DIMENSIONS).into_iter().filter(|dimension| *dimension <= LARGEST);
    let mut found = dimensions.map(|dimension| kernel.refuted(dimension, stationary));
    // Where only the compiler knows the dimension, it may be any of them.
    if probe::is_open(definition) { found.find_map(|found| found) } else { found.collect::<Option<Vec<_>>>()?.pop() }
}

/// The one that is easiest to check by hand: of the first few, one that shows in few digits, with few points.
fn clearest(found: impl Iterator<Item = Counterexample>) -> Option<Counterexample> {
    let effort = |found: &Counterexample| {
        let size = found.gram.iter().flatten().fold(0.0_f64, |size, entry| size.max(entry.abs()));
        let digits = (size / -found.eigenvalue).log10().max(0.0);
        digits + found.points.len() as f64
    };
    found.take(6).min_by(|a, b| effort(a).total_cmp(&effort(b)))
}

/// Whether something is chosen where two values are equal: as points meet, the kernel may jump.
fn is_guarded(definition: &Definition) -> bool {
    let graph = &definition.graph;
    let nodes = graph.reachable(&graph.with_bodies(definition.value));
    nodes.into_iter().any(|node| matches!(graph.node(node), Node::Select(Comparison::Equal, ..)))
}

struct Kernel<'a> {
    definition: &'a Definition,
    evaluator: Evaluator,
    /// Operations that may still be spent.
    left: Cell<usize>,
    is_guarded: bool,
}

impl Kernel<'_> {
    fn refuted(&self, dimension: usize, stationary: bool) -> Option<Counterexample> {
        let looks = (0..probe::LOOKS).filter_map(|look| probe::parameters(self.definition, look, dimension));
        let parameters: Vec<_> = looks.collect();
        let clouds = WIDTHS.iter().flat_map(|width| parameters.iter().map(move |parameters| (*width, parameters)));
        let found = clouds.enumerate().filter_map(|(seed, (width, parameters))| {
            self.examine(self.cloud(seed, width, dimension), parameters, false)
        });
        let found = clearest(found);
        let on_lattices = || {
            let mut choices = SPACINGS.iter().flat_map(|spacing| parameters.iter().take(2).map(move |p| (*spacing, p)));
            choices.find_map(|(spacing, parameters)| self.examine(self.lattice(spacing, dimension), parameters, true))
        };
        found.or_else(|| if stationary && (1..=SIDES.len()).contains(&dimension) { on_lattices() } else { None })
    }

    /// Points with two decimals, the origin among them: there angles and norms are special.
    fn cloud(&self, seed: usize, width: f64, dimension: usize) -> Vec<Vec<f64>> {
        let place = probe::inside(self.definition);
        let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seed as u64 + 1);
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let uniform = (state >> 11) as f64 / (1_u64 << 53) as f64;
            place((200.0 * width * (uniform - 0.5)).round() / 100.0)
        };
        let origin = vec![place(0.0); dimension];
        std::iter::once(origin).chain((1..CLOUD).map(|_| (0..dimension).map(|_| next()).collect())).collect()
    }

    /// The points of a cube.
    fn lattice(&self, spacing: f64, dimension: usize) -> Vec<Vec<f64>> {
        let side = SIDES[dimension - 1];
        let start = probe::inside(self.definition)(0.0);
        let points = (0..side.pow(u32::try_from(dimension).unwrap_or(1))).map(|number| {
            let mut rest = number;
            let mut coordinate = || {
                let place = rest % side;
                rest /= side;
                // Short decimals: 0.15 · 3 is not one.
                start + (100.0 * spacing * place as f64).round() / 100.0
            };
            (0..dimension).map(|_| coordinate()).collect::<Vec<f64>>()
        });
        let domain = &self.definition.options.domain;
        points.filter(|point| point.iter().all(|&coordinate| probe::holds(domain, coordinate))).collect()
    }

    fn examine(&self, mut points: Vec<Vec<f64>>, parameters: &[Vec<f64>], on_lattice: bool) -> Option<Counterexample> {
        points.retain(|point| self.value(point, point, parameters).is_finite());
        let gram = self.gram(&points, parameters, on_lattice)?;
        let kept = fewest(&gram)?;
        let points: Vec<Vec<f64>> = kept.into_iter().map(|place| points[place].clone()).collect();
        let gram = self.gram(&points, parameters, false)?;
        is_indefinite(&gram).then(|| Counterexample {
            eigenvalue: smallest_eigenvalue(&gram),
            points,
            parameters: parameters.to_vec(),
            gram,
        })
    }

    /// `None` where some value is not finite.
    fn gram(&self, points: &[Vec<f64>], parameters: &[Vec<f64>], by_difference: bool) -> Option<Vec<Vec<f64>>> {
        let mut known: Map<Vec<u64>, f64> = Map::default();
        let mut gram = vec![vec![0.0; points.len()]; points.len()];
        for i in 0..points.len() {
            for j in 0..=i {
                let value = if by_difference {
                    let difference = points[i]
                        .iter()
                        .zip(&points[j])
                        .map(|(a, b)| ((1e3 * (a - b)).round() + 0.0).to_bits())
                        .collect();
                    *known.get_or_insert_with(difference, || self.value(&points[i], &points[j], parameters))
                } else {
                    self.value(&points[i], &points[j], parameters)
                };
                if !value.is_finite() {
                    return None;
                }
                gram[i][j] = value;
                gram[j][i] = value;
            }
        }
        Some(gram)
    }

    /// The value, its limit where it is 0/0 as the points meet.
    fn value(&self, x: &[f64], y: &[f64], parameters: &[Vec<f64>]) -> f64 {
        let operations = self.evaluator.operations(x.len());
        let Some(left) = self.left.get().checked_sub(operations) else { return f64::NAN };
        self.left.set(left);
        let value = self.evaluator.at(x, y, parameters);
        if !value.is_nan() || x != y || self.is_guarded {
            return value;
        }
        let [near, nearer] = [1e-5, 1e-6].map(|step| {
            let beside: Vec<f64> = y.iter().map(|coordinate| coordinate + step).collect();
            self.evaluator.at(x, &beside, parameters)
        });
        if (near - nearer).abs() <= CONVERGED * nearer.abs() { nearer } else { f64::NAN }
    }
}
