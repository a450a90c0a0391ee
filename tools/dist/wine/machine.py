"""A Chinese Windows machine of Wine: a drive D, a file server, code page 936, and this program on it."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATIENCE = 120
WINE = shutil.which("wine64") or "/usr/lib/wine/wine64"


class Machine:
    """Lives in a folder of its own, and takes the folder with it."""

    def __init__(self, program: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="wine-"))
        self.disk = self.folder / "disk"
        self.share = self.folder / "share"
        self.own = self.disk / "程序 1.0"
        for made in (self.own, self.share):
            made.mkdir(parents=True)
        shutil.copy(program, self.own / "shenbao.exe")
        # The time zone is set by the test of dates; colours and languages are the program's own choice.
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        self.environment = {
            **kept, "WINEPREFIX": str(self.folder / "prefix"), "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=", **self.chinese(),
        }
        compiler = ["x86_64-w64-mingw32-gcc", "-Os", "-municode"]
        subprocess.run([*compiler, "-shared", HERE / "prng.c", "-o", self.own / "bcryptprimitives.dll", "-ladvapi32"],
                       check=True)
        subprocess.run([*compiler, HERE / "hold.c", "-o", self.own / "hold.exe"], check=True)
        self.wine("wineboot", "--init")
        devices = self.folder / "prefix" / "dosdevices"
        (devices / "d:").symlink_to(self.disk)
        (devices / "unc" / "fileserver").mkdir(parents=True)
        (devices / "unc" / "fileserver" / "申报").symlink_to(self.share)

    def chinese(self) -> dict[str, str]:
        """A Chinese locale, compiled here, for few machines have one: Wine takes code page 936 from it."""
        locales = self.folder / "locales"
        locales.mkdir()
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", locales / "zh_CN.UTF-8"], check=True)
        return {"LOCPATH": str(locales), "LC_ALL": "zh_CN.UTF-8"}

    def end(self) -> None:
        """Stops what runs on this machine alone, and removes it."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver64"
        subprocess.run([server, "-k", "-w"], env=self.environment, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def wine(self, *command: str, **options) -> subprocess.CompletedProcess:
        """Runs a Windows program. Its own folder is D:\\程序 1.0, the working one the disk's root."""
        options = {"cwd": self.disk, "env": self.environment, "timeout": PATIENCE, **options}
        return subprocess.run([WINE, *command], stdin=subprocess.DEVNULL, capture_output=True, check=False, **options)

    def run(self, *arguments: str, cwd: Path | None = None, **environment: str) -> "Said":
        """Runs the program to its end."""
        done = self.wine(str(self.own / "shenbao.exe"), *arguments, cwd=cwd or self.disk,
                         env={**self.environment, **environment})
        return Said(done.returncode, done.stdout, done.stderr)

    def start(self, name: str, *arguments: str) -> subprocess.Popen:
        """Begins a program that goes on by itself, and leaves its output to be read."""
        return subprocess.Popen([WINE, str(self.own / name), *arguments], cwd=self.disk, env=self.environment,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def console(self, *command: str, keys: str = "", at: str = "") -> tuple[int, str]:
        """Runs the program, or the one that `command` begins with, in a console, and gives its exit code and what could be
        read there, without colours. `keys` are pressed when `at` has been shown."""
        first, *rest = command
        program = [first] if first == "cmd" else [str(self.own / "shenbao.exe"), first]
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.disk)
            # Wide enough that no path is broken.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
            os.execve(WINE, [WINE, *program, *rest], self.environment)
        shown, until = b"", time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not select.select([terminal], [], [], 1)[0]:
                continue
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                # So Linux tells that nobody writes any more.
                break
            if keys and at in shown.decode(errors="ignore"):
                os.write(terminal, keys.encode())
                keys = ""
        else:
            os.kill(process, 9)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        # The console of Wine draws: it moves the cursor in place of writing spaces.
        text = re.sub(r"\x1b\[\d*C", " ", shown.decode())
        return status, re.sub(r"\x1b\[[?\d;]*[a-zA-Z]", "", text)

    def windows_path(self, path: Path) -> str:
        """The path of a file on the disk as Windows calls it."""
        return "D:\\" + str(path.relative_to(self.disk)).replace("/", "\\")


class Said:
    """What a run of the program came to."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code, self.bytes = code, out
        # Redirected output is UTF-8, whatever the console's code page.
        self.out, self.err = (text.decode("utf-8", errors="replace") for text in (out, err))

    def __repr__(self) -> str:
        return f"exit {self.code}\n{self.out}\n{self.err}"
