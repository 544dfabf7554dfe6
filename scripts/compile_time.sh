#!/usr/bin/env bash
# What `#[kernel]` costs at compile time: `cargo check` of a crate with 1 and with 50 kernels (median of 5, on one core, macro
# unoptimised as users get it); `cargo build --release` of 1 and of 51, each used in one block; Gram matrices in a development
# build, also with what the README advises; then expansion times and sizes of expressions made to swell.
# Fails where 50 kernels take more than 0.3 s + 25 ms each, a kernel that is used more than 60 ms, or a matrix of 1000² more
# than 0.3 s. Needs python3 and taskset.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/compile-time

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
python3 scripts/compile_time.py "$root" "$scratch" "$target" || failed=1
# Dependencies unoptimised too, as in a user's development build.
CARGO_TARGET_DIR=$target taskset -c 0 cargo test --quiet -p kernel-core --test swell \
    --config 'profile.dev.package."*".opt-level=0' -- --ignored --nocapture
exit "$failed"
