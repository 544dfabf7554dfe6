//! Simplification and derivative rules as tables, and what is concluded about smoothness.

use kernel_core::Definition;
use kernel_core::parse::parse;
use kernel_core::plan::{Plan, plan};
use kernel_core::symbolic::{Function, Graph, Id, Notation, Side, Symbol};

fn read(signature: &str, body: &str) -> Definition {
    let source = format!("fn k({signature}) -> f64 {{ {body} }}");
    let tokens = source.parse().expect("tokens");
    parse(kernel_options(body), tokens).unwrap_or_else(|failure| panic!("{source}: {}", failure.errors))
}

/// `c` is a positive parameter in every table.
fn kernel_options(_: &str) -> proc_macro2::TokenStream {
    "assume(c > 0)".parse().expect("tokens")
}

fn scalar(body: &str) -> Definition {
    read("x: f64, y: f64, a: f64, b: f64, c: f64", body)
}

fn name(symbol: Symbol) -> String {
    match symbol {
        Symbol::Point(Side::X) => "x".into(),
        Symbol::Point(Side::Y) => "y".into(),
        Symbol::Parameter(p) => ["a", "b", "c"][p].into(),
        Symbol::Constant(_) => "π".into(),
        Symbol::Sum(r) => format!("s{r}"),
        other => format!("{other:?}"),
    }
}

fn shown(graph: &Graph, id: Id) -> String {
    graph.formula(id, Notation::Unicode, &name)
}

#[test]
fn simplification() {
    let table = [
        ("x + x", "2·x"),
        ("x - x", "0"),
        ("x * x", "x²"),
        ("x * x / x", "x"),
        ("x / x", "1"),
        ("2.0 * (x - y) + 2.0 * y", "2·x"),
        ("(x - y) * (y - x)", "-(x - y)²"),
        ("(2.0 * x - 2.0 * y).powi(2)", "4·(x - y)²"),
        ("x.sqrt() * x.sqrt()", "x"),
        ("5.0_f64.sqrt() * 5.0_f64.sqrt()", "5"),
        ("8.0_f64.sqrt()", "2·√2"),
        ("(2.0 / 3.0 - 1.0 + 1.0 / 3.0) * x", "0"),
        ("0.1 + 0.2", "(3/10)"),
        ("(x * x).sqrt()", "|x|"),
        ("(c * c).sqrt()", "c"),
        ("(x / (c * c)).sqrt()", "√x/c"),
        ("(x - y).abs() * (x - y).abs()", "(x - y)²"),
        ("(y - x).abs() - (x - y).abs()", "0"),
        ("(x - y).abs() * (y - x).abs().powi(2)", "(x - y)²·|x - y|"),
        ("(-x).sin()", "-sin(x)"),
        ("(y - x).cos() - (x - y).cos()", "0"),
        ("(x - y).abs().cos()", "cos(x - y)"),
        ("x.max(0.0) * x.max(0.0)", "max(x, 0)²"),
        ("0.0_f64.exp() * x", "x"),
        ("x.powf(2.0)", "x²"),
        ("x.powf(a + 1.0) / x.powf(a)", "x"),
        ("x.powf(0.5) - x.sqrt()", "0"),
        ("std::f64::consts::PI * x / std::f64::consts::PI", "x"),
        ("(x + y) * a - (x + y) * a", "0"),
        ("if a < b { x } else { x }", "x"),
    ];
    for (source, expected) in table {
        let definition = scalar(source);
        let got = shown(&definition.graph, definition.value);
        assert_eq!(got, expected, "{source}");
    }
}

