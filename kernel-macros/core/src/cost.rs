//! What a block costs: arithmetic operations and calls, counted on the operations that are emitted.

use std::collections::HashSet;
use std::fmt;

use crate::lower::{Level, Op, OpId, Program};
use crate::plan::{Matrix, Plan, Vector};
use crate::symbolic::{Function, Gather, Id, Reduction, Symbol};

/// A number of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Additions, subtractions, sign changes.
    pub additions: usize,
    /// Multiplications.
    pub multiplications: usize,
    /// Divisions.
    pub divisions: usize,
    /// Square roots.
    pub roots: usize,
    /// Calls of other functions, by name.
    pub calls: Vec<&'static str>,
}

impl Count {
    fn add(&mut self, op: Op) {
        match op {
            Op::Number(_) | Op::Symbol(_) | Op::Select(..) => {}
            Op::Add(..) | Op::Sub(..) | Op::Neg(_) => self.additions += 1,
            Op::Mul(..) => self.multiplications += 1,
            Op::Div(..) => self.divisions += 1,
            Op::Sqrt(_) => self.roots += 1,
            Op::Power(..) => self.calls.push("powf"),
            Op::Call(Function::Abs | Function::Positive | Function::Max | Function::Min, ..) => {}
            Op::Call(function, ..) => self.calls.push(function.name()),
        }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = [
            (self.additions, "addition"),
            (self.multiplications, "multiplication"),
            (self.divisions, "division"),
            (self.roots, "square root"),
        ];
        let mut parts: Vec<String> = names
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        let mut calls: Vec<(&str, usize)> = Vec::new();
        for &call in &self.calls {
            match calls.iter_mut().find(|known| known.0 == call) {
                Some(known) => known.1 += 1,
                None => calls.push((call, 1)),
            }
        }
        parts.extend(calls.iter().map(|(call, count)| format!("{count} `{call}`")));
        formatter.write_str(&parts.join(", "))
    }
}

/// The cost of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Once per pair of points.
    pub pair: Count,
    /// Once per coordinate.
    pub coordinate: Count,
    /// Once per pair of coordinates.
    pub entry: Count,
}

impl Cost {
    /// Of a number.
    #[must_use]
    pub fn of_value(plan: &Plan, value: Id) -> Self {
        Counter::new(plan).finish(&[value], &[])
    }

    /// Of a gradient.
    #[must_use]
    pub fn of_vector(plan: &Plan, vector: &Vector) -> Self {
        let coefficients: Vec<Id> = vector.terms.iter().map(|term| term.0).collect();
        let factors: Vec<Id> = vector.terms.iter().map(|term| term.1).collect();
        let mut cost = Counter::new(plan).finish(&coefficients, &factors);
        cost.coordinate.multiplications += factors.iter().filter(|&&factor| !plan.is_one(factor)).count();
        cost.coordinate.additions += factors.len().saturating_sub(1);
        cost
    }

    /// Of a matrix of second derivatives.
    #[must_use]
    pub fn of_matrix(plan: &Plan, matrix: &Matrix) -> Self {
        let terms: Vec<(Id, Id, Id)> = matrix.rank.iter().chain(&matrix.off_diagonal).copied().collect();
        let diagonal = matrix.diagonal.iter().chain(&matrix.dense);
        let coefficients: Vec<Id> =
            terms.iter().map(|term| term.0).chain(diagonal.clone().map(|term| term.0)).collect();
        let left = terms.iter().map(|term| term.1).chain(diagonal.map(|term| term.1));
        let factors: Vec<Id> = left.chain(terms.iter().map(|term| term.2)).collect();
        let right: HashSet<Id> = terms.iter().map(|term| term.2).collect();
        let mut cost = Counter::new(plan).finish(&coefficients, &factors);
        let varies = |factor: Id| usize::from(!plan.is_one(factor));
        cost.coordinate.multiplications += terms.iter().map(|term| varies(term.1)).sum::<usize>();
        cost.coordinate.multiplications += matrix.diagonal.iter().map(|term| varies(term.1)).sum::<usize>();
        // Without rank there is nothing on the diagonal to add to.
        let added = if right.is_empty() { matrix.diagonal.len().saturating_sub(1) } else { matrix.diagonal.len() };
        cost.coordinate.additions += (terms.len() - right.len()) + added;
        cost.entry.multiplications += right.iter().filter(|&&factor| !plan.is_one(factor)).count();
        cost.entry.additions += right.len().saturating_sub(1) + matrix.dense.len();
        cost.entry.multiplications += matrix.dense.len();
        cost
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [(&self.pair, "pair of points"), (&self.coordinate, "coordinate"), (&self.entry, "entry")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|part| !part.0.is_nothing())
            .map(|(count, unit)| format!("{count} per {unit}"))
            .collect();
        formatter.write_str(if parts.is_empty() { "nothing" } else { "" })?;
        formatter.write_str(&parts.join("; "))
    }
}

struct Counter<'a> {
    plan: &'a Plan,
    program: Program,
}

impl<'a> Counter<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self { plan, program: Program::default() }
    }

    /// Counts what the roots and the sums they need take.
    fn finish(mut self, coefficients: &[Id], factors: &[Id]) -> Cost {
        let graph = &self.plan.graph;
        let mut roots = coefficients.to_vec();
        roots.extend(factors);
        let mut cost = Cost::default();
        for symbol in graph.ingredients(&roots) {
            match symbol {
                Symbol::Sum(r) | Symbol::Product(r, 0) => {
                    let Reduction { gather, body } = graph.reductions()[r];
                    roots.push(body);
                    match gather {
                        Gather::Sum => cost.coordinate.additions += 1,
                        Gather::Product => cost.coordinate.multiplications += 1,
                        Gather::DoubleSum => cost.entry.additions += 1,
                    }
                }
                Symbol::Row(q) => {
                    roots.push(graph.rows()[q]);
                    cost.entry.additions += 1;
                }
                _ => {}
            }
        }
        let roots: Vec<OpId> = roots.iter().map(|&root| self.program.lower(graph, root)).collect();
        let mut entries = HashSet::new();
        for op in self.program.order(&roots) {
            let kind = self.program.op(op);
            let of_entry = match kind {
                Op::Symbol(symbol) => symbol.is_other(),
                _ => self.program.operands(op).iter().any(|operand| entries.contains(operand)),
            };
            if of_entry {
                entries.insert(op);
            }
            let count = match self.program.level(op) {
                Level::Coordinate if of_entry => &mut cost.entry,
                Level::Coordinate => &mut cost.coordinate,
                _ => &mut cost.pair,
            };
            count.add(kind);
        }
        cost
    }
}
