"""What all tests of the preview share: the browser, a declaration of their own, and what a reader sees and does.

Nothing waits for a time: every wait is for a condition, and fails with what it waited for.
"""

import atexit
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest
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


def start_browser(folder):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    for argument in [
        "headless=new",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        f"user-data-dir={folder}",
    ]:
        options.add_argument(f"--{argument}")
    if os.geteuid() == 0:
        # As root, as in a container, Chromium has no sandbox.
        options.add_argument("--no-sandbox")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = shutil.which(os.environ.get("CHROMEDRIVER", "chromedriver"))
    return webdriver.Chrome(options=options, service=Service(driver))


def close_browser():
    browser.quit()
    profile.cleanup()


# All tests share one: to start it takes as long as most of them.
profile = tempfile.TemporaryDirectory()
browser = start_browser(profile.name)
atexit.register(close_browser)


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
                # What the browser's own first page and its viewer of PDFs load is in the browser.
                own = ("data:", "blob:", "chrome://", "chrome-extension://")
                self.assertTrue(url.startswith((self.origin + "/", *own)), url)
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
        """Saves a file as editors do, as a whole, and waits until the page has followed.

        The new text comes from outside the folder: on a busy machine the page may else follow once before it is there.
        """
        path = self.folder / file
        before = path.read_text("utf-8")
        after = change(before)
        self.assertNotEqual(before, after)
        version = self.version()
        draft = self.folder.parent / "saving"
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

    def looks(self, name):
        """Pictures of what is open: wide and narrow, light and dark."""
        theme = self.js("document.documentElement.dataset.theme")
        for size, width, height in (("narrow", 390, 844), ("wide", 1440, 900)):
            self.window(width, height)
            for colours in ("dark", "light"):
                self.js("document.documentElement.dataset.theme = arguments[0]", colours)
                self.still()
                browser.save_screenshot(str(OUT / f"{name}-{size}-{colours}.png"))
                self.assertLessEqual(self.js("document.documentElement.scrollWidth"), width)
        self.js("document.documentElement.dataset.theme = arguments[0]", theme)

    def still(self):
        """Waits until nothing scrolls any more."""
        position = "(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft])(document.getElementById('viewer') ?? document.body)"
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
                    .querySelector(".amount").lastChild.textContent""",
                name,
            )
        )

    def total(self):
        return yuan(self.js("document.querySelector('[role=treeitem] .amount').lastChild.textContent"))

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


class EditingTest(PreviewTest):
    """What those do who edit on the page."""

    options = ["--edit"]

    def open_value(self, words):
        self.click_place(*self.place_of(words)[:2])
        self.wait(lambda: self.shown(".card form"), "the form of a value")

    def control(self):
        return self.one(".card form input, .card form select, .card form .sentences")

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

    def chord(self, key):
        ActionChains(browser, duration=0).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()
