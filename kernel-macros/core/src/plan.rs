//! What is to be computed, before a word of Rust is written: every block of a kernel as reduce → outer → expand.
//!
//! With reductions s_r = Σ_i b_r(x_i, y_i, w_i) and k = F(s; θ),
//!
//! ∂k/∂x_i = Σ_r F_r b_r^x(i) and ∂²k/∂x_i∂y_j = Σ_rq F_rq b_r^x(i) b_q^y(j) + δ_ij Σ_r F_r b_r^xy(i):
//!
//! coefficients that depend on the pair of points alone, times factors that depend on one coordinate. A coordinate
//! picked by its number (`x[0]`) is the reduction Σ_i [i = 0] x_i, so it needs no case of its own. ∂k/∂θ is one more
//! such function of the points, F_θ + Σ_r F_r Σ_i ∂b_r(i)/∂θ, so its blocks come from the same rules.
//!
//! This module is the contract between mathematics and emitters: it knows expressions, not tokens.

mod arc;
mod block;
mod contraction;
mod form;
mod integral;
mod limit;
mod nested;
mod partition;
mod product;
mod regular;
mod square;
mod term;
mod tower;

use std::cell::RefCell;

use crate::definition::{Definition, Parameter};
use crate::lower::{Program, Usage};
use crate::map::Map;
use crate::symbolic::{Gather, Graph, Id, Local, Seeds, Side, Symbol};
use crate::verify::{
    Counterexample, Domain, Invariance, Smoothness, approaches, asymmetry, domain, invariance, kinks, meetings,
    smoothness, without_guards,
};

use contraction::Contraction;
pub use contraction::{Jet, Products};
pub use form::{Block, Matrix, Vector};
pub use integral::{ClosedForm, PowerProduct};
pub use partition::Obstacle;
pub use term::{Base, Term};
pub use tower::{Factor, HIGHEST, ORDERS, Product, Tower};

/// All blocks of one kernel. Expressions live in `graph`.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The arena.
    pub graph: Graph,
    /// The constant 0.
    pub zero: Id,
    /// k
    pub value: Id,
    /// ∂k/∂x
    pub grad_x: Vector,
    /// ∂k/∂y
    pub grad_y: Vector,
    /// ∂²k/∂x∂xᵀ
    pub hess_xx: Matrix,
    /// ∂²k/∂x∂yᵀ
    pub hess_xy: Matrix,
    /// ∂²k/∂y∂yᵀ
    pub hess_yy: Matrix,
    /// k along two vectors.
    pub jet: Jet,
    /// Derivatives of higher order by each point.
    pub tower: Result<Tower, Obstacle>,
    /// The kernel as a sum of parts whose integrals have a closed form, if it is one.
    pub closed_forms: Option<Vec<ClosedForm>>,
    /// One entry per parameter.
    pub parameters: Vec<ParameterBlocks>,
    /// The sums x·y, |x|², |y|² that an angle is made of.
    pub angle_sums: [usize; 3],
    /// What leaves the kernel unchanged.
    pub invariance: Invariance,
    /// How smooth it is where x = y.
    pub smoothness: Smoothness,
    /// That it is not symmetric, though not declared `asymmetric`.
    pub asymmetry: Option<Counterexample>,
    /// Where it is not finite.
    pub domain: Domain,
    terms: Map<Id, Term>,
    prepared: RefCell<Vec<(Usage, Vec<Id>, Program)>>,
}

impl Plan {
    /// What the body of a sum, or a factor of a block that batches have, is at a coordinate.
    #[must_use]
    pub fn term(&self, expression: Id) -> Term {
        self.terms.get(&expression).copied().unwrap_or(Term::Custom)
    }

    /// A program that has these expressions prepared. Emission asks for it, then documentation for the count.
    #[must_use]
    pub fn prepared(&self, usage: Usage, expressions: &[Id]) -> Program {
        let mut known = self.prepared.borrow_mut();
        if let Some((_, _, program)) = known.iter().find(|known| known.0 == usage && known.1 == expressions) {
            return program.clone();
        }
        let mut program = Program::new(usage);
        program.prepare(&self.graph, expressions);
        known.push((usage, expressions.to_vec(), program.clone()));
        program
    }
}

/// Derivatives by one parameter; of a per-coordinate parameter, by its entry `Symbol::Entry` marks.
#[derive(Clone, Debug)]
pub struct ParameterBlocks {
    /// ∂k/∂θ
    pub value: Id,
    /// ∂³k/∂x∂yᵀ∂θ
    pub hess_xy: Matrix,
    /// ∂k/∂θ along two vectors.
    pub jet: Jet,
}