#[test]
fn derivatives() {
    let table = [
        ("a", "0"),
        ("x", "1"),
        ("x * y", "y"),
        ("x.powi(3)", "3·x²"),
        ("x.sqrt()", "(1/2)·1/√x"),
        ("1.0 / x", "-1/x²"),
        ("(a * x).exp()", "a·exp(x·a)"),
        ("(a * x).exp_m1()", "a·exp(x·a)"),
        ("x.ln()", "1/x"),
        ("x.ln_1p()", "1/(1 + x)"),
        ("(a * x).sin()", "a·cos(x·a)"),
        ("(a * x).cos()", "-a·sin(x·a)"),
        ("x.tan()", "1 + tan(x)²"),
        ("x.asin()", "1/(√(1 - x)·√(1 + x))"),
        ("x.acos()", "-1/(√(1 - x)·√(1 + x))"),
        ("x.atan()", "1/(1 + x²)"),
        ("x.sinh()", "cosh(x)"),
        ("x.cosh()", "sinh(x)"),
        ("x.tanh()", "1/cosh(x)²"),
        ("erf(x)", "2·exp(-x²)/√π"),
        ("x.cbrt()", "(1/3)·1/∛(x)²"),
        ("x.abs()", "|x|/x"),
        ("x.max(0.0).powi(3)", "3·max(x, 0)²"),
        ("x.powf(a)", "a·x^(a)/x"),
        ("(x - y).abs().powi(3)", "3·(x - y)·|x - y|"),
        ("x / (1.0 + x)", "1/(1 + x)²"),
        ("x.exp() / (a + 2.0 * x.exp())", "a·exp(x)/(a + 2·exp(x))²"),
        ("(x / (1.0 + x)).powi(3)", "3·x²/(1 + x)⁴"),
    ];
    for (source, expected) in table {
        let definition = scalar(source);
        let mut graph = definition.graph.clone();
        let derivative = graph.derivative(definition.value, Symbol::Point(Side::X));
        assert_eq!(shown(&graph, derivative), expected, "{source}");
        let at = |x: f64| {
            definition.graph.evaluate(definition.value, &|symbol| match symbol {
                Symbol::Point(Side::X) => x,
                Symbol::Point(Side::Y) => 0.3,
                _ => 0.7,
            })
        };
        let (x, h) = (0.45, 1e-5);
        let difference = (8.0 * (at(x + h) - at(x - h)) - (at(x + 2.0 * h) - at(x - 2.0 * h))) / (12.0 * h);
        let value = graph.evaluate(derivative, &|symbol| match symbol {
            Symbol::Point(Side::X) => x,
            Symbol::Point(Side::Y) => 0.3,
            _ => 0.7,
        });
        assert!((difference - value).abs() < 1e-9 * (1.0 + value.abs()), "{source}: {value} against {difference}");
    }
}

#[test]
fn every_function_differentiates_like_its_difference_quotient() {
    use Function as F;
    let functions = [
        F::Exp,
        F::ExpM1,
        F::Ln,
        F::Ln1p,
        F::Sin,
        F::Cos,
        F::Tan,
        F::Asin,
        F::Acos,
        F::Atan,
        F::Sinh,
        F::Cosh,
        F::Tanh,
        F::Erf,
        F::Cbrt,
        F::Abs,
        F::Positive,
    ];
    for function in functions {
        let mut graph = Graph::new();
        let variable = graph.symbol(Symbol::Argument(0));
        let value = graph.call(function, &[variable]);
        let derivative = graph.derivative(value, Symbol::Argument(0));
        for x in [0.11, 0.52, 0.93] {
            let h = 1e-5;
            let at = |x: f64| function.evaluate(&[x]);
            let difference = (8.0 * (at(x + h) - at(x - h)) - (at(x + 2.0 * h) - at(x - 2.0 * h))) / (12.0 * h);
            let exact = graph.evaluate(derivative, &|_| x);
            assert!(
                (difference - exact).abs() < 2e-9 * (1.0 + exact.abs()),
                "{function:?} at {x}: {exact} against {difference}"
            );
        }
    }
}

const SLICES: &str = "x: &[f64], y: &[f64], a: f64, b: f64, c: f64";

fn planned(signature: &str, body: &str) -> Plan {
    plan(&read(signature, body))
}

