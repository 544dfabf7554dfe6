//! How often a kernel can be differentiated where its two points meet.
//!
//! Near the diagonal a kernel is F(s, …) with s = r² for every sum s that vanishes there to second order, or a function of
//! x - y on one-dimensional points. F = Σ c_n rⁿ; rⁿ with n odd is n - 1 times differentiable in the points, and no more;
//! even powers are polynomials. The lowest odd n with c_n ≠ 0 is where smoothness ends: the kernel's *kink*.
//! Matérn-1/2 has it at 1, Matérn-3/2 at 3, RBF nowhere. In mean square the process is once differentiable when ∂²k/∂x∂y
//! exists and is continuous on the diagonal (kink ≥ 3), twice when the fourth derivatives are (kink ≥ 5).

use crate::map::Map;
use crate::symbolic::{Function, Graph, Id, Local, Node, Number, Parity, Rational, Series, Side, Symbol};

/// Series are carried to this many terms: enough for the fourth derivative, and for poles of limits.
pub const TERMS: usize = 8;

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

    /// `id` expanded in the first of t, t^(1/2), t^(1/3) … that gives whole powers (a Puiseux series), and which root that is.
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

    fn expand_in_root(self, graph: &mut Graph, id: Id, terms: usize, root: i64) -> Option<Series> {
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
        graph.series(id, &variables, terms)
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

/// How smooth a kernel is on the diagonal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smoothness {
    /// The order of the lowest kink, `None` if there is none as far as the series go.
    pub kink: Option<i64>,
    /// Why the analysis cannot vouch for every diagonal point, if it cannot.
    pub doubt: Option<String>,
}

impl Smoothness {
    /// Whether the process is provably `times` times differentiable in mean square.
    #[must_use]
    pub fn allows(&self, times: i64) -> bool {
        self.doubt.is_none() && self.kink.is_none_or(|kink| kink > 2 * times)
    }
}

/// Every way in which the points of a kernel come together, with the kinks along it, the lowest first, or why they could not be
/// worked out.
pub type Meetings = Vec<(Approach, Result<Vec<Kink>, String>)>;

/// Works them out for `value`.
pub fn meetings(graph: &mut Graph, value: Id) -> Meetings {
    approaches(graph, value).into_iter().map(|approach| (approach, kinks_along(graph, value, approach))).collect()
}

