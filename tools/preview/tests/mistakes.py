"""Findings, and declarations that cannot be read."""

from base import OUT, PROJECT, PreviewTest, browser


class MistakesTest(PreviewTest):
    def mistake(self, change, code, readable):
        ids = self.js("[...document.querySelectorAll('figure')].map((each) => each.dataset.id)")
        self.scroll_to(4)
        top = self.top_page()
        original = (self.folder / PROJECT).read_text("utf-8")
        self.edit(change)
        self.assertEqual(self.state()["fresh"], readable)
        self.assertEqual(self.state()["refused"], readable)
        self.assertTrue(self.shown("#banner"))
        self.assertTrue(self.shown(f"#findings [data-code={code}]"))
        self.assertIn("错误", self.text("#strip-findings"))
        # What can be read is shown as it is; of what cannot, the pages before the mistake stay.
        now = self.js("[...document.querySelectorAll('figure')].map((each) => each.dataset.id)")
        self.assertEqual(now != ids, readable)
        self.assertEqual(self.top_page()[2], top[2])
        # The banner takes room, the page doesn't move for it.
        self.assertAlmostEqual(self.top_page()[1], top[1], delta=2)
        browser.save_screenshot(str(OUT / f"errors-{code}.png"))
        self.one("#banner-show").click()
        self.wait(lambda: self.shown("#findings .more"), "the open finding")
        finding = next(each for each in self.state()["findings"] if each["severity"] == "error")
        self.assertIn(str(finding["place"]["line"]), self.text("#findings .more .file"))

        self.edit(lambda _: original)
        self.assertTrue(self.state()["fresh"])
        self.assertFalse(self.state()["refused"])
        self.assertFalse(self.shown("#banner"))
        self.assertFalse(self.all(f"#findings [data-code={code}]"))
        # What brought the findings up is gone, and so are they.
        self.assertTrue(self.shown("#totals"))

    def test_a_broken_file_keeps_the_pages(self):
        self.mistake(lambda toml: toml + "\nbroken = \n", "SB003", readable=False)

    def test_a_contradiction_is_shown(self):
        self.mistake(lambda toml: toml.replace("{{total}}", "999万元", 1), "SB310", readable=True)

    def test_a_finding_leads_to_its_page(self):
        self.one("#tab-findings").click()
        findings = self.state()["findings"]
        self.assertGreater(len(findings), 0)
        self.assertEqual(len(self.all("#findings li[data-code]")), len(findings))
        finding = next(each for each in findings if (each["page"] or 0) > 3)
        same = [each for each in findings if each["code"] == finding["code"]]
        self.all(f"#findings [data-code={finding['code']}] .head")[same.index(finding)].click()
        self.wait(lambda: self.in_view(f"figure[data-page='{finding['page']}']"), "the page of the finding")
        self.still()
        self.assertTrue(self.in_view(f"figure[data-page='{finding['page']}']"))
        if finding["rect"]:
            self.assertTrue(self.in_view(f"figure[data-page='{finding['page']}'] .flaw"))
        self.assertIn(finding["help"][0]["zh"], self.text("#findings .more"))


class FirstMistakeTest(PreviewTest):
    def prepare(self):
        path = self.folder / PROJECT
        path.write_text(path.read_text("utf-8") + "\nbroken = \n", "utf-8")

    def test_a_declaration_broken_from_the_start_is_told_and_then_appears(self):
        self.assertEqual(self.all("figure"), [])
        self.assertTrue(self.shown("#viewer .empty"))
        self.assertTrue(self.shown("#findings .head"))
        self.edit(lambda toml: toml.replace("broken = ", ""))
        self.assertGreater(len(self.all("figure")), 20)
        self.assertFalse(self.shown("#viewer .empty"))
        self.assertEqual(self.total(), 18081000)
