//! Derivatives of any order as sums over set partitions (Faà di Bruno's formula for several variables).
//!
//! With k = F(s_1 … s_m) and s_r = Σ_i b_r(i), ∂ⁿk/∂x_{i_1} … ∂y_{i_n} is a sum over the partitions π of its n indices,
//!
//! Σ_π Σ_r F_{r_1 … r_|π|} Π_{B ∈ π} b_{r_B}^(B) [all indices of B are one coordinate]:
//!
//! each body lives on one coordinate. A term is a partial of F, a weight of the pair of points, and a factor for each block of a
//! partition. Terms are differentiated one by one: the partial and the weight give blocks of a single index, a factor gives one to its
//! own block. Sums inside sums need no rule of their own: their factors and weights hold reductions, which are differentiated too.
//!
//! Partitions that are one another with indices of a side exchanged are one term. As derivatives are symmetric, each has the same share of
//! its weight, so none need be told apart before that is divided by their number: 109 terms instead of 4140 of order (4, 4).

use crate::map::Map;
use crate::symbolic::{Gather, Graph, Id, Number, Rational, Side, Symbol};

use super::block::Builder;

/// How many indices of x and of y are in a block, and its factor.
pub type Block = ([u8; 2], Id);

/// F_{partial} · weight · Π factors
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Term {
    partial: Vec<Symbol>,
    weight: Id,
    blocks: Vec<Block>,
}

/// A derivative of F: different terms, and how many partitions each stands for.
#[derive(Clone, Debug, Default)]
pub struct Derivative {
    terms: Vec<(Term, i64)>,
    places: Map<Term, usize>,
}

impl Derivative {
    /// k itself.
    pub fn value(graph: &mut Graph) -> Self {
        let mut value = Self::default();
        value.add(Term { partial: Vec::new(), weight: graph.integer(1), blocks: Vec::new() }, 1);
        value
    }

    fn add(&mut self, mut term: Term, count: i64) {
        term.partial.sort_unstable();
        term.blocks.sort_unstable();
        let Self { terms, places } = self;
        let place = *places.entry(term).or_insert_with_key(|term| {
            terms.push((term.clone(), 0));
            terms.len() - 1
        });
        terms[place].1 += count;
    }
}

/// Why a kernel has no such derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// They do not exist.
    Rough,
    /// A product over coordinates whose factors may be 0: what is left of it without some of them has no limit as a quotient.
    Product,
    /// Terms g(i, j) of two coordinates.
    DoubleSum,
    /// The directions of an angle's derivatives become parallel.
    Angle,
    /// An expression that grows beyond measure.
    Length,
    /// Sums of third derivatives of a body that holds other sums, which batches do not make.
    InnerSums,
}

/// Derivatives of F, or of a partial, with more parts are not worked out: those of a long chain or product of functions have many times as
/// many.
const LONGEST: usize = 100;

/// F, its variables, and those of its partials that have been asked for.
pub struct Partials {
    variables: Vec<Symbol>,
    known: Map<Vec<Symbol>, Id>,
    /// How variables change with one coordinate, as weights and factors.
    directions: Map<(Symbol, Side), Vec<(Id, Id)>>,
    /// How factors do by themselves, as a weight and a factor.
    own: Map<(Id, Side), (Id, Id)>,
    /// How weights and factors do through the reductions that they hold, as slopes and factors.
    rates: Map<(Id, Side), Vec<(Id, Id)>>,
}

impl Partials {
    /// Of k, unless it is made of what has no derivatives of the form above beyond the second.
    pub fn new(builder: &mut Builder<'_>, value: Id) -> Result<Self, Obstacle> {
        let graph = builder.graph();
        let obstacle = |symbol: Symbol| match symbol {
            Symbol::Sum(r) if graph.reductions()[r].gather == Gather::DoubleSum => Some(Obstacle::DoubleSum),
            Symbol::Product(r, _) if !graph.is_positive(graph.reductions()[r].body) => Some(Obstacle::Product),
            Symbol::Angle | Symbol::Cross => Some(Obstacle::Angle),
            _ => None,
        };
        if let Some(obstacle) = graph.ingredients(&[value]).into_iter().find_map(obstacle) {
            return Err(obstacle);
        }
        check_length(graph, value)?;
        let known = Map::from_iter([(Vec::new(), value)]);
        Ok(Self {
            variables: builder.reductions(value),
            known,
            directions: Map::default(),
            own: Map::default(),
            rates: Map::default(),
        })
    }

    /// In whatever order it is differentiated, one expression: its variables are sorted.
    fn partial(&mut self, builder: &mut Builder<'_>, by: &[Symbol]) -> Result<Id, Obstacle> {
        if let Some(&known) = self.known.get(by) {
            return Ok(known);
        }
        let Some((&last, others)) = by.split_last() else { unreachable!("k itself is known") };
        let before = self.partial(builder, others)?;
        let slope = builder.slope(before, last);
        check_length(builder.graph(), slope)?;
        let partial = builder.cancel(slope);
        self.known.insert(by.to_vec(), partial);
        Ok(partial)
    }

