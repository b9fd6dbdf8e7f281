"""The days that content gives for what has been done: the news, the statement on accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from site_builder.errors import Gathering, Place
from site_builder.examining.subject import Subject
from site_builder.sources.fields import plain_day
from site_builder.sources.nodes import MappingNode, Node, SequenceNode
from site_builder.sources.source_file import read_source
from site_builder.sources.yaml_nodes import parse_yaml

#: Where such days stand: a file of content, and the key. Other days may lie ahead, such as that of a moved holiday.
_KEYS = {"news.yaml": "date", "accessibility.yaml": "stated"}


def days_on_pages(subject: Subject) -> Iterator[tuple[str, date, Place]]:
    """Yield each such day with the name of its file and its place, where everything is looked at."""
    if subject.content is None or not subject.is_whole:
        return
    for name, key in _KEYS.items():
        file = subject.content / name
        if file.is_file():
            shown = f"{subject.content.name}/{name}"
            for day, place in _read(file, subject.content, shown, key):
                yield shown, day, place


def _read(file: Path, folder: Path, shown: str, key: str) -> tuple[tuple[date, Place], ...]:
    """Return the days of a file; one that cannot be read has none: the build says why."""
    return Gathering().attempt(lambda: tuple(_days(parse_yaml(read_source(file, folder, shown)), key))) or ()


def _days(node: Node, key: str) -> Iterator[tuple[date, Place]]:
    for part in node.parts if isinstance(node, SequenceNode) else (node,):
        entry = part.get(key) if isinstance(part, MappingNode) else None
        day = None if entry is None else Gathering().attempt(partial(plain_day, entry.value))
        if entry is not None and day is not None:
            yield day, entry.value.place()
