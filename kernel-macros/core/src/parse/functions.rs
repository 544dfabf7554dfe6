//! Closures, functions inside a kernel, and functions that stand beside it in a `#[kernel] mod`. A call of one stands
//! for its body, with the arguments in place of the parameters.

use std::collections::HashMap;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::visit::Visit;
use syn::{Expr, ExprCall, ExprClosure, ExprPath, FnArg, GenericParam, Item, ItemFn, Safety, Type};

use super::body::{Lowering, Place};
use super::scope::Scope;
use super::signature::{plain_type, real_parameter};
use super::survey;
use super::value::{Callable, Value};
use crate::error::{Checked, message};

/// Calls that one kernel makes of such functions, and they of each other. (Ten functions, each calling the one before
/// twice, make a thousand.)
const MAX_CALLS: usize = 1000;

/// The functions of a module, by name.
#[derive(Debug, Default)]
pub(crate) struct Functions {
    known: HashMap<String, ItemFn>,
}

impl Functions {
    /// All functions among these items.
    pub(crate) fn of(items: &[Item]) -> Self {
        let functions = items.iter().filter_map(|item| match item {
            Item::Fn(function) => Some((function.sig.ident.unraw().to_string(), function.clone())),
            _ => None,
        });
        Self { known: functions.collect() }
    }

    pub(super) fn find(&self, name: &str) -> Option<&ItemFn> {
        self.known.get(name)
    }
}

