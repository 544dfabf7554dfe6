//! Arithmetic, comparisons, casts and indices.

use syn::{BinOp, Expr, ExprBinary, ExprCast, ExprIndex, ExprUnary, Type, UnOp};

use super::body::{Lowering, Place};
use super::signature::plain_type;
use super::value::{Condition, Stream, Value, Whole};
use crate::definition::Points;
use crate::error::{Checked, message};
use crate::symbolic::{Comparison, Graph, Id, Symbol};

/// The four operations: on expressions, and on integers whose values are known.
pub(super) struct Arithmetic {
    pub(super) numbers: fn(&mut Graph, Id, Id) -> Id,
    integers: fn(i64, i64) -> Option<i64>,
}

/// The operation of `a + b` or of `a += b`.
pub(super) fn arithmetic(operator: &BinOp) -> Option<Arithmetic> {
    Some(match operator {
        BinOp::Add(_) | BinOp::AddAssign(_) => Arithmetic { numbers: Graph::add, integers: i64::checked_add },
        BinOp::Sub(_) | BinOp::SubAssign(_) => Arithmetic { numbers: Graph::sub, integers: i64::checked_sub },
        BinOp::Mul(_) | BinOp::MulAssign(_) => Arithmetic { numbers: Graph::mul, integers: i64::checked_mul },
        BinOp::Div(_) | BinOp::DivAssign(_) => Arithmetic { numbers: Graph::div, integers: i64::checked_div },
        _ => return None,
    })
}

