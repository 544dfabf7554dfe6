//! `#[kernel] mod name { … }`: kernels that may call one another, and helper functions beside them.
//!
//! Functions marked `#[kernel]` inside are kernels, all others helpers; both are emitted as they stand, with what they
//! call of the vocabulary. Other items pass through.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Item, ItemFn, ItemMod, Meta, Path, Token};

use crate::definition::Definition;
use crate::error::{Errors, Failure, message};
use crate::parse::{self, Functions};
use crate::{emit, kernel};

/// A module that has been read.
#[derive(Debug)]
pub struct Module {
    /// The module with its items; those that are functions are in `parts` instead.
    shell: ItemMod,
    parts: Vec<Part>,
    /// What is wrong with the module itself and with its helpers.
    errors: Option<syn::Error>,
}

/// An item of a module, in its place.
#[derive(Debug)]
enum Part {
    Kernel(Box<Result<Definition, Failure>>),
    Other(TokenStream),
}

/// Whether an item is a module: whatever else it is, it is not looked into.
pub(crate) fn is_module(item: &TokenStream) -> bool {
    let before_body = |token: &TokenTree| !matches!(token, TokenTree::Group(group) if group.delimiter() == proc_macro2::Delimiter::Brace);
    let mut words = item.clone().into_iter().take_while(before_body).filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    words.find(|word| !matches!(word.as_str(), "pub" | "unsafe")).is_some_and(|word| word == "mod")
}

/// What `#[kernel(attribute)] mod name { … }` expands to.
pub(crate) fn expand(attribute: TokenStream, item: &TokenStream) -> TokenStream {
    match Module::read(attribute, item.clone()) {
        Ok(module) => module.expand(),
        Err(error) => {
            let error = error.to_compile_error();
            quote!(#item #error)
        }
    }
}

impl Module {
    /// Reads a module: the tokens inside `#[kernel(…)]`, and the `mod` below it.
    ///
    /// ```
    /// use kernel_core::module::Module;
    ///
    /// let item = "mod radial {
    ///     fn square(a: f64) -> f64 { a * a }
    ///     #[kernel] pub fn rbf(x: f64, y: f64, gamma: f64) -> f64 { (-gamma * square(x - y)).exp() }
    ///     #[kernel] pub fn twice(x: f64, y: f64) -> f64 { 2.0 * rbf(x, y, 0.5) }
    /// }";
    /// let module = Module::read("".parse()?, item.parse()?)?;
    /// assert_eq!(module.kernels().filter(|kernel| kernel.is_ok()).count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If it is no inline module. What is wrong inside is kept for [`expand`](Module::expand).
    pub fn read(attribute: TokenStream, item: TokenStream) -> Result<Self, syn::Error> {
        parse::check_depth(&item)?;
        let mut shell: ItemMod = syn::parse2(item)?;
        let Some((_, content)) = &mut shell.content else {
            return Err(syn::Error::new_spanned(shell, message::MODULE_INLINE));
        };
        let errors = Errors::new();
        let runtime = runtime(attribute, &errors);
        let mut items = std::mem::take(content);
        let marks: Vec<Option<Attribute>> = items.iter_mut().map(take_mark).collect();
        let functions = Functions::of(&items);
        let parts = items.into_iter().zip(marks).map(|(item, mark)| match (item, mark) {
            (Item::Fn(function), Some(mark)) => {
                let read = marked(&mark, function, runtime.as_ref(), &functions, &errors);
                Part::Kernel(Box::new(read))
            }
            (Item::Fn(function), None) => {
                let vocabulary = parse::called(&function, &functions, &errors);
                Part::Other(emit::source(&function, &vocabulary, &emit::runtime(runtime.as_ref())))
            }
            (Item::Use(mut import), _) => {
                if mentions_kernel(import.to_token_stream()) {
                    import.attrs.push(syn::parse_quote! {
                        #[allow(unused_imports, reason = "the attributes that it is for have been expanded")]
                    });
                }
                Part::Other(import.into_token_stream())
            }
            (item, _) => Part::Other(item.into_token_stream()),
        });
        let parts = parts.collect();
        Ok(Self { shell, parts, errors: errors.check().err() })
    }

    /// The kernels, in their order.
    pub fn kernels(&self) -> impl Iterator<Item = &Result<Definition, Failure>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Kernel(kernel) => Some(&**kernel),
            Part::Other(_) => None,
        })
    }

    /// Every error, each once: a helper's is found by every kernel that calls it.
    #[must_use]
    pub fn errors(&self) -> Vec<syn::Error> {
        let failures = self.kernels().filter_map(|kernel| kernel.as_ref().err()).map(|failure| &failure.errors);
        let mut seen = HashSet::new();
        let all = self.errors.iter().chain(failures).flatten();
        all.filter(|error| seen.insert((format!("{:?}", error.span()), error.to_string()))).collect()
    }

    /// The module with everything its kernels expand to.
    #[must_use]
    pub fn expand(self) -> TokenStream {
        let errors: TokenStream = self.errors().iter().map(syn::Error::to_compile_error).collect();
        let items = self.parts.iter().map(|part| {
            Item::Verbatim(match part {
                Part::Kernel(kernel) => match &**kernel {
                    Ok(definition) => kernel::code(definition),
                    Err(failure) => emit::plain(failure),
                },
                Part::Other(tokens) => tokens.clone(),
            })
        });
        let items = items.collect();
        let mut shell = self.shell;
        if let Some((_, content)) = &mut shell.content {
            *content = items;
        }
        quote!(#shell #errors)
    }
}

/// A kernel of the module.
fn marked(
    mark: &Attribute,
    function: ItemFn,
    runtime: Option<&Path>,
    functions: &Functions,
    errors: &Errors,
) -> Result<Definition, Failure> {
    let mut options = match &mark.meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(_) => {
            errors.at(mark, message::MARK);
            TokenStream::new()
        }
    };
    if parse::is_configured(&function.attrs) {
        errors.at(&function.sig.ident, message::CFG_KERNEL);
    }
    let own = options.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "crate"));
    if let Some(runtime) = runtime.filter(|_| !own) {
        let comma = (!options.is_empty()).then(<Token![,]>::default);
        options.extend(quote!(#comma crate = #runtime));
    }
    parse::parse_among(options, function.into_token_stream(), functions)
}

/// Takes the attribute `#[kernel]` off a function.
fn take_mark(item: &mut Item) -> Option<Attribute> {
    let Item::Fn(function) = item else { return None };
    let place = function.attrs.iter().position(parse::is_mark)?;
    Some(function.attrs.remove(place))
}

/// The option `crate = ::path`, the only one of a module.
fn runtime(attribute: TokenStream, errors: &Errors) -> Option<Path> {
    if attribute.is_empty() {
        return None;
    }
    let parser = |input: ParseStream| {
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        let path = input.call(Path::parse_mod_style)?;
        input.parse::<Option<Token![,]>>()?;
        Ok(path)
    };
    let path = parser.parse2(attribute.clone()).ok();
    if path.is_none() {
        errors.at(attribute, message::MODULE_OPTIONS);
    }
    path
}

fn mentions_kernel(tokens: TokenStream) -> bool {
    let mut pending = vec![tokens];
    while let Some(tokens) = pending.pop() {
        for token in tokens {
            match token {
                TokenTree::Ident(word) if word == "kernel" => return true,
                TokenTree::Group(group) => pending.push(group.stream()),
                _ => {}
            }
        }
    }
    false
}
