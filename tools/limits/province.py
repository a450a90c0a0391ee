#!/usr/bin/env python3
"""Measures what many units take, and reckons what a province does: `tools/limits/province.py [UNITS]`.

So many units (2,000) are checked, built, built again and tabulated; a tenth is built on one core, for what cores are worth.
Then they are divided between two folders, as between two machines that know nothing of each other: what both give together
is what one run gives. At the end is what 10,000 units take, by the number of machines.
"""

import json
import math
import os
import shutil
import sys
import tempfile
from pathlib import Path

from measured import Took, end, generate, ready, run, say

UNITS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
PROVINCE = 10_000


def bytes_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def taken(folder: Path, what: str, *arguments: str) -> Took:
    took = run(folder, *arguments)
    # Warnings are the samples' own; whatever is not built is an error.
    say(took.code == 0, f"{what:42} {took}")
    if took.code != 0:
        print(took.text[-2000:])
    return took


def halves(folder: Path) -> None:
    """Two shards, each with a cache and a folder of its own, give together what one run gives."""
    units = sorted((folder / "units").iterdir())
    whole, parts = folder, [folder / "here", folder / "there"]
    for part, own in zip(parts, (units[:len(units) // 2], units[len(units) // 2:])):
        (part / "units").mkdir(parents=True)
        for unit in own:
            shutil.copytree(unit, part / "units" / unit.name)
    for part in parts:
        taken(part, f"build of the half that is {part.name}", "build", "units", "--lang", "zh", "--report", "report.csv")
        run(part, "totals", "units", "--format", "json")
        shutil.copy(part / "said", part / "totals.json")
    names = sorted(path.name for path in (whole / "out").iterdir())
    joined = {path.name: path for part in parts for path in (part / "out").iterdir()}
    same = all((whole / "out" / name).read_bytes() == joined[name].read_bytes() for name in names if name in joined)
    say(sorted(joined) == names and same, f"{len(names)} PDFs of two halves are those of one run, byte for byte")
    first, second = ((part / "report.csv").read_bytes() for part in parts)
    joined_report = first + second.split(b"\r\n", 1)[1]
    say(joined_report == (whole / "report.csv").read_bytes(), "two reports, one below the other, are that of one run")
    run(whole, "totals", "units", "--format", "json")
    lists = [json.loads((part / "totals.json").read_text(encoding="utf-8")) for part in parts]
    say(lists[0] + lists[1] == json.loads((whole / "said").read_text(encoding="utf-8")), "so are their totals as JSON")


def reckoned(cores: int, alone: float, check: Took, built: Took, size: float) -> None:
    """Prints a province by cores: what is done for each unit is divided among them, the little that is not is left out."""
    each = built.seconds / UNITS
    # What a core more is worth: less than the first, for all share the memory.
    worth = alone / each / cores
    print(f"\na unit: {built.cpu / UNITS:.3f} s of processors to build and {check.cpu / UNITS:.4f} s to check, "
          f"{size / UNITS / 1e6:.2f} MB of PDF; {cores} cores build {worth * cores:.2f} times as fast as one")
    print(f"{PROVINCE} units here: check {check.seconds / UNITS * PROVINCE / 60:.1f} min, "
          f"build {each * PROVINCE / 60:.1f} min, {size / UNITS * PROVINCE / 1e9:.1f} GB of PDF")
    for machines in (1, 2, 4, 8, 16):
        print(f"{machines:3} machines of {cores} cores: {each * PROVINCE / machines / 60:6.1f} min")


def main() -> None:
    ready("province.py")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    print(f"{UNITS} units on {cores} cores")
    with tempfile.TemporaryDirectory(prefix="shenbao-province-") as name:
        folder = Path(name)
        generate.tree(folder / "units", UNITS)
        few = folder / "few"
        generate.tree(few / "units", math.ceil(UNITS / 10))
        print(f"{bytes_of(folder / 'units') / 1e6:.0f} MB of TOML")
        check = taken(folder, f"check of {UNITS}", "check", "units", "--report", "checked.xlsx", "-q")
        alone = taken(few, f"build of {math.ceil(UNITS / 10)} on one core", "build", "units", "--lang", "zh", "--jobs", "1")
        built = taken(folder, f"build of {UNITS}", "build", "units", "--lang", "zh", "--report", "report.csv")
        taken(folder, "build again, nothing changed", "build", "units", "--lang", "zh")
        taken(folder, "totals as JSON", "totals", "units", "--format", "json")
        taken(folder, "tables as a workbook", "export", "units", "--out", "tables.xlsx", "-q")
        hundred = [str(path) for path in sorted((folder / "units").iterdir())[:100]]
        taken(folder, f"a volume of {len(hundred)}", "book", *hundred, "--lang", "zh", "--out", "book.pdf")
        size = bytes_of(folder / "out")
        halves(folder)
    reckoned(cores, alone.seconds / math.ceil(UNITS / 10), check, built, size)
    end()


if __name__ == "__main__":
    main()
