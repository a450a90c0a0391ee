"""Commands that write, each with what it starts from."""

import re
import zipfile
from dataclasses import dataclass
from typing import Callable

from world import TEXT, World


@dataclass(frozen=True)
class Job:
    """A command that writes: `prepare` makes the user's folder, `arguments` run there."""

    name: str
    prepare: Callable[[World], None]
    arguments: tuple
    # Whether several files change, so that a killed run may have changed some: each of them is whole, and the same
    # command goes on. All other commands leave all as it was, or do all.
    goes_on: bool = False
    layout: bool = False


def with_mistakes(world: World) -> None:
    """Mistakes that `check --fix` mends, in each project."""
    def spoiled(target: re.Match) -> str:
        return f'target = "{target[2]}{target[3]}以{"上" if target[1] == "≥" else "内"}"'

    for file in (world.sample() / "projects").glob("*.toml"):
        text = file.read_text(encoding="utf-8")
        text, count = re.subn(r'target = "([≥≤]) (\d+)\.00 (\S+)"', spoiled, text)
        if count == 0:
            raise ValueError(f"{file} has no target to spoil")
        file.write_text(text, encoding="utf-8")


def with_imported(world: World) -> None:
    """A declaration that was imported and then edited, so that importing it again with --force changes every project."""
    world.run("import", TEXT, "unit", "--date", "2025-01-02")
    for file in (world.user / "unit/projects").glob("*.toml"):
        file.write_text(file.read_text(encoding="utf-8") + "# 核对过\n", encoding="utf-8")


def with_filled_workbook(world: World) -> None:
    """A declaration, and a workbook made from it in which every amount was doubled."""
    world.sample()
    world.run("export", "unit", "--workbook", "--out", "empty.xlsx")
    with zipfile.ZipFile(world.user / "empty.xlsx") as empty, zipfile.ZipFile(world.user / "filled.xlsx", "w") as filled:
        # Column L of the costs, which are the third sheet, has the amounts that are typed; a cell with `t` has a text.
        for part in empty.infolist():
            content = empty.read(part)
            if part.filename == "xl/worksheets/sheet3.xml":
                content, count = re.subn(rb'(<c r="L\d+" s="\d+"><v>)(\d+)(</v>)',
                                         lambda cell: cell[1] + str(2 * int(cell[2])).encode() + cell[3], content)
                if count == 0:
                    raise ValueError("the workbook has no amounts in column L")
            filled.writestr(part, content)
    (world.user / "empty.xlsx").unlink()


def empty(_: World) -> None:
    pass


def sample(world: World) -> None:
    world.sample()


def several(world: World) -> None:
    for name in ("songjiang-2024", "linjiang-2023", "anping-2026", "beihu-2026"):
        world.sample(name, name)


NEW = ("new", "unit", "--year", "2026", "--date", "2025-11-20", "--unit", "某单位", "--department", "某主管部门",
       "--project", "网站运行维护", "--id", "website")

JOBS = [
    Job("fmt", lambda world: world.untidy() and None, ("fmt", "unit"), goes_on=True),
    Job("check --fix", with_mistakes, ("check", "unit", "--fix"), goes_on=True),
    Job("add project", sample, ("add", "--folder", "unit", "project", "archive", "--name", "档案数字化")),
    Job("add cost", sample, ("add", "--folder", "unit", "cost", "contract-staff", "--name", "检测费", "--amount", "3万元",
                                     "--id", "testing")),
    Job("rollover", sample, ("rollover", "unit", "--out", "unit-2025")),
    Job("import", empty, ("import", TEXT, "unit", "--date", "2025-01-02")),
    Job("import of a workbook", with_filled_workbook, ("import", "filled.xlsx", "unit"), goes_on=True),
    Job("import --force", with_imported, ("import", TEXT, "unit", "--force"), goes_on=True),
    Job("evaluate", sample, ("evaluate", "unit", "--form", "evaluation-shanghai-2022"), goes_on=True),
    Job("new", empty, NEW),
    Job("export", sample, ("export", "unit", "--out", "out/tables.xlsx")),
    Job("export csv", sample, ("export", "unit", "--format", "csv", "--out", "out/"), goes_on=True),
    Job("export --workbook", sample, ("export", "unit", "--workbook", "--force", "--out", "out/")),
    Job("build", sample, ("build", "unit", "--out", "out/unit.pdf"), layout=True),
    Job("build of several", several, ("build", ".", "--lang", "zh", "--out", "out/"), goes_on=True, layout=True),
    Job("build --format png", sample, ("build", "unit", "--format", "png", "--lang", "zh", "--out", "out/"), goes_on=True,
        layout=True),
    Job("book", several, ("book", "songjiang-2024", "linjiang-2023", "--lang", "zh", "--out", "out/book.pdf"), layout=True),
]
