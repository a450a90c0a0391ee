"""Lets LibreOffice compute the formulas of workbooks, and compares the results with those in the files.

    recalculate.py FOLDER WORKBOOK...

The copies that LibreOffice opens have 1 in the place of every result, so that what is compared was computed. A workbook
that it does not open, a formula that is missing or a result that differs ends the program with 1.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from soffice import convert

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

def formulas(path):
    """The formulas of a workbook with their results, by sheet and cell."""
    found = {}
    with zipfile.ZipFile(path) as book:
        sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(NAMESPACE + "sheet")
        for number, sheet in enumerate(sheets, 1):
            cells = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(NAMESPACE + "c")
            for cell in cells:
                formula, value = cell.find(NAMESPACE + "f"), cell.find(NAMESPACE + "v")
                if formula is not None:
                    found[sheet.get("name"), cell.get("r")] = value.text if value is not None else ""
    return found


def without_results(path, copy):
    """A copy of a workbook with 1 as the result of every formula."""
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(copy, "w") as out:
        for name in book.namelist():
            content = book.read(name)
            if name.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f><v>)[^<]*", rb"\g<1>1", content)
            out.writestr(name, content)


def same(one, other):
    try:
        return abs(Decimal(one) - Decimal(other)) < Decimal("0.000001")
    except InvalidOperation:
        return one == other


def main(folder, paths):
    count = 0
    wrong = []
    for number, path in enumerate(paths):
        copy = folder / f"copy-{number}.xlsx"
        without_results(path, copy)
        opened = convert(copy, "xlsx:Calc MS Excel 2007 XML", folder / "computed", folder / "profile")
        written, computed = formulas(path), formulas(opened)
        count += len(written)
        for cell in written.keys() | computed.keys():
            if not same(written.get(cell, "missing"), computed.get(cell, "missing")):
                wrong.append(f"{path} {cell}: {written.get(cell)}, computed {computed.get(cell)}")
    print(f"{len(paths)} workbooks, {count} formulas, {len(wrong)} differ")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]))
