//! Tests of the workspace as its users see it; the README's code is one of them.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
