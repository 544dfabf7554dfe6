//! What the contraction of a block with vectors does, step by step, found from its terms once for all pairs.
//!
//! The indices of y are summed over, with the number v, the vector V or the (symmetric) matrix M of the point: what is
//! left of a term is a number, a vector or M itself, times its coefficient and its blocks of x. All terms that are left
//! with the same blocks of x are added up before these come in: a [`Target`].

use crate::engine::multiply::Entries;
use crate::kernel::{TowerShape, TowerTerm};

use super::outer::offsets;

/// Number of a factor.
pub type Factor = usize;

/// A number of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// v
    Value,
    /// g · V
    Gradient(Factor),
    /// gᵀ M g', of the array of [`Vector::Square`] g
    Square(usize, Factor),
    /// Σ_b e(b) M(b, b)
    Diagonal(Factor),
}

/// A number of a pair for each coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vector {
    /// V(b)
    Gradient,
    /// Σ_c M(b, c) g(c)
    Square(Factor),
    /// M(b, b)
    Diagonal,
}

/// What a weight w of each pair is multiplied with, and where it goes. Vectors are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Value: w
    Value,
    /// Gradient: w f(a)
    Gradient(Factor),
    /// Gradient: w h(a) u(a)
    GradientOf(Factor, usize),
    /// Hessian: w (f(a) f'(a') + f'(a) f(a'))
    Pair(Factor, Factor),
    /// Hessian: w (f(a) h(a') u(a') + h(a) u(a) f(a'))
    PairOf(Factor, Factor, usize),
    /// Hessian, a = a': w e(a)
    Diagonal(Factor),
    /// Hessian, a = a': w e(a) u(a)
    DiagonalOf(Factor, usize),
    /// Hessian: w h(a) h'(a') M(a, a'), and w h'(a) h(a') M(a, a') if h' is another
    Matrix(Factor, Factor),
}

/// Adds times · coefficient, or times · coefficient · number, to the weight of a target.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub times: f64,
    pub coefficient: usize,
    pub number: Option<usize>,
    pub target: usize,
}

/// All steps of a contraction.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub vectors: Vec<Vector>,
    pub numbers: Vec<Number>,
    pub targets: Vec<Target>,
    pub steps: Vec<Step>,
    /// The factors f of targets of Hessians.
    pub pairs: Vec<Factor>,
    /// The highest order of a derivative.
    pub order: usize,
}

/// The place of an element, which is added if it is not there.
fn place<T: PartialEq>(list: &mut Vec<T>, element: T) -> usize {
    list.iter().position(|known| *known == element).unwrap_or_else(|| {
        list.push(element);
        list.len() - 1
    })
}

impl Program {
    /// Of the terms that have these sides.
    pub fn new(terms: &[TowerTerm], shape: TowerShape, left: Entries, right: Entries) -> Self {
        let mut program = Self::default();
        for term in terms {
            let [x, y] = term.indices();
            if left.has(x) && right.has(y) {
                program.order = program.order.max(x + y);
                program.add(term, shape);
            }
        }
        program
    }

    fn add(&mut self, term: &TowerTerm, shape: TowerShape) {
        let factors = |indices: [usize; 2]| -> Vec<Factor> {
            let blocks = term.blocks().iter().filter(|block| block.indices == indices);
            blocks.map(|block| block.factor).collect()
        };
        let [of_x, of_y, twice_x, twice_y] = [[1, 0], [0, 1], [2, 0], [0, 2]].map(factors);
        let mixed: Vec<_> = term.blocks().iter().filter(|block| block.indices[0] > 0 && block.indices[1] > 0).collect();
        let mut times = term.times;
        let mut number = None;
        let target = match mixed[..] {
            [] => {
                let (y, twice) = self.number(&of_y, &twice_y);
                number = Some(place(&mut self.numbers, y));
                times *= twice;
                match (&of_x[..], &twice_x[..]) {
                    ([], []) => Target::Value,
                    ([], &[e, ..]) => Target::Diagonal(e),
                    (&[f], _) => Target::Gradient(f),
                    (&[f, other, ..], _) => {
                        // Both orders of f and f are one term.
                        times *= if f == other { 0.5 } else { 1.0 };
                        place(&mut self.pairs, f);
                        Target::Pair(f, other)
                    }
                }
            }
            [block] => {
                let (u, twice) = match (block.indices[1], &of_y[..]) {
                    (1, []) => (Vector::Gradient, 1.0),
                    // Either index of y may be the block's.
                    (1, &[g, ..]) => (Vector::Square(g), 2.0),
                    _ => (Vector::Diagonal, 1.0),
                };
                times *= twice;
                let u = place(&mut self.vectors, u);
                match (block.indices[0], &of_x[..]) {
                    (1, []) => Target::GradientOf(block.factor, u),
                    (1, &[f, ..]) => {
                        place(&mut self.pairs, f);
                        Target::PairOf(f, block.factor, u)
                    }
                    _ => Target::DiagonalOf(block.factor, u),
                }
            }
            [first, second, ..] => {
                // Either index of y may be the first block's, and M is symmetric.
                times *= 2.0;
                Target::Matrix(first.factor, second.factor)
            }
        };
        let target = place(&mut self.targets, target);
        let coefficient = offsets(shape)[term.coefficient[0]] + term.coefficient[1];
        self.steps.push(Step { times, coefficient, number, target });
    }

    /// What is left of blocks of y alone, and how many orders of its indices that stands for.
    fn number(&mut self, of_y: &[Factor], twice_y: &[Factor]) -> (Number, f64) {
        match (of_y, twice_y) {
            ([], []) => (Number::Value, 1.0),
            ([], &[e, ..]) => (Number::Diagonal(e), 1.0),
            (&[g], _) => (Number::Gradient(g), 1.0),
            (&[g, other, ..], _) => {
                let square = place(&mut self.vectors, Vector::Square(g));
                (Number::Square(square, other), if g == other { 1.0 } else { 2.0 })
            }
        }
    }

    /// How many arrays of d numbers are made for each pair.
    pub fn arrays(&self) -> usize {
        self.vectors.len() + self.pairs.len()
    }
}
