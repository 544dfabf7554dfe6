//! `operator!`: a polynomial in partial derivatives, brought into normal order, Σ_α a_α(x) ∂^α.
//!
//! Data flows one way: tokens → [`Definition`] → tokens.

mod algebra;
mod emit;
mod form;
mod head;
mod parse;

use proc_macro2::TokenStream;
use syn::{Expr, Path};

use crate::error::{Checked, Errors, message};
use crate::kernel;
use crate::parse::{Coefficients, Ground};
use crate::symbolic::{Graph, Id, Node, Symbol};

pub use head::Head;

use algebra::Form;

/// An operator: what it is called, and what it does.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What stands before `=`.
    pub head: Head,
    /// The arena that holds all coefficients. `Symbol::Pick(Side::X, i)` is the coordinate x_i.
    pub graph: Graph,
    /// How many numbers it makes of a function.
    pub components: usize,
    /// Its terms, component by component.
    pub terms: Vec<Term>,
    /// Constants in scope that coefficients mention; `Symbol::External(n)` is the n-th.
    pub constants: Vec<Path>,
    /// Constants read as the one of `core::f64::consts` that has their name, and the value that they must have for it.
    pub assumed_constants: Vec<(Path, f64)>,
}

/// a_α(x) ∂^α
#[derive(Clone, Debug)]
pub struct Term {
    /// In the sum of which component.
    pub component: usize,
    /// The coordinates that derivatives are taken by, ascending, each as often as they are.
    pub by: Vec<usize>,
    /// a_α
    pub coefficient: Id,
    /// ∂a_α/∂φ by each parameter.
    pub coefficient_by: Vec<Id>,
}

/// What is left of an operator that could not be read: its errors, and what is known of the type that it defines, so
/// that nothing else in the crate breaks.
#[derive(Debug)]
pub struct Failure {
    /// Every error of the operator, combined.
    pub errors: syn::Error,
    /// What stands before `=`, if it has a name.
    pub head: Option<Head>,
    /// How many numbers it was to make of a function, as far as is known.
    pub components: usize,
}

/// What `operator!(tokens)` expands to. An operator that cannot be read is emitted as a type that does nothing, with
/// every error in it.
#[must_use]
pub fn expand(tokens: &TokenStream) -> TokenStream {
    kernel::caught("operator", tokens, expand_unguarded).unwrap_or_else(|bug| bug)
}

fn expand_unguarded(tokens: TokenStream) -> TokenStream {
    match read(tokens) {
        Ok(definition) => emit::emit(&definition),
        Err(failure) => emit::salvage(&failure),
    }
}

/// Reads an operator.
///
/// ```
/// use kernel_core::operator::read;
///
/// let heat = read("pub Heat(alpha) = d[0] - alpha * d[1] * d[1]".parse()?).map_err(|failure| failure.errors)?;
/// assert_eq!(heat.head.name, "Heat");
/// assert_eq!(heat.terms[1].by, [1, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Everything that is wrong with it, each error at the very expression it is about.
pub fn read(tokens: TokenStream) -> Result<Definition, Box<Failure>> {
    let errors = Errors::new();
    let mut head = None;
    let components = head::read(tokens, &mut head, &errors);
    let definition = match (&head, &components) {
        (Some(head), Ok(components)) => define(head, components, &errors),
        (_, Err(reported)) => Err(*reported),
        (None, Ok(_)) => Err(errors.at_span(proc_macro2::Span::call_site(), message::OPERATOR_FORM)),
    };
    match (errors.check(), definition) {
        (Ok(()), Ok(definition)) => Ok(definition),
        (errors, _) => {
            let errors = errors.err().unwrap_or_else(|| syn::Error::new(proc_macro2::Span::call_site(), message::BUG));
            Err(Box::new(Failure { errors, head, components: components.map_or(1, |components| components.len()) }))
        }
    }
}

/// Reads each component, and differentiates the coefficients by the parameters.
fn define(head: &Head, sources: &[Expr], errors: &Errors) -> Checked<Definition> {
    let mut graph = Graph::new();
    let ground = Ground::new(&head.name, &head.parameters);
    let mut reader = parse::Reader::new(Coefficients::new(&ground, &mut graph, errors), errors);
    let forms: Vec<Checked<Form>> = sources.iter().map(|source| reader.component(source)).collect();
    let (constants, assumed_constants) = reader.constants();
    let forms = forms.into_iter().collect::<Checked<Vec<Form>>>()?;
    let terms: Vec<Term> = (0..).zip(&forms).flat_map(|(place, form)| terms(place, form, head, &mut graph)).collect();
    let definition =
        Definition { head: head.clone(), graph, components: forms.len(), terms, constants, assumed_constants };
    // One that an error is about may have been meant for what is wrong.
    errors.since(0)?;
    definition.check_parameters(errors);
    Ok(definition)
}

fn terms(component: usize, form: &Form, head: &Head, graph: &mut Graph) -> Vec<Term> {
    let parameters = 0..head.parameters.len();
    let terms = form.terms().map(|(by, coefficient)| {
        let coefficient_by = parameters.clone().map(|p| graph.derivative(coefficient, Symbol::Parameter(p))).collect();
        Term { component, by: by.to_vec(), coefficient, coefficient_by }
    });
    terms.collect()
}

impl Definition {
    /// How many coordinates points have at least.
    #[must_use]
    pub fn coordinates(&self) -> usize {
        let coefficients: Vec<Id> = self.terms.iter().map(|term| term.coefficient).collect();
        let read = self.graph.symbols(&coefficients).into_iter().filter_map(|symbol| match symbol {
            Symbol::Pick(_, coordinate) => Some(coordinate),
            _ => None,
        });
        let taken_by = self.terms.iter().flat_map(|term| term.by.iter().copied());
        read.chain(taken_by).max().map_or(0, |last| last + 1)
    }

    /// The highest order of a term.
    #[must_use]
    pub fn order(&self) -> usize {
        self.terms.iter().map(|term| term.by.len()).max().unwrap_or_default()
    }

    /// Whether the coefficient of a term is another at other points.
    #[must_use]
    pub fn varies(&self, term: &Term) -> bool {
        self.graph.symbols(&[term.coefficient]).iter().any(|symbol| matches!(symbol, Symbol::Pick(..)))
    }

    /// Refuses parameters that nothing depends on.
    fn check_parameters(&self, errors: &Errors) {
        for (place, name) in self.head.parameters.iter().enumerate() {
            let without = |term: &Term| is_zero(&self.graph, term.coefficient_by[place]);
            if self.terms.iter().all(without) {
                errors.at(name, message::operator_parameter_unused(&name.to_string()));
            }
        }
    }
}

fn is_zero(graph: &Graph, id: Id) -> bool {
    matches!(graph.node(id), Node::Number(number) if number.is_zero())
}
