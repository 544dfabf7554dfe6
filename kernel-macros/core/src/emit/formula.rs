//! Closed forms in the user's names.

use quote::quote;

use crate::definition::{Definition, Points};
use crate::plan::{Matrix, Vector};
use crate::symbolic::{Constant, Gather, Graph, Id, Notation, Reduction, Side, Symbol};
use crate::verify::DISTANCE;

/// Writes the formulas of one kernel.
pub struct Formulas<'a> {
    definition: &'a Definition,
    graph: &'a Graph,
    notation: Notation,
}

impl<'a> Formulas<'a> {
    /// In one notation.
    pub fn new(definition: &'a Definition, graph: &'a Graph, notation: Notation) -> Self {
        Self { definition, graph, notation }
    }

    /// An expression at coordinate `index`.
    pub fn of(&self, id: Id, index: &str) -> String {
        self.graph.formula(id, self.notation, &|symbol| self.name(symbol, index, "j"))
    }

    /// A symbol outside sums.
    pub fn symbol(&self, symbol: Symbol) -> String {
        self.name(symbol, "i", "j")
    }

    /// ‖x - y‖
    pub fn distance(&self) -> String {
        let [x, y] = &self.definition.point_names;
        match self.definition.points {
            Points::Scalar => format!("|{x} - {y}|"),
            Points::Array { .. } | Points::Slice => format!("‖{x} - {y}‖"),
        }
    }

    /// ∂k/∂θ
    pub fn derivative(&self, parameter: &str) -> String {
        match self.notation {
            Notation::Unicode => format!("∂k/∂{parameter}"),
            Notation::Tex => format!(r"\frac{{\partial k}}{{\partial {}}}", letter(parameter)),
        }
    }

    /// A gradient at coordinate i.
    pub fn vector(&self, vector: &Vector) -> String {
        sum(vector.terms.iter().map(|&(c, f)| self.product(c, &[(f, "i")])))
    }

    /// A matrix at row i and column j.
    pub fn matrix(&self, matrix: &Matrix) -> String {
        let times = self.notation.times();
        let delta = match self.notation {
            Notation::Unicode => "δᵢⱼ",
            Notation::Tex => r"\delta_{ij}",
        };
        let rank = matrix.rank.iter().map(|&(c, f, g)| self.product(c, &[(f, "i"), (g, "j")]));
        let off_diagonal = matrix
            .off_diagonal
            .iter()
            .map(|&(c, f, g)| format!("(1 - {delta}){times}{}", self.product(c, &[(f, "i"), (g, "j")])));
        let diagonal = matrix.diagonal.iter().map(|&(c, f)| format!("{delta}{times}{}", self.product(c, &[(f, "i")])));
        let dense = matrix.dense.iter().map(|&(c, entry)| self.product(c, &[(entry, "i")]));
        sum(rank.chain(off_diagonal).chain(diagonal).chain(dense))
    }

    fn product(&self, coefficient: Id, factors: &[(Id, &str)]) -> String {
        let everything = std::iter::once((coefficient, "i")).chain(factors.iter().copied());
        let parts: Vec<String> = everything
            .filter(|part| !self.graph.is_one(part.0))
            .map(|(id, index)| {
                let text = self.of(id, index);
                if text.contains(' ') { self.notation.group(&text) } else { text }
            })
            .collect();
        if parts.is_empty() { "1".into() } else { parts.join(self.notation.times()) }
    }

    /// How a symbol is written at coordinates `index` and `other`.
    fn name(&self, symbol: Symbol, index: &str, other: &str) -> String {
        let graph = self.graph;
        let parameter = |p: usize| self.word(&self.definition.parameters[p].name.to_string());
        let point = |side: Side| self.definition.point_names[usize::from(side == Side::Y)].to_string();
        let is_tex = self.notation == Notation::Tex;
        let plain = |unicode: &str, tex: &str| if is_tex { tex.to_string() } else { unicode.to_string() };
        match symbol {
            Symbol::Point(side) => self.word(&point(side)),
            Symbol::Pick(side, k) => format!("{}[{k}]", self.word(&point(side))),
            Symbol::Coordinate(side) => self.at(&self.word(&point(side)), index),
            Symbol::Weight(p) => self.at(&parameter(p), index),
            Symbol::Parameter(p) => parameter(p),
            Symbol::PickWeight(p, k) => format!("{}[{k}]", parameter(p)),
            Symbol::Index => index.to_string(),
            Symbol::External(n) => {
                let path = &self.definition.constants[n];
                self.word(&quote!(#path).to_string().replace(' ', ""))
            }
            Symbol::Dimension => "d".into(),
            Symbol::Constant(Constant::Pi) => plain("π", r"\pi"),
            Symbol::Constant(constant) => constant.value().to_string(),
            Symbol::Sum(r) | Symbol::Product(r, _) => {
                let Reduction { gather, body } = graph.reductions()[r];
                let inner = graph.formula(body, self.notation, &|symbol| self.name(symbol, "i", "j"));
                let sign = match gather {
                    Gather::Sum => plain("Σᵢ", r"\sum_i "),
                    Gather::Product => plain("Πᵢ", r"\prod_i "),
                    Gather::DoubleSum => plain("ΣᵢΣⱼ", r"\sum_i \sum_j "),
                };
                let zeros = if let Symbol::Product(_, zeros) = symbol { zeros } else { 0 };
                format!("{sign}{}{}", self.notation.group(&inner), plain("′", "'").repeat(zeros))
            }
            Symbol::Row(q) => {
                let inner = graph.formula(graph.rows()[q], self.notation, &|symbol| self.name(symbol, index, "m"));
                format!("{}{}", plain("Σₘ", r"\sum_m "), self.notation.group(&inner))
            }
            Symbol::Other(_) => self.name(symbol.own(), other, other),
            Symbol::Unit(k) => self.at(&plain("δ", r"\delta"), &format!("{index}{k}")),
            Symbol::Entry => self.at(&plain("δ", r"\delta"), &format!("{index}l")),
            Symbol::Along(Side::X) => self.at("u", index),
            Symbol::Along(Side::Y) => self.at("v", index),
            Symbol::EntryAt(k) => self.at(&plain("δ", r"\delta"), &format!("{k}l")),
            Symbol::Angle => plain("θ", r"\theta"),
            Symbol::Cross => plain("|x||y|sin(θ)", r"|x| |y| \sin\theta"),
            Symbol::Ratio(..) => plain("ρ", r"\rho"),
            DISTANCE => "r".into(),
            Symbol::LogDistance => plain("ln(r)", r"\ln r"),
            Symbol::Direction | Symbol::Argument(_) => plain("·", r"\cdot"),
        }
    }

    fn at(&self, name: &str, index: &str) -> String {
        match self.notation {
            Notation::Unicode => format!("{name}_{index}"),
            Notation::Tex => format!("{name}_{{{index}}}"),
        }
    }

    fn word(&self, name: &str) -> String {
        match self.notation {
            Notation::Unicode => name.to_string(),
            Notation::Tex => letter(name),
        }
    }
}

fn sum(terms: impl Iterator<Item = String>) -> String {
    let terms: Vec<String> = terms.collect();
    if terms.is_empty() { "0".into() } else { terms.join(" + ") }
}

/// A name of the user's in TeX.
pub fn letter(name: &str) -> String {
    const GREEK: [&str; 22] = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega",
    ];
    if GREEK.contains(&name) {
        format!(r"\{name}")
    } else if name.chars().count() == 1 {
        name.to_string()
    } else {
        format!(r"\mathrm{{{}}}", name.replace('_', r"\_"))
    }
}
