#!/usr/bin/env python3
"""Tells how well the crates of Cargo.toml are kept: `tools/deny/health.py`.

One line each: version, licence, releases within a year, month of the last one, and a newer version where there is one. All
of it is what the registry's index says, as cargo has kept it: `cargo update --dry-run` brings it up to date.
"""

import datetime
import json
import os
import subprocess
from pathlib import Path

HOME = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))


def releases(name: str) -> list[dict]:
    """Returns all releases of a crate, as the index has them."""
    low = name.lower()
    place = {1: f"1/{low}", 2: f"2/{low}", 3: f"3/{low[0]}/{low}"}.get(len(low), f"{low[:2]}/{low[2:4]}/{low}")
    for file in HOME.glob(f"registry/index/*/.cache/{place}"):
        # Records of the cache are separated by zeros; those that are no JSON are versions and headers.
        return [json.loads(part) for part in file.read_bytes().split(b"\0") if part.startswith(b"{")]
    return []


def line(package: dict, since: str) -> str:
    """Returns what is known of a crate."""
    known = [one for one in releases(package["name"]) if one.get("pubtime") and not one["yanked"]]
    known.sort(key=lambda one: one["pubtime"])
    recent = sum(one["pubtime"] >= since for one in known)
    last = known[-1] if known else {"pubtime": "unknown", "vers": package["version"]}
    newer = "" if last["vers"] == package["version"] else f"  newer: {last['vers']}"
    return f"{package['name']:18} {package['version']:20} {package['license']:32} {recent:3}  {last['pubtime'][:7]}{newer}"


def main() -> None:
    told = subprocess.run(["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"], capture_output=True, check=True)
    metadata = json.loads(told.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    own = next(node for node in metadata["resolve"]["nodes"] if node["id"] == metadata["resolve"]["root"])
    since = (datetime.date.today() - datetime.timedelta(days=365)).isoformat()
    for package in sorted((packages[one["pkg"]] for one in own["deps"]), key=lambda one: one["name"]):
        print(line(package, since))


if __name__ == "__main__":
    main()
