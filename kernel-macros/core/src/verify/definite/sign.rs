//! Signs of what depends on parameters, and of kernels where their points meet: proved, or proved if some bound held.

use super::Judge;
use super::proof::{Need, Needs, Subject, are_consistent, joined};
use crate::definition::Relation;
use crate::symbolic::{Function, Id, Node, Number, Symbol};
use crate::verify::probe;

/// Deeper expressions have no sign that anybody would see.
const DEEPEST: usize = 24;

impl Judge {
    /// What must hold for the value to be ≥ 0 (> 0 if `strict`), empty if it is so; `None` if it is not, or nobody
    /// knows.
    pub fn nonnegative(&mut self, id: Id, strict: bool) -> Option<Needs> {
        let needs = self.sign(id, strict, DEEPEST)?;
        let needs: Needs = needs.into_iter().filter(|need| !self.is_stated(*need)).collect();
        let stated = self.stated();
        are_consistent(&joined(stated, &needs)).then_some(needs)
    }

    /// The same for the value at x = y.
    pub fn nonnegative_on_diagonal(&mut self, id: Id, strict: bool) -> Option<Needs> {
        let there = self.graph.meet(&[id])[0];
        self.nonnegative(there, strict).or_else(|| {
            let simple = self.graph.expand(there);
            let simple = self.graph.together(simple);
            self.nonnegative(simple, strict)
        })
    }

    fn sign(&mut self, id: Id, strict: bool, depth: usize) -> Option<Needs> {
        let known = if strict { self.graph.is_positive(id) } else { self.graph.is_nonnegative(id) };
        if known {
            return Some(Needs::new());
        }
        let depth = depth.checked_sub(1)?;
        match self.graph.node(id).clone() {
            Node::Symbol(symbol) => self.sign_of_symbol(symbol, strict, depth),
            Node::Sum(constant, terms) => {
                if let Some(need) = self.affine(constant, &terms, strict) {
                    return Some(vec![need]);
                }
                if constant.is_negative() {
                    return None;
                }
                let mut needs = Needs::new();
                let mut is_strict = !strict || !constant.is_zero();
                for (term, coefficient) in terms {
                    if !is_strict && let Some(more) = self.signed(term, coefficient, true, depth) {
                        is_strict = true;
                        needs = joined(needs, &more);
                        continue;
                    }
                    needs = joined(needs, &self.signed(term, coefficient, false, depth)?);
                }
                is_strict.then_some(needs)
            }
            Node::Product(_) => self.signed(id, Number::ONE, strict, depth),
            Node::Power(base, _) => self.sign(base, strict, depth),
            Node::Call(function, arguments) => match function {
                Function::Exp | Function::Cosh => Some(Needs::new()),
                Function::Abs | Function::Acos if !strict => Some(Needs::new()),
                Function::ExpM1
                | Function::Ln1p
                | Function::Asin
                | Function::Atan
                | Function::Sinh
                | Function::Tanh
                | Function::Erf
                | Function::Cbrt => self.sign(arguments[0], strict, depth),
                Function::Ln => {
                    let one = self.graph.integer(1);
                    let excess = self.graph.sub(arguments[0], one);
                    self.sign(excess, strict, depth)
                }
                Function::Max => {
                    self.sign(arguments[0], strict, depth).or_else(|| self.sign(arguments[1], strict, depth))
                }
                Function::Min => {
                    let needs = self.sign(arguments[0], strict, depth)?;
                    Some(joined(needs, &self.sign(arguments[1], strict, depth)?))
                }
                _ => None,
            },
            Node::Select(_, _, _, then, otherwise) => {
                let needs = self.sign(then, strict, depth)?;
                Some(joined(needs, &self.sign(otherwise, strict, depth)?))
            }
            Node::Number(_) => None,
        }
    }

