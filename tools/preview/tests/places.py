"""Where things come from, by pointer and by keyboard."""

import re

from base import OUT, PROJECT, PreviewTest, browser
from selenium.webdriver.common.keys import Keys


class PlacesTest(PreviewTest):
    def test_a_click_on_a_figure_tells_its_line(self):
        page, rectangle, place = self.place_of('"6万元"')
        self.click_place(page, rectangle)
        file, line, excerpt = self.card()
        self.assertEqual((file, line), (place["file"], place["line"]))
        self.assertEqual(self.line(file, line), excerpt)
        self.assertIn("6万元", excerpt)
        browser.save_screenshot(str(OUT / "card.png"))
        self.press(Keys.ESCAPE)
        self.assertFalse(self.shown(".card"))

        # Three more lines at the top of the file: the same figure, three lines further down.
        self.edit(lambda toml: "#\n#\n#\n" + toml)
        self.click_place(*self.place_of('"6万元"')[:2])
        self.assertEqual(self.card(), (file, line + 3, excerpt))

    def test_a_click_on_a_paragraph_tells_its_line(self):
        page, rectangle, _ = self.place_of("在市级层面，大数据工作以国家大数据方针政策为遵循")
        self.click_place(page, rectangle)
        file, line, excerpt = self.card()
        self.assertIn(excerpt.rstrip("…"), self.line(file, line))
        # A click elsewhere closes it.
        self.one("#title").click()
        self.assertFalse(self.shown(".card"))

    def test_a_click_on_a_total_names_its_project_and_its_parts(self):
        for page, rectangle, place in self.places():
            if place["file"] == PROJECT and len(place["derivation"]) > 1 and "{{" not in place["excerpt"]:
                break
        self.click_place(page, rectangle)
        file, line, excerpt = self.card()
        self.assertEqual(self.line(file, line), excerpt)
        self.assertRegex(excerpt, r"^name\s")
        parts = [re.search(r"(\S+\.toml)\s*: (\d+)$", part.text).groups() for part in self.all(".card li button")]
        self.assertEqual(len(parts), len(place["derivation"]) - 1)
        for named, number in parts:
            self.assertEqual(named, file)
            self.assertRegex(self.line(file, int(number)), r"^name\s")
        self.looks("total")
        # A part is chosen among the totals, which lead to its page.
        self.all(".card li button")[1].send_keys(Keys.ENTER)
        self.wait(lambda: self.shown("[role=treeitem][aria-selected=true] > .place"), "the part among the totals")
        self.assertEqual(self.text("[role=treeitem][aria-selected=true] > .place .file").split(), [file, ":", parts[1][1]])
        self.assertEqual(self.js("document.activeElement.getAttribute('aria-selected')"), "true")

    def test_a_total_leads_to_its_page(self):
        self.open_all()
        totals = []

        def visit(node):
            totals.append(node)
            for child in node["children"]:
                visit(child)

        for node in self.state()["totals"]:
            visit(node)
        node = next(each for each in totals if (each["page"] or 0) > 5 and each["place"])
        self.js("document.querySelector(arguments[0]).scrollIntoView()", f"[data-id='{node['id']}'] > .line")
        self.one(f"[data-id='{node['id']}'] > .line").click()
        self.wait(lambda: self.in_view(f"figure[data-page='{node['page']}']"), "the page of the total")
        place = self.text(f"[data-id='{node['id']}'] > .place .file")
        self.assertIn(node["place"]["file"], place)
        self.assertIn(str(node["place"]["line"]), place)

    def open_finding(self):
        heads = "[...document.querySelectorAll('#findings .head')]"
        return self.js(f"{heads}.findIndex((head) => head.getAttribute('aria-expanded') === 'true')")

    def test_everything_goes_by_keyboard(self):
        # Totals: open a branch, go into it, choose.
        self.press("t")
        active = "document.activeElement"
        self.assertEqual(self.js(f"{active}.getAttribute('role')"), "treeitem")
        self.press(Keys.ARROW_DOWN)
        self.assertEqual(self.js(f"{active}.getAttribute('aria-level')"), "2")
        self.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        self.assertEqual(self.js(f"{active}.getAttribute('aria-level')"), "3")
        self.press(Keys.ENTER)
        self.assertEqual(self.js(f"{active}.getAttribute('aria-selected')"), "true")
        # Findings: the next two.
        self.press("n", "n")
        self.assertTrue(self.js(f"document.getElementById('findings').contains({active})"))
        self.assertEqual(self.open_finding(), 1)
        self.press("f")
        self.assertTrue(self.js(f"{active}.classList.contains('head')"))
        self.press(Keys.HOME, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
        self.assertEqual(self.open_finding(), 2)
        # A page by its number.
        self.press("g", "5", Keys.ENTER)
        self.still()
        self.wait(lambda: self.js("document.getElementById('page-number').value") == "5", "page 5")
        self.press("j")
        self.wait(lambda: self.js("document.getElementById('page-number').value") == "6", "page 6")
        self.press("k")
        self.wait(lambda: self.js("document.getElementById('page-number').value") == "5", "page 5 again")
        self.still()
        # The places of a page.
        page, rectangle, _ = self.place_of('"6万元"')
        self.js("document.querySelector(`figure[data-page='${arguments[0]}'] .sheet`).focus()", page)
        self.press(Keys.ARROW_DOWN)
        self.assertTrue(self.in_view(".chosen"))
        self.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
        file, line, excerpt = self.card()
        self.assertIn(excerpt.rstrip("…"), self.line(file, line))
        self.assertTrue(self.js("document.querySelector('.card').contains(document.activeElement)"))
        self.press(Keys.ESCAPE)
        self.assertFalse(self.shown(".card"))
        self.assertTrue(self.js(f"{active}.classList.contains('sheet')"))
        sheet = self.js(f"{active}.parentElement.dataset.page")
        self.press(Keys.TAB)
        self.assertEqual(self.js(f"{active}.parentElement.dataset.page"), str(int(sheet) + 1))
        # Zoom, panel, help.
        width = self.js("document.querySelector('.sheet').offsetWidth")
        self.press("-")
        self.assertLess(self.js("document.querySelector('.sheet').offsetWidth"), width)
        self.press("b")
        self.assertFalse(self.shown("#panel"))
        self.press("b")
        self.assertTrue(self.shown("#panel"))
        self.press("?")
        self.assertTrue(self.shown("#help"))
        browser.save_screenshot(str(OUT / "help.png"))
        self.press(Keys.ESCAPE)
        self.assertFalse(self.shown("#help"))
