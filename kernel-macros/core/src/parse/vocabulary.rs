//! The vocabulary and other function calls.

use syn::ext::IdentExt as _;
use syn::{Expr, ExprCall, ExprPath};

use super::body::{Lowering, Place};
use super::constants;
use super::value::Value;
use crate::error::{Checked, message};
use crate::symbolic::{Comparison, Constant, Function, Gather, Graph, Id, Symbol};

/// A function of the vocabulary.
pub(super) struct Entry {
    pub(super) name: &'static str,
    /// How it is called, for messages.
    example: &'static str,
    /// How many points it takes.
    points: usize,
    /// On numbers, which are points of one dimension. A function of one point is given it twice.
    scalar: Pointwise,
    /// On vectors: a function of the sum over coordinates of another.
    vector: Option<(Pointwise, OfSum)>,
}

type Pointwise = fn(&mut Graph, Id, Id) -> Id;
type OfSum = fn(&mut Graph, Id) -> Id;

const ANGLE: &str = "angle";

const TABLE: [Entry; 7] = [
    Entry { name: "dot", example: "dot(x, y)", points: 2, scalar: Graph::mul, vector: Some((Graph::mul, itself)) },
    Entry { name: "sq_dist", example: "sq_dist(x, y)", points: 2, scalar: squared, vector: Some((squared, itself)) },
    Entry { name: "dist", example: "dist(x, y)", points: 2, scalar: distance, vector: Some((squared, Graph::sqrt)) },
    Entry {
        name: "norm",
        example: "norm(x)",
        points: 1,
        scalar: |g, a, _| g.call(Function::Abs, &[a]),
        vector: Some((Graph::mul, Graph::sqrt)),
    },
    Entry { name: "sq_norm", example: "sq_norm(x)", points: 1, scalar: Graph::mul, vector: Some((Graph::mul, itself)) },
    Entry { name: "l1_dist", example: "l1_dist(x, y)", points: 2, scalar: distance, vector: Some((distance, itself)) },
    Entry { name: ANGLE, example: "angle(x, y)", points: 2, scalar: line_angle, vector: None },
];

/// `erf` is the one function that is neither on points nor a method; it is imported like the vocabulary.
const ERF: Entry =
    Entry { name: "erf", example: "erf(s)", points: 1, scalar: |g, a, _| g.call(Function::Erf, &[a]), vector: None };

fn squared(graph: &mut Graph, a: Id, b: Id) -> Id {
    let difference = graph.sub(a, b);
    graph.powi(difference, 2)
}

fn distance(graph: &mut Graph, a: Id, b: Id) -> Id {
    let difference = graph.sub(a, b);
    graph.call(Function::Abs, &[difference])
}

/// The angle between two numbers: π where their signs differ.
fn line_angle(graph: &mut Graph, a: Id, b: Id) -> Id {
    let (product, zero, pi) = (graph.mul(a, b), graph.integer(0), graph.constant(Constant::Pi));
    graph.select(Comparison::Less, product, zero, pi, zero)
}

fn itself(_: &mut Graph, sum: Id) -> Id {
    sum
}

/// The vocabulary function of that name.
pub(super) fn find(name: &str) -> Option<&'static Entry> {
    TABLE.iter().chain([&ERF]).find(|entry| entry.name == name)
}

/// The float method that a path like `f64::max` names.
pub(super) fn float_function(segments: &[String]) -> Option<&str> {
    match segments {
        [ty, name] if ty == "f64" || ty == "f32" || ty == "Real" => Some(name),
        [root, ty, name] if (root == "std" || root == "core") && (ty == "f64" || ty == "f32") => Some(name),
        _ => None,
    }
}

