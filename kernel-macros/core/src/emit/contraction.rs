//! The sums over coordinates with the vectors along which derivatives are taken, made once the sums without them are
//! finished.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::lower::OpId;
use crate::symbolic::{Gather, Symbol};

use super::code::{Coder, Scope};
use super::stages::Stages;

impl Stages<'_> {
    /// A loop that makes these sums, with `coordinates` read at each.
    pub(super) fn along(
        &self,
        coder: &mut Coder<'_>,
        scope: &mut Scope<'_>,
        sums: &[(usize, OpId)],
        coordinates: &TokenStream,
    ) -> TokenStream {
        if sums.is_empty() {
            return TokenStream::new();
        }
        let ops = |sums: &[(usize, OpId)]| sums.iter().map(|sum| sum.1).collect::<Vec<OpId>>();
        let names = sums.iter().map(|sum| along(sum.0));
        let frontier = coder.frontier_of(&ops(sums), |symbol| symbol.is_own() || symbol.is_other());
        let lets = coder.bind(scope, &frontier);
        let is_double = |r: usize| self.plan.graph.reductions()[r].gather == Gather::DoubleSum;
        let (doubles, simple): (Vec<_>, Vec<_>) = sums.iter().copied().partition(|&(r, _)| is_double(r));
        let inside = |symbol| self.inside(symbol);
        let mut at_i = scope.inner(&inside);
        let shared = coder.bind_shared(&mut at_i, &ops(&simple));
        let additions = additions(coder, &at_i, &simple);
        let inner = (!doubles.is_empty()).then(|| {
            let row = coder.frontier_of(&ops(&doubles), Symbol::is_other);
            let row = coder.bind(&mut at_i, &row);
            let mut at_both = at_i.inner(&inside);
            let shared = coder.bind_shared(&mut at_both, &ops(&doubles));
            let additions = self::additions(coder, &at_both, &doubles);
            quote!(#row for j in 0..d { #shared #additions })
        });
        quote! {
            #lets
            #(let mut #names = V::of(0.0);)*
            for i in 0..d { let place = place.at(i); #coordinates #shared #additions #inner }
        }
    }
}

fn additions(coder: &Coder<'_>, scope: &Scope<'_>, sums: &[(usize, OpId)]) -> TokenStream {
    let additions = sums.iter().map(|&(r, op)| {
        let (name, summand) = (along(r), coder.operand(scope, op));
        quote!(#name = #name + #summand;)
    });
    additions.collect()
}

/// The name of such a sum.
pub(super) fn along(r: usize) -> Ident {
    format_ident!("along_{r}")
}
