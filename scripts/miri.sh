#!/usr/bin/env bash
# Tests of the engine in Miri, which finds undefined behaviour, on registers that are arrays: it has no intrinsics.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rustup toolchain install nightly --profile minimal -c miri -c rust-src
# Without the flag functions of the standard library are some units in the last place off, others in every call.
export MIRIFLAGS=-Zmiri-deterministic-floats KERNEL_RUNTIME_LEVEL=baseline
cargo +nightly miri test -p kernel-runtime --lib --test levels