impl Lowering<'_> {
    /// `function(arguments)`
    pub(super) fn call(&mut self, call: &ExprCall) -> Checked<Value> {
        let Expr::Path(function) = &*call.func else {
            return Err(self.errors.at(&call.func, message::unsupported("a call of this")));
        };
        let path = &function.path;
        let segments = constants::segments(path);
        if segments.len() >= 2 && segments[segments.len() - 2..] == ["iter", "zip"] {
            return self.zip_function(&call.args, call);
        }
        if let Some(name) = self.scalar_function(function, &segments) {
            if name == "of" && call.args.len() == 1 {
                return self.converted(&call.args[0]);
            }
            if name == "from" && call.args.len() == 1 {
                let value = self.evaluate(&call.args[0], Place::Inner)?;
                return Ok(Value::Number(self.number(&value, &call.args[0])?));
            }
            if let Some(value) = self.associated(name, call) {
                return value;
            }
        }
        let callable = path.get_ident().and_then(|name| self.callable(name));
        let beside = self.beside(&segments);
        let entry = match &*segments {
            _ if callable.is_some() || beside.is_some() => None,
            [name] => find(name),
            [.., name] if self.is_runtime(path) => find(name),
            _ => None,
        };
        // Arguments are read even where the function is not known: they have errors of their own.
        let arguments: Vec<Checked<Value>> =
            call.args.iter().map(|argument| self.evaluate(argument, Place::Inner)).collect();
        if let Some(callable) = callable {
            let arguments = arguments.into_iter().collect::<Checked<Vec<Value>>>()?;
            return self.apply_to(&callable?, arguments, &call.func, call);
        }
        if let Some(function) = beside {
            return self.inline_beside(function, arguments.into_iter().collect::<Checked<Vec<Value>>>()?, call);
        }
        let Some(entry) = entry else {
            let vocabulary = TABLE.each_ref().map(|entry| entry.example).join(", ");
            return Err(self.errors.at(&call.func, message::unknown_function(&segments.join("::"), &vocabulary)));
        };
        let arguments = arguments.into_iter().collect::<Checked<Vec<Value>>>()?;
        if arguments.len() != entry.points {
            return Err(self.errors.at(call, message::argument_count(entry.name, entry.points, arguments.len())));
        }
        self.vocabulary(entry, call, &arguments)
    }

    /// The function that a path like `f64::max`, `T::max` or `<T as Real>::max` names.
    pub(super) fn scalar_function<'s>(&self, function: &ExprPath, segments: &'s [String]) -> Option<&'s str> {
        match segments {
            [ty, name] if self.is_generic && *ty == self.scalar => Some(name),
            [.., of, name] if of == "Real" && (function.qself.is_some() || segments.len() > 2) => Some(name),
            segments => float_function(segments),
        }
    }

    /// `T::of(2.0)`
    fn converted(&mut self, argument: &Expr) -> Checked<Value> {
        let outside = std::mem::replace(&mut self.in_of, true);
        let value = self.evaluate(argument, Place::Inner);
        self.in_of = outside;
        Ok(Value::Number(self.number(&value?, argument)?))
    }

    fn vocabulary(&mut self, entry: &Entry, call: &ExprCall, arguments: &[Value]) -> Checked<Value> {
        let (Some(first), Some(last)) = (arguments.first(), arguments.last()) else {
            return Err(self.errors.at(call, message::argument_count(entry.name, entry.points, 0)));
        };
        match (first, last) {
            (Value::Point(a), Value::Point(b)) if entry.name == ANGLE => {
                let angle = if a == b { self.graph.integer(0) } else { self.graph.angle() };
                Ok(Value::Number(angle))
            }
            (Value::Point(_) | Value::Part(_), Value::Point(_) | Value::Part(_)) if entry.vector.is_some() => {
                self.of_vectors(entry, first, last, call).map(Value::Number)
            }
            (Value::Number(_) | Value::Whole(_), Value::Number(_) | Value::Whole(_)) => {
                let (a, b) = (self.number(first, call)?, self.number(last, call)?);
                Ok(Value::Number((entry.scalar)(self.graph, a, b)))
            }
            _ => {
                let wrong = arguments.iter().zip(&call.args).find(|(value, _)| !matches!(value, Value::Point(_)));
                let at = wrong.map_or(&*call.func, |(_, argument)| argument);
                Err(self.errors.at(at, message::vocabulary_argument(entry.name, entry.example)))
            }
        }
    }

    /// A sum over the coordinates of two points, or of parts of them.
    fn of_vectors(&mut self, entry: &Entry, first: &Value, last: &Value, call: &ExprCall) -> Checked<Id> {
        let refused = |this: &Self| this.errors.at(call, message::vocabulary_argument(entry.name, entry.example));
        let Some((pointwise, finish)) = entry.vector else { return Err(refused(self)) };
        let mut sides = Vec::new();
        let mut spans = Vec::new();
        for vector in [first, last] {
            let (whole, span) = match vector {
                Value::Part(part) => (&*part.whole, Some(part.span)),
                whole => (whole, None),
            };
            let Value::Point(side) = whole else { return Err(refused(self)) };
            sides.push(Symbol::Coordinate(*side));
            spans.push(span);
        }
        let span = self.same_span(spans[0], spans[1], call)?;
        // What depends on no outer coordinate is the same sum wherever it stands.
        let outer =
            span.is_some_and(|span| [span.start.id, span.end.id].iter().any(|&id| self.graph.is_per_coordinate(id)));
        let level = if outer { self.level } else { 0 };
        let outside = std::mem::replace(&mut self.level, level);
        let [a, b] = [sides[0], sides[1]].map(|symbol| self.at_level(symbol, level));
        let body = pointwise(self.graph, a, b);
        let body = self.within(span, Gather::Sum, body, level);
        let sum = if level > 1 {
            Err(self.errors.at(call, message::TRIPLE_SUM))
        } else {
            self.over_coordinates(Gather::Sum, body, call)
        };
        self.level = outside;
        Ok(finish(self.graph, sum?))
    }

    /// Whether a path leads into the runtime crate, under its own name or the one that `crate = …` gives it.
    fn is_runtime(&self, path: &syn::Path) -> bool {
        let module: Vec<_> = path
            .segments
            .iter()
            .take(path.segments.len() - 1)
            .map(|segment| segment.ident.unraw().to_string())
            .collect();
        let ours = self.options.runtime.as_ref().map(constants::segments);
        module == ["kernel_runtime"] || ours == Some(module)
    }
}
