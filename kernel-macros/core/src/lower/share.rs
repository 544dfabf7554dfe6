//! What several products have in common and should compute once.

use crate::map::Map;

use crate::symbolic::{Graph, Id, Node, Rational};

use super::product::constant_part;

/// Coefficient and factors of a product.
pub(super) fn as_product(graph: &Graph, id: Id) -> Option<(f64, &[(Id, Rational)])> {
    match graph.node(id) {
        Node::Product(factors) => Some((1.0, factors)),
        Node::Sum(constant, terms) if constant.is_zero() && terms.len() == 1 => match graph.node(terms[0].0) {
            Node::Product(factors) => Some((terms[0].1.to_f64(), factors)),
            _ => None,
        },
        _ => None,
    }
}

/// A measure of products in which one is larger than those it contains.
pub(super) fn degree(factors: &[(Id, Rational)]) -> usize {
    let size = |exponent: Rational| usize::try_from(exponent.numerator().abs() * 12 / exponent.denominator());
    factors.iter().map(|factor| size(factor.1).unwrap_or(usize::MAX / 64)).sum()
}

/// Coefficient and factors of a product.
type Product<'a> = (f64, &'a [(Id, Rational)]);

/// What two of a few products have in common, with the coefficient that serves most of those that contain it. What
/// depends on parameters alone is left out: products start with that in any case.
pub(super) fn common_factors(graph: &Graph, ids: &[Id], scales: &Map<Id, f64>) -> Vec<(f64, Vec<(Id, Rational)>)> {
    /// Of many, comparing each with each would take longer than it saves.
    const FEW: usize = 10;
    let products: Vec<Product<'_>> = ids.iter().filter_map(|&id| as_product(graph, id)).collect();
    if products.len() > FEW {
        return Vec::new();
    }
    let mut found: Vec<Vec<(Id, Rational)>> = Vec::new();
    for (place, one) in products.iter().enumerate() {
        for other in &products[..place] {
            let common: Vec<(Id, Rational)> = one.1.iter().filter_map(|&factor| shared(factor, other.1)).collect();
            let is_part = common != one.1 && common != other.1;
            if common.len() > 1 && is_part && common.iter().any(|factor| varies(graph, factor.0)) {
                found.push(common);
            }
        }
    }
    found.sort_by_key(|common| std::cmp::Reverse(degree(common)));
    let mut largest: Vec<Vec<(Id, Rational)>> = Vec::new();
    for common in found {
        if !largest.iter().any(|known| contains(known, &common)) {
            largest.push(common);
        }
    }
    largest.into_iter().map(|common| (coefficient(graph, &products, &common, scales), common)).collect()
}

/// The coefficient that most of the products that contain `common` then need none beside; of two such, that of a
/// product with more left that varies: the other one's costs nothing per pair of points.
fn coefficient(graph: &Graph, products: &[Product<'_>], common: &[(Id, Rational)], scales: &Map<Id, f64>) -> f64 {
    let mut candidates: Vec<(f64, usize)> = Vec::new();
    for &(coefficient, factors) in products.iter().filter(|product| contains(product.1, common)) {
        let taken = |base: Id| common.iter().find(|factor| factor.0 == base).map_or(Rational::ZERO, |factor| factor.1);
        let rest: Vec<(Id, Rational)> = factors
            .iter()
            .filter_map(|&(base, exponent)| Some((base, exponent.add(taken(base).neg())?)))
            .filter(|factor| factor.1 != Rational::ZERO)
            .collect();
        let scale = |&(base, exponent): &(Id, Rational)| {
            let exponent = exponent.as_integer().and_then(|n| i32::try_from(n).ok())?;
            Some(scales.get(&base)?.powi(-exponent))
        };
        let coefficient = coefficient * constant_part(graph, &rest) * rest.iter().filter_map(scale).product::<f64>();
        candidates.push((coefficient, rest.iter().filter(|factor| varies(graph, factor.0)).count()));
    }
    let served = |coefficient: f64| {
        let same_size = candidates.iter().filter(|known| known.0.abs() == coefficient.abs()).count();
        let same = candidates.iter().filter(|known| known.0 == coefficient).count();
        (same_size, same)
    };
    let best = candidates.iter().max_by_key(|(coefficient, varying)| (served(*coefficient), *varying));
    best.map_or(1.0, |best| best.0)
}

fn contains(factors: &[(Id, Rational)], part: &[(Id, Rational)]) -> bool {
    part.iter().all(|&factor| shared(factor, factors) == Some(factor))
}

/// The power of a base that is also in a product, if what is left of either is a whole power: of s and √s nothing is
/// shared.
fn shared((base, exponent): (Id, Rational), factors: &[(Id, Rational)]) -> Option<(Id, Rational)> {
    let other = factors.iter().find(|other| other.0 == base)?.1;
    let least = if exponent.is_negative() { exponent.max(other) } else { exponent.min(other) };
    let difference = exponent.add(other.neg())?;
    (exponent.is_negative() == other.is_negative() && difference.as_integer().is_some()).then_some((base, least))
}

/// Whether an expression depends on more than parameters.
pub(super) fn varies(graph: &Graph, id: Id) -> bool {
    !graph.is_fixed(id)
}