impl Lowering<'_> {
    pub(super) fn unary(&mut self, unary: &ExprUnary) -> Checked<Value> {
        let value = self.evaluate(&unary.expr, Place::Inner)?;
        match (&unary.op, value) {
            // A reference to a value stands for the value.
            (UnOp::Deref(_), value) => Ok(value),
            (UnOp::Neg(_), Value::Whole(whole)) => {
                let id = self.graph.neg(whole.id);
                Ok(Value::Whole(Whole { id, known: whole.known.and_then(i64::checked_neg) }))
            }
            (UnOp::Neg(_), value) => {
                let number = self.number(&value, &unary.expr)?;
                Ok(Value::Number(self.graph.neg(number)))
            }
            (UnOp::Not(_), value) => Ok(Value::Condition(Condition::Not(Box::new(self.boolean(value, &unary.expr)?)))),
            _ => Err(self.errors.at(unary, message::unsupported("this operator"))),
        }
    }

    /// A chain `a + b - c` is read from the left without recursion, so that long sums are not deep ones.
    pub(super) fn binary(&mut self, binary: &ExprBinary) -> Checked<Value> {
        let mut links = vec![binary];
        let mut left = &*binary.left;
        while let Expr::Binary(inner) = left {
            links.push(inner);
            left = &inner.left;
        }
        let mut value = self.evaluate(left, Place::Inner);
        for link in links.into_iter().rev() {
            // The right-hand side is read even where the left one is wrong.
            let start = self.scope.assignments();
            let right = self.evaluate(&link.right, Place::Inner);
            if let BinOp::And(_) | BinOp::Or(_) = link.op
                && self.scope.assignments() > start
            {
                value = Err(self.errors.at(&link.right, message::ASSIGN));
            }
            value = self.operate(link, value, right);
        }
        value
    }

    fn operate(&mut self, link: &ExprBinary, left: Checked<Value>, right: Checked<Value>) -> Checked<Value> {
        let ExprBinary { left: a, op, right: b, .. } = link;
        if is_compound(op) {
            return Err(self.errors.at(link, message::ASSIGN));
        }
        if let Some(text) = refused(op) {
            return Err(self.errors.at(link, text));
        }
        let (left, right) = (left?, right?);
        if let BinOp::And(_) | BinOp::Or(_) = op {
            let (left, right) = (self.boolean(left, a), self.boolean(right, b));
            let (left, right) = (Box::new(left?), Box::new(right?));
            let and = matches!(op, BinOp::And(_));
            return Ok(Value::Condition(if and { Condition::And(left, right) } else { Condition::Or(left, right) }));
        }
        if arithmetic(op).is_some() {
            return self.calculate(link, &left, &right);
        }
        let known = [&left, &right].map(|value| match value {
            Value::Whole(whole) => whole.known,
            _ => None,
        });
        let (left, right) = (self.number(&left, a), self.number(&right, b));
        let (left, right) = (left?, right?);
        let compare = |relation: Comparison, a, b| {
            if let [Some(first), Some(second)] = known {
                let (first, second) = if a == left { (first, second) } else { (second, first) };
                Condition::Known(match relation {
                    Comparison::Less => first < second,
                    Comparison::LessOrEqual => first <= second,
                    Comparison::Equal => first == second,
                })
            } else {
                Condition::Compare(relation, a, b)
            }
        };
        Ok(Value::Condition(match op {
            BinOp::Lt(_) => compare(Comparison::Less, left, right),
            BinOp::Le(_) => compare(Comparison::LessOrEqual, left, right),
            BinOp::Gt(_) => compare(Comparison::Less, right, left),
            BinOp::Ge(_) => compare(Comparison::LessOrEqual, right, left),
            BinOp::Eq(_) => compare(Comparison::Equal, left, right),
            _ => Condition::Not(Box::new(compare(Comparison::Equal, left, right))),
        }))
    }

    /// `a + b`, or the value of `a` after `a += b`.
    pub(super) fn calculate(&mut self, link: &ExprBinary, left: &Value, right: &Value) -> Checked<Value> {
        let operation =
            arithmetic(&link.op).ok_or_else(|| self.errors.at(link, refused(&link.op).unwrap_or(message::ASSIGN)))?;
        if let (Value::Whole(left), Value::Whole(right)) = (left, right) {
            return self.integers(link, *left, *right, &operation);
        }
        let (left, right) = (self.number(left, &link.left), self.number(right, &link.right));
        Ok(Value::Number((operation.numbers)(self.graph, left?, right?)))
    }

    /// Integer arithmetic, which is not the arithmetic of floats: `1 / 2` is 0.
    fn integers(&mut self, link: &ExprBinary, left: Whole, right: Whole, operation: &Arithmetic) -> Checked<Value> {
        if self.exact_quotients && divides(&link.op) {
            return Ok(Value::Number(self.graph.div(left.id, right.id)));
        }
        if let (Some(a), Some(b)) = (left.known, right.known) {
            let divides = divides(&link.op);
            let text = if divides && b == 0 { message::DIVISION_BY_ZERO } else { message::INTEGER_OVERFLOW };
            let known = (operation.integers)(a, b).ok_or_else(|| self.errors.at(link, text))?;
            return Ok(Value::Whole(Whole { id: self.graph.integer(known), known: Some(known) }));
        }
        if divides(&link.op) {
            return Err(self.errors.at(link, message::INTEGER_DIVISION));
        }
        Ok(Value::Whole(Whole { id: (operation.numbers)(self.graph, left.id, right.id), known: None }))
    }

    /// `x.len() as f64`; anything else would round.
    pub(super) fn cast(&mut self, cast: &ExprCast) -> Checked<Value> {
        let value = self.evaluate(&cast.expr, Place::Inner)?;
        let target = match plain_type(&cast.ty) {
            Type::Path(path) => path.path.get_ident().map(ToString::to_string).unwrap_or_default(),
            _ => String::new(),
        };
        let scalar = self.float();
        match value {
            Value::Whole(whole) if target == scalar => Ok(Value::Number(whole.id)),
            Value::Whole(whole) if ["i32", "i64", "isize", "u32", "u64", "usize"].contains(&&*target) => {
                Ok(Value::Whole(whole))
            }
            Value::Number(id) if target == scalar => Ok(Value::Number(id)),
            Value::Whole(_) if self.is_generic && target == "f64" => {
                Err(self.errors.at(cast, message::generic_literal(&self.scalar, cast)))
            }
            _ => Err(self.errors.at(cast, message::CAST_POINTS)),
        }
    }

    /// `x[0]`; `x[..]` is all of x.
    pub(super) fn index(&mut self, index: &ExprIndex) -> Checked<Value> {
        if let Expr::Range(range) = &*index.index {
            let base = self.evaluate(&index.expr, Place::Inner)?;
            return self.part(base, range);
        }
        let (base, at) = (self.evaluate(&index.expr, Place::Inner), self.evaluate(&index.index, Place::Inner));
        let base = base?;
        if let (Value::Iterator(Stream::List(elements)), Ok(Value::Whole(Whole { known: Some(place), .. }))) =
            (&base, &at)
        {
            let element = usize::try_from(*place).ok().and_then(|place| elements.get(place));
            let element = element.ok_or_else(|| self.errors.at(&index.index, message::ARRAY_BOUND))?;
            return Ok(element.clone());
        }
        if let (Value::Iterator(Stream::List(elements)), Ok(Value::Whole(whole))) = (&base, &at)
            && let Some(level) = self.counts(*whole)
        {
            return self.current(elements, level).ok_or_else(|| self.errors.at(index, message::ZIP_MIXED));
        }
        if let (Value::Part(part), Ok(Value::Whole(place))) = (&base, &at) {
            let place = part.span.start.known.zip(place.known).map(|(start, place)| start + place);
            let place = place.ok_or_else(|| self.errors.at(&index.index, message::INDEX_SHIFTED))?;
            return self.pick(&part.whole, place, index);
        }
        if !matches!(base, Value::Point(_) | Value::Weights(_)) {
            return Err(self.errors.at(index, message::INDEX_OTHER));
        }
        let place = match at? {
            Value::Whole(Whole { known: Some(place), .. }) => place,
            Value::Whole(whole) => {
                let Some(level) = self.counts(whole) else {
                    let text = if self.level > 0 { message::INDEX_SHIFTED } else { message::INDEX_LITERAL };
                    return Err(self.errors.at(&index.index, text));
                };
                let symbol = match base {
                    Value::Weights(parameter) => Symbol::Weight(parameter),
                    Value::Point(side) => Symbol::Coordinate(side),
                    _ => return Err(self.errors.at(index, message::INDEX_OTHER)),
                };
                return Ok(Value::Number(self.at_level(symbol, level)));
            }
            _ => return Err(self.errors.at(&index.index, message::INDEX_LITERAL)),
        };
        self.pick(&base, place, index)
    }

    /// The entry of a vector with this number.
    fn pick(&mut self, vector: &Value, place: i64, index: &ExprIndex) -> Checked<Value> {
        let coordinate = usize::try_from(place).map_err(|_| self.errors.at(&index.index, message::INDEX_LITERAL))?;
        if let Ok(Points::Array { known: Some(length), .. }) = self.signature.points
            && coordinate >= length
        {
            return Err(self.errors.at(&index.index, message::index_bound(place, length)));
        }
        let symbol = match vector {
            Value::Weights(parameter) => {
                let symbol = Symbol::PickWeight(*parameter, coordinate);
                super::declare_sign(self.graph, self.options, *parameter, symbol);
                symbol
            }
            Value::Point(side) => Symbol::Pick(*side, coordinate),
            _ => return Err(self.errors.at(index, message::INDEX_OTHER)),
        };
        Ok(Value::Number(self.graph.symbol(symbol)))
    }
}

/// Why an operator is none of a kernel's.
pub(super) fn refused(operator: &BinOp) -> Option<&'static str> {
    match operator {
        BinOp::Rem(_) | BinOp::RemAssign(_) => Some(message::REMAINDER),
        operator if arithmetic(operator).is_some() || is_logical(operator) => None,
        _ => Some(message::BIT_OPERATOR),
    }
}

fn divides(operator: &BinOp) -> bool {
    matches!(operator, BinOp::Div(_) | BinOp::DivAssign(_))
}

/// Whether an operator assigns, `a += b`.
pub(super) fn is_compound(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

pub(super) fn is_logical(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::And(_)
            | BinOp::Or(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::Eq(_)
            | BinOp::Ne(_)
    )
}
