"""The table of `instructions.sh`: reads the cases the program printed and the dumps callgrind made of them."""

import pathlib
import sys

LIMIT = 1.02
# How much a ratio may rise above the one on record.
TOLERANCE = 1.03


def total(dump):
    for line in dump.read_text().splitlines():
        if line.startswith("totals:"):
            return int(line.split()[1])
    raise SystemExit(f"{dump} has no totals")


def ratios(folder):
    """Instructions of emitted code and by hand, by kernel, points and block."""
    lines = (folder / "cases").read_text().splitlines()
    calls = int(lines[0].split()[1])
    cases = [tuple(line.split(" ")) for line in lines[1:]]
    # The dump made before the first case holds what came before it.
    dumps = [folder / f"dump.{number}" for number in range(2, len(cases) + 1)]
    if not all(dump.exists() for dump in dumps):
        raise SystemExit(f"{len(cases)} cases, but not as many dumps: {sorted(p.name for p in folder.iterdir())}")
    counts = {case: total(dump) / calls for case, dump in zip(cases, dumps)}
    return {case[:3]: (count, counts[case[:3] + ("hand",)]) for case, count in counts.items() if case[3] == "emitted"}


def show(counts):
    """Prints the table. How many blocks cost more than the closed form."""
    above = 0
    print(f"| {'kernel':<18} | points  | {'block':<7} | emitted |    hand | ratio |")
    print("|--------------------|---------|---------|--------:|--------:|------:|")
    for (kernel, points, block), (emitted, hand) in counts.items():
        ratio = emitted / hand
        # The value is the user's own function, and batches are the engine's: what they cost is not the macro's doing.
        too_much = ratio > LIMIT and block != "value" and not points.startswith("gram")
        above += too_much
        mark = " *" if too_much else ""
        print(f"| {kernel:<18} | {points:<7} | {block:<7} | {emitted:7.0f} | {hand:7.0f} | {ratio:5.2f} |{mark}")
    if above:
        print(f"{above} blocks above {LIMIT} × the closed form")
    return above


def lines(cpu, counts):
    return [f"{cpu} {' '.join(case)} {emitted / hand:.3f}" for case, (emitted, hand) in counts.items()]


def check(cpu, counts, record):
    """Prints what has risen above the record, and what is not on it. How many."""
    known = dict(line.rsplit(" ", 1) for line in record.read_text().splitlines())
    worse = 0
    for line in lines(cpu, counts):
        case, ratio = line.rsplit(" ", 1)
        if float(ratio) > float(known.get(case, "-1")) * TOLERANCE:
            worse += 1
            print(f"{case}: {ratio} × the loop by hand, on record {known.get(case, 'nothing')}")
    print(f"{worse} of {len(counts)} ratios above the record")
    if worse:
        print("`scripts/instructions.sh --update` writes a new one")
    return worse


def main(mode, cpu, folder, record):
    counts = ratios(folder)
    if mode == "--check":
        return 1 if check(cpu, counts, record) else 0
    above = show(counts)
    if mode == "--update":
        others = record.read_text().splitlines() if record.exists() else []
        others = [line for line in others if not line.startswith(f"{cpu} ")]
        record.write_text("\n".join(sorted(others + lines(cpu, counts))) + "\n")
        return 0
    return 1 if above else 0


sys.exit(main(sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4])))
