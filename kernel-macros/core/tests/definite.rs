//! What is proved positive definite, what is not, and under which conditions.

use kernel_core::parse;
mod clock;

use std::time::Duration;

use kernel_core::verify::definite::{Found, Judge, Verdict, refute, verdict};
use kernel_core::verify::without_guards;

use clock::processor_time;

const SLICE: &str = "x: &[f64], y: &[f64]";
const LINE: &str = "x: f64, y: f64";

fn proof(assume: &str, parameters: &str, body: &str) -> Found {
    let item = format!("fn k({parameters}) -> f64 {{ {body} }}");
    let attribute = if assume.is_empty() { String::new() } else { format!("assume({assume})") };
    let parsed = parse::parse(attribute.parse().unwrap(), item.parse().unwrap());
    let mut definition = parsed.unwrap_or_else(|failure| panic!("{body}: {}", failure.errors));
    let value = without_guards(&mut definition.graph, definition.value);
    let mut judge = Judge::new(definition.graph, &definition.options);
    judge.positive(value)
}

#[test]
fn proved() {
    let mut failed = Vec::new();
    for (assume, points, parameters, body) in PROVED {
        let start = std::time::Instant::now();
        let found = proof(assume, &format!("{points}{parameters}"), body);
        let time = start.elapsed();
        match found {
            Some(proof) if proof.is_unconditional() => println!("{time:?} {body}"),
            found => failed.push((body, found.map(|proof| (proof.needs.clone(), proof.limit)))),
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

const PROVED: [(&str, &str, &str, &str); 71] = [
    ("", SLICE, "", "x.iter().zip(y).map(|(a, b)| { let t = (a - b).abs(); (1.0 + t) * (-t).exp() }).product::<f64>()"),
    ("", LINE, "", "1.0 - (x - y).sin().powi(2)"),
    (
        "c > 0, a > 0",
        "x: &[f64; 2], y: &[f64; 2]",
        ", a: f64, c: f64",
        "let u = 1.0 + a * (x[1] - y[1]).powi(2); (-c * (x[0] - y[0]).powi(2) / u).exp() / u.sqrt()",
    ),
    (
        "",
        "x: &[f64; 3], y: &[f64; 3]",
        "",
        "let u = 1.0 + (x[2] - y[2]).abs(); (-((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2)) / u).exp() / u",
    ),
    (
        "",
        "x: &[f64; 2], y: &[f64; 2]",
        "",
        "let u = 2.0 + x[0].powi(2) + y[0].powi(2); (-(x[1] - y[1]).powi(2) / u - (x[0] - y[0]).abs()).exp() / u.sqrt()",
    ),
    ("p > 0", LINE, ", p: f64", "1.0 / (1.0 + (x - y).abs()).powf(p)"),
    ("", LINE, "", "if x.exp() < y.exp() { x.exp() } else { y.exp() }"),
    ("gamma > 0", SLICE, ", gamma: f64", "(-gamma * sq_dist(x, y)).exp()"),
    ("gamma > 0", LINE, ", gamma: f64", "(-gamma * (x - y).powi(2)).exp()"),
    (
        "variance > 0",
        SLICE,
        ", variance: f64, lengthscale: &[f64]",
        "let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>(); variance * (-0.5 * s).exp()",
    ),
    (
        "v > 0, alpha > 0",
        SLICE,
        ", v: f64, alpha: f64, l: f64",
        "v * (1.0 + sq_dist(x, y) / (2.0 * alpha * l.powi(2))).powf(-alpha)",
    ),
    (
        "v > 0, alpha > 0",
        LINE,
        ", v: f64, alpha: f64, l: f64",
        "let u = (x - y) / l; v * (1.0 + u * u / (2.0 * alpha)).powf(-alpha)",
    ),
    ("v > 0, l > 0", SLICE, ", v: f64, l: f64", "let q = dist(x, y) / l; v * (-q).exp()"),
    ("v > 0, l > 0", LINE, ", v: f64, l: f64", "v * (-(x - y).abs() / l).exp()"),
    ("v > 0, l > 0", SLICE, ", v: f64, l: f64", "let q = 3.0_f64.sqrt() * dist(x, y) / l; v * (1.0 + q) * (-q).exp()"),
    (
        "v > 0, l > 0",
        LINE,
        ", v: f64, l: f64",
        "let q = 3.0_f64.sqrt() * (x - y).abs() / l; v * (1.0 + q) * (-q).exp()",
    ),
    (
        "v > 0, l > 0",
        SLICE,
        ", v: f64, l: f64",
        "let q = 5.0_f64.sqrt() * dist(x, y) / l; v * (1.0 + q + q.powi(2) / 3.0) * (-q).exp()",
    ),
    (
        "v > 0, l > 0",
        LINE,
        ", v: f64, l: f64",
        "let q = 5.0_f64.sqrt() * (x - y).abs() / l; v * (1.0 + q + q * q / 3.0) * (-q).exp()",
    ),
    (
        "v > 0, l > 0",
        SLICE,
        ", v: f64, l: f64",
        "let q = 7.0_f64.sqrt() * dist(x, y) / l; v * (1.0 + q + 0.4 * q.powi(2) + q.powi(3) / 15.0) * (-q).exp()",
    ),
    (
        "v > 0, l > 0",
        SLICE,
        ", v: f64, l: f64",
        "let q = 3.0 * dist(x, y) / l; v * (1.0 + q + 3.0 * q.powi(2) / 7.0 + 2.0 * q.powi(3) / 21.0 + q.powi(4) / 105.0) * (-q).exp()",
    ),
    (
        "v > 0",
        SLICE,
        ", v: f64, l: &[f64]",
        "let s = x.iter().zip(y).zip(l).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>(); let q = 5.0_f64.sqrt() * s.sqrt(); v * (1.0 + q + q.powi(2) / 3.0) * (-q).exp()",
    ),
    (
        "v > 0, p > 0",
        LINE,
        ", v: f64, p: f64, l: f64",
        "let sine = (3.14 * (x - y) / p).sin(); v * (-2.0 * sine.powi(2) / l.powi(2)).exp()",
    ),
    (
        "p > 0",
        LINE,
        ", p: f64, l: f64",
        "let sine = (3.14 * (x - y).abs() / p).sin(); (-2.0 * (sine / l).powi(2)).exp()",
    ),
    (
        "v > 0",
        SLICE,
        ", v: f64, p: f64, l: f64",
        "let s = x.iter().zip(y).map(|(a, b)| (3.14 * (a - b) / p).sin().powi(2)).sum::<f64>(); v * (-2.0 * s / l.powi(2)).exp()",
    ),
    ("a > 0, c >= 0", LINE, ", a: f64, c: f64", "(a * x * y + c).powi(3)"),
    ("a > 0, c >= 0", SLICE, ", a: f64, c: f64", "(a * dot(x, y) + c).powi(3)"),
    ("v > 0, b >= 0", SLICE, ", v: f64, b: f64", "v * dot(x, y) + b"),
    ("v > 0", SLICE, ", v: f64, l: f64", "v * (dot(x, y) / l.powi(2)).exp()"),
    (
        "v > 0, b >= 0, w > 0",
        SLICE,
        ", v: f64, b: f64, w: f64",
        "let across = 2.0 * (b + w * dot(x, y)); let left = 1.0 + 2.0 * (b + w * sq_norm(x)); let right = 1.0 + 2.0 * (b + w * sq_norm(y)); v * (across / (left * right).sqrt()).asin()",
    ),
    (
        "v > 0, b > 0, w > 0",
        LINE,
        ", v: f64, b: f64, w: f64",
        "let across = 2.0 * (b + w * x * y); let left = 1.0 + 2.0 * (b + w * x * x); let right = 1.0 + 2.0 * (b + w * y * y); v * (across / (left * right).sqrt()).asin()",
    ),
    ("v > 0", LINE, ", v: f64, p: f64", "v * (3.14 * (x - y) / p).cos()"),
    (
        "v > 0",
        SLICE,
        ", v: f64, p: &[f64]",
        "let phase = x.iter().zip(y).zip(p).map(|((a, b), p)| (a - b) / p).sum::<f64>(); v * (6.28 * phase).cos()",
    ),
    (
        "v > 0, r > 0",
        LINE,
        ", v: f64, r: f64",
        "let u = (x - y).abs() / r; v * (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)",
    ),
    (
        "v > 0, r > 0",
        LINE,
        ", v: f64, r: f64",
        "let u = (x - y).abs() / r; v * (1.0 - u).max(0.0).powi(6) * (35.0 * u.powi(2) + 18.0 * u + 3.0) / 3.0",
    ),
    (
        "a > 0",
        LINE,
        ", a: f64, b: f64",
        "let lx = a * (b * x.tanh()).exp(); let ly = a * (b * y.tanh()).exp(); let c = (b * (x.tanh() - y.tanh())).cosh(); (-(x - y).powi(2) / (2.0 * lx * ly * c)).exp() / c.sqrt()",
    ),
    (
        "a > 0",
        LINE,
        ", a: f64, b: f64",
        "let lx = a * (b * x.tanh()).exp(); let ly = a * (b * y.tanh()).exp(); let v = lx.powi(2) + ly.powi(2); (2.0 * lx * ly / v).sqrt() * (-(x - y).powi(2) / v).exp()",
    ),
    (
        "v > 0",
        SLICE,
        ", v: f64, l: &[f64], g: &[f64]",
        "let s = x.iter().zip(y).zip(l).zip(g).map(|(((a, b), l), g)| { let c = (g * (a - b)).cosh(); let p = l * l * (g * (a + b)).exp(); (a - b).powi(2) / (p * c) + c.ln() }).sum::<f64>(); v * (-0.5 * s).exp()",
    ),
    ("v > 0", SLICE, ", v: f64, c: f64", "v / (sq_dist(x, y) + c.powi(2)).sqrt()"),
    ("v > 0", SLICE, ", v: f64, l: f64", "v / (1.0 + sq_dist(x, y) / l.powi(2)).sqrt()"),
    (
        "w > 0, v > 0",
        LINE,
        ", w: f64, v: f64, m: f64",
        "let t = x - y; w * (-2.0 * t.powi(2) * v).exp() * (2.0 * t * m).cos()",
    ),
    (
        "w > 0",
        SLICE,
        ", w: f64, v: &[f64], m: &[f64]",
        "let s = x.iter().zip(y).zip(v).map(|((a, b), s)| ((a - b) * s).powi(2)).sum::<f64>(); let c = x.iter().zip(y).zip(m).map(|((a, b), m)| (6.28 * (a - b) * m).cos()).product::<f64>(); w * (-2.0 * s).exp() * c",
    ),
    ("g > 0, v > 0, b >= 0", SLICE, ", g: f64, v: f64, b: f64", "(-g * sq_dist(x, y)).exp() * (v * dot(x, y) + b)"),
    (
        "v1 > 0, l > 0, v2 > 0",
        SLICE,
        ", v1: f64, l: f64, v2: f64",
        "let q = 5.0_f64.sqrt() * dist(x, y) / l; v1 * (1.0 + q + q.powi(2) / 3.0) * (-q).exp() + v2 * dot(x, y)",
    ),
    ("v > 0", SLICE, ", v: f64", "v * (1.0 - (dot(x, y) / (norm(x) * norm(y))).acos() / std::f64::consts::PI)"),
    (
        "v > 0",
        SLICE,
        ", v: f64",
        "let t = angle(x, y); v * norm(x) * norm(y) * (t.sin() + (std::f64::consts::PI - t) * t.cos()) / std::f64::consts::PI",
    ),
    (
        "v > 0",
        SLICE,
        ", v: f64",
        "let t = angle(x, y); let d = dot(x, y); let p = 3.0 * norm(x) * norm(y) * t.sin() * d; v * (p + (std::f64::consts::PI - t) * (sq_norm(x) * sq_norm(y) + 2.0 * d.powi(2))) / (3.0 * std::f64::consts::PI)",
    ),
    ("v > 0", SLICE, ", v: f64", "if l1_dist(x, y) == 0.0 { v } else { 0.0 }"),
    ("", SLICE, "", "(-l1_dist(x, y)).exp()"),
    ("0 < p, p <= 2", SLICE, ", p: f64", "(-dist(x, y).powf(p)).exp()"),
    ("0 < p && p <= 2", LINE, ", p: f64", "(-(x - y).abs().powf(p)).exp()"),
    ("", SLICE, "", "(-dist(x, y).powf(1.5)).exp()"),
    ("", LINE, "", "(1.0 - (x - y).abs()).max(0.0)"),
    ("", SLICE, "", "1.0 / (1.0 + dist(x, y))"),
    ("", SLICE, "", "1.0 / (1.0 + sq_dist(x, y)).ln_1p().exp()"),
    ("", SLICE, "", "dot(x, y) / (norm(x) * norm(y))"),
    ("", SLICE, "", "(dot(x, y) / (norm(x) * norm(y))).exp()"),
    ("", LINE, "", "(1.0 + x) * (1.0 + y)"),
    ("", LINE, "", "1.0 + x + y + x * y + x.powi(2) * y.powi(2)"),
    ("", LINE, "", "(x.sin() - y.sin()).cos()"),
    ("", LINE, "", "(-((x.sin() - y.sin()).powi(2) + (x.cos() - y.cos()).powi(2))).exp()"),
    ("", LINE, "", "1.0 / (2.0 - (x - y).cos())"),
    ("", LINE, "", "let t = x - y; if t == 0.0 { 1.0 } else { t.sin() / t }"),
    (
        "0 < h, h < 1",
        LINE,
        ", h: f64",
        "0.5 * (x.abs().powf(2.0 * h) + y.abs().powf(2.0 * h) - (x - y).abs().powf(2.0 * h))",
    ),
    ("", LINE, "", "x.exp().min(y.exp())"),
    ("", SLICE, "", "x.iter().zip(y).map(|(a, b)| 1.0 + a * b + a.powi(2) * b.powi(2)).product::<f64>()"),
    ("", SLICE, "", "x.iter().map(|a| y.iter().map(|b| (-(a - b).powi(2)).exp()).sum::<f64>()).sum::<f64>()"),
    ("", LINE, "", "1.0 / (x - y).cosh()"),
    ("", SLICE, "", "(dot(x, y)).sinh() + dot(x, y).cosh()"),
    ("", SLICE, "", "let s = sq_dist(x, y); 1.0 - s / (1.0 + s)"),
    ("", SLICE, "", "(-(sq_norm(x) + sq_norm(y) - 2.0 * dot(x, y))).exp()"),
    ("", SLICE, "", "let r = dist(x, y); (-r).exp() + r * (-r).exp()"),
];

#[test]
fn refuted() {
    let mut failed = Vec::new();
    for (assume, points, parameters, body) in REFUTED {
        let item = format!("fn k({points}{parameters}) -> f64 {{ {body} }}");
        let attribute = if assume.is_empty() { String::new() } else { format!("assume({assume})") };
        let parsed = parse::parse(attribute.parse().unwrap(), item.parse().unwrap());
        let mut definition = parsed.unwrap_or_else(|failure| panic!("{body}: {}", failure.errors));
        let proof = proof(assume, &format!("{points}{parameters}"), body);
        assert!(proof.is_none_or(|proof| !proof.is_unconditional()), "{body} is proved");
        let value = definition.value;
        let start = std::time::Instant::now();
        let stationary = kernel_core::verify::invariance(&mut definition.graph, value).stationary;
        match refute(&definition, stationary) {
            Some(found) => println!(
                "{:?} {body}: {} points in {}, {:.3}",
                start.elapsed(),
                found.points.len(),
                found.dimension(),
                found.eigenvalue
            ),
            None => failed.push(body),
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

const REFUTED: [(&str, &str, &str, &str); 20] = [
    ("a > 0, b > 0", SLICE, ", a: f64, b: f64", "(a * dot(x, y) + b).tanh()"),
    ("", SLICE, "", "(1.0 - sq_dist(x, y)).max(0.0)"),
    ("", LINE, "", "(1.0 - (x - y).powi(2)).max(0.0)"),
    ("", SLICE, "", "if dist(x, y) < 1.0 { 1.0 } else { 0.0 }"),
    ("", LINE, "", "if (x - y).abs() < 1.0 { 1.0 } else { 0.0 }"),
    ("", SLICE, "", "(-dist(x, y).powi(3)).exp()"),
    ("", SLICE, "", "(-dist(x, y).powi(4)).exp()"),
    ("", LINE, "", "(-(x - y).powi(4)).exp()"),
    ("", "x: &[f64; 2], y: &[f64; 2]", "", "dist(x, y).cos()"),
    ("", SLICE, "", "dist(x, y).cos()"),
    ("", "x: &[f64; 3], y: &[f64; 3]", "", "(1.0 - dist(x, y)).max(0.0)"),
    ("", SLICE, "", "-dot(x, y)"),
    ("", SLICE, "", "let s = sq_dist(x, y); (-s).exp() - 0.8 * (-2.0 * s).exp()"),
    ("", SLICE, "", "sq_dist(x, y)"),
    // The angle counts as 0 where a point is the origin: k(0, y) = 1 for all y.
    ("", SLICE, "", "1.0 - angle(x, y) / std::f64::consts::PI"),
    ("c > 0", SLICE, ", c: f64", "dot(x, y) - c"),
    ("gamma > 0", SLICE, ", gamma: f64", "(gamma * sq_dist(x, y)).exp()"),
    ("", SLICE, ", gamma: f64", "(gamma * sq_dist(x, y)).exp()"),
    ("c > 0", SLICE, ", c: f64", "(sq_dist(x, y) + c).sqrt()"),
    (
        "v > 0, p > 0",
        "x: &[f64; 2], y: &[f64; 2]",
        ", v: f64, p: f64",
        "v * (-2.0 * (3.14 * dist(x, y) / p).sin().powi(2)).exp()",
    ),
];

/// What neither clouds nor lattices refute must at least stay unproved, and what is definite must not be refuted.
#[test]
fn neither() {
    for (points, body) in NEITHER {
        let found = proof("", points, body);
        assert!(found.is_none_or(|proof| !proof.is_unconditional()), "{body} is proved");
    }
    for (assume, points, parameters, body) in PROVED {
        let item = format!("fn k({points}{parameters}) -> f64 {{ {body} }}");
        let attribute = if assume.is_empty() { String::new() } else { format!("assume({assume})") };
        let mut definition =
            parse::parse(attribute.parse().unwrap(), item.parse().unwrap()).unwrap_or_else(|_| panic!());
        let value = definition.value;
        let start = std::time::Instant::now();
        let stationary = kernel_core::verify::invariance(&mut definition.graph, value).stationary;
        let found = refute(&definition, stationary);
        println!("{:?} {body}", start.elapsed());
        assert_eq!(found, None, "{body}");
    }
}

const NEITHER: [(&str, &str); 16] = [
    // A plane's squares over the width of a line.
    (
        "x: &[f64; 3], y: &[f64; 3]",
        "let u = 1.0 + (x[2] - y[2]).abs(); (-((x[0] - y[0]).powi(2) + (x[1] - y[1]).powi(2)) / u).exp() / u.sqrt()",
    ),
    (LINE, "0.4 - (x - y).sin().powi(2)"),
    (SLICE, "let u = dist(x, y); (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)"),
    ("x: &[f64; 4], y: &[f64; 4]", "let u = dist(x, y); (1.0 - u).max(0.0).powi(4) * (4.0 * u + 1.0)"),
    ("x: &[f64; 4], y: &[f64; 4]", "let r = dist(x, y); r.sin() / r"),
    // The angle counts as 0 where a point is the origin, and what makes up for it must be 0 there.
    (SLICE, "(1.0 - angle(x, y) / std::f64::consts::PI) * (-sq_dist(x, y)).exp()"),
    (SLICE, "(1.0 - angle(x, y) / std::f64::consts::PI) * (1.0 + dot(x, y))"),
    (SLICE, "let t = angle(x, y); t.sin() + (std::f64::consts::PI - t) * t.cos()"),
    // |x|²|y|² where |x| = 1 or |y| = 1 only.
    (
        SLICE,
        "let (p, q) = (sq_norm(x), sq_norm(y)); (std::f64::consts::PI - angle(x, y)) * (2.0 * p * q - p - q + 1.0)",
    ),
    // Guards that hold elsewhere than where the points meet.
    (LINE, "if (x - y) * x * y == 0.0 { 1.0 } else { (-(x - y).powi(2)).exp() }"),
    (LINE, "if ((x - y).abs() - 1.0).max(0.0) == 0.0 { 1.0 } else { (-(x - y).powi(2)).exp() }"),
    (
        "x: &[f64; 2], y: &[f64; 2]",
        "if (x[0] - y[0]) * (x[1] - y[1]) == 0.0 { 1.0 } else { (-(x[0] - y[0]).powi(2)).exp() }",
    ),
    (SLICE, "if sq_dist(x, y) * sq_norm(x) * sq_norm(y) == 0.0 { 1.0 } else { (-sq_dist(x, y)).exp() }"),
    // Odd.
    (LINE, "(x - y).abs().sin() / (x - y)"),
    (LINE, "x.min(y)"),
    (LINE, "let r = (x - y).abs(); (1.0 + r - 0.01 * r.powi(2)) * (-r).exp()"),
];

/// A proof takes 20 ms, a search for counterexamples 100 ms, of this unoptimised crate on a quiet machine; here there
/// is room for a busy one.
#[test]
fn verdicts_are_quick() {
    const ROOM: u32 = 4;
    let chain = |link: &str| {
        let used = |i: usize| link.replace('a', &format!("a{}", i - 1));
        let lets: Vec<String> = (1..=60).map(|i| format!("let a{i} = {};", used(i))).collect();
        format!("let a0 = sq_dist(x, y); {} (-a60).exp()", lets.concat())
    };
    let many = (0..30).map(|i| format!(", p{i}: f64")).collect::<Vec<_>>().concat();
    let terms: Vec<String> = (0..15).map(|i| format!("p{} * (-p{} * s).exp()", 2 * i, 2 * i + 1)).collect();
    let large = [
        (SLICE.to_string(), chain("0.25 * a * a + 0.5 * a")),
        (SLICE.to_string(), chain("a / (1.0 + a)")),
        (SLICE.to_string(), chain("a * (a + 1.0).sqrt()")),
        (format!("{SLICE}{many}"), format!("let s = sq_dist(x, y); {}", terms.join(" + "))),
    ];
    let listed = PROVED.iter().chain(&REFUTED);
    let listed = listed
        .map(|(assume, points, parameters, body)| (*assume, format!("{points}{parameters}"), (*body).to_string()));
    let large = large.into_iter().map(|(parameters, body)| ("", parameters, body));
    let mut slow = Vec::new();
    for (assume, parameters, body) in listed.chain(large) {
        let item = format!("fn k({parameters}) -> f64 {{ {body} }}");
        let attribute = if assume.is_empty() { String::new() } else { format!("assume({assume})") };
        let parsed = parse::parse(attribute.parse().unwrap(), item.parse().unwrap());
        let mut definition = parsed.unwrap_or_else(|failure| panic!("{body}: {}", failure.errors));
        let value = definition.value;
        let invariance = kernel_core::verify::invariance(&mut definition.graph, value);
        let start = processor_time();
        let verdict = verdict(&definition, invariance);
        let time = processor_time().saturating_sub(start);
        let goal = Duration::from_millis(if matches!(verdict, Verdict::Proved(..)) { 20 } else { 100 });
        if time > goal {
            println!("{time:?} {}", &body[..body.len().min(100)]);
        }
        if time > ROOM * goal {
            slow.push((time, body));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
