//! Expression swell: long chains, big products, deep compositions and many parameters expand quickly, to code that
//! grows with the source and not with its expansion.
//!
//! The goal is 100 ms each, unoptimised (`scripts/compile_time.sh` prints the table); the bounds here leave room for a
//! busy machine.

mod clock;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use kernel_core::verify::definite::verdict;
use kernel_core::{emit, kernel, parse, plan};
use proc_macro2::{TokenStream, TokenTree};

use clock::processor_time;

const GOAL: Duration = Duration::from_millis(100);
const ROOM: u32 = 3;

fn function(parameters: &str, body: &str) -> TokenStream {
    format!("pub fn k(x: &[f64], y: &[f64]{parameters}) -> f64 {{ {body} }}").parse().unwrap()
}

/// `n` lets, each of which uses the one before twice.
fn chain(n: usize, link: fn(&str) -> String) -> TokenStream {
    let mut body = String::from("let a0 = sq_dist(x, y);");
    for i in 1..=n {
        write!(body, "let a{i} = {};", link(&format!("a{}", i - 1))).unwrap();
    }
    write!(body, "(-a{n}).exp()").unwrap();
    function("", &body)
}

fn polynomial_chain(n: usize) -> TokenStream {
    chain(n, |a| format!("0.25 * {a} * {a} + 0.5 * {a}"))
}

fn elementary_chain(n: usize) -> TokenStream {
    chain(n, |a| format!("{a}.sin() * {a}.cos()"))
}

fn rational_chain(n: usize) -> TokenStream {
    chain(n, |a| format!("{a} / (1.0 + {a})"))
}

/// The same in a loop; no sum over coordinates hides the points.
fn iteration() -> TokenStream {
    let item =
        "pub fn k(x: &[f64; 1], y: &[f64; 1]) -> f64 { let mut s = x[0]; for _ in 0..60 { s = s * s + y[0]; } s }";
    item.parse().unwrap()
}

fn product() -> TokenStream {
    let factors: Vec<String> = (1..=12).map(|i| format!("(1.0 + {i}.0 * s).ln()")).collect();
    function("", &format!("let s = sq_dist(x, y); {}", factors.join(" * ")))
}

fn composition() -> TokenStream {
    let wrap = |inner: String, i: usize| match i % 3 {
        0 => format!("(1.0 + {inner}).ln()"),
        1 => format!("({inner}).sin()"),
        _ => format!("(1.0 + ({inner}).powi(2)).sqrt()"),
    };
    function("", &(0..10).fold("sq_dist(x, y)".to_string(), wrap))
}

fn parameters() -> TokenStream {
    let declared: Vec<String> = (0..30).map(|i| format!(", p{i}: f64")).collect();
    let terms: Vec<String> = (0..15).map(|i| format!("p{} * (-p{} * s).exp()", 2 * i, 2 * i + 1)).collect();
    function(&declared.concat(), &format!("let s = sq_dist(x, y); {}", terms.join(" + ")))
}

type Case = (&'static str, fn() -> TokenStream);

const CASES: [Case; 7] = [
    ("60 lets, sums and products", || polynomial_chain(60)),
    ("60 lets, elementary functions", || elementary_chain(60)),
    ("60 lets, quotients", || rational_chain(60)),
    ("60 rounds of a loop", iteration),
    ("a product of 12 factors", product),
    ("a composition 10 deep", composition),
    ("30 parameters", parameters),
];

type Chain = (&'static str, fn(usize) -> TokenStream);

const CHAINS: [Chain; 3] =
    [("sums and products", polynomial_chain), ("elementary", elementary_chain), ("quotients", rational_chain)];

fn size(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 2 + size(group.stream()),
            _ => 1,
        })
        .sum()
}

fn options() -> TokenStream {
    "psd = assume".parse().unwrap()
}

fn expanded(source: TokenStream) -> (TokenStream, Duration) {
    let start = processor_time();
    let expansion = kernel::expand(options(), source);
    (expansion, processor_time().saturating_sub(start))
}

#[test]
fn expansion_is_quick() {
    let slow: Vec<String> = CASES
        .into_iter()
        .filter_map(|(name, source)| {
            let source = source();
            let (expansion, time) = (0..3).map(|_| expanded(source.clone())).min_by_key(|run| run.1)?;
            assert!(!expansion.to_string().contains("compile_error"), "{name}: {expansion}");
            (time > ROOM * GOAL).then(|| format!("{name}: {time:?}"))
        })
        .collect();
    assert!(slow.is_empty(), "more than {:?}: {slow:#?}", ROOM * GOAL);
}

#[test]
fn code_grows_linearly() {
    for (name, chain) in CHAINS {
        let sizes = [10, 20, 40, 60].map(|n| size(kernel::expand(options(), chain(n))));
        let per_let = (sizes[1] - sizes[0]) / 10;
        let last = (sizes[3] - sizes[2]) / 20;
        assert!(last <= per_let + per_let / 2, "{name}: {sizes:?} tokens for 10, 20, 40, 60 lets");
    }
}

/// rustc reads what is emitted on a stack that holds so many levels with ease.
#[test]
fn long_chains_are_not_nested() {
    fn depth(tokens: TokenStream) -> usize {
        let groups = tokens.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(1 + depth(group.stream())),
            _ => None,
        });
        groups.max().unwrap_or(0)
    }
    let links = "let t = t.sin();".repeat(200);
    let expansion = kernel::expand(options(), function("", &format!("let t = sq_dist(x, y); {links} t")));
    assert!(depth(expansion) < 64);
}

/// What `work` returns, if it does within a while.
fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(10 * ROOM * GOAL).ok()
}

#[test]
#[ignore = "a report, not a check"]
fn profile() {
    println!("| {:<30} | {:>7} | {:>7} | {:>7} | {:>7} | {:>7} |", "ms", "parse", "plan", "verify", "emit", "tokens");
    for (name, source) in CASES {
        let measured = in_time(move || {
            let source = source();
            let mut times = Vec::new();
            let mut clock = Instant::now();
            let mut lap = || {
                times.push(clock.elapsed().as_secs_f64() * 1e3);
                clock = Instant::now();
            };
            let definition = parse::parse(options(), source).unwrap_or_else(|_| panic!("{name} is not read"));
            lap();
            let plan = plan::plan(&definition);
            lap();
            let verdict = verdict(&definition, plan.invariance);
            lap();
            let code = emit::emit(&definition, &plan, &verdict);
            lap();
            let [parse, plan, verify, emit] = times[..] else { unreachable!() };
            format!("{parse:7.1} | {plan:7.1} | {verify:7.1} | {emit:7.1} | {:7} |", size(code))
        });
        println!("| {name:<30} | {}", measured.unwrap_or_else(|| "too long |".into()));
    }
    for (name, chain) in CHAINS {
        let sizes = [10, 20, 40, 60].map(|n| in_time(move || size(kernel::expand(options(), chain(n)))));
        println!("tokens for 10, 20, 40, 60 lets, {name}: {sizes:?}");
    }
}
