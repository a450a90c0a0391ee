"""Narrow windows, colours and languages."""

import re

from base import OUT, PreviewTest, browser
from selenium.webdriver.common.keys import Keys


class LooksTest(PreviewTest):
    def fits(self):
        wide, room, pages, view = self.js(
            """[document.documentElement.scrollWidth, innerWidth,
                document.getElementById("viewer").scrollWidth, document.getElementById("viewer").clientWidth]"""
        )
        self.assertLessEqual(wide, room)
        self.assertLessEqual(pages, view)

    def test_a_phone_shows_it_all(self):
        self.window(390, 844)
        self.still()
        self.fits()
        self.assertFalse(self.shown("#panel"))
        browser.save_screenshot(str(OUT / "narrow.png"))
        self.one("#panel-toggle").click()
        box = self.js("document.getElementById('panel').getBoundingClientRect().toJSON()")
        self.assertGreater(box["height"], 200)
        self.assertGreaterEqual(box["left"], 0)
        self.assertLessEqual(box["right"], 390)
        self.assertLessEqual(box["bottom"], 844)
        self.fits()
        self.one("#strip-findings").click()
        self.one("#findings .head").click()
        self.still()
        self.assertTrue(self.shown("#findings .more"))
        self.fits()
        browser.save_screenshot(str(OUT / "narrow-findings.png"))
        self.one("#panel-close").click()
        self.assertFalse(self.shown("#panel"))
        self.click_place(*self.place_of('"6万元"')[:2])
        box = self.js("document.querySelector('.card').getBoundingClientRect().toJSON()")
        self.assertGreaterEqual(box["left"], 0)
        self.assertLessEqual(box["right"], 390)
        self.fits()
        browser.save_screenshot(str(OUT / "narrow-card.png"))

    def brightness(self):
        colour = self.js("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3])) / 3

    def test_dark_as_the_system_and_by_choice(self):
        self.addCleanup(browser.execute_cdp_cmd, "Emulation.setEmulatedMedia", {"features": []})
        for scheme, dark in (("dark", True), ("light", False)):
            media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
            browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            self.wait(lambda: (self.brightness() < 80) == dark, f"the {scheme} colours")
        # From the system's to light to dark.
        self.press("d", "d")
        self.assertLess(self.brightness(), 80)
        browser.refresh()
        self.settled()
        self.assertLess(self.brightness(), 80)
        browser.save_screenshot(str(OUT / "dark.png"))

    def test_english_by_choice(self):
        self.press("l")
        self.assertEqual(self.js("document.documentElement.lang"), "en")
        words = self.js(
            """[...document.querySelectorAll("[data-word], [title], [aria-label]")]
                .filter((e) => !e.closest("[role=treeitem], figure, .card, noscript") && e.id !== "language")
                .map((e) => [e.matches("[data-word]") ? e.textContent : "", e.title, e.ariaLabel || ""].join(" "))"""
        )
        self.assertGreater(len(words), 20)
        for text in words:
            self.assertNotRegex(text, r"[\u4e00-\u9fff]")
        state = self.state()
        self.assertEqual(self.text("#title"), state["title"]["en"])
        self.assertIn(state["totals"][0]["amount"]["en"], self.text("#strip-total"))
        browser.save_screenshot(str(OUT / "english.png"))


class EnglishTest(PreviewTest):
    ui = "en"

    def test_english_as_the_program(self):
        self.assertEqual(self.js("document.documentElement.lang"), "en")
        self.assertIn("Totals", self.text("#tab-totals"))
