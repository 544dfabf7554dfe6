//! What sums and factors are told to be: those of the stock kernels, and those of expressions that come close to a
//! known form.

use std::fs;
use std::path::Path;

use kernel_core::plan::{Plan, Term, plan};
use kernel_core::symbolic::{Gather, Id, Notation, Side, Symbol};
use kernel_core::{Definition, parse};
use quote::ToTokens;

fn name(definition: &Definition, symbol: Symbol) -> String {
    let parameter = |p: usize| definition.parameters[p].name.to_string();
    match symbol {
        Symbol::Parameter(p) | Symbol::Weight(p) => parameter(p),
        Symbol::PickWeight(p, k) => format!("{}[{k}]", parameter(p)),
        Symbol::Index => "i".into(),
        Symbol::Dimension => "d".into(),
        Symbol::Unit(k) => format!("[i = {k}]"),
        Symbol::Constant(_) => "π".into(),
        other => panic!("{other:?} is not known before the points are"),
    }
}

fn shown(definition: &Definition, plan: &Plan, expression: Id) -> String {
    match plan.term(expression) {
        Term::Plain(base) => format!("{base:?}"),
        Term::Weighted(base, weight) => {
            let weight = plan.graph.formula(weight, Notation::Unicode, &|symbol| name(definition, symbol));
            format!("{weight} {base:?}")
        }
        Term::Custom => "-".into(),
    }
}

/// Sums of the value; factors of ∂/∂x and of the diagonal.
fn described(definition: &Definition) -> [String; 3] {
    let plan = plan(definition);
    let bodies = plan.graph.ingredients(&[plan.value]).into_iter().filter_map(|symbol| match symbol {
        Symbol::Sum(r) => Some(plan.graph.reductions()[r]),
        Symbol::Product(r, _) => Some(plan.graph.reductions()[r]),
        _ => None,
    });
    let sums = bodies.map(|reduction| match reduction.gather {
        Gather::Sum => shown(definition, &plan, reduction.body),
        gather => format!("{gather:?}"),
    });
    let of =
        |factors: &[(Id, Id)]| -> Vec<String> { factors.iter().map(|term| shown(definition, &plan, term.1)).collect() };
    [sums.collect::<Vec<_>>(), of(&plan.grad_x.terms), of(&plan.hess_xy.diagonal)].map(|names| {
        let mut names = names;
        names.sort_unstable();
        names.dedup();
        names.join(", ")
    })
}

fn stock(file: &str, kernel: &str) -> Definition {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../kernel-runtime/src/kernels/{file}.rs"));
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let mut functions = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Fn(function) if function.sig.ident == kernel => Some(function),
        _ => None,
    });
    let mut function = functions.next().unwrap_or_else(|| panic!("no kernel {kernel}"));
    let place = function.attrs.iter().position(|attribute| attribute.path().is_ident("kernel")).unwrap();
    let attribute = function.attrs.remove(place).meta.require_list().unwrap().tokens.clone();
    parse::parse(attribute, function.into_token_stream()).unwrap_or_else(|failure| panic!("{}", failure.errors))
}

#[test]
fn stock_kernels() {
    let table = [
        ("radial", "rbf", ["SquareDifference", "Difference", "One"]),
        ("radial", "rational_quadratic", ["SquareDifference", "Difference", "One"]),
        ("matern", "matern12", ["SquareDifference", "Difference", "One"]),
        ("matern", "matern52", ["SquareDifference", "Difference", "One"]),
        ("wendland", "wendland_c4", ["SquareDifference", "Difference", "One"]),
        ("polynomial", "linear", ["Product", "Y", "One"]),
        ("polynomial", "polynomial3", ["Product", "Y", "One"]),
        ("neural", "nn_arcsine", ["Product, SquareX, SquareY", "X, Y", "One"]),
        ("radial", "ard_rbf", ["1/lengthscale² SquareDifference", "1/lengthscale² Difference", "1/lengthscale² One"]),
        (
            "matern",
            "ard_matern32",
            ["1/lengthscale² SquareDifference", "1/lengthscale² Difference", "1/lengthscale² One"],
        ),
        (
            "spectral",
            "spectral_mixture",
            [
                "bandwidth² SquareDifference, frequency Difference",
                "bandwidth² Difference, frequency One",
                "bandwidth² One",
            ],
        ),
        ("waves", "cosine", ["1/period Difference", "1/period One", ""]),
        ("basic", "constant", ["", "", ""]),
        ("basic", "white_noise", ["Distance", "", ""]),
        // What only the code knows.
        ("waves", "periodic", ["-", "-", "-"]),
        ("waves", "ard_periodic", ["-", "-", "-"]),
        ("varying", "gibbs", ["-", "-", "-"]),
        (
            "spectral",
            "spectral_product",
            ["Product, bandwidth² SquareDifference", "-, bandwidth² Difference", "-, bandwidth² One"],
        ),
        // The direction from x to y, perpendicular to x.
        ("neural", "arc_cosine1", ["Product, SquareX, SquareY", "-, X", "One"]),
    ];
    for (file, kernel, expected) in table {
        assert_eq!(described(&stock(file, kernel)), expected.map(String::from), "{kernel}");
    }
}

