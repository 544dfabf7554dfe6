#!/usr/bin/env bash
# Tests of the engine on the registers of AArch64, emulated. Needs a C cross-compiler and qemu-user, from Debian if they are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER='qemu-aarch64 -L /usr/aarch64-linux-gnu'

scripts/require.sh gcc-aarch64-linux-gnu=aarch64-linux-gnu-gcc qemu-user=qemu-aarch64
rustup target add aarch64-unknown-linux-gnu
# Emulated instructions are slow: fewer of them.
export CARGO_PROFILE_DEV_OPT_LEVEL=1
cargo test --target aarch64-unknown-linux-gnu -p kernel-runtime --lib --test blocks --test levels
