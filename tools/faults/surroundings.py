"""What a program finds around it: homes, caches, fonts, clocks, links, folders that are gone."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from jobs import JOBS, NEW
from streams import shell
from world import TEXT, Report, World, held_to_rights, lays_out, snapshot

LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib64/faketime/libfaketime.so.1")
FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc")


def faketime() -> str | None:
    found = [path for pattern in LIBRARIES for path in Path("/").glob(pattern[1:])]
    return str(found[0]) if found else None


# Homes and caches


def homes(world: World, change, jobs: list, lang: str) -> str:
    """Whatever becomes of the home and the cache, a command does its work."""
    variables, before = change(world)
    for job in jobs:
        shutil.rmtree(world.user)
        world.user.mkdir()
        job.prepare(world)
        old = snapshot(world.user)
        ended = world.run(*job.arguments, lang=lang, variables=variables, before=before)
        if wrong := ended.why_not(status=range(0, 2)):
            return f"{job.name}: {wrong}"
        if snapshot(world.user) == old:
            return f"{job.name} did nothing: {ended.told[-300:]}"
    return ""


def unset(_: World) -> tuple:
    return {"HOME": None, "XDG_CACHE_HOME": None}, []


def missing(_: World) -> tuple:
    return {"HOME": "/nonexistent", "XDG_CACHE_HOME": None}, []


def relative(_: World) -> tuple:
    return {"HOME": "home", "XDG_CACHE_HOME": "cache"}, []


def file_in_place(world: World) -> tuple:
    world.cache.write_text("not a folder")
    return {}, []


def unwritable(world: World) -> tuple:
    world.cache.mkdir()
    world.cache.chmod(0o555)
    return {}, held_to_rights() or []


# Folders that are gone, and clocks


def gone(world: World, arguments: tuple, lang: str) -> str:
    """The current folder is deleted: the message says so, or names what is not found."""
    ended = shell(world, 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', arguments, lang)
    # Of a folder that is gone, the name is lost too; what is said must be more than that.
    return ended.why_not(r"\S{3}", status=range(1, 3)) if arguments[0] != "explain" else ended.why_not(status=0)


def clock(world: World, when: str, lang: str) -> str:
    """What goes by the calendar says what it assumes, or what it needs; nothing else depends on the clock."""
    variables = {"LD_PRELOAD": faketime(), "FAKETIME": f"@{when} 00:00:00", "FAKETIME_DONT_RESET": "1", "TZ": "UTC"}
    seen = subprocess.run(
        ["date", "+%Y"], env=world.environment(lang, **variables), capture_output=True, text=True)
    if seen.stdout.strip() != when[:4]:
        return f"the clock does not say {when[:4]}: {seen.stdout}{seen.stderr}"
    without = [part for part in NEW if part not in ("--year", "2026", "--date", "2025-11-20")]
    ended = world.run(*without, lang=lang, variables=variables)
    if wrong := ended.why_not("--year|--date", status=2):
        return f"new: {wrong}"
    ended = world.run("import", TEXT, "imported", lang=lang, variables=variables)
    if wrong := ended.why_not("--date", status=2):
        return f"import: {wrong}"
    if left := snapshot(world.user):
        return f"something was written: {sorted(left)}"
    for job in [job for job in JOBS if not job.layout or (lays_out() and job.name == "build")]:
        then, now = World(world.folder / "then" / job.name), World(world.folder / "now" / job.name)
        for own in (then, now):
            job.prepare(own)
        ended = then.run(*job.arguments, lang=lang, variables=variables)
        now.run(*job.arguments, lang=lang)
        if wrong := ended.why_not(status=range(0, 2)):
            return f"{job.name}: {wrong}"
        if snapshot(then.user) != snapshot(now.user) and not job.name.startswith("export"):
            return f"{job.name} writes something else"
    return ""


# Links


def links(world: World, lang: str) -> str:
    """Links stay links; what they lead to is changed; the other name of a file keeps what it had."""
    real = world.untidy("real")
    text = (real / "projects/2-portal.toml").read_bytes()
    (world.user / "unit").symlink_to("real")
    (world.user / "elsewhere.toml").write_bytes(text)
    (real / "projects/2-portal.toml").unlink()
    (real / "projects/2-portal.toml").symlink_to("../../elsewhere.toml")
    os.link(real / "projects/3-operations.toml", world.user / "other-name.toml")
    kept = (world.user / "other-name.toml").read_bytes()
    ended = world.run("fmt", "unit", lang=lang)
    if wrong := ended.why_not(status=0):
        return wrong
    if not (world.user / "unit").is_symlink() or not (real / "projects/2-portal.toml").is_symlink():
        return "a link was replaced by what it leads to"
    if (world.user / "elsewhere.toml").read_bytes() == text:
        return "what the link leads to was not changed"
    return "the other name of a file was changed" if (world.user / "other-name.toml").read_bytes() != kept else ""


def dangling(world: World, target: str, lang: str) -> str:
    """A source that is a link to nothing, or in a circle, is told; the other files are as they were."""
    unit = world.sample()
    (unit / "projects/5-later.toml").symlink_to(target)
    old = snapshot(unit)
    for arguments in [("check", "unit"), ("add", "--folder", "unit", "project", "archive", "--name", "档案"),
                      ("rollover", "unit", "--out", "next")]:
        ended = world.run(*arguments, lang=lang)
        if wrong := ended.why_not("5-later", status=range(1, 3)):
            return f"{arguments[0]}: {wrong}"
    if (world.user / "next").exists():
        return "next year's declaration was begun"
    return "something was changed" if snapshot(unit) != old else ""


def outputs(world: World, lang: str) -> str:
    """Outputs that are links, folders, pipes and devices."""
    world.sample()
    user = world.user
    (user / "real.xlsx").write_bytes(b"old")
    (user / "link.xlsx").symlink_to("real.xlsx")
    (user / "new.xlsx").symlink_to("below/later.xlsx")
    (user / "loop.xlsx").symlink_to("loop.xlsx")
    (user / "folder").mkdir()
    (user / "folder.xlsx").symlink_to("folder")
    (user / "out/unit.tables.xlsx").mkdir(parents=True)
    for name in ("link.xlsx", "new.xlsx", "folder.xlsx"):
        if wrong := world.run("export", "unit", "--out", name, lang=lang).why_not(status=0):
            return f"{name}: {wrong}"
        if not (user / name).is_symlink():
            return f"{name} is no link any more"
    made = [user / "real.xlsx", user / "below/later.xlsx", user / "folder/unit.tables.xlsx"]
    if any(not file.is_file() or file.read_bytes()[:2] != b"PK" for file in made):
        return f"not all of them were written: {sorted(snapshot(user))}"
    for arguments, said in [(("--out", "loop.xlsx"), "circle|循环"), (("--out", "out/"), "folder|文件夹"),
                            (("--out", "unit/declaration.toml/x.xlsx"), "file|文件")]:
        if wrong := world.run("export", "unit", *arguments, lang=lang).why_not(said, status=2):
            return f"{arguments}: {wrong}"
    # Whatever reads from a pipe gets the file; the pipe stays.
    os.mkfifo(user / "pipe.xlsx")
    reader = subprocess.Popen(["cat", user / "pipe.xlsx"], stdout=subprocess.PIPE)
    ended = world.run("export", "unit", "--out", "pipe.xlsx", lang=lang)
    read, _ = reader.communicate(timeout=20)
    return ended.why_not(status=0) or ("" if read[:2] == b"PK" and (user / "pipe.xlsx").is_fifo() else "the pipe got no file")


# Fonts


def own_fonts(world: World) -> Path:
    """A folder of fonts to do harm to."""
    folder = world.folder / "fonts"
    folder.mkdir()
    for name in FONTS:
        for found in Path("/usr/share/fonts").rglob(name):
            shutil.copy(found, folder)
    return folder


def build(world: World, folder: Path, lang: str):
    return world.run("build", "unit", "--lang", "zh", "--ignore-system-fonts", "--font-path", folder, "--out", "a.pdf", "--force",
                     lang=lang)


def damaged(world: World, harm, lang: str) -> str:
    """A damaged index costs a scan and nothing else."""
    world.sample()
    folder = own_fonts(world)
    if wrong := build(world, folder, lang).why_not(status=0):
        return wrong
    good = (world.user / "a.pdf").read_bytes()
    files = [*(world.cache / "shenbao").glob("*.index"), *(world.cache / "shenbao/built").glob("*")]
    if not files:
        return "there is no index"
    for file in files:
        harm(file)
    for _ in range(2):
        if wrong := build(world, folder, lang).why_not(status=0):
            return wrong
        if (world.user / "a.pdf").read_bytes() != good:
            return "the PDF is another"
    return ""


def replaced(file: Path) -> None:
    file.unlink()
    file.mkdir()


def other_version(file: Path) -> None:
    file.write_bytes(re.sub(rb"^shenbao-fonts \d+ \S+", b"shenbao-fonts 999 9.9.9", file.read_bytes()))


HARMS = [
    ("truncated", lambda file: file.write_bytes(file.read_bytes()[:-200])), ("cut short", lambda file: file.write_bytes(b"sh")),
    ("empty", lambda file: file.write_bytes(b"")), ("garbage", lambda file: file.write_bytes(os.urandom(5000))),
    ("zeros, as after power loss", lambda file: file.write_bytes(bytes(file.stat().st_size))),
    ("of another version", other_version), ("a folder in its place", replaced),
    ("a broken line", lambda file: file.write_bytes(file.read_bytes().replace(b'"index":', b'"index":"x', 1))),
]


def vanished(world: World, how: str, lang: str) -> str:
    """A font that is gone, or another, since the index was written: told, and the last PDF stays."""
    world.sample()
    folder = own_fonts(world)
    if wrong := build(world, folder, lang).why_not(status=0):
        return wrong
    good = (world.user / "a.pdf").read_bytes()
    for file in folder.iterdir():
        state = file.stat()
        if how == "gone":
            # The folder's time is put back, so that the index still holds.
            times = folder.stat()
            file.unlink()
            os.utime(folder, ns=(times.st_atime_ns, times.st_mtime_ns))
        else:
            file.write_bytes(os.urandom(state.st_size))
            os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    ended = build(world, folder, lang)
    return ended.why_not("font|字体", status=range(1, 3)) or (
        "the last PDF is gone" if (world.user / "a.pdf").read_bytes() != good else "")


def watched(world: World, lang: str) -> str:
    """Fonts that vanish under `watch`: it goes on, the PDF stays whole, and with the fonts back it follows again."""
    unit = world.sample()
    folder = own_fonts(world)
    made, project = world.user / "a.pdf", unit / "projects/2-portal.toml"
    arguments = ("watch", "unit", "--lang", "zh", "--ignore-system-fonts", "--font-path", folder, "--out", "a.pdf")
    with open(world.folder / "told", "wb") as told:
        running = subprocess.Popen(world.command(arguments, lang), cwd=world.user, env=world.environment(lang),
                                   stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.STDOUT)
    said = lambda: (world.folder / "told").read_bytes().decode("utf-8", "replace")  # noqa: E731

    def save(old: str, new: str, seen) -> str:
        """Changes an amount, and waits until something is seen."""
        project.write_text(project.read_text(encoding="utf-8").replace(f'"{old}"', f'"{new}"'), encoding="utf-8")
        end = time.monotonic() + 60
        while time.monotonic() < end and running.poll() is None:
            if seen():
                return ""
            time.sleep(0.05)
        return f"after {new}, in vain or ended ({running.poll()}): {said()[-400:]}"

    try:
        if wrong := save("8万元", "8万元", made.exists):
            return wrong
        first, length = made.read_bytes(), len(said())
        for file in folder.iterdir():
            file.rename(world.folder / file.name)
        if wrong := save("8万元", "9万元", lambda: len(said()) > length):
            return wrong
        if not made.read_bytes().rstrip().endswith(b"%%EOF"):
            return "the PDF is not whole"
        for name in FONTS:
            if (world.folder / name).exists():
                (world.folder / name).rename(folder / name)
        if wrong := save("9万元", "7万元", lambda: made.read_bytes() != first and made.read_bytes().rstrip().endswith(b"%%EOF")):
            return wrong
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)
    return "a panic" if "panicked" in said() else ""


def run(report: Report, small: bool) -> None:
    jobs = [job for job in JOBS if (not job.layout or lays_out()) and (not small or job.name in ("fmt", "rollover"))]
    for what, change in [("HOME not set", unset), ("no home", missing), ("a relative home", relative),
                         ("a file in the place of the cache", file_in_place), ("a cache that cannot be written", unwritable)]:
        if change is unwritable and held_to_rights() is None:
            report.skip(what, "root cannot give up its rights here (setpriv)")
        else:
            report.both(what, homes, change, jobs)
    for arguments in [("check",), ("fmt",), ("totals",), ("new", *NEW[1:]), ("evaluate",), ("rollover",), ("explain", "SB015")]:
        report.both(f"the current folder is deleted: {arguments[0]}", gone, arguments)
    for when in ("1970-01-02", "2100-06-01"):
        if faketime() is None:
            report.skip(f"clock in {when[:4]}", "libfaketime is not installed")
        else:
            report.both(f"clock in {when[:4]}", clock, when)
    report.both("links and hard links", links)
    report.both("a source that is a link to nothing", dangling, "nowhere.toml")
    report.both("a source that is a link to itself", dangling, "5-later.toml")
    report.both("outputs that are links, folders and pipes", outputs)
    if not lays_out() or not list(Path("/usr/share/fonts").rglob(FONTS[0])):
        report.skip("damaged indexes and fonts that vanish", "no layout, or no Noto CJK fonts")
        return
    for name, harm in HARMS[::4] if small else HARMS:
        report.both(f"index of fonts: {name}", damaged, harm)
    for how in ("gone", "another file"):
        report.both(f"fonts since the index: {how}", vanished, how)
    report.both("fonts that vanish while watch runs", watched)
