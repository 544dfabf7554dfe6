//! Tokens that are written again and again.

use std::rc::Rc;

use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

/// Written one after the other. To append a stream to another, rustc has to be asked, which takes ten times as long.
#[derive(Clone)]
pub struct Tokens(Rc<[TokenTree]>);

impl FromIterator<TokenTree> for Tokens {
    fn from_iter<I: IntoIterator<Item = TokenTree>>(trees: I) -> Self {
        Self(trees.into_iter().collect())
    }
}

impl ToTokens for Tokens {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for tree in &*self.0 {
            tokens.append(tree.clone());
        }
    }
}

/// A punctuation character by itself.
pub fn punct(character: char) -> Punct {
    Punct::new(character, Spacing::Alone)
}
