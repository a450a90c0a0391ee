#!/usr/bin/env python3
"""Edits a declaration while `shenbao watch` builds it: `tools/stress/watch.py [EDITS] [SEED]`.

An amount is changed again and again, saved in the ways in which editors save, some edits on the heels of others. Every
so often the script stops until the program has told the total that the last edit makes. In the end the PDF has to be, byte
for byte, that of a fresh build.
"""

import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
SHENBAO = str(Path(os.environ.get("SHENBAO", TARGET / "release" / "shenbao")).resolve())
FILE = "projects/1-big-data-network.toml"
AMOUNT = '"6万元"'
PATIENCE = 20


def in_place(file: Path, text: str) -> None:
    """As plain editors save: the file is cut to nothing and written."""
    file.write_text(text, encoding="utf-8")


def by_rename(file: Path, text: str) -> None:
    """As careful editors save: another file takes its place."""
    beside = file.with_name(f".{file.name}.swp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def with_backup(file: Path, text: str) -> None:
    """As vim saves: the old file moves away, a new one is made, the old one goes."""
    backup = file.with_name(f"{file.name}~")
    os.replace(file, backup)
    file.write_text(text, encoding="utf-8")
    backup.unlink()


def in_pieces(file: Path, text: str) -> None:
    """As over a slow drive: the file comes in pieces, and in between it makes no sense."""
    data = text.encode()
    with open(file, "wb", buffering=0) as out:
        for start in range(0, len(data), 1500):
            out.write(data[start:start + 1500])
            time.sleep(random.uniform(0, 0.003))


WAYS = [in_place, by_rename, with_backup, in_pieces]


class Watch:
    """A running `shenbao watch`, and the totals that it tells."""

    def __init__(self, folder: Path, out: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [SHENBAO, "watch", str(folder), "--lang", "zh", "--ui", "zh", "--out", str(out), *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.totals: queue.Queue[Decimal] = queue.Queue()
        self.builds = 0
        self.log: list[str] = []
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        for line in self.process.stderr:
            self.log.append(line)
            if told := re.search(r"合计 ([\d.]+)万元", line):
                self.builds += 1
                self.totals.put(Decimal(told[1]))

    def wait_for(self, total: Decimal) -> float:
        """Waits until this total is told; returns how long that took."""
        begin = time.perf_counter()
        while True:
            left = PATIENCE - (time.perf_counter() - begin)
            try:
                if self.totals.get(timeout=max(left, 0.001)) == total:
                    return time.perf_counter() - begin
            except queue.Empty:
                sys.exit(f"watch: the total {total}万元 was not told within {PATIENCE} s:\n{''.join(self.log[-20:])}")

    def stop(self) -> None:
        self.process.send_signal(2)
        if self.process.wait(timeout=PATIENCE) != 0:
            sys.exit(f"watch: Ctrl-C ended it with {self.process.returncode}")


def edit(folder: Path, out: Path, edits: int, *options: str) -> None:
    """Edits `folder` so often while it is watched, and compares in the end."""
    file = folder / FILE
    original = file.read_text(encoding="utf-8")
    watch = Watch(folder, out, *options)
    base = watch.totals.get(timeout=PATIENCE)
    awaited = []
    amount = 6
    for number in range(1, edits + 1):
        amount = random.choice([value for value in range(1, 200) if value != amount])
        random.choice(WAYS)(file, original.replace(AMOUNT, f'"{amount}万元"'))
        if random.random() < 0.1 or number == edits:
            awaited.append(watch.wait_for(base + amount - 6))
        else:
            time.sleep(random.choice([0, 0.002, 0.02, 0.06]))
    watch.stop()
    subprocess.run([SHENBAO, "build", str(folder), "--lang", "zh", "--out", str(out.with_name("fresh.pdf"))],
                   check=True, stderr=subprocess.DEVNULL)
    if out.read_bytes() != out.with_name("fresh.pdf").read_bytes():
        sys.exit("watch: the PDF is not that of a fresh build")
    awaited.sort()
    median = awaited[len(awaited) // 2] * 1e3
    print(f"watch {' '.join(options)}: {edits} edits in {len(WAYS)} ways, {watch.builds} builds, the last PDF equal to a "
          f"fresh one; {len(awaited)} totals awaited, {median:.0f} ms in the median, {awaited[-1] * 1e3:.0f} ms at most")


def main() -> None:
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"watch: seed {seed}")
    for options, share in [((), 1), (("--poll=50",), 5)]:
        random.seed(seed)
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "unit"
            shutil.copytree(ROOT / "data/songjiang-2024", folder)
            edit(folder, Path(temporary) / "watched.pdf", edits // share, *options)


if __name__ == "__main__":
    main()
