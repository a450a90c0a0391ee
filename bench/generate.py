"""Declarations of any size and number for the benchmark, made of the sample's projects."""

import re
import shutil
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "data/songjiang-2024"


def declaration(folder: Path, projects: int) -> Path:
    """Writes a declaration of so many projects, the sample's in turn under names of their own; returns its folder."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "projects").mkdir(parents=True)
    shutil.copy(SAMPLE / "declaration.toml", folder)
    files = sorted((SAMPLE / "projects").glob("*.toml"))
    for number in range(1, projects + 1):
        file = files[(number - 1) % len(files)]
        _, _, name = file.stem.partition("-")
        # The first `name` is the project's.
        text, count = re.subn(r'^(name\s*= \{ zh = "[^"]+)(", en = "[^"]+)"', rf'\1（{number}）\2 ({number})"',
                              file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"{file}: the project's name is written in another way")
        (folder / "projects" / f"{number}-{name}-{number}.toml").write_text(text, encoding="utf-8")
    return folder


def tree(folder: Path, count: int) -> Path:
    """Writes so many declarations into a folder, each of a unit of its own with amounts, texts and, from three to five,
    projects of its own; returns the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    files = sorted((SAMPLE / "projects").glob("*.toml"))
    texts = [(file.stem.partition("-")[2], file.read_text(encoding="utf-8")) for file in files]
    texts.append((f"{texts[-1][0]}-more", re.sub(r'^(name .*?)(", en = ".*?)"', r'\1（二）\2 (2)"', texts[-1][1],
                                                count=1, flags=re.MULTILINE)))
    sample = (SAMPLE / "declaration.toml").read_text(encoding="utf-8")
    for number in range(1, count + 1):
        unit = folder / f"unit-{number:04}"
        (unit / "projects").mkdir(parents=True)
        (unit / "declaration.toml").write_text(of_unit(sample, number), encoding="utf-8")
        for place, (name, text) in enumerate(texts[:3 + number % 3], start=1):
            (unit / f"projects/{place}-{name}.toml").write_text(of_unit(text, number), encoding="utf-8")
    return folder


def of_unit(text: str, number: int) -> str:
    """Puts a unit's own name into a file of the sample, and amounts that differ from unit to unit."""
    text = text.replace("大数据", f"第{number}数据").replace("Big Data Center", f"Data Center No. {number}")
    amounts = {'"6万元"': f'"{number * 7 % 60 + 1}万元"', '"20万元"': f'"{number % 90 + 10}.{number % 9 + 1}万元"',
               '"1.8万元"': f'"{number}.5万元"', '"319369元"': f'"{300000 + number}元"'}
    for old, new in amounts.items():
        text = text.replace(f"amount = {old}", f"amount = {new}")
    return text
