#!/usr/bin/env bash
# Instructions per call of emitted code beside those of the closed forms in `benches`, counted by callgrind.
# Usage: scripts/instructions.sh [target-cpu ...]   (default: x86-64 and x86-64-v3; valgrind knows no AVX-512)
# Fails where emitted code costs more than 1.02 × the closed form. Needs valgrind and python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
for cpu in "${@:-x86-64 x86-64-v3}"; do
    for cpu in $cpu; do
        target=$(realpath -m "${CARGO_TARGET_DIR:-target}")/instructions-$cpu
        # Padding before a loop counts as instructions, and depends on where in the program the function lies.
        RUSTFLAGS="-C target-cpu=$cpu -C llvm-args=-align-loops=1" CARGO_TARGET_DIR=$target cargo build --release --quiet -p kernel-benches
        mkdir "$scratch/$cpu"
        valgrind --tool=callgrind --callgrind-out-file="$scratch/$cpu/dump" \
            --collect-atstart=no --toggle-collect='kernel_benches::emitted::*' --toggle-collect='kernel_benches::hand::*' \
            --dump-before='count::case*' "$target/release/count" >"$scratch/$cpu/cases" 2>"$scratch/$cpu/log" ||
            { cat "$scratch/$cpu/log" >&2; exit 1; }
        echo "target-cpu=$cpu"
        python3 scripts/instructions.py "$scratch/$cpu" || failed=1
    done
done
exit "$failed"