/// Analyses `value` on the diagonal.
pub fn smoothness(graph: &mut Graph, value: Id, meetings: &Meetings) -> Smoothness {
    let mut kink: Option<i64> = None;
    let mut doubt = None;
    for (approach, kinks) in meetings {
        match kinks {
            Ok(kinks) => kink = kinks.first().map(|first| first.order).into_iter().chain(kink).min(),
            Err(reason) => doubt = doubt.or_else(|| Some(reason.clone())),
        }
        if *approach == Approach::Angle {
            doubt = doubt.or(Some("the angle between x and y is not smooth where one of them is 0".into()));
        }
    }
    for symbol in graph.ingredients(&[value]) {
        let (Symbol::Sum(r) | Symbol::Product(r, _)) = symbol else { continue };
        let body = graph.reductions()[r].body;
        match body_kink(graph, body) {
            Ok(Some(order)) => kink = Some(kink.map_or(order, |known| known.min(order))),
            Ok(None) => {}
            Err(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    doubt = doubt.or_else(|| irregular(graph, value, meetings));
    Smoothness { kink, doubt }
}

/// A term c tⁿ of a kernel near the diagonal that is not smooth there.
#[derive(Clone, Copy, Debug)]
pub struct Kink {
    /// The lowest order in which the derivative does not exist: n, rounded up.
    pub order: i64,
    /// c
    pub coefficient: Id,
}

/// The kinks of a kernel along one approach, the lowest first.
fn kinks_along(graph: &mut Graph, value: Id, approach: Approach) -> Result<Vec<Kink>, String> {
    let unknown = || "its behaviour as x approaches y could not be worked out".to_string();
    if super::guard::jumps(graph, value, approach) {
        return Ok(vec![Kink { order: 0, coefficient: graph.integer(1) }]);
    }
    let (series, root) = approach.expand_in_some_root(graph, value, TERMS).ok_or_else(unknown)?;
    let end = series.end().min(6 * root);
    let mut kinks = Vec::new();
    for n in series.start..end {
        let Some(coefficient) = series.coefficient(n) else { continue };
        let smooth = n >= 0 && n % root == 0 && coefficient_is_smooth(graph, coefficient, n / root, approach);
        if !smooth && !graph.is_zero(coefficient) {
            kinks.push(Kink { order: n.div_euclid(root) + i64::from(n.rem_euclid(root) > 0), coefficient });
        }
    }
    if kinks.is_empty() && end < 5 * root { Err(unknown()) } else { Ok(kinks) }
}

/// c rⁿ is smooth for even n; with t = |x - y| and σ the sign of x - y, c(σ) tⁿ is where c(σ) σⁿ does not depend on σ.
fn coefficient_is_smooth(graph: &mut Graph, coefficient: Id, n: i64, approach: Approach) -> bool {
    if !matches!(approach, Approach::Difference(..)) {
        return n % 2 == 0;
    }
    match graph.parity(coefficient, Symbol::Direction) {
        Parity::Even => return n % 2 == 0,
        Parity::Odd => return n % 2 != 0,
        Parity::None => {}
    }
    let [from_above, from_below] = [1, -1].map(|sign| {
        let side = graph.integer(sign);
        let there = graph.substitute(coefficient, &Map::from_iter([(Symbol::Direction, side)]));
        graph.scale(there, Number::integer(sign).powi(n))
    });
    let change = graph.sub(from_above, from_below);
    let change = graph.branches(change);
    graph.is_zero(change)
}

/// The lowest kink of a body where a coordinate of x meets one of y: its own, or in a double sum the other.
fn body_kink(graph: &mut Graph, body: Id) -> Result<Option<i64>, String> {
    let symbols = graph.symbols(&[body]);
    let mut lowest = None;
    for approach in MEETINGS {
        let Approach::Difference(x, y) = approach else { continue };
        if symbols.contains(&x) && symbols.contains(&y) {
            let kinks = kinks_along(graph, body, approach)?;
            lowest = lowest.into_iter().chain(kinks.first().map(|kink| kink.order)).min();
        }
    }
    Ok(lowest)
}

/// How coordinates meet inside a body.
const MEETINGS: [Approach; 4] = {
    const OWN: [Symbol; 2] = [Symbol::Coordinate(Side::X), Symbol::Coordinate(Side::Y)];
    const OTHER: [Symbol; 2] = [OWN[0].other(), OWN[1].other()];
    [
        Approach::Difference(OWN[0], OWN[1]),
        Approach::Difference(OWN[0], OTHER[1]),
        Approach::Difference(OTHER[0], OWN[1]),
        Approach::Difference(OTHER[0], OTHER[1]),
    ]
};

/// Looks for operations that are singular at some diagonal point and that no series speaks of: roots, quotients and
/// logarithms of what is not provably positive there, and jumps.
fn irregular(graph: &mut Graph, value: Id, meetings: &Meetings) -> Option<String> {
    let mut roots = vec![value];
    for symbol in graph.ingredients(&[value]) {
        if let Symbol::Sum(r) | Symbol::Product(r, _) = symbol {
            roots.push(graph.reductions()[r].body);
        }
    }
    let approaches = meetings.iter().map(|meeting| meeting.0).chain(MEETINGS);
    let harmless: Vec<Id> = approaches.map(|approach| approach.base(graph).0).collect();
    let mut arguments: Vec<(Id, &str)> = Vec::new();
    for node in graph.reachable(&roots) {
        arguments.extend(singular_arguments(graph, node));
    }
    arguments.retain(|argument| !harmless.contains(&argument.0));
    let met = graph.meet(&arguments.iter().map(|argument| argument.0).collect::<Vec<Id>>());
    let fails = |&there: &Id| {
        let negative = graph.neg(there);
        !is_parameter(graph, there) && !is_surely_positive(graph, there) && !is_surely_positive(graph, negative)
    };
    let place = met.iter().position(fails)?;
    Some(arguments[place].1.to_string())
}

/// Whether an expression is made of parameters alone and not 0: what is singular for a parameter is singular everywhere,
/// which is a matter for `assume`, not for the diagonal.
fn is_parameter(graph: &mut Graph, id: Id) -> bool {
    let only = graph.symbols(&[id]).into_iter().all(|symbol| {
        matches!(
            symbol,
            Symbol::Parameter(_)
                | Symbol::Weight(_)
                | Symbol::PickWeight(..)
                | Symbol::External(_)
                | Symbol::Constant(_)
                | Symbol::Dimension
                | Symbol::Index
                | Symbol::Other(Local::Index)
        )
    });
    only && !matches!(graph.node(id), Node::Number(_))
}

/// Positive as it stands, or after multiplication with its positive denominators: 1 - a/(1 + a) = 1/(1 + a).
fn is_surely_positive(graph: &mut Graph, id: Id) -> bool {
    if graph.is_positive(id) {
        return true;
    }
    let Node::Sum(constant, terms) = graph.node(id).clone() else { return false };
    let mut denominators = Vec::new();
    for &(term, _) in &terms {
        let Node::Product(factors) = graph.node(term).clone() else { continue };
        for (base, exponent) in factors {
            if exponent.is_negative() && graph.is_positive(base) {
                denominators.push(graph.power(base, exponent.neg()));
            }
        }
    }
    // Term by term, so that each denominator meets its like before anything is multiplied out.
    let common = graph.product_of(&denominators);
    let mut parts = vec![(common, constant)];
    for (term, coefficient) in terms {
        parts.push((graph.mul(term, common), coefficient));
    }
    let product = graph.linear(&parts);
    let expanded = graph.expand(product);
    graph.is_positive(expanded)
}

/// The arguments at whose zeros an operation is not smooth.
fn singular_arguments(graph: &mut Graph, node: Id) -> Vec<(Id, &'static str)> {
    const ROOT: &str = "a root or quotient whose argument is not provably positive (say so with `assume(…)` if it is)";
    const LOGARITHM: &str = "a logarithm whose argument is not provably positive";
    const JUMP: &str = "a comparison, maximum or minimum that may change sides where x = y";
    const INVERSE: &str = "an inverse function whose argument is not provably inside its domain";
    let one = graph.integer(1);
    match graph.node(node).clone() {
        Node::Product(factors) => factors
            .into_iter()
            .filter(|factor| factor.1.is_negative() || factor.1.as_integer().is_none())
            .filter(|&(base, exponent)| {
                !matches!(graph.node(base), Node::Call(Function::Abs, _)) || exponent < Rational::ZERO
            })
            .map(|factor| (factor.0, ROOT))
            .collect(),
        Node::Power(base, _) => vec![(base, ROOT)],
        Node::Call(Function::Abs | Function::Positive | Function::Cbrt, arguments) => vec![(arguments[0], JUMP)],
        Node::Call(Function::Ln, arguments) => vec![(arguments[0], LOGARITHM)],
        Node::Call(Function::Ln1p, arguments) => vec![(graph.add(one, arguments[0]), LOGARITHM)],
        Node::Call(Function::Asin | Function::Acos, arguments) => {
            vec![(graph.sub(one, arguments[0]), INVERSE), (graph.add(one, arguments[0]), INVERSE)]
        }
        Node::Call(Function::Tan, arguments) => vec![(graph.call(Function::Cos, &[arguments[0]]), INVERSE)],
        Node::Call(Function::Max | Function::Min, arguments) => vec![(graph.sub(arguments[0], arguments[1]), JUMP)],
        Node::Call(Function::Atan2, arguments) => {
            let squares: Vec<Id> = arguments.iter().map(|&argument| graph.powi(argument, 2)).collect();
            vec![(graph.sum_of(&squares), INVERSE)]
        }
        Node::Select(_, a, b, _, _) => vec![(graph.sub(a, b), JUMP)],
        _ => Vec::new(),
    }
}
