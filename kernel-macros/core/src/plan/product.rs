//! Products over coordinates, P = Π_i g(x_i, y_i, w_i).
//!
//! ∂P/∂x_i = g_x(i) Π_{l≠i} g(l). With P_n the product of the factors that are not 0 if exactly n of them are (else 0),
//! and the per-coordinate h = g_x/g where g ≠ 0 (else 0), z = g_x where g = 0 (else 0), this is P_0 h(i) + P_1 z(i),
//! and ∂²P/∂x_i∂y_j = P_0 h h' + P_1 (z h' + h z') + P_2 z z' for i ≠ j: rank 1, or 2 if a factor is 0, and no division
//! by one that is.

use crate::symbolic::{Comparison, Graph, Id, Node, Number, Side, Symbol};

/// The derivative of the product as (coefficient, per-coordinate factor).
pub fn directions(graph: &mut Graph, r: usize, zeros: usize, side: Side) -> Vec<(Id, Id)> {
    let [quotient, at_zero] = parts(graph, r, side);
    let same = graph.symbol(Symbol::Product(r, zeros));
    let more = graph.symbol(Symbol::Product(r, zeros + 1));
    vec![(same, quotient), (more, at_zero)]
}

/// The second derivative for i ≠ j as (coefficient, factor at i, factor at j).
pub fn off_diagonal(graph: &mut Graph, r: usize, zeros: usize, left: Side, right: Side) -> Vec<(Id, Id, Id)> {
    let [h, z] = parts(graph, r, left);
    let [h_right, z_right] = parts(graph, r, right);
    let [p0, p1, p2] = [0, 1, 2].map(|more| graph.symbol(Symbol::Product(r, zeros + more)));
    vec![(p0, h, h_right), (p1, z, h_right), (p1, h, z_right), (p2, z, z_right)]
}

/// The second derivative for i = j: g_xy Π_{l≠i} g(l).
pub fn diagonal(graph: &mut Graph, r: usize, zeros: usize, left: Side, right: Side) -> Vec<(Id, Id)> {
    let [quotient, at_zero] = curvatures(graph, r, left, right);
    let [p0, p1] = [0, 1].map(|more| graph.symbol(Symbol::Product(r, zeros + more)));
    vec![(p0, quotient), (p1, at_zero)]
}

/// ∂P/∂θ = P_0 Σ g_θ/g + P_1 Σ [g = 0] g_θ.
pub fn rate(graph: &mut Graph, r: usize, slope: Id) -> Id {
    let body = graph.reductions()[r].body;
    let [quotient, at_zero] = split(graph, body, slope);
    let [p0, p1] = [0, 1].map(|zeros| graph.symbol(Symbol::Product(r, zeros)));
    let mut terms = Vec::new();
    for (coefficient, part) in [(p0, quotient), (p1, at_zero)] {
        let sum = graph.sum(part);
        terms.push(graph.mul(coefficient, sum));
    }
    graph.sum_of(&terms)
}

/// In ∂P/∂θ = P_0 S_0 + P_1 S_1, as [`rate`] has it, the terms of S_1 and the z of the derivatives of P_1 stand for
/// factors that are 0 and left out. No factor is left out twice: what both have of one coordinate, with this
/// coefficient of P_1 S_1, is too much.
pub struct Twice {
    r: usize,
    /// S_1
    sum: Symbol,
    /// z_θ, the term of S_1
    by_parameter: Id,
    /// ∂²F/∂P_1∂S_1
    pub coefficient: Id,
}

/// Where a function has a factor that is left out twice.
pub fn twice(graph: &mut Graph, value: Id, reductions: &[Symbol]) -> Vec<Twice> {
    let zero = graph.integer(0);
    let mut found = Vec::new();
    for &same in reductions {
        let Symbol::Product(r, 1) = same else { continue };
        let slope = graph.derivative(value, same);
        for &sum in reductions {
            let Symbol::Sum(q) = sum else { continue };
            let [body, by_parameter] = [r, q].map(|number| graph.reductions()[number].body);
            if is_at_zero(graph, [body, zero], by_parameter) {
                let coefficient = graph.derivative(slope, sum);
                if coefficient != zero {
                    found.push(Twice { r, sum, by_parameter, coefficient });
                }
            }
        }
    }
    found
}

