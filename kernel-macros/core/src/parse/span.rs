//! Some of the coordinates: `for i in 1..x.len()`, `for j in 0..i`, `sq_dist(&x[1..], &y[1..])`.
//!
//! A sum over a span is the sum over all coordinates of what is 0 outside it.

use quote::ToTokens;
use syn::{ExprRange, RangeLimits};

use super::body::{Lowering, Place};
use super::value::{Part, Value, Whole};
use crate::error::{Checked, message};
use crate::symbolic::{Comparison, Gather, Id, Symbol};

/// The coordinates from number `start` to before number `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) start: Whole,
    pub(super) end: Whole,
}

impl Span {
    pub(super) fn is(self, other: Self) -> bool {
        (self.start.id, self.end.id) == (other.start.id, other.end.id)
    }
}

impl Lowering<'_> {
    /// Both ends of a range; those of all coordinates where it has none.
    pub(super) fn span(&mut self, range: &ExprRange) -> Checked<Span> {
        let (zero, length) = (self.whole(0), self.dimension());
        let mut end_of = |end: Option<&syn::Expr>, otherwise: Whole| match end {
            None => Ok(otherwise),
            Some(expression) => match self.evaluate(expression, Place::Inner)? {
                Value::Whole(whole) => Ok(whole),
                _ => Err(self.errors.at(expression, message::RANGE)),
            },
        };
        let start = end_of(range.start.as_deref(), zero);
        let end = end_of(range.end.as_deref(), length);
        let (start, mut end) = (start?, end?);
        if let (RangeLimits::Closed(_), Some(_)) = (&range.limits, &range.end) {
            let one = self.graph.integer(1);
            let known = end.known.and_then(|end| end.checked_add(1));
            end = Whole { id: self.graph.add(end.id, one), known };
        }
        Ok(Span { start, end })
    }

    /// Whether a span is all there is.
    pub(super) fn is_whole(&mut self, span: Span) -> bool {
        span.start.known == Some(0) && span.end.id == self.dimension().id
    }

    /// `x[1..]`
    pub(super) fn part(&mut self, base: Value, range: &ExprRange) -> Checked<Value> {
        let span = self.span(range)?;
        let (Value::Point(_) | Value::Weights(_)) = base else {
            return Err(self.errors.at(range, message::PART_OF_PART));
        };
        Ok(if self.is_whole(span) { base } else { Value::Part(Part { whole: base.into(), span }) })
    }

    /// How many coordinates there are.
    pub(super) fn length_of(&mut self, span: Span) -> Whole {
        let known = span.end.known.zip(span.start.known).map(|(end, start)| end - start);
        Whole { id: self.graph.sub(span.end.id, span.start.id), known }
    }

    /// What a reduction gathers, where the coordinate is in the span.
    pub(super) fn within(&mut self, span: Option<Span>, gather: Gather, body: Id, level: usize) -> Id {
        let Some(span) = span else { return body };
        let (index, neutral) = (self.at_level(Symbol::Index, level), self.neutral(gather));
        let mut body = body;
        if span.end.id != self.dimension().id {
            body = self.graph.select(Comparison::Less, index, span.end.id, body, neutral);
        }
        if span.start.known != Some(0) {
            body = self.graph.select(Comparison::LessOrEqual, span.start.id, index, body, neutral);
        }
        body
    }

    /// The span that two vectors which are gone through together have in common.
    pub(super) fn same_span(&self, a: Option<Span>, b: Option<Span>, at: impl ToTokens) -> Checked<Option<Span>> {
        match (a, b) {
            (None, None) => Ok(None),
            (Some(a), Some(b)) if a.is(b) => Ok(Some(a)),
            _ => Err(self.errors.at(at, message::SPANS_DIFFER)),
        }
    }
}