impl<'a> Lowering<'a> {
    /// The module's function that a path names.
    pub(super) fn beside(&self, segments: &[String]) -> Option<&'a ItemFn> {
        match segments {
            [name] => self.functions.find(name),
            [module, name] if module == "self" => self.functions.find(name),
            _ => None,
        }
    }

    /// The closure, or the function inside the kernel, that a name stands for.
    pub(super) fn callable(&self, name: &Ident) -> Option<Checked<Callable>> {
        match self.scope.get(name)? {
            Ok(Value::Callable(callable)) => Some(Ok(callable.clone())),
            Ok(_) => None,
            Err(reported) => Some(Err(*reported)),
        }
    }

    /// A closure as it is written: its variables are those of now.
    pub(super) fn capture(&mut self, closure: &ExprClosure) -> Checked<Value> {
        if let Some(token) = &closure.asyncness {
            return Err(self.errors.at(token, message::unsupported("async code")));
        }
        let captured = mentioned(&closure.body)
            .into_iter()
            .filter_map(|name| self.scope.get(name).map(|value| (name.clone(), value.clone())));
        let callable = Callable::closure(closure, captured.collect());
        callable.map(Value::Callable).ok_or_else(|| self.errors.at(closure, message::TUPLE_TOO_DEEP))
    }

    /// The value of a call.
    pub(super) fn apply_to(
        &mut self,
        callable: &Callable,
        arguments: Vec<Value>,
        function: &Expr,
        call: &dyn ToTokens,
    ) -> Checked<Value> {
        match callable {
            Callable::Function(item) => {
                let (wall, sealed) = (self.scope.wall(), self.scope.seal());
                let value = self.inline(item, arguments, function, call);
                self.scope.unseal(sealed);
                self.scope.open(wall);
                value
            }
            Callable::Closure(closure) => {
                self.count_call(call)?;
                self.scope.enter();
                for (name, value) in &closure.captured {
                    self.scope.bind(name, value.clone());
                }
                let value = self.apply_closure(&closure.source, arguments, call);
                self.scope.leave();
                value
            }
        }
    }

    /// The value of a closure whose variables are in scope.
    pub(super) fn apply_closure(
        &mut self,
        closure: &ExprClosure,
        arguments: Vec<Value>,
        call: &dyn ToTokens,
    ) -> Checked<Value> {
        if closure.inputs.len() != arguments.len() {
            let text = message::argument_count("the closure", closure.inputs.len(), arguments.len());
            return Err(self.errors.at(call, text));
        }
        let outside = self.scope.seal();
        for (input, argument) in closure.inputs.iter().zip(arguments) {
            self.bind(input, Ok(argument));
        }
        let value = self.evaluate(&closure.body, Place::Tail);
        self.scope.unseal(outside);
        value
    }

    fn count_call(&mut self, call: &dyn ToTokens) -> Checked<()> {
        self.inlined += 1;
        if self.inlined > MAX_CALLS { Err(self.errors.at(call, message::TOO_MANY_CALLS)) } else { Ok(()) }
    }

    /// The value of a call of a function beside the kernel.
    pub(super) fn inline_beside(
        &mut self,
        function: &ItemFn,
        arguments: Vec<Value>,
        call: &ExprCall,
    ) -> Checked<Value> {
        let outside = std::mem::replace(&mut self.scope, Scope::new());
        let value = self.inline(function, arguments, &call.func, call);
        self.scope = outside;
        value
    }

    /// The value of a function for these arguments.
    fn inline(&mut self, item: &ItemFn, arguments: Vec<Value>, function: &Expr, call: &dyn ToTokens) -> Checked<Value> {
        let signature = &item.sig;
        let name = signature.ident.unraw().to_string();
        if self.calls.contains(&name) {
            return Err(self.errors.at(call, message::recursion(&name)));
        }
        self.count_call(call)?;
        if signature.asyncness.is_some() || !matches!(signature.safety, Safety::Default) || signature.abi.is_some() {
            return Err(self.errors.at(function, message::unsupported("a function that is not plain")));
        }
        if survey::is_configured(&item.attrs) {
            return Err(self.errors.at(function, message::CFG_HELPER));
        }
        if signature.inputs.len() != arguments.len() {
            let text = message::argument_count(&name, signature.inputs.len(), arguments.len());
            return Err(self.errors.at(call, text));
        }
        survey::configuration(item, self.errors);

        let real = real_parameter(&signature.generics).map(|name| name.unraw().to_string());
        let (is_generic, in_of) = (self.is_generic, self.in_of);
        (self.is_generic, self.in_of) = (real.is_some(), false);
        let scalar = real.map(|real| std::mem::replace(&mut self.scalar, real));
        self.calls.push(name);
        self.bind_lengths(item);
        for (input, value) in signature.inputs.iter().zip(arguments) {
            if let FnArg::Typed(input) = input {
                self.bind(&input.pat, Ok(value));
            }
        }
        let value = self.block(&item.block, Place::Tail);
        self.calls.pop();
        (self.is_generic, self.in_of) = (is_generic, in_of);
        if let Some(scalar) = scalar {
            self.scalar = scalar;
        }
        value
    }

    /// A const generic that is the length of an array argument, which is the number of coordinates here too.
    fn bind_lengths(&mut self, function: &ItemFn) {
        for parameter in &function.sig.generics.params {
            let GenericParam::Const(parameter) = parameter else { continue };
            let is_length = function.sig.inputs.iter().any(|input| match input {
                FnArg::Typed(input) => array_length(&input.ty).is_some_and(|length| parameter.ident == length),
                FnArg::Receiver(_) => false,
            });
            if is_length {
                let dimension = Value::Whole(self.dimension());
                self.scope.bind_constant(&parameter.ident, Ok(dimension));
            }
        }
    }
}

/// `D` of `&[f64; D]`.
fn array_length(ty: &Type) -> Option<String> {
    let Type::Reference(reference) = plain_type(ty) else { return None };
    let Type::Array(array) = plain_type(&reference.elem) else { return None };
    Some(array.len.to_token_stream().to_string())
}

/// The plain names that an expression mentions.
fn mentioned(expression: &Expr) -> Vec<&Ident> {
    struct Names<'a>(Vec<&'a Ident>);
    impl<'a> Visit<'a> for Names<'a> {
        fn visit_expr_path(&mut self, path: &'a ExprPath) {
            self.0.extend(path.path.get_ident());
        }
    }
    let mut names = Names(Vec::new());
    names.visit_expr(expression);
    names.0.sort_unstable();
    names.0.dedup();
    names.0
}
