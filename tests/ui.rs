//! What the compiler says, and that it says nothing, about the programs in `ui/`.
//!
//! A fresh message: `TRYBUILD=overwrite cargo test --test ui`; then read it as its reader would.

use std::process::Command;

/// Messages change between compilers: the files hold those of the pinned one.
fn pinned_toolchain() -> Result<(), String> {
    let pin = include_str!("../rust-toolchain.toml")
        .lines()
        .find_map(|line| line.strip_prefix("channel = "))
        .ok_or("rust-toolchain.toml names no channel")?
        .trim_matches('"');
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let version = Command::new(&rustc).arg("--version").output().map_err(|e| format!("{rustc}: {e}"))?;
    let version = String::from_utf8_lossy(&version.stdout);
    if version.split_whitespace().nth(1) == Some(pin) {
        Ok(())
    } else {
        Err(format!("this is {}, the messages are those of {pin}", version.trim()))
    }
}

#[test]
fn messages() {
    if let Err(reason) = pinned_toolchain() {
        println!("skipped: {reason}");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*/*.rs");
    cases.compile_fail("ui/fail/*/*.rs");
}
