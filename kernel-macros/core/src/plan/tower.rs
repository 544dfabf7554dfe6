//! Derivatives of some order by each point, as linear differential operators have them.
//!
//! Terms of one total order whose indices are one another's with x or y exchanged have one coefficient, and
//! coefficients that are a number apart are one expression.
//!
//! Where the points meet, all slopes of s that vanish there are divided by the distance together, or none is. With
//! s = r², a partial of F of order j in a derivative of order N comes with j blocks, of which at least 2j - N are of a
//! single index: first derivatives of s, which vanish like r. So it is multiplied by as many powers of r, under which
//! it stays bounded where the derivative exists: F_ssss r⁴ of Matérn-5/2, where F_ssss goes like r⁻³.

use crate::map::Map;
use crate::symbolic::{Comparison, Factors, Graph, Id, Number, Rational, Side, Symbol};
use crate::verify::{Approach, Kink, order_at_diagonal};

use super::block::Builder;
use super::limit::{Care, inside_calls, limit, with_limit};
use super::partition::{Blocks, Derivative, Obstacle, Partials};
use super::regular;

/// The highest order of derivatives by a point that operators have.
pub const HIGHEST: usize = 4;

/// Orders that a derivative may have.
pub const ORDERS: usize = 2 * HIGHEST + 1;

/// Towers of more terms are not worked out: those of a sum of several reductions have many times as many.
const MOST_TERMS: usize = 1500;

/// Derivatives of order up to [`highest`](Self::highest) by each point.
#[derive(Clone, Debug)]
pub struct Tower {
    /// The highest order of derivatives by a point.
    pub highest: usize,
    /// Why there are none of the next order, if there is room for them.
    pub obstacle: Option<Obstacle>,
    /// What blocks are made of.
    pub factors: Vec<Factor>,
    /// What terms are multiplied with, and the lowest order that has it; in the order of those.
    pub coefficients: Vec<(Id, usize)>,
    /// All terms of all derivatives.
    pub terms: Vec<Product>,
}

/// One number per coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Of one coordinate.
    pub factor: Id,
    /// Of the pair: what it is multiplied with.
    pub scale: Option<Id>,
}

/// times · coefficient · Π factors, and all that it becomes when indices of a side are exchanged.
#[derive(Clone, Debug)]
pub struct Product {
    /// The number of the coefficient.
    pub coefficient: usize,
    /// What it is multiplied with.
    pub times: f64,
    /// How many indices of x and of y a block has, and the number of its factor.
    pub blocks: Vec<([usize; 2], usize)>,
}

/// A term under way.
struct Term {
    order: usize,
    coefficient: Id,
    blocks: Blocks,
}

/// The tower of `value`, which is `regular` once its removable singularities are, of at most `highest` derivatives: as
/// high as it goes. `second` is all that second derivatives are made of.
pub fn tower(
    builder: &mut Builder<'_>,
    (value, regular): (Id, Id),
    highest: usize,
    second: &[Id],
) -> Result<Tower, Obstacle> {
    if highest == 0 {
        return Err(Obstacle::Rough);
    }
    let (mut partials, mut obstacle) = (Partials::new(builder, value)?, None);
    for highest in (1..=highest).rev() {
        let tower = tower_to(builder, &mut partials, regular, highest);
        match tower.and_then(|tower| tower.of_known_sums(builder.graph(), second)) {
            Ok(tower) => return Ok(Tower { obstacle, ..tower }),
            Err(found) => obstacle = Some(found),
        }
    }
    Err(obstacle.unwrap_or(Obstacle::Rough))
}