#[test]
fn poles_of_radial_kernels_cancel() {
    let matern52 = "let q = 5.0_f64.sqrt() * dist(x, y) / c; (1.0 + q + q * q / 3.0) * (-q).exp()";
    let blocks = planned(SLICES, matern52);
    let [(coefficient, _)] = blocks.grad_x.terms[..] else { panic!("one direction") };
    assert_eq!(shown(&blocks.graph, coefficient), "-(5/3)·(1 + √5·√s0/c)·exp(-√5·√s0/c)/c²");
    let [(rank, _, _)] = blocks.hess_xy.rank[..] else { panic!("rank one") };
    assert_eq!(shown(&blocks.graph, rank), "-(25/3)·exp(-√5·√s0/c)/c⁴");
    let [(diagonal, _)] = blocks.hess_xy.diagonal[..] else { panic!("one diagonal term") };
    assert_eq!(shown(&blocks.graph, diagonal), "(5/3)·(1 + √5·√s0/c)·exp(-√5·√s0/c)/c²");
}

#[test]
fn compact_support_cancels_inside_it() {
    let wendland = "let u = dist(x, y) / c; (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)";
    let blocks = planned(SLICES, wendland);
    let [(coefficient, _)] = blocks.grad_x.terms[..] else { panic!("one direction") };
    assert_eq!(shown(&blocks.graph, coefficient), "-20·max(1 - √s0/c, 0)³/c²");
}

const PAIRS: &str = "x: &[f64; 2], y: &[f64; 2], c: f64";

#[test]
fn kinks() {
    let numbers = "x: f64, y: f64, a: f64, b: f64, c: f64";
    // (signature, kernel, lowest kink, times differentiable in mean square)
    let table = [
        (SLICES, "(-c * sq_dist(x, y)).exp()", None, 2),
        (SLICES, "(-dist(x, y) / c).exp()", Some(1), 0),
        (SLICES, "let q = dist(x, y) / c; (1.0 + q) * (-q).exp()", Some(3), 1),
        (SLICES, "let q = dist(x, y) / c; (1.0 + q + q * q / 3.0) * (-q).exp()", Some(5), 2),
        (SLICES, "(1.0 - dist(x, y)).max(0.0)", Some(1), 0),
        (SLICES, "(-l1_dist(x, y)).exp()", Some(1), 0),
        (SLICES, "(dist(x, y) / c).cos()", None, 2),
        (SLICES, "dot(x, y).powi(2)", None, 2),
        (SLICES, "(1.0 + sq_dist(x, y) / (2.0 * c)).powf(-c)", None, 2),
        (SLICES, "1.0 / (sq_dist(x, y) + c * c).sqrt()", None, 2),
        (
            SLICES,
            "(2.0 * (1.0 + c * dot(x, y)) / ((3.0 + 2.0 * c * sq_norm(x)) * (3.0 + 2.0 * c * sq_norm(y))).sqrt()).asin()",
            None,
            2,
        ),
        (numbers, "(-(x - y).abs()).exp()", Some(1), 0),
        (numbers, "let q = (x - y).abs() / c; (1.0 + q) * (-q).exp()", Some(3), 1),
        (numbers, "(x - y).abs().powi(3)", Some(3), 1),
        (numbers, "(x * y).exp()", None, 2),
        (SLICES, "dist(x, y).atan2(c)", Some(1), 0),
        (SLICES, "sq_dist(x, y).atan2(c)", None, 2),
        (SLICES, "c.powf(dist(x, y).tanh())", Some(1), 0),
        (SLICES, "(1.0 + sq_norm(x)).powf(sq_dist(x, y))", None, 2),
        // r^(3/2) has a gradient and no Hessian.
        (SLICES, "(-sq_dist(x, y).powf(0.75)).exp()", Some(2), 0),
        (SLICES, "sq_dist(x, y).powf(1.25)", Some(3), 1),
        (numbers, "x.min(y)", Some(1), 0),
        // Coordinates that approach each other together, and one that does beside another.
        (PAIRS, "(-((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2)).sqrt()).exp()", Some(1), 0),
        (PAIRS, "(x[0] - y[0]).powi(4) / ((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2))", Some(2), 0),
        (PAIRS, "(x[0] - y[0]).powi(6) / ((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2))", Some(4), 0),
        (PAIRS, "(x[0] - y[0]).abs() * (x[1] - y[1]).powi(4)", Some(1), 0),
        (PAIRS, "(x[0] - y[0]).abs().powi(3) * (x[1] - y[1]).powi(4)", Some(3), 1),
        (numbers, "(x - y).cbrt().powi(2)", Some(1), 0),
    ];
    for (signature, body, kink, times) in table {
        let smoothness = planned(signature, body).smoothness;
        assert_eq!(smoothness.kink, kink, "{body}: {smoothness:?}");
        let allowed = (1..=2).take_while(|&times| smoothness.allows(times)).count();
        assert_eq!(allowed, times, "{body}: {smoothness:?}");
    }
}

