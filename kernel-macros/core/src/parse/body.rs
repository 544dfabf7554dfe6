//! The body of a kernel: blocks, statements, names and the dispatch over expressions.

use syn::ext::IdentExt as _;
use syn::{Block, Expr, Item, ItemFn, Local, Path, Stmt};

use super::assign::is_effect;
use super::condition::is_guard;
use super::functions::Functions;
use super::scope::Scope;
use super::signature::{Role, Signature};
use super::value::{Callable, Value};
use crate::definition::{Options, ParameterKind, Points, Scalar};
use crate::error::{Checked, Errors, Reported, message};
use crate::symbolic::{Graph, Id, Symbol};

/// Levels of nesting, counted here once more although `depth` has looked at the tokens.
const MAX_DEPTH: usize = 200;

/// Distinct intermediate results of a kernel: second derivatives by each parameter take a hundred times as many.
const MOST_RESULTS: usize = 1000;

/// A body on its way to an expression.
pub(super) struct Lowering<'a> {
    pub(super) graph: &'a mut Graph,
    pub(super) signature: &'a Signature,
    pub(super) options: &'a Options,
    /// The functions beside this one.
    pub(super) functions: &'a Functions,
    pub(super) errors: &'a Errors,
    pub(super) scope: Scope,
    /// How many reductions over coordinates this is inside of.
    pub(super) level: usize,
    /// How the float type is written here: `f64`, or `T`.
    pub(super) scalar: String,
    /// Whether that is a type parameter.
    pub(super) is_generic: bool,
    /// Whether this is inside `T::of(…)`, where floats are `f64`.
    pub(super) in_of: bool,
    /// Constants of the user's own so far.
    pub(super) constants: Vec<Path>,
    /// Names taken for constants of the standard library, with their values.
    pub(super) assumed: Vec<(Path, f64)>,
    /// Whether a quotient of integers is a number, as in mathematics, and not an integer, as in Rust.
    pub(super) exact_quotients: bool,
    /// The functions whose bodies this is inside of.
    pub(super) calls: Vec<String>,
    /// Calls carried out so far.
    pub(super) inlined: usize,
    /// Rounds of loops over known numbers so far.
    pub(super) rounds: usize,
    depth: usize,
    /// It has been reported that there is too much of it, as the error with this number.
    too_large: Option<(Reported, usize)>,
}

/// Where an expression stands: `return` is allowed only where the value of the expression is the function's.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Tail,
    Inner,
}

/// What a body says.
pub(super) struct Lowered {
    /// The kernel's expression.
    pub(super) value: Id,
    pub(super) constants: Vec<Path>,
    pub(super) assumed: Vec<(Path, f64)>,
}

/// Reads the body.
pub(super) fn lower(
    item: &ItemFn,
    signature: &Signature,
    options: &Options,
    functions: &Functions,
    graph: &mut Graph,
    errors: &Errors,
) -> Checked<Lowered> {
    let mut lowering = Lowering::new(signature, options, functions, graph, errors);
    lowering.calls = vec![item.sig.ident.unraw().to_string()];
    let value = lowering.block(&item.block, Place::Tail)?;
    let value = lowering.number(&value, item.block.stmts.last())?;
    Ok(Lowered { value, constants: lowering.constants, assumed: lowering.assumed })
}

impl<'a> Lowering<'a> {
    /// Nothing read yet; the arguments are in scope.
    pub(super) fn new(
        signature: &'a Signature,
        options: &'a Options,
        functions: &'a Functions,
        graph: &'a mut Graph,
        errors: &'a Errors,
    ) -> Self {
        let mut lowering = Self {
            graph,
            signature,
            options,
            functions,
            errors,
            scope: Scope::new(),
            level: 0,
            scalar: signature.scalar_name.clone(),
            is_generic: signature.scalar == Scalar::Generic,
            in_of: false,
            constants: Vec::new(),
            assumed: Vec::new(),
            exact_quotients: false,
            calls: Vec::new(),
            inlined: 0,
            rounds: 0,
            depth: 0,
            too_large: None,
        };
        for (name, role) in &signature.arguments {
            let value = role.map(|role| lowering.argument(role));
            lowering.scope.bind(name, value);
        }
        lowering
    }
}