fn tower_to(
    builder: &mut Builder<'_>,
    partials: &mut Partials,
    regular: Id,
    highest: usize,
) -> Result<Tower, Obstacle> {
    let mut terms = all_terms(builder, partials, highest)?;
    let mut factors: Vec<Factor> = Vec::new();
    for (_, factor) in terms.iter().flat_map(|term| term.blocks.iter()) {
        if factors.iter().all(|known| known.factor != factor) {
            factors.push(Factor { factor, scale: None });
        }
    }
    let mut cancelled: Map<Id, Id> = Map::default();
    for term in &mut terms {
        let coefficient = term.coefficient;
        term.coefficient = *cancelled.get_or_insert_with(coefficient, || builder.cancel(coefficient));
    }
    let approaches = builder.approaches();
    for &(approach, _) in &approaches {
        if let Approach::Sum(r) = approach {
            let own = own_factors(builder, r);
            divide_all(builder.graph(), &mut terms, &mut factors, (r, &own));
        }
    }
    let mut orders = (0..).take(2 * highest + 1);
    let is_smooth =
        orders.all(|order| approaches.iter().all(|(_, kinks)| !kinks.iter().any(|kink| kink.forbids(order))));
    let mut tower = Tower { highest, obstacle: None, factors, coefficients: Vec::new(), terms: Vec::new() };
    let mut known = Vec::new();
    for term in terms {
        tower.push(builder.graph(), &term, is_smooth, &mut known);
    }
    for (coefficient, order) in &mut tower.coefficients {
        *coefficient = if *order == 0 { regular } else { finished(builder, *coefficient, *order, &approaches) };
    }
    Ok(tower)
}

/// A coefficient that is finite where the points meet, if the derivative exists there, and NaN if it does not.
fn finished(builder: &mut Builder<'_>, coefficient: Id, order: usize, approaches: &[(Approach, Vec<Kink>)]) -> Id {
    let care = if order > 1 { Care::Unbounded } else { Care::All };
    let mut term = regular::Term { coefficient, on_a_line: None, factors: Vec::new() };
    for (approach, kinks) in approaches {
        let graph = builder.graph();
        let (base, _) = approach.base(graph);
        term.map(|id| with_limit(graph, id, *approach, base, care));
        term.map(|id| inside_calls(graph, id, *approach, base));
        let order = i64::try_from(order).unwrap_or(i64::MAX);
        for kink in kinks.iter().filter(|kink| kink.forbids(order)) {
            regular::forbid(graph, &mut term, *approach, kink.coefficient);
        }
    }
    builder.simpler(term.coefficient)
}

/// The terms of all derivatives, those of low order first.
fn all_terms(builder: &mut Builder<'_>, partials: &mut Partials, highest: usize) -> Result<Vec<Term>, Obstacle> {
    let mut terms: Vec<Term> = Vec::new();
    let mut by_x = Derivative::value(builder.graph());
    for times_x in 0..=highest {
        let mut derivative = by_x.clone();
        for times_y in 0..=highest {
            let order = times_x + times_y;
            let collected = partials.collected(builder, &derivative)?;
            terms.extend(collected.iter().map(|(&blocks, &coefficient)| Term { order, coefficient, blocks }));
            if terms.len() > MOST_TERMS {
                return Err(Obstacle::Length);
            }
            if times_y < highest {
                derivative = partials.differentiate(builder, &derivative, Side::Y);
            }
        }
        if times_x < highest {
            by_x = partials.differentiate(builder, &by_x, Side::X);
        }
    }
    terms.sort_by_key(|term| term.order);
    Ok(terms)
}

/// The slopes of s_r: what makes up for poles of its partials, and vanishes where s_r does. The slopes of a sum over
/// other coordinates need not.
fn own_factors(builder: &mut Builder<'_>, r: usize) -> Vec<Id> {
    let of_side = |side| builder.split_directions(Symbol::Sum(r), side);
    [Side::X, Side::Y].into_iter().flat_map(of_side).map(|(_, factor)| factor).collect()
}

/// Divides its own factors by the distance with the square s_r, if any coefficient has no limit where it is 0.
fn divide_all(graph: &mut Graph, terms: &mut [Term], factors: &mut [Factor], (r, own): (usize, &[Id])) {
    let approach = Approach::Sum(r);
    let (base, power) = approach.base(graph);
    for term in terms.iter_mut().filter(|term| term.order > 0) {
        if graph.has_pole(term.coefficient, base) {
            term.coefficient = regular::proportional_sums(graph, term.coefficient, r);
        }
    }
    // Those of high order, the most singular, first: one is enough.
    if !terms.iter().rev().any(|term| term.order > 0 && diverges(graph, term.coefficient, approach, base)) {
        return;
    }
    let mut order = |factor: Id| if own.contains(&factor) { order_at_diagonal(graph, factor) } else { 0 };
    let orders: Vec<(Id, i64)> = factors.iter().map(|factor| (factor.factor, order(factor.factor))).collect();
    for (factor, &(_, order)) in factors.iter_mut().zip(&orders) {
        divide(graph, factor, base, power, order);
    }
    let order_of = |factor: Id| orders.iter().find(|known| known.0 == factor).map_or(0, |known| known.1);
    for term in terms.iter_mut() {
        let total = term.blocks.iter().map(|block| order_of(block.1)).sum();
        multiply(graph, term, base, power, total);
    }
}