#[test]
fn only_certain_kinks_refute() {
    // (kernel, whether it certainly has no derivative in mean square)
    let table = [
        ("(-dist(x, y) / c).exp()", true),
        ("(-l1_dist(x, y) / c).exp()", true),
        ("(1.0 - dist(x, y) / c).max(0.0).powi(2)", true),
        // r³, made of a factor with a kink.
        ("sq_dist(x, y) * x.iter().zip(y).map(|(a, b)| (1.0 + a * a) * (a - b).powi(2)).sum::<f64>().sqrt()", false),
        // The root of what vanishes to fourth order.
        ("x.iter().zip(y).map(|(a, b)| (a - b).powi(4)).sum::<f64>().sqrt()", false),
        // r on one side of a parameter, r² on the other.
        ("if a < 1.0 { 1.0 - dist(x, y) } else { 1.0 - sq_dist(x, y) }", false),
    ];
    for (body, certain) in table {
        let smoothness = planned(SLICES, body).smoothness;
        assert_eq!(smoothness.is_certain(1), certain, "{body}: {smoothness:?}");
        assert!(!smoothness.allows(1), "{body}: {smoothness:?}");
    }
}

#[test]
fn doubts_are_not_proofs() {
    // Singular somewhere on the diagonal, or not known not to be: never marked.
    for body in [
        "norm(x) * norm(y)",
        "angle(x, y).cos() + angle(x, y)",
        "dot(x, y).ln()",
        "dot(x, y).max(1.0)",
        "1.0 / (a + dot(x, y))",
    ] {
        assert!(!planned(SLICES, body).smoothness.allows(1), "{body}");
    }
}

#[test]
fn invariances() {
    // (kernel, symmetric, stationary, isotropic)
    let table = [
        ("(-c * sq_dist(x, y)).exp()", true, true, true),
        ("(-c * l1_dist(x, y)).exp()", true, true, false),
        ("dot(x, y)", true, false, false),
        ("sq_norm(x) * dot(x, y)", false, false, false),
        ("sq_norm(x) * dot(x, y) * sq_norm(y)", true, false, false),
        ("(x[0] - y[0]).cos()", true, true, false),
        ("x[0] - y[0]", false, true, false),
    ];
    for (body, symmetric, stationary, isotropic) in table {
        let got = planned(SLICES, body).invariance;
        assert_eq!((got.symmetric, got.stationary, got.isotropic), (symmetric, stationary, isotropic), "{body}");
    }
}

/// Each checked with KaTeX itself when it was written.
#[test]
fn formulas_in_tex() {
    let table = [
        (
            "(-(x - y).powi(2) / (2.0 * a)).exp()",
            r"\operatorname{exp}\left(-\tfrac{1}{2} \, \frac{{\left(x - y\right)}^{2}}{a}\right)",
        ),
        ("(1.0 + x * y).sqrt()", r"\sqrt{1 + x \, y}"),
        ("x.sin().abs() / c", r"\frac{\left|\operatorname{sin}\left(x\right)\right|}{c}"),
        ("(2.0 + x).powf(a)", r"{\left(2 + x\right)}^{a}"),
        ("(1.0 + x).powf(1.5)", r"{\left(1 + x\right)}^{3/2}"),
        ("if x < y { a } else { b }", r"\begin{cases} a & x < y \\ b & \text{else} \end{cases}"),
    ];
    for (body, want) in table {
        let Definition { graph, value, .. } = scalar(body);
        assert_eq!(graph.formula(value, Notation::Tex, &name), want, "{body}");
    }
}
