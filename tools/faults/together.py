"""Several runs at once, and editors that save meanwhile."""

import os
import random
import subprocess
import threading
import time
from pathlib import Path

from jobs import NEW
from world import TEXT, Ended, Report, World, is_whole, lays_out, litter, snapshot


def at_once(world: World, commands: list, lang: str) -> list:
    """Runs all of them at the same time; returns how each ended."""
    running = [subprocess.Popen(world.command(own, lang), cwd=world.user, env=world.environment(lang), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) for own in commands]
    ended = []
    for process in running:
        out, told = process.communicate(timeout=120)
        ended.append(Ended(process.returncode, out, told.decode("utf-8", "replace")))
    return ended


def adds(world: World, what: str, lang: str) -> str:
    """Nothing that a run has added is lost."""
    unit = world.sample()
    names = [f"more-{number}" for number in range(6)]
    commands = {
        "project": lambda name: ("add", "--folder", "unit", "project", name, "--name", name),
        "cost": lambda name: ("add", "--folder", "unit", "cost", "contract-staff", "--id", name, "--name", name, "--amount", "1万元"),
    }
    ended = at_once(world, [commands[what](name) for name in names], lang)
    if wrong := [why for own in ended if (why := own.why_not(status=0))]:
        return wrong[0]
    texts = b"".join(file.read_bytes() for file in unit.rglob("*.toml"))
    files = [file.name for file in (unit / "projects").iterdir()]
    lost = [name for name in names if f'"{name}"'.encode() not in texts and not any(name in file for file in files)]
    if lost or litter(snapshot(world.user)):
        return f"lost: {lost}; left: {litter(snapshot(world.user))}"
    return world.run("totals", "unit", lang=lang).why_not(status=0)


def same(world: World, commands: list, lang: str) -> str:
    """Runs that do the same: what is there afterwards is what one of them does."""
    alone = World(world.folder / "alone")
    for own in (world, alone):
        own.untidy()
    alone.run(*commands[0], lang=lang)
    ended = at_once(world, commands, lang)
    if wrong := [why for own in ended if (why := own.why_not())]:
        return wrong[0]
    if not any(own.status in (0, 1) for own in ended):
        return f"none of them did it: {ended[0].told[-300:]}"
    refused = [own for own in ended if own.status == 2]
    if silent := [own for own in refused if not own.told.strip()]:
        return f"{len(silent)} were refused without a word"
    found, good = snapshot(world.user), snapshot(alone.user)
    return "" if found == good else f"other than one alone: {sorted(n for n in {*found, *good} if found.get(n) != good.get(n))[:5]}"


def against(world: World, lang: str) -> str:
    """`fmt` and `add` in one file: both are done."""
    world.untidy()
    fmt = ("fmt", "unit")
    add = ("add", "--folder", "unit", "cost", "contract-staff", "--id", "testing", "--name", "检测费", "--amount", "1万元")
    ended = at_once(world, [fmt, add, fmt], lang)
    if wrong := [why for own in ended if (why := own.why_not(status=0))]:
        return wrong[0]
    text = (world.user / "unit/projects/4-contract-staff.toml").read_text(encoding="utf-8")
    return "" if '"testing"' in text else "what was added is lost"


def waits(world: World, lang: str) -> str:
    """A run waits for another one that holds the folder, and says so."""
    import fcntl
    unit = world.untidy()
    folder = os.open(unit, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    threading.Timer(2, lambda: os.close(folder)).start()
    ended = world.run("fmt", "unit", lang=lang)
    return ended.why_not("another run of shenbao|另一个 shenbao", status=0)


def by_rename(file: Path, text: bytes) -> None:
    beside = file.with_name(f"{file.name}.editor")
    beside.write_bytes(text)
    os.replace(beside, file)


def in_place(file: Path, text: bytes) -> None:
    file.write_bytes(text)


def with_backup(file: Path, text: bytes) -> None:
    """As vim saves: the old file moves away, and a new one is written."""
    os.replace(file, backup := file.with_name(f"{file.name}.editor"))
    file.write_bytes(text)
    backup.unlink()


def edited(world: World, save, saves: int, lang: str) -> str:
    """An editor saves again and again while `fmt` runs: whatever was saved last is there, formatted or not."""
    unit = world.untidy()
    file = unit / "projects/4-contract-staff.toml"
    text = file.read_bytes()
    going, told = True, []

    def formats() -> None:
        while going:
            ended = world.run("fmt", "unit", lang=lang)
            told.append(ended.why_not())

    runs = [threading.Thread(target=formats) for _ in range(2)]
    for thread in runs:
        thread.start()
    lost = []
    for number in range(saves):
        mark = f"# 第 {number} 次保存\n".encode()
        save(file, text + mark)
        time.sleep(random.uniform(0, 0.05))
        try:
            if mark not in file.read_bytes():
                lost.append(number)
        except FileNotFoundError:
            lost.append(number)
    going = False
    for thread in runs:
        thread.join()
    if wrong := [why for why in told if why]:
        return wrong[0]
    if lost or litter(snapshot(world.user)):
        return f"lost: save {lost[:5]}, {len(lost)} of {saves}; left: {litter(snapshot(world.user))}"
    return "" if len(told) > 2 else "fmt did not run often enough"


def builds(world: World, commands: list, lang: str) -> str:
    """Two builds into one file: it is whole, and the same as one's alone."""
    world.sample()
    world.run(*commands[0], lang=lang)
    good = snapshot(world.user)
    ended = at_once(world, commands * 3, lang)
    return next((why for own in ended if (why := own.why_not(status=0))), "") or is_whole(good, good, snapshot(world.user))


def run(report: Report, small: bool) -> None:
    for what in ("project", "cost"):
        report.both(f"six runs of add {what} at once", adds, what)
    for name, command in [("fmt", ("fmt", "unit")), ("rollover", ("rollover", "unit", "--out", "next")), ("new", ("new", "made", *NEW[2:])),
                          ("import", ("import", TEXT, "made", "--date", "2025-01-02")),
                          ("evaluate", ("evaluate", "unit", "--form", "evaluation-shanghai-2022")),
                          ("export", ("export", "unit", "--table", "costs", "--format", "csv", "--out", "costs.csv"))]:
        report.both(f"four runs of {name} at once", same, [command] * 4)
    report.both("fmt and add at once", against)
    report.both("a folder that another run holds", waits)
    saves = 40 if small else 300
    for save in (by_rename, in_place, with_backup):
        report.case(f"an editor saves {saves} times while fmt runs: {save.__name__}", edited, save, saves, "en")
    if lays_out():
        report.case("six builds into one file at once", builds, [("build", "unit", "--lang", "zh", "--out", "a.pdf", "--force")], "en")
