//! Operators as sums of partial derivatives.

use crate::engine::multiply::Entries;

/// What an operator makes of a function: for each number that it has at a point, a sum of partial derivatives with
/// coefficients.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub struct Description<S> {
    /// How many numbers a point has.
    pub components: usize,
    pub partials: Vec<Partial>,
    /// The variables that partial derivatives are summed over, each from 0 to d - 1, with their weights if those are
    /// not 1.
    pub variables: Vec<Option<Vec<S>>>,
}

/// a ∂ⁿ/∂x_{i_1} … ∂x_{i_n}, in the sum of one component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    pub component: usize,
    /// Of which of several independent functions with one covariance: 0 where there is one.
    pub function: usize,
    pub indices: Vec<Index>,
    /// Whether a is another at other points.
    pub varies: bool,
}

/// The coordinate that a derivative is taken by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    At(usize),
    /// That of a variable, which is summed over.
    Along(usize),
}

impl<S> Description<S> {
    /// Partial derivatives with coefficient 1, each a component.
    pub fn list(indices: impl IntoIterator<Item = Vec<Index>>) -> Self {
        let partial = |(component, indices)| Partial { component, function: 0, indices, varies: false };
        let partials: Vec<Partial> = indices.into_iter().enumerate().map(partial).collect();
        Self { components: partials.len(), partials, variables: Vec::new() }
    }

    /// Numbers at these places.
    #[must_use]
    pub fn of_entries(entries: Entries, places: &[usize], d: usize) -> Self {
        Self::list(places.iter().map(|&place| match entries.order_at(place, d) {
            (0, _) => Vec::new(),
            (1, i) => vec![Index::At(i)],
            (_, entry) => vec![Index::At(entry / d), Index::At(entry % d)],
        }))
    }

    /// Of no numbers.
    #[must_use]
    pub fn nothing() -> Self {
        Self { components: 0, partials: Vec::new(), variables: Vec::new() }
    }

    /// The highest order of its partial derivatives.
    #[must_use]
    pub fn order(&self) -> usize {
        self.partials.iter().map(|partial| partial.indices.len()).max().unwrap_or(0)
    }

    /// The components of this, and those of another behind them.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        let (components, variables) = (self.components, self.variables.len());
        let shifted = |index| match index {
            Index::Along(variable) => Index::Along(variables + variable),
            at @ Index::At(_) => at,
        };
        self.partials.extend(other.partials.into_iter().map(|partial| Partial {
            component: components + partial.component,
            indices: partial.indices.into_iter().map(shifted).collect(),
            ..partial
        }));
        self.components += other.components;
        self.variables.extend(other.variables);
        self
    }
}
