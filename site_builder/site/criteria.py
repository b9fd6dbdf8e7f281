"""What was checked of accessibility: `content/accessibility.yaml` goes in, each criterion with its result comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from calculator.text import Text
from site_builder.errors import Gathering, GuidanceError, Place
from site_builder.sources.documents import read_document
from site_builder.sources.fields import Fields, Reader, matching, named, one_of, plain_day, sequence, some
from site_builder.sources.nodes import Node
from site_builder.sources.texts import text

LEVELS = ("A", "AA")
#: The editions of WCAG that brought criteria; those of the first are the ones of JIS X 8341-3:2016.
EDITIONS = ("2.0", "2.1", "2.2")


class Outcome(StrEnum):
    """What came out of checking."""

    MET = "met"
    NONE = "none"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion, the edition of WCAG that brought it, what came out, and how that was checked."""

    number: str
    level: str
    since: str
    name: Text
    outcome: Outcome
    methods: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Criteria:
    """All criteria in order, and the day of the statement."""

    stated: date
    criteria: tuple[Criterion, ...]


_NUMBER = re.compile(r"[1-4]\.[1-9]\.[1-9][0-9]?")


def read_criteria(path: Path, shown: str) -> Criteria:
    """Return the criteria of the file at `path`, which errors call `shown`.

    Raises:
        GuidanceErrors: everything that is wrong in it.
    """
    return read_document(path, shown, criteria_file)


def criteria_file(node: Node) -> Criteria:
    """Read `content/accessibility.yaml`."""
    with Fields(node, "the file of criteria") as fields:
        stated = fields.required("stated", plain_day)
        methods = fields.required("methods", named(text, "the methods"))
        return Criteria(stated, fields.required("criteria", partial(_criteria, methods)))


def _criteria(methods: Mapping[str, Text] | None, node: Node) -> tuple[Criterion, ...]:
    """Read the criteria; `methods` None are some that were read wrongly."""
    drafts = some(partial(_criterion, {} if methods is None else methods), "the criteria")(node)
    errors, seen = Gathering(), set[str]()
    for place, one in drafts:
        if one.number in seen:
            hint = "keep one of the two"
            errors.add(GuidanceError(place, f"the criterion {one.number} stands twice", hint, "duplicate-criterion"))
        seen.add(one.number)
    errors.close()
    return tuple(one for _, one in drafts)


def _criterion(methods: Mapping[str, Text], node: Node) -> tuple[Place, Criterion]:
    with Fields(node, "a criterion") as fields:
        criterion = Criterion(
            number=fields.required("number", _number),
            level=fields.required("level", _known(LEVELS)),
            since=fields.required("since", _known(EDITIONS)),
            name=fields.required("name", text),
            outcome=Outcome(fields.required("result", _known(Outcome)) or Outcome.OPEN),
            methods=tuple(
                methods[name] for name in fields.required("methods", sequence(_known(methods), "methods")) or ()
            ),
        )
    return node.place(), criterion


def _known(words: Iterable[str]) -> Reader[str]:
    return one_of(words, "'{}' is not known here", "unknown-word")


def _number(node: Node) -> str:
    hint = "write it as WCAG does: 1.4.10"
    return matching(_NUMBER, "is not the number of a criterion", hint)(node).value
