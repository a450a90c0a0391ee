"""The pages: what they show, how they follow a save, and how the place of reading is kept."""

import os
import re
import urllib.parse

from base import OUT, REVIEW, PreviewTest, browser


class PagesTest(PreviewTest):
    def test_shows_every_page_and_the_total(self):
        state = self.state()
        self.assertTrue(state["fresh"])
        self.assertGreater(len(state["pages"]), 20)
        self.assertEqual(
            self.js("[...document.querySelectorAll('figure')].map((each) => each.dataset.id)"),
            [page["id"] for page in state["pages"]],
        )
        self.assertTrue(self.js("document.querySelector('figure img').naturalWidth > 100"))
        self.assertEqual(self.text("#page-count"), str(len(state["pages"])))
        self.assertEqual(self.text("#title"), state["title"]["zh"])
        self.assertEqual(self.total(), 18081000)
        self.assertIn(state["totals"][0]["amount"]["zh"], self.text("#strip-total"))
        self.assertEqual(self.js("document.documentElement.lang"), "zh-CN")
        self.assertFalse(self.shown("#banner"))
        # The secret of the address stands nowhere on the page.
        self.assertNotIn(urllib.parse.urlsplit(self.url).path.strip("/"), self.js("document.documentElement.innerHTML"))
        browser.save_screenshot(str(OUT / "wide.png"))

    def test_an_edit_changes_the_figures_and_only_their_pages(self):
        # Pictures of pages far below are there, too.
        self.scroll_to(20)
        self.scroll_to(0, 0)
        self.open_all()
        self.assertEqual(self.amount_of(REVIEW), 60000)
        self.js(
            """window.before = [...document.querySelectorAll("figure")]
                .map((figure) => [figure, figure.dataset.id, figure.querySelector("img")])"""
        )
        self.raise_review()
        self.assertEqual(self.amount_of(REVIEW), 160000)
        self.assertEqual(self.total(), 18081000 + 100000)
        self.assertTrue(self.shown("[role=treeitem].changed"))
        same, pictures, changed = self.js(
            """(() => {
                const now = [...document.querySelectorAll("figure")];
                const [same, pictures, changed] = [[], [], []];
                window.before.forEach(([figure, id, picture], index) => {
                    if (now[index] !== figure) throw new Error("another figure");
                    if (figure.dataset.id !== id) changed.push(index);
                    else same.push(index);
                    if (figure.dataset.id === id && picture) pictures.push(figure.querySelector("img") === picture);
                });
                return [same, pictures, changed];
            })()"""
        )
        self.assertEqual(len(same) + len(changed), len(self.state()["pages"]))
        self.assertGreater(len(same), len(changed))
        self.assertIn(20, same)
        self.assertGreater(len(pictures), 1)
        self.assertTrue(all(pictures))
        # The first page states the whole, and its new picture is in place.
        self.assertIn(0, changed)
        self.assertTrue(
            self.js(
                """(() => {
                    const figure = document.querySelector("figure");
                    const picture = figure.querySelector("img");
                    return picture.complete && picture.naturalWidth > 0 && picture.src.includes(figure.dataset.id);
                })()"""
            )
        )
        self.assertTrue(self.shown("figure[data-page='0'] .moved"))
        self.assertTrue(self.shown("figure[data-page='0'] .edge"))
        self.assertIn("合计", self.js("document.getElementById('announcer').textContent"))

    def test_the_place_of_reading_is_kept(self):
        # Page 2 states the total of project 1: it changes above the reader, then under his eyes, then below.
        for page in (12, 1, 0):
            with self.subTest(page=page):
                self.scroll_to(page)
                before = self.top_page()
                scroll = self.js("document.getElementById('viewer').scrollTop")
                self.edit(lambda toml: re.sub(r'(amount = "\d+)(?=万元")', r"\g<1>1", toml, count=1))
                self.still()
                self.assertAlmostEqual(self.js("document.getElementById('viewer').scrollTop"), scroll, delta=2)
                self.assertAlmostEqual(self.top_page()[1], before[1], delta=2)
                self.assertEqual(self.top_page()[2], page)

    def test_new_pages_above_do_not_move_the_reader(self):
        pages = len(self.state()["pages"])
        self.scroll_to(20)
        words, top, page = self.top_page()
        paragraph = "为保证预算编制科学合理，" * 12 + "。\n\n"
        self.edit(lambda toml: toml.replace("zh = '''\n", "zh = '''\n" + paragraph * 12, 1))
        self.still()
        added = len(self.state()["pages"]) - pages
        self.assertGreater(added, 0)
        self.assertEqual(len(self.all("figure")), pages + added)
        now = self.top_page()
        self.assertEqual(now[0], words)
        self.assertEqual(now[2], page + added)
        self.assertAlmostEqual(now[1], top, delta=2)

    def test_a_reload_returns_to_the_place_of_reading(self):
        self.scroll_to(7)
        place = self.top_page()
        self.wait(lambda: self.js("history.state?.page === 7"), "the place to be noted")
        browser.refresh()
        self.settled()
        self.still()
        self.assertEqual(self.top_page()[2], 7)
        self.assertAlmostEqual(self.top_page()[1], place[1], delta=2)

    def test_zoom_keeps_the_place_and_is_remembered(self):
        self.scroll_to(5)
        width = self.js("document.querySelector('.sheet').offsetWidth")
        self.one("#zoom-out").click()
        self.assertLess(self.js("document.querySelector('.sheet').offsetWidth"), width)
        self.assertEqual(self.top_page()[2], 5)
        browser.refresh()
        self.settled()
        self.assertLess(self.js("document.querySelector('.sheet').offsetWidth"), width)

    def test_nine_tabs_follow_when_they_are_seen(self):
        first = browser.current_window_handle
        self.addCleanup(browser.switch_to.window, first)
        tabs = [first]
        for _ in range(8):
            browser.switch_to.new_window("tab")
            self.addCleanup(self.close, browser.current_window_handle)
            browser.get(self.url)
            self.settled()
            tabs.append(browser.current_window_handle)
        self.raise_review()
        for tab in tabs:
            browser.switch_to.window(tab)
            self.wait(lambda: self.total() == 18081000 + 100000, "the new total")
            self.wait(lambda: self.js("document.querySelector('figure img')?.complete"), "the picture of a page")

    def close(self, tab):
        browser.switch_to.window(tab)
        browser.close()

    def test_an_address_without_its_last_slash_leads_to_the_page(self):
        browser.get(self.url.rstrip("/"))
        self.settled()
        self.assertEqual(browser.current_url, self.url)

    def test_a_lost_connection_is_told(self):
        # A picture may be asked for, too.
        self.expected_console = "net::ERR_|events|state.json|page/"
        url = self.url
        self.stop(self.program)
        self.wait(lambda: self.js("document.documentElement.dataset.connection") == "lost", "the loss to be told")
        self.assertIn("中断", self.text("#connection"))
        self.assertTrue(self.shown("figure"))
        # Another start has another secret: at the same port, the page learns that it is out of date.
        self.start(urllib.parse.urlsplit(url).port)
        self.assertNotEqual(self.url, url)
        self.url = url
        self.wait(lambda: self.js("document.documentElement.dataset.connection") == "gone", "the new start to be told")
        self.assertTrue(self.shown("figure"))
