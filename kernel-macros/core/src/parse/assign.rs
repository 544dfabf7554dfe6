//! Assignments, and what both branches of an `if` leave in the variables they assign to.

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprAssign, ExprBinary, ExprIf, Stmt};

use super::body::{Lowering, Place};
use super::operators::{arithmetic, is_compound, refused};
use super::scope::Refused;
use super::value::{Accumulator, Condition, Tuple, Value, Whole};
use crate::error::{Checked, message};
use crate::symbolic::Gather;

impl Lowering<'_> {
    /// A block that is there for what its statements do.
    pub(super) fn effects(&mut self, block: &Block) {
        self.scope.enter();
        self.constants(block);
        for statement in &block.stmts {
            self.statement(statement);
        }
        self.scope.leave();
    }

    /// An expression for which [`is_effect`] holds.
    pub(super) fn effect(&mut self, expression: &Expr) -> Checked<()> {
        self.nested(expression, |this| match expression {
            Expr::Assign(assignment) => this.assignment(assignment),
            Expr::ForLoop(repeat) => this.for_loop(repeat),
            Expr::If(branch) => this.effect_branch(branch),
            Expr::Block(block) => {
                this.effects(&block.block);
                Ok(())
            }
            Expr::Binary(binary) => {
                let name = this.variable(&binary.left)?;
                this.update(name, &binary.right, binary)
            }
            // It has no value either.
            other => this.evaluate(other, Place::Inner).map(|_| ()),
        })
    }

    /// The variable that an assignment is to.
    fn variable<'e>(&self, left: &'e Expr) -> Checked<&'e Ident> {
        match left {
            Expr::Paren(inner) => self.variable(&inner.expr),
            Expr::Path(path) => path.path.get_ident().ok_or_else(|| self.errors.at(left, message::ASSIGN_TARGET)),
            _ => Err(self.errors.at(left, message::ASSIGN_TARGET)),
        }
    }

    /// `name = value;`
    fn assignment(&mut self, assignment: &ExprAssign) -> Checked<()> {
        let name = self.variable(&assignment.left);
        if let Ok(name) = name
            && let Some(Ok(Value::Accumulator(_))) = self.scope.get(name)
        {
            // `sum = sum + …` is `sum += …`
            let Some(links) = links_from(name, &assignment.right) else {
                let reported = self.evaluate(&assignment.right, Place::Inner).err();
                let reported = reported.unwrap_or_else(|| self.errors.at(assignment, message::OVERWRITTEN));
                return self.store(name, Err(reported));
            };
            return links.into_iter().rev().try_for_each(|link| self.update(name, &link.right, link));
        }
        let value = self.evaluate(&assignment.right, Place::Inner);
        self.store(name?, value)
    }

    /// `name += value`, or one link of `name = name + value + …`.
    fn update(&mut self, name: &Ident, value: &Expr, link: &ExprBinary) -> Checked<()> {
        let value = self.evaluate(value, Place::Inner);
        let result = match self.scope.get(name).cloned() {
            None => return self.store(name, value),
            Some(Ok(Value::Accumulator(accumulator))) => {
                value.and_then(|value| self.gather(accumulator, &value, link)).map(Value::Accumulator)
            }
            Some(current) => current.and_then(|current| self.calculate(link, &current, &value?)),
        };
        self.store(name, result)
    }

    /// One more summand or factor.
    fn gather(&mut self, accumulator: Accumulator, value: &Value, link: &ExprBinary) -> Checked<Accumulator> {
        let operation =
            arithmetic(&link.op).ok_or_else(|| self.errors.at(link, refused(&link.op).unwrap_or(message::ASSIGN)))?;
        let gather = match link.op {
            BinOp::Add(_) | BinOp::AddAssign(_) | BinOp::Sub(_) | BinOp::SubAssign(_) => Gather::Sum,
            _ => Gather::Product,
        };
        let value = self.number(value, &link.right)?;
        let before = self.gathered_before(accumulator, gather, link)?;
        Ok(Accumulator { gathered: Some((gather, (operation.numbers)(self.graph, before, value))) })
    }

    /// Gives a variable its new value.
    pub(super) fn store(&mut self, name: &Ident, value: Checked<Value>) -> Checked<()> {
        let value = value.map(|value| match value {
            Value::Condition(condition) => Value::Condition(condition.named(self.graph)),
            value => value,
        });
        let result = value.as_ref().map(|_| ()).map_err(|reported| *reported);
        match self.scope.assign(name, value) {
            Ok(()) => result,
            Err(Refused::Unknown) => Err(self.errors.at(name, message::unknown_name(&name.to_string()))),
            Err(Refused::Sealed) => Err(self.errors.at(name, message::ASSIGN_OUTSIDE)),
        }
    }

    /// `if` without a value.
    fn effect_branch(&mut self, branch: &ExprIf) -> Checked<()> {
        let condition = self.condition(&branch.cond);
        if let Ok(Condition::Known(known)) = condition {
            return match &branch.else_branch {
                _ if known => {
                    self.effects(&branch.then_branch);
                    Ok(())
                }
                Some((_, otherwise)) => self.effect(otherwise),
                None => Ok(()),
            };
        }
        self.fork(
            &condition,
            branch,
            |this| this.effects(&branch.then_branch),
            |this| {
                if let Some((_, otherwise)) = &branch.else_branch {
                    // Where it is wrong, this has been reported.
                    let _: Checked<()> = this.effect(otherwise);
                }
            },
        );
        condition.map(|_| ())
    }

    /// Reads both branches from the same start, and merges what they leave behind.
    pub(super) fn fork<A, B>(
        &mut self,
        condition: &Checked<Condition>,
        at: &ExprIf,
        then: impl FnOnce(&mut Self) -> A,
        otherwise: impl FnOnce(&mut Self) -> B,
    ) -> (A, B) {
        let start = self.scope.assignments();
        let first = then(self);
        let after_first = self.scope.rewind(start);
        let second = otherwise(self);
        let mut after_second = self.scope.rewind(start);
        let mut changed = Vec::new();
        for (variable, value) in after_first {
            let other = after_second.remove(&variable).or_else(|| self.scope.current(&variable));
            changed.extend(other.map(|other| (variable, value, other)));
        }
        for (variable, value) in after_second {
            let other = self.scope.current(&variable);
            changed.extend(other.map(|other| (variable, other, value)));
        }
        if !changed.is_empty() {
            // Many variables, many uses.
            let condition = condition.clone().map(|condition| condition.named(self.graph));
            for (variable, then, otherwise) in changed {
                let value = condition.clone().and_then(|condition| self.merge(&condition, &then?, &otherwise?, at));
                self.scope.set(variable, value);
            }
        }
        (first, second)
    }

    /// The value of a variable after an `if`.
    fn merge(&mut self, condition: &Condition, then: &Value, otherwise: &Value, at: &ExprIf) -> Checked<Value> {
        let mixed = matches!((then, otherwise), (Value::Accumulator(_), Value::Accumulator(_)));
        let text = if mixed { message::SUM_AND_PRODUCT } else { message::MERGE };
        self.choose(condition, then, otherwise).ok_or_else(|| self.errors.at(&at.cond, text))
    }

    /// `if condition { then } else { otherwise }` for any kind of value; `None` if the two do not fit.
    pub(super) fn choose(&mut self, condition: &Condition, then: &Value, otherwise: &Value) -> Option<Value> {
        Some(match (then, otherwise) {
            (Value::Whole(a), Value::Whole(b)) => {
                let known = a.known.filter(|_| a.known == b.known);
                Value::Whole(Whole { id: condition.select(self.graph, a.id, b.id), known })
            }
            (
                Value::Number(a) | Value::Whole(Whole { id: a, .. }),
                Value::Number(b) | Value::Whole(Whole { id: b, .. }),
            ) => Value::Number(condition.select(self.graph, *a, *b)),
            (Value::Condition(a), Value::Condition(b)) => {
                let (one, zero) = (self.graph.integer(1), self.graph.integer(0));
                let (a, b) = (a.select(self.graph, one, zero), b.select(self.graph, one, zero));
                Value::Condition(Condition::indicated(condition.select(self.graph, a, b), self.graph))
            }
            (Value::Accumulator(a), Value::Accumulator(b)) => {
                let gather = match (a.gathered, b.gathered) {
                    (Some((a, _)), Some((b, _))) if a != b => return None,
                    (Some((gather, _)), _) | (None, Some((gather, _))) => gather,
                    (None, None) => return Some(then.clone()),
                };
                let neutral = self.neutral(gather);
                let [a, b] = [a, b].map(|branch| branch.gathered.map_or(neutral, |(_, id)| id));
                let id = condition.select(self.graph, a, b);
                Value::Accumulator(Accumulator { gathered: Some((gather, id)) })
            }
            (Value::Tuple(a), Value::Tuple(b)) if a.is_small() && a.elements().len() == b.elements().len() => {
                let pairs = a.elements().iter().zip(b.elements());
                let elements = pairs.map(|(a, b)| self.choose(condition, a, b)).collect::<Option<_>>()?;
                Value::Tuple(Tuple::new(elements)?)
            }
            (Value::Unset, Value::Unset) => Value::Unset,
            (Value::Point(a), Value::Point(b)) if a == b => then.clone(),
            (Value::Weights(a), Value::Weights(b)) if a == b => then.clone(),
            _ => return None,
        })
    }
}

