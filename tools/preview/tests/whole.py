"""A declaration that is begun with `shenbao new` and finished on the page: nobody touches a file."""

import difflib
import pathlib
import shutil
import subprocess
import tempfile

from base import PROGRAM, EditingTest, browser
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

FILE = "projects/1-first.toml"
NAMES = ["--unit", "临江区图书馆", "--department", "临江区文化和旅游局", "--project", "全民阅读推广"]

# What a line of the file says, and what is filled in where it is printed.
VALUES = [
    ("单次会议成本", "单场讲座成本"),
    ("会议次数", "讲座场次"),
    ('"≥ 4.00 次"', ("≥", "6", "场")),
    ("会议按期召开率", "讲座按期举办率"),
    ("受益人数", "参加讲座的读者人数"),
    ("参会人员满意度", "读者满意度"),
]
TEXTS = [
    ("本项目依据《中华人民共和国预算法》", "本项目依据《中华人民共和国公共图书馆法》第三十三条设立。由局长办公会议同意立项。"),
    (
        "（1）年初制定方案",
        "本项目按以下步骤实施：\n（1）三月底前确定讲座题目和主讲人；\n（2）四月至十一月每月举办讲座，登记到场人数；\n"
        "（3）十二月汇总读者意见，对照绩效目标自评。",
    ),
    ("按计划完成各项工作", "全年举办讲座6场，参加的读者满意。"),
]
AFTER = {
    'name     = "会议费"': 'name     = "讲座费"',
    "quantity = 4": "quantity = 6",
    'unit     = "次"': 'unit     = "场"',
    'name   = "资料印制费"': 'name   = "书目印制费"',
    "本项目依据《中华人民共和国预算法》和本单位职责设立。": "本项目依据《中华人民共和国公共图书馆法》第三十三条设立。\n由局长办公会议同意立项。",
    "（1）年初制定方案，明确任务和时间；": "（1）三月底前确定讲座题目和主讲人；",
    "（2）按方案组织会议，每季度检查一次进度；": "（2）四月至十一月每月举办讲座，登记到场人数；",
    "（3）年末总结，对照绩效目标自评。": "（3）十二月汇总读者意见，对照绩效目标自评。",
    "按计划完成各项工作，资金使用合规，参加人员满意。": "全年举办讲座6场，参加的读者满意。",
    'name   = "单次会议成本"': 'name   = "单场讲座成本"',
    'name   = "会议次数"': 'name   = "讲座场次"',
    'target = "≥ 4.00 次"': 'target = "≥ 6 场"',
    'name   = "会议按期召开率"': 'name   = "讲座按期举办率"',
    'name   = "受益人数"': 'name   = "参加讲座的读者人数"',
    'name   = "参会人员满意度"': 'name   = "读者满意度"',
}
ADDED = '\n[[indicator]]\nkind   = "数量指标"\nname   = "书目印数"\ntarget = "≥ 500 册"\n'


class WholeTest(EditingTest):
    def prepare(self):
        shutil.rmtree(self.folder)
        self.run_program("new", self.folder, "--year", "2025", "--date", "2024-11-20", *NAMES)
        self.begun = self.toml(FILE)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.downloads = pathlib.Path(folder.name)
        settings = {"behavior": "allow", "downloadPath": str(self.downloads)}
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", settings)

    def run_program(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments, "--ui", "zh"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout + done.stderr

    def total_value(self, name, label, text):
        """Changes a value of a cost by way of the totals."""
        self.open_all()
        self.js(
            """[...document.querySelectorAll("[role=treeitem]")]
                .find((item) => item.querySelector(".name").textContent.startsWith(arguments[0]))
                .querySelector(".line").click()""",
            name,
        )
        self.one("[role=treeitem] > .place:last-of-type button:not(.copy)").click()
        self.wait(lambda: self.shown("#edit form"), "the values of a total")
        form = next(each for each in self.all("#edit form") if each.text.startswith(label))
        control = form.find_element("css selector", "input")
        control.send_keys(Keys.CONTROL, "a")
        version = self.version()
        control.send_keys(text + "\n")
        self.settled(version)
        self.assertFalse(self.shown("#edit"))

    def value(self, words, text):
        version = self.version()
        self.open_value(words)
        if isinstance(text, tuple):
            Select(self.one(".card .parts select")).select_by_value(text[0])
            for part, field in zip(text[1:], ("number", "unit")):
                control = self.one(f".card .parts .{field}")
                control.send_keys(Keys.CONTROL, "a")
                control.send_keys(part)
            control.send_keys(Keys.ENTER)
        else:
            self.fill(text + "\n")
        self.saved(version)

    def test_a_declaration_is_finished_without_touching_a_file(self):
        self.press("t")
        self.total_value("会议费", "费用名称", "讲座费")
        self.total_value("讲座费", "数量", "6")
        self.total_value("讲座费", "计量单位", "场")
        self.total_value("资料印制费", "费用名称", "书目印制费")
        for words, text in VALUES:
            self.value(words, text)
        for words, text in TEXTS:
            version = self.version()
            self.open_value(words)
            self.fill(text)
            self.chord(Keys.ENTER)
            self.saved(version)
        self.press("t", Keys.HOME, Keys.ARROW_DOWN, "a")
        Select(self.one("#add-what")).select_by_value("indicator")
        Select(self.one("#add-kind")).select_by_value("数量指标")
        for name, text in (("name", "书目印数"), ("target", "≥500册")):
            self.one(f"#add-{name}").send_keys(text)
        version = self.version()
        self.one("#add [type=submit]").click()
        self.settled(version)
        self.press(Keys.ESCAPE)
        self.assertEqual(self.state()["findings"], [])

        # The PDF is there.
        self.press("o")
        self.one("#output [data-kind=pdf]").click()
        pdf = self.downloads / "songjiang-2024.pdf"
        self.wait(pdf.is_file, "the PDF")
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF-"))

        # The files are as a person would have written them.
        lines = "\n".join(AFTER.get(line, line) for line in self.begun.split("\n")) + ADDED
        after = self.toml(FILE)
        self.assertEqual(after, lines, "\n".join(difflib.unified_diff(lines.split("\n"), after.split("\n"), lineterm="")))
        self.run_program("fmt", "--check", self.folder)
        self.assertIn("0 个错误，0 个警告", self.run_program("check", self.folder))
