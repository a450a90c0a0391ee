"""Has python-docx, openpyxl and LibreOffice write the same content, and compares what `shenbao import` makes of it.

    written.py PROGRAM FOLDER

Then a workbook to fill in is saved anew by LibreOffice, which may not change anything, and has one amount changed by openpyxl,
which has to come back as that amount alone. What differs ends the program with 1.
"""

import difflib
import html
import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
from soffice import convert

CONTENT = json.loads(Path("tests/import/lanyuan-form.json").read_text())
SAMPLE = Path("data/songjiang-2024")


def placed(rows):
    """The cells of a form with their row and column; a cell from above takes its place in the rows below."""
    taken = set()
    for row, cells in enumerate(rows):
        column = 0
        for text, width, height in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(height) for right in range(width)}
            yield row, column, text, width, height
            column += width


def write_document(path):
    document = docx.Document()
    for text in CONTENT["text"]:
        document.add_paragraph(text)
    table = document.add_table(len(CONTENT["form"]), 8)
    for row, column, text, width, height in placed(CONTENT["form"]):
        last = table.cell(row + height - 1, column + width - 1)
        table.cell(row, column).merge(last).text = text
    document.save(path)
    return path


def write_workbook(path):
    book = openpyxl.Workbook()
    sheet = book.active
    for text in CONTENT["text"]:
        sheet.append([text])
    top = len(CONTENT["text"]) + 1
    for row, column, text, width, height in placed(CONTENT["form"]):
        first = top + row, column + 1
        sheet.cell(*first, text)
        if (width, height) != (1, 1):
            sheet.merge_cells(None, *first, top + row + height - 1, column + width)
    book.save(path)
    return path


def write_page(path):
    """HTML for LibreOffice: the one kind of file that it reads and that is written by hand."""
    text = "".join(f"<p>{html.escape(line)}</p>" for line in CONTENT["text"])
    rows = "".join(
        "<tr>" + "".join(f'<td colspan="{w}" rowspan="{h}">{html.escape(text)}</td>' for text, w, h in cells) + "</tr>"
        for cells in CONTENT["form"]
    )
    head = '<meta charset="utf-8">'
    path.write_text(f"<!DOCTYPE html><html><head>{head}</head><body>{text}<table border>{rows}</table></body></html>")
    return path


def files(folder):
    return {path.relative_to(folder): path.read_text() for path in sorted(folder.rglob("*.toml"))}


def run(program, *arguments):
    command = [program, *map(str, arguments), "--ui", "en"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stdout}")
    return done.stdout


def same_content(program, folder):
    """Imports every file; gives how many, and what differs from the first."""
    profile = folder / "profile"
    page = write_page(folder / "page.html")
    book = write_workbook(folder / "openpyxl.xlsx")
    sources = [
        write_document(folder / "python-docx.docx"),
        book,
        convert(page, "docx:MS Word 2007 XML", folder, profile, ["--infilter=HTML (StarWriter)"]),
        convert(book, "xlsx:Calc MS Excel 2007 XML", folder / "saved", profile),
        convert(book, "xls:MS Excel 97", folder, profile),
    ]
    # WPS's own kind of workbook has the structure of .xls.
    sources.append(Path(shutil.copy(folder / "openpyxl.xls", folder / "openpyxl.et")))
    wrong, first = [], None
    for number, source in enumerate(sources):
        made = folder / f"unit-{number}"
        said = run(program, "import", source, made, "--date", "2024-11-20")
        first = first or files(made)
        if "not placed" in said or files(made) != first or not first:
            wrong.append(f"{source}: {said}")
    return len(sources), wrong


def changed(before, after):
    """The lines that were removed and added between two folders."""
    lines = [line for name in before.keys() | after.keys() for line in difflib.ndiff(
        before.get(name, "").splitlines(), after.get(name, "").splitlines())]
    return [line for line in lines if line[0] in "+-"]


def filled(program, folder):
    """Takes back a workbook to fill in that other programs have saved; gives what went wrong."""
    unit = Path(shutil.copytree(SAMPLE, folder / "filled"))
    before = files(unit)
    written = folder / "filled.xlsx"
    run(program, "export", unit, "--workbook", "--out", written)
    run(program, "import", convert(written, "xlsx:Calc MS Excel 2007 XML", folder / "saved", folder / "profile"), unit)
    wrong = changed(before, files(unit))

    book = openpyxl.load_workbook(written)
    sheet = book["费用"]
    # The first row holds the names of the columns.
    amounts = next(cell.column for cell in sheet[1] if cell.value == "amount")
    cell = next(cell for (cell,) in sheet.iter_rows(3, None, amounts, amounts)
                if not cell.protection.locked and isinstance(cell.value, (int, float)))
    cell.value += 1234.56
    book.save(folder / "openpyxl-filled.xlsx")
    run(program, "import", folder / "openpyxl-filled.xlsx", unit)
    lines = changed(before, files(unit))
    if sorted(line[0] for line in lines) != ["+", "-"] or not all(line[2:].startswith("amount") for line in lines):
        wrong += lines or ["the changed amount did not come back"]
    return wrong


def main(program, folder):
    folder.mkdir(parents=True)
    (folder / "saved").mkdir()
    count, wrong = same_content(program, folder)
    wrong += filled(program, folder)
    print(f"{count} files of the same content and 2 filled workbooks, {len(wrong)} differences")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