/// Whether an expression is there for what it does, and has no value.
pub(super) fn is_effect(expression: &Expr) -> bool {
    match expression {
        Expr::Assign(_) | Expr::ForLoop(_) => true,
        Expr::Binary(binary) => is_compound(&binary.op),
        Expr::Block(block) => block.label.is_none() && changes(&block.block),
        Expr::If(branch) => {
            changes(&branch.then_branch) || branch.else_branch.as_ref().is_some_and(|(_, next)| is_effect(next))
        }
        _ => false,
    }
}

/// Whether a block changes variables, and has no value.
fn changes(block: &Block) -> bool {
    let effect = |statement: &Stmt| matches!(statement, Stmt::Expr(expression, _) if is_effect(expression));
    let has_value = match block.stmts.last() {
        Some(Stmt::Expr(last, semicolon)) => {
            !is_effect(last) && (semicolon.is_none() || matches!(last, Expr::Return(_)))
        }
        _ => false,
    };
    !has_value && block.stmts.iter().any(effect)
}

/// The links of `name + a - b` or `name * a / b`, the last first.
fn links_from<'e>(name: &Ident, mut value: &'e Expr) -> Option<Vec<&'e ExprBinary>> {
    let mut links = Vec::new();
    while let Expr::Binary(link) = value {
        arithmetic(&link.op)?;
        links.push(link);
        value = &link.left;
    }
    let is_sum = |link: &&ExprBinary| matches!(link.op, BinOp::Add(_) | BinOp::Sub(_));
    let one_kind = links.iter().all(is_sum) || !links.iter().any(is_sum);
    let starts = matches!(value, Expr::Path(path) if path.path.is_ident(name));
    (starts && one_kind && !links.is_empty()).then_some(links)
}

/// The names that a block assigns to.
pub(super) fn assigned(block: &Block) -> Vec<&Ident> {
    struct Targets<'a>(Vec<&'a Ident>);
    impl<'a> Targets<'a> {
        fn target(&mut self, left: &'a Expr) {
            match left {
                Expr::Paren(inner) => self.target(&inner.expr),
                Expr::Path(path) => self.0.extend(path.path.get_ident()),
                _ => {}
            }
        }
    }
    impl<'a> Visit<'a> for Targets<'a> {
        fn visit_expr_assign(&mut self, assignment: &'a ExprAssign) {
            self.target(&assignment.left);
            visit::visit_expr_assign(self, assignment);
        }
        fn visit_expr_binary(&mut self, binary: &'a ExprBinary) {
            if is_compound(&binary.op) {
                self.target(&binary.left);
            }
            visit::visit_expr_binary(self, binary);
        }
    }
    let mut targets = Targets(Vec::new());
    targets.visit_block(block);
    targets.0.sort_unstable();
    targets.0.dedup();
    targets.0
}
