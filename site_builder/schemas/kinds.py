"""The kinds of YAML files, and which reader reads each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from site_builder.rules.reading.accepted import accepted_file
from site_builder.rules.reading.examples import examples_file
from site_builder.rules.reading.facts import facts_file
from site_builder.rules.reading.frames import frame_file
from site_builder.rules.reading.rounds import round_file
from site_builder.rules.reading.rule_sets import rule_set_file
from site_builder.rules.reading.shared import definitions_file, programme_file, sources_file
from site_builder.rules.reading.statistics import statistics_file
from site_builder.rules.reading.tags import tags_file
from site_builder.schemas.descriptions import descriptions_file
from site_builder.site.calendars import read_moved
from site_builder.site.call_sentences import calls_file
from site_builder.site.components import components_file
from site_builder.site.criteria import criteria_file
from site_builder.site.news import read_news
from site_builder.site.public_address import site_draft
from site_builder.site.terms import glossary_file
from site_builder.sources.fields import Reader
from site_builder.sources.texts import texts_file

#: What stands for the slug of a frame and the number of a round, which are the names of files and not in them.
_NO_NAME = "frame"
_NO_NUMBER = 1


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: `name` is that of its schema, `paths` say which files are of it, from the root of the project."""

    name: str
    paths: tuple[str, ...]
    read: Reader[Any]


#: In this order: a file is of the first kind of which a path matches.
KINDS = (
    FileKind("facts", ("rules/facts.yaml",), facts_file),
    FileKind("definitions", ("rules/definitions.yaml",), definitions_file),
    FileKind("sources", ("rules/sources.yaml",), sources_file),
    FileKind("tags", ("rules/tags.yaml",), tags_file),
    FileKind("statistics", ("rules/statistics.yaml",), statistics_file),
    FileKind("accepted", ("rules/accepted.yaml",), accepted_file),
    FileKind("programme", ("rules/*/programme.yaml",), programme_file),
    FileKind("rule_set", ("rules/*/*/rule_set.yaml",), rule_set_file),
    FileKind("call", ("rules/*/*/call.yaml",), partial(round_file, None)),
    FileKind("round", ("rules/*/*/rounds/*.yaml",), partial(round_file, _NO_NUMBER)),
    FileKind("examples", ("rules/*/*/examples/*.yaml",), partial(examples_file, _NO_NAME)),
    FileKind("frame", ("rules/*/*/*.yaml",), partial(frame_file, _NO_NAME)),
    FileKind("site", ("content/site.yaml",), site_draft),
    FileKind("news", ("content/news.yaml",), read_news(frozenset())),
    FileKind("moved", ("content/moved.yaml",), read_moved),
    FileKind("glossary", ("content/glossary.yaml",), partial(glossary_file, {}, frozenset())),
    FileKind("accessibility", ("content/accessibility.yaml",), criteria_file),
    FileKind("licences", ("content/licences.yaml",), components_file),
    FileKind("calls", ("content/calls.yaml",), calls_file),
    FileKind("schemas", ("content/schemas.yaml",), descriptions_file),
    FileKind("texts", ("content/*.yaml",), texts_file),
)


def kind_of_file(path: str) -> FileKind | None:
    """Return the kind of the file at `path`, seen from the root of the project; None for one that nobody reads."""
    return next((kind for kind in KINDS if any(PurePosixPath(path).match(one) for one in kind.paths)), None)


def files_with_kinds(project: Path) -> Iterator[tuple[Path, FileKind]]:
    """Yield every YAML file of `project` that has a kind, in the order of their paths."""
    for folder in ("rules", "content"):
        for file in sorted((project / folder).rglob("*.yaml")):
            kind = kind_of_file(file.relative_to(project).as_posix())
            if kind is not None:
                yield file, kind
