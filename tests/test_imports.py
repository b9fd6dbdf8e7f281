"""The house's rooms import in one direction, and each foreign library enters by one door."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
#: The rooms from the lowest to the highest (docs/architecture.md); a room imports from lower ones and from itself.
ROOMS = (
    ("calculator",),
    ("site_builder.crew",),
    (
        "site_builder.digests",
        "site_builder.errors",
        "site_builder.lazy",
        "site_builder.memo",
        "site_builder.stages",
        "site_builder.explanations",
    ),
    ("site_builder.reports", "site_builder.pinned"),
    ("site_builder.hosting",),
    ("site_builder.sources",),
    ("site_builder.style",),
    ("site_builder.rules",),
    ("site_builder.site",),
    ("site_builder.survey",),
    (
        "site_builder.render",
        "site_builder.publishing",
        "site_builder.runtime",
        "site_builder.schemas",
        "site_builder.serve",
        "site_builder.set_up",
    ),
    ("site_builder.examining",),
    ("site_builder.build",),
    ("site_builder.comparing",),
    ("site_builder.live",),
    ("site_builder.commands",),
    ("site_builder.cli",),
    ("site_builder.__main__",),
)
#: The only one in a room that it may import from beside itself, and why.
NEIGHBOURS = {("site_builder.runtime", "site_builder.set_up")}  # where set-up has put the packing tools
DOORS = {
    "yaml": "site_builder.sources.yaml_nodes",
    "jinja2": "site_builder.render.templates",
    "markdown_it": "site_builder.render.markdown",
    "icalendar": "site_builder.render.calendars",
    "PIL": "site_builder.render.cards",
    "budoux": "site_builder.render.cards",
    "selectolax": "site_builder.render.links",
    "rich": "site_builder.reports.terminal",
}


def modules() -> Iterator[tuple[str, Path]]:
    """Yield every module of the project and its file."""
    for package in ("calculator", "site_builder"):
        for file in sorted((PROJECT / package).rglob("*.py")):
            name = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), file


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Return every module that `file` imports, wherever in it."""
    found: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            assert node.module is not None
            found.append(node.module)
    return tuple(found)


def room(module: str) -> tuple[int, str] | None:
    """Return the floor and the room of a module of the project; None for the package itself and foreign modules."""
    for floor, rooms in enumerate(ROOMS):
        for one in rooms:
            if module == one or module.startswith(f"{one}."):
                return floor, one
    return None


MODULES = tuple(modules())


@pytest.mark.parametrize(("module", "file"), MODULES, ids=[name for name, _ in MODULES])
def test_a_module_imports_only_from_its_own_room_and_from_lower_ones(module: str, file: Path) -> None:
    here = room(module)
    for imported in imports(file):
        there = room(imported)
        if there is None or here is None:
            continue
        assert there[0] < here[0] or there == here or (here[1], there[1]) in NEIGHBOURS, f"{module} imports {imported}"


def test_every_module_has_a_room() -> None:
    assert [module for module, _ in MODULES if room(module) is None] == ["site_builder"]


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_a_library_is_imported_in_exactly_one_module(library: str, door: str) -> None:
    users = [name for name, file in MODULES if any(module.split(".")[0] == library for module in imports(file))]
    assert users == [door]


def test_the_calculator_imports_nothing_but_the_standard_library() -> None:
    foreign = {
        imported
        for name, file in MODULES
        if name.split(".")[0] == "calculator"
        for imported in imports(file)
        if imported.split(".")[0] not in {*sys.stdlib_module_names, "calculator"}
    }
    assert foreign == set()
