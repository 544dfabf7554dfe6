//! From what a loop or an iterator gives at the current coordinate to the reduction over all of them.
//!
//! Inside another sum, Σ_j g(i, j) is a row until the outer sum is complete: Σ_i (a(i) + c(i) Σ_j g(i, j)) = Σ_i a(i) +
//! Σ_i Σ_j c(i) g(i, j), a sum and a double sum.

use quote::ToTokens;

use super::body::Lowering;
use crate::error::{Checked, message};
use crate::symbolic::{Gather, Id, Node, Symbol};

impl Lowering<'_> {
    /// Σ or Π over all coordinates.
    pub(super) fn over_coordinates(&mut self, gather: Gather, body: Id, at: impl ToTokens) -> Checked<Id> {
        let varying = self.graph.split_per_coordinate(body).1;
        if self.graph.symbols(&[varying]).iter().any(|symbol| matches!(symbol, Symbol::Angle | Symbol::Cross)) {
            return Err(self.errors.at(at, message::ANGLE_IN_SUM));
        }
        match (gather, self.level) {
            (Gather::Product, level) => {
                let symbols = self.graph.symbols(&[body]);
                let foreign = |symbol: &Symbol| matches!(symbol, Symbol::Row(_)) || level > 0 && symbol.is_own();
                if symbols.iter().any(foreign) {
                    return Err(self.errors.at(at, message::INNER_PRODUCT));
                }
                let body = if level == 0 { body } else { self.graph.exchange(body) };
                self.product(body, at)
            }
            (_, 0) => self.outer_sum(body, at),
            (_, _) => {
                let before = self.graph.rows().len();
                let row = self.graph.row(body);
                let made = self.graph.rows()[before..].to_vec();
                if self.has_row(&made) { Err(self.errors.at(at, message::TRIPLE_SUM)) } else { Ok(row) }
            }
        }
    }

    fn product(&mut self, body: Id, at: impl ToTokens) -> Checked<Id> {
        let before = self.graph.reductions().len();
        let product = self.graph.product(body);
        let made = &self.graph.reductions()[before..];
        let factors: Vec<Id> =
            made.iter().filter(|made| made.gather == Gather::Product).map(|made| made.body).collect();
        let whole = |symbol: &Symbol| {
            matches!(symbol, Symbol::Sum(_) | Symbol::Product(..) | Symbol::Pick(..) | Symbol::Angle | Symbol::Cross)
        };
        if self.graph.symbols(&factors).iter().any(whole) {
            return Err(self.errors.at(at, message::PRODUCT_OF_WHOLE));
        }
        Ok(product)
    }

    /// Σ_i of a body that is affine in the rows it holds.
    fn outer_sum(&mut self, body: Id, at: impl ToTokens) -> Checked<Id> {
        let rows: Vec<Symbol> =
            self.graph.symbols(&[body]).into_iter().filter(|symbol| matches!(symbol, Symbol::Row(_))).collect();
        let compared: Vec<Id> = self
            .graph
            .reachable(&[body])
            .into_iter()
            .filter_map(|node| match *self.graph.node(node) {
                Node::Select(_, a, b, _, _) => Some([a, b]),
                _ => None,
            })
            .flatten()
            .collect();
        if self.has_row(&compared) {
            return Err(self.errors.at(at, message::INNER_SUM));
        }
        let zero = self.graph.integer(0);
        let without = rows.iter().map(|&row| (row, zero)).collect();
        let rest = self.graph.substitute(body, &without);
        let mut parts = vec![self.graph.sum(rest)];
        for row in rows {
            let weight = self.graph.derivative(body, row);
            if self.has_row(&[weight]) {
                return Err(self.errors.at(at, message::INNER_SUM));
            }
            let Symbol::Row(q) = row else { continue };
            let inner = self.graph.rows()[q];
            let both = self.graph.mul(weight, inner);
            parts.push(self.graph.double_sum(both));
        }
        Ok(self.graph.sum_of(&parts))
    }

    fn has_row(&self, ids: &[Id]) -> bool {
        self.graph.symbols(ids).iter().any(|symbol| matches!(symbol, Symbol::Row(_)))
    }
}
