//! How a case is put to each form of a kernel. The macros are used by the table of kernels.

use ndarray::{Array1, Array2};

/// What one form of a kernel says about a case; `None` where that form has no such block.
pub(super) struct Evaluation {
    pub(super) form: &'static str,
    pub(super) parameters: &'static [&'static str],
    pub(super) blocks: [Option<Vec<f64>>; 8],
}

/// Slices, arrays, and in one dimension scalars.
macro_rules! everywhere {
    ($case:expr, $name:ident, $kernel:ident $parameters:tt, $smoothness:ident) => {{
        let mut forms = vectors!($case, $name, $kernel $parameters, $smoothness);
        if $case.d == 1 {
            forms.extend(scalars!($case, $name, $kernel $parameters, $smoothness));
        }
        forms
    }};
}

macro_rules! vectors {
    ($case:expr, $name:ident, $kernel:ident $parameters:tt, $smoothness:ident) => {{
        fn arrays<const D: usize>(case: &Case) -> [Evaluation; 2] {
            [
                returned!("array", case, &[f64; D], array::$name, $parameters),
                batch!("array batch", case, rows, array::$kernel<D>, $parameters, $smoothness),
            ]
        }
        let mut forms = vec![
            written!("slice", $case, slice::$name, $parameters),
            batch!("slice batch", $case, rows, slice::$kernel, $parameters, $smoothness),
        ];
        forms.extend(match $case.d {
            1 => arrays::<1>($case),
            2 => arrays::<2>($case),
            3 => arrays::<3>($case),
            5 => arrays::<5>($case),
            d => panic!("{}: no array of length {d} here", $case.id),
        });
        forms
    }};
}

macro_rules! scalars {
    ($case:expr, $name:ident, $kernel:ident $parameters:tt, $smoothness:ident) => {
        vec![
            returned!("scalar", $case, f64, scalar::$name, $parameters),
            batch!("scalar batch", $case, numbers, scalar::$kernel, $parameters, $smoothness),
        ]
    };
}

/// Arrays of a length that is part of the kernel.
macro_rules! fixed {
    ($case:expr, $d:literal, $name:ident, $kernel:ident $parameters:tt) => {
        vec![
            returned!("picked", $case, &[f64; $d], picked::$name, $parameters),
            batch!("picked batch", $case, rows, picked::$kernel, $parameters, differentiable),
        ]
    };
}

