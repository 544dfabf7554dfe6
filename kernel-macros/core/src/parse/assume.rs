//! The bounds of `assume(gamma > 0, 0 < p && p <= 2)`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::{BinOp, Expr, ExprBinary, Lit, UnOp};

use super::constants;
use super::signature::{Role, Signature};
use crate::definition::{Bound, Options, Relation};
use crate::error::{Checked, Errors, message};

/// Reads one entry of `assume(…)`, one or more comparisons joined with `&&`.
pub(super) fn read(entry: TokenStream, signature: &Signature, options: &mut Options, errors: &Errors) {
    let mut comparisons = vec![TokenStream::new()];
    let mut tokens = entry.into_iter().peekable();
    // Cut at `&&` before syn sees it: a chain `0 < p < 2` is then an error of its own comparison only.
    while let Some(token) = tokens.next() {
        let and =
            |token: &proc_macro2::TokenTree| matches!(token, proc_macro2::TokenTree::Punct(p) if p.as_char() == '&');
        if and(&token) && tokens.peek().is_some_and(and) {
            tokens.next();
            comparisons.push(TokenStream::new());
        } else if let Some(comparison) = comparisons.last_mut() {
            comparison.extend([token]);
        }
    }
    for comparison in comparisons {
        // A comparison that is wrong has been reported; the others are still read.
        let _: Checked<()> = read_comparison(comparison, signature, options, errors);
    }
}

fn read_comparison(tokens: TokenStream, signature: &Signature, options: &mut Options, errors: &Errors) -> Checked<()> {
    let Ok(expression) = syn::parse2::<Expr>(tokens.clone()) else {
        let chained =
            tokens.clone().into_iter().filter(|token| ["<", ">"].contains(&token.to_string().as_str())).count() > 1;
        return Err(errors.at(tokens, if chained { message::BOUND_CHAIN } else { message::BOUND }));
    };
    let mut expression = &expression;
    while let Expr::Paren(inner) = expression {
        expression = &inner.expr;
    }
    let Expr::Binary(ExprBinary { left, op, right, .. }) = expression else {
        return Err(errors.at(expression, message::BOUND));
    };
    let relation = match op {
        BinOp::Lt(_) => Relation::Less,
        BinOp::Le(_) => Relation::LessOrEqual,
        BinOp::Gt(_) => Relation::Greater,
        BinOp::Ge(_) => Relation::GreaterOrEqual,
        BinOp::Ne(_) => Relation::NotEqual,
        BinOp::Eq(_) => return Err(errors.at(expression, message::BOUND_EQUAL)),
        BinOp::And(_) => {
            // Only a parenthesised `&&` gets here.
            for side in [left, right] {
                let _: Checked<()> =
                    read_comparison(quote::ToTokens::to_token_stream(side), signature, options, errors);
            }
            return Ok(());
        }
        BinOp::Or(_) => return Err(errors.at(expression, message::BOUND_OR)),
        _ => return Err(errors.at(expression, message::BOUND)),
    };
    let (name, number, relation) = match (name(left), name(right)) {
        (Some(_), Some(_)) => return Err(errors.at(expression, message::BOUND_TWO)),
        (Some(name), None) => (name, right, relation),
        (None, Some(name)) => (name, left, flipped(relation)),
        (None, None) => return Err(errors.at(expression, message::BOUND_NONE)),
    };
    let subject = find(name, signature, errors)?;
    let value =
        evaluate(number).filter(|value| value.is_finite()).ok_or_else(|| errors.at(number, message::BOUND_NUMBER))?;
    let bounds: Vec<(Relation, f64)> = match subject {
        Role::Parameter(parameter) => {
            options.assume.push(Bound { parameter, relation, value });
            let own = options.assume.iter().filter(|bound| bound.parameter == parameter);
            own.map(|bound| (bound.relation, bound.value)).collect()
        }
        // Of one point as of the other.
        Role::Point(_) => {
            options.domain.push((relation, value));
            options.domain.clone()
        }
    };
    if is_empty(&bounds) {
        return Err(errors.at(expression, message::no_value_left(&name.unraw().to_string())));
    }
    Ok(())
}

/// A plain name that is not one of the float constants.
fn name(side: &Expr) -> Option<&Ident> {
    match side {
        Expr::Paren(inner) => name(&inner.expr),
        Expr::Path(path) if constants::value(&path.path).is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// `0 < p` is `p > 0`.
fn flipped(relation: Relation) -> Relation {
    match relation {
        Relation::Less => Relation::Greater,
        Relation::LessOrEqual => Relation::GreaterOrEqual,
        Relation::Greater => Relation::Less,
        Relation::GreaterOrEqual => Relation::LessOrEqual,
        Relation::NotEqual => Relation::NotEqual,
    }
}

fn find(name: &Ident, signature: &Signature, errors: &Errors) -> Checked<Role> {
    let text = name.unraw().to_string();
    if let Some((_, role)) = signature.arguments.iter().find(|(argument, _)| argument.unraw() == text) {
        return *role;
    }
    let known: Vec<String> = signature.parameters.iter().map(|known| format!("`{}`", known.name)).collect();
    Err(errors.at(name, message::unknown_parameter(&text, &known)))
}

/// The value of a constant expression. There are no integers here: `1/2` is one half.
fn evaluate(expression: &Expr) -> Option<f64> {
    match expression {
        Expr::Paren(inner) => evaluate(&inner.expr),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_digits().parse().ok(),
            Lit::Float(number) => number.base10_digits().parse().ok(),
            _ => None,
        },
        Expr::Path(path) => constants::value(&path.path),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => Some(-evaluate(&unary.expr)?),
        Expr::Binary(binary) => {
            let (a, b) = (evaluate(&binary.left)?, evaluate(&binary.right)?);
            match binary.op {
                BinOp::Add(_) => Some(a + b),
                BinOp::Sub(_) => Some(a - b),
                BinOp::Mul(_) => Some(a * b),
                BinOp::Div(_) => Some(a / b),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether bounds leave no value: from such an assumption anything could be proved.
fn is_empty(bounds: &[(Relation, f64)]) -> bool {
    // Intervals with their ends: (bound, whether it belongs to the interval).
    let mut low = (f64::NEG_INFINITY, true);
    let mut high = (f64::INFINITY, true);
    for &(relation, value) in bounds {
        let closed = matches!(relation, Relation::LessOrEqual | Relation::GreaterOrEqual);
        match relation {
            Relation::Greater | Relation::GreaterOrEqual if value > low.0 => low = (value, closed),
            Relation::Greater | Relation::GreaterOrEqual if value == low.0 => low.1 &= closed,
            Relation::Less | Relation::LessOrEqual if value < high.0 => high = (value, closed),
            Relation::Less | Relation::LessOrEqual if value == high.0 => high.1 &= closed,
            _ => {}
        }
    }
    let excluded = |number| bounds.contains(&(Relation::NotEqual, number));
    low.0 > high.0 || low.0 == high.0 && !(low.1 && high.1 && !excluded(low.0))
}