    /// The sign of a coefficient times a product.
    fn signed(&mut self, id: Id, coefficient: Number, strict: bool, depth: usize) -> Option<Needs> {
        let (inner, factors) = self.graph.split(id);
        let negative = coefficient.mul(inner).is_negative();
        if coefficient.mul(inner).is_zero() {
            return (!strict).then(Needs::new);
        }
        let mut needs = Needs::new();
        // Of a product with a negative coefficient, one parameter may be negative.
        let mut turned = !negative;
        for (base, exponent) in factors {
            let even = exponent.as_integer().is_some_and(|n| n % 2 == 0);
            // A parameter that is squared counts as not 0, see `Facts`.
            let parameter = matches!(self.graph.node(base), Node::Symbol(Symbol::Parameter(_) | Symbol::Weight(_)));
            let strictly = strict || exponent.is_negative();
            if even && (!strictly || parameter) {
                continue;
            }
            if !turned
                && exponent.as_integer().is_some()
                && let Some(need) = self.negative_parameter(base, strictly)
            {
                turned = true;
                needs = joined(needs, &[need]);
                continue;
            }
            needs = joined(needs, &self.sign(base, strictly, depth)?);
        }
        turned.then_some(needs)
    }

    /// A parameter whose sign nobody has stated.
    fn negative_parameter(&self, id: Id, strict: bool) -> Option<Need> {
        let (&Node::Symbol(symbol), false) = (self.graph.node(id), self.graph.is_nonnegative(id)) else { return None };
        let subject = subject(symbol)?;
        Some(Need { subject, relation: if strict { Relation::Less } else { Relation::LessOrEqual }, value: 0.0 })
            .filter(|_| matches!(subject, Subject::Parameter(_)))
    }

    fn sign_of_symbol(&mut self, symbol: Symbol, strict: bool, depth: usize) -> Option<Needs> {
        if let Symbol::Sum(r) | Symbol::Product(r, 0) = symbol {
            let body = self.graph.reductions()[r].body;
            return self.sign(body, strict, depth);
        }
        let relation = if strict { Relation::Greater } else { Relation::GreaterOrEqual };
        Some(vec![Need { subject: subject(symbol)?, relation, value: 0.0 }])
    }

    /// a + b p ≥ 0 for one parameter p is a bound on it.
    fn affine(&self, constant: Number, terms: &[(Id, Number)], strict: bool) -> Option<Need> {
        let [(term, slope)] = *terms else { return None };
        let &Node::Symbol(symbol) = self.graph.node(term) else { return None };
        let end = constant.neg().mul(slope.recip());
        // A rounded end would be a bound of its own.
        end.as_rational().filter(|exact| exact.denominator().count_ones() == 1)?;
        let relation = match (slope.is_negative(), strict) {
            (false, false) => Relation::GreaterOrEqual,
            (false, true) => Relation::Greater,
            (true, false) => Relation::LessOrEqual,
            (true, true) => Relation::Less,
        };
        Some(Need { subject: subject(symbol)?, relation, value: end.to_f64() })
    }

    /// What `assume` says, as needs.
    fn stated(&self) -> Needs {
        let parameters = self.bounds.iter().map(|bound| Need {
            subject: Subject::Parameter(bound.parameter),
            relation: bound.relation,
            value: bound.value,
        });
        let points = self.domain.iter().map(|&(relation, value)| Need { subject: Subject::Points, relation, value });
        parameters.chain(points).filter(|need| need.relation != Relation::NotEqual).collect()
    }

    /// Whether 0 is among the coordinates that `assume` allows.
    pub(super) fn domain_has_origin(&self) -> bool {
        probe::holds(&self.domain, 0.0)
    }

    fn is_stated(&self, need: Need) -> bool {
        joined(self.stated(), &[need]) == self.stated()
    }
}

fn subject(symbol: Symbol) -> Option<Subject> {
    match symbol {
        Symbol::Parameter(p) | Symbol::Weight(p) | Symbol::PickWeight(p, _) => Some(Subject::Parameter(p)),
        Symbol::Point(_) | Symbol::Pick(..) | Symbol::Coordinate(_) => Some(Subject::Points),
        _ => None,
    }
}
