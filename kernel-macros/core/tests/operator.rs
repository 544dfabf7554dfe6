//! `operator!`: normal order against results by hand, and its messages, each at the tokens it is about.

#[path = "operator/random.rs"]
mod random;

use std::fmt::Write as _;

use kernel_core::operator::{Definition, Failure, expand, read};
use kernel_core::symbolic::{Id, Notation, Side, Symbol};

fn accept(source: &str) -> Definition {
    read(source.parse().unwrap()).unwrap_or_else(|failure| panic!("{source}: {:?}", messages(&failure)))
}

/// Every message with the source text it points at.
fn messages(failure: &Failure) -> Vec<(String, String)> {
    let errors = failure.errors.clone().into_iter();
    errors.map(|error| (error.span().source_text().unwrap_or_default(), error.to_string())).collect()
}

/// `12: a` for a ∂_1∂_2, components separated by `|`.
fn shown(operator: &Definition) -> String {
    let name = |symbol: Symbol| match symbol {
        Symbol::Pick(Side::X, i) => format!("x{i}"),
        Symbol::Parameter(p) => operator.head.parameters[p].to_string(),
        Symbol::External(n) => operator.constants[n].get_ident().unwrap().to_string(),
        Symbol::Constant(constant) => format!("{constant:?}"),
        other => format!("{other:?}"),
    };
    let components: Vec<String> = (0..operator.components)
        .map(|component| {
            let terms = operator.terms.iter().filter(|term| term.component == component).map(|term| {
                let by: String = term.by.iter().map(ToString::to_string).collect();
                format!("{by}: {}", operator.graph.formula(term.coefficient, Notation::Unicode, &name))
            });
            terms.collect::<Vec<_>>().join(", ")
        })
        .collect();
    components.join(" | ")
}

