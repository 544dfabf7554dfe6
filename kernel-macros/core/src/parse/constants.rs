//! The float constants of `std::f64::consts`, as a table, and the user's own.

use std::f64::consts;

use syn::ext::IdentExt as _;
use syn::{ItemUse, Path, UseTree};

use super::body::Lowering;
use super::value::Value;
use crate::error::message;
use crate::symbolic::{Constant, Graph, Id, Symbol};

/// One constant: its name, its value, and how it is made of those the arena knows.
pub(super) struct Entry {
    name: &'static str,
    value: f64,
    build: fn(&mut Graph) -> Id,
}

/// `numerator / denominator`
fn ratio(graph: &mut Graph, numerator: Id, denominator: i64) -> Id {
    let denominator = graph.integer(denominator);
    graph.div(numerator, denominator)
}

fn pi_over(graph: &mut Graph, denominator: i64) -> Id {
    let pi = graph.constant(Constant::Pi);
    ratio(graph, pi, denominator)
}

/// `numerator / π^½` or `numerator / π`
fn over_pi(graph: &mut Graph, numerator: i64, root: bool) -> Id {
    let numerator = graph.integer(numerator);
    let pi = graph.constant(Constant::Pi);
    let denominator = if root { graph.sqrt(pi) } else { pi };
    graph.div(numerator, denominator)
}

fn sqrt_2(graph: &mut Graph) -> Id {
    let two = graph.integer(2);
    graph.sqrt(two)
}

/// `ln a / ln b`, with `None` for e.
fn log(graph: &mut Graph, a: Option<Constant>, b: Option<Constant>) -> Id {
    let mut ln = |constant: Option<Constant>| match constant {
        Some(constant) => graph.constant(constant),
        None => graph.integer(1),
    };
    let (a, b) = (ln(a), ln(b));
    graph.div(a, b)
}

const TABLE: [Entry; 19] = [
    Entry { name: "PI", value: consts::PI, build: |g| g.constant(Constant::Pi) },
    Entry { name: "E", value: consts::E, build: |g| g.constant(Constant::E) },
    Entry {
        name: "TAU",
        value: consts::TAU,
        build: |g| {
            let (two, pi) = (g.integer(2), g.constant(Constant::Pi));
            g.mul(two, pi)
        },
    },
    Entry { name: "FRAC_PI_2", value: consts::FRAC_PI_2, build: |g| pi_over(g, 2) },
    Entry { name: "FRAC_PI_3", value: consts::FRAC_PI_3, build: |g| pi_over(g, 3) },
    Entry { name: "FRAC_PI_4", value: consts::FRAC_PI_4, build: |g| pi_over(g, 4) },
    Entry { name: "FRAC_PI_6", value: consts::FRAC_PI_6, build: |g| pi_over(g, 6) },
    Entry { name: "FRAC_PI_8", value: consts::FRAC_PI_8, build: |g| pi_over(g, 8) },
    Entry { name: "FRAC_1_PI", value: consts::FRAC_1_PI, build: |g| over_pi(g, 1, false) },
    Entry { name: "FRAC_2_PI", value: consts::FRAC_2_PI, build: |g| over_pi(g, 2, false) },
    Entry { name: "FRAC_2_SQRT_PI", value: consts::FRAC_2_SQRT_PI, build: |g| over_pi(g, 2, true) },
    Entry { name: "SQRT_2", value: consts::SQRT_2, build: sqrt_2 },
    Entry {
        name: "FRAC_1_SQRT_2",
        value: consts::FRAC_1_SQRT_2,
        build: |g| {
            let root = sqrt_2(g);
            ratio(g, root, 2)
        },
    },
    Entry { name: "LN_2", value: consts::LN_2, build: |g| log(g, Some(Constant::Ln2), None) },
    Entry { name: "LN_10", value: consts::LN_10, build: |g| log(g, Some(Constant::Ln10), None) },
    Entry { name: "LOG2_E", value: consts::LOG2_E, build: |g| log(g, None, Some(Constant::Ln2)) },
    Entry { name: "LOG10_E", value: consts::LOG10_E, build: |g| log(g, None, Some(Constant::Ln10)) },
    Entry { name: "LOG2_10", value: consts::LOG2_10, build: |g| log(g, Some(Constant::Ln10), Some(Constant::Ln2)) },
    Entry { name: "LOG10_2", value: consts::LOG10_2, build: |g| log(g, Some(Constant::Ln2), Some(Constant::Ln10)) },
];