impl Lowering<'_> {
    fn argument(&mut self, role: Role) -> Value {
        match role {
            Role::Point(side) if matches!(self.signature.points, Ok(Points::Scalar)) => {
                Value::Number(self.graph.symbol(Symbol::Point(side)))
            }
            Role::Point(side) => Value::Point(side),
            Role::Parameter(index) => match self.signature.parameters[index].kind {
                ParameterKind::Scalar => Value::Number(self.graph.symbol(Symbol::Parameter(index))),
                ParameterKind::Slice | ParameterKind::Array => Value::Weights(index),
            },
        }
    }

    /// One level deeper.
    pub(super) fn nested<T>(&mut self, at: &Expr, inner: impl FnOnce(&mut Self) -> Checked<T>) -> Checked<T> {
        if self.depth >= MAX_DEPTH {
            return Err(self.errors.at(at, message::TOO_DEEP));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    pub(super) fn block(&mut self, block: &Block, place: Place) -> Checked<Value> {
        self.scope.enter();
        self.constants(block);
        let value = self.statements(&block.stmts, block, place);
        self.scope.leave();
        value
    }

    pub(super) fn statements(&mut self, statements: &[Stmt], block: &Block, place: Place) -> Checked<Value> {
        for (index, statement) in statements.iter().enumerate() {
            let rest = &statements[index + 1..];
            match statement {
                Stmt::Expr(Expr::Return(expression), _) if place == Place::Tail => {
                    if let [next, ..] = rest {
                        self.errors.at(next, message::UNREACHABLE);
                    }
                    let value =
                        expression.expr.as_ref().ok_or_else(|| self.errors.at(expression, message::RETURN_NOTHING))?;
                    return self.evaluate(value, Place::Inner);
                }
                Stmt::Expr(expression, None) if rest.is_empty() && !is_effect(expression) => {
                    return self.evaluate(expression, place);
                }
                Stmt::Expr(Expr::If(branch), _) if place == Place::Tail && is_guard(branch) => {
                    return self.guard(branch, rest, block);
                }
                Stmt::Expr(expression, _) if rest.is_empty() => {
                    // It can only be wrong; what it is decides what to say.
                    if is_effect(expression) {
                        self.effect(expression)?;
                    } else {
                        self.evaluate(expression, Place::Inner)?;
                    }
                }
                statement => self.statement(statement),
            }
        }
        Err(match block.stmts.last() {
            Some(last) => self.errors.at(last, message::NO_VALUE),
            None => self.errors.at_span(block.brace_token.span.join(), message::NO_VALUE),
        })
    }

    /// A statement that neither is the value of its block nor returns.
    pub(super) fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Local(local) => self.local(local),
            Stmt::Item(item) => self.item(item),
            Stmt::Macro(statement) => {
                self.errors.at(&statement.mac, message::MACRO);
            }
            Stmt::Expr(expression, _) if is_effect(expression) => {
                // Where it is wrong, this has been reported; what follows is still read.
                let _: Checked<()> = self.effect(expression);
            }
            Stmt::Expr(expression, _) => {
                // It can only be wrong; what it is decides what to say.
                if self.evaluate(expression, Place::Inner).is_ok() {
                    self.errors.at(expression, message::NO_EFFECT);
                }
            }
        }
    }

    fn local(&mut self, local: &Local) {
        let value = match &local.init {
            None => Ok(Value::Unset),
            Some(init) => match &init.diverge {
                Some((_, diverge)) => Err(self.errors.at(diverge, message::LET_ELSE)),
                None => self.evaluate(&init.expr, Place::Inner),
            },
        };
        self.bind(&local.pat, value);
    }

    /// The functions and constants of a block: items, in scope from its beginning. Constants are made of constants
    /// only.
    pub(super) fn constants(&mut self, block: &Block) {
        for statement in &block.stmts {
            if let Stmt::Item(Item::Fn(function)) = statement {
                self.scope.bind_constant(&function.sig.ident, Ok(Value::Callable(Callable::function(function))));
            }
        }
        let items = block.stmts.iter().filter_map(|statement| match statement {
            Stmt::Item(Item::Const(item)) => Some(item),
            _ => None,
        });
        for item in items {
            let outside = self.scope.wall();
            // A constant cannot be of a type parameter: floats in it are f64.
            let converted = std::mem::replace(&mut self.in_of, true);
            let value = self.evaluate(&item.expr, Place::Inner);
            self.in_of = converted;
            self.scope.open(outside);
            self.scope.bind_constant(&item.ident, value);
        }
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Use(item) => self.import(item),
            // Read when the block began.
            Item::Const(_) | Item::Fn(_) => {}
            item => {
                self.errors.at(item, message::ITEM);
            }
        }
    }

    pub(super) fn evaluate(&mut self, expression: &Expr, place: Place) -> Checked<Value> {
        let value = self.nested(expression, |this| this.dispatch(expression, place))?;
        self.check_size(expression)?;
        Ok(value)
    }

    /// Refuses the expression that makes the kernel too large to differentiate; what comes after it is not to blame.
    fn check_size(&mut self, at: &Expr) -> Checked<()> {
        if self.graph.len() <= MOST_RESULTS {
            return Ok(());
        }
        match self.too_large {
            // Unless it has been forgotten since, with what was to be read in another way.
            Some((reported, place)) if self.errors.mark() > place => Err(reported),
            _ => {
                let place = self.errors.mark();
                let reported = self.errors.at(at, message::too_large(MOST_RESULTS));
                self.too_large = Some((reported, place));
                Err(reported)
            }
        }
    }

    fn dispatch(&mut self, expression: &Expr, place: Place) -> Checked<Value> {
        let unsupported = |what: &str| Err(self.errors.at(expression, message::unsupported(what)));
        let report = |text: &str| Err(self.errors.at(expression, text));
        match expression {
            Expr::Lit(literal) => self.literal(literal),
            Expr::Path(path) => self.path(path),
            Expr::Paren(inner) => self.evaluate(&inner.expr, Place::Inner),
            Expr::Group(inner) => self.evaluate(&inner.expr, place),
            Expr::Block(inner) if inner.label.is_none() => self.block(&inner.block, place),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Binary(binary) => self.binary(binary),
            // rustc checks what may be borrowed where; a reference to a value stands for the value.
            Expr::Reference(reference) if reference.mutability.is_none() => {
                self.evaluate(&reference.expr, Place::Inner)
            }
            Expr::Reference(_) | Expr::RawAddr(_) => report(message::MUT_BORROW),
            Expr::If(branch) => self.branch(branch, place),
            Expr::Tuple(tuple) => self.tuple(tuple),
            Expr::Cast(cast) => self.cast(cast),
            Expr::Index(index) => self.index(index),
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method(call),
            Expr::Return(inner) if place == Place::Tail => match &inner.expr {
                Some(value) => self.evaluate(value, Place::Inner),
                None => report(message::RETURN_NOTHING),
            },
            Expr::Return(_) => report(message::RETURN),
            Expr::ForLoop(_) => report(message::FOR_VALUE),
            Expr::While(_) | Expr::Loop(_) | Expr::Break(_) | Expr::Continue(_) => report(message::LOOP),
            Expr::Assign(_) => report(message::ASSIGN),
            Expr::Match(_) => report(message::MATCH),
            Expr::Macro(_) => report(message::MACRO),
            Expr::Closure(closure) => self.capture(closure),
            Expr::Field(field) => self.field(field),
            Expr::Let(binding) => {
                let reported = self.errors.at(expression, message::IF_LET);
                self.bind(&binding.pat, Err(reported));
                Err(reported)
            }
            Expr::Array(array) => self.array(array),
            Expr::Repeat(_) => unsupported("an array of copies"),
            Expr::Range(range) => self.range(range),
            Expr::Struct(_) => unsupported("a struct"),
            Expr::Try(_) | Expr::TryBlock(_) => unsupported("`?`"),
            Expr::Async(_) | Expr::Await(_) | Expr::Yield(_) => unsupported("async code"),
            Expr::Unsafe(_) => unsupported("an unsafe block"),
            Expr::Const(_) => unsupported("a const block"),
            Expr::Block(_) => unsupported("a labelled block"),
            _ => unsupported("this expression"),
        }
    }
}
