//! Kinks of kernels with powers of the distance that are not whole, or to a parameter: exp(-rᵖ).

use super::approach::{Approach, terms};
use super::smoothness::{Kink, coefficient_is_smooth};
use crate::symbolic::{Comparison, Graph, Growth, Id, Node, Rational, Symbol};

/// The kinks of a kernel along one approach, up to an order of derivatives; `None` if they could not be worked out.
pub(super) fn kinks(graph: &mut Graph, value: Id, approach: Approach, highest: i64) -> Option<Vec<Kink>> {
    let series = approach.expand_in_any_power(graph, value, terms(highest))?;
    let mut growths = Vec::new();
    for n in series.start..=highest {
        let coefficient = series.coefficient(n)?;
        let is_power = graph.symbols(&[coefficient]).contains(&Symbol::LogDistance);
        let is_smooth = !is_power && n >= 0 && coefficient_is_smooth(graph, coefficient, n, approach);
        if !is_smooth && !graph.is_zero(coefficient) {
            growths.extend(Growth::of(graph, coefficient, Rational::new(i128::from(n), 1)?)?);
        }
    }
    growths.retain(|&growth| !kinks_of(graph, growth, highest).is_empty());
    let leading = Growth::leading(graph, &growths);
    Some(leading.into_iter().flat_map(|growth| kinks_of(graph, growth, highest)).collect())
}

/// t^e has the derivatives of orders below e, even powers have all: for each order the values of parameters with a
/// kink.
fn kinks_of(graph: &mut Graph, growth: Growth, highest: i64) -> Vec<Kink> {
    let [zero, one] = [0, 1].map(|n| graph.integer(n));
    let has_even_powers = !growth.is_logarithmic && !growth.is_directed(graph);
    let mut kinks = Vec::new();
    for order in 1..=highest {
        let limit = graph.integer(order);
        let excess = graph.sub(growth.exponent, limit);
        if graph.is_positive(excess) {
            continue;
        }
        let mut coefficient = one;
        for even in (0..=order).step_by(2).filter(|_| has_even_powers) {
            let even = graph.integer(even);
            let difference = graph.sub(growth.exponent, even);
            if !graph.is_positive(difference) {
                coefficient = graph.select(Comparison::Equal, growth.exponent, even, zero, coefficient);
            }
        }
        coefficient = graph.select(Comparison::Less, zero, excess, zero, coefficient);
        if coefficient != zero {
            kinks.push(Kink { order, coefficient, depends: matches!(graph.node(coefficient), Node::Select(..)) });
        }
    }
    kinks
}