/// Whether segments lead to `std::f64::consts`, written out as far as one likes.
fn is_module(segments: &[String]) -> bool {
    let full = ["f64", "consts"];
    let short = ["f32", "consts"];
    match segments {
        [root, rest @ ..] if root == "std" || root == "core" => *rest == full || *rest == short,
        [module] => module == "consts",
        segments => *segments == full || *segments == short,
    }
}

fn entry(segments: &[String]) -> Option<&'static Entry> {
    let (name, module) = segments.split_last()?;
    // `E` alone is anybody's: it is read as a constant of the user's own, whatever its value.
    let known = is_module(module) || module.is_empty() && name != "E";
    TABLE.iter().find(|entry| known && entry.name == name)
}

pub(super) fn segments(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.unraw().to_string()).collect()
}

/// The value of the constant that a path names.
pub(super) fn value(path: &Path) -> Option<f64> {
    entry(&segments(path)).map(|entry| entry.value)
}

/// Whether a name is written as constants are.
fn is_screaming(name: &str) -> bool {
    name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

impl Lowering<'_> {
    /// The constant that a path names.
    ///
    /// What a name in scope at the function stands for is not known. One that is called like a constant of the standard
    /// library is taken for that, as its products and powers then cancel exactly; the emitted code asserts that it is.
    pub(super) fn constant(&mut self, path: &Path) -> Option<Id> {
        let segments = segments(path);
        let same = |known: &Path| known == path;
        if let Some(entry) = entry(&segments) {
            let rooted = matches!(&*segments[0], "std" | "core");
            if !rooted && !self.assumed.iter().any(|(known, _)| same(known)) {
                self.assumed.push((path.clone(), entry.value));
            }
            return Some((entry.build)(self.graph));
        }
        let screaming = segments.last().is_some_and(|name| is_screaming(name));
        if !screaming || path.segments.iter().any(|segment| !segment.arguments.is_none()) {
            return None;
        }
        let place = self.constants.iter().position(same).unwrap_or_else(|| {
            self.constants.push(path.clone());
            self.constants.len() - 1
        });
        Some(self.graph.symbol(Symbol::External(place)))
    }

    /// `use std::f64::consts::{PI, E as EULER};` inside the body.
    pub(super) fn import(&mut self, item: &ItemUse) {
        let mut trees = vec![(Vec::new(), &item.tree)];
        while let Some((mut path, tree)) = trees.pop() {
            let (name, bound) = match tree {
                UseTree::Path(segment) => {
                    path.push(segment.ident.unraw().to_string());
                    trees.push((path, &segment.tree));
                    continue;
                }
                UseTree::Group(group) => {
                    trees.extend(group.items.iter().map(|tree| (path.clone(), tree)));
                    continue;
                }
                UseTree::Glob(_) if is_module(&path) => {
                    for entry in &TABLE {
                        let id = (entry.build)(self.graph);
                        self.scope.import(entry.name, Ok(Value::Number(id)));
                    }
                    continue;
                }
                UseTree::Glob(_) => {
                    self.errors.at(tree, message::USE);
                    continue;
                }
                UseTree::Name(name) => (&name.ident, &name.ident),
                UseTree::Rename(rename) => (&rename.ident, &rename.rename),
            };
            // `use std::f64::consts;` changes nothing: the path `consts::PI` is understood anyway.
            if name != "self" {
                path.push(name.unraw().to_string());
            }
            if is_module(&path) && name == bound || path == ["std", "f64"] || path == ["core", "f64"] {
                continue;
            }
            let imported = path.len() > 1 && is_module(&path[..path.len() - 1]);
            let value = match entry(&path).filter(|_| imported) {
                Some(entry) => Ok(Value::Number((entry.build)(self.graph))),
                None => Err(self.errors.at(tree, message::USE)),
            };
            self.scope.import(&bound.unraw().to_string(), value);
        }
    }
}
