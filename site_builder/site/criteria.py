"""What was checked of accessibility: `content/accessibility.yaml` goes in, each criterion with its result comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path

from calculator.text import Text
from site_builder.errors import GuidanceError, name_hint
from site_builder.sources.documents import read_document
from site_builder.sources.fields import Fields, named, scalar, sequence, some
from site_builder.sources.nodes import Node
from site_builder.sources.texts import text_draft

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


def read_criteria(path: Path, shown: str) -> Criteria:
    """Return the criteria of the file at `path`, which errors call `shown`.

    Raises:
        GuidanceErrors: everything that is wrong in it.
    """
    return read_document(path, shown, _file)


def _file(node: Node) -> Criteria:
    with Fields(node, "the file of criteria") as fields:
        stated = fields.required("stated", _date)
        methods = fields.required("methods", named(lambda one: text_draft(one).unfilled(), "the methods"))
        criteria = fields.required("criteria", lambda one: one)
    found = some(partial(_criterion, methods), "the criteria")(criteria)
    repeated = [number for number, times in Counter(one.number for one in found).items() if times > 1]
    if repeated:
        sentence, hint = f"the criterion {repeated[0]} stands twice", "keep one of the two"
        raise GuidanceError(criteria.place(), sentence, hint, "duplicate-criterion")
    return Criteria(stated, found)


def _criterion(methods: Mapping[str, Text], node: Node) -> Criterion:
    with Fields(node, "a criterion") as fields:
        return Criterion(
            number=fields.required("number", _number),
            level=fields.required("level", partial(_one_of, LEVELS)),
            since=fields.required("since", partial(_one_of, EDITIONS)),
            name=fields.required("name", lambda one: text_draft(one).unfilled()),
            outcome=Outcome(fields.required("result", partial(_one_of, tuple(Outcome))) or Outcome.OPEN),
            methods=tuple(
                methods[name]
                for name in fields.required("methods", sequence(partial(_one_of, tuple(methods)), "methods")) or ()
            ),
        )


def _one_of(known: tuple[str, ...], node: Node) -> str:
    word = scalar(node)
    if word.value in known:
        return word.value
    hint = name_hint(word.value, known, "")
    raise GuidanceError(word.place(), f"'{word.value}' is not known here", hint, "unknown-word")


def _number(node: Node) -> str:
    number = scalar(node)
    if re.fullmatch(r"[1-4]\.[1-9]\.[1-9][0-9]?", number.value):
        return number.value
    hint = "write it as WCAG does: 1.4.10"
    raise GuidanceError(number.place(), f"'{number.value}' is not the number of a criterion", hint, "bad-literal")


def _date(node: Node) -> date:
    written = scalar(node)
    try:
        return date.fromisoformat(written.value)
    except ValueError:
        hint = "write year-month-day: 2022-12-22"
        raise GuidanceError(written.place(), f"'{written.value}' is not a day", hint, "bad-literal") from None