#[test]
fn normal_order() {
    let table = [
        ("A = d[0]", "0: 1"),
        ("A = d[1] * d[0] * d[1]", "011: 1"),
        ("A = d[0] * x[0]", ": 1, 0: x0"),
        ("A = x[0] * d[0]", "0: x0"),
        ("A = d[0] * x[1]", "0: x1"),
        // The commutators of quantum mechanics, and of angular momentum: [L_x, L_y] = L_z up to sign.
        ("A = d[0] * x[0] - x[0] * d[0]", ": 1"),
        ("A = d[0] * x[0].powi(2) - x[0].powi(2) * d[0]", ": 2·x0"),
        (
            "A = (x[1] * d[2] - x[2] * d[1]) * (x[2] * d[0] - x[0] * d[2]) - (x[2] * d[0] - x[0] * d[2]) * (x[1] * d[2] - x[2] * d[1])",
            "0: x1, 1: -x0",
        ),
        ("A = (x[1] * d[0]).powi(2)", "00: x1²"),
        ("A = (x[0] * d[0]).powi(2)", "0: x0, 00: x0²"),
        ("A = (x[0] * d[0]).powi(3)", "0: x0, 00: 3·x0², 000: x0³"),
        ("A = (d[0] * x[0] - x[0] * d[0] + 1).powi(9)", ": 512"),
        ("A = d[0] * x[0].sin() * d[0]", "0: cos(x0), 00: sin(x0)"),
        ("A = d[0] * d[0] * x[0].exp()", ": exp(x0), 0: 2·exp(x0), 00: exp(x0)"),
        ("A = (d[0] + d[1]).powi(2)", "00: 1, 01: 2, 11: 1"),
        ("A = (d[0] + d[1]).powi(0)", ": 1"),
        ("A = (d[0] + d[1]) * (d[0] - d[1])", "00: 1, 11: -1"),
        ("A = (d[0] - x[0]) * (d[0] + x[0])", ": 1 - x0², 00: 1"),
        ("A = (d[0].powi(2) + d[1].powi(2)).powi(2)", "0000: 1, 0011: 2, 1111: 1"),
        ("A = -(d[0] - d[1])", "0: -1, 1: 1"),
        ("A = d[3] - -2 * d[1]", "1: 2, 3: 1"),
        // Fractions are numbers.
        ("A = 1 / 2 * d[0]", "0: (1/2)"),
        ("A = (1 / 2).exp() * d[0]", "0: exp((1/2))"),
        ("A = d[0] / 3", "0: (1/3)"),
        ("A = d[0] / x[1]", "0: 1/x1"),
        ("A(c) = d[0] * x[0] / c", ": 1/c, 0: x0/c"),
        ("A(c) = (c * x[0]).exp() * d[1] + c.powi(2) * PI + SCALE * d[0]", ": c²·Pi, 0: SCALE, 1: exp(c·x0)"),
        ("A(c) = (1, c * d[0], x[0] - x[1] + c)", ": 1 | 0: c | : c + x0 - x1"),
        ("A = (d[0],)", "0: 1"),
        ("A = ((1, d[0]))", ": 1 | 0: 1"),
        ("A = (x[0] + 1).powi(2) * d[0] - x[0].powi(2) * d[0] - 2 * x[0] * d[0] - d[0] + d[1]", "1: 1"),
        ("A = (if x[0] < 1 { 1 } else { x[1] }) * d[0]", "0: {1 if x0 < 1, else x1}"),
        ("A = erf(x[0]) * d[0] - f64::max(x[0], 0.0) * d[1],", "0: erf(x0), 1: -max(x0, 0)"),
        ("A = r#d[0] * r#x[0]", ": 1, 0: x0"),
    ];
    let mut wrong = String::new();
    for (source, want) in table {
        let got = shown(&accept(source));
        if got != want {
            writeln!(wrong, "{source}\n  gives {got}\n  not   {want}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_is_known_of_an_operator() {
    let operator = accept(
        "/// Docs.\n #[must_use] pub(crate) Heat(alpha, beta) = (alpha * x[4] * d[1], beta.powi(2) * d[0] + x[0])",
    );
    assert_eq!(operator.head.attributes.len(), 2);
    assert_eq!(operator.coordinates(), 5);
    let varies: Vec<bool> = operator.terms.iter().map(|term| operator.varies(term)).collect();
    assert_eq!(varies, [true, true, false]);
    let at = |id: Id| {
        operator.graph.evaluate(id, &|symbol| match symbol {
            Symbol::Pick(_, i) => 10.0 + i as f64,
            Symbol::Parameter(p) => [2.0, 3.0][p],
            _ => f64::NAN,
        })
    };
    let by: Vec<Vec<f64>> =
        operator.terms.iter().map(|term| term.coefficient_by.iter().map(|&id| at(id)).collect()).collect();
    assert_eq!(by, [[14.0, 0.0], [0.0, 0.0], [0.0, 6.0]]);
    assert_eq!(accept("Twice = 2").coordinates(), 0);
}

#[test]
fn messages_are_at_what_they_are_about() {
    let table: &[(&str, &[(&str, &str)])] = &[
        // The head.
        ("", &[("", "an operator is a name")]),
        ("pub = d[0]", &[("=", "an operator is a name")]),
        ("Heat(alpha)", &[("Heat", "an operator is a name")]),
        ("Heat(alpha) == d[0]", &[("=", "an operator is a name")]),
        ("Heat(alpha) d[0]", &[("d", "an operator is a name")]),
        ("Heat =", &[("=", "this operator does nothing yet")]),
        ("Heat<T>(alpha) = alpha * d[0]", &[("<T>", "operators are not generic")]),
        ("Heat() = d[0]", &[("()", "an operator without parameters has no parentheses")]),
        ("Heat(alpha: f64) = alpha * d[0]", &[("alpha: f64", "a parameter of an operator is a plain name")]),
        ("Heat(d) = d[0]", &[("d", "a parameter cannot be called `d`, which stands for partial derivatives, `d[0]`")]),
        ("Heat(x) = x[0] * d[0]", &[("x", "a parameter cannot be called `x`")]),
        ("Heat(new) = d[0]", &[("new", "a parameter cannot be called `new`")]),
        ("Heat(a, a) = a * d[0]", &[("a", "the parameter `a` is given twice")]),
        ("Heat(a, b) = a * d[0]", &[("b", "`b` has no effect")]),
        ("Heat(a) = a * d[0] - d[0] * a + d[1]", &[("a", "`a` has no effect")]),
        ("#[cfg(test)] A = d[0]", &[("#[cfg(test)]", "a #[cfg] inside `operator!`")]),
        ("#[operator(name = B)] A = d[0]", &[("#[operator(name = B)]", "the one option of an operator")]),
        // Derivatives.
        ("A = d", &[("d", "`d` is all partial derivatives at once")]),
        ("A = x[0] * d + d[0]", &[("d", "`d` is all partial derivatives at once")]),
        ("A = d[i]", &[("i", "the coordinate that a derivative is taken by is a number")]),
        ("A = d[-1]", &[("-1", "the coordinate that a derivative is taken by is a number")]),
        ("A = d[1][2]", &[("d[1][2]", "a second derivative is a product")]),
        ("A = d(0)", &[("d(0)", "`d` is not a function")]),
        ("A = d[0].sin()", &[("d[0].sin()", "`sin` of a derivative is not a linear differential operator")]),
        ("A = exp(d[0])", &[("exp(d[0])", "`exp` of a derivative is not a linear")]),
        ("A = x[0].powf(d[0])", &[("d[0]", "`powf` of a derivative is not a linear")]),
        ("A = 1 / d[0]", &[("d[0]", "nothing is divided by a derivative")]),
        ("A = d[0] / x[0]", &[("d[0] / x[0]", "this division could be read in two ways")]),
        ("A = d[0] / 0", &[("d[0] / 0", "a coefficient is infinite")]),
        ("A = 1 / 0 * d[0]", &[("1 / 0", "a coefficient is infinite")]),
        ("A = d[0].powi(-1)", &[("-1", "the power of an operator is a whole number")]),
        ("A(n) = d[0].powi(n)", &[("n", "the power of an operator is a whole number")]),
        ("A = d[0].powi(5)", &[("d[0].powi(5)", "an operator has order at most 4; this term has order 5")]),
        (
            "A = d[0] * d[0].powi(4)",
            &[("d[0] * d[0].powi(4)", "an operator has order at most 4; this term has order 5")],
        ),
        (
            "A = (d[0] * d[1]).powi(2000000000)",
            &[("(d[0] * d[1]).powi(2000000000)", "an operator has order at most 4")],
        ),
        ("A = if d[0] > 0 { 1 } else { 2 }", &[("d[0] > 0", "a derivative is not a number that could be compared")]),
        (
            "A = if x[0] > 0 { d[0] } else { d[1] }",
            &[("if x[0] > 0 { d[0] } else { d[1] }", "the branches of an `if` are numbers")],
        ),
        (
            "A = d[0] - x[0] * d[0] < 1",
            &[("d[0] - x[0] * d[0] < 1", "a derivative is not a number that could be compared")],
        ),
        ("A = d[0] - d[0]", &[("d[0] - d[0]", "the operator is 0")]),
        ("A = (d[0], 0)", &[("0", "the operator is 0")]),
        // Tuples and statements.
        ("A = ()", &[("()", "an operator makes one number or more")]),
        ("A = (d[0], (d[1], d[2]))", &[("(d[1], d[2])", "a tuple of operators is the outermost thing")]),
        ("A = 2 * (d[0], d[1])", &[("(d[0], d[1])", "a tuple of operators is the outermost thing")]),
        ("A = d[0], d[1]", &[("d[1]", "several numbers for each point are a tuple")]),
        ("A = d[0]; d[1]", &[("; d[1]", "an operator is one expression, without statements")]),
        ("A = let a = d[0]; a", &[("; a", "an operator is one expression, without statements")]),
        ("A = { let a = 2; a * d[0] }", &[("{ let a = 2; a * d[0] }", "an operator is one expression")]),
        ("A = d[0] += 2", &[("d[0] += 2", "an operator is one expression")]),
        ("A = d[0] % 2", &[("d[0] % 2", "this sign is not supported in an operator")]),
        ("A = vec![d[0]]", &[("vec![d[0]]", "a macro is not supported in an operator")]),
        // Coefficients.
        (
            "A(c) = c * rho * d[0] + y * d[1]",
            &[
                ("rho", "`rho` is not known here: write it as a parameter, `A(c, rho) = …`"),
                ("y", "operators know one point"),
            ],
        ),
        ("A = y[0] * d[0]", &[("y[0]", "operators know one point")]),
        ("A(c) = c[0] * d[0]", &[("c[0]", "`c` is a number and has no entries")]),
        ("A = x * d[0]", &[("x", "`x` is a whole point where a number is needed")]),
        ("A = x.len() * d[0]", &[("x", "`x` is a whole point where a number is needed")]),
        ("A = x[i] * d[0]", &[("i", "a coordinate is picked by a number")]),
        ("A = (x[0] + 1)[0] * d[0]", &[("(x[0] + 1)[0]", "only `d` and `x` have entries")]),
        (
            "A = sq_norm(x) * d[0]",
            &[("sq_norm", "calls of `sq_norm` are not supported in an operator"), ("x", "`x` is a whole point")],
        ),
        ("A = x[0].foo() * d[0]", &[("foo", "the method `foo` is not supported on numbers")]),
        ("A(n) = x[0].powi(n) * d[0]", &[("n", "`powi` takes a whole number, written here")]),
        ("A = 1e999 * d[0]", &[("1e999", "a coefficient is infinite")]),
        ("A = x[0].map(|a| a) * d[0]", &[("|a| a", "a closure is not supported in an operator")]),
        // All at once.
        (
            "A(b) = (d[0].sin(), rho * d, y[1])",
            &[
                ("d[0].sin()", "`sin` of a derivative"),
                ("rho", "`rho` is not known"),
                ("d", "`d` is all"),
                ("y[1]", "operators know one point"),
            ],
        ),
    ];
    let mut wrong = String::new();
    for (source, want) in table {
        let got = match read(source.parse().unwrap()) {
            Ok(definition) => vec![(String::new(), shown(&definition))],
            Err(failure) => messages(&failure),
        };
        let fits = |(got, want): (&(String, String), &(&str, &str))| got.0 == want.0 && got.1.starts_with(want.1);
        if got.len() != want.len() || !got.iter().zip(*want).all(fits) {
            writeln!(wrong, "{source}\n  {got:?}\n  {want:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Whatever is wrong, what is emitted is Rust, and has the type if its name is known.
#[test]
fn the_type_is_there_all_the_same() {
    let sources = [
        ("pub Heat(alpha, beta) = d[0].sin()", true),
        ("Heat(alpha)", true),
        ("Heat<T> = d[0]", true),
        ("Heat(x, d, 3, new, a, a) = d[i]", true),
        ("Heat() = d[0] d[1]", true),
        ("Heat = )", false),
        ("= d[0]", false),
        ("Heat { }", true),
        ("Heat = d[0] * * d[1]", true),
        ("Heat(alpha) = alpha * d[99999999999999999999]", true),
        ("Heat = x[99999999999999999999] * d[4294967295]", true),
    ];
    for (source, has_name) in sources {
        let Ok(tokens) = source.parse() else { continue };
        let expanded = expand(&tokens);
        let file: syn::File = syn::parse2(expanded).unwrap_or_else(|error| panic!("{source}: {error}"));
        let has_type = file.items.iter().any(|item| matches!(item, syn::Item::Struct(item) if item.ident == "Heat"));
        assert_eq!(has_type, has_name, "{source}");
    }
}

/// What could take for ever, or the stack, is refused before.
#[test]
fn large_operators_end() {
    let gradient: Vec<String> = (0..300).map(|i| format!("d[{i}]")).collect();
    let square = format!("A = ({}).powi(2)", gradient.join(" + "));
    let power = format!("A = ({}).powi(4)", gradient[..30].join(" + "));
    let nested = format!("A = {}d[0]{}", "(".repeat(3000), ")".repeat(3000));
    let chain = format!("A = {}d[0]", "d[0] + ".repeat(700));
    let minus = format!("A = {}d[0]", "-".repeat(700));
    let products = format!("A = {}", vec!["(x[0].sin() + x[1].exp() * x[2])"; 60].join(" * ") + " * d[0]");
    for (source, is_fine) in
        [(square, false), (power, false), (nested, false), (chain, true), (minus, true), (products, true)]
    {
        assert_eq!(read(source.parse().unwrap()).is_ok(), is_fine, "{source:.60}");
    }
}
