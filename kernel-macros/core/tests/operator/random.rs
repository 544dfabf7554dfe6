//! Random operators: in normal order they do to functions what their factors do one after the other.

use kernel_core::operator::read;
use kernel_core::symbolic::{Function, Graph, Id, Side, Symbol};

/// A random operator: as source text, and as what it does to a function.
enum Random {
    Derivative(usize),
    Coordinate(usize),
    Sine(usize),
    Exponential(usize),
    Parameter,
    Integer(i64),
    Sum(Box<Random>, Box<Random>),
    Difference(Box<Random>, Box<Random>),
    Product(Box<Random>, Box<Random>),
    Square(Box<Random>),
    Negative(Box<Random>),
}

impl Random {
    /// Of at most this order.
    fn new(numbers: &mut Numbers, depth: usize, order: usize) -> Self {
        let coordinate = numbers.below(3);
        if depth == 0 {
            return match numbers.below(if order > 0 { 8 } else { 5 }) {
                0 => Self::Coordinate(coordinate),
                1 => Self::Sine(coordinate),
                2 => Self::Exponential(coordinate),
                3 => Self::Parameter,
                4 => Self::Integer([-2, -1, 0, 1, 2][numbers.below(5)]),
                _ => Self::Derivative(coordinate),
            };
        }
        let mut part = |order| Box::new(Self::new(numbers, depth - 1, order));
        let (left, right) = (part(order), part(order));
        let (half, rest) = (part(order / 2), part(order - order / 2));
        match numbers.below(7) {
            0 | 1 => Self::Sum(left, right),
            2 => Self::Difference(left, right),
            3 | 4 => Self::Product(half, rest),
            5 => Self::Square(half),
            _ => Self::Negative(left),
        }
    }

    fn source(&self) -> String {
        match self {
            Self::Derivative(i) => format!("d[{i}]"),
            Self::Coordinate(i) => format!("x[{i}]"),
            Self::Sine(i) => format!("x[{i}].sin()"),
            Self::Exponential(i) => format!("(a * x[{i}]).exp()"),
            Self::Parameter => "a".into(),
            Self::Integer(n) => format!("({n})"),
            Self::Sum(a, b) => format!("({} + {})", a.source(), b.source()),
            Self::Difference(a, b) => format!("({} - {})", a.source(), b.source()),
            Self::Product(a, b) => format!("{} * {}", a.source(), b.source()),
            Self::Square(a) => format!("({}).powi(2)", a.source()),
            Self::Negative(a) => format!("(-{})", a.source()),
        }
    }

    fn applied(&self, f: Id, graph: &mut Graph) -> Id {
        let x = |graph: &mut Graph, i: &usize| graph.symbol(Symbol::Pick(Side::X, *i));
        match self {
            Self::Derivative(i) => graph.derivative(f, Symbol::Pick(Side::X, *i)),
            Self::Coordinate(i) => {
                let x = x(graph, i);
                graph.mul(x, f)
            }
            Self::Sine(i) => {
                let x = x(graph, i);
                let sine = graph.call(Function::Sin, &[x]);
                graph.mul(sine, f)
            }
            Self::Exponential(i) => {
                let (x, a) = (x(graph, i), graph.symbol(Symbol::Parameter(0)));
                let exponent = graph.mul(a, x);
                let exponential = graph.call(Function::Exp, &[exponent]);
                graph.mul(exponential, f)
            }
            Self::Parameter => {
                let a = graph.symbol(Symbol::Parameter(0));
                graph.mul(a, f)
            }
            Self::Integer(n) => {
                let n = graph.integer(*n);
                graph.mul(n, f)
            }
            Self::Sum(a, b) => {
                let (a, b) = (a.applied(f, graph), b.applied(f, graph));
                graph.add(a, b)
            }
            Self::Difference(a, b) => {
                let (a, b) = (a.applied(f, graph), b.applied(f, graph));
                graph.sub(a, b)
            }
            Self::Product(a, b) => {
                let inner = b.applied(f, graph);
                a.applied(inner, graph)
            }
            Self::Square(a) => {
                let inner = a.applied(f, graph);
                a.applied(inner, graph)
            }
            Self::Negative(a) => {
                let value = a.applied(f, graph);
                graph.neg(value)
            }
        }
    }
}

/// A linear congruential generator.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound).unwrap()
    }
}

/// x0³ x1² x2 - x1⁴ + 2, and exp(x0 - x1/2) cos(x2 x0).
fn test_functions(graph: &mut Graph) -> [Id; 2] {
    let [x0, x1, x2] = [0, 1, 2].map(|i| graph.symbol(Symbol::Pick(Side::X, i)));
    let powers = [graph.powi(x0, 3), graph.powi(x1, 2), x2];
    let (first, second, two) = (graph.product_of(&powers), graph.powi(x1, 4), graph.integer(2));
    let difference = graph.sub(first, second);
    let polynomial = graph.add(difference, two);
    let half = graph.div(x1, two);
    let (exponent, angle) = (graph.sub(x0, half), graph.mul(x2, x0));
    let (exponential, cosine) = (graph.call(Function::Exp, &[exponent]), graph.call(Function::Cos, &[angle]));
    [polynomial, graph.mul(exponential, cosine)]
}

#[test]
fn applied_at_once_or_factor_by_factor() {
    let at = |symbol: Symbol| match symbol {
        Symbol::Pick(Side::X, i) => [0.7, -0.4, 1.3][i],
        Symbol::Parameter(0) => 0.6,
        other => panic!("{other:?}"),
    };
    let mut numbers = Numbers(20);
    let (mut read_ones, mut products) = (0, 0);
    for round in 0..400 {
        let operator = Random::new(&mut numbers, 1 + round % 4, 4);
        let source = operator.source();
        // `a` occurs in every one.
        let Ok(definition) = read(format!("A(a) = {source} + a").parse().unwrap()) else {
            // It is 0, or `a` cancels.
            continue;
        };
        read_ones += 1;
        products += usize::from(source.contains('*'));
        let mut graph = Graph::new();
        for f in test_functions(&mut graph) {
            let applied = operator.applied(f, &mut graph);
            let direct = graph.evaluate(applied, &at) + 0.6 * graph.evaluate(f, &at);
            let (mut sum, mut size) = (0.0, 0.0);
            for term in &definition.terms {
                let derivative = term.by.iter().fold(f, |f, &i| graph.derivative(f, Symbol::Pick(Side::X, i)));
                let value = definition.graph.evaluate(term.coefficient, &at) * graph.evaluate(derivative, &at);
                sum += value;
                size += value.abs();
            }
            assert!((sum - direct).abs() <= 1e-10 * size.max(1.0), "{source}: {sum} instead of {direct}");
        }
    }
    assert!(read_ones > 350 && products > 100, "{read_ones} {products}");
}
