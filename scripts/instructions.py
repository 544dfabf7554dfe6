"""The table of `instructions.sh`: reads the cases the program printed and the dumps callgrind made of them."""

import pathlib
import sys

LIMIT = 1.02


def total(dump):
    for line in dump.read_text().splitlines():
        if line.startswith("totals:"):
            return int(line.split()[1])
    raise SystemExit(f"{dump} has no totals")


def main(folder):
    lines = (folder / "cases").read_text().splitlines()
    calls = int(lines[0].split()[1])
    cases = [tuple(line.split(" ")) for line in lines[1:]]
    # The dump made before the first case holds what came before it.
    dumps = [folder / f"dump.{number}" for number in range(2, len(cases) + 1)]
    if not all(dump.exists() for dump in dumps):
        raise SystemExit(f"{len(cases)} cases, but not as many dumps: {sorted(p.name for p in folder.iterdir())}")
    counts = {case: total(dump) / calls for case, dump in zip(cases, dumps)}
    above = []
    print(f"| {'kernel':<18} | points  | {'block':<7} | emitted |    hand | ratio |")
    print("|--------------------|---------|---------|--------:|--------:|------:|")
    for (kernel, points, block, side), emitted in counts.items():
        if side != "emitted":
            continue
        hand = counts[kernel, points, block, "hand"]
        ratio = emitted / hand
        # The value is the user's own function: what it costs is not the macro's doing.
        too_much = ratio > LIMIT and block != "value"
        if too_much:
            above.append((kernel, points, block))
        mark = " *" if too_much else ""
        print(f"| {kernel:<18} | {points:<7} | {block:<7} | {emitted:7.0f} | {hand:7.0f} | {ratio:5.2f} |{mark}")
    if above:
        print(f"{len(above)} blocks above {LIMIT} × the closed form")
    return 1 if above else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
