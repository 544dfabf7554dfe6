//! Compiles the C side.

fn main() {
    println!("cargo::rerun-if-changed=src/long_double.c");
    // Without optimisation of the reference nobody waits longer than with it, and tests wait for millions of calls.
    cc::Build::new().file("src/long_double.c").opt_level(2).warnings(true).compile("kernel_long_double");
    println!("cargo::rustc-link-lib=m");
}
