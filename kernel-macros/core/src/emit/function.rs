//! `rbf::grad` and its siblings: derivatives at one pair of points.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::definition::{Definition, Points};
use crate::plan::{Block, Plan};

use super::Tokens;
use super::docs;
use super::item::Item;
use super::names::{hidden, scalar};
use super::pair::{Pair, has_vectors, storage, zeros};

/// The uninhabited type with all functions of one pair of points.
pub fn functions(definition: &Definition, plan: &Plan, item: &Item, runtime: &Tokens) -> TokenStream {
    let name = &definition.item.sig.ident;
    let visibility = &definition.item.vis;
    let functions = ["grad", "grad_y", "hess_xx", "hess_xy", "hess_yy"].map(|function| match function {
        "grad_y" if plan.invariance.symmetric => mirrored(definition, plan, item, runtime, function, ("grad", 1)),
        "hess_yy" if plan.invariance.symmetric => mirrored(definition, plan, item, runtime, function, ("hess_xx", 2)),
        _ => single_block(definition, plan, item, runtime, function, plan.blocks(function)[0]),
    });
    let fused = ["value_grad", "value_grad_hess"]
        .map(|function| fused(definition, plan, item, runtime, function, &plan.blocks(function)[1..]));
    let of_parameters = [("grad_params", 0), ("hess_xy_params", 2)].map(|(function, order)| {
        parameter_blocks(definition, plan, item, runtime, function, &plan.blocks(function), order)
    });
    let docs = docs::functions(definition, plan);
    let turbofish = item.turbofish(definition);
    let constants = item.constants(definition, runtime);
    quote! {
        #docs
        #[allow(non_camel_case_types, dead_code, reason = "it is named like the function whose derivatives it holds")]
        #visibility enum #name {}

        #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, reason = "not every kernel uses all its derivatives")]
        impl #name {
            #(#functions)*
            #(#fused)*
            #(#of_parameters)*
        }

        const _: () = {
            #[allow(dead_code, reason = "the function counts as used: its derivatives are")]
            fn source #constants () { let _ = #name #turbofish; }
        };
    }
}

