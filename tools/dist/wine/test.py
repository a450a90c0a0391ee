"""Tries the program for Windows under Wine: `python3 tools/dist/wine/test.py PROGRAM LINUX FONTS [TEST…]`.

LINUX is the program for this machine, and FONTS a folder with the fonts that PROGRAM has in it: what both write has to be
the same. Nothing waits for a time: every wait is for a condition, and fails with what it waited for.
"""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from machine import PATIENCE, Machine, Said

DATA = Path(__file__).resolve().parents[3] / "data"
SAMPLE = DATA / "songjiang-2024"
PROJECT = "projects/2-portal.toml"
PROGRAM, LINUX, FONTS = (Path(name).resolve() for name in sys.argv[1:4])

machine: Machine


def setUpModule() -> None:
    global machine
    machine = Machine(PROGRAM)


def tearDownModule() -> None:
    machine.end()


def linux(*arguments: str | Path, cwd: Path, code: int = 0) -> Said:
    """Runs the program of this machine, with the same fonts."""
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}
    done = subprocess.run([LINUX, *arguments], cwd=cwd, env=environment, capture_output=True, check=False,
                          stdin=subprocess.DEVNULL)
    said = Said(done.returncode, done.stdout, done.stderr)
    assert done.returncode == code, said
    return said


