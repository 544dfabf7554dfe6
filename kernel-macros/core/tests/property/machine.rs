//! A plan, interpreted: coefficients times factors of the lowered program, as the emitter would write them down.

use std::cell::RefCell;
use std::collections::HashMap;

use kernel_core::Definition;
use kernel_core::lower::{Op, OpId, Program};
use kernel_core::plan::{Matrix, Plan, Vector};
use kernel_core::symbolic::{Id, Side, Symbol};

use super::blocks::{Blocks, Input};

/// A plan with the program of all its expressions.
pub struct Machine<'a> {
    definition: &'a Definition,
    plan: &'a Plan,
    program: Program,
    ops: HashMap<Id, OpId>,
}

impl<'a> Machine<'a> {
    pub fn new(definition: &'a Definition, plan: &'a Plan) -> Self {
        let mut ids = vec![plan.value];
        for function in ["grad", "grad_y", "hess_xx", "hess_xy", "hess_yy", "hess_xy_params"] {
            ids.extend(plan.blocks(function).iter().flat_map(|block| [block.coefficients(), block.factors()].concat()));
        }
        ids.extend(plan.parameters.iter().map(|parameter| parameter.value));
        ids.extend(plan.graph.reductions().iter().map(|reduction| reduction.body));
        let mut program = Program::default();
        let ops = ids.into_iter().map(|id| (id, program.lower(&plan.graph, id))).collect();
        Self { definition, plan, program, ops }
    }

    /// Every block at one pair of points.
    pub fn blocks(&self, input: &Input) -> Blocks {
        let run = Run::new(self, input, None);
        let plan = self.plan;
        let mut grad_params = Vec::new();
        let mut hess_xy_params = Vec::new();
        for (place, parameter) in plan.parameters.iter().enumerate() {
            let entries = if self.definition.parameters[place].kind.is_per_coordinate() {
                (0..input.x.len()).map(Some).collect()
            } else {
                vec![None]
            };
            for entry in entries {
                let run = Run::new(self, input, entry);
                grad_params.push(run.at(parameter.value, None));
                hess_xy_params.extend(run.matrix(&parameter.hess_xy));
            }
        }
        Blocks {
            value: vec![run.at(plan.value, None)],
            grad_x: run.vector(&plan.grad_x),
            grad_y: run.vector(&plan.grad_y),
            hess_xx: run.matrix(&plan.hess_xx),
            hess_xy: run.matrix(&plan.hess_xy),
            hess_yy: run.matrix(&plan.hess_yy),
            grad_params,
            hess_xy_params,
        }
    }
}

/// One pair of points; of a per-coordinate parameter, one entry.
struct Run<'a> {
    machine: &'a Machine<'a>,
    input: &'a Input,
    entry: Option<usize>,
    /// By operation, once outside all coordinates, then at each.
    known: RefCell<Vec<Vec<Option<f64>>>>,
}

impl<'a> Run<'a> {
    fn new(machine: &'a Machine<'a>, input: &'a Input, entry: Option<usize>) -> Self {
        let operations = machine.ops.values().max().map_or(0, |last| last + 1);
        Self { machine, input, entry, known: RefCell::new(vec![vec![None; operations]; input.x.len() + 1]) }
    }

    fn vector(&self, vector: &Vector) -> Vec<f64> {
        let entry = |i| vector.form().iter().map(|term| self.at(term.0, None) * self.at(term.1, Some(i))).sum();
        (0..self.input.x.len()).map(entry).collect()
    }

    fn matrix(&self, matrix: &Matrix) -> Vec<f64> {
        let d = self.input.x.len();
        let mut entries = Vec::with_capacity(d * d);
        for i in 0..d {
            for j in 0..d {
                let term = |&(coefficient, left, right): &(Id, Id, Id)| {
                    self.at(coefficient, None) * self.at(left, Some(i)) * self.at(right, Some(j))
                };
                let rank: f64 = matrix.form().iter().map(term).sum();
                let on_diagonal =
                    |&(coefficient, factor): &(Id, Id)| self.at(coefficient, None) * self.at(factor, Some(i));
                let only: f64 = if i == j {
                    matrix.diagonal.iter().map(on_diagonal).sum()
                } else {
                    matrix.off_diagonal.iter().map(term).sum()
                };
                entries.push(rank + only);
            }
        }
        entries
    }

