"""Random edits on the page, typed into its controls, interleaved with edits of the files and with undo and redo: files stay sound, and undo leads back.

EDITS says how many, SEED with which numbers they begin.
"""

import os
import random

from base import EditingTest, browser
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select


class CampaignTest(EditingTest):
    refused = 0

    def files(self):
        return {path: path.read_text("utf-8") for path in sorted(self.folder.rglob("*.toml"))}

    def other(self, value, rng):
        """Another text for a value, of its kind; some do not fit."""
        number = rng.randrange(1, 90_000)
        texts = {
            "amount": [f"{number}", f"{number}.5元", f"{number % 90 + 1}万元", "很多"],
            "number": [str(number % 50 + 1), "几个"],
            "line": [value["text"] + str(number), f"“{number}” \\ '"],
            "paragraphs": [f"再补{number}次。", "另有{{total}}。", "{{不存在}}。"],
            "target": [f"{number % 9}～{number % 9 + 3} 天", "优良", "≥ 几 次"],
            "choice": [*value["choices"], f"其他{number}"],
            "date": [f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"],
            "switch": ["true", "false"],
        }
        return rng.choice(texts[value["control"]])

    def type_other(self, form, value, rng):
        """Types another value into its control, and saves it."""
        text = self.other(value, rng)
        if value["control"] == "paragraphs":
            box = form.find_element("css selector", ".sentences")
            self.js("arguments[0].focus()", box)
            for keys in ((Keys.CONTROL, Keys.END), (text,), (Keys.CONTROL, Keys.ENTER)):
                box.send_keys(*keys)
            return
        if value["control"] == "target":
            measured = value["target"] and rng.random() < 0.6
            form.find_element("css selector", f".how label:{'first' if measured else 'last'}-child input").click()
            if measured:
                Select(form.find_element("css selector", ".parts select")).select_by_value(rng.choice("≥≤=><"))
                text = str(rng.randrange(1, 200))
            control = form.find_element("css selector", ".parts .number" if measured else ".measure > input")
        else:
            control = form.find_element("css selector", "input, select")
        if control.tag_name == "select":
            offered = [option.get_attribute("value") for option in Select(control).options]
            Select(control).select_by_value(text if text in offered else rng.choice(offered))
        elif value["control"] == "date":
            self.js("(arguments[0].value = arguments[1], arguments[0].dispatchEvent(new Event('input')))", control, text)
        else:
            control.send_keys(Keys.CONTROL, "a")
            control.send_keys(text)
        form.find_element("css selector", "[type=submit]").click()

    def change_value(self, rng):
        places = [each for each in self.places() if each[2]["edit"] and each[2]["edit"]["values"]]
        page, rectangle, place = rng.choice(places)
        before, version = self.files(), self.version()
        self.click_place(page, rectangle)
        if not self.shown(".card form") or self.text(".card .file") != f"{place['file']} : {place['line']}":
            # A smaller place lies on this one.
            self.press(Keys.ESCAPE)
            return
        self.type_other(self.one(".card form"), place["edit"]["values"][0], rng)
        ended = "!document.querySelector('.card form') || (document.querySelector('.card [type=submit]').disabled === false && document.querySelector('.card .refused').textContent)"
        self.wait(lambda: self.js(ended), "the edit to be made or refused")
        if not self.shown(".card"):
            if self.files() != before:
                self.settled(version)
            return
        self.assertEqual(self.files(), before)
        self.refused += 1
        self.one(".card form .actions button:last-child").click()

    def append_remark(self, rng):
        file = rng.choice(list(self.files()))
        self.edit(lambda toml: f"{toml}# {rng.randrange(1000)}\n", file.relative_to(self.folder))

    def step(self, which):
        if not self.one(f"#{which}").is_enabled():
            return
        version = self.version()
        self.one(f"#{which}").click()
        self.settled(version)

    def test_random_edits_keep_files_sound_and_lead_back(self):
        rng = random.Random(int(os.environ.get("SEED", 1)))
        before = self.files()
        for _ in range(int(os.environ.get("EDITS", 12))):
            act = rng.choice([self.change_value] * 7 + [self.append_remark, lambda _: self.step("undo"), lambda _: self.step("redo")])
            act(rng)
            self.assertTrue(self.state()["fresh"])
        print(f"{self.state()['edits']['undo']} edits to undo, {self.refused} refused")
        while self.one("#undo").is_enabled():
            self.step("undo")
        for path, text in self.files().items():
            # Remarks that were written in the files stay.
            self.assertTrue(text.startswith(before[path]), path.name)
            self.assertRegex(text[len(before[path]):], r"^(# \d+\n)*$", path.name)
