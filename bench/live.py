"""Rebuilds after an edit: how long until the PDF is written anew, and until the browser has the page."""

import http.client
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

FILE = "projects/1-big-data-network.toml"
AMOUNT = '"6万元"'
PATIENCE = 30


class Edited:
    """A copy of the sample, in which an amount is changed again and again."""

    def __init__(self, sample: Path, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sample, folder)
        self.file = folder / FILE
        self.text = self.file.read_text(encoding="utf-8")
        self.times = 0

    def edit(self) -> None:
        self.times += 1
        self.file.write_text(self.text.replace(AMOUNT, f'"{6 + self.times}万元"'), encoding="utf-8")


class Watched:
    """`shenbao watch`, which tells each rebuild in a line."""

    def __init__(self, program: str, sample: Path, folder: Path, out: Path) -> None:
        self.edited = Edited(sample, folder)
        self.process = subprocess.Popen(
            [program, "watch", str(folder), "--lang", "zh", "--ui", "en", "--out", str(out)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.told()

    def told(self) -> None:
        for line in self.process.stderr:
            if re.search(r" pages  .* total ", line):
                return
        raise SystemExit("bench: `shenbao watch` ended")

    def rebuild(self) -> float:
        """Edits, and returns the ms until the new PDF is there."""
        begin = time.perf_counter()
        self.edited.edit()
        self.told()
        return (time.perf_counter() - begin) * 1e3

    def stop(self) -> None:
        self.process.send_signal(2)
        self.process.wait(PATIENCE)


class Previewed:
    """`shenbao preview`, asked as the page in the browser asks."""

    options: list[str] = []

    def __init__(self, program: str, sample: Path, folder: Path) -> None:
        self.edited = Edited(sample, folder)
        self.process = subprocess.Popen(
            [program, "preview", str(folder), "--lang", "zh", "--no-open", "--port", "0", *self.options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = urlsplit(self.process.stdout.readline().strip())
        self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=PATIENCE)
        listening = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=PATIENCE)
        listening.request("GET", self.address.path + "events")
        self.events = listening.getresponse()
        self.state = self.complete()

    def get(self, path: str) -> bytes:
        self.connection.request("GET", self.address.path + path)
        return self.connection.getresponse().read()

    def complete(self) -> dict:
        while True:
            state = json.loads(self.get("state.json"))
            if state["complete"]:
                return state
            time.sleep(0.01)

    def edit(self) -> None:
        self.edited.edit()

    def rebuild(self) -> float:
        """Edits, and returns the ms until the first page that changed is there."""
        old = [page["id"] for page in self.state["pages"]]
        begin = time.perf_counter()
        self.edit()
        state = self.state
        while state["version"] == self.state["version"]:
            while self.events.readline().strip() != b"event: reload":
                pass
            state = json.loads(self.get("state.json"))
        changed = next(page["id"] for page, before in zip(state["pages"], old) if page["id"] != before)
        if b"<svg" not in self.get(f"page/{changed}.svg"):
            raise SystemExit("bench: the preview gave no page")
        took = (time.perf_counter() - begin) * 1e3
        self.state = self.complete()
        return took

    def stop(self) -> None:
        self.process.send_signal(2)
        self.process.wait(PATIENCE)


class Typed(Previewed):
    """`shenbao preview --edit`, told the edit as the page tells it once it is typed."""

    options = ["--edit"]

    def edit(self) -> None:
        was, to = (f"{6 + times}万元" for times in (self.edited.times, self.edited.times + 1))
        self.edited.times += 1
        wish = {"file": FILE, "path": ["subproject", "1", "cost", "0", "amount"], "was": was, "to": to}
        headers = {"Content-Type": "application/json", "Origin": f"http://{self.address.netloc}"}
        self.connection.request("POST", self.address.path + "edit", json.dumps(wish), headers)
        if not json.loads(self.connection.getresponse().read())["done"]:
            raise SystemExit("bench: the edit was refused")
