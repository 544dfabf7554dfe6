//! Derivatives of any order as sums over set partitions (Faà di Bruno's formula for several variables).
//!
//! With k = F(s_1 … s_m) and s_r = Σ_i b_r(i), ∂ⁿk/∂x_{i_1} … ∂y_{i_n} is a sum over the partitions π of its n indices,
//!
//! Σ_π Σ_r F_{r_1 … r_|π|} Π_{B ∈ π} b_{r_B}^(B) [all indices of B are one coordinate]:
//!
//! each body lives on one coordinate. A term is a partial of F, a weight of the pair of points, and a factor for each
//! block of a partition. Terms are differentiated one by one: the partial and the weight give blocks of a single index,
//! a factor gives one to its own block. Sums inside sums need no rule of their own: their factors and weights hold
//! reductions, which are differentiated too.
//!
//! Partitions that are one another with indices of a side exchanged are one term. As derivatives are symmetric, each
//! has the same share of its weight, so none need be told apart before that is divided by their number: 109 terms
//! instead of 4140 of order (4, 4).

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::map::Map;
use crate::symbolic::{Gather, Graph, Id, Number, Rational, Side, Symbol};

use super::block::Builder;
use super::tower::HIGHEST;

/// How many indices of x and of y are in a block, and its factor.
pub type Block = ([u8; 2], Id);

/// The most blocks of a partition.
const MOST: usize = 2 * HIGHEST;

/// Blocks in their order, each as one number; 0 for none. A tower has thousands of such lists, and looks each up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocks([u64; MOST]);

/// Of what there is.
impl Hash for Blocks {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut place = MOST;
        while place > 0 && self.0[place - 1] > 0 {
            place -= 1;
            state.write_u64(self.0[place]);
        }
    }
}

impl Blocks {
    /// The same with one more.
    fn with(mut self, (indices, factor): Block) -> Self {
        let block = u64::from(indices[0]) << 40 | u64::from(indices[1]) << 32 | u64::from(factor.place());
        let mut place = 0;
        while place + 1 < MOST && self.0[place + 1] < block {
            self.0[place] = self.0[place + 1];
            place += 1;
        }
        self.0[place] = block;
        self
    }

    /// The same without the one at a place.
    fn without(mut self, mut place: usize) -> Self {
        while place > 0 {
            self.0[place] = self.0[place - 1];
            place -= 1;
        }
        self.0[0] = 0;
        self
    }

    #[allow(clippy::cast_possible_truncation, reason = "one part after the other")]
    const fn read(block: u64) -> Block {
        ([(block >> 40) as u8, (block >> 32) as u8], Id::at(block as u32))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Block> {
        self.0.iter().filter(|&&block| block > 0).map(|&block| Self::read(block))
    }

    /// The different ones, with the first place and how many there are.
    fn different(self) -> Vec<(usize, i64, Block)> {
        let mut different: Vec<(usize, i64, Block)> = Vec::with_capacity(MOST);
        for (place, &block) in self.0.iter().enumerate() {
            if block > 0 && place > 0 && block == self.0[place - 1] {
                if let Some(last) = different.last_mut() {
                    last.1 += 1;
                }
            } else if block > 0 {
                different.push((place, 1, Self::read(block)));
            }
        }
        different
    }
}

/// F_{partial} · weight · Π factors, the partial by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Term {
    partial: usize,
    weight: Id,
    blocks: Blocks,
}

/// A derivative of F: different terms, and how many partitions each stands for.
#[derive(Clone, Debug, Default)]
pub struct Derivative(Map<Term, i64>);

impl Derivative {
    /// k itself.
    pub fn value(graph: &mut Graph) -> Self {
        let mut value = Self::default();
        value.add(Term { partial: 0, weight: graph.integer(1), blocks: Blocks::default() }, 1);
        value
    }

    fn add(&mut self, term: Term, count: i64) {
        *self.0.get_or_insert_with(term, || 0) += count;
    }
}

