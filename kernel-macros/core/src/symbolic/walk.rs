//! What expressions are made of.

use super::expr::{Graph, Id, Node, Symbol};

impl Graph {
    /// The expressions directly inside this one.
    #[must_use]
    pub fn children(&self, id: Id) -> Vec<Id> {
        let mut children = Vec::new();
        self.node(id).each_child(|child| children.push(child));
        children
    }

    /// All expressions inside these roots (themselves included), each once, children before parents.
    #[must_use]
    pub fn reachable(&self, roots: &[Id]) -> Vec<Id> {
        self.parts_first(roots, |id, part| self.node(id).each_child(part))
    }

    /// These roots and all that they have as parts, and those as theirs, each once, parts before what has them.
    pub(super) fn parts_first(&self, roots: &[Id], each_part: impl Fn(Id, &mut dyn FnMut(Id))) -> Vec<Id> {
        let mut seen = vec![false; self.len()];
        let mut order = Vec::new();
        let mut stack: Vec<(Id, bool)> = roots.iter().rev().map(|&root| (root, false)).collect();
        while let Some((id, done)) = stack.pop() {
            if done {
                order.push(id);
            } else if !std::mem::replace(&mut seen[id.index()], true) {
                stack.push((id, true));
                let parts = stack.len();
                each_part(id, &mut |part| {
                    if !seen[part.index()] {
                        stack.push((part, false));
                    }
                });
                if stack.len() == parts {
                    stack.pop();
                    order.push(id);
                } else if stack.len() > parts + 1 {
                    stack[parts..].reverse();
                }
            }
        }
        order
    }

    /// The symbols an expression mentions, sorted (bodies of sums are not looked into).
    #[must_use]
    pub fn symbols(&self, roots: &[Id]) -> Vec<Symbol> {
        match roots {
            &[root] => self.own_symbols(root).to_vec(),
            _ => self.symbols_of_all(roots),
        }
    }

    pub(super) fn symbols_of_all(&self, roots: &[Id]) -> Vec<Symbol> {
        let mut symbols: Vec<Symbol> = self
            .reachable(roots)
            .into_iter()
            .filter_map(|id| match self.node(id) {
                Node::Symbol(symbol) => Some(*symbol),
                _ => None,
            })
            .collect();
        symbols.sort_unstable();
        symbols
    }
}
