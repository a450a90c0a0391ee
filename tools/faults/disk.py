"""Disks that are full or read-only, and permissions that are missing."""

import os
import subprocess
from pathlib import Path

from jobs import JOBS, Job
from world import LANGUAGES, Report, World, has, held_to_rights, is_whole, lays_out, snapshot

FULL = {"zh": "磁盘已满", "en": "the disk is full"}
FREE = {"zh": "腾出空间", "en": "free some space"}
READ_ONLY = {"zh": "磁盘是只读的", "en": "the disk is read-only"}
DENIED = {"zh": "没有(读取)?权限", "en": "permission denied|may not read it"}
SEE_RIGHTS = {"zh": "权限", "en": "permission"}


def mount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "faults", folder], check=True, capture_output=True)


class Mounted:
    """A small disk at a folder, for the length of a case."""

    def __init__(self, folder: Path, options: str = "size=48m") -> None:
        self.folder, self.options = folder, options

    def __enter__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        mount(self.folder, self.options)

    def __exit__(self, *_) -> None:
        subprocess.run(["umount", "-l", self.folder], check=True, capture_output=True)


def may_mount() -> bool:
    """Whether this process, which `run` has put into a namespace of its own, may mount."""
    return os.environ.get("FAULTS_MOUNTS") == "yes" and has("mount", "umount")


def fill(folder: Path, left: int) -> None:
    """Fills the disk of a folder but for so many bytes."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(4096))
        except OSError:
            pass
    os.truncate(filler, max(filler.stat().st_size // 4096 * 4096 - left, 0))


def full(world: World, job: Job, left: int, lang: str) -> str:
    """A disk with so many bytes left: the command does all or says why not, and does it once there is space."""
    with Mounted(world.user):
        job.prepare(world)
        old = snapshot(world.user)
        fill(world.user, left)
        ended = world.run(*job.arguments, lang=lang)
        (world.user / "filler").unlink()
        found = snapshot(world.user)
        if ended.status != 0:
            if wrong := ended.why_not(FULL[lang], FREE[lang] if not job.layout else "", status=range(1, 3)):
                return wrong
            if found != old and not job.goes_on:
                return f"changed on a full disk: {sorted(name for name in found if found[name] != old.get(name))}"
        again = world.run(*job.arguments, lang=lang)
        new = snapshot(world.user)
        return again.why_not(status=0 if ended.status else range(0, 3)) or is_whole(old, new, found) or (
            "the next run changes nothing" if new == old else "")


def read_only(world: World, job: Job, lang: str) -> str:
    with Mounted(world.user):
        job.prepare(world)
        old = snapshot(world.user)
        subprocess.run(["mount", "-o", "remount,bind,ro", world.user], check=True, capture_output=True)
        ended = world.run(*job.arguments, lang=lang)
        return ended.why_not(READ_ONLY[lang], status=range(1, 3)) or changed(world, old)


def full_cache(world: World, job: Job, lang: str) -> str:
    """Nothing depends on the cache."""
    job.prepare(world)
    with Mounted(world.cache, "size=64k"):
        fill(world.cache, 0)
        before = snapshot(world.user)
        ended = world.run(*job.arguments, lang=lang)
        return ended.why_not(status=range(0, 2)) or ("nothing was done" if snapshot(world.user) == before else "")


def changed(world: World, old: dict) -> str:
    found = snapshot(world.user)
    return f"changed: {sorted(name for name in {*found, *old} if found.get(name) != old.get(name))}" if found != old else ""


def folder_denied(world: World, job: Job, rights: list, lang: str) -> str:
    """No folder may be written to."""
    job.prepare(world)
    old = snapshot(world.user)
    folders = [world.user, *(path for path in world.user.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    ended = world.run(*job.arguments, lang=lang, before=rights)
    for folder in folders:
        folder.chmod(0o755)
    return ended.why_not(DENIED[lang], SEE_RIGHTS[lang], status=range(1, 3)) or changed(world, old)


def file_denied(world: World, mode: int, rights: list, lang: str) -> str:
    """A file that may not be written stays, though another could take its place; one that may not be read is told."""
    unit = world.untidy()
    file = unit / "projects/2-portal.toml"
    old = file.read_bytes()
    file.chmod(mode)
    for arguments in [("fmt", "unit"), ("add", "--folder", "unit", "indicator", "portal", "--kind", "数量指标", "--name", "新指标",
                                        "--target", "≥ 3 次")]:
        ended = world.run(*arguments, lang=lang, before=rights)
        file.chmod(0o644)
        if wrong := ended.why_not(DENIED[lang], r"2-portal\.toml", status=range(1, 3)):
            return f"{arguments[0]}: {wrong}"
        if file.read_bytes() != old:
            return f"{arguments[0]}: the file was replaced"
        file.chmod(mode)
    file.chmod(0o644)
    return ""


def output_denied(world: World, rights: list, lang: str) -> str:
    """A workbook that was marked read-only, as it was handed in, stays."""
    world.sample()
    handed_in = world.user / "tables.xlsx"
    handed_in.write_bytes(b"handed in")
    handed_in.chmod(0o444)
    ended = world.run("export", "unit", "--out", "tables.xlsx", lang=lang, before=rights)
    return ended.why_not(DENIED[lang], status=2) or ("it was replaced" if handed_in.read_bytes() != b"handed in" else "")


def run(report: Report, small: bool) -> None:
    jobs = [job for job in JOBS if not job.layout or lays_out()]
    few = [job for job in jobs if not small or job.name in ("fmt", "rollover", "evaluate", "build")]
    if may_mount():
        for job in few:
            for left in (0,) if small else (0, 4096, 16384, 65536):
                for lang in LANGUAGES if left == 0 else ("en",):
                    report.case(f"full disk, {left} bytes left: {job.name} ({lang})", full, job, left, lang)
            report.both(f"read-only disk: {job.name}", read_only, job)
            report.both(f"full disk of the cache: {job.name}", full_cache, job)
    else:
        report.skip("full and read-only disks", "mounting is not allowed here, nor a namespace where it is")
    rights = held_to_rights()
    if rights is None:
        report.skip("missing permissions", "root cannot give up its rights here (setpriv)")
        return
    for job in few:
        report.both(f"read-only folder: {job.name}", folder_denied, job, rights)
    report.both("a file that may not be written", file_denied, 0o444, rights)
    report.both("a file that may not be read", file_denied, 0o000, rights)
    report.both("an output that may not be written", output_denied, rights)
