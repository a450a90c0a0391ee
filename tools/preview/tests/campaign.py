"""Random edits on the page, interleaved with edits of the files and with undo and redo: files stay sound, and undo leads back.

EDITS says how many, SEED with which numbers they begin.
"""

import os
import random

from base import EditingTest, browser
from selenium.webdriver.common.keys import Keys


class CampaignTest(EditingTest):
    def files(self):
        return {path: path.read_text("utf-8") for path in sorted(self.folder.rglob("*.toml"))}

    def other(self, value, rng):
        """Another text for a value, of its kind; some do not fit."""
        number = rng.randrange(1, 90_000)
        texts = {
            "amount": [f"{number}", f"{number}.5元", f"{number % 90 + 1}万元", "很多"],
            "number": [str(number % 50 + 1), "几个"],
            "line": [value["text"] + str(number), f"“{number}” \\ '"],
            "paragraphs": [value["text"].rstrip() + f"再补{number}次。", "{{total}}，{{不存在}}。"],
            "target": [f"≥ {number} 次", f"{number % 9}～{number % 9 + 3} 天", "优良"],
        }
        return rng.choice(texts[value["control"]]) if value["control"] in texts else None

    def change_value(self, rng):
        places = [each for each in self.places() if each[2]["edit"] and each[2]["edit"]["values"]]
        page, rectangle, place = rng.choice(places)
        value = place["edit"]["values"][0]
        text = self.other(value, rng)
        if text is None:
            return
        version = self.version()
        self.click_place(page, rectangle)
        if not self.shown(".card form"):
            self.press(Keys.ESCAPE)
            return
        wish = {"file": place["edit"]["file"], "path": value["path"], "was": value["text"], "to": text}
        # What the form sends, whatever its controls are: these have tests of their own.
        done = browser.execute_async_script(
            """const [wish, done] = arguments;
            fetch("edit", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish) })
                .then((answer) => answer.json()).then((answer) => done(answer.done));""",
            wish,
        )
        if done:
            self.settled(version)
        self.press(Keys.ESCAPE)

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
        while self.one("#undo").is_enabled():
            self.step("undo")
        for path, text in self.files().items():
            # Remarks that were written in the files stay.
            self.assertTrue(text.startswith(before[path]), path.name)
            self.assertRegex(text[len(before[path]):], r"^(# \d+\n)*$", path.name)