/// Why a kernel has no such derivatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// They do not exist.
    Rough,
    /// A product over coordinates whose factors may be 0: what is left of it without some of them has no limit as a
    /// quotient.
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

/// Derivatives of F, or of a partial, with more parts are not worked out: those of a long chain or product of functions
/// have many times as many.
const LONGEST: usize = 100;

/// F, its variables, and those of its partials that have been asked for.
pub struct Partials {
    variables: Vec<Symbol>,
    known: Vec<Partial>,
    /// How variables change with one coordinate, as weights and factors.
    directions: Map<(Symbol, Side), Rates>,
    /// How factors do by themselves, as a weight and a factor.
    own: Map<(Id, Side), (Id, Id)>,
    /// How weights and factors do through the reductions that they hold, as slopes and factors.
    rates: Map<(Id, Side), Rates>,
}

type Rates = Rc<[(Id, Id)]>;

/// A partial of F. In whatever order it is differentiated, one: its variables are sorted.
struct Partial {
    by: Vec<Symbol>,
    /// Once it has been asked for.
    value: Option<Id>,
    /// The numbers of those by one variable more, as far as they are known.
    next: Vec<Option<usize>>,
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
        let variables = builder.reductions(value);
        Ok(Self {
            known: vec![Partial { by: Vec::new(), value: Some(value), next: vec![None; variables.len()] }],
            variables,
            directions: Map::default(),
            own: Map::default(),
            rates: Map::default(),
        })
    }

    /// The number of the partial by these variables.
    fn number(&mut self, by: &[Symbol]) -> usize {
        self.known.iter().position(|known| known.by == by).unwrap_or_else(|| {
            self.known.push(Partial { by: by.to_vec(), value: None, next: vec![None; self.variables.len()] });
            self.known.len() - 1
        })
    }

    /// The number of a partial's partial.
    fn next(&mut self, partial: usize, variable: usize) -> usize {
        if let Some(known) = self.known[partial].next[variable] {
            return known;
        }
        let mut by = self.known[partial].by.clone();
        by.push(self.variables[variable]);
        by.sort_unstable();
        let next = self.number(&by);
        self.known[partial].next[variable] = Some(next);
        next
    }

    fn partial(&mut self, builder: &mut Builder<'_>, number: usize) -> Result<Id, Obstacle> {
        if let Some(known) = self.known[number].value {
            return Ok(known);
        }
        let by = self.known[number].by.clone();
        let Some((&last, others)) = by.split_last() else { unreachable!("k itself is known") };
        let before = self.number(others);
        let before = self.partial(builder, before)?;
        let slope = builder.slope(before, last);
        check_length(builder.graph(), slope)?;
        let partial = builder.cancel(slope);
        self.known[number].value = Some(partial);
        Ok(partial)
    }

    /// The derivative of a derivative by one index more.
    pub fn differentiate(&mut self, builder: &mut Builder<'_>, of: &Derivative, side: Side) -> Derivative {
        let single = if side == Side::X { [1, 0] } else { [0, 1] };
        let mut sum = Derivative::default();
        for (&term, &count) in of.0.iter() {
            for variable in 0..self.variables.len() {
                for &(weight, factor) in &*self.directions(builder, self.variables[variable], side) {
                    let partial = self.next(term.partial, variable);
                    let weight = builder.graph().mul(term.weight, weight);
                    sum.add(Term { partial, weight, blocks: term.blocks.with((single, factor)) }, count);
                }
            }
            for &(rate, direction) in &*self.rates(builder, term.weight, side) {
                sum.add(Term { weight: rate, blocks: term.blocks.with((single, direction)), ..term }, count);
            }
            for (place, times, (indices, factor)) in term.blocks.different() {
                let (count, others) = (count * times, term.blocks.without(place));
                let (weight, own) = self.own(builder, factor, side);
                if own != builder.graph().integer(0) {
                    let weight = builder.graph().mul(term.weight, weight);
                    let blocks = others.with(([indices[0] + single[0], indices[1] + single[1]], own));
                    sum.add(Term { weight, blocks, ..term }, count);
                }
                for &(rate, direction) in &*self.rates(builder, factor, side) {
                    let (weight, rate) = builder.graph().split_per_coordinate(rate);
                    let weight = builder.graph().mul(term.weight, weight);
                    sum.add(
                        Term { weight, blocks: others.with((indices, rate)).with((single, direction)), ..term },
                        count,
                    );
                }
            }
        }
        sum
    }

    /// What does not vary by coordinate is a weight, here and below.
    fn directions(&mut self, builder: &mut Builder<'_>, symbol: Symbol, side: Side) -> Rates {
        let directions = || builder.split_directions(symbol, side).into();
        Rc::clone(self.directions.get_or_insert_with((symbol, side), directions))
    }

    fn own(&mut self, builder: &mut Builder<'_>, factor: Id, side: Side) -> (Id, Id) {
        let derivative = || {
            let derivative = builder.graph().derivative(factor, Symbol::Coordinate(side));
            builder.graph().split_per_coordinate(derivative)
        };
        *self.own.get_or_insert_with((factor, side), derivative)
    }

    fn rates(&mut self, builder: &mut Builder<'_>, of: Id, side: Side) -> Rates {
        if let Some(known) = self.rates.get(&(of, side)) {
            return Rc::clone(known);
        }
        let mut rates = Vec::new();
        for symbol in builder.reductions(of) {
            let slope = builder.graph().derivative(of, symbol);
            for &(weight, direction) in &*self.directions(builder, symbol, side) {
                rates.push((builder.graph().mul(slope, weight), direction));
            }
        }
        let zero = builder.graph().integer(0);
        rates.retain(|rate| rate.0 != zero);
        Rc::clone(self.rates.get_or_insert_with((of, side), || rates.into()))
    }

    /// Its terms, each with the coefficient that one of the partitions it stands for has.
    pub fn collected(&mut self, builder: &mut Builder<'_>, of: &Derivative) -> Result<Map<Blocks, Id>, Obstacle> {
        let mut collected: Map<Blocks, Id> = Map::default();
        for (&Term { partial, weight, blocks }, &count) in of.0.iter() {
            let partial = self.partial(builder, partial)?;
            let graph = builder.graph();
            if partial == graph.integer(0) {
                continue;
            }
            let share = share(blocks, count);
            let weighted = graph.mul(partial, weight);
            let coefficient = graph.scale(weighted, Number::Exact(share));
            match collected.get_mut(&blocks) {
                Some(known) => *known = graph.add(*known, coefficient),
                None => collected.insert(blocks, coefficient),
            }
        }
        Ok(collected)
    }
}

/// The share that each of the partitions with such blocks has of so many: there are as many as orders of the indices of
/// each side, but for those inside a block, and of blocks that are equal.
fn share(blocks: Blocks, count: i64) -> Rational {
    const FACTORIALS: [i64; MOST + 1] = [1, 1, 2, 6, 24, 120, 720, 5040, 40320];
    let (mut same, mut equal) = (count, 0);
    let (mut all_x, mut all_y) = (0, 0);
    let mut before = 0;
    for block in blocks.0 {
        if block > 0 {
            let ([x, y], _) = Blocks::read(block);
            let (x, y) = (usize::from(x), usize::from(y));
            (all_x, all_y) = (all_x + x, all_y + y);
            equal = if block == before { equal + 1 } else { 1 };
            same *= FACTORIALS[x] * FACTORIALS[y] * equal;
            before = block;
        }
    }
    let all = FACTORIALS[all_x] * FACTORIALS[all_y];
    Rational::new(i128::from(same), i128::from(all)).unwrap_or(Rational::ZERO)
}

fn check_length(graph: &Graph, id: Id) -> Result<(), Obstacle> {
    if graph.reachable(&[id]).len() > LONGEST { Err(Obstacle::Length) } else { Ok(()) }
}
