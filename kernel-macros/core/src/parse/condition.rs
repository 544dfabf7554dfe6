//! `if` and its conditions.

use quote::ToTokens;
use syn::{Block, Expr, ExprIf, Stmt};

use super::body::{Lowering, Place};
use super::value::{Condition, Value};
use crate::error::{Checked, message};

impl Lowering<'_> {
    /// `if … { … } else { … }`
    pub(super) fn branch(&mut self, branch: &ExprIf, place: Place) -> Checked<Value> {
        let condition = self.condition(&branch.cond);
        let Some((_, otherwise)) = &branch.else_branch else {
            // The branch has errors of its own.
            let _: Checked<Value> = self.block(&branch.then_branch, place);
            return Err(self.errors.at(branch, message::IF_WITHOUT_ELSE));
        };
        if let Ok(Condition::Known(known)) = condition {
            return if known { self.block(&branch.then_branch, place) } else { self.evaluate(otherwise, place) };
        }
        let (then, value) = self.fork(
            &condition,
            branch,
            |this| this.block(&branch.then_branch, place),
            |this| this.evaluate(otherwise, place),
        );
        self.select(&condition?, (&then?, &branch.then_branch), (&value?, otherwise))
    }

    /// `if … { return … }` and what follows it.
    pub(super) fn guard(&mut self, branch: &ExprIf, rest: &[Stmt], block: &Block) -> Checked<Value> {
        let condition = self.condition(&branch.cond);
        let start = self.scope.assignments();
        let then = self.block(&branch.then_branch, Place::Tail);
        // The kernel has returned: what comes next has not seen these assignments.
        self.scope.rewind(start);
        let otherwise = self.nested(&branch.cond, |this| match &branch.else_branch {
            Some((_, next)) => match &**next {
                Expr::If(next) => this.guard(next, rest, block),
                // Not a guard, by `is_guard`.
                next => this.evaluate(next, Place::Tail),
            },
            None => this.statements(rest, block, Place::Tail),
        });
        self.select(&condition?, (&then?, &branch.then_branch), (&otherwise?, block))
    }

    /// `if condition { then } else { otherwise }`, each value with where it stands.
    pub(super) fn select(
        &mut self,
        condition: &Condition,
        then: (&Value, &dyn ToTokens),
        otherwise: (&Value, &dyn ToTokens),
    ) -> Checked<Value> {
        if let Some(value) = self.choose(condition, then.0, otherwise.0) {
            return Ok(value);
        }
        // Whichever is no number is to blame, and if both are they differ in kind.
        let (then, otherwise) = (self.number(then.0, then.1), self.number(otherwise.0, otherwise.1));
        then.and(otherwise).map(Value::Number)
    }

    /// An expression where a condition is needed.
    pub(super) fn condition(&mut self, expression: &Expr) -> Checked<Condition> {
        let value = self.evaluate(expression, Place::Inner)?;
        self.boolean(value, expression)
    }

    pub(super) fn boolean(&self, value: Value, at: &Expr) -> Checked<Condition> {
        match value {
            Value::Condition(condition) => Ok(condition),
            _ => Err(self.errors.at(at, message::NUMBER_AS_BOOL)),
        }
    }
}

/// Whether an `if` without a last `else` returns wherever it applies.
pub(super) fn is_guard(branch: &ExprIf) -> bool {
    let returns = matches!(branch.then_branch.stmts.last(), Some(Stmt::Expr(Expr::Return(_), _)));
    returns
        && match &branch.else_branch {
            None => true,
            Some((_, next)) => matches!(&**next, Expr::If(next) if is_guard(next)),
        }
}
