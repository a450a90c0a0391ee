"""Values and items that are edited on the page."""

import urllib.error
import urllib.request

from base import OUT, PROJECT, REVIEW, EditingTest, PreviewTest, browser
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

TARGETS = "projects/4-contract-staff.toml"


class EditTest(EditingTest):
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

    def test_a_paragraph_is_edited_with_its_computed_values(self):
        words = "在市级层面，大数据工作以国家大数据方针政策为遵循"
        before, version = self.toml(), self.version()
        self.open_value(words)
        box = self.one(".card .sentences")
        self.assertEqual(box, browser.switch_to.active_element)
        self.assertIn(words, box.text)
        box.send_keys(Keys.CONTROL, Keys.HOME)
        box.send_keys("持续推进。")
        box.send_keys(Keys.CONTROL, Keys.ENTER)
        self.saved(version)
        self.assertEqual(self.toml(), before.replace("本项目由", "持续推进。\n本项目由", 1))

    def open_sentence(self, words):
        """Opens a sentence beside the figures that stand in it."""
        inside = lambda x, y, box: box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]
        places = list(self.places())
        for page, box, place in places:
            x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
            others = [one for at, one, each in places if at == page and each["kind"] == "figure"]
            text = place["edit"]["values"][0]["text"] if place["edit"] else ""
            if place["kind"] == "text" and words in text and not any(inside(x, y, one) for one in others):
                self.click_place(page, box)
                return
        self.fail(f"{words} has no place")

    def chips(self):
        return self.js("[...document.querySelectorAll('.card .sentences .value')].map((each) => each.dataset.written)")

    def test_a_computed_value_is_one_mark_in_its_sentence(self):
        words = "预算合计{{total}}。"
        before, version = self.toml(), self.version()
        self.assertIn(words, before)
        self.open_sentence(words)
        self.wait(lambda: "1018万元" in self.text(".card .sentences"), "the value")
        self.looks("edit-sentences")
        chips = self.chips()
        self.assertIn("{{total}}", chips)
        box = self.one(".card .sentences")
        # From the full stop behind it back over the value as one.
        self.js(
            """(() => {
                const chip = document.querySelector(".card .sentences [data-written='{{total}}']");
                getSelection().collapse(chip.nextSibling, 0);
            })()"""
        )
        active = browser.switch_to.active_element
        self.press(Keys.ARROW_LEFT, "共")
        self.assertEqual(active, box)
        self.assertIn("预算合计共{{total}}。\n", self.read_box())
        self.press(Keys.ARROW_RIGHT, Keys.BACKSPACE)
        self.assertIn("预算合计共。\n", self.read_box())
        # Typed, it is a mark as soon as it is complete; from the list, it stands where the text was left.
        self.press("{{total | 大写}}")
        self.wait(lambda: "壹仟零壹拾捌万元整" in self.text(".card .sentences"), "the value in words")
        self.press("，其中")
        Select(self.one(".card .values select")).select_by_value("{{annual}}")
        self.one(".card .values button").click()
        self.assertIn("预算合计共{{total | 大写}}，其中{{annual}}。\n", self.read_box())
        # An unknown one is refused, with the reason.
        self.press("{{totel}}")
        self.wait(lambda: self.shown(".card .sentences .unknown"), "the unknown value to be told")
        self.chord(Keys.ENTER)
        self.wait(lambda: "totel" in self.text(".card .refused"), "the reason")
        self.press(Keys.BACKSPACE)
        self.chord(Keys.ENTER)
        self.saved(version)
        self.assertEqual(self.toml(), before.replace(words, "预算合计共{{total | 大写}}，其中{{annual}}。", 1))

    def read_box(self):
        return self.js(
            """(() => {
                const read = (node) => [...node.childNodes].map((child) =>
                    child.dataset?.written ?? (child.nodeName === "BR" ? "\\n" : child.data ?? read(child))).join("");
                return read(document.querySelector(".card .sentences")).trim();
            })()"""
        )

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

    def test_an_amount_is_told_in_words_while_it_is_typed(self):
        self.open_value('"6万元"')
        self.wait(lambda: "陆万元整" in self.text(".card .words"), "the amount in words")
        self.fill("1234567.8")
        self.wait(lambda: "1234567.8元，大写：壹佰贰拾叁万肆仟伍佰陆拾柒元捌角整" in self.text(".card .words"), "the new one")
        self.looks("edit-words")
        self.fill("12万3")
        self.wait(lambda: "12万3" in self.text(".card .refused"), "the reason, before it is saved")
        self.assertEqual(self.text(".card .words"), "")
        self.assertEqual(self.control().get_attribute("aria-invalid"), "true")
        self.fill("12万元")
        self.wait(lambda: self.text(".card .refused") == "", "the reason to go")

    def target(self, words):
        """Opens a target that is printed in the file with these words."""
        self.open_value(words)
        return [self.one(f".card .parts {each}") for each in ("select", ".number", ".unit")]

    def test_a_target_has_sign_number_and_unit_or_words(self):
        before, version = self.toml(TARGETS), self.version()
        line = next(each for each in before.splitlines() if each.startswith('target = "≤ '))
        sign, number, unit = self.target(line)
        self.assertEqual(sign.get_attribute("value"), "≤")
        self.looks("edit-target")
        self.assertIn("人次", [each.get_attribute("value") for each in self.all(".card datalist option")])
        Select(sign).select_by_value("≥")
        for field, text in ((number, "三"), (number, "1200"), (unit, "人次")):
            field.send_keys(Keys.CONTROL, "a")
            field.send_keys(text)
            if text == "三":
                self.wait(lambda: self.text(".card .refused"), "the reason, before it is saved")
        self.wait(lambda: self.text(".card .refused") == "", "the reason to go")
        unit.send_keys(Keys.ENTER)
        self.saved(version)
        after = before.replace(line, 'target = "≥ 1200 人次"', 1)
        self.assertEqual(self.toml(TARGETS), after)
        # Words in its place, and back to the three parts.
        version = self.version()
        self.target('target = "≥ 1200 人次"')
        self.one(".card .how label:last-child input").click()
        words = self.one(".card .measure > input")
        self.assertEqual(words.get_attribute("value"), "≥ 1200 人次")
        words.send_keys(Keys.CONTROL, "a")
        words.send_keys("4-6次")
        browser.save_screenshot(str(OUT / "edit-target-words.png"))
        words.send_keys(Keys.ENTER)
        self.saved(version)
        self.assertEqual(self.toml(TARGETS), before.replace(line, 'target = "4～6 次"', 1))

    def test_the_values_of_a_total_are_edited_by_keyboard(self):
        before, version = self.toml(), self.version()
        self.press("t", Keys.ARROW_DOWN, "e")
        self.wait(lambda: self.shown("#edit form"), "the values of the project")
        self.assertIn("项目性质", self.text("#edit"))
        self.looks("edit-total")
        self.press(Keys.ESCAPE)
        self.assertFalse(self.shown("#edit"))
        self.assertEqual(self.js("document.activeElement.getAttribute('role')"), "treeitem")
        self.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, "e")
        self.wait(lambda: self.shown("#edit form"), "the values of the sub-project")
        self.assertEqual(self.js("document.querySelector('#edit-title').textContent"), "区政务外网驻场运维服务项目")
        control = browser.switch_to.active_element
        control.send_keys(Keys.END, "（续）", Keys.ENTER)
        self.settled(version)
        self.assertEqual(self.toml(), before.replace("区政务外网驻场运维服务项目", "区政务外网驻场运维服务项目（续）", 1))

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
