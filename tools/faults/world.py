"""Folders to do harm in, and what has to hold in all of them."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
SHENBAO = str(Path(os.environ.get("SHENBAO", TARGET / "release" / "shenbao")).resolve())
TEXT = ROOT / "tests/import/lanyuan-2025.txt"
LANGUAGES = ("zh", "en")
# With all capabilities given up, even root is held to the permissions of its own files.
WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


def lays_out() -> bool:
    """Whether the program can build; without the feature `render` it has no such command."""
    return subprocess.run([SHENBAO, "build", "--help"], capture_output=True).returncode == 0


def has(*programs: str) -> bool:
    return all(shutil.which(program) for program in programs)


def held_to_rights() -> list | None:
    """What a command begins with to be held to permissions; `None` where that cannot be had."""
    if os.getuid() != 0:
        return []
    tried = has("setpriv") and subprocess.run([*WITHOUT_RIGHTS, "true"], capture_output=True).returncode == 0
    return WITHOUT_RIGHTS if tried else None


@dataclass
class Ended:
    """How a command ended, and what it said."""

    status: int
    out: bytes
    told: str

    def why_not(self, *expected: str, status: range | int = range(0, 3)) -> str:
        """Returns what is wrong with it, or nothing."""
        allowed = range(status, status + 1) if isinstance(status, int) else status
        if self.status not in allowed:
            return f"exit status {self.status} instead of {allowed}: {self.told[-400:]}"
        if "panicked" in self.told or "RUST_BACKTRACE" in self.told:
            return f"a panic: {self.told[-400:]}"
        for pattern in expected:
            if not re.search(pattern, self.told + self.out.decode("utf-8", "replace")):
                return f"nothing of “{pattern}” in: {self.told[-400:]}"
        return ""


def snapshot(folder: Path) -> dict:
    """Returns every file and link below a folder, with its content."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}".encode()
        elif path.is_file():
            found[name] = path.read_bytes()
        elif name.rpartition("/")[2].startswith("."):
            found[name] = b"folder"
    return found


def litter(found: dict) -> list:
    """Returns the names that only a program gives: of temporary files, locks and backups."""
    return [name for name in found if re.search(r"(^|/)\.(shenbao|tmp|#)|\.(tmp|lock|bak|swp|part)$|~$", name)]


class World:
    """A folder for a case: `user/` is the officer's, `home/` and `cache/` stand beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.user = folder / "user"
        self.cache = folder / "cache"
        for made in (self.user, folder / "home"):
            made.mkdir(parents=True, exist_ok=True)

    def environment(self, lang: str = "en", **more: str | None) -> dict:
        """Returns what a command sees; a variable that is None is left out."""
        own = {**os.environ, "HOME": str(self.folder / "home"), "XDG_CACHE_HOME": str(self.cache),
               "LC_ALL": "zh_CN.UTF-8" if lang == "zh" else "en_US.UTF-8", "NO_COLOR": "1", **more}
        return {name: value for name, value in own.items() if value is not None}

    def command(self, arguments: tuple, lang: str) -> list:
        return [SHENBAO, *map(str, arguments), "--ui", lang]

    def run(self, *arguments, lang: str = "en", before: list = (), where: Path | None = None,
            variables: dict = {}, **options) -> Ended:
        """Runs the program in the user's folder; `before` is what its command begins with."""
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stdin", subprocess.DEVNULL)
        ended = subprocess.run([*before, *self.command(arguments, lang)], cwd=where or self.user, timeout=120,
                               env=self.environment(lang, **variables), stderr=subprocess.PIPE, **options)
        return Ended(ended.returncode, ended.stdout or b"", ended.stderr.decode("utf-8", "replace"))

    def sample(self, name: str = "songjiang-2024", to: str = "unit") -> Path:
        """Copies a sample into the user's folder."""
        shutil.copytree(ROOT / "data" / name, self.user / to)
        return self.user / to

    def untidy(self, to: str = "unit") -> Path:
        """The sample with each of its files in a shape that `fmt` changes."""
        unit = self.sample(to=to)
        for file in unit.rglob("*.toml"):
            text = re.sub(r"^(\w+)\s*= ", r"\1=", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
            file.write_text(text, encoding="utf-8")
        return unit


@dataclass
class Report:
    """What was seen; whatever did not hold is told and makes the campaign fail."""

    failures: list = field(default_factory=list)
    held: int = 0
    skipped: list = field(default_factory=list)
    only: str = ""

    def say(self, what: str, why_not: str = "") -> None:
        """Prints whether something held."""
        if why_not:
            self.failures.append(what)
            print(f"NOT HELD  {what}\n          {why_not}", flush=True)
        else:
            self.held += 1
            print(f"held      {what}", flush=True)

    def skip(self, what: str, reason: str) -> None:
        self.skipped.append(what)
        print(f"skipped   {what}: {reason}", flush=True)

    def case(self, what: str, of, *arguments) -> None:
        """Runs a case in a folder of its own; it returns what is wrong."""
        if self.only and not re.search(self.only, what):
            return
        with temporary() as name:
            try:
                self.say(what, of(World(Path(name)), *arguments) or "")
            except (subprocess.SubprocessError, OSError, ValueError) as error:
                self.say(what, f"the case itself failed: {error}")

    def both(self, what: str, of, *arguments) -> None:
        """Runs a case in both languages, each given as the last argument."""
        for lang in LANGUAGES:
            self.case(f"{what} ({lang})", of, *arguments, lang)

    def end(self) -> int:
        """Prints the sum; returns the exit status."""
        print(f"faults: {self.held} held, {len(self.failures)} did not, {len(self.skipped)} skipped", flush=True)
        return 1 if self.failures else 0


class temporary:
    """A temporary folder, whose contents may have lost their permissions."""

    def __enter__(self) -> str:
        self.name = tempfile.mkdtemp(prefix="faults-")
        return self.name

    def __exit__(self, *_) -> None:
        for folder, folders, _ in os.walk(self.name):
            for name in folders:
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    os.chmod(path, 0o755)
        shutil.rmtree(self.name, ignore_errors=True)


def is_whole(before: dict, after: dict, found: dict) -> str:
    """Returns what is wrong if a file is neither the old nor the new one, is lost, or is litter."""
    for name, content in found.items():
        if content not in (before.get(name), after.get(name)):
            kind = "litter" if name not in before and name not in after else "neither old nor new"
            return f"{name} is {kind} ({len(content)} bytes)"
    lost = [name for name in before if name not in found and name in after]
    return f"lost: {lost}" if lost else ""


def need_program() -> None:
    if not Path(SHENBAO).exists():
        sys.exit(f"faults: no {SHENBAO}; run `make faults`")
