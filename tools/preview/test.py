"""Tries `shenbao preview` in headless Chromium, as its readers use it. `tools/preview/run` starts it.

Each test has a declaration, a program and an origin of its own; the browser is shared. Nothing waits for a
time: every wait is for a condition, and fails with what it waited for.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from decimal import Decimal

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SAMPLE = pathlib.Path("data/songjiang-2024")
PROGRAM = os.environ["SHENBAO"]
OUT = pathlib.Path(os.environ["OUT"])
PROJECT = "projects/1-big-data-network.toml"
REVIEW = "区大数据中心内部检查"
PATIENCE = 30

browser = None


def setUpModule():
    global browser
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    setUpModule.profile = tempfile.TemporaryDirectory()
    for argument in [
        "headless=new",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        f"user-data-dir={setUpModule.profile.name}",
    ]:
        options.add_argument(f"--{argument}")
    if os.geteuid() == 0:
        # As root, as in a container, Chromium has no sandbox.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = shutil.which(os.environ.get("CHROMEDRIVER", "chromedriver"))
    browser = webdriver.Chrome(options=options, service=Service(driver))


def tearDownModule():
    browser.quit()
    setUpModule.profile.cleanup()


def yuan(text):
    """The yuan of an amount as it is printed in Chinese: 1,808.1万元 is 18081000."""
    number, unit = re.search(r"([\d,.]+)\s*(亿元|万元|元)", text).groups()
    return Decimal(number.replace(",", "")) * {"亿元": 10**8, "万元": 10**4, "元": 1}[unit]


class PreviewTest(unittest.TestCase):
    ui = "zh"
    options = []

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name) / "songjiang-2024"
        shutil.copytree(SAMPLE, self.folder)
        self.prepare()
        self.start(0)
        self.assertRegex(self.url, r"^http://(127\.0\.0\.1|localhost|\[::1\]):\d+/[^/]+/$")
        self.origin = "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(self.url))
        self.expected_console = None
        self.window(1440, 900)
        for log in ("browser", "performance"):
            browser.get_log(log)
        browser.get(self.url)
        self.settled()
        self.addCleanup(self.leave)
        self.addCleanup(self.quiet)

    def prepare(self):
        """What a test changes in its declaration before the program starts."""

    def start(self, port):
        program = subprocess.Popen(
            [PROGRAM, "preview", str(self.folder), "--no-open", "--port", str(port), "--ui", self.ui, *self.options],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.program = program
        self.addCleanup(self.stop, program)
        self.url = program.stdout.readline().strip()

    def stop(self, program):
        program.terminate()
        program.wait(PATIENCE)
        program.stdout.close()

    def quiet(self):
        """After each test: no request left the machine, and the console holds no error."""
        asked = []
        for entry in browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                self.assertTrue(url.startswith((self.origin + "/", "data:", "blob:")), url)
                asked.append(url)
            self.assertFalse(message["method"].startswith("Network.webSocket"), message)
        self.assertIn(self.url + "state.json", asked)
        errors = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
        if self.expected_console:
            errors = [error for error in errors if not re.search(self.expected_console, error)]
        self.assertEqual(errors, [])

    def leave(self):
        # Another test may get the same port, and with it this one's choices.
        self.js("localStorage.clear()")
        # A page that outlives its program complains into the next test.
        browser.get("about:blank")

    # --- What a reader sees and does ---

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.02)
        browser.save_screenshot(str(OUT / f"failed-{self.id().split('.')[-1]}.png"))
        self.fail(f"waited in vain for {what}")

    def js(self, script, *arguments):
        return browser.execute_script(f"return {script}", *arguments)

    def one(self, selector):
        return browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return browser.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        """The text as it is shown; an element that is replaced meanwhile is no trouble."""
        return self.js("document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def shown(self, selector):
        return self.js(
            "[...document.querySelectorAll(arguments[0])].some((e) => e.getClientRects().length)", selector
        )

    def version(self):
        return int(self.js("document.documentElement.dataset.version || 0"))

    def settled(self, after=0):
        """Waits for a version with its pictures and its places."""
        self.wait(
            lambda: self.version() > after
            and self.js("document.documentElement.dataset.places === document.documentElement.dataset.version"),
            f"a version after {after}",
        )

    def state(self, name="state.json"):
        # No proxy of the machine stands between.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.url + name, timeout=PATIENCE) as answer:
            return json.load(answer)

    def edit(self, change, file=PROJECT):
        """Saves a file as editors do, as a whole, and waits until the page has followed."""
        path = self.folder / file
        before = path.read_text("utf-8")
        after = change(before)
        self.assertNotEqual(before, after)
        version = self.version()
        draft = path.with_suffix(".saving")
        draft.write_text(after, "utf-8")
        os.replace(draft, path)
        self.settled(version)

    def raise_review(self):
        self.edit(lambda toml: toml.replace('amount = "6万元"', 'amount = "16万元"'))

    def press(self, *keys):
        for key in keys:
            ActionChains(browser, duration=0).send_keys(key).perform()

    def window(self, width, height):
        # A window has a least width, a phone's screen hasn't.
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)

    def still(self):
        """Waits until nothing scrolls any more."""
        position = "[document.getElementById('viewer').scrollTop, document.getElementById('viewer').scrollLeft]"
        frames = """new Promise((done) => {
            let last, same = 0;
            const look = () => {
                const now = JSON.stringify(%s);
                same = now === last ? same + 1 : 0;
                last = now;
                if (same > 8) done(true); else requestAnimationFrame(look);
            };
            look();
        })""" % position
        return self.js(frames)

    def scroll_to(self, page, share=0.3):
        self.js(
            """(() => {
                const viewer = document.getElementById("viewer");
                const figure = document.querySelector(`figure[data-page="${arguments[0]}"]`);
                viewer.scrollTop = figure.offsetTop + figure.offsetHeight * arguments[1];
            })()""",
            page,
            share,
        )
        self.still()
        self.wait(
            lambda: self.js(
                "document.querySelector(`figure[data-page='${arguments[0]}'] img`)?.complete", page
            ),
            f"the picture of page {page}",
        )

    def top_page(self):
        """The page at the top of the view: its words without figures, and where it stands on the screen."""
        return self.js(
            """(() => {
                const top = document.getElementById("viewer").getBoundingClientRect().top;
                const figures = [...document.querySelectorAll("figure")];
                const figure = figures.find((each) => each.getBoundingClientRect().bottom > top + 5);
                const words = figure.querySelector("p").textContent.replace(/[\\d.,]+/g, "0");
                return [words, figure.getBoundingClientRect().top, Number(figure.dataset.page)];
            })()"""
        )

    def amount_of(self, name):
        return yuan(
            self.js(
                """[...document.querySelectorAll("[role=treeitem]")]
                    .find((item) => item.querySelector(".name").textContent.startsWith(arguments[0]))
                    .querySelector(".amount").textContent""",
                name,
            )
        )

    def total(self):
        return yuan(self.text("[role=treeitem] .amount"))

    def open_all(self):
        """Opens every branch of the totals."""
        while self.js(
            """(() => {
                const twist = document.querySelector("[role=treeitem][aria-expanded=false] .twist");
                twist?.click();
                return Boolean(twist);
            })()"""
        ):
            pass

    def in_view(self, selector):
        return self.js(
            """(() => {
                const element = document.querySelector(arguments[0]);
                if (!element) return false;
                const box = element.getBoundingClientRect();
                const view = document.getElementById("viewer").getBoundingClientRect();
                return box.bottom > view.top && box.top < view.bottom && box.right > view.left && box.left < view.right;
            })()""",
            selector,
        )

    def places(self):
        """Every page, rectangle and place."""
        places = self.state("places.json")
        for page, rectangles in enumerate(places["pages"]):
            for rectangle in rectangles:
                yield page, rectangle, places["places"][rectangle[4]]

    def place_of(self, words):
        """A page, rectangle and place whose line of TOML has the words."""
        for page, rectangle, place in self.places():
            if words in place["excerpt"]:
                return page, rectangle, place
        self.fail(f"{words} has no place")

    def click_place(self, page, rectangle):
        figure = self.state()["pages"][page]
        self.scroll_to(page, max(rectangle[1] / figure["height"] - 0.2, 0))
        sheet = self.one(f"figure[data-page='{page}'] .sheet")
        box = self.js("(({ width, height }) => ({ width, height }))(arguments[0].getBoundingClientRect())", sheet)
        scale = box["width"] / figure["width"]
        x = (rectangle[0] + rectangle[2] / 2) * scale - box["width"] / 2
        y = (rectangle[1] + rectangle[3] / 2) * scale - box["height"] / 2
        # Offsets count from the middle of what is in view, so the pointer goes by the window instead.
        left, top = self.js(
            "(({ left, top, width, height }) => [left + width / 2, top + height / 2])"
            "(arguments[0].getBoundingClientRect())",
            sheet,
        )
        pointer = ActionChains(browser, duration=0)
        pointer.w3c_actions.pointer_action.move_to_location(round(left + x), round(top + y))
        pointer.click().perform()
        self.wait(lambda: self.shown(".card"), "the card of a place")

    def card(self):
        """The file, line and excerpt of the open card."""
        file, line = re.fullmatch(r"(.+\.toml)\s*:\s*(\d+)", self.text(".card .file").strip()).groups()
        return file, int(line), self.text(".card .excerpt").strip()

    def line(self, file, number):
        return (self.folder / file).read_text("utf-8").splitlines()[number - 1].strip()


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
        self.expected_console = "net::ERR_|events|state.json"
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
        parts = self.text(".card ul").splitlines()[1:]
        self.assertEqual(len(parts), len(place["derivation"]) - 1)
        for part in parts:
            self.assertRegex(self.line(file, int(re.search(r": (\d+)）", part)[1])), r"^name\s")
        browser.save_screenshot(str(OUT / "total.png"))

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


class EditTest(PreviewTest):
    options = ["--edit"]

    def open_value(self, words):
        self.click_place(*self.place_of(words)[:2])
        self.wait(lambda: self.shown(".card form"), "the form of a value")

    def control(self):
        return self.one(".card form input, .card form select, .card form textarea")

    def fill(self, text):
        control = self.control()
        control.send_keys(Keys.CONTROL, "a")
        control.send_keys(text)
        return control

    def saved(self, version):
        self.settled(version)
        self.wait(lambda: not self.shown(".card"), "the card to close")

    def toml(self, file=PROJECT):
        return (self.folder / file).read_bytes().decode()

    def test_an_amount_is_edited_undone_and_redone(self):
        before, total, version = self.toml(), self.total(), self.version()
        self.open_value('"6万元"')
        self.assertEqual(self.control().get_attribute("value"), "6万元")
        self.assertEqual(self.control(), browser.switch_to.active_element)
        browser.save_screenshot(str(OUT / "edit-amount.png"))
        self.fill("160000" + Keys.ENTER)
        self.saved(version)
        after = before.replace('"6万元"', '"16万元"')
        self.assertEqual(self.toml(), after)
        self.assertEqual(self.total(), total + 100_000)
        version = self.version()
        self.chord("z")
        self.settled(version)
        self.assertEqual((self.toml(), self.total()), (before, total))
        version = self.version()
        self.one("#redo").click()
        self.settled(version)
        self.assertEqual(self.toml(), after)
        self.assertFalse(self.one("#redo").is_enabled())

    def chord(self, key):
        ActionChains(browser, duration=0).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    def test_a_paragraph_is_edited_with_its_computed_values(self):
        words = "在市级层面，大数据工作以国家大数据方针政策为遵循"
        before, version = self.toml(), self.version()
        self.open_value(words)
        text = self.control().get_attribute("value")
        self.assertIn(words, text)
        browser.save_screenshot(str(OUT / "edit-text.png"))
        self.fill(text.replace(words, words + "，持续推进") + Keys.CONTROL + Keys.ENTER)
        self.saved(version)
        self.assertEqual(self.toml(), before.replace(words, words + "，持续推进"))

    def test_an_item_is_copied_and_one_that_is_referred_to_is_not_deleted(self):
        before, version, total = self.toml(), self.version(), self.total()
        self.open_value('"6万元"')
        self.assertIn(REVIEW, self.text(".card .item"))
        buttons = {button.text: button for button in self.all(".card .item button")}
        self.assertEqual(list(buttons), ["上移", "下移", "复制", "删除"])
        buttons["复制"].click()
        self.saved(version)
        self.assertEqual(self.total(), total + 60_000)
        self.assertEqual(self.toml().count('"6万元"'), 2)
        # The text of the statement refers to it.
        self.open_value('"6万元"')
        self.all(".card .item button")[3].click()
        self.wait(lambda: "cost.internal-review" in self.text(".card .item .refused"), "the reason")
        self.press(Keys.ESCAPE)
        version = self.version()
        self.chord("z")
        self.settled(version)
        self.assertEqual(self.toml(), before)

    def test_a_computed_amount_offers_what_it_comes_from(self):
        product = next(place for _, _, place in self.places() if place["edit"] and len(place["edit"]["values"]) == 2)
        before, version = self.toml(product["file"]), self.version()
        self.click_place(*next(each[:2] for each in self.places() if each[2] == product))
        browser.save_screenshot(str(OUT / "edit-product.png"))
        names = [label.text for label in self.all(".card form label")]
        self.assertEqual(len(names), 2)
        quantity = self.control()
        self.fill(str(int(quantity.get_attribute("value")) + 1) + Keys.ENTER)
        self.saved(version)
        self.assertNotEqual(self.toml(product["file"]), before)

    def test_what_does_not_fit_is_refused_and_kept(self):
        before = self.toml()
        self.open_value('"6万元"')
        self.fill("六万" + Keys.ENTER)
        self.wait(lambda: self.text(".card .refused"), "the reason")
        self.assertIn("六万", self.text(".card .refused"))
        browser.save_screenshot(str(OUT / "edit-refused.png"))
        self.assertEqual(self.toml(), before)
        # What was typed is offered again, also to a page that is opened anew, until it is given up.
        browser.refresh()
        self.settled()
        self.open_value('"6万元"')
        self.assertEqual(self.control().get_attribute("value"), "六万")
        self.press(Keys.ESCAPE)
        self.wait(lambda: not self.shown(".card"), "the card to close")
        self.open_value('"6万元"')
        self.assertEqual(self.control().get_attribute("value"), "6万元")

    def test_what_an_editor_saves_meanwhile_is_kept(self):
        self.open_value('"6万元"')
        path = self.folder / PROJECT
        path.write_text(self.toml().replace('"6万元"', '"7万元"'), "utf-8")
        self.wait(lambda: self.text("#strip-total") and self.state()["version"] > 1, "the saved file")
        self.settled(1)
        if not self.shown(".card form"):
            # The page has followed before it was filled in.
            self.open_value('"7万元"')
            self.assertEqual(self.control().get_attribute("value"), "7万元")
            return
        self.fill("8万元" + Keys.ENTER)
        self.wait(lambda: "7万元" in self.text(".card .refused"), "what the file says now")
        self.assertIn('"7万元"', self.toml())
        version = self.version()
        self.control().send_keys(Keys.ENTER)
        self.saved(version)
        self.assertIn('"8万元"', self.toml())

    def test_a_choice_is_edited_on_a_phone_in_the_dark(self):
        self.window(390, 844)
        self.press("d", "d")
        before, version = self.toml(), self.version()
        nature = next(place for _, _, place in self.places() if place["excerpt"].startswith("nature"))
        self.open_value(nature["excerpt"])
        browser.save_screenshot(str(OUT / "edit-phone.png"))
        # What the form lists is offered, and something else can be written.
        listed = [option.get_attribute("value") for option in self.all(".card datalist option")]
        now = self.control().get_attribute("value")
        self.assertIn(now, listed)
        other = next(each for each in listed if each != now)
        self.fill(other)
        self.one(".card form [type=submit]").click()
        self.saved(version)
        self.assertEqual(self.toml(nature["file"]), before.replace(now, other, 1))


class ReadOnlyTest(PreviewTest):
    def test_without_the_option_nothing_can_be_edited(self):
        self.click_place(*self.place_of('"6万元"')[:2])
        self.assertFalse(self.shown(".card form"))
        self.assertFalse(self.shown("#editing"))
        request = urllib.request.Request(
            self.url + "undo", b"{}", {"Content-Type": "application/json", "Origin": self.origin}
        )
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request)
        self.assertEqual(refused.exception.code, 404)


if __name__ == "__main__":
    unittest.main(verbosity=2)