/// Sums of the value of kernels of `x`, `y`, `c` and, per coordinate, `w`.
#[test]
fn sums() {
    let each = |body: &str| format!("x.iter().zip(y).zip(w).map(|((a, b), l)| {body}).sum::<f64>()");
    let table = [
        (each("(b - a) / l"), "1/w Difference"),
        (each("(l * (b - a)).powi(2)"), "w² SquareDifference"),
        (each("c * l.exp() * a * b"), "exp(w) Product"),
        (each("l * a.powi(2)"), "w SquareX"),
        (each("l * b"), "w Y"),
        (each("*l"), "w One"),
        (each("(a - b).abs()"), "Distance"),
        (each("(b - a).powi(2).sqrt()"), "Distance"),
        (each("a * l + a"), "-"),
        (each("(a - b).powi(3)"), "-"),
        (each("(a - b).abs() * (a - b)"), "-"),
        (each("(a + b).powi(2)"), "-"),
        (each("(2.0 * a - b).powi(2)"), "-"),
        (each("(a - b + c).powi(2)"), "-"),
        (each("a.powi(2) * b"), "-"),
        (each("a.exp() * b"), "-"),
        ("sq_dist(&x[1..], &y[1..])".into(), "{1 if 1 ≤ i, else 0} SquareDifference"),
        ("dot(&x[1..2], &y[1..2])".into(), "{{1 if i < 2, else 0} if 1 ≤ i, else 0} Product"),
        (each("if *l > c { a * b } else { 0.0 }"), "{1 if c < w, else 0} Product"),
        (each("if *l > c { a * b } else { *a }"), "-"),
        (each("if a > b { a * b } else { 0.0 }"), "-"),
        // The weight would be known only with the points.
        (each("dot(x, y) * a * b"), "Product"),
        (each("(l * dot(x, y)).sin() * a * b"), "-, Product"),
        ("let mut s = 0.0; for i in 0..x.len() { s += i as f64 * x[i] * y[i]; } s".into(), "i Product"),
    ];
    for (body, expected) in table {
        let source = format!("fn k(x: &[f64], y: &[f64], w: &[f64], c: f64) -> f64 {{ {body} }}");
        let options = "asymmetric, indefinite".parse().unwrap();
        let definition = parse::parse(options, source.parse().unwrap())
            .unwrap_or_else(|failure| panic!("{source}: {}", failure.errors));
        assert_eq!(described(&definition)[0], expected, "{body}");
    }
}

/// Both kinds of point that are not summed over, and their sides.
#[test]
fn sides() {
    let definition = parse::parse(
        "asymmetric, indefinite".parse().unwrap(),
        "fn k(x: &[f64; 2], y: &[f64; 2]) -> f64 { x[1] * sq_norm(y) }".parse().unwrap(),
    );
    let definition = definition.unwrap_or_else(|failure| panic!("{}", failure.errors));
    let plan = plan(&definition);
    let of = |terms: &[(Id, Id)]| shown(&definition, &plan, terms[0].1);
    assert_eq!(of(&plan.grad_x.terms), "[i = 1] One");
    assert_eq!(of(&plan.grad_y.terms), "Y");
    assert!(plan.graph.ingredients(&[plan.value]).contains(&Symbol::Pick(Side::X, 1)));
}
