#!/usr/bin/env bash
# Installs what is missing of Debian's packages. Usage: scripts/require.sh package=command ...
set -euo pipefail

missing=() commands=()
for pair in "$@"; do
    command -v "${pair#*=}" >/dev/null || { missing+=("${pair%%=*}") && commands+=("${pair#*=}"); }
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo -n)
{ "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -qq -y "${missing[@]}"; } >/dev/null \
    || { echo "${commands[*]} missing, and not to be had from apt-get: install ${missing[*]}" >&2; exit 1; }
