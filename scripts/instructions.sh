#!/usr/bin/env bash
# Instructions per call of emitted code beside those of the closed forms in `benches`, and of small batches beside plain loops,
# counted by callgrind. Usage: scripts/instructions.sh [--check | --update] [target-cpu ...]
# target-cpu: x86-64 and x86-64-v3 if not given; batches take AVX2 on either (valgrind knows no AVX-512).
# Counts are the same on every machine that has AVX2: to the program valgrind is one and the same processor on all of them.
# Fails where emitted code costs more than 1.02 × the closed form. With --check instead, on x86-64-v3 alone if not told otherwise,
# where a ratio is more than 3 % above the one in benches/instructions.txt, which --update writes. Needs python3,
# and valgrind, from Debian if it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scripts/require.sh valgrind=valgrind
grep -qw avx2 /proc/cpuinfo || { echo "$0 counts instructions of AVX2, which this machine has not" >&2; exit 1; }

mode=--show defaults='x86-64 x86-64-v3'
case "${1-}" in --check | --update) mode=$1 defaults=x86-64-v3 && shift ;; esac
# shellcheck disable=SC2086 # one word for each
[ $# -gt 0 ] || set -- $defaults

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
for cpu in "$@"; do
    target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/instructions-$cpu
    # Padding before a loop counts as instructions, and depends on where in the program the function lies.
    RUSTFLAGS="-C target-cpu=$cpu -C llvm-args=-align-loops=1" CARGO_TARGET_DIR=$target cargo build --release --quiet -p kernel-benches
    mkdir "$scratch/$cpu"
    KERNEL_RUNTIME_LEVEL=avx2 valgrind --tool=callgrind --callgrind-out-file="$scratch/$cpu/dump" \
        --collect-atstart=no --toggle-collect='kernel_benches::emitted::*' --toggle-collect='kernel_benches::hand::*' \
        --toggle-collect='kernel_benches::plain::*' --toggle-collect='count::small::*' \
        --dump-before='count::case*' "$target/release/count" >"$scratch/$cpu/cases" 2>"$scratch/$cpu/log" ||
        { cat "$scratch/$cpu/log" >&2; exit 1; }
    [ "$mode" = --check ] || echo "target-cpu=$cpu"
    python3 scripts/instructions.py "$mode" "$cpu" "$scratch/$cpu" benches/instructions.txt || failed=1
done
exit "$failed"
