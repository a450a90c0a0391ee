"""Standard input and output that are closed, full, or read no further."""

import re
import shutil

from world import TEXT, Report, World, lays_out

FULL = {"zh": "磁盘已满", "en": "the disk is full"}
SAYING = [
    ("totals", "unit"), ("totals", "unit", "--explain"), ("totals", "unit", "--format", "json"), ("fmt", "unit", "--diff"),
    ("check", "unit"), ("check", "unit", "--message-format", "json"), ("diff", "unit", "other"), ("explain", "SB015"),
    ("export", "unit", "--out", "-"), ("export", "unit", "--out", "-", "--format", "csv", "--table", "costs"), ("schema", "project"),
    ("completions", "bash"), ("rollover", "unit", "--out", "next"), ("import", "text", "imported", "--dry-run"),
    ("--help",), ("build", "unit", "--lang", "zh", "--out", "-"), ("fonts",),
]


def prepare(world: World) -> None:
    world.untidy()
    world.sample("linjiang-2023", "other")
    (world.user / "text").write_bytes(TEXT.read_bytes())


def shell(world: World, line: str, arguments: tuple, lang: str):
    """Runs a command in a shell line, where it is "$@"."""
    return world.run(*arguments, lang=lang, before=["bash", "-c", line, "bash"])


def survives(world: World, line: str, arguments: tuple, lang: str) -> str:
    prepare(world)
    return shell(world, line, arguments, lang).why_not(status=range(0, 2))


def full(world: World, arguments: tuple, lang: str) -> str:
    """What cannot be written is told, however little of it there is."""
    prepare(world)
    usual = shell(world, '"$@"', arguments, lang)
    shutil.rmtree(world.user / "next", ignore_errors=True)
    ended = shell(world, '"$@" > /dev/full', arguments, lang)
    if not usual.out:
        return ended.why_not(status=range(0, 2))
    return ended.why_not(FULL[lang], status=2)


def last_byte(world: World, arguments: tuple, lang: str) -> str:
    """A file that may grow to all but the last byte: what is left for the end of the program is told too."""
    prepare(world)
    usual = shell(world, '"$@"', arguments, lang).out
    # In blocks of 512 or 1,024 bytes, as shells count them.
    shutil.rmtree(world.user / "next", ignore_errors=True)
    blocks = (len(usual) - 1) // 1024
    if blocks == 0:
        return ""
    ended = shell(world, f'trap "" XFSZ; ulimit -f {blocks}; "$@" > cut', arguments, lang)
    cut = (world.user / "cut").stat().st_size
    return "" if cut >= len(usual) else ended.why_not("larger|大小", status=2)


def needs_input(world: World, line: str, lang: str) -> str:
    """A command that would ask does not wait for an answer that cannot come."""
    ended = shell(world, line, ("new", "unit"), lang)
    return ended.why_not("--unit", status=2) or ("something was written" if (world.user / "unit").exists() else "")


def run(report: Report, small: bool) -> None:
    commands = [own for own in SAYING if own[0] not in ("build", "fonts") or lays_out()]
    for arguments in commands[::4] if small else commands:
        name = " ".join(re.sub(r"\s", " ", part) for part in arguments)
        report.both(f"stdout closed: {name}", survives, '"$@" >&-', arguments)
        report.both(f"stderr closed: {name}", survives, '"$@" 2>&-', arguments)
        report.both(f"stdin closed: {name}", survives, '"$@" <&-', arguments)
        report.both(f"all closed: {name}", survives, '"$@" <&- >&- 2>&-', arguments)
        report.both(f"stderr full: {name}", survives, '"$@" 2>/dev/full', arguments)
        report.both(f"a reader that ends: {name}", survives, 'set -o pipefail; "$@" | head -1 > /dev/null', arguments)
        report.both(f"a reader that is gone: {name}", survives, 'set -o pipefail; "$@" | true', arguments)
        report.both(f"stdout full: {name}", full, arguments)
        report.both(f"stdout full but for the last byte: {name}", last_byte, arguments)
    report.both("stdin closed: new, which would ask", needs_input, '"$@" <&-')
    report.both("stdin at its end: new, which would ask", needs_input, '"$@" </dev/null')