    fn at(&self, id: Id, coordinate: Option<usize>) -> f64 {
        self.op(self.machine.ops[&id], coordinate)
    }

    fn op(&self, id: OpId, at: Option<usize>) -> f64 {
        let place = at.map_or(0, |i| i + 1);
        if let Some(known) = self.known.borrow()[place][id] {
            return known;
        }
        let of = |operand| self.op(operand, at);
        let value = match self.machine.program.op(id) {
            Op::Number(number) => number.to_f64(),
            Op::Symbol(symbol) => self.symbol(symbol, at),
            Op::Add(a, b) => of(a) + of(b),
            Op::Sub(a, b) => of(a) - of(b),
            Op::Mul(a, b) => of(a) * of(b),
            Op::Div(a, b) => of(a) / of(b),
            Op::Neg(a) => -of(a),
            Op::Sqrt(a) => of(a).sqrt(),
            Op::Power(a, b) => of(a).powf(of(b)),
            Op::Call(function, a, None) => function.evaluate(&[of(a)]),
            Op::Call(function, a, Some(b)) => function.evaluate(&[of(a), of(b)]),
            Op::Select(comparison, a, b, then, otherwise) => {
                of(if comparison.holds(of(a), of(b)) { then } else { otherwise })
            }
        };
        self.known.borrow_mut()[place][id] = Some(value);
        value
    }

    fn symbol(&self, symbol: Symbol, at: Option<usize>) -> f64 {
        let Input { x, y, parameters } = self.input;
        let point = |side| if side == Side::X { x } else { y };
        let here = || at.expect("inside a sum or a factor");
        let indicator = |holds: bool| f64::from(u8::from(holds));
        match symbol {
            Symbol::Point(side) => point(side)[0],
            Symbol::Pick(side, k) => point(side)[k],
            Symbol::Coordinate(side) => point(side)[here()],
            // The per-coordinate parameter is the last one, so its number is where its entries start.
            Symbol::Weight(p) => parameters[p + here()],
            Symbol::PickWeight(p, k) => parameters[p + k],
            Symbol::Parameter(p) => parameters[p],
            Symbol::Unit(k) => indicator(here() == k),
            Symbol::Entry => indicator(Some(here()) == self.entry),
            Symbol::Index => here() as f64,
            Symbol::Dimension => x.len() as f64,
            Symbol::Constant(constant) => constant.value(),
            Symbol::EntryAt(k) => indicator(self.entry == Some(k)),
            Symbol::Sum(r) => self.terms(r).sum(),
            Symbol::Product(r, zeros) => {
                let (zero, others): (Vec<f64>, Vec<f64>) = self.terms(r).partition(|&factor| factor == 0.0);
                if zero.len() == zeros { others.into_iter().product() } else { 0.0 }
            }
            Symbol::Ratio(t, r) => {
                let [t, r] = [t, r].map(|sum| self.terms(sum).sum::<f64>());
                if r == 0.0 { 0.0 } else { t / r }
            }
            Symbol::Cross => self.angle().0,
            Symbol::Angle => self.angle().1,
            other => panic!("{other:?} is in no plan"),
        }
    }

    /// The bodies of a reduction.
    fn terms(&self, r: usize) -> impl Iterator<Item = f64> {
        let body = self.machine.plan.graph.reductions()[r].body;
        (0..self.input.x.len()).map(move |i| self.at(body, Some(i)))
    }

    /// |x||y| sin θ and θ, as the emitter computes them.
    fn angle(&self) -> (f64, f64) {
        let [p, a, _] = self.machine.plan.angle_sums.map(|r| self.terms(r).sum::<f64>());
        let along = if a == 0.0 { 0.0 } else { p / a };
        let rest: f64 = self.input.x.iter().zip(&self.input.y).map(|(x, y)| (y - along * x).powi(2)).sum();
        let cross = (a * rest).sqrt();
        (cross, cross.atan2(p))
    }
}
