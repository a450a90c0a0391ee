"""A list of several declarations, from which each is opened."""

import shutil

from base import SAMPLE, EditingTest, browser


class SeveralTest(EditingTest):
    def prepare(self):
        # The folder that is previewed holds two declarations.
        parent = self.folder.parent
        shutil.copytree(SAMPLE.parent / "linjiang-2023", parent / "linjiang-2023")
        self.first, self.folder = self.folder, parent

    def rows(self):
        return self.js("[...document.querySelectorAll('#units tr')].map((row) => row.innerText)")

    def open_second(self):
        """Opens songjiang-2024, which is the second by its name."""
        self.one("tr[data-folder='songjiang-2024'] a").click()
        self.wait(lambda: self.shown("figure"), "the page of the declaration")
        self.settled()
        self.url, self.folder = browser.current_url, self.first

    def test_each_is_listed_with_its_total_and_findings(self):
        self.wait(lambda: len(self.rows()) == 2, "both declarations")
        first, second = self.rows()
        self.assertIn("linjiang-2023", first)
        self.assertIn("上海市松江区大数据中心", second)
        self.assertIn("1808.1万元", second)
        self.assertIn("9 处警告", second)
        self.looks("list")
        # A mistake in one shows at once.
        path = self.first / "projects/1-big-data-network.toml"
        text = path.read_text("utf-8")
        path.write_text(text + "\nbroken = \n", "utf-8")
        self.wait(lambda: "1 处错误" in self.rows()[1] and "—" in self.rows()[1], "the mistake")
        path.write_text(text, "utf-8")
        self.wait(lambda: "1808.1万元" in self.rows()[1], "the total")

    def test_each_opens_its_page_for_editing(self):
        listed = self.url
        self.open_second()
        self.assertTrue(self.url.startswith(listed))
        before, version = self.toml(), self.version()
        self.open_value('"6万元"')
        self.fill("16万元\n")
        self.saved(version)
        self.assertEqual(self.toml(), before.replace('"6万元"', '"16万元"'))
        self.one("#back").click()
        self.wait(lambda: browser.current_url == listed, "the way back")
        self.url = listed
        self.wait(lambda: any("1818.1万元" in row for row in self.rows()), "the new total in the list")
