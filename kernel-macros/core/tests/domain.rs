//! What the documentation says of where a kernel is not finite.

use kernel_core::kernel;

const SLICES: &str = "x: &[f64], y: &[f64], l: f64, w: &[f64]";
const NUMBERS: &str = "x: f64, y: f64, l: f64";

/// The notes in the documentation of a kernel's struct.
fn notes(options: &str, signature: &str, body: &str) -> Vec<String> {
    let function = format!("fn k({signature}) -> f64 {{ {body} }}");
    let options = format!("asymmetric, indefinite, {options}");
    let tokens = kernel::expand(options.parse().unwrap(), function.parse().unwrap());
    let file: syn::File = syn::parse2(tokens).unwrap();
    let item = file.items.iter().find_map(|item| match item {
        syn::Item::Struct(item) => Some(item),
        _ => None,
    });
    let docs = item.expect("a struct").attrs.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) if path.is_ident("doc") => Some(text.value()),
        _ => None,
    });
    let text: String = docs.collect();
    text.lines().filter_map(|line| line.strip_prefix("- ").map(ToString::to_string)).collect()
}

#[test]
fn edges_are_noted() {
    let table: [(&str, &str, &str, &[&str]); 10] = [
        ("", SLICES, "(1.0 + dot(x, y)).ln()", &["NaN where 1 + Σᵢ(x_i·y_i) < 0, infinite or NaN where it is 0"]),
        ("", SLICES, "(-sq_dist(x, y) / l).exp()", &["infinite or NaN where l = 0; `assume(l > 0)` rules this out"]),
        (
            "",
            NUMBERS,
            "(l - 2.0).sqrt() * x * y",
            &[
                "NaN where -2 + l < 0, with derivatives that are infinite or NaN where it is 0; `assume(l >= 2)` rules this out",
            ],
        ),
        (
            "",
            SLICES,
            "(dot(x, y) / (norm(x) * norm(y))).acos()",
            &["infinite or NaN where Σᵢ(x_i²) = 0", "infinite or NaN where Σᵢ(y_i²) = 0"],
        ),
        ("", NUMBERS, "(x * y).acos()", &["NaN where |x·y| > 1 (not proved impossible), with derivatives"]),
        ("", NUMBERS, "(x * y).tan()", &["without bound near cos(x·y) = 0"]),
        ("", SLICES, "(1.0 + norm(x)) * (1.0 + norm(y))", &["derivatives infinite or NaN where Σᵢ(x_i²) = 0"]),
        ("", NUMBERS, "1.0 / (x + y)", &["infinite or NaN where x + y = 0"]),
        // A sum of squares of sines is 0 at other points, too.
        (
            "",
            SLICES,
            "1.0 / x.iter().zip(y).map(|(a, b)| (a - b).sin().powi(2)).sum::<f64>()",
            &["infinite or NaN where"],
        ),
        (
            "",
            SLICES,
            "x.iter().zip(y).zip(w).map(|((a, b), w)| a * b / w).sum::<f64>()",
            &["infinite or NaN where w_i = 0; `assume(w > 0)`"],
        ),
    ];
    for (options, signature, body, want) in table {
        let found = notes(options, signature, body);
        for want in want {
            assert!(found.iter().any(|note| note.starts_with(want)), "{body}: {want} in {found:?}");
        }
    }
}

#[test]
fn what_is_finite_has_no_notes() {
    let table = [
        ("assume(l > 0)", SLICES, "(-dist(x, y) / l).exp()"),
        ("assume(l != 0)", NUMBERS, "(x * y / l).exp()"),
        ("assume(l < 0)", NUMBERS, "(x * y / l).exp()"),
        ("assume(l > 0)", SLICES, "let r = dist(x, y) * l; r.sin() / r"),
        ("assume(l >= 0)", SLICES, "(1.0 + l * sq_norm(x)).ln() * (1.0 + l * sq_norm(y)).ln()"),
        ("assume(l > 0)", NUMBERS, "let r = (x - y).abs(); if r == 0.0 { 1.0 } else { (l * r).sin() / (l * r) }"),
        (
            "assume(w > 0)",
            SLICES,
            "(-x.iter().zip(y).zip(w).map(|((a, b), w)| ((a - b) / w).powi(2)).sum::<f64>().sqrt()).exp()",
        ),
        ("assume(0 < l && l <= 1)", NUMBERS, "(1.0 - l).sqrt() * x * y"),
        // Cauchy and Schwarz.
        ("", SLICES, "(dot(x, y) / ((1.0 + sq_norm(x)) * (1.0 + sq_norm(y))).sqrt()).asin()"),
    ];
    for (options, signature, body) in table {
        assert_eq!(notes(options, signature, body), Vec::<String>::new(), "{body}");
    }
}
