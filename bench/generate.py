"""Declarations of any size for the benchmark, made of the sample's projects."""

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