/// Pair functions that return their block.
macro_rules! returned {
    ($form:literal, $case:expr, $point:ty, $module:ident::$name:ident, ($($p:ident),*)) => {{
        let case: &Case = $case;
        $(let $p = case.parameter(stringify!($p));)*
        let (x, y): ($point, $point) = (argument(&case.x), argument(&case.y));
        Evaluation {
            form: $form,
            parameters: &[$(stringify!($p)),*],
            blocks: [
                flat(&$module::$name(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::grad(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::grad_y(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::hess_xx(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::hess_xy(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::hess_yy(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::grad_params(x, y, $(argument(&$p)),*)),
                flat(&$module::$name::hess_xy_params(x, y, $(argument(&$p)),*)),
            ]
            .map(Some),
        }
    }};
}

/// Pair functions that write their block.
macro_rules! written {
    ($form:literal, $case:expr, $module:ident::$name:ident, ($($p:ident),*)) => {{
        let case: &Case = $case;
        $(let $p = case.parameter(stringify!($p));)*
        let (x, y, d) = (&case.x[..], &case.y[..], case.d);
        let theta = 0 $(+ $p.len())*;
        Evaluation {
            form: $form,
            parameters: &[$(stringify!($p)),*],
            blocks: [
                flat(&$module::$name(x, y, $(argument(&$p)),*)),
                filled(d, |out| $module::$name::grad(x, y, $(argument(&$p),)* out)),
                filled(d, |out| $module::$name::grad_y(x, y, $(argument(&$p),)* out)),
                filled(d * d, |out| $module::$name::hess_xx(x, y, $(argument(&$p),)* out)),
                filled(d * d, |out| $module::$name::hess_xy(x, y, $(argument(&$p),)* out)),
                filled(d * d, |out| $module::$name::hess_yy(x, y, $(argument(&$p),)* out)),
                filled(theta, |out| $module::$name::grad_params(x, y, $(argument(&$p),)* out)),
                filled(theta * d * d, |out| $module::$name::hess_xy_params(x, y, $(argument(&$p),)* out)),
            ]
            .map(Some),
        }
    }};
}

/// The runtime's matrices of one row and one column.
macro_rules! batch {
    ($form:literal, $case:expr, $points:ident, $kernel:ty, ($($p:ident),*), $smoothness:ident) => {{
        let case: &Case = $case;
        let kernel = <$kernel>::new($(argument(&case.parameter(stringify!($p)))),*).unwrap();
        let (x, y) = ($points(&case.x), $points(&case.y));
        let [gf, fg, gg] = batch_derivatives!($smoothness, kernel, x, y);
        Evaluation {
            form: $form,
            parameters: &[$(stringify!($p)),*],
            blocks: [
                Some(gram::k_ff(&kernel, &x, &y).unwrap().into_iter().collect()),
                gf,
                fg,
                None,
                gg,
                None,
                None,
                None,
            ],
        }
    }};
}

macro_rules! batch_derivatives {
    (continuous, $kernel:ident, $x:ident, $y:ident) => {
        [None, None, None]
    };
    (differentiable, $kernel:ident, $x:ident, $y:ident) => {
        [
            Some(gram::k_gf(&$kernel, &$x, &$y).unwrap().into_iter().collect()),
            Some(gram::k_fg(&$kernel, &$x, &$y).unwrap().into_iter().collect()),
            Some(gram::k_gg(&$kernel, &$x, &$y).unwrap().into_iter().collect()),
        ]
    };
}

pub(super) fn rows(point: &[f64]) -> Array2<f64> {
    Array2::from_shape_vec((1, point.len()), point.to_vec()).unwrap()
}

pub(super) fn numbers(point: &[f64]) -> Array1<f64> {
    Array1::from_vec(point.to_vec())
}

/// Runs `write` on a buffer in which an entry left alone is a miss.
pub(super) fn filled(len: usize, write: impl FnOnce(&mut [f64])) -> Vec<f64> {
    let mut out = vec![f64::INFINITY; len];
    write(&mut out);
    out
}

/// The numbers of a point or parameter as the callee's signature wants them.
pub(super) fn argument<'a, T: Argument<'a>>(entries: &'a [f64]) -> T {
    T::of(entries)
}

pub(super) trait Argument<'a> {
    fn of(entries: &'a [f64]) -> Self;
}

impl Argument<'_> for f64 {
    fn of(entries: &[f64]) -> Self {
        let [only] = entries else { panic!("{entries:?} is not one number") };
        *only
    }
}

impl<'a> Argument<'a> for &'a [f64] {
    fn of(entries: &'a [f64]) -> Self {
        entries
    }
}

impl<'a, const D: usize> Argument<'a> for &'a [f64; D] {
    fn of(entries: &'a [f64]) -> Self {
        entries.try_into().unwrap()
    }
}

impl<const D: usize> Argument<'_> for [f64; D] {
    fn of(entries: &[f64]) -> Self {
        entries.try_into().unwrap()
    }
}

impl Argument<'_> for Vec<f64> {
    fn of(entries: &[f64]) -> Self {
        entries.to_vec()
    }
}

/// The entries of a returned block in order: parameters outermost, then rows.
pub(super) fn flat(block: &impl Flat) -> Vec<f64> {
    let mut entries = Vec::new();
    block.push(&mut entries);
    entries
}

pub(super) trait Flat {
    fn push(&self, entries: &mut Vec<f64>);
}

impl Flat for f64 {
    fn push(&self, entries: &mut Vec<f64>) {
        entries.push(*self);
    }
}

impl<T: Flat, const N: usize> Flat for [T; N] {
    fn push(&self, entries: &mut Vec<f64>) {
        for part in self {
            part.push(entries);
        }
    }
}

impl<A: Flat, B: Flat> Flat for (A, B) {
    fn push(&self, entries: &mut Vec<f64>) {
        self.0.push(entries);
        self.1.push(entries);
    }
}
