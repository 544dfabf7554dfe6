//! Numeric evaluation: for zero tests, for Gram matrices of the verifier, and as the second opinion on emitted code.

use super::expr::{Comparison, Gather, Graph, Id, Node, Reduction, Side, Symbol};
use super::function::Function;
use crate::map::Map;

/// One operation on values before it.
#[derive(Clone, Debug)]
enum Operation {
    Number(f64),
    Symbol(Symbol),
    Sum(f64, Vec<(usize, f64)>),
    Product(Vec<(usize, f64)>),
    Power(usize, usize),
    Call(Function, Vec<usize>),
    Select(Comparison, [usize; 4]),
}

/// An expression as a list of operations, for many evaluations.
#[derive(Clone, Debug)]
struct Tape {
    operations: Vec<Operation>,
}

impl Tape {
    fn new(graph: &Graph, id: Id) -> Self {
        let mut places: Map<Id, usize> = Map::default();
        let mut operations = Vec::new();
        for node in graph.reachable(&[id]) {
            let operation = match graph.node(node) {
                Node::Number(number) => Operation::Number(number.to_f64()),
                Node::Symbol(Symbol::Constant(constant)) => Operation::Number(constant.value()),
                Node::Symbol(symbol) => Operation::Symbol(*symbol),
                Node::Sum(constant, terms) => {
                    let terms = terms.iter().map(|(term, c)| (places[term], c.to_f64())).collect();
                    Operation::Sum(constant.to_f64(), terms)
                }
                Node::Product(factors) => {
                    Operation::Product(factors.iter().map(|(base, e)| (places[base], e.to_f64())).collect())
                }
                Node::Power(base, exponent) => Operation::Power(places[base], places[exponent]),
                Node::Call(function, arguments) => {
                    Operation::Call(*function, arguments.iter().map(|argument| places[argument]).collect())
                }
                Node::Select(comparison, a, b, then, otherwise) => {
                    Operation::Select(*comparison, [a, b, then, otherwise].map(|part| places[part]))
                }
            };
            places.insert(node, operations.len());
            operations.push(operation);
        }
        Self { operations }
    }

    fn run(&self, at: &dyn Fn(Symbol) -> f64) -> f64 {
        let mut values: Vec<f64> = Vec::with_capacity(self.operations.len());
        for operation in &self.operations {
            let value = match operation {
                Operation::Number(number) => *number,
                Operation::Symbol(symbol) => at(*symbol),
                Operation::Sum(constant, terms) => {
                    terms.iter().fold(*constant, |sum, &(term, c)| c.mul_add(values[term], sum))
                }
                Operation::Product(factors) => {
                    factors.iter().fold(1.0, |product, &(base, e)| product * power(values[base], e))
                }
                Operation::Power(base, exponent) => values[*base].powf(values[*exponent]),
                Operation::Call(function, arguments) => match arguments[..] {
                    [a] => function.evaluate(&[values[a]]),
                    [a, b] => function.evaluate(&[values[a], values[b]]),
                    _ => f64::NAN,
                },
                Operation::Select(comparison, [a, b, then, otherwise]) => {
                    values[if comparison.holds(values[*a], values[*b]) { *then } else { *otherwise }]
                }
            };
            values.push(value);
        }
        values.last().copied().unwrap_or(f64::NAN)
    }
}

fn power(base: f64, exponent: f64) -> f64 {
    match exponent {
        1.0 => base,
        2.0 => base * base,
        -1.0 => base.recip(),
        0.5 => base.sqrt(),
        _ => base.powf(exponent),
    }
}

/// A kernel for evaluation at many pairs of points, sums carried out: what its author meant.
#[derive(Clone, Debug)]
pub struct Evaluator {
    plain: Vec<Symbol>,
    reductions: Vec<(Symbol, Gather, Tape)>,
    value: Tape,
}