def until(found, what: str):
    """Waits for a result of `found` that is not false."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if result := found():
            return result
        time.sleep(0.05)
    raise AssertionError(f"in vain: {what}")


class Case(unittest.TestCase):
    """Each has a folder of its own on the drive D, with spaces and Chinese in its name."""

    def setUp(self) -> None:
        self.folder = machine.disk / f"各单位 2024 {self.id().rpartition('.')[2]}"
        self.folder.mkdir()
        self.unit = self.copy("松江 大数据")

    def copy(self, name: str) -> Path:
        return Path(shutil.copytree(SAMPLE, self.folder / name))

    def run_here(self, *arguments: str, code: int = 0, **environment: str) -> Said:
        said = machine.run(*arguments, cwd=self.folder, **environment)
        self.assertEqual(said.code, code, said)
        for text in (said.out, said.err):
            self.assertNotIn("\\\\?\\", text)
            self.assertNotIn("\ufffd", text)
        return said

    def printed(self, folder: Path | None = None) -> bytes:
        """The PDF that Linux makes of a folder."""
        fonts = ["--ignore-system-fonts", "--font-path", FONTS]
        linux("build", folder or self.unit, "--out", self.folder / "linux.pdf", *fonts, cwd=self.folder)
        return (self.folder / "linux.pdf").read_bytes()

    def replace(self, file: Path, old: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        self.assertIn(old, text)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


class Outputs(Case):
    """What is written is what Linux writes."""

    def test_every_sample_has_the_pages_of_linux(self) -> None:
        shutil.copytree(DATA, self.folder / "data")
        self.run_here("build", "data", "--out", "windows")
        linux("build", "data", "--out", "linux", "--ignore-system-fonts", "--font-path", FONTS, cwd=self.folder)
        names = sorted(file.name for file in (self.folder / "linux").iterdir())
        self.assertGreater(len(names), 5)
        self.assertEqual(names, sorted(file.name for file in (self.folder / "windows").iterdir()))
        for name in names:
            same = (self.folder / "linux" / name).read_bytes() == (self.folder / "windows" / name).read_bytes()
            self.assertTrue(same, name)

    def test_pictures_and_books_and_tables(self) -> None:
        fonts = ["--ignore-system-fonts", "--font-path", str(FONTS)]
        for command in (["build", ".", "--format", "png"], ["book", "."], ["export", ".", "--format", "csv"]):
            self.run_here(*command, "--out", f"windows-{command[0]}/")
            linux(*command, "--out", f"linux-{command[0]}/", *(fonts if command[0] != "export" else []),
                  cwd=self.folder)
            made = {file.name: file.read_bytes() for file in (self.folder / f"linux-{command[0]}").iterdir()}
            self.assertTrue(made)
            own = {file.name: file.read_bytes() for file in (self.folder / f"windows-{command[0]}").iterdir()}
            self.assertEqual(own.keys(), made.keys())
            self.assertTrue(own == made, command)

    def test_findings_are_those_of_linux(self) -> None:
        self.replace(self.unit / PROJECT, '"8万元"', '"8万"')
        own, other = (run("check", self.unit.name, "--format", "json", code=1) for run in (self.run_here, self.linux))
        self.assertIn("松江 大数据\\\\projects\\\\2-portal.toml", own.out)
        self.assertEqual(json.loads(own.out.replace("\\\\", "/")), json.loads(other.out))

    def linux(self, *arguments: str, code: int) -> Said:
        return linux(*arguments, cwd=self.folder, code=code)

    def test_check_fmt_and_fix_leave_what_linux_leaves(self) -> None:
        self.replace(self.unit / PROJECT, "amount = ", "amount   =")
        self.replace(self.unit / PROJECT, '"8万元"', '"8 万 元"')
        other = Path(shutil.copytree(self.unit, self.folder / "other"))
        for command in (["check", "--fix"], ["fmt"]):
            own, same = (run(*command, folder.name, code=0) for run, folder in
                         ((self.run_here, self.unit), (self.linux, other)))
            self.assertEqual(own.code, same.code)
        for file in other.rglob("*.toml"):
            self.assertEqual((self.unit / file.relative_to(other)).read_bytes(), file.read_bytes())


class Names(Case):
    """Paths, patterns and names as Windows has them."""

    def test_messages_write_one_separator(self) -> None:
        self.replace(self.unit / PROJECT, "nature ", "nature = 1\nnatur ")
        (self.unit / "9-x.toml").write_text((self.unit / PROJECT).read_text(encoding="utf-8"), encoding="utf-8")
        for folder in (f"../{self.folder.name}/{self.unit.name}", f".\\{self.unit.name}/", "nowhere/below"):
            for ui in ("zh", "en"):
                for command in ("check", "build", "totals", "fmt"):
                    said = machine.run(command, folder, "--ui", ui, cwd=self.folder)
                    self.assertNotEqual(said.code, 0)
                    self.assertNotRegex(said.out + said.err, r"[\w.]/[\w.]")

    def test_drive_letters_and_servers(self) -> None:
        pages = self.printed()
        shutil.copytree(self.unit, machine.share / "松江 大数据", dirs_exist_ok=True)
        for folder in (machine.windows_path(self.unit), "d:/" + str(self.unit.relative_to(machine.disk)),
                       "\\\\fileserver\\申报\\松江 大数据", "//fileserver/申报/松江 大数据",
                       "\\\\?\\" + machine.windows_path(self.unit), "\\\\?\\UNC\\fileserver\\申报\\松江 大数据"):
            with self.subTest(folder):
                out = folder.rpartition("松江 大数据")[0] + "out.pdf"
                said = self.run_here("build", folder, "--out", out)
                shown = out.replace("/", "\\").replace("\\\\?\\UNC", "\\").removeprefix("\\\\?\\")
                self.assertIn(shown, said.err)
                place = machine.share if "fileserver" in folder else self.folder
                self.assertEqual((place / "out.pdf").read_bytes(), pages)
                (place / "out.pdf").unlink()
                self.run_here("check", folder)
                self.run_here("fmt", "--check", folder)

    def test_patterns_that_the_shell_leaves(self) -> None:
        self.copy("松江 办公室")
        (self.folder / ".git").mkdir()
        self.run_here("build", "松*", "--out", "out")
        self.assertEqual(sorted(file.name for file in (self.folder / "out").iterdir()),
                         ["松江 办公室.pdf", "松江 大数据.pdf"])
        shutil.rmtree(self.folder / "out")
        for command in (["check"], ["totals"], ["fmt"], ["book", "--out", "book.pdf"], ["export"]):
            for pattern in ("*", "松江?大*", "松江 [大]数据", machine.windows_path(self.folder) + "\\松*"):
                with self.subTest(f"{command} {pattern}"):
                    self.run_here(*command, pattern)
        self.run_here("diff", "*数据", "*办公室")
        self.run_here("fmt", "松江 大*\\PROJECTS\\2-*.TOML")
        self.run_here("fonts", "*数据")
        self.run_here("schema", "project", "*数据")
        self.run_here("rollover", "*数据", "--out", "next")
        self.assertIn("没有文件夹符合“青*”", self.run_here("totals", "青*", code=2).err)
        (self.folder / "甲.txt").write_text("甲", encoding="utf-8")
        self.assertIn("甲.txt", self.run_here("import", "?.txt", "new", "--dry-run", code=2).err)

    def test_names_that_windows_keeps_for_itself(self) -> None:
        begin = ["--unit", "单位", "--department", "部门", "--project", "项目"]
        for name in ("con", "NUL", "aux.2024", "单位:2024", "单位?", "单位 2024."):
            self.assertIn("系统保留的名称", self.run_here("new", name, *begin, code=2).err)
        for name in ("nul.pdf", "ab:c.pdf", "COM1.pdf"):
            self.assertIn("系统保留的名称", machine.run("build", self.unit.name, "--out", name, cwd=self.folder).err)
        self.assertEqual([path.name for path in self.folder.iterdir()], [self.unit.name])

    def test_two_names_that_are_one(self) -> None:
        for above in ("a", "b"):
            (self.folder / above).mkdir()
        self.unit.rename(self.folder / "a" / "Unit")
        shutil.copytree(SAMPLE, self.folder / "b" / "unit")
        self.assertIn("都要写成", self.run_here("build", "a", "b", "--out", "out", code=2).err)

    def test_paths_longer_than_260_characters(self) -> None:
        deep = self.folder
        for number in range(8):
            deep = deep / f"{number}-很长的文件夹名称-{'x' * 30}"
        deep.mkdir(parents=True)
        folder = machine.windows_path(deep / "unit")
        self.assertGreater(len(folder), 260)
        shutil.copytree(self.unit, deep / "unit")
        self.replace(deep / "unit" / PROJECT, "amount = ", "amount   =")
        self.run_here("fmt", folder)
        self.run_here("build", folder, "--out", machine.windows_path(deep) + "\\out.pdf")
        self.assertEqual((deep / "out.pdf").read_bytes(), self.printed())


class Files(Case):
    """Files that others hold, and how their lines end."""

    def hold(self, file: Path) -> subprocess.Popen:
        holder = machine.start("hold.exe", machine.windows_path(file))
        self.assertEqual(holder.stdout.readline().strip(), "held")
        return holder

    def test_a_document_that_a_reader_holds_stays(self) -> None:
        out = self.folder / "out.pdf"
        out.write_bytes(b"%PDF old")
        holder = self.hold(out)
        said = self.run_here("build", self.unit.name, "--out", "out.pdf", code=2)
        self.assertIn("文件正被别的程序占用", said.err)
        self.assertIn("关闭", said.err)
        said = self.run_here("build", self.unit.name, "--out", "out.pdf", "--ui", "en", code=2)
        self.assertIn("another program is using the file", said.err)
        self.assertIn("close it", said.err)
        self.assertEqual(out.read_bytes(), b"%PDF old")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), sorted(["out.pdf", self.unit.name]))
        holder.communicate()
        self.run_here("build", self.unit.name, "--out", "out.pdf")
        self.assertEqual(out.read_bytes(), self.printed())

    def test_a_source_that_an_editor_holds_stays(self) -> None:
        file = self.unit / PROJECT
        self.replace(file, "amount = ", "amount   =")
        before = file.read_bytes()
        holder = self.hold(file)
        self.assertIn("文件正被别的程序占用", self.run_here("fmt", self.unit.name, code=2).err)
        self.assertEqual(file.read_bytes(), before)
        holder.communicate()
        self.run_here("fmt", self.unit.name)
        self.assertNotEqual(file.read_bytes(), before)

    def test_a_read_only_file_stays(self) -> None:
        out = self.folder / "out.pdf"
        out.write_bytes(b"%PDF old")
        # Wine takes a file that nobody may write to for one with the attribute.
        out.chmod(0o444)
        self.assertIn("没有权限", self.run_here("build", self.unit.name, "--out", "out.pdf", code=2).err)
        self.assertEqual(out.read_bytes(), b"%PDF old")

    def test_line_ends_of_windows_stay(self) -> None:
        pages = self.printed()
        files = list(self.unit.rglob("*.toml"))
        for file in files:
            file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
        self.run_here("build", self.unit.name, "--out", "out.pdf")
        self.assertEqual((self.folder / "out.pdf").read_bytes(), pages)
        self.assertIn("没有差别", self.run_here("diff", machine.windows_path(self.copy("unix")), self.unit.name).err)
        kept = {file: file.read_bytes() for file in files}
        self.run_here("fmt", self.unit.name)
        self.assertEqual({file: file.read_bytes() for file in files}, kept)
        for file in files:
            file.write_bytes(file.read_bytes().replace("8万元".encode(), "8 万 元".encode()))
            file.write_bytes(file.read_bytes().replace(b"amount = ", b"amount   ="))
        self.run_here("check", "--fix", self.unit.name)
        self.run_here("fmt", self.unit.name)
        self.assertEqual({file: file.read_bytes() for file in files}, kept)
        cost = ["cost", "portal/translation", "--name", "新费用", "--amount", "1万元"]
        self.run_here("add", "--folder", self.unit.name, *cost)
        self.assertIn("新费用".encode(), (self.unit / PROJECT).read_bytes())
        for file in files:
            self.assertEqual(file.read_bytes().count(b"\n"), file.read_bytes().count(b"\r\n"), file)

    def test_two_runs_at_once_on_one_output(self) -> None:
        pages = self.printed()
        folder = machine.windows_path(self.unit)
        runs = [machine.start("shenbao.exe", "build", folder, "--out", machine.windows_path(self.folder) + "\\out.pdf")
                for _ in range(4)]
        for run in runs:
            said, _ = run.communicate(timeout=PATIENCE)
            self.assertEqual(run.returncode, 0, said)
        self.assertEqual((self.folder / "out.pdf").read_bytes(), pages)
        self.assertEqual([path for path in self.folder.iterdir() if path.name.startswith(".")], [])


class System(Case):
    """What else of Windows the program meets."""

    def test_a_console_in_code_page_936_shows_chinese(self) -> None:
        self.assertIn("936", machine.console("cmd", "/c", "chcp")[1])
        self.replace(self.unit / PROJECT, '"8万元"', '"8万"')
        code, shown = machine.console("check", machine.windows_path(self.unit))
        self.assertEqual(code, 1, shown)
        self.assertIn("错误[", shown)
        self.assertIn("2-portal.toml", shown)
        self.assertNotIn("?[", shown)
        self.assertNotIn("\ufffd", shown)
        # The console takes the colours, which is no part of what is read.
        self.assertNotIn("[0m", shown)

    def test_fonts_of_a_user_alone(self) -> None:
        built_in = self.run_here("fonts", self.unit.name)
        self.assertIn("（内置）", built_in.out)
        users = machine.folder / "prefix" / "drive_c" / "users"
        (home,) = [home for home in users.iterdir() if home.name != "Public"]
        own = home / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts"
        own.mkdir(parents=True, exist_ok=True)
        fonts = [Path(shutil.copy(font, own)) for font in FONTS.iterdir()]
        try:
            found = self.run_here("fonts", self.unit.name).out
            self.assertNotIn("（内置）", found)
            for path in re.findall(r"\S*Fonts\S*", found):
                self.assertRegex(path, r"^C:\\users\\[^\\]+\\AppData\\Local\\Microsoft\\Windows\\Fonts\\[^\\/]+$")
            self.run_here("build", self.unit.name, "--out", "out.pdf")
            self.assertEqual((self.folder / "out.pdf").read_bytes(), self.printed())
        finally:
            for font in fonts:
                font.unlink()
        self.assertEqual(self.run_here("fonts", self.unit.name).out, built_in.out)

    def test_watch_follows_a_save(self) -> None:
        out = self.folder / "out.pdf"
        first = self.printed()
        watch = machine.start("shenbao.exe", "watch", machine.windows_path(self.unit), "--out",
                              machine.windows_path(out))
        try:
            until(lambda: out.exists() and out.read_bytes() == first, "the first document")
            for amount in ("9万元", "10万元"):
                file = self.unit / PROJECT
                file.write_text(re.sub('"[0-9]+万元"', f'"{amount}"', file.read_text(encoding="utf-8"), count=1),
                                encoding="utf-8")
                pages = self.printed()
                until(lambda: out.read_bytes() == pages, f"the document with {amount}")
        finally:
            watch.kill()
            watch.communicate()

    def test_preview_answers_who_knows_the_secret(self) -> None:
        preview = machine.start("shenbao.exe", "preview", machine.windows_path(self.unit), "--no-open", "--port", "0")
        try:
            address = next(line.strip() for line in preview.stdout if line.startswith("http://127.0.0.1:"))
            state = lambda: json.load(urllib.request.urlopen(address + "state.json", timeout=PATIENCE))
            self.assertIn(b"<html", urllib.request.urlopen(address, timeout=PATIENCE).read())
            before = state()
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(re.sub(r"[^/]+/$", "", address) + "state.json", timeout=PATIENCE)
            refused.exception.close()
            self.replace(self.unit / PROJECT, '"8万元"', '"9万元"')
            until(lambda: state() != before, "the page after a save")
        finally:
            preview.kill()
            preview.communicate()

    def test_ctrl_c_ends_watch(self) -> None:
        out = machine.windows_path(self.folder) + "\\out.pdf"
        code, shown = machine.console("watch", machine.windows_path(self.unit), "--out", out, keys="\x03", at="out.pdf")
        self.assertEqual(code, 0, shown)

    def test_today_is_that_of_the_time_zone(self) -> None:
        hour = datetime.datetime.now(datetime.timezone.utc).hour
        zone, offset = ("Pacific/Kiritimati", 14) if hour >= 10 else ("Pacific/Midway", -11)
        begin = ["--unit", "单位", "--department", "部门", "--project", "项目"]
        self.run_here("new", "zone", *begin, TZ=zone)
        text = (self.folder / "zone" / "declaration.toml").read_text(encoding="utf-8")
        today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=offset))).date()
        self.assertNotEqual(today, datetime.datetime.now(datetime.timezone.utc).date())
        self.assertIn(today.isoformat(), text)

    def test_deep_input_is_refused_without_a_crash(self) -> None:
        file = self.unit / PROJECT
        text = file.read_text(encoding="utf-8")
        for deep in ("x = " + "[" * 50_000, "x = " + "{a=" * 50_000, "a." * 50_000 + "b = 1"):
            file.write_text(deep + "\n" + text, encoding="utf-8")
            said = self.run_here("check", self.unit.name, code=1)
            self.assertIn("2-portal.toml", said.out + said.err)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
