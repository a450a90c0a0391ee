"""Runs the program and says what it took; shared by the scripts of this folder."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
SHENBAO = str(Path(os.environ.get("SHENBAO", TARGET / "release" / "shenbao")).resolve())
sys.path.insert(0, str(ROOT / "bench"))
import generate  # noqa: E402, F401

failures = 0


@dataclass
class Took:
    """What a run took, and what it said."""

    code: int
    seconds: float
    # Of all cores together: what a busy machine changes least.
    cpu: float
    megabytes: float
    text: str

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s {self.cpu:8.2f} s of processors {self.megabytes:6.0f} MB"


def run(folder: Path, *arguments: str, limit: float = 3600) -> Took:
    """Runs the program in a folder, with a cache of its own and messages in English."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "LC_ALL": "en_US.UTF-8"}
    said = folder / "said"
    begun = time.monotonic()
    with said.open("wb") as file:
        process = subprocess.Popen([SHENBAO, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=file, stderr=subprocess.STDOUT)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - begun > limit:
                process.kill()
            time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    text = said.read_text(encoding="utf-8", errors="replace")
    return Took(process.returncode, time.monotonic() - begun, usage.ru_utime + usage.ru_stime, peak, text)


def say(held: bool, what: str) -> None:
    """Prints what was seen."""
    global failures
    failures += not held
    print(f"{'held    ' if held else 'NOT HELD'}  {what}", flush=True)


def end() -> None:
    """Ends the script, with 1 where something did not hold."""
    sys.exit(1 if failures else 0)


def ready(script: str) -> None:
    if not Path(SHENBAO).exists():
        sys.exit(f"{script}: no {SHENBAO}; run `make limits`")
