#!/usr/bin/env python3
"""Builds hundreds of declarations with the release binary and looks at what comes of it: `tools/stress/many.py [QUICK]`.

500 declarations of which 25 are broken in different ways; each good PDF against that of a build of its own; the peak
memory of 2,000 against 200. Whatever does not hold is told, and the script ends with 1. With an argument, a tenth of each.
Runs that are killed are tried by `tools/faults/run`.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "bench"))
import generate  # noqa: E402

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
SHENBAO = str(Path(os.environ.get("SHENBAO", TARGET / "release" / "shenbao")).resolve())
SHARE = 10 if len(sys.argv) > 1 else 1
COUNT, BROKEN, FEW, MANY = 500 // SHARE, 25 // SHARE or 1, 200 // SHARE, 2000 // SHARE
failures = 0


def say(held: bool, what: str) -> None:
    """Prints what was seen."""
    global failures
    failures += not held
    print(f"{'held    ' if held else 'NOT HELD'}  {what}", flush=True)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Runs the program in a folder, with a cache and messages of its own."""
    return subprocess.run([SHENBAO, *arguments], cwd=folder, env=environment(folder), capture_output=True, text=True)


def environment(folder: Path) -> dict:
    return {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "LC_ALL": "en_US.UTF-8"}


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file} has no {old}")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def defects() -> list:
    """Returns the ways to break a declaration, each a function of its folder."""
    def project(old: str, new: str):
        return lambda unit: replace(next((unit / "projects").glob("1-*.toml")), old, new)

    def head(old: str, new: str):
        return lambda unit: replace(unit / "declaration.toml", old, new)

    def bytes_of(name: str, content: bytes):
        return lambda unit: (unit / name).write_bytes(content)

    return [
        project('"800万元"', '"800"'), project('"800万元"', '"-800万元"'), project('"800万元"', '"八百万元"'),
        project("percent = 10", "percent = -10"), project("percent = 10", 'percent = "ten"'),
        project("[funding]", "[funding"), project("quantity = 4", "quantity = "), project("nature ", "natur "),
        project("start    = 2024-01-01", "start    = 2025-06-01"), project("end      = 2024-12-31", "end      = 2024-13-31"),
        project('of      = "data-operations"', 'of      = "nothing"'), project("{{total}}", "{{totl}}"),
        project("{{total}}", "{{total"), project('"resident-team"', '"Resident Team"'),
        head("shanghai-2024", "shanghai-1924"), head("year      = 2024", 'year      = "2024"'),
        head("[unit]", "[units]"), head('round_to  = "100元"', 'round_to  = "100"'),
        head("zh = '''", "zh = '''\ue000"), head('["zh", "en"]', '["fr"]'),
        bytes_of("declaration.toml", b""), bytes_of("declaration.toml", b"\xff\xfe\x00"),
        bytes_of("projects/portal.toml", b""), bytes_of("projects/1-again.toml", b""),
        lambda unit: shutil.rmtree(unit / "projects"),
    ]


def many_and_broken(folder: Path) -> None:
    """All the good ones are built, as if each were built alone; each of the broken ones is reported."""
    generate.tree(folder / "units", COUNT)
    units = sorted((folder / "units").iterdir())
    broken = set()
    for number, defect in enumerate(defects()[:BROKEN]):
        unit = units[number * (COUNT // BROKEN) + 3]
        defect(unit)
        broken.add(unit.name)
    ended = run(folder, "build", "units", "--lang", "zh", "--message-format", "short")
    say(ended.returncode == 1, f"exit status 1 with {BROKEN} broken of {COUNT} (is {ended.returncode})")
    built = {path.name.removesuffix(".zh.pdf") for path in (folder / "out").iterdir()}
    good = {unit.name for unit in units} - broken
    say(built == good, f"{len(good)} PDFs, and no other file (there are {len(built)}, odd: {sorted(built ^ good)[:5]})")
    told = {name for name in broken if re.search(rf"{name}\b.*error\[SB", ended.stderr)}
    say(told == broken, f"{len(broken)} reports (there are {len(told)}, without: {sorted(broken - told)})")
    others = [line for line in ended.stderr.splitlines() if "error[SB" in line and not any(b in line for b in broken)]
    say(not others, f"no report of a good one ({others[:3]})")
    print(f"          {ended.stdout.splitlines()[-1]}")
    different = [name for name in sorted(good) if not alone(folder, name)]
    say(not different, f"each PDF equal to that of a single build ({different[:5]})")


def alone(folder: Path, name: str) -> bool:
    """Whether a declaration built alone gives the same bytes."""
    run(folder, "build", f"units/{name}", "--lang", "zh", "--out", "alone.pdf")
    return (folder / "alone.pdf").read_bytes() == (folder / f"out/{name}.zh.pdf").read_bytes()


def peak(folder: Path, units: str) -> float:
    """Returns the peak memory in MB of a build of all."""
    process = subprocess.Popen([SHENBAO, "build", units, "--lang", "zh", "--force"], cwd=folder,
                               env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"many.py: the build of {units} ended with {process.returncode}")
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def memory(folder: Path) -> None:
    """The peak does not grow with the number of declarations."""
    few = peak(folder, str(generate.tree(folder / "few", FEW)))
    many = peak(folder, str(generate.tree(folder / "many", MANY)))
    say(many <= few * 1.2, f"peak memory of {MANY}: {many:.0f} MB, of {FEW}: {few:.0f} MB, ratio {many / few:.2f} (at most 1.2)")


def main() -> None:
    if not Path(SHENBAO).exists():
        sys.exit(f"many.py: no {SHENBAO}; run `make stress`")
    with tempfile.TemporaryDirectory(prefix="shenbao-stress-") as name:
        folder = Path(name)
        # First, while this script is small: a process counts what it was forked from.
        (folder / "memory").mkdir()
        memory(folder / "memory")
        many_and_broken(folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
