//! Errors: how they are collected, what a failed kernel leaves behind, and every message of the parser in one table.

pub(crate) mod message;

use std::cell::RefCell;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Proof that an error has been put on the list: whoever holds one need not report again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reported(());

/// A result whose error has already been reported.
pub(crate) type Checked<T> = Result<T, Reported>;

/// The list of everything wrong with one kernel, so that the user sees all of it in one go.
///
/// Dropping a list that was not [`check`](Errors::check)ed is a bug (its errors would be lost in silence), and panics.
pub(crate) struct Errors {
    list: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { list: RefCell::new(Some(Vec::new())) }
    }

    /// Reports `message` at exactly these tokens.
    pub(crate) fn at(&self, tokens: impl ToTokens, message: impl Into<String>) -> Reported {
        self.add(syn::Error::new_spanned(tokens, message.into()))
    }

    /// Reports `message` at a place that has no tokens of its own.
    pub(crate) fn at_span(&self, span: Span, message: impl Into<String>) -> Reported {
        self.add(syn::Error::new(span, message.into()))
    }

    /// Takes over an error of syn's own parsers.
    pub(crate) fn add(&self, error: syn::Error) -> Reported {
        if let Some(list) = self.list.borrow_mut().as_mut() {
            list.push(error);
        }
        Reported(())
    }

    /// The number of errors so far.
    pub(crate) fn mark(&self) -> usize {
        self.list.borrow().as_ref().map_or(0, Vec::len)
    }

    /// Fails if something has been reported after the first `mark` errors.
    pub(crate) fn since(&self, mark: usize) -> Checked<()> {
        if self.mark() > mark { Err(Reported(())) } else { Ok(()) }
    }

    /// Forgets all but the first `mark` errors, where what they are about is going to be read in another way.
    pub(crate) fn rewind(&self, mark: usize) {
        if let Some(list) = self.list.borrow_mut().as_mut() {
            list.truncate(mark);
        }
    }

    /// Ends the collection: all errors combined, or none.
    pub(crate) fn check(self) -> Result<(), syn::Error> {
        let mut all = self.list.borrow_mut().take().unwrap_or_default().into_iter();
        match all.next() {
            None => Ok(()),
            Some(first) => Err(all.fold(first, |mut sum, error| {
                sum.combine(error);
                sum
            })),
        }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.list.get_mut().is_none() || std::thread::panicking(),
            "a list of errors was dropped unchecked: this is a bug in kernel-core"
        );
    }
}

/// What is left of a kernel that could not be read: its errors, and enough to emit the user's function all the same,
/// so that nothing else in the crate breaks.
#[derive(Clone, Debug)]
pub struct Failure {
    /// Every error of the kernel, combined.
    pub errors: syn::Error,
    /// The user's item, token by token as it came.
    pub item: TokenStream,
    /// The same item as a function and what its body needs in scope; `None` if it is not a function.
    pub function: Option<Box<Salvage>>,
}

/// The function of a [`Failure`].
#[derive(Clone, Debug)]
pub struct Salvage {
    /// The user's function without the `#[kernel]` attribute.
    pub item: syn::ItemFn,
    /// Vocabulary functions its body calls, sorted, unique.
    pub vocabulary: Vec<&'static str>,
    /// The option `crate = ::path`.
    pub runtime: Option<syn::Path>,
}
