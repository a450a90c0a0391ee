#!/usr/bin/env python3
"""Tries what docs/limits.md says of large declarations: `tools/limits/large.py`.

First what lies beyond a limit and would take the machine with it: each is refused at once. Then declarations ten
times as large as the largest known and, for reading alone, as large as the limits allow: what they take.
"""

import shutil
import tempfile
from pathlib import Path

from measured import end, generate, ready, run, say

# Seconds of a processor within which what is too large is refused, the names of a hundred thousand files included.
SOON = 3
SAMPLE = generate.SAMPLE


def one(folder: Path, extra: str, text: str = "") -> Path:
    """Writes a declaration of one project, with this TOML behind its costs and this text in its statement."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "projects").mkdir(parents=True)
    shutil.copy(SAMPLE / "declaration.toml", folder)
    project = (SAMPLE / "projects/2-portal.toml").read_text(encoding="utf-8")
    at = project.index("[[subproject]]")
    project = project[:at] + extra + project[at:]
    if text:
        at = project.index("\n", project.index("zh = '''")) + 1
        project = project[:at] + text + project[at:]
    (folder / "projects/1-portal.toml").write_text(project, encoding="utf-8")
    return folder


def costs(count: int) -> str:
    lines = (f'[[subproject.cost]]\nname = {{ zh = "第{at}项", en = "Item {at}" }}\nquantity = {at % 9 + 1}\n'
             f'unit = "家"\nprice = "1.5万元"\n' for at in range(count))
    return '[[subproject]]\nid = "much"\nname = { zh = "许多", en = "Much" }\n' + "".join(lines)


def subprojects(count: int) -> str:
    return "".join(f'[[subproject]]\nid = "part-{at}"\nname = {{ zh = "第{at}部分", en = "Part {at}" }}\n'
                   f'amount = "1万元"\n' for at in range(count))


def indicators(count: int) -> str:
    return "".join(f'[[indicator]]\nkind = "数量指标"\nname = {{ zh = "第{at}类检查次数", en = "Checks of kind {at}" }}\n'
                   f'target = "≥ {at + 1} 次"\n' for at in range(count))


def words(count: int) -> str:
    line = "区级部门使用统一的平台办理政务服务事项，全年共办理1,250件，比上年增加3.5%。\n"
    return line * (count // len(line.encode()))


def refused(folder: Path, what: str, part: str) -> None:
    """A check that ends soon, with what is said of the limit."""
    took = run(folder, "check", "unit", limit=60)
    text = took.text.replace("\n", " ")
    say(took.code in (1, 2) and part in text and took.cpu < SOON, f"{what}: {took}: {part}")
    if part not in text:
        print(text[:400])


def beyond(folder: Path) -> None:
    """What lies beyond the limits."""
    unit = folder / "unit"
    one(unit, "")
    with (unit / "projects/2-video.toml").open("wb") as file:
        file.truncate(2 << 30)
    refused(folder, "a file of 2 GB", "larger than 4 MB")
    one(unit, "", words(3_500_000))
    refused(folder, "a text of 3.5 MB", "longer than 1 MB")
    one(unit, "")
    for number in range(1, 100_001):
        (unit / f"projects/{number}-p{number}.toml").touch()
    refused(folder, "a folder of 100,000 files", "takes 10000 at most")
    for name, value in (("brackets", "[" * 100_000 + "]" * 100_000), ("braces", "{ a = " * 100_000 + "1" + "}" * 100_000)):
        one(unit, "")
        project = unit / "projects/1-portal.toml"
        project.write_text(f"x = {value}\n" + project.read_text(encoding="utf-8"), encoding="utf-8")
        refused(folder, f"100,000 {name} in one another", "more than 80 deep")
    shutil.rmtree(unit)


def measured(folder: Path, what: str, *commands: str) -> None:
    """What a declaration takes, of those commands."""
    for command in commands:
        further = ["--lang", "zh", "--no-check"] if command == "build" else []
        took = run(folder, command, "unit", *further)
        ended = [line for line in took.text.splitlines() if "declaration checked" in line or " pages" in line][-1:]
        say(took.code == 0, f"{command:6} {what:34} {took}  {' '.join(ended)[-70:]}")


def within(folder: Path) -> None:
    """Ten times the largest known, and the limits."""
    unit = folder / "unit"
    for name, make in (("costs", costs), ("sub-projects", subprojects), ("indicators", indicators)):
        one(unit, make(1000))
        measured(folder, f"1,000 {name}", "check", "build")
    one(unit, "", words(100_000))
    measured(folder, "a text of 100 KB", "check", "build")
    one(unit, "", words(990_000))
    measured(folder, "a text of 1 MB, the limit", "check", "build")
    one(unit, costs(33_000))
    measured(folder, "a file of 4 MB, the limit", "check")
    one(unit, subprojects(33_000))
    measured(folder, "the same of sub-projects alone", "check")
    generate.declaration(unit, 2500)
    measured(folder, "2,500 projects", "check", "build")
    generate.declaration(unit, 10_000)
    measured(folder, "10,000 projects, the limit", "check")


def main() -> None:
    ready("large.py")
    with tempfile.TemporaryDirectory(prefix="shenbao-limits-") as name:
        beyond(Path(name))
        within(Path(name))
    end()


if __name__ == "__main__":
    main()
