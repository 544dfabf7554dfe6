//! What several products have in common and should compute once.

use crate::symbolic::{Graph, Id, Node, Rational};

use super::Level;

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

/// What two of a few products have in common, with the coefficient of one of them.
pub(super) fn common_factors(graph: &Graph, ids: &[Id]) -> Vec<(f64, Vec<(Id, Rational)>)> {
    /// Of many, comparing each with each would take longer than it saves.
    const FEW: usize = 10;
    let products: Vec<_> = ids.iter().filter_map(|&id| as_product(graph, id)).collect();
    if products.len() > FEW {
        return Vec::new();
    }
    let mut found: Vec<(f64, Vec<(Id, Rational)>)> = Vec::new();
    for (place, &one) in products.iter().enumerate() {
        for &other in &products[..place] {
            let common: Vec<(Id, Rational)> = one.1.iter().filter_map(|&factor| shared(factor, other.1)).collect();
            if common.len() > 1 && common != one.1 && common != other.1 {
                // The other pays for its own coefficient, best where that costs nothing per pair of points.
                let varying = |product: &(f64, &[(Id, Rational)])| {
                    product.1.iter().filter(|factor| !common.contains(factor) && varies(graph, factor.0)).count()
                };
                let coefficient = if varying(&one) > varying(&other) { one.0 } else { other.0 };
                found.push((coefficient, common));
            }
        }
    }
    found.sort_by_key(|product| std::cmp::Reverse(degree(&product.1)));
    let mut largest: Vec<(f64, Vec<(Id, Rational)>)> = Vec::new();
    for (coefficient, common) in found {
        let contained = |known: &[(Id, Rational)]| common.iter().all(|&factor| shared(factor, known) == Some(factor));
        if !largest.iter().any(|known| contained(&known.1)) {
            largest.push((coefficient, common));
        }
    }
    largest
}

/// The power of a base that is also in a product.
fn shared((base, exponent): (Id, Rational), factors: &[(Id, Rational)]) -> Option<(Id, Rational)> {
    let other = factors.iter().find(|other| other.0 == base)?.1;
    let least = if exponent.is_negative() { exponent.max(other) } else { exponent.min(other) };
    (exponent.is_negative() == other.is_negative()).then_some((base, least))
}

/// Whether an expression depends on more than parameters.
pub(super) fn varies(graph: &Graph, id: Id) -> bool {
    graph.symbols(&[id]).into_iter().any(|symbol| Level::of(symbol) > Level::Parameter)
}
