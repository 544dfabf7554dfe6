//! Patterns of `let` and of closures.

use proc_macro2::Ident;
use syn::Pat;

use super::body::Lowering;
use super::value::Value;
use crate::definition::Points;
use crate::error::{Checked, Reported, message};
use crate::symbolic::Symbol;

/// The names that a pattern binds.
pub(super) fn names(pattern: &Pat) -> Vec<Ident> {
    let mut found = Vec::new();
    let mut pending = vec![pattern];
    while let Some(pattern) = pending.pop() {
        match pattern {
            Pat::Ident(name) => {
                found.push(name.ident.clone());
                pending.extend(name.subpat.as_ref().map(|(_, inner)| &**inner));
            }
            Pat::Paren(inner) => pending.push(&inner.pat),
            Pat::Reference(inner) => pending.push(&inner.pat),
            Pat::Type(inner) => pending.push(&inner.pat),
            Pat::Slice(inner) => pending.extend(&inner.elems),
            Pat::Tuple(inner) => pending.extend(&inner.elems),
            Pat::TupleStruct(inner) => pending.extend(&inner.elems),
            Pat::Struct(inner) => pending.extend(inner.fields.iter().map(|field| &*field.pat)),
            _ => {}
        }
    }
    found
}

impl Lowering<'_> {
    /// Binds the names of a pattern. Where the value or the pattern is wrong they are bound to that error, so that it
    /// is reported once and not at every use.
    pub(super) fn bind(&mut self, pattern: &Pat, value: Checked<Value>) {
        if let Err(reported) = value.and_then(|value| self.destructure(pattern, value)) {
            self.poison(pattern, reported);
        }
    }

    fn poison(&mut self, pattern: &Pat, reported: Reported) {
        for name in names(pattern) {
            self.scope.bind(&name, Err(reported));
        }
    }

    fn destructure(&mut self, pattern: &Pat, value: Value) -> Checked<()> {
        match pattern {
            // `mut` without an assignment changes nothing, and an assignment is an error of its own.
            Pat::Ident(name) if name.subpat.is_none() => {
                let value = match value {
                    Value::Condition(condition) => Value::Condition(condition.named(self.graph)),
                    value => value,
                };
                self.scope.bind(&name.ident, Ok(value));
                Ok(())
            }
            Pat::Wild(_) => Ok(()),
            // rustc checks types; references of numbers are numbers here.
            Pat::Type(inner) => self.destructure(&inner.pat, value),
            Pat::Paren(inner) => self.destructure(&inner.pat, value),
            Pat::Reference(inner) => self.destructure(&inner.pat, value),
            Pat::Tuple(patterns) => {
                let Value::Tuple(tuple) = value else {
                    return Err(self.errors.at(pattern, message::PATTERN_SHAPE));
                };
                if tuple.elements().len() != patterns.elems.len() {
                    return Err(self.errors.at(pattern, message::PATTERN_SHAPE));
                }
                for (pattern, element) in patterns.elems.iter().zip(tuple.elements()) {
                    self.bind(pattern, Ok(element.clone()));
                }
                Ok(())
            }
            Pat::Slice(patterns) => self.coordinates(pattern, &patterns.elems.iter().collect::<Vec<_>>(), &value),
            _ => Err(self.errors.at(pattern, message::PATTERN)),
        }
    }

    /// `let [a, b] = *x;`
    fn coordinates(&mut self, whole: &Pat, patterns: &[&Pat], value: &Value) -> Checked<()> {
        let Value::Point(side) = *value else {
            return Err(self.errors.at(whole, message::PATTERN_SHAPE));
        };
        match &self.signature.points {
            Ok(Points::Array { known: Some(length), .. }) if *length == patterns.len() => {}
            _ => return Err(self.errors.at(whole, message::ARRAY_PATTERN)),
        }
        for (index, pattern) in patterns.iter().enumerate() {
            let coordinate = self.graph.symbol(Symbol::Pick(side, index));
            self.bind(pattern, Ok(Value::Number(coordinate)));
        }
        Ok(())
    }
}
