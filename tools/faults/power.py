"""What would be left after power loss, read from the system calls; and a kill at each of those that change a folder."""

import os
import re
import subprocess
from pathlib import Path

from jobs import JOBS, Job
from kills import Killed
from world import Report, World, has, lays_out

CALLS = "open,openat,creat,link,linkat,rename,renameat,renameat2,fsync,fdatasync"
CHANGES = ("linkat", "rename", "renameat2", "fsync", "mkdir", "unlink", "rmdir", "write")


class Trace:
    """The calls of a run in order: which files are on the disk when they take their places."""

    def __init__(self, user: Path) -> None:
        self.user = str(user)
        # Files that were opened to be written, by what they are called now; True once they are on the disk.
        self.files: dict[str, bool] = {}
        self.unnamed: dict[str, str] = {}
        self.wrong: list[str] = []
        self.placed: dict[str, bool] = {}

    def is_users(self, path: str) -> bool:
        return path.startswith(self.user + "/") and "/.shenbao-" not in path

    def read(self, line: str) -> None:
        """Takes a line as `strace -f -y` writes it."""
        line = re.sub(r"^\d+ +", "", line)
        call = re.match(r"(\w+)\((.*)\)\s+= (.*)", line)
        if not call or call[3].startswith("-1"):
            return
        name, given, result = call.groups()
        if name in ("open", "openat", "creat"):
            self.opened(given, result)
        elif name in ("fsync", "fdatasync"):
            self.synced(given)
        else:
            self.renamed(name, given)

    def opened(self, given: str, result: str) -> None:
        number, path = re.match(r"(\d+)(?:<(.*?)(?: \(deleted\))?>)?", result).groups()
        if not path or not re.search(r"O_(WRONLY|RDWR)", given):
            return
        if "O_TMPFILE" in given:
            self.unnamed[number] = path
        elif self.is_users(path) and "O_CREAT" not in given and "O_TRUNC" not in given:
            return
        elif self.is_users(path):
            self.wrong.append(f"{path} is written in its place")
        self.files[path] = False

    def synced(self, given: str) -> None:
        # Older versions of strace say within the brackets that a file has no name, newer ones behind them.
        path = re.sub(r"^\d+<(.*?)(?: \(deleted\))?>(?:\(deleted\))?$", r"\1", given)
        if path in self.files:
            self.files[path] = True
        for name in self.placed:
            if os.path.dirname(name) == path:
                self.placed[name] = True

    def renamed(self, call: str, given: str) -> None:
        old, new = (self.whole(*pair) for pair in re.findall(r'(?:AT_FDCWD<([^>]*)>, )?"([^"]*)"', given)[:2])
        number = re.match(r"/proc/self/fd/(\d+)$", old)
        if number:
            old = self.unnamed.get(number[1], old)
        moved = {new + path[len(old):]: done for path, done in self.files.items() if (path + "/").startswith(old + "/")}
        if "EXCHANGE" not in given and self.is_users(old) and not number:
            return
        self.files.update(moved)
        if self.is_users(new):
            self.wrong += [f"{path} takes its place before it is on the disk" for path, done in moved.items() if not done]
            if not moved:
                self.wrong.append(f"{new}: nothing that was written is put there ({call})")
            self.placed[new] = False

    def whole(self, folder: str, path: str) -> str:
        return os.path.normpath(os.path.join(folder or self.user, path))

    def why_not(self) -> str:
        lost = [f"the folder of {path} is not brought to the disk" for path, done in self.placed.items() if not done]
        if not self.placed and not self.wrong:
            return "nothing was put in its place"
        return "; ".join((self.wrong + lost)[:3])


def survives(world: World, job: Job) -> str:
    """Each file is on the disk before it takes its place, and its folder after."""
    job.prepare(world)
    log = world.folder / "trace"
    ended = world.run(*job.arguments, before=["strace", "-f", "-y", "-qq", "-s", "4096", "-o", str(log), "-e", f"trace={CALLS}"])
    if wrong := ended.why_not():
        return wrong
    trace = Trace(world.user.resolve())
    pending: dict[str, str] = {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        # A call that another thread's interrupts is told in two pieces.
        thread = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            pending[thread] = line.removesuffix("<unfinished ...>")
        elif resumed := re.search(r"<\.\.\. \w+ resumed>(.*)", line):
            trace.read(pending.pop(thread, "") + resumed[1])
        else:
            trace.read(line)
    return trace.why_not()


def at_each_call(world: World, job: Job, most: int) -> str:
    """Kills the command at each call that changes a folder."""
    runs = Killed(job, world.folder)
    for call in CHANGES:
        for number in range(1, most + 1):
            inject = f"inject={call}:signal=SIGKILL:when={number}"
            if wrong := runs.at_call(["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}", "-e", inject]):
                return f"killed at {call} {number}: {wrong}"
            if runs.finished:
                break
    return ""


def is_allowed() -> bool:
    return has("strace") and subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True).returncode == 0


def run(report: Report, small: bool) -> None:
    if not is_allowed():
        report.skip("power loss, and a kill at each system call", "strace is not there, or may not trace")
        return
    jobs = [job for job in JOBS if not job.layout or lays_out()]
    few = ("fmt", "add project", "rollover")
    for job in [job for job in jobs if not small or job.name in (*few, "export", "build")]:
        report.case(f"power loss: {job.name}", survives, job)
    # Layout takes its time, and a build puts one file in its place, as an export does.
    for job in [job for job in jobs if not job.layout and (not small or job.name in few)]:
        report.case(f"a kill at each system call of {job.name}", at_each_call, job, 400)
