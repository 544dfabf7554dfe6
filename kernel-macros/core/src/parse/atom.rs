//! The smallest expressions: literals, names, tuples, arrays, and the numbers they stand for.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{ExprArray, ExprField, ExprLit, ExprPath, ExprTuple, Lit, Member, Path};

use super::body::{Lowering, Place};
use super::constants;
use super::value::{Condition, Stream, Tuple, Value, Whole};
use crate::definition::Points;
use crate::error::{Checked, message};
use crate::symbolic::{Id, Symbol};

impl Lowering<'_> {
    pub(super) fn literal(&mut self, literal: &ExprLit) -> Checked<Value> {
        let (digits, integer) = match &literal.lit {
            Lit::Int(number) => (number.base10_digits().to_owned(), !matches!(number.suffix(), "f64" | "f32")),
            Lit::Float(number) => (number.base10_digits().to_owned(), false),
            Lit::Bool(value) => {
                return Ok(Value::Condition(Condition::Known(value.value)));
            }
            _ => return Err(self.errors.at(literal, message::LITERAL)),
        };
        if integer && let Ok(known) = digits.parse() {
            return Ok(Value::Whole(Whole { id: self.graph.integer(known), known: Some(known) }));
        }
        if self.is_generic && !self.in_of {
            return Err(self.errors.at(literal, message::generic_literal(&self.scalar, literal)));
        }
        let id = self.graph.literal(&digits).ok_or_else(|| self.errors.at(literal, message::NUMBER_SIZE))?;
        Ok(Value::Number(id))
    }

    pub(super) fn tuple(&mut self, tuple: &ExprTuple) -> Checked<Value> {
        // All elements are read before the first error ends it.
        let elements: Vec<_> = tuple.elems.iter().map(|element| self.evaluate(element, Place::Inner)).collect();
        let elements = elements.into_iter().collect::<Checked<Vec<Value>>>()?;
        self.tuple_of(elements, tuple)
    }

    /// `pair.0`
    pub(super) fn field(&mut self, field: &ExprField) -> Checked<Value> {
        let Value::Tuple(tuple) = self.evaluate(&field.base, Place::Inner)? else {
            return Err(self.errors.at(field, message::FIELD));
        };
        let Member::Unnamed(place) = &field.member else { return Err(self.errors.at(field, message::FIELD)) };
        let element = usize::try_from(place.index).ok().and_then(|place| tuple.elements().get(place)).cloned();
        element.ok_or_else(|| self.errors.at(field, message::FIELD))
    }

    /// Some numbers, which is what a loop over a few of them goes over too.
    pub(super) fn array(&mut self, array: &ExprArray) -> Checked<Value> {
        // All elements are read before the first error ends it.
        let elements: Vec<_> = array.elems.iter().map(|element| self.evaluate(element, Place::Inner)).collect();
        let elements = elements.into_iter().collect::<Checked<Vec<Value>>>()?;
        let list = Stream::list(elements).map(Value::Iterator);
        list.ok_or_else(|| self.errors.at(array, message::TUPLE_TOO_DEEP))
    }

    pub(super) fn tuple_of(&self, elements: Vec<Value>, at: impl quote::ToTokens) -> Checked<Value> {
        Tuple::new(elements).map(Value::Tuple).ok_or_else(|| self.errors.at(at, message::TUPLE_TOO_DEEP))
    }

    pub(super) fn path(&mut self, expression: &ExprPath) -> Checked<Value> {
        let path = &expression.path;
        if expression.qself.is_some() {
            return Err(self.errors.at(expression, message::unsupported("this path")));
        }
        if let Some(name) = path.get_ident() {
            if let Some(value) = self.scope.get(name) {
                let value = value.clone()?;
                return self.captured(name, value);
            }
            if self.is_length(path) {
                return Ok(Value::Whole(self.dimension()));
            }
        } else if self.is_length(path) {
            return Ok(Value::Whole(self.dimension()));
        }
        match self.constant(path) {
            Some(id) => Ok(Value::Number(id)),
            None => Err(self.errors.at(expression, message::unknown_name(&constants::segments(path).join("::")))),
        }
    }

    /// A value used by its name.
    fn captured(&mut self, name: &Ident, value: Value) -> Checked<Value> {
        if let Value::Accumulator(_) = value {
            return Err(self.errors.at(name, message::accumulator_read(&name.unraw().to_string())));
        }
        if let Value::Unset = value {
            return Err(self.errors.at(name, message::unset(&name.unraw().to_string())));
        }
        Ok(value)
    }

    /// Whether a path is the length of array points as the signature writes it.
    fn is_length(&self, path: &Path) -> bool {
        matches!(&self.signature.points, Ok(Points::Array { length, .. })
            if quote::ToTokens::to_token_stream(path).to_string() == length.to_string())
    }

    /// The float type of numbers here.
    pub(super) fn float(&self) -> &str {
        if self.is_generic && self.in_of { "f64" } else { &self.scalar }
    }

    /// The number of coordinates.
    pub(super) fn dimension(&mut self) -> Whole {
        match &self.signature.points {
            Ok(Points::Array { known: Some(length), .. }) => {
                let known = i64::try_from(*length).unwrap_or(i64::MAX);
                Whole { id: self.graph.integer(known), known: Some(known) }
            }
            _ => Whole { id: self.graph.symbol(Symbol::Dimension), known: None },
        }
    }

    /// A value where a number is needed.
    pub(super) fn number(&self, value: &Value, at: impl quote::ToTokens) -> Checked<Id> {
        let text = match value {
            Value::Number(id) => return Ok(*id),
            Value::Whole(whole) => return Ok(whole.id),
            Value::Condition(_) => message::BOOL_AS_NUMBER.to_owned(),
            Value::Point(_) | Value::Part(_) => {
                message::point_as_number(&quote::ToTokens::to_token_stream(&at).to_string())
            }
            Value::Weights(_) => message::weights_as_number(&quote::ToTokens::to_token_stream(&at).to_string()),
            Value::Callable(_) => message::FUNCTION_AS_NUMBER.to_owned(),
            Value::Unset => message::NO_VALUE.to_owned(),
            Value::Iterator(_) => message::ITERATOR_AS_NUMBER.to_owned(),
            Value::Tuple(_) => message::TUPLE_AS_NUMBER.to_owned(),
            Value::Accumulator(_) => message::accumulator_read(&quote::ToTokens::to_token_stream(&at).to_string()),
        };
        Err(self.errors.at(at, text))
    }
}
