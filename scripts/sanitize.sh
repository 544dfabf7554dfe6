#!/usr/bin/env bash
# Tests of the engine under AddressSanitizer, at the levels whose loads and stores are intrinsics and which Miri has not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rustup toolchain install nightly --profile minimal
export RUSTFLAGS=-Zsanitizer=address
# Only where a target is given do build scripts and macros go without the sanitizer.
target=$(rustc +nightly -vV | sed -n 's/^host: //p')
test=(cargo +nightly test --target "$target" -p kernel-runtime)
# These take every level that the machine has. Accuracy is measured elsewhere.
"${test[@]}" --lib --test levels -- --skip accuracy
for level in avx2 avx512; do
    KERNEL_RUNTIME_LEVEL=$level "${test[@]}" --test blocks
done