impl Evaluator {
    /// Of an expression.
    #[must_use]
    pub fn new(graph: &Graph, id: Id) -> Self {
        let mut plain = Vec::new();
        let mut reductions = Vec::new();
        for symbol in graph.ingredients(&[id]) {
            if let Symbol::Sum(r) | Symbol::Product(r, _) = symbol {
                let Reduction { gather, body } = graph.reductions()[r];
                reductions.push((symbol, gather, Tape::new(graph, body)));
            } else {
                plain.push(symbol);
            }
        }
        Self { plain, reductions, value: Tape::new(graph, id) }
    }

    /// How many operations one evaluation takes.
    #[must_use]
    pub fn operations(&self, dimension: usize) -> usize {
        let body = |(_, gather, tape): &(Symbol, Gather, Tape)| {
            let times = if *gather == Gather::DoubleSum { dimension * dimension } else { dimension };
            times * tape.operations.len()
        };
        self.value.operations.len() + self.reductions.iter().map(body).sum::<usize>()
    }

    /// The value at two points.
    #[must_use]
    pub fn at(&self, x: &[f64], y: &[f64], parameters: &[Vec<f64>]) -> f64 {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let cross = || {
            let pairs = (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
            // Not `sum`, which of nothing is -0: the angle would be -π.
            pairs.map(|(i, j)| (x[i] * y[j] - x[j] * y[i]).powi(2)).fold(0.0, |sum, square| sum + square).sqrt()
        };
        let point = |side| if side == Side::X { x } else { y };
        let local = |symbol, i: usize| match symbol {
            Symbol::Coordinate(side) => point(side)[i],
            Symbol::Weight(p) => parameters[p][i],
            Symbol::Unit(k) => f64::from(u8::from(i == k)),
            Symbol::Index => i as f64,
            _ => f64::NAN,
        };
        let simple = |symbol| match symbol {
            Symbol::Point(side) => point(side)[0],
            Symbol::Pick(side, k) => point(side)[k],
            Symbol::Parameter(p) => parameters[p][0],
            Symbol::PickWeight(p, k) => parameters[p][k],
            Symbol::Dimension => x.len() as f64,
            Symbol::Cross => cross(),
            Symbol::Angle => cross().atan2(dot(x, y)),
            _ => f64::NAN,
        };
        let mut known: Vec<(Symbol, f64)> = self.plain.iter().map(|&symbol| (symbol, simple(symbol))).collect();
        for (symbol, gather, body) in &self.reductions {
            let at = |i: usize, j: usize| {
                body.run(&|symbol| match symbol {
                    _ if symbol.is_other() => local(symbol.own(), j),
                    _ if symbol.is_own() => local(symbol, i),
                    _ => value_of(&known, symbol),
                })
            };
            let diagonal = (0..x.len()).map(|i| at(i, i));
            let value = match (gather, symbol) {
                (Gather::DoubleSum, _) => {
                    (0..x.len()).flat_map(|i| (0..x.len()).map(move |j| (i, j))).map(|(i, j)| at(i, j)).sum()
                }
                (_, Symbol::Product(_, zeros)) => {
                    let factors: Vec<f64> = diagonal.collect();
                    let exactly = factors.iter().filter(|&&factor| factor == 0.0).count() == *zeros;
                    if exactly { factors.iter().filter(|&&factor| factor != 0.0).product() } else { 0.0 }
                }
                _ => diagonal.sum(),
            };
            known.push((*symbol, value));
        }
        self.value.run(&|symbol| value_of(&known, symbol))
    }
}

fn value_of(known: &[(Symbol, f64)], symbol: Symbol) -> f64 {
    known.iter().find(|entry| entry.0 == symbol).map_or(f64::NAN, |entry| entry.1)
}

impl Graph {
    /// The value of an expression where each symbol has the value `at` gives it.
    #[must_use]
    pub fn evaluate(&self, id: Id, at: &dyn Fn(Symbol) -> f64) -> f64 {
        Tape::new(self, id).run(at)
    }

    /// The value at two points, sums carried out: what the kernel's author meant.
    #[must_use]
    pub fn evaluate_at(&self, id: Id, x: &[f64], y: &[f64], parameters: &[Vec<f64>]) -> f64 {
        Evaluator::new(self, id).at(x, y, parameters)
    }
}
