//! Points and parameters at which a kernel is looked at: the same ones every time, and numbers a reader can type.

use crate::definition::{Bound, Definition, Points, Relation};
use crate::symbolic::{Graph, Id, Symbol};

/// The two points of one look.
pub type Pair = [Vec<f64>; 2];

/// Coordinates of x and of y, used in turn: of both signs, then positive, near and far.
const COORDINATES: [[[f64; 4]; 2]; 3] = [
    [[0.3, -0.7, 1.1, -0.4], [0.9, 0.4, -0.6, 1.2]],
    [[0.2, 0.6, 0.9, 0.4], [0.5, 0.1, 0.7, 0.8]],
    [[2.5, -1.5, 0.5, 3.0], [-0.5, 2.0, 1.5, -1.0]],
];

/// Where a parameter lies between its bounds, one look after the other.
const FRACTIONS: [f64; 4] = [0.7, 0.3, 0.5, 0.95];

/// How far it lies from its only bound.
const DISTANCES: [f64; 4] = [0.7, 1.3, 2.0, 0.2];

/// Longer points show nothing that shorter ones do not.
const LONGEST: usize = 64;

/// The numbers of coordinates that a kernel is looked at in, so many of them if any number is possible.
pub fn dimensions(definition: &Definition, several: usize) -> Vec<usize> {
    let least = least_dimension(&definition.graph, definition.value);
    match definition.points {
        Points::Scalar => vec![1],
        Points::Array { known: Some(length), .. } => Vec::from_iter((length <= LONGEST).then_some(length)),
        Points::Array { known: None, .. } | Points::Slice if least > LONGEST => Vec::new(),
        Points::Array { known: None, .. } | Points::Slice => (least..least + several).collect(),
    }
}

/// Whether the kernel is one for every number of coordinates, and not for one that only the compiler knows.
pub fn is_open(definition: &Definition) -> bool {
    match definition.points {
        Points::Array { known: None, .. } => definition.item.sig.generics.const_params().next().is_some(),
        _ => true,
    }
}

/// As many as the last coordinate that is picked by its number.
fn least_dimension(graph: &Graph, value: Id) -> usize {
    let picked = graph.ingredients(&[value]).into_iter().filter_map(|symbol| match symbol {
        Symbol::Pick(_, k) | Symbol::PickWeight(_, k) => Some(k + 1),
        _ => None,
    });
    picked.max().unwrap_or(1)
}

/// Where a coordinate goes to be in the domain of `assume`.
pub fn inside(definition: &Definition) -> impl Fn(f64) -> f64 + Clone {
    let domain = definition.options.domain.clone();
    let ends = ends(domain.iter().copied());
    let place = move |size: f64| match ends {
        (None, None) => size,
        (Some(low), None) => low + size.abs(),
        (None, Some(high)) => high - size.abs(),
        (Some(low), Some(high)) => {
            let inside = low + (high - low) * size.abs() / (1.0 + size.abs());
            let short = (100.0 * inside).round() / 100.0;
            if low < short && short < high { short } else { inside }
        }
    };
    move |coordinate| {
        let placed = place(coordinate);
        // At the very end of an open interval.
        if holds(&domain, placed) { placed } else { place(coordinate + 0.01) }
    }
}

/// Pairs of points with that many coordinates, in the domain of `assume`.
pub fn pairs(definition: &Definition, dimension: usize) -> impl Iterator<Item = Pair> {
    let place = inside(definition);
    let point = move |side: [f64; 4]| side.into_iter().cycle().map(&place).take(dimension).collect();
    COORDINATES.into_iter().map(move |sides| sides.map(&point))
}

/// Whether a number satisfies all bounds.
pub fn holds(bounds: &[(Relation, f64)], number: f64) -> bool {
    bounds.iter().all(|&(relation, value)| match relation {
        Relation::Less => number < value,
        Relation::LessOrEqual => number <= value,
        Relation::Greater => number > value,
        Relation::GreaterOrEqual => number >= value,
        Relation::NotEqual => number != value,
    })
}

/// Parameters that satisfy `assume`, one entry per coordinate for vectors; those that it says nothing about are
/// positive. `None` for a look for which there are none.
pub fn parameters(definition: &Definition, look: usize, dimension: usize) -> Option<Vec<Vec<f64>>> {
    let entries = |(place, parameter): (usize, &crate::definition::Parameter)| {
        let candidates = candidates(&definition.options.assume, place);
        let length = if parameter.kind.is_per_coordinate() { dimension } else { 1 };
        let entry = |i: usize| candidates.get((look + place + i) % candidates.len().max(1)).copied();
        (0..length).map(entry).collect()
    };
    definition.parameters.iter().enumerate().map(entries).collect()
}

/// The number of different sets of parameters.
pub const LOOKS: usize = FRACTIONS.len();

fn candidates(bounds: &[Bound], parameter: usize) -> Vec<f64> {
    let own = bounds.iter().filter(|bound| bound.parameter == parameter);
    let own: Vec<(Relation, f64)> = own.map(|bound| (bound.relation, bound.value)).collect();
    let (low, high) = ends(own.iter().copied());
    let inside = (0..LOOKS).map(|look| match (low, high) {
        (Some(low), Some(high)) => low + FRACTIONS[look] * (high - low),
        (Some(low), None) => low + DISTANCES[look],
        (None, Some(high)) if high > 0.0 => FRACTIONS[look] * high,
        (None, Some(high)) => high - DISTANCES[look],
        (None, None) => DISTANCES[look],
    });
    // Short where that makes no difference.
    let short = |value: f64| (100.0 * value).round() / 100.0;
    let inside = inside.map(|value| if holds(&own, short(value)) { short(value) } else { value });
    inside.filter(|&value| holds(&own, value)).collect()
}

/// The ends of what bounds leave.
fn ends(bounds: impl Iterator<Item = (Relation, f64)>) -> (Option<f64>, Option<f64>) {
    let (mut low, mut high) = (None::<f64>, None::<f64>);
    for (relation, value) in bounds {
        match relation {
            Relation::Greater | Relation::GreaterOrEqual => low = Some(low.map_or(value, |known| known.max(value))),
            Relation::Less | Relation::LessOrEqual => high = Some(high.map_or(value, |known| known.min(value))),
            Relation::NotEqual => {}
        }
    }
    (low, high)
}

/// Whether the value at given points can be computed at all here: not with constants that only the compiler knows.
pub fn is_computable(definition: &Definition) -> bool {
    definition.constants.is_empty()
}
