//! `cargo +nightly fuzz run body --sanitizer none -- -max_len=600`; the corpus is replayed by
//! `cargo test -p kernel-core --test corpus`. (The library forbids unsafe code, so a sanitizer would only slow it
//! down.)
#![forbid(unsafe_code)]

pub mod decode;
