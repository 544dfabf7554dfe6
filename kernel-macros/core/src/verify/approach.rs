//! The ways in which the two points of a kernel come together, and its expansion along each.

use crate::map::Map;

use crate::symbolic::{Function, Graph, Id, Node, Rational, Series, Side, Symbol};

/// Series are carried to this many terms: enough for the fourth derivative, and for poles of limits.
pub const TERMS: usize = 8;

/// So many terms tell of derivatives up to an order, the fourth or higher.
pub(super) fn terms(order: i64) -> usize {
    TERMS + usize::try_from(order - 4).unwrap_or(0)
}

/// The finest root of the distance that kinks are looked for in.
const FINEST_ROOT: i64 = 4;

/// One way in which the points come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approach {
    /// The sum with this number goes to 0 like r².
    Sum(usize),
    /// A coordinate of x approaches that of y.
    Difference(Symbol, Symbol),
    /// The angle between x and y goes to 0.
    Angle,
}

impl Approach {
    /// What is 0 when the points have met, and the power of the distance it is.
    pub fn base(self, graph: &mut Graph) -> (Id, i64) {
        match self {
            Self::Sum(r) => (graph.symbol(Symbol::Sum(r)), 2),
            Self::Difference(x, y) => {
                let [x, y] = [x, y].map(|symbol| graph.symbol(symbol));
                let difference = graph.sub(x, y);
                (graph.primitive(difference), 1)
            }
            Self::Angle => (graph.symbol(Symbol::Cross), 1),
        }
    }

    /// `id` expanded in the distance t → 0⁺, to that many terms.
    pub fn expand(self, graph: &mut Graph, id: Id, terms: usize) -> Option<Series> {
        self.expand_in_root(graph, id, terms, 1)
    }

    /// `id` expanded in the first of t, t^(1/2), t^(1/3) … that gives whole powers (a Puiseux series), and which root
    /// that is.
    pub fn expand_in_some_root(self, graph: &mut Graph, id: Id, terms: usize) -> Option<(Series, i64)> {
        if let Some(series) = self.expand(graph, id, terms) {
            return Some((series, 1));
        }
        let common = common_denominator(graph, id)?;
        let mut roots = (2..=FINEST_ROOT).filter(|root| common % root == 0);
        roots.find_map(|root| {
            let terms = terms * usize::try_from(root).ok()?;
            self.expand_in_root(graph, id, terms, root).map(|series| (series, root))
        })
    }

    /// `id` expanded in t, with powers of it that are not whole as coefficients.
    pub fn expand_in_any_power(self, graph: &mut Graph, id: Id, terms: usize) -> Option<Series> {
        let (id, variables) = self.variables(graph, id, terms, 1)?;
        graph.series_of_any_power(id, &variables, terms)
    }

    fn expand_in_root(self, graph: &mut Graph, id: Id, terms: usize, root: i64) -> Option<Series> {
        let (id, variables) = self.variables(graph, id, terms, root)?;
        graph.series(id, &variables, terms)
    }

    /// What to expand in t^(1/root), and how its variables depend on that.
    fn variables(self, graph: &mut Graph, id: Id, terms: usize, root: i64) -> Option<(Id, Map<Symbol, Series>)> {
        let one = graph.integer(1);
        let mut variables = Map::default();
        let mut id = id;
        match self {
            Self::Sum(r) => {
                variables.insert(Symbol::Sum(r), graph.monomial_series(one, 2 * root, terms));
            }
            Self::Difference(x, y) => {
                let centre = graph.symbol(y);
                let mut series = graph.monomial_series(centre, 0, terms);
                *series.coefficients.get_mut(usize::try_from(root).ok()?)? = graph.symbol(Symbol::Direction);
                variables.insert(x, series);
            }
            Self::Angle => {
                let map = near_parallel(graph);
                id = graph.substitute(id, &map);
                variables.insert(Symbol::Cross, graph.monomial_series(one, root, terms));
            }
        }
        Some((id, variables))
    }

    /// `id` expanded in the sum itself, for expressions without its root.
    pub fn expand_in_sum(self, graph: &mut Graph, id: Id, terms: usize) -> Option<Series> {
        let Self::Sum(r) = self else { return None };
        let one = graph.integer(1);
        let variables = Map::from_iter([(Symbol::Sum(r), graph.monomial_series(one, 1, terms))]);
        graph.series(id, &variables, terms)
    }

    /// The distance that goes to 0.
    pub fn distance(self, graph: &mut Graph) -> Id {
        let (base, _) = self.base(graph);
        match self {
            Self::Sum(_) => graph.sqrt(base),
            Self::Difference(..) => graph.call(Function::Abs, &[base]),
            Self::Angle => base,
        }
    }
}

/// Of all fractions in exponents.
fn common_denominator(graph: &Graph, id: Id) -> Option<i64> {
    let mut common = 1_i64;
    for node in graph.reachable(&[id]) {
        let denominators: Vec<i64> = match graph.node(node) {
            Node::Product(factors) => factors.iter().filter_map(|f| i64::try_from(f.1.denominator()).ok()).collect(),
            Node::Call(Function::Cbrt, _) => vec![3],
            _ => continue,
        };
        for denominator in denominators {
            let missing = Rational::new(i128::from(denominator), i128::from(common))?.numerator();
            common = common.checked_mul(i64::try_from(missing).ok()?)?;
        }
    }
    Some(common)
}

/// Near angle 0: θ = asin(c/(|x||y|)), x·y = √(|x|²|y|² - c²).
fn near_parallel(graph: &mut Graph) -> Map<Symbol, Id> {
    let [dot, xx, yy] = graph.angle_sums();
    let cross = graph.symbol(Symbol::Cross);
    let lengths = graph.mul(xx, yy);
    let length = graph.sqrt(lengths);
    let sine = graph.div(cross, length);
    let angle = graph.call(Function::Asin, &[sine]);
    let square = graph.powi(cross, 2);
    let rest = graph.sub(lengths, square);
    let product = graph.sqrt(rest);
    let Node::Symbol(dot) = *graph.node(dot) else { return Map::default() };
    Map::from_iter([(Symbol::Angle, angle), (dot, product)])
}

/// Every way in which the points of a kernel come together.
pub fn approaches(graph: &mut Graph, value: Id) -> Vec<Approach> {
    let symbols = graph.symbols(&[value]);
    let mut found = Vec::new();
    for &symbol in &symbols {
        match symbol {
            Symbol::Sum(r) => {
                let body = graph.reductions()[r].body;
                if graph.is_nonnegative(body) && order_at_diagonal(graph, body) == 2 {
                    found.push(Approach::Sum(r));
                }
            }
            Symbol::Point(Side::X) => found.push(Approach::Difference(symbol, Symbol::Point(Side::Y))),
            Symbol::Pick(Side::X, k) => found.push(Approach::Difference(symbol, Symbol::Pick(Side::Y, k))),
            Symbol::Angle | Symbol::Cross if !found.contains(&Approach::Angle) => found.push(Approach::Angle),
            _ => {}
        }
    }
    found
}

/// The order, up to 2, to which a per-coordinate expression vanishes at x = y.
pub fn order_at_diagonal(graph: &mut Graph, mut body: Id) -> i64 {
    for order in 0..2 {
        let value = graph.meet(&[body])[0];
        let rows = graph.symbols(&[body]).iter().any(|symbol| matches!(symbol, Symbol::Row(_)));
        // A row is the slope of a sum: what vanishes with it does so to first order.
        if !graph.is_zero(value) || (order == 1 && rows) {
            return order;
        }
        body = graph.derivative(body, Symbol::Coordinate(Side::X));
    }
    2
}
