"""Commands that are killed at random moments, and gone on with."""

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from disk import may_mount
from jobs import JOBS, Job
from world import ROOT, Report, World, is_whole, lays_out, litter, snapshot, temporary

sys.path.insert(0, str(ROOT / "bench"))
import generate  # noqa: E402


class Killed:
    """A job that is begun again and again and killed, each time from the same files."""

    def __init__(self, job: Job, folder: Path, before: tuple = (), variables: dict = {}) -> None:
        self.job, self.wrap, self.variables = job, list(before), variables
        self.first = World(folder / "first")
        job.prepare(self.first)
        self.old = snapshot(self.first.user)
        self.world = World(folder / "again")
        self.restore()
        begin = time.perf_counter()
        ended = self.world.run(*job.arguments, before=self.wrap, variables=variables)
        self.takes = time.perf_counter() - begin
        self.new = snapshot(self.world.user)
        if ended.why_not() or self.new == self.old:
            raise OSError(f"{job.name} does nothing: {ended.why_not()} {ended.told[-400:]}")
        self.seen = {"old": 0, "new": 0, "some": 0}
        self.left = 0

    def restore(self) -> None:
        """Puts everything back, the cache too: what is known from an earlier run saves the work that is to be killed."""
        for folder in (self.world.user, self.world.cache):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.first.user, self.world.user, symlinks=True)

    def once(self, beside: bool) -> str:
        """Kills a run at a random moment. With `beside`, temporary files may be left until the next run."""
        self.restore()
        command = [*self.wrap, *self.world.command(self.job.arguments, "en")]
        process = subprocess.Popen(command, cwd=self.world.user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   stdin=subprocess.DEVNULL, env=self.world.environment("en", **self.variables))
        # A little longer than it takes, so that the very end is hit too.
        time.sleep(random.uniform(0, self.takes * 1.1))
        process.kill()
        process.wait()
        return self.look(beside)

    def at_call(self, tracer: list) -> str:
        """Runs it below something that kills it at a certain call; `finished` tells whether it was not."""
        self.restore()
        self.finished = self.world.run(*self.job.arguments, before=tracer).status in range(0, 3)
        return self.look(beside=False)

    def look(self, beside: bool) -> str:
        """Looks at what is left, and runs it again; returns what is wrong."""
        found = snapshot(self.world.user)
        if beside and litter(found):
            self.left += 1
            found = {name: content for name, content in found.items() if "/.shenbao-" not in f"/{name}"}
        if wrong := is_whole(self.old, self.new, found):
            return wrong
        state = "old" if found == self.old else "new" if found == self.new else "some"
        self.seen[state] += 1
        if state == "some" and not self.job.goes_on:
            return f"only some files are there: {sorted(set(self.new) ^ set(found))}"
        ended = self.world.run(*self.job.arguments, before=self.wrap, variables=self.variables)
        # What is done already may be refused the second time.
        if wrong := ended.why_not():
            return f"the next run fails: {wrong}"
        if (now := snapshot(self.world.user)) != self.new:
            odd = [name for name, content in now.items() if self.new.get(name) != content]
            return f"the next run does not complete it ({state}): {odd[:4]}; {ended.told[-300:]}"
        return ""


def killed(job: Job, kills: int, report: Report, before: tuple = (), variables: dict = {}, beside: bool = False,
           where: str = "") -> int:
    """Kills a job so often; says what came of it, and returns how often it was killed."""
    with temporary() as name:
        try:
            runs = Killed(job, Path(name), before, variables)
            wrong = [why_not for _ in range(kills) if (why_not := runs.once(beside))]
        except (OSError, subprocess.TimeoutExpired) as error:
            report.say(f"kills of {job.name}{where}", str(error))
            return 0
    seen = ", ".join(f"{kind} {count}" for kind, count in runs.seen.items())
    left = f"; beside them temporary files {runs.left} times, gone after the next run" if beside else ""
    what = f"kills of {job.name}{where}: {kills} within {runs.takes * 1.1 * 1e3:.0f} ms; files afterwards: {seen}{left}"
    report.say(what, f"{len(wrong)} times, such as: {wrong[0]}" if wrong else "")
    return kills


def run(report: Report, kills: int) -> None:
    """So many kills, spread over all commands that write."""
    jobs = [job for job in JOBS if not report.only or re.search(report.only, f"kills of {job.name}")]
    for job in [job for job in jobs if job.layout and not lays_out()]:
        report.skip(f"kills of {job.name}", "the program is built without layout")
    jobs = [job for job in jobs if not job.layout or lays_out()]
    if not jobs:
        return
    shares = [kills // len(jobs) + (number < kills % len(jobs)) for number in range(len(jobs))]
    done = sum(killed(job, share, report) for job, share in zip(jobs, shares) if share)
    print(f"          {done} kills in all", flush=True)
    without(report, jobs, max(kills // 50, 1))
    if lays_out():
        report.case("kills of a build of many, of which the next one leaves out what was done", many, max(kills // 100, 2))


def without(report: Report, jobs: list, kills: int) -> None:
    """Where there is no cache, a name is given beside the user's files for a moment; where there are no files without a
    name, as on disks of other systems and, here, without /proc, from the beginning."""
    masked = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh"]
    for job in [job for job in jobs if job.name in ("fmt", "rollover", "import --force")]:
        killed(job, kills, report, variables={"HOME": None, "XDG_CACHE_HOME": None}, beside=True, where=" without a cache")
        if may_mount():
            killed(job, kills, report, before=tuple(masked), beside=True, where=" without unnamed files")


def many(world: World, kills: int) -> str:
    """Builds of forty units, killed by what is done and not by the clock, so that it is in the midst of it anywhere."""
    generate.tree(world.user / "units", 40)
    arguments, out = ("build", "units", "--lang", "zh"), world.user / "out"
    world.run(*arguments)
    good = snapshot(out)
    for _ in range(kills):
        shutil.rmtree(out)
        shutil.rmtree(world.cache / "shenbao/built")
        process = subprocess.Popen(world.command(arguments, "en"), cwd=world.user, env=world.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        moment = random.randrange(len(good) * 9 // 10)
        while process.poll() is None and len(os.listdir(out) if out.exists() else []) < moment:
            time.sleep(0.001)
        time.sleep(random.random() / 20)
        process.kill()
        process.wait()
        left = snapshot(out)
        if wrong := is_whole({}, good, left):
            return wrong
        ended = world.run(*arguments)
        unchanged = re.search(rb"(\d+) unchanged", ended.out) or re.search(r"(\d+) unchanged", ended.told)
        # The file that was put in place last may not have been noted yet, one for each worker.
        if len(left) - int(unchanged[1] if unchanged else 0) > (os.cpu_count() or 1):
            return f"of {len(left)} that were done, the next run left out {unchanged and unchanged[1]}"
        if snapshot(out) != good:
            return "the next run does not complete the rest"
    return ""
