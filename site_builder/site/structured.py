"""What a page says in the words of schema.org, for programs: services, questions with their answers, the open data.

Nothing is said here that the page does not say to people; what the documents do not tell is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.rules.model import Programme
from site_builder.site.prose import Prose
from site_builder.site.statements import StatementView
from site_builder.site.wording import Wording

_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")
_READING = re.compile(r"｜([^《》<>]+)《[^《》<>]+》")
_MARKS = re.compile(r"[*`]|^> ?|^- |^\|.*\|$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Service:
    """A subsidy, a call or a way to apply: who provides it and for whom, and the documents that say so."""

    name: str
    kind: str
    provider: str | None
    area: str
    audience: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer, both plain text."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of a data set: what it is called, its path from the root of the site, and its media type."""

    name: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set: what it has, the edition of the rules that it is from, and its files."""

    name: str
    description: str
    edition: str
    files: tuple[DataFile, ...]


def service(
    name: str,
    programme: Programme,
    applicants: Iterable[StatementView],
    documents: Iterable[str],
    wording: Wording,
) -> Service:
    """Return what is provided under `name` by the one who provides the programme."""
    return Service(
        name=name,
        kind=wording.words["service_type"],
        provider=wording.say_if_any(programme.provider),
        area=wording.words["service_area"],
        audience=tuple(dict.fromkeys(one.label for one in applicants)),
        sources=tuple(dict.fromkeys(documents)),
    )


def questions_of(prose: Prose) -> tuple[Question, ...]:
    """Return the questions that a page asks, each with its answer; one that only a block answers is left out."""
    asked = (
        Question(_plain(one.question), _plain(one.answer)) for section in prose.sections for one in section.questions
    )
    return tuple(one for one in asked if one.answer)


def _plain(markdown: str) -> str:
    """Return the words of `markdown`; a block that is made from the rules is not among them."""
    text = re.sub(r"^\{block:.*\}$", "", markdown, flags=re.MULTILINE)
    words = _MARKS.sub("", _READING.sub(r"\1", _LINK.sub(r"\1", text)))
    return re.sub(r"\s*\n\s*", "\n", words).strip()