/// Whether it is 0 where the body is not.
fn is_at_zero(graph: &Graph, [body, zero]: [Id; 2], part: Id) -> bool {
    match graph.node(part) {
        Node::Select(Comparison::Equal, a, b, _, otherwise) => [*a, *b, *otherwise] == [body, zero, zero],
        Node::Product(factors) => factors.iter().any(|factor| is_at_zero(graph, [body, zero], factor.0)),
        _ => false,
    }
}

impl Twice {
    /// What is too much in the gradient, as (coefficient, factor): P_2 z(i) z_θ(i).
    pub fn gradient(&self, graph: &mut Graph, side: Side) -> (Id, Id) {
        let [_, z] = parts(graph, self.r, side);
        (self.weight(graph, 2), graph.mul(z, self.by_parameter))
    }

    /// The same in the second derivative for i ≠ j, beside what the derivatives of the coefficient make of
    /// [`gradient`](Self::gradient).
    pub fn off_diagonal(&self, graph: &mut Graph, left: Side, right: Side) -> Vec<(Id, Id, Id)> {
        let ([h, z], [h_right, z_right]) = (parts(graph, self.r, left), parts(graph, self.r, right));
        let [once, once_right] = [z, z_right].map(|z| graph.mul(z, self.by_parameter));
        let [p2, p3] = [2, 3].map(|zeros| self.weight(graph, zeros));
        vec![(p2, once, h_right), (p2, h, once_right), (p3, once, z_right), (p3, z, once_right)]
    }

    /// The same for i = j: P_2 [g = 0] g_xy z_θ.
    pub fn diagonal(&self, graph: &mut Graph, left: Side, right: Side) -> (Id, Id) {
        let [_, at_zero] = curvatures(graph, self.r, left, right);
        (self.weight(graph, 2), graph.mul(at_zero, self.by_parameter))
    }

    /// Whether of these derivatives, the weight of one of which is given, both leave out a factor: they count for i ≠ j
    /// only.
    pub fn are_both(&self, graph: &mut Graph, symbols: [Symbol; 2], weights: [Id; 2]) -> bool {
        let p2 = graph.symbol(Symbol::Product(self.r, 2));
        let same = Symbol::Product(self.r, 1);
        symbols == [same, self.sum] && weights[0] == p2 || symbols == [self.sum, same] && weights[1] == p2
    }

    /// Whether it is a product of the same factors: its derivatives vanish where two of these are 0.
    pub fn is_same(&self, symbol: Symbol) -> bool {
        matches!(symbol, Symbol::Product(r, _) if r == self.r)
    }

    fn weight(&self, graph: &mut Graph, zeros: usize) -> Id {
        let weight = graph.symbol(Symbol::Product(self.r, zeros));
        graph.scale(weight, Number::MINUS_ONE)
    }
}

/// h and z.
fn parts(graph: &mut Graph, r: usize, side: Side) -> [Id; 2] {
    let body = graph.reductions()[r].body;
    let slope = graph.derivative(body, Symbol::Coordinate(side));
    split(graph, body, slope)
}

/// The same of g_xy.
fn curvatures(graph: &mut Graph, r: usize, left: Side, right: Side) -> [Id; 2] {
    let body = graph.reductions()[r].body;
    let first = graph.derivative(body, Symbol::Coordinate(left));
    let second = graph.derivative(first, Symbol::Coordinate(right));
    split(graph, body, second)
}

/// `top/g` where g ≠ 0, and `top` where it is 0.
fn split(graph: &mut Graph, body: Id, top: Id) -> [Id; 2] {
    let zero = graph.integer(0);
    let quotient = graph.div(top, body);
    if graph.is_positive(body) {
        return [quotient, zero];
    }
    let quotient = graph.select(Comparison::Equal, body, zero, zero, quotient);
    let at_zero = graph.select(Comparison::Equal, body, zero, top, zero);
    [quotient, at_zero]
}
