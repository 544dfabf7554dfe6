//! Points and parameters at which what is proved is looked at.

use kernel_core::definition::Relation;
use kernel_core::verify::definite::{Need, Subject};

use super::MOST_COORDINATES;
use super::expression::{Expr, Place};
use super::generate::{End, Kernel, Points};
use super::gram::negative_pivot;
use super::random::Random;
use super::real::{Real, forget};

/// Points of a cloud.
const CLOUD: usize = 10;

/// Points along each side of a lattice in one dimension, two, and so on.
const SIDES: [usize; MOST_COORDINATES] = [12, 4, 3, 2, 2];

/// Under which conditions a kernel is said to be positive definite.
pub struct Conditions<'a> {
    pub needs: &'a [Need],
    pub limit: Option<usize>,
}

/// Points and parameters of a Gram matrix with a negative direction, if one is found.
pub fn counterexample(
    kernel: &Kernel,
    conditions: &Conditions,
    random: &mut Random,
    matrices: usize,
) -> Option<String> {
    let found = (0..matrices).find_map(|turn| examined(kernel, conditions, random, turn));
    forget();
    found
}

fn examined(kernel: &Kernel, conditions: &Conditions, random: &mut Random, turn: usize) -> Option<String> {
    let most = conditions.limit.map_or(MOST_COORDINATES, |limit| limit.min(MOST_COORDINATES));
    let dimension = match kernel.points {
        Points::Scalar => 1,
        Points::Array(n) => n,
        // The last is where a proof that claims too much would be wrong.
        Points::Slice if conditions.limit.is_some() || random.percent(30) => most,
        Points::Slice => 1 + random.below(most),
    };
    let domain = narrowed(kernel.domain, Subject::Points, conditions.needs);
    let parameters: Vec<Vec<f64>> = (0..)
        .zip(&kernel.parameters)
        .map(|(p, parameter)| {
            let ends = narrowed([parameter.low, parameter.high], Subject::Parameter(p), conditions.needs);
            let entries = if parameter.per_coordinate { dimension } else { 1 };
            (0..entries).map(|_| within(ends, random)).collect()
        })
        .collect();
    let points =
        if turn.is_multiple_of(2) { cloud(dimension, domain, random) } else { lattice(dimension, domain, random) };
    let pivot = negative_pivot(gram(&kernel.body, &points, &parameters)?)?;
    Some(format!("has a pivot of {pivot:e} at {points:?}, parameters {parameters:?}"))
}

/// The ends of what is assumed, with those that the proof needs besides.
fn narrowed([mut low, mut high]: [End; 2], subject: Subject, needs: &[Need]) -> [End; 2] {
    for need in needs.iter().filter(|need| need.subject == subject) {
        let closed = matches!(need.relation, Relation::LessOrEqual | Relation::GreaterOrEqual);
        let end = (need.value, closed);
        if matches!(need.relation, Relation::Greater | Relation::GreaterOrEqual) {
            low = Some(low.filter(|known| known.0 > need.value || known.0 == need.value && !known.1).unwrap_or(end));
        } else {
            high = Some(high.filter(|known| known.0 < need.value || known.0 == need.value && !known.1).unwrap_or(end));
        }
    }
    [low, high]
}

/// A short binary fraction between the ends, one of them at times.
fn within(ends: [End; 2], random: &mut Random) -> f64 {
    match ends {
        [None, None] => random.one(&[-2.0, -1.0, -0.5, 0.5, 1.0, 1.0, 1.5, 3.0]),
        [Some((low, closed)), None] => low + random.one(&[if closed { 0.0 } else { 0.0625 }, 0.25, 0.5, 1.0, 2.0]),
        [None, Some((high, closed))] => high - random.one(&[if closed { 0.0 } else { 0.0625 }, 0.25, 0.5, 1.0, 2.0]),
        [Some((low, has_low)), Some((high, has_high))] => {
            let share =
                random.one(&[if has_low { 0.0 } else { 0.0625 }, 0.25, 0.5, 0.75, if has_high { 1.0 } else { 0.9375 }]);
            low + (high - low) * share
        }
    }
}

/// A coordinate moved to where the points are.
fn placed(coordinate: f64, domain: [End; 2]) -> f64 {
    let outwards = |closed| if closed { 0.0 } else { 0.0625 };
    match domain {
        [None, None] => coordinate,
        [Some((low, closed)), None] => low + coordinate.abs() + outwards(closed),
        [None, Some((high, closed))] => high - coordinate.abs() - outwards(closed),
        [Some((low, _)), Some((high, _))] => {
            // In sixteenths of what lies between.
            let step = (16.0 * coordinate.abs()).rem_euclid(15.0);
            low + (high - low) * (step + 1.0) / 16.0
        }
    }
}

/// Random points, among them the origin, one twice and two that are opposite.
fn cloud(dimension: usize, domain: [End; 2], random: &mut Random) -> Vec<Vec<f64>> {
    let width = random.one(&[0.25, 1.0, 1.0, 3.0]);
    let mut points: Vec<Vec<f64>> = (3..CLOUD)
        .map(|_| (0..dimension).map(|_| (32.0 * random.between(-width, width)).round() / 32.0).collect())
        .collect();
    points.push(vec![0.0; dimension]);
    points.push(points[0].clone());
    points.push(points[1].iter().map(|coordinate| -coordinate).collect());
    for coordinate in points.iter_mut().flatten() {
        *coordinate = placed(*coordinate, domain);
    }
    points
}

/// The points of a cube.
fn lattice(dimension: usize, domain: [End; 2], random: &mut Random) -> Vec<Vec<f64>> {
    let spacing = random.one(&[0.125, 0.25, 0.5, 0.75, 1.0, 1.5, 2.25]);
    let side = SIDES[dimension - 1];
    let number = |place: usize| f64::from(u32::try_from(place).expect("few"));
    (0..side.pow(u32::try_from(dimension).expect("few")))
        .map(|mut place| {
            let mut point = Vec::new();
            for _ in 0..dimension {
                point.push(placed(spacing * number(place % side), domain));
                place /= side;
            }
            point
        })
        .collect()
}

/// Of the points at which there is a value; `None` where some covariance is no number.
fn gram(body: &Expr, points: &[Vec<f64>], parameters: &[Vec<f64>]) -> Option<Vec<Vec<Real>>> {
    let exact = |rows: &[Vec<f64>]| -> Vec<Vec<Real>> {
        rows.iter().map(|row| row.iter().map(|&entry| Real::new(entry)).collect()).collect()
    };
    let parameters = exact(parameters);
    let value =
        |x: &[Real], y: &[Real]| body.value(&Place { points: [x, y], parameters: &parameters, coordinate: [0, 0] });
    let mut points = exact(points);
    points.retain(|point| value(point, point).is_finite());
    let mut gram: Vec<Vec<Real>> = Vec::new();
    for (i, x) in points.iter().enumerate() {
        let row: Option<Vec<Real>> = points[..=i].iter().map(|y| Some(value(x, y)).filter(Real::is_finite)).collect();
        gram.push(row?);
    }
    for i in 0..gram.len() {
        for j in i + 1..gram.len() {
            let entry = gram[j][i].clone();
            gram[i].push(entry);
        }
    }
    (!gram.is_empty()).then_some(gram)
}