/// Whether a coefficient has a pole and no limit there.
fn diverges(graph: &mut Graph, coefficient: Id, approach: Approach, base: Id) -> bool {
    graph.has_pole(coefficient, base)
        && !limit(graph, coefficient, approach).is_some_and(|limit| regular::is_number(graph, limit))
}

/// A factor divided by the distance as often as it vanishes, and 0 where the distance is.
fn divide(graph: &mut Graph, factor: &mut Factor, base: Id, power: i64, order: i64) {
    if order == 0 {
        return;
    }
    let zero = graph.integer(0);
    let inverse = distance(graph, base, power, -order);
    let inverse = graph.select(Comparison::Equal, base, zero, zero, inverse);
    factor.scale = Some(factor.scale.map_or(inverse, |scale| graph.mul(scale, inverse)));
}

/// A coefficient multiplied by what its factors were divided by.
fn multiply(graph: &mut Graph, term: &mut Term, base: Id, power: i64, total: i64) {
    if total == 0 {
        return;
    }
    let raise = distance(graph, base, power, total);
    let scaled = graph.mul(term.coefficient, raise);
    term.coefficient = graph.cancel(scaled, base);
}

/// A power of the distance.
fn distance(graph: &mut Graph, base: Id, power: i64, exponent: i64) -> Id {
    let exponent = Rational::new(i128::from(exponent), i128::from(power)).unwrap_or(Rational::ZERO);
    graph.power(base, exponent)
}

impl Tower {
    /// Adds a term, with the coefficient of an earlier one if that is a multiple, of the same order unless `across`
    /// orders. `known` are the coefficients as numbers and factors.
    fn push(&mut self, graph: &mut Graph, term: &Term, across: bool, known: &mut Vec<(Number, Factors)>) {
        let zero = graph.integer(0);
        if term.coefficient == zero {
            return;
        }
        let (times, factors) = graph.split(term.coefficient);
        let is_allowed = |number: usize| across || self.coefficients[number].1 == term.order;
        let same = known.iter().enumerate().find(|(number, known)| is_allowed(*number) && known.1 == factors);
        let (coefficient, times) = if let Some((number, (content, _))) = same {
            (number, times.mul(content.recip()).to_f64())
        } else {
            self.coefficients.push((term.coefficient, term.order));
            known.push((times, factors));
            (known.len() - 1, 1.0)
        };
        let number = |factor: Id| self.factors.iter().position(|known| known.factor == factor).unwrap_or_default();
        let blocks = term.blocks.iter().map(|(indices, factor)| (indices.map(usize::from), number(factor)));
        self.terms.push(Product { coefficient, times, blocks: blocks.collect() });
    }

    /// The order of a coefficient, and its number among those.
    #[must_use]
    pub fn place(&self, coefficient: usize) -> [usize; 2] {
        let order = self.coefficients[coefficient].1;
        [order, self.coefficients[..coefficient].iter().filter(|known| known.1 == order).count()]
    }

    /// How many coefficients each order has.
    #[must_use]
    pub fn counts(&self) -> [usize; ORDERS] {
        std::array::from_fn(|order| self.coefficients.iter().filter(|coefficient| coefficient.1 == order).count())
    }

    /// What factors are multiplied with.
    #[must_use]
    pub fn scales(&self) -> Vec<Id> {
        let mut scales: Vec<Id> = self.factors.iter().filter_map(|factor| factor.scale).collect();
        scales.sort_unstable();
        scales.dedup();
        scales
    }

    /// Unless it needs other sums than the second derivatives do, as sums inside sums may: batches do not make those.
    fn of_known_sums(self, graph: &Graph, second: &[Id]) -> Result<Self, Obstacle> {
        let mut roots = self.scales();
        roots.extend(self.coefficients.iter().map(|coefficient| coefficient.0));
        roots.extend(self.factors.iter().map(|factor| factor.factor));
        let known = graph.ingredients(second);
        let is_known =
            |symbol: &Symbol| !matches!(symbol, Symbol::Sum(_) | Symbol::Product(..)) || known.contains(symbol);
        if graph.ingredients(&roots).iter().all(is_known) { Ok(self) } else { Err(Obstacle::InnerSums) }
    }
}
