//! The form of a block: coefficients of a pair of points times per-coordinate factors.

use crate::symbolic::Id;

use super::Plan;

/// Σ_t coefficient_t · factor_t(i)
#[derive(Clone, Debug, Default)]
pub struct Vector {
    /// (coefficient, factor)
    pub terms: Vec<(Id, Id)>,
    /// All of them as one, s f(i) + s c g(i) as s · (f + c g)(i), where that is less to compute for one pair of points.
    pub joined: Option<(Id, Id)>,
}

impl Vector {
    /// The terms in the form with the least to compute.
    #[must_use]
    pub fn form(&self) -> &[(Id, Id)] {
        self.joined.as_ref().map_or(&self.terms, std::slice::from_ref)
    }
}

/// Σ_t coefficient_t · left_t(i) · right_t(j) + δ_ij Σ_t coefficient_t · factor_t(i) + Σ_t
/// coefficient_t · entry_t(i, j)
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// (coefficient, left factor, right factor)
    pub rank: Vec<(Id, Id, Id)>,
    /// Another form of `rank`, where that is less to compute for one pair of points.
    pub square: Option<Square>,
    /// The same, for i ≠ j only.
    pub off_diagonal: Vec<(Id, Id, Id)>,
    /// (coefficient, factor)
    pub diagonal: Vec<(Id, Id)>,
    /// (coefficient, entry(i, j)), of double sums: made of coordinate i and, as `Symbol::Other`, coordinate j.
    pub dense: Vec<(Id, Id)>,
}

impl Matrix {
    /// The terms of `rank` in the form with the least to compute.
    #[must_use]
    pub fn form(&self) -> &[(Id, Id, Id)] {
        self.square.as_ref().map_or(&self.rank, |square| &square.terms)
    }
}

/// Two products (coefficient, left factor, right factor), the right factor of the first being own(j) ± across · that of
/// the second. Where each entry would compute it anew, it is better taken apart.
#[derive(Clone, Debug)]
pub struct Square {
    /// The products.
    pub terms: [(Id, Id, Id); 2],
    /// own(j)
    pub own: Id,
    /// The coefficient of the other.
    pub across: Id,
    /// Whether the sign is -.
    pub subtracts: bool,
}

/// One block of derivatives.
#[derive(Clone, Copy, Debug)]
pub enum Block<'a> {
    /// One number.
    Value(Id),
    /// One number per coordinate.
    Vector(&'a Vector),
    /// One number per pair of coordinates.
    Matrix(&'a Matrix),
}

impl Block<'_> {
    /// What is computed once per pair of points, in the order of the terms (of a matrix: rank, off the diagonal,
    /// diagonal, dense, then what a square takes across).
    #[must_use]
    pub fn coefficients(&self) -> Vec<Id> {
        match self {
            Self::Value(value) => vec![*value],
            Self::Vector(vector) => vector.form().iter().map(|term| term.0).collect(),
            Self::Matrix(matrix) => {
                let rank = matrix.form().iter().chain(&matrix.off_diagonal).map(|term| term.0);
                let diagonal = matrix.diagonal.iter().chain(&matrix.dense).map(|term| term.0);
                rank.chain(diagonal).chain(matrix.square.as_ref().map(|square| square.across)).collect()
            }
        }
    }

    /// What is computed per coordinate, or per pair of coordinates where it is dense.
    #[must_use]
    pub fn factors(&self) -> Vec<Id> {
        match self {
            Self::Value(_) => vec![],
            Self::Vector(vector) => vector.form().iter().map(|term| term.1).collect(),
            Self::Matrix(matrix) => {
                let rank = matrix.form().iter().chain(&matrix.off_diagonal).flat_map(|term| [term.1, term.2]);
                rank.chain(matrix.diagonal.iter().chain(&matrix.dense).map(|term| term.1)).collect()
            }
        }
    }

    /// All of them.
    pub(super) fn roots(&self) -> Vec<Id> {
        [self.coefficients(), self.factors()].concat()
    }

    /// On one-dimensional points a block is one number.
    #[must_use]
    pub fn on_a_line(&self, plan: &Plan) -> Id {
        match self {
            Self::Value(value) => *value,
            Self::Vector(vector) => vector.terms.first().map_or(plan.zero, |term| term.0),
            Self::Matrix(matrix) => matrix.rank.first().map_or(plan.zero, |term| term.0),
        }
    }
}

impl Plan {
    /// The blocks of one emitted function, by its name: for functions of parameters one per parameter.
    #[must_use]
    pub fn blocks(&self, function: &str) -> Vec<Block<'_>> {
        let value = Block::Value(self.value);
        match function {
            "grad" => vec![Block::Vector(&self.grad_x)],
            "grad_y" => vec![Block::Vector(&self.grad_y)],
            "hess_xx" => vec![Block::Matrix(&self.hess_xx)],
            "hess_xy" => vec![Block::Matrix(&self.hess_xy)],
            "hess_yy" => vec![Block::Matrix(&self.hess_yy)],
            "value_grad" => vec![value, Block::Vector(&self.grad_x)],
            "value_grad_hess" => vec![value, Block::Vector(&self.grad_x), Block::Matrix(&self.hess_xy)],
            "grad_params" => self.parameters.iter().map(|parameter| Block::Value(parameter.value)).collect(),
            "hess_xy_params" => self.parameters.iter().map(|parameter| Block::Matrix(&parameter.hess_xy)).collect(),
            _ => vec![],
        }
    }
}
