"""Projects, and parts of projects, that are added on the page."""

from base import OUT, EditingTest, browser
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

PORTAL = "projects/2-portal.toml"


class AddTest(EditingTest):
    def open_form(self, name, what=None):
        """Opens the form beside a total."""
        item = self.js(
            """[...document.querySelectorAll("[role=treeitem]")]
                .find((item) => item.querySelector(".name").textContent.startsWith(arguments[0]))""",
            name,
        )
        item.find_element("css selector", ".add").click()
        if what:
            Select(self.one("#add-what")).select_by_value(what)

    def fill_in(self, **values):
        for name, text in values.items():
            control = self.one(f"#add-{name}")
            if control.tag_name == "select":
                Select(control).select_by_value(text)
                continue
            if control.get_attribute("type") == "date":
                self.js("(arguments[0].value = arguments[1], arguments[0].dispatchEvent(new Event('input')))", control, text)
                continue
            control.send_keys(Keys.CONTROL, "a")
            control.send_keys(text)

    def add(self):
        version = self.version()
        self.one("#add [type=submit]").click()
        self.settled(version)
        self.assertFalse(self.shown("#add"))

    def portal(self):
        return next(node for node in self.state()["totals"][0]["children"] if node["id"] == "portal")

    def test_a_project_is_added_undone_and_redone(self):
        total, before = self.total(), sorted(self.folder.rglob("*.toml"))
        self.open_form("合计")
        self.looks("add-project")
        self.fill_in(name="全民阅读推广", english="Reading for all", id="reading", amount="30万元")
        self.add()
        file = self.folder / "projects/5-reading.toml"
        text = file.read_text("utf-8")
        self.assertIn('name     = { zh = "全民阅读推广", en = "Reading for all" }', text)
        self.assertEqual(self.total(), total + 300_000)
        # It opens at its name.
        self.wait(lambda: self.shown(".card form"), "the new project to be opened")
        self.assertEqual(self.control().get_attribute("value"), "全民阅读推广")
        self.press(Keys.ESCAPE)
        version = self.version()
        self.chord("z")
        self.settled(version)
        self.assertEqual((self.total(), sorted(self.folder.rglob("*.toml"))), (total, before))
        version = self.version()
        self.chord("y")
        self.settled(version)
        self.assertEqual(file.read_text("utf-8"), text)

    def test_a_first_sub_project_and_its_costs_are_added(self):
        self.open_form("合计")
        self.fill_in(name="读者服务", english="Readers", id="readers", amount="3万元")
        self.add()
        self.wait(lambda: self.shown(".card form"), "the new project to be opened")
        # One with costs takes no sub-projects: without its cost, it has neither.
        self.press(Keys.ESCAPE)
        file = "projects/5-readers.toml"
        cost = '[[cost]]\nname   = { zh = "读者服务", en = "Readers" }\namount = "3万元"\n'
        self.edit(lambda toml: toml.replace(cost, "").replace("{{cost.", "{{subproject."), file)
        self.press("t")
        self.open_form("读者服务", "subproject")
        self.fill_in(name="讲座", english="Talks", amount="20000")
        self.add()
        text = self.toml(file)
        block = '[[subproject]]\nid     = "part-1"\nname   = { zh = "讲座", en = "Talks" }\namount = "2万元"\n'
        self.assertIn(block, text)
        self.assertLess(text.index(block), text.index("[narrative"))

    def test_parts_of_a_project_open_for_editing(self):
        before = self.toml(PORTAL)
        self.open_form("门户", "indicator")
        self.looks("add-indicator")
        self.fill_in(kind="数量指标", name="巡检次数", english="Inspections", target="≥ 4.00 次")
        self.add()
        added = '[[indicator]]\nkind   = "数量指标"\nname   = { zh = "巡检次数", en = "Inspections" }\ntarget = "≥ 4.00 次"\n'
        self.assertIn(added, self.toml(PORTAL))
        self.wait(lambda: self.shown(".card form"), "the new indicator to be opened")
        self.assertIn("巡检次数", self.text(".card .item"))
        # Another beside it, of the same kind.
        self.one(".card .adding button").click()
        self.assertEqual(Select(self.one("#add-what")).first_selected_option.get_attribute("value"), "indicator")
        self.press(Keys.ESCAPE)
        self.assertFalse(self.shown("#add"))
        version = self.version()
        self.chord("z")
        self.settled(version)
        self.assertEqual(self.toml(PORTAL), before)

    def names(self):
        return sorted(path.name for path in (self.folder / "projects").iterdir())

    def change_project(self, name, how):
        """Opens the values of a project in the totals, and presses a button at their end."""
        version = self.version()
        self.js(
            """[...document.querySelectorAll("[role=treeitem][aria-level='2']")]
                .find((item) => item.querySelector(".name").textContent.startsWith(arguments[0])).focus()""",
            name,
        )
        self.press("e")
        self.wait(lambda: self.shown("#edit .item"), "what can be done with a project")
        button = self.one(f"#edit .item [data-how={how}]")
        button.send_keys(Keys.ENTER)
        if how == "delete":
            self.assertIn("再按一次", self.text("#edit .item .refused"))
            button.send_keys(Keys.ENTER)
        self.settled(version)
        self.assertFalse(self.shown("#edit"))

    def test_a_project_is_moved_copied_and_deleted(self):
        before, total = self.names(), self.total()
        order = lambda: [node["id"] for node in self.state()["totals"][0]["children"]]
        self.assertEqual(order(), ["big-data-network", "portal", "operations", "contract-staff"])
        self.change_project("门户", "up")
        self.assertEqual(order(), ["portal", "big-data-network", "operations", "contract-staff"])
        self.assertIn("1-portal.toml", self.names())
        self.assertEqual(self.total(), total)
        self.change_project("门户", "copy")
        self.assertIn("5-portal-2.toml", self.names())
        self.wait(lambda: self.shown(".card form"), "the copy to be opened")
        self.assertIn("5-portal-2.toml", self.text(".card .file"))
        self.assertEqual(self.control().get_attribute("value"), "门户网站管理（副本）")
        self.looks("project-copied")
        self.press(Keys.ESCAPE)
        self.change_project("大数据", "delete")
        self.assertNotIn("2-big-data-network.toml", self.names())
        while self.one("#undo").is_enabled():
            version = self.version()
            self.one("#undo").click()
            self.settled(version)
        self.assertEqual((self.names(), self.total()), (before, total))

    def test_what_does_not_fit_is_refused_and_kept(self):
        before = self.toml(PORTAL)
        kind = self.portal()["adds"]["kinds"][0]
        self.open_form("门户", kind)
        self.fill_in(name="检测", english="Test", amount="三万")
        self.one("#add [type=submit]").click()
        self.wait(lambda: "三万" in self.text("#add .refused"), "the reason")
        browser.save_screenshot(str(OUT / "add-refused.png"))
        self.assertEqual(self.toml(PORTAL), before)
        browser.refresh()
        self.settled()
        self.open_form("门户")
        self.assertEqual(self.one("#add-amount").get_attribute("value"), "三万")
        self.one("#add .actions button:last-child").click()
        self.open_form("门户")
        self.assertEqual(self.one("#add-amount").get_attribute("value"), "")

    def test_a_product_and_a_share_are_added_by_keyboard(self):
        self.open_all()
        file = "projects/1-big-data-network.toml"
        self.press("t", Keys.ARROW_DOWN, Keys.ARROW_RIGHT, "a")
        self.wait(lambda: self.shown("#add"), "the form")
        self.fill_in(name="复查", english="Follow-up", how="product", quantity="3", unit="家", price="10000")
        self.add()
        self.assertIn('name     = { zh = "复查", en = "Follow-up" }\nquantity = 3\nunit     = "家"\nprice    = "1万元"\n', self.toml(file))
        self.open_form("区政务外网驻场运维服务项目")
        self.fill_in(name="监理费", english="Supervision", how="share", percent="5", base="data-operations")
        self.add()
        self.assertIn('percent = 5\nof      = "data-operations"\n', self.toml(file))
