"""docs/dependencies.md names every package that is asked for, and no other, with the licence that it states itself."""

from __future__ import annotations

import importlib.metadata
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    """The name of each package, why it is here, its licence, and who makes it."""
    return ROW.findall((ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"))


def asked_for_in_python() -> set[str]:
    lines = [line for file in ROOT.glob("requirements*.in") for line in file.read_text(encoding="utf-8").splitlines()]
    found = (re.match(r"[A-Za-z][A-Za-z0-9._-]*", line) for line in lines)
    return {one.group() for one in found if one is not None}


def asked_for_in_node() -> dict[str, str]:
    """What is asked for of npm, and the licence that its lock file has for it."""
    found: dict[str, str] = {}
    for folder in (ROOT, ROOT / "tests" / "bench" / "tools"):
        asked = json.loads((folder / "package.json").read_bytes())
        locked = json.loads((folder / "package-lock.json").read_bytes())["packages"]
        for name in {**asked["dependencies"], **asked.get("devDependencies", {})}:
            found[name] = locked[f"node_modules/{name}"]["license"]
    return found


def test_every_package_that_is_asked_for_has_one_line_and_no_other_has() -> None:
    names = [name for name, *_ in rows()]
    assert len(names) == len(set(names))
    assert set(names) == asked_for_in_python() | asked_for_in_node().keys()


def test_licences_are_those_that_the_packages_state() -> None:
    stated = asked_for_in_node()
    for name in asked_for_in_python():
        try:
            metadata = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:  # it packs the calculator, or is only measured beside
            continue
        if "License-Expression" in metadata:
            stated[name] = metadata["License-Expression"]
    told = {name: licence for name, _, licence, _ in rows()}
    assert len(stated) > 20
    assert {name: told[name] for name in stated} == stated
