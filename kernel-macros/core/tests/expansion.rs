//! What `#[kernel]` and `operator!` expand to, as text. `BLESS=1 cargo test -p kernel-core --test expansion` writes the
//! files anew: read the difference before committing it.

use std::fs;
use std::path::{Path, PathBuf};

use kernel_core::{kernel, operator};

/// File name, the attribute's arguments, the function.
type Case = (&'static str, &'static str, &'static str);

const RBF: Case = (
    "rbf",
    "assume(gamma > 0)",
    "
    /// Squared-exponential covariance.
    pub fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 {
        (-gamma * sq_dist(x, y)).exp()
    }",
);

const CASES: [Case; 4] = [
    RBF,
    (
        "matern32",
        "assume(variance > 0, lengthscale > 0)",
        "
        pub fn matern32<const D: usize>(x: &[f64; D], y: &[f64; D], variance: f64, lengthscale: f64) -> f64 {
            let q = 3.0_f64.sqrt() * dist(x, y) / lengthscale;
            variance * (1.0 + q) * (-q).exp()
        }",
    ),
    (
        "periodic",
        "assume(variance > 0, period > 0, lengthscale > 0)",
        "
        fn periodic(x: f64, y: f64, variance: f64, period: f64, lengthscale: f64) -> f64 {
            let sine = (std::f64::consts::PI * (x - y) / period).sin();
            variance * (-2.0 * sine.powi(2) / lengthscale.powi(2)).exp()
        }",
    ),
    (
        "ard",
        "assume(variance > 0)",
        "
        pub fn ard(x: &[f64], y: &[f64], variance: f64, lengthscale: &[f64]) -> f64 {
            let s = x.iter().zip(y).zip(lengthscale).map(|((a, b), l)| ((a - b) / l).powi(2)).sum::<f64>();
            variance * (-0.5 * s).exp()
        }",
    ),
];

/// File name, what stands inside `operator!`.
const OPERATORS: [(&str, &str); 2] = [
    ("heat", "/// ∂_t - α ∂_x²\n pub Heat(alpha) = d[0] - alpha * d[1] * d[1]"),
    (
        "ornstein_uhlenbeck",
        "pub(crate) OrnsteinUhlenbeck(theta, sigma) = (
            d[0] - d[1] * (theta * x[1]) - sigma.powi(2) / 2 * d[1] * d[1],
            (x[0] - theta) * d[0] * d[1].powi(2) - x[1] / theta * d[1],
            (-x[1].powi(2) * theta / (sigma * RATE).powi(2)).exp(),
        )",
    ),
];

fn expansion((_, attribute, function): Case) -> String {
    let tokens = kernel::expand(attribute.parse().unwrap(), function.parse().unwrap());
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn operator_expansion(source: &str) -> String {
    let tokens = operator::expand(&source.parse().unwrap());
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

/// Compares a file with what it should hold, or writes it.
fn check(path: &Path, want: &str) -> Result<(), String> {
    if std::env::var_os("BLESS").is_some() {
        return fs::write(path, want).map_err(|error| format!("{}: {error}", path.display()));
    }
    let got = fs::read_to_string(path).unwrap_or_default();
    let Some(line) = (1..).zip(got.lines().chain([""]).zip(want.lines().chain([""]))).find(|(_, (a, b))| a != b) else {
        return if got == want { Ok(()) } else { Err(format!("{} has another length", path.display())) };
    };
    let (number, (got, want)) = line;
    Err(format!("{}:{number}\n   in the file: {got}\n  expanded to: {want}", path.display()))
}

#[test]
#[cfg_attr(feature = "katex", ignore = "recorded in Unicode")]
fn expansions_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expansion");
    let kernels = CASES.map(|case| (case.0, expansion(case)));
    let operators = OPERATORS.map(|(name, source)| (name, operator_expansion(source)));
    let changed: Vec<String> = kernels
        .into_iter()
        .chain(operators)
        .filter_map(|(name, want)| check(&folder.join(name).with_extension("rs"), &want).err())
        .collect();
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// The example readers are shown; `tests/expanded.rs` compiles it.
#[test]
#[cfg_attr(feature = "katex", ignore = "recorded in Unicode")]
fn the_example_is_what_rbf_expands_to() {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../examples/expanded/rbf.rs"].iter().collect();
    let (_, attribute, function) = RBF;
    let source: Vec<String> = function.lines().skip(1).map(|line| format!("// {line}")).collect();
    let source = source.join("\n");
    let head = format!(
        "// What the attribute below expands to, word for word (a test holds it to that).\n//\n//     #[kernel({attribute})]\n{source}\n\n"
    );
    check(&path, &(head + &expansion(RBF))).unwrap();
}