/// Differentiates a kernel and analyses it.
#[must_use]
pub fn plan(definition: &Definition) -> Plan {
    use Side::{X, Y};
    let mut graph = definition.graph.clone();
    let value = without_guards(&mut graph, definition.value);
    let meetings = meetings(&mut graph, value);
    let smoothness = smoothness(&mut graph, value, &meetings);
    let invariance = invariance(&mut graph, value);
    let claimed = !invariance.symmetric && !definition.options.asymmetric;
    let asymmetry = if claimed { asymmetry(definition) } else { None };
    let closed_forms = integral::closed_forms(&mut graph, value);
    let vouched = i64::from(definition.options.smooth.unwrap_or(0));
    let kinks = kinks(&mut graph, value, &meetings, vouched);
    let mut builder = block::Builder::new(&mut graph, value, kinks);
    let function = builder.function(value);
    let grad_x = builder.gradient(&function, X);
    let grad_y = builder.gradient(&function, Y);
    let hess_xx = builder.hessian(&function, X, X);
    let hess_xy = builder.hessian(&function, X, Y);
    let hess_yy = builder.hessian(&function, Y, Y);
    let source = value;
    let value = builder.regular_value(value);
    let mut derivatives = Vec::new();
    for (place, parameter) in definition.parameters.iter().enumerate() {
        let derivative = parameter_derivative(builder.graph(), source, place, parameter);
        let value = builder.regular_value(derivative);
        let function = builder.function(derivative);
        let hess_xy = builder.hessian(&function, X, Y);
        derivatives.push((value, function, hess_xy));
    }
    let mut contraction = Contraction::default();
    let jet = contraction.jet(builder.graph(), value, [&grad_x.terms, &grad_y.terms], &hess_xy);
    let mut parameters = Vec::new();
    for (value, function, hess_xy) in derivatives {
        let [by_x, by_y] = [X, Y].map(|side| builder.gradient_terms(&function, side));
        let jet = contraction.jet(builder.graph(), value, [&by_x, &by_y], &hess_xy);
        parameters.push(ParameterBlocks { value, hess_xy, jet });
    }
    let mut second: Vec<Id> = Block::Matrix(&hess_xy).roots();
    second.extend(
        [value].into_iter().chain([&grad_x, &grad_y].into_iter().flat_map(|block| Block::Vector(block).roots())),
    );
    // Last, for it makes many expressions, and each search goes through a graph of all.
    let smooth = (1..).take(HIGHEST).take_while(|&times| smoothness.allows(times) || vouched >= times).count();
    let tower = tower::tower(&mut builder, (source, value), smooth, &second);
    let angle_sums = arc::sum_numbers(&mut graph);
    let terms = term::terms(&mut graph, [&grad_x, &grad_y], &hess_xy, tower.as_ref().ok());
    let zero = graph.integer(0);
    Plan {
        graph,
        zero,
        value,
        grad_x,
        grad_y,
        hess_xx,
        hess_xy,
        hess_yy,
        jet,
        tower,
        closed_forms,
        parameters,
        angle_sums,
        invariance,
        smoothness,
        asymmetry,
        domain: domain(definition),
        terms,
        prepared: RefCell::default(),
    }
}

/// ∂k/∂θ = F_θ + Σ_r F_r ∂s_r/∂θ
fn parameter_derivative(graph: &mut Graph, value: Id, place: usize, parameter: &Parameter) -> Id {
    let mut seeds = Seeds::default();
    if !parameter.kind.is_per_coordinate() {
        seeds.insert(Symbol::Parameter(place), graph.integer(1));
    }
    for symbol in graph.ingredients(&[value]) {
        let rate = match symbol {
            Symbol::PickWeight(p, k) if p == place => graph.symbol(Symbol::EntryAt(k)),
            Symbol::Sum(r) | Symbol::Product(r, _) => reduction_rate(graph, r, place, &seeds),
            _ => continue,
        };
        seeds.insert(symbol, rate);
    }
    let derivative = graph.differentiate(value, &seeds);
    approaches(graph, value).into_iter().fold(derivative, |derivative, approach| {
        let (base, _) = approach.base(graph);
        graph.cancel(derivative, base)
    })
}

/// ∂s/∂θ = Σ_i ∂b/∂θ + Σ_q (Σ_i ∂b/∂q) ∂q/∂θ for what else is in the body, with Σ_i [i = l] ∂b/∂w_i for entry l of a
/// per-coordinate parameter.
fn reduction_rate(graph: &mut Graph, r: usize, place: usize, seeds: &Seeds) -> Id {
    let body = graph.reductions()[r].body;
    let zero = graph.integer(0);
    let mut rates = Vec::new();
    for symbol in graph.symbols(&[body]) {
        let slope = match symbol {
            Symbol::Weight(p) if p == place => graph.derivative(body, symbol),
            Symbol::Other(Local::Weight(p)) if p == place => {
                let slope = graph.derivative(body, symbol);
                graph.exchange(slope)
            }
            _ => {
                let Some(&seed) = seeds.get(&symbol).filter(|&&seed| seed != zero) else { continue };
                let slope = graph.derivative(body, symbol);
                let gathered = gathered_rate(graph, r, slope);
                rates.push(graph.mul(gathered, seed));
                continue;
            }
        };
        let entry = graph.symbol(Symbol::Entry);
        let slope = graph.mul(entry, slope);
        rates.push(gathered_rate(graph, r, slope));
    }
    graph.sum_of(&rates)
}

/// How a reduction changes when its body changes at this rate.
fn gathered_rate(graph: &mut Graph, r: usize, rate: Id) -> Id {
    if rate == graph.integer(0) {
        return rate;
    }
    match graph.reductions()[r].gather {
        Gather::Product => product::rate(graph, r, rate),
        gather => graph.gathered(gather, rate),
    }
}
