//! What a block costs: arithmetic operations and calls, counted on the operations that are emitted.

use crate::map::Set;
use std::fmt;

use crate::lower::{Level, Op, OpId, Program, Usage};
use crate::plan::{Block, Matrix, Plan, Vector};
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
    /// Calls of other functions, by name, in order.
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

/// The cost of some blocks computed together.
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
    /// Of the emitted function that computes these blocks. What depends on parameters alone counts as well.
    #[must_use]
    pub fn of(plan: &Plan, blocks: &[Block<'_>], usage: Usage) -> Self {
        let mut tally = Tally::new(plan, blocks, usage);
        tally.reductions();
        for block in blocks {
            match block {
                Block::Value(value) => tally.outside(&[*value]),
                Block::Vector(vector) => tally.vector(vector),
                Block::Matrix(matrix) => tally.matrix(matrix),
            }
        }
        let mut cost = tally.cost;
        for count in [&mut cost.pair, &mut cost.coordinate, &mut cost.entry] {
            count.calls.sort_unstable();
        }
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

/// How often a loop's body is run.
#[derive(Clone, Copy)]
enum Loop {
    Coordinates,
    Entries,
}

/// Counts the operations of one function, loop by loop.
struct Tally<'a> {
    plan: &'a Plan,
    program: Program,
    usage: Usage,
    ingredients: Vec<Symbol>,
    cost: Cost,
    seen: Set<OpId>,
}

impl<'a> Tally<'a> {
    fn new(plan: &'a Plan, blocks: &[Block<'_>], usage: Usage) -> Self {
        let graph = &plan.graph;
        let expressions: Vec<Id> =
            blocks.iter().flat_map(|block| [block.coefficients(), block.factors()]).flatten().collect();
        let ingredients = graph.ingredients(&expressions);
        let bodies = ingredients.iter().filter_map(|symbol| match symbol {
            Symbol::Sum(r) | Symbol::Product(r, _) => Some(graph.reductions()[*r].body),
            _ => None,
        });
        let program = plan.prepared(usage, &bodies.chain(expressions).collect::<Vec<Id>>());
        Self { plan, program, usage, ingredients, cost: Cost::default(), seen: Set::default() }
    }

    /// Counts what a loop needs from outside it, and what it does itself, `Other` coordinates' part once per entry.
    fn inside(&mut self, roots: &[Id], place: Loop) {
        let roots: Vec<OpId> = roots.iter().map(|&root| self.program.lower(&self.plan.graph, root)).collect();
        let order = self.program.order(&roots);
        let of_entry = self.program.made_of(&order, Symbol::is_other);
        for op in order {
            let once = self.usage == Usage::Unrolled || self.program.level(op) < Level::Coordinate;
            if !self.seen.insert(op) && once {
                continue;
            }
            let count = match (self.program.level(op), place) {
                (Level::Coordinate, _) if of_entry[op] => &mut self.cost.entry,
                (Level::Coordinate, Loop::Entries) if self.usage != Usage::Unrolled => &mut self.cost.entry,
                (Level::Coordinate, _) => &mut self.cost.coordinate,
                _ => &mut self.cost.pair,
            };
            count.add(self.program.op(op));
        }
    }

    fn outside(&mut self, coefficients: &[Id]) {
        self.inside(coefficients, Loop::Coordinates);
    }

    fn reductions(&mut self) {
        let graph = &self.plan.graph;
        let mut bodies = Vec::new();
        for symbol in self.ingredients.clone() {
            match symbol {
                Symbol::Sum(r) | Symbol::Product(r, 0) => {
                    let Reduction { gather, body } = graph.reductions()[r];
                    bodies.push(body);
                    match gather {
                        Gather::Sum => self.cost.coordinate.additions += 1,
                        Gather::Product => self.cost.coordinate.multiplications += 1,
                        Gather::DoubleSum => self.cost.entry.additions += 1,
                    }
                }
                Symbol::Row(q) => {
                    self.inside(&[graph.rows()[q]], Loop::Entries);
                    self.cost.entry.additions += 1;
                }
                _ => {}
            }
        }
        self.inside(&bodies, Loop::Coordinates);
    }

    /// Multiplications of coefficients by factors.
    fn products(&self, factors: impl Iterator<Item = Id>) -> usize {
        factors.filter(|&factor| !self.plan.graph.is_one(factor)).count()
    }

    fn vector(&mut self, vector: &Vector) {
        let terms = vector.form();
        self.outside(&terms.iter().map(|term| term.0).collect::<Vec<Id>>());
        self.inside(&terms.iter().map(|term| term.1).collect::<Vec<Id>>(), Loop::Coordinates);
        self.cost.coordinate.multiplications += self.products(terms.iter().map(|term| term.1));
        self.cost.coordinate.additions += terms.len().saturating_sub(1);
    }

    fn matrix(&mut self, matrix: &Matrix) {
        self.outside(&Block::Matrix(matrix).coefficients());
        let rank: Vec<(Id, Id, Id)> = matrix.form().iter().chain(&matrix.off_diagonal).copied().collect();
        let mut right: Vec<Id> = rank.iter().map(|term| term.2).collect();
        right.sort_unstable();
        right.dedup();
        let apart = !matrix.off_diagonal.is_empty();
        let mut at_row: Vec<Id> =
            rank.iter().map(|term| term.1).chain(matrix.diagonal.iter().map(|term| term.1)).collect();
        if apart {
            at_row.extend(&right);
        }
        self.inside(&at_row, Loop::Coordinates);
        if let Some(square) = matrix.square.as_ref().filter(|_| self.usage == Usage::Loops) {
            let whole = square.terms[0].2;
            right = right.into_iter().map(|factor| if factor == whole { square.own } else { factor }).collect();
            self.cost.coordinate.multiplications += 1;
            self.cost.coordinate.additions += 1;
        }
        self.inside(&right, Loop::Entries);
        self.inside(&matrix.dense.iter().map(|term| term.1).collect::<Vec<Id>>(), Loop::Coordinates);
        let weights = self.products(rank.iter().map(|term| term.1));
        let diagonal = self.products(matrix.diagonal.iter().map(|term| term.1));
        let columns = self.products(right.iter().copied());
        let dense = self.products(matrix.dense.iter().map(|term| term.1));
        // Without rank there is nothing on the diagonal to add to.
        let first = usize::from(right.is_empty() && !matrix.diagonal.is_empty());
        self.cost.coordinate.multiplications += weights + diagonal;
        self.cost.coordinate.additions += rank.len() - right.len() + matrix.diagonal.len() - first;
        self.cost.entry.multiplications += columns + dense;
        self.cost.entry.additions += right.len().saturating_sub(1) + matrix.dense.len();
    }
}
