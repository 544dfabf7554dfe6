//! Arithmetic, comparisons, casts and indices.

use quote::ToTokens;
use syn::{BinOp, Expr, ExprBinary, ExprCast, ExprIndex, ExprUnary, Type, UnOp};

use super::body::{Lowering, Place};
use super::signature::{plain_type, scalar_name};
use super::value::{Condition, Value, Whole};
use crate::definition::Points;
use crate::error::{Checked, message};
use crate::symbolic::{Comparison, Graph, Id, Symbol};

/// The four operations: on expressions, and on integers whose values are known.
struct Arithmetic {
    numbers: fn(&mut Graph, Id, Id) -> Id,
    integers: fn(i64, i64) -> Option<i64>,
}

fn arithmetic(operator: &BinOp) -> Option<Arithmetic> {
    Some(match operator {
        BinOp::Add(_) => Arithmetic { numbers: Graph::add, integers: i64::checked_add },
        BinOp::Sub(_) => Arithmetic { numbers: Graph::sub, integers: i64::checked_sub },
        BinOp::Mul(_) => Arithmetic { numbers: Graph::mul, integers: i64::checked_mul },
        BinOp::Div(_) => Arithmetic { numbers: Graph::div, integers: i64::checked_div },
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
            let right = self.evaluate(&link.right, Place::Inner);
            value = self.operate(link, value, right);
        }
        value
    }

    fn operate(&mut self, link: &ExprBinary, left: Checked<Value>, right: Checked<Value>) -> Checked<Value> {
        let ExprBinary { left: a, op, right: b, .. } = link;
        let refused = match op {
            BinOp::Rem(_) => Some(message::REMAINDER),
            BinOp::AddAssign(_) | BinOp::SubAssign(_) | BinOp::MulAssign(_) | BinOp::DivAssign(_) => {
                Some(message::ASSIGN)
            }
            op if arithmetic(op).is_some() || is_logical(op) => None,
            _ => Some(message::BIT_OPERATOR),
        };
        if let Some(text) = refused {
            return Err(self.errors.at(link, text));
        }
        let (left, right) = (left?, right?);
        if let BinOp::And(_) | BinOp::Or(_) = op {
            let (left, right) = (self.boolean(left, a), self.boolean(right, b));
            let (left, right) = (Box::new(left?), Box::new(right?));
            let and = matches!(op, BinOp::And(_));
            return Ok(Value::Condition(if and { Condition::And(left, right) } else { Condition::Or(left, right) }));
        }
        if let (Value::Whole(left), Value::Whole(right), Some(operation)) = (&left, &right, arithmetic(op)) {
            return self.integers(link, *left, *right, &operation);
        }
        let (left, right) = (self.number(&left, a), self.number(&right, b));
        let (left, right) = (left?, right?);
        if let Some(operation) = arithmetic(op) {
            return Ok(Value::Number((operation.numbers)(self.graph, left, right)));
        }
        let compare = |relation, a, b| Condition::Compare(relation, a, b);
        Ok(Value::Condition(match op {
            BinOp::Lt(_) => compare(Comparison::Less, left, right),
            BinOp::Le(_) => compare(Comparison::LessOrEqual, left, right),
            BinOp::Gt(_) => compare(Comparison::Less, right, left),
            BinOp::Ge(_) => compare(Comparison::LessOrEqual, right, left),
            BinOp::Eq(_) => compare(Comparison::Equal, left, right),
            _ => Condition::Not(Box::new(compare(Comparison::Equal, left, right))),
        }))
    }

    /// Integer arithmetic, which is not the arithmetic of floats: `1 / 2` is 0.
    fn integers(&mut self, link: &ExprBinary, left: Whole, right: Whole, operation: &Arithmetic) -> Checked<Value> {
        if let (Some(a), Some(b)) = (left.known, right.known) {
            let divides = matches!(link.op, BinOp::Div(_));
            let text = if divides && b == 0 { message::DIVISION_BY_ZERO } else { message::INTEGER_OVERFLOW };
            let known = (operation.integers)(a, b).ok_or_else(|| self.errors.at(link, text))?;
            return Ok(Value::Whole(Whole { id: self.graph.integer(known), known: Some(known) }));
        }
        if matches!(link.op, BinOp::Div(_)) {
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
        let scalar = scalar_name(self.signature.scalar);
        match value {
            Value::Whole(whole) if target == scalar => Ok(Value::Number(whole.id)),
            Value::Whole(whole) if ["i32", "i64", "isize", "u32", "u64", "usize"].contains(&&*target) => {
                Ok(Value::Whole(whole))
            }
            Value::Number(id) if target == scalar => Ok(Value::Number(id)),
            _ => Err(self.errors.at(cast, message::CAST_POINTS)),
        }
    }

    /// `x[0]`; `x[..]` is all of x.
    pub(super) fn index(&mut self, index: &ExprIndex) -> Checked<Value> {
        if matches!(&*index.index, Expr::Range(range) if range.start.is_none() && range.end.is_none()) {
            return self.evaluate(&index.expr, Place::Inner);
        }
        let (base, at) = (self.evaluate(&index.expr, Place::Inner), self.evaluate(&index.index, Place::Inner));
        let side = match base? {
            Value::Point(side) => side,
            Value::Weights(_) => {
                return Err(self.errors.at(index, message::index_weights(&index.expr.to_token_stream().to_string())));
            }
            _ => return Err(self.errors.at(index, message::INDEX_OTHER)),
        };
        let Value::Whole(Whole { known: Some(place), .. }) = at? else {
            return Err(self.errors.at(&index.index, message::INDEX_LITERAL));
        };
        let coordinate = usize::try_from(place).map_err(|_| self.errors.at(&index.index, message::INDEX_LITERAL))?;
        if let Ok(Points::Array { known: Some(length), .. }) = self.signature.points
            && coordinate >= length
        {
            return Err(self.errors.at(&index.index, message::index_bound(place, length)));
        }
        self.outside_sums(index)?;
        Ok(Value::Number(self.graph.symbol(Symbol::Pick(side, coordinate))))
    }
}

fn is_logical(operator: &BinOp) -> bool {
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
