"""What axe-core finds on the page, with everything that can be open."""

import os
import pathlib

from base import PROJECT, EditingTest, browser
from selenium.webdriver.common.keys import Keys

AXE = pathlib.Path(os.environ["AXE"])


class AccessTest(EditingTest):
    def prepare(self):
        path = self.folder / PROJECT
        path.write_text(path.read_text("utf-8").replace("在市级层面，", "在市级层面,", 1), "utf-8")

    def nothing_serious(self, what):
        browser.execute_script(AXE.read_text("utf-8"))
        for theme in ("light", "dark"):
            self.js("document.documentElement.dataset.theme = arguments[0]", theme)
            found = browser.execute_async_script(
                """const done = arguments[0];
                // What stands below a total is text inside it, and not its name.
                const isNamed = (id, { target }) => id !== "label-content-name-mismatch" || !/data-id|li/.test(target[0]);
                axe.run(document, { preload: false, resultTypes: ["violations"] })
                    .then(({ violations }) => done(violations.map(({ id, impact, nodes }) =>
                        [id, impact, nodes.filter((node) => isNamed(id, node))
                            .map((node) => `${node.html} ${node.failureSummary}`)]).filter(([, , nodes]) => nodes.length)));"""
            )
            serious = [each for each in found if each[1] in ("serious", "critical")]
            self.assertEqual(serious, [], f"{what}, {theme}")

    def test_nothing_keeps_anybody_from_reading_and_editing(self):
        browser.set_script_timeout(60)
        self.nothing_serious("the page")
        for words in ('"6万元"', "nature", 'target = "≤ '):
            self.click_place(*self.place_of(words)[:2])
            self.nothing_serious(f"the card of {words}")
            self.press(Keys.ESCAPE)
        self.open_all()
        self.nothing_serious("all totals")
        self.press("t", Keys.HOME, Keys.ARROW_DOWN, "e")
        self.wait(lambda: self.shown("#edit form"), "the values of the project")
        self.nothing_serious("the values of a total")
        self.press(Keys.ESCAPE)
        self.press("a")
        self.wait(lambda: self.shown("#add form"), "the form of a new item")
        self.nothing_serious("the form of a new item")
        self.press(Keys.ESCAPE)
        fixable = next(each for each in self.state()["findings"] if each["fix"])
        self.one("#tab-findings").click()
        self.one(f"#findings [data-code={fixable['code']}] .head").click()
        self.wait(lambda: self.shown("#findings .patch ins"), "the fix")
        self.nothing_serious("a finding with its fix")
        self.press("o")
        self.nothing_serious("the output")
        self.press("?")
        self.nothing_serious("the keys")
        self.press(Keys.ESCAPE)
        self.window(390, 844)
        self.still()
        self.nothing_serious("a phone")

    def test_a_sentence_with_marks_is_one_text(self):
        browser.set_script_timeout(60)
        self.click_place(*self.place_of("市大数据中心制定政务数据")[:2])
        self.wait(lambda: self.shown(".card .sentences .value"), "the marks")
        self.nothing_serious("a sentence with marks")
