"""What the page gives besides pages, and what an edit does to totals."""

import pathlib
import subprocess
import tempfile
import zipfile

from base import EditingTest, browser


class OutputTest(EditingTest):
    def prepare(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.downloads = pathlib.Path(folder.name)
        settings = {"behavior": "allow", "downloadPath": str(self.downloads)}
        browser.execute_cdp_cmd("Browser.setDownloadBehavior", settings)

    def commit(self):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "first"]):
            subprocess.run(["git", *arguments], cwd=self.folder, check=True)

    def ask_for(self, kind):
        self.one(f"#output [data-kind={kind}]").click()
        self.wait(lambda: self.one("#output li button").is_enabled(), "what was asked for")
        return self.text("#output .said")

    def downloaded(self, name):
        return self.wait(lambda: (self.downloads / name).is_file() and self.downloads / name, name).read_bytes()

    def raise_amount(self):
        version = self.version()
        self.open_value('"6万元"')
        self.fill("16万元\n")
        self.saved(version)

    def test_the_pdf_and_the_forms_are_downloaded(self):
        self.press("o")
        self.assertEqual(self.text("#output button"), "下载 PDF")
        self.assertIn("songjiang-2024.pdf", self.ask_for("pdf"))
        pdf = self.downloaded("songjiang-2024.pdf")
        self.assertTrue(pdf.startswith(b"%PDF-") and len(pdf) > 100_000)
        self.ask_for("forms")
        self.downloaded("songjiang-2024.xlsx")
        self.assertIn("xl/workbook.xml", zipfile.ZipFile(self.downloads / "songjiang-2024.xlsx").namelist())
        # Nothing stands beside the declaration for it.
        self.assertFalse(list(self.folder.rglob("*.pdf")) + list(self.folder.rglob("*.xlsx")))
        # Without a repository, there is nothing to compare with.
        self.assertIn("git", self.ask_for("diff"))

    def test_the_pdf_is_what_is_printed(self):
        self.press("o")
        # The browser's own viewer prints; what it is handed is looked at instead.
        browser.execute_script(
            """const made = URL.createObjectURL;
            URL.createObjectURL = (file) => made.call(URL, window.file = file);
            const print = { print: () => (window.handed = true) };
            Object.defineProperty(HTMLIFrameElement.prototype, "contentWindow", { get: () => print, configurable: true });"""
        )
        self.assertEqual(self.ask_for("print"), "已交给浏览器打印。")
        self.assertTrue(self.js("window.handed"))
        self.assertEqual(browser.execute_async_script("file.slice(0, 5).text().then(arguments[0])"), "%PDF-")
        # A viewer that does not let itself be told to: the file is downloaded.
        browser.execute_script("Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get: () => null })")
        self.assertEqual(self.ask_for("print"), "已下载 songjiang-2024.pdf")
        self.assertTrue(self.downloaded("songjiang-2024.pdf").startswith(b"%PDF-"))

    def test_an_edit_is_told_as_a_difference_to_the_last_commit(self):
        self.commit()
        self.press("o")
        self.assertEqual(self.ask_for("diff"), "没有改动。")
        self.raise_amount()
        said = self.ask_for("diff")
        self.assertIn("6万元", said)
        self.assertIn("16万元", said)
        self.looks("output")
        self.ask_for("redline")
        self.assertTrue(self.downloaded("songjiang-2024-redline.pdf").startswith(b"%PDF-"))

    def test_an_edit_shows_what_totals_were(self):
        self.raise_amount()
        root = self.text("[role=treeitem] .amount")
        self.assertRegex(root, r"1808\.1万元 →\s*1818\.1万元")
        self.assertEqual(len(self.all("[role=treeitem].changed .line .amount small")), 4)
        self.looks("totals-changed")
        version = self.version()
        self.chord("z")
        self.settled(version)
        self.assertRegex(self.text("[role=treeitem] .amount"), r"1818\.1万元 →\s*1808\.1万元")
