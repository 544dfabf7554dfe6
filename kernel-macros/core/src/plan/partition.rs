//! Derivatives of any order as sums over set partitions (Faà di Bruno's formula for several variables).
//!
//! With k = F(s_1 … s_m) and s_r = Σ_i b_r(i), ∂ⁿk/∂x_{i_1} … ∂y_{i_n} is a sum over the partitions π of its n indices,
//!
//! Σ_π Σ_r F_{r_1 … r_|π|} Π_{B ∈ π} b_{r_B}^(B) [all indices of B are one coordinate]:
//!
//! each body lives on one coordinate. A term is a partial of F, a weight of the pair of points, and a factor for each block of a
//! partition. Terms are differentiated one by one: the partial and the weight give blocks of a single index, a factor gives one to its
//! own block. Sums inside sums need no rule of their own: their factors and weights hold reductions, which are differentiated too.

use crate::map::Map;
use crate::symbolic::{Gather, Graph, Id, Side, Symbol};

use super::block::Builder;

/// An index that a derivative is taken by: of the first two, by x, of the last two, by y.
pub type Index = u8;

/// By x, then once more.
pub const BY_X: [Index; 2] = [1, 2];
/// By y, then once more.
pub const BY_Y: [Index; 2] = [4, 8];

const fn side(index: Index) -> Side {
    if index < BY_Y[0] { Side::X } else { Side::Y }
}

/// The indices of a block as bits, and its factor.
pub type Block = (u8, Id);

/// F_{partial} · weight · Π factors
#[derive(Clone, Debug)]
struct Term {
    partial: Vec<Symbol>,
    weight: Id,
    blocks: Vec<Block>,
}

/// A derivative of F, as a sum of terms with different partials or blocks.
#[derive(Clone, Debug, Default)]
pub struct Derivative(Vec<Term>);

impl Derivative {
    /// k itself.
    pub fn value(graph: &mut Graph) -> Self {
        Self(vec![Term { partial: Vec::new(), weight: graph.integer(1), blocks: Vec::new() }])
    }

    fn add(&mut self, graph: &mut Graph, term: Term) {
        match self.0.iter_mut().find(|known| known.partial == term.partial && known.blocks == term.blocks) {
            Some(known) => known.weight = graph.add(known.weight, term.weight),
            None => self.0.push(term),
        }
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
    /// The reductions in weights and factors.
    reductions: Map<Id, Vec<Symbol>>,
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
        Ok(Self { variables: builder.reductions(value), known, reductions: Map::default() })
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
    pub fn differentiate(&mut self, builder: &mut Builder<'_>, of: &Derivative, index: Index) -> Derivative {
        let mut sum = Derivative::default();
        for term in &of.0 {
            for symbol in self.variables.clone() {
                for (weight, factor) in builder.directions(symbol, side(index)) {
                    let mut partial = term.partial.clone();
                    partial.push(symbol);
                    partial.sort_unstable();
                    let weight = builder.graph().mul(term.weight, weight);
                    let blocks = with(&term.blocks, (index, factor));
                    push(builder.graph(), &mut sum, Term { partial, weight, blocks });
                }
            }
            for (rate, direction) in self.rates(builder, term.weight, side(index)) {
                let blocks = with(&term.blocks, (index, direction));
                push(builder.graph(), &mut sum, Term { partial: term.partial.clone(), weight: rate, blocks });
            }
            for (place, &(indices, factor)) in term.blocks.iter().enumerate() {
                let mut blocks = term.blocks.clone();
                let own = builder.graph().derivative(factor, Symbol::Coordinate(side(index)));
                blocks[place] = (indices | index, own);
                push(builder.graph(), &mut sum, Term { blocks: blocks.clone(), ..term.clone() });
                for (rate, direction) in self.rates(builder, factor, side(index)) {
                    blocks[place] = (indices, rate);
                    let blocks = with(&blocks, (index, direction));
                    push(builder.graph(), &mut sum, Term { blocks, ..term.clone() });
                }
            }
        }
        sum
    }

    /// How an expression changes with one coordinate through the reductions that it holds: (slope · weight, direction).
    fn rates(&mut self, builder: &mut Builder<'_>, of: Id, side: Side) -> Vec<(Id, Id)> {
        let mut rates = Vec::new();
        for &symbol in self.reductions.entry(of).or_insert_with(|| builder.reductions(of)).iter() {
            let slope = builder.graph().derivative(of, symbol);
            for (weight, direction) in builder.directions(symbol, side) {
                rates.push((builder.graph().mul(slope, weight), direction));
            }
        }
        rates
    }

    /// Of terms that are one another with the indices of a side exchanged, one, with its coefficient. As derivatives are symmetric,
    /// so are the others' coefficients.
    pub fn collected(&mut self, builder: &mut Builder<'_>, of: &Derivative) -> Result<Vec<(Vec<Block>, Id)>, Obstacle> {
        let mut collected: Vec<(Vec<Block>, Id)> = Vec::new();
        for term in of.0.iter().filter(|term| is_first(&term.blocks)) {
            let partial = self.partial(builder, &term.partial)?;
            let coefficient = builder.graph().mul(partial, term.weight);
            match collected.iter_mut().find(|known| known.0 == term.blocks) {
                Some(known) => known.1 = builder.graph().add(known.1, coefficient),
                None => collected.push((term.blocks.clone(), coefficient)),
            }
        }
        Ok(collected)
    }
}

fn check_length(graph: &Graph, id: Id) -> Result<(), Obstacle> {
    if graph.reachable(&[id]).len() > LONGEST { Err(Obstacle::Length) } else { Ok(()) }
}

/// With one block more.
fn with(blocks: &[Block], block: Block) -> Vec<Block> {
    blocks.iter().copied().chain([block]).collect()
}

/// Adds a term, what does not vary by coordinate moved from its factors into the weight.
fn push(graph: &mut Graph, sum: &mut Derivative, mut term: Term) {
    let zero = graph.integer(0);
    for (_, factor) in &mut term.blocks {
        let (outside, inside) = graph.split_per_coordinate(*factor);
        term.weight = graph.mul(term.weight, outside);
        *factor = inside;
    }
    if term.weight != zero {
        term.blocks.sort_unstable();
        sum.add(graph, term);
    }
}

/// Whether of all terms that are this one with indices of a side exchanged, this is the first.
fn is_first(blocks: &[Block]) -> bool {
    let exchanged = |sides: &[[Index; 2]]| {
        let exchange = |indices: u8| {
            sides.iter().fold(indices, |indices, &[a, b]| {
                let rest = indices & !(a | b);
                let [has_a, has_b] = [a, b].map(|index| indices & index != 0);
                rest | if has_a { b } else { 0 } | if has_b { a } else { 0 }
            })
        };
        let mut blocks: Vec<Block> = blocks.iter().map(|&(indices, factor)| (exchange(indices), factor)).collect();
        blocks.sort_unstable();
        blocks
    };
    let all = blocks.iter().fold(0, |all, block| all | block.0);
    let twice = [BY_X, BY_Y].into_iter().filter(|[a, b]| all & a != 0 && all & b != 0);
    let twice: Vec<[Index; 2]> = twice.collect();
    (0..twice.len()).all(|n| exchanged(&twice[n..=n]).as_slice() >= blocks) && exchanged(&twice).as_slice() >= blocks
}
