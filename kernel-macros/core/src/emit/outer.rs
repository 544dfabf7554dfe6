//! The stages of a pair of points: the value, and the coefficients of its derivatives, from finished sums.

use proc_macro2::TokenStream;
use quote::quote;

use crate::lower::OpId;
use crate::symbolic::Id;

use super::code::Scope;
use super::stages::Stages;

impl Stages<'_> {
    pub(super) fn value(&mut self) -> TokenStream {
        let value = self.coder.lower(self.plan.value);
        let mut coder = self.coder.again();
        let outside = |symbol| self.outside(symbol);
        let mut scope = Scope::new(&outside);
        let lets = coder.bind_shared(&mut scope, &[value]);
        let value = coder.expression(&scope, value);
        quote!(#lets #value)
    }

    pub(super) fn first(&mut self) -> TokenStream {
        let targets = self.gradient_targets();
        self.write(&targets)
    }

    pub(super) fn second(&mut self) -> TokenStream {
        let mut targets = self.gradient_targets();
        let hess = &self.plan.hess_xy;
        for (p, left) in self.left.iter().enumerate() {
            for (q, right) in self.right.iter().enumerate() {
                let terms = hess.rank.iter().filter(|term| term.1 == *left && term.2 == *right).map(|term| term.0);
                targets.push((quote!(out.rank[#p * out.stride + #q]), terms.collect()));
                if !hess.off_diagonal.is_empty() {
                    let terms = hess.off_diagonal.iter().filter(|term| term.1 == *left && term.2 == *right);
                    let terms = terms.map(|term| term.0).collect();
                    targets.push((quote!(out.off_diagonal[#p * out.stride + #q]), terms));
                }
            }
        }
        for (e, factor) in self.diagonal.iter().enumerate() {
            let terms = hess.diagonal.iter().filter(|term| term.1 == *factor).map(|term| term.0);
            targets.push((quote!(out.diagonal[#e]), terms.collect()));
        }
        for (e, entry) in self.dense.iter().enumerate() {
            let terms = hess.dense.iter().filter(|term| term.1 == *entry).map(|term| term.0);
            targets.push((quote!(out.dense[#e]), terms.collect()));
        }
        self.write(&targets)
    }

    fn gradient_targets(&self) -> Vec<(TokenStream, Vec<Id>)> {
        let mut targets = Vec::new();
        let sides =
            [(&self.left, &self.plan.grad_x, quote!(out.grad_x)), (&self.right, &self.plan.grad_y, quote!(out.grad_y))];
        for (factors, gradient, target) in sides {
            for (place, factor) in factors.iter().enumerate() {
                let terms = gradient.terms.iter().filter(|term| term.1 == *factor).map(|term| term.0);
                targets.push((quote!(#target[#place]), terms.collect()));
            }
        }
        targets
    }

    /// Writes the frame and every target (a sum of coefficients), and returns the value.
    fn write(&mut self, targets: &[(TokenStream, Vec<Id>)]) -> TokenStream {
        let expressions: Vec<Id> = targets.iter().flat_map(|target| &target.1).copied().collect();
        self.coder.prepare(&expressions);
        let value = self.coder.lower(self.plan.value);
        let lowered: Vec<Vec<OpId>> =
            targets.iter().map(|(_, terms)| terms.iter().map(|&id| self.coder.lower(id)).collect()).collect();
        let mut roots = lowered.concat();
        roots.push(value);
        roots.extend(&self.frame);
        let mut coder = self.coder.again();
        let outside = |symbol| self.outside(symbol);
        let mut scope = Scope::new(&outside);
        let lets = coder.bind_shared(&mut scope, &roots);
        let frame = self.frame.iter().enumerate().map(|(place, &op)| {
            let value = coder.expression(&scope, op);
            quote!(out.frame[#place] = #value;)
        });
        let assignments = targets.iter().zip(&lowered).map(|((target, _), terms)| {
            let sum = match **terms {
                [] => quote!(V::of(0.0)),
                [only] => coder.expression(&scope, only),
                _ => {
                    let terms = terms.iter().map(|&op| coder.operand(&scope, op));
                    quote!(#(#terms)+*)
                }
            };
            quote!(#target = #sum;)
        });
        let value = coder.expression(&scope, value);
        quote!(#lets #(#frame)* #(#assignments)* #value)
    }
}
