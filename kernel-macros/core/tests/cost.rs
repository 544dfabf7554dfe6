//! What blocks cost: the counts in the documentation are those of the emitted code, and those of nine kernels are on
//! record. `BLESS=1 cargo test -p kernel-core --test cost` records them anew: a count that grows wants a reason.

use std::fs;
use std::path::Path;

use kernel_core::cost::{Cost, Count};
use kernel_core::lower::Usage;
use kernel_core::{kernel, parse, plan};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};

const KERNELS: [&str; 9] =
    ["rbf", "ard_rbf", "rational_quadratic", "matern32", "matern52", "periodic", "polynomial", "linear", "arcsine"];
const FUNCTIONS: [&str; 3] = ["grad", "hess_xy", "value_grad_hess"];

/// Attribute and function of a kernel as the benches have it.
fn source(points: &str, kernel: &str) -> (TokenStream, TokenStream) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../benches/src/emitted/{points}.rs"));
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let mut function = file
        .items
        .into_iter()
        .find_map(|item| match item {
            syn::Item::Fn(function) if function.sig.ident == kernel => Some(function),
            _ => None,
        })
        .unwrap();
    let place = function.attrs.iter().position(|attribute| attribute.path().is_ident("kernel")).unwrap();
    let attribute = function.attrs.remove(place).meta.require_list().unwrap().tokens.clone();
    (attribute, function.into_token_stream())
}

fn cost(points: &str, kernel: &str, function: &str) -> Cost {
    let (attribute, item) = source(points, kernel);
    let plan = plan::plan(&parse::parse(attribute, item).ok().unwrap());
    let usage = if points == "array" { Usage::Unrolled } else { Usage::Loops };
    Cost::of(&plan, &plan.blocks(function), usage)
}

fn emitted(points: &str, kernel: &str, function: &str) -> syn::ImplItemFn {
    let (attribute, item) = source(points, kernel);
    let file: syn::File = syn::parse2(kernel::expand(attribute, item)).unwrap();
    let functions = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Impl(item) if item.self_ty.to_token_stream().to_string() == kernel => Some(item.items),
        _ => None,
    });
    functions
        .flatten()
        .find_map(|item| match item {
            syn::ImplItem::Fn(item) if item.sig.ident == function => Some(item),
            _ => None,
        })
        .unwrap()
}

/// Counts operators and calls as they stand, by the number of loops around them.
#[derive(Default)]
struct Operators {
    loops: usize,
    cost: Cost,
}

impl Operators {
    fn count(&mut self) -> &mut Count {
        match self.loops {
            0 => &mut self.cost.pair,
            1 => &mut self.cost.coordinate,
            _ => &mut self.cost.entry,
        }
    }
}

impl<'ast> Visit<'ast> for Operators {
    fn visit_expr_for_loop(&mut self, node: &'ast syn::ExprForLoop) {
        self.loops += 1;
        self.visit_block(&node.body);
        self.loops -= 1;
    }

    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        use syn::BinOp;
        match node.op {
            BinOp::Add(_) | BinOp::AddAssign(_) | BinOp::Sub(_) => self.count().additions += 1,
            BinOp::Mul(_) => self.count().multiplications += 1,
            BinOp::Div(_) => self.count().divisions += 1,
            _ => {}
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        if matches!(node.op, syn::UnOp::Neg(_)) && !matches!(*node.expr, syn::Expr::Lit(_)) {
            self.count().additions += 1;
        }
        visit::visit_expr_unary(self, node);
    }

    fn visit_expr_call(&mut self, node: &'ast syn::ExprCall) {
        const NAMES: [&str; 6] = ["exp", "powf", "sin", "cos", "asin", "sqrt"];
        let function = node.func.to_token_stream().to_string();
        if function.ends_with("lengths") {
            return;
        }
        let name = NAMES.into_iter().find(|name| function.ends_with(&format!("Lane :: {name}")));
        match name {
            Some("sqrt") => self.count().roots += 1,
            Some(name) => self.count().calls.push(name),
            None => {}
        }
        visit::visit_expr_call(self, node);
    }
}

#[test]
fn documented_costs_are_those_of_the_code() {
    for kernel in KERNELS {
        for function in FUNCTIONS {
            let code = emitted("slice", kernel, function);
            let mut operators = Operators::default();
            operators.visit_block(&code.block);
            let mut counted = operators.cost;
            for count in [&mut counted.pair, &mut counted.coordinate, &mut counted.entry] {
                count.calls.sort_unstable();
            }
            assert_eq!(counted, cost("slice", kernel, function), "{kernel}::{function}");
            let docs: String = code.attrs.iter().map(|attribute| attribute.to_token_stream().to_string()).collect();
            assert!(docs.contains(&format!("Cost: {counted}.")), "{kernel}::{function}: {docs}");
        }
    }
}

#[test]
fn costs_are_as_recorded() {
    let rows = KERNELS.into_iter().flat_map(|kernel| {
        ["array", "slice"].into_iter().flat_map(move |points| {
            FUNCTIONS.map(|function| format!("{kernel} {points} {function}: {}\n", cost(points, kernel, function)))
        })
    });
    let table: String = rows.collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cost.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, table).unwrap();
        return;
    }
    let recorded = fs::read_to_string(path).unwrap_or_default();
    for (got, want) in table.lines().zip(recorded.lines()) {
        assert_eq!(got, want);
    }
    assert_eq!(table.lines().count(), recorded.lines().count());
}

/// Value, gradient and Hessian need one exponential, power or arcsine between them, as the value alone does.
#[test]
fn blocks_computed_together_share_their_calls() {
    for kernel in KERNELS {
        for points in ["array", "slice"] {
            let calls = |function| cost(points, kernel, function).pair.calls;
            for function in ["value_grad", "value_grad_hess"] {
                let together = calls(function);
                let mut once = together.clone();
                once.dedup();
                assert_eq!(together, once, "{kernel}::{function} on {points}");
            }
            let needed = ["exp", "powf", "asin"].map(|call| calls("value_grad_hess").contains(&call));
            let has_call = !matches!(kernel, "polynomial" | "linear");
            assert_eq!(needed.contains(&true), has_call, "{kernel} on {points}");
        }
    }
}
