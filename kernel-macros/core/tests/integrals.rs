//! Which kernels are seen to have integrals in closed form: those written in many ways, and those that come close.

use kernel_core::plan::{ClosedForm, plan};
use kernel_core::symbolic::{Id, Notation, Symbol};
use kernel_core::{Definition, parse};

fn definition(signature: &str, body: &str) -> Definition {
    let source = format!("pub fn k({signature}) -> f64 {{ {body} }}");
    parse::parse("indefinite, assume(c > 0)".parse().unwrap(), source.parse().unwrap())
        .unwrap_or_else(|failure| panic!("{source}: {failure:?}"))
}

/// The parts, as `a exp(-rate)` and `a (slope s + offset)^power of weight`.
fn shown(signature: &str, body: &str) -> Option<String> {
    let definition = definition(signature, body);
    let plan = plan(&definition);
    let name = |symbol: Symbol| match symbol {
        Symbol::Parameter(p) | Symbol::Weight(p) => definition.parameters[p].name.to_string(),
        Symbol::Unit(k) => format!("[i = {k}]"),
        other => format!("{other:?}"),
    };
    let text = |id: Id| plan.graph.formula(id, Notation::Unicode, &name);
    let form = |form: &ClosedForm| match form {
        ClosedForm::Gaussian { amplitude, rate } => format!("{} exp(-{})", text(*amplitude), text(*rate)),
        ClosedForm::Polynomial { weight, products } => {
            let products = products.iter().map(|product| {
                let factors = product.factors.iter();
                let factors = factors.map(|&(slope, offset, n)| format!("({} s + {})^{n}", text(slope), text(offset)));
                format!("{} {}", text(product.amplitude), factors.collect::<Vec<_>>().join(" "))
            });
            format!("{} of {}", products.collect::<Vec<_>>().join(" + "), text(*weight))
        }
    };
    plan.closed_forms.as_ref().map(|forms| forms.iter().map(form).collect::<Vec<_>>().join("; "))
}

const POINTS: &str = "x: &[f64], y: &[f64], c: f64";

#[test]
fn gaussians() {
    for body in [
        "(-c * sq_dist(x, y)).exp()",
        "(-c * dist(x, y).powi(2)).exp()",
        "1.0 / (c * sq_dist(x, y)).exp()",
        "let h = (-0.5 * c * sq_dist(x, y)).exp(); h * h",
        "x.iter().zip(y).map(|(a, b)| (-c * (a - b).powi(2)).exp()).product::<f64>()",
    ] {
        assert_eq!(shown(POINTS, body).as_deref(), Some("1 exp(-c)"), "{body}");
    }
    let on_a_line = shown("x: f64, y: f64, c: f64", "2.0 * (-c * (y - x) * (y - x)).exp()");
    assert_eq!(on_a_line.as_deref(), Some("2 exp(-c)"));
    assert_eq!(shown(POINTS, "c").as_deref(), Some("c exp(-0)"));
    let single = shown(POINTS, "(-c * (x[1] - y[1]).powi(2)).exp()");
    assert_eq!(single.as_deref(), Some("1 exp(-c·[i = 1])"));
}

#[test]
fn polynomials() {
    assert_eq!(shown(POINTS, "(dot(x, y) + c).powi(3)").as_deref(), Some("1 (1 s + c)^3 of 1"));
    assert_eq!(shown(POINTS, "(dot(x, y) + c).powi(170)").as_deref(), Some("1 (1 s + c)^170 of 1"));
    assert_eq!(shown(POINTS, "c * dot(x, y)").as_deref(), Some("c (1 s + 0)^1 of 1"));
    assert_eq!(shown("x: f64, y: f64, c: f64", "(x * y).powi(2) * c").as_deref(), Some("c (1 s + 0)^2 of 1"));
    let mixed = shown(POINTS, "(-c * sq_dist(x, y)).exp() + dot(x, y).powi(2) + 1.0").unwrap();
    assert_eq!(mixed.matches(';').count(), 2, "{mixed}");
}

#[test]
fn what_comes_close_is_not_taken() {
    for body in [
        "(-c * dist(x, y)).exp()",
        "(-c * l1_dist(x, y)).exp()",
        "(-c * sq_dist(x, y)).exp() * dot(x, y)",
        "(-c * sq_dist(x, y).powi(2)).exp()",
        "(-c * (sq_norm(x) + sq_norm(y))).exp()",
        "(c + sq_dist(x, y)).recip()",
        "(dot(x, y) + c).powi(-1)",
        "(dot(x, y) + c).sqrt()",
        "(dot(x, y) + c).powi(171)",
        "dot(x, y).powi(170) * (dot(x, y) + c)",
        "1.0 + (dot(x, y) + c).powi(100000)",
        "dot(x, y) * sq_norm(x) * sq_norm(y)",
        "x[0] * y[1] + x[1] * y[0]",
        "x[0].powi(2) * y[0].powi(2) + x[1] + y[1]",
        "if sq_dist(x, y) < c { 1.0 } else { 0.0 }",
        "(c * dot(x, y)).exp()",
        "sq_dist(x, y)",
    ] {
        assert_eq!(shown(POINTS, body), None, "{body}");
    }
    assert_eq!(shown("x: f64, y: f64, c: f64", "c * x * y * y + c * x * x * y"), None);
}