/// The arguments as the user declared them.
fn arguments(definition: &Definition) -> TokenStream {
    let inputs = definition.item.sig.inputs.iter().map(|input| match input {
        syn::FnArg::Typed(typed) => {
            let (pattern, ty) = (&typed.pat, &typed.ty);
            quote!(#pattern: #ty)
        }
        syn::FnArg::Receiver(receiver) => quote!(#receiver),
    });
    quote!(#(#inputs),*)
}

/// Tells rustc that an argument is used even where a derivative does not need it.
fn touch(definition: &Definition) -> TokenStream {
    let points = definition.point_names.iter();
    let parameters = definition.parameters.iter().map(|parameter| &parameter.name);
    let names = points.chain(parameters);
    quote!(let _ = (#(#names,)*);)
}

fn single_block(
    definition: &Definition,
    plan: &Plan,
    item: &Item,
    runtime: &Tokens,
    name: &str,
    block: Block<'_>,
) -> TokenStream {
    let function = format_ident!("{name}");
    let visibility = &definition.item.vis;
    let constants = item.constants(definition, runtime);
    let arguments = arguments(definition);
    let scalar = scalar(definition);
    let docs = docs::function(definition, plan, name);
    let touch = touch(definition);
    let order: u32 = if matches!(block, Block::Matrix(_)) { 2 } else { 1 };
    let mut pair = Pair::new(definition, plan, runtime);
    let out = hidden("out");
    match &definition.points {
        Points::Scalar => {
            let (lets, values) = pair.scalar(&[block.on_a_line(plan)]);
            quote! {
                #docs
                #[must_use]
                #[inline]
                #visibility fn #function #constants(#arguments) -> #scalar { #touch #lets #(#values)* }
            }
        }
        Points::Array { .. } => {
            let dimensions = usize::try_from(order).unwrap_or_default();
            let (ty, zeros) = (storage(definition, dimensions), zeros(definition, dimensions));
            let body = pair.fill(&[(block, quote!(#out))]);
            quote! {
                #docs
                #[must_use]
                #[inline]
                #visibility fn #function #constants(#arguments) -> #ty {
                    #touch
                    let mut #out = #zeros;
                    #body
                    #out
                }
            }
        }
        Points::Slice => {
            let d = hidden("d");
            let lengths = lengths(definition, runtime, name, &[(&out, power(&d, order))]);
            let body = pair.fill(&[(block, quote!(#out))]);
            quote! {
                #docs
                #[inline]
                #visibility fn #function #constants(#arguments, #out: &mut [#scalar]) {
                    #touch
                    #lengths
                    #body
                }
            }
        }
    }
}

/// k(y, x) = k(x, y), so what is differentiated by y at (x, y) is what is differentiated by x at (y, x).
fn mirrored(
    definition: &Definition,
    plan: &Plan,
    item: &Item,
    runtime: &Tokens,
    name: &str,
    (other, order): (&str, u32),
) -> TokenStream {
    let [function, other] = [name, other].map(|name| format_ident!("{name}"));
    let visibility = &definition.item.vis;
    let constants = item.constants(definition, runtime);
    let arguments = arguments(definition);
    let docs = docs::function(definition, plan, name);
    let [x, y] = &definition.point_names;
    let parameters: Vec<&Ident> = definition.parameters.iter().map(|parameter| &parameter.name).collect();
    if let Points::Slice = definition.points {
        let [d, out] = ["d", "out"].map(hidden);
        let scalar = scalar(definition);
        let lengths = lengths(definition, runtime, name, &[(&out, power(&d, order))]);
        return quote! {
            #docs
            #[inline]
            #visibility fn #function #constants(#arguments, #out: &mut [#scalar]) {
                #lengths
                Self::#other(#y, #x, #(#parameters,)* #out);
            }
        };
    }
    let ty = storage(definition, usize::try_from(order).unwrap_or_default());
    quote! {
        #docs
        #[must_use]
        #[inline]
        #visibility fn #function #constants(#arguments) -> #ty { Self::#other(#y, #x, #(#parameters),*) }
    }
}

/// Several blocks at once, with the value first: what they share is computed once.
fn fused(
    definition: &Definition,
    plan: &Plan,
    item: &Item,
    runtime: &Tokens,
    name: &str,
    blocks: &[Block<'_>],
) -> TokenStream {
    let function = format_ident!("{name}");
    let visibility = &definition.item.vis;
    let (constants, arguments, scalar) =
        (item.constants(definition, runtime), arguments(definition), scalar(definition));
    let docs = docs::function(definition, plan, name);
    let touch = touch(definition);
    let mut pair = Pair::new(definition, plan, runtime);
    let value = hidden("value");
    let names: Vec<Ident> = ["grad", "hess"].into_iter().take(blocks.len()).map(hidden).collect();
    let mut targets = vec![(Block::Value(plan.value), quote!(#value))];
    match &definition.points {
        Points::Scalar => {
            let all = std::iter::once(plan.value).chain(blocks.iter().map(|block| block.on_a_line(plan)));
            let (lets, values) = pair.scalar(&all.collect::<Vec<_>>());
            let types = values.iter().map(|_| &scalar);
            quote! {
                #docs
                #[must_use]
                #[inline]
                #visibility fn #function #constants(#arguments) -> (#(#types),*) { #touch #lets (#(#values),*) }
            }
        }
        Points::Array { .. } => {
            let orders = 1..=blocks.len();
            let types = orders.clone().map(|order| storage(definition, order));
            let zeros = orders.map(|order| zeros(definition, order));
            targets.extend(blocks.iter().zip(&names).map(|(block, name)| (*block, quote!(#name))));
            let body = pair.fill(&targets);
            quote! {
                #docs
                #[must_use]
                #[inline]
                #visibility fn #function #constants(#arguments) -> (#scalar, #(#types),*) {
                    #touch
                    let #value;
                    #(let mut #names = #zeros;)*
                    #body
                    (#value, #(#names),*)
                }
            }
        }
        Points::Slice => {
            let d = hidden("d");
            let mut outputs = Vec::new();
            for (order, (block, out)) in (1_u32..).zip(blocks.iter().zip(&names)) {
                outputs.push((out, power(&d, order)));
                targets.push((*block, quote!(#out)));
            }
            let checks = lengths(definition, runtime, name, &outputs);
            let body = pair.fill(&targets);
            quote! {
                #docs
                #[inline]
                #visibility fn #function #constants(#arguments, #(#names: &mut [#scalar]),*) -> #scalar {
                    #touch
                    #checks
                    let #value;
                    #body
                    #value
                }
            }
        }
    }
}

/// Checks that slices have the lengths the function needs.
fn lengths(
    definition: &Definition,
    runtime: &Tokens,
    function: &str,
    outputs: &[(&Ident, TokenStream)],
) -> TokenStream {
    let [x, y] = &definition.point_names;
    let d = hidden("d");
    let vectors = definition.parameters.iter().filter(|parameter| parameter.kind.is_per_coordinate());
    let inputs: Vec<&Ident> = std::iter::once(y).chain(vectors.map(|parameter| &parameter.name)).collect();
    let (outs, entries): (Vec<&Ident>, Vec<&TokenStream>) =
        outputs.iter().map(|(out, entries)| (*out, entries)).unzip();
    let mut names = format!("{}::{function}", definition.item.sig.ident);
    for name in std::iter::once(x).chain(inputs.iter().copied()).chain(outs.iter().copied()) {
        names.push(' ');
        names.push_str(&name.to_string());
    }
    quote! {
        let #d = #x.len();
        #runtime::__private::lengths(#names, #d, [#(#inputs.len()),*], [#(#outs.len()),*], [#(#entries),*]);
    }
}

/// The number of entries of blocks of an order: one for each scalar parameter, d for each vector.
fn entries(scalars: usize, vectors: usize, d: &Ident, order: u32) -> TokenStream {
    let blocks = match (scalars, vectors) {
        (_, 0) => quote!(#scalars),
        (0, _) => quote!(#vectors * #d),
        _ => quote!((#scalars + #vectors * #d)),
    };
    let power = power(d, order);
    if order == 0 { blocks } else { quote!(#blocks * #power) }
}

fn power(d: &Ident, order: u32) -> TokenStream {
    match order {
        0 => quote!(1),
        1 => quote!(#d),
        _ => quote!(#d * #d),
    }
}

/// `grad_params` and `hess_xy_params`: one block per parameter, one per entry of a per-coordinate one.
fn parameter_blocks(
    definition: &Definition,
    plan: &Plan,
    item: &Item,
    runtime: &Tokens,
    name: &str,
    blocks: &[Block<'_>],
    order: u32,
) -> TokenStream {
    let function = format_ident!("{name}");
    let visibility = &definition.item.vis;
    let (constants, arguments, scalar) =
        (item.constants(definition, runtime), arguments(definition), scalar(definition));
    let docs = docs::function(definition, plan, name);
    let touch = touch(definition);
    let count = blocks.len();
    let mut pair = Pair::new(definition, plan, runtime);
    let dimensions = usize::try_from(order).unwrap_or_default();
    match &definition.points {
        Points::Scalar => {
            let roots: Vec<_> = blocks.iter().map(|block| block.on_a_line(plan)).collect();
            let (lets, values) = pair.scalar(&roots);
            quote! {
                #docs
                #[must_use]
                #[inline]
                #visibility fn #function #constants(#arguments) -> [#scalar; #count] { #touch #lets [#(#values),*] }
            }
        }
        Points::Array { .. } => {
            let names: Vec<Ident> = (0..count).map(|place| hidden(&format!("out_{place}"))).collect();
            let kinds: Vec<bool> =
                definition.parameters.iter().map(|parameter| parameter.kind.is_per_coordinate()).collect();
            let declarations = names.iter().zip(&kinds).map(|(name, &vector)| {
                let zeros = zeros(definition, dimensions + usize::from(vector));
                quote!(let mut #name = #zeros;)
            });
            let types: Vec<TokenStream> =
                kinds.iter().map(|&vector| storage(definition, dimensions + usize::from(vector))).collect();
            let shared: Vec<(Block<'_>, TokenStream)> = (0..count)
                .filter(|&place| !kinds[place])
                .map(|place| {
                    let name = &names[place];
                    (blocks[place], quote!(#name))
                })
                .collect();
            let d = hidden("d");
            let [x, _] = &definition.point_names;
            let mut body = pair.fill(&shared);
            for place in (0..count).filter(|&place| kinds[place]) {
                let (name, entry) = (&names[place], hidden("entry"));
                let target = quote!(#name[#entry]);
                let (before, inner) = Pair::new(definition, plan, runtime).fill_entry(blocks[place], target, &entry);
                body.extend(quote!({ #before for #entry in 0..#d { #inner } }));
            }
            let (ty, result) = if has_vectors(definition) {
                (quote!((#(#types,)*)), quote!((#(#names,)*)))
            } else {
                let one = storage(definition, dimensions);
                (quote!([#one; #count]), quote!([#(#names),*]))
            };
            quote! {
                #docs
                #[must_use]
                #[inline]
                #visibility fn #function #constants(#arguments) -> #ty {
                    #touch
                    let #d = #x.len();
                    let _ = #d;
                    #(#declarations)*
                    #body
                    #result
                }
            }
        }
        Points::Slice => {
            let [d, out, rest, size] = ["d", "out", "rest", "size"].map(hidden);
            let scalars = definition.parameters.iter().filter(|parameter| !parameter.kind.is_per_coordinate()).count();
            let vectors = count - scalars;
            let (entries, power) = (entries(scalars, vectors, &d, order), power(&d, order));
            let lengths = lengths(definition, runtime, name, &[(&out, entries)]);
            let mut splits = TokenStream::new();
            let mut shared = Vec::new();
            let mut loops = TokenStream::new();
            let target = |name: &Ident| if order == 0 { quote!(#name[0]) } else { quote!(#name) };
            for (place, parameter) in definition.parameters.iter().enumerate() {
                let part = hidden(&format!("out_{place}"));
                let blocks_here = if parameter.kind.is_per_coordinate() { quote!(#d) } else { quote!(1) };
                splits.extend(quote!(let (#part, #rest) = #rest.split_at_mut(#blocks_here * #size);));
                if parameter.kind.is_per_coordinate() {
                    let [entry, block] = ["entry", "block"].map(hidden);
                    let target = target(&block);
                    let (before, inner) =
                        Pair::new(definition, plan, runtime).fill_entry(blocks[place], target, &entry);
                    let chunks = quote!(#part.chunks_exact_mut(::core::cmp::Ord::max(#size, 1)).enumerate());
                    loops.extend(quote!({ #before for (#entry, #block) in #chunks { #inner } }));
                } else {
                    shared.push((blocks[place], target(&part)));
                }
            }
            let body = pair.fill(&shared);
            quote! {
                #docs
                #[inline]
                #visibility fn #function #constants(#arguments, #out: &mut [#scalar]) {
                    #touch
                    #lengths
                    let #size = #power;
                    let #rest = #out;
                    #splits
                    let _ = #rest;
                    #body
                    #loops
                }
            }
        }
    }
}