    /// The derivative of a derivative by one index more.
    pub fn differentiate(&mut self, builder: &mut Builder<'_>, of: &Derivative, side: Side) -> Derivative {
        let single = if side == Side::X { [1, 0] } else { [0, 1] };
        let mut sum = Derivative::default();
        for (term, count) in &of.terms {
            for symbol in self.variables.clone() {
                for (weight, factor) in self.directions(builder, symbol, side) {
                    let mut term = term.clone();
                    term.partial.push(symbol);
                    term.blocks.push((single, factor));
                    term.times(builder.graph(), weight);
                    sum.add(term, *count);
                }
            }
            for (rate, direction) in self.rates(builder, term.weight, side) {
                let mut term = Term { weight: rate, ..term.clone() };
                term.blocks.push((single, direction));
                sum.add(term, *count);
            }
            for (place, &(indices, factor)) in term.blocks.iter().enumerate() {
                let (weight, own) = self.own(builder, factor, side);
                if own != builder.graph().integer(0) {
                    let mut term = term.clone();
                    term.blocks[place] = ([indices[0] + single[0], indices[1] + single[1]], own);
                    term.times(builder.graph(), weight);
                    sum.add(term, *count);
                }
                for (rate, direction) in self.rates(builder, factor, side) {
                    let (weight, rate) = builder.graph().split_per_coordinate(rate);
                    let mut term = term.clone();
                    term.blocks[place].1 = rate;
                    term.blocks.push((single, direction));
                    term.times(builder.graph(), weight);
                    sum.add(term, *count);
                }
            }
        }
        sum
    }

    /// What does not vary by coordinate is a weight, here and below.
    fn directions(&mut self, builder: &mut Builder<'_>, symbol: Symbol, side: Side) -> Vec<(Id, Id)> {
        self.directions.entry((symbol, side)).or_insert_with(|| builder.split_directions(symbol, side)).clone()
    }

    fn own(&mut self, builder: &mut Builder<'_>, factor: Id, side: Side) -> (Id, Id) {
        let derivative = || {
            let derivative = builder.graph().derivative(factor, Symbol::Coordinate(side));
            builder.graph().split_per_coordinate(derivative)
        };
        *self.own.entry((factor, side)).or_insert_with(derivative)
    }

    fn rates(&mut self, builder: &mut Builder<'_>, of: Id, side: Side) -> Vec<(Id, Id)> {
        if let Some(known) = self.rates.get(&(of, side)) {
            return known.clone();
        }
        let mut rates = Vec::new();
        for symbol in builder.reductions(of) {
            let slope = builder.graph().derivative(of, symbol);
            for (weight, direction) in self.directions(builder, symbol, side) {
                rates.push((builder.graph().mul(slope, weight), direction));
            }
        }
        let zero = builder.graph().integer(0);
        rates.retain(|rate| rate.0 != zero);
        self.rates.entry((of, side)).or_insert(rates).clone()
    }

    /// Its terms, each with the coefficient that one of the partitions it stands for has.
    pub fn collected(&mut self, builder: &mut Builder<'_>, of: &Derivative) -> Result<Vec<(Vec<Block>, Id)>, Obstacle> {
        let mut collected: Vec<(Vec<Block>, Id)> = Vec::new();
        let mut places: Map<&[Block], usize> = Map::default();
        for (term, count) in &of.terms {
            let partial = self.partial(builder, &term.partial)?;
            let graph = builder.graph();
            if partial == graph.integer(0) {
                continue;
            }
            let share = share(&term.blocks, *count);
            let weighted = graph.mul(partial, term.weight);
            let coefficient = graph.scale(weighted, Number::Exact(share));
            if let Some(&place) = places.get(term.blocks.as_slice()) {
                collected[place].1 = graph.add(collected[place].1, coefficient);
            } else {
                places.insert(&term.blocks, collected.len());
                collected.push((term.blocks.clone(), coefficient));
            }
        }
        Ok(collected)
    }
}

impl Term {
    fn times(&mut self, graph: &mut Graph, weight: Id) {
        self.weight = graph.mul(self.weight, weight);
    }
}

/// The share that each of the partitions with such blocks has of so many: there are as many as orders of the indices of each side, but for those
/// inside a block, and of blocks that are equal.
fn share(blocks: &[Block], count: i64) -> Rational {
    let factorial = |n: usize| (1..=n as i128).product::<i128>();
    let (mut all, mut same) = (1, i128::from(count));
    for side in 0..2 {
        let indices = || blocks.iter().map(|block| usize::from(block.0[side]));
        all *= factorial(indices().sum());
        same *= indices().map(factorial).product::<i128>();
    }
    same *= blocks.chunk_by(|a, b| a == b).map(|equal| factorial(equal.len())).product::<i128>();
    Rational::new(same, all).unwrap_or(Rational::ZERO)
}

fn check_length(graph: &Graph, id: Id) -> Result<(), Obstacle> {
    if graph.reachable(&[id]).len() > LONGEST { Err(Obstacle::Length) } else { Ok(()) }
}
