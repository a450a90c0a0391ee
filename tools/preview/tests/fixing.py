"""Fixes of findings that are made on the page."""

from base import PROJECT, EditingTest


class FixTest(EditingTest):
    right = "在市级层面，大数据工作"
    wrong = "在市级层面,大数据工作"

    def prepare(self):
        path = self.folder / PROJECT
        text = path.read_text("utf-8").replace(self.right, self.wrong, 1)
        path.write_text(text.replace("承接落实。", "承接落实。。", 1), "utf-8")

    def open_fixable(self, n):
        found = [place for place, each in enumerate(self.state()["findings"]) if each["fix"]]
        self.one("#tab-findings").click()
        code = self.state()["findings"][found[n]]["code"]
        self.one(f"#findings [data-code={code}] .head").click()
        self.wait(lambda: self.shown("#findings .patch ins"), "what the fix would change")
        return len(found)

    def test_a_fix_is_shown_made_and_undone(self):
        before = self.toml()
        count = self.open_fixable(0)
        self.assertEqual(count, 2)
        self.looks("fix")
        gone, new = self.text("#findings .patch del"), self.text("#findings .patch ins")
        self.assertIn(gone.split(maxsplit=1)[-1].removeprefix("改正前：").strip(), before)
        version = self.version()
        self.one("#findings .fix button").click()
        self.settled(version)
        after = self.toml()
        changed = [pair for pair in zip(before.splitlines(), after.splitlines()) if pair[0] != pair[1]]
        self.assertEqual(len(changed), 1)
        self.assertIn(changed[0][0], gone)
        self.assertIn(changed[0][1], new)
        self.assertEqual(len([each for each in self.state()["findings"] if each["fix"]]), 1)
        version = self.version()
        self.one("#undo").click()
        self.settled(version)
        self.assertEqual(self.toml(), before)

    def test_a_fix_that_somebody_has_made_meanwhile_is_told(self):
        self.open_fixable(0)
        self.edit(lambda toml: toml.replace(self.wrong, self.right).replace("落实。。", "落实。"))
        self.wait(lambda: not self.shown("#findings .fix"), "the fix to go")

    def test_a_file_that_cannot_be_read_is_fixed(self):
        self.edit(lambda toml: toml.replace('name     = {', 'name     ＝ {', 1))
        self.assertFalse(self.state()["fresh"])
        self.assertTrue(any(each["fix"] for each in self.state()["findings"]))
        self.open_fixable(0)
        version = self.version()
        self.one("#findings .fix button").click()
        self.settled(version)
        self.assertTrue(self.state()["fresh"])
