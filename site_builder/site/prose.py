"""Prose in Markdown: a page's file goes in; its title, lead and sections come out, with the rules' figures put in.

A file begins with `# Title`, then the lead; each section begins with `## Heading {#anchor}`. A figure of the rules is
written `{monozukuri/r3s/13/normal:upper_limit.most}`: a frame's address and the name of its figure. A link to a page is
written without a language, `[…](/sources/#statuses)`. No figure is typed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.text import Language, Text
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.sources.source_file import SourceFile

TITLE = re.compile(r"\A# (?P<title>.+)\n")
SECTION = re.compile(r"^## +(?P<heading>.+?)(?: +\{#(?P<anchor>[a-z][a-z0-9-]*)\})?[ ]*$", re.MULTILINE)
REFERENCE = re.compile(r"\{(?!#)(?P<name>[^{}\n]*)\}")
LINK = re.compile(r"\]\(/(?P<address>[^)#\s]*)(?:#[^)\s]*)?\)")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NUMBER = r"[0-9０-９][0-9０-９,，.．]*"
#: A figure of the rules as people type it: an amount, a share, a head count, a rate, a date.
TYPED_FIGURE = re.compile(
    rf"{_NUMBER} ?(?:[十百千万億]*円|[万億]|[%％]|人|者|か月|か年|年間)"
    rf"|{_NUMBER} ?(?:(?:thousand |million |billion )?yen|per ?cent|employees?|people|months|years)\b"
    r"|[0-9０-９]+[/／][0-9０-９]+|[0-9０-９]+分の[0-9０-９]+"
    r"|[0-9０-９]{4}年[0-9０-９]{1,2}月|[0-9０-９]{1,2}月[0-9０-９]{1,2}日"
    rf"|[0-9]{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) [0-9]{{1,4}}"
)


@dataclass(frozen=True, slots=True)
class ProseSection:
    """A section: its text is Markdown."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """What a writer says on a page: `lead` and the sections are Markdown."""

    title: str
    lead: str
    sections: tuple[ProseSection, ...]

    @property
    def description(self) -> str:
        """The first paragraph of the lead, without Markdown's marks."""
        first = self.lead.split("\n\n", 1)[0].replace("\n", " ")
        return re.sub(r"\[([^]]*)\]\([^)]*\)|[*_`]", r"\1", first)

    @property
    def headings(self) -> Mapping[str, str]:
        """The sections' anchors and headings, in order."""
        return {section.anchor: section.heading for section in self.sections}


def read_prose(file: SourceFile, language: Language, figures: Mapping[str, Text], pages: frozenset[str]) -> Prose:
    """Return the prose of `file`.

    Args:
        file: the Markdown.
        language: in which the figures are put in.
        figures: every figure of the rules, by the name that prose calls it.
        pages: the addresses of all pages, without a language: `schedule/`.

    Raises:
        GuidanceErrors: everything that is wrong in it.
    """
    errors = Gathering()
    for error in (*_shape_errors(file), *_reference_errors(file, figures), *_link_errors(file, pages)):
        errors.add(error)
    for error in _typed_figures(file):
        errors.add(error)
    errors.close()
    filled = REFERENCE.sub(lambda match: figures[match["name"]].within(language), file.text)
    lead, *sections = _cut(filled)
    title = TITLE.match(filled)
    assert title is not None  # noqa: S101 - _shape_errors has found none otherwise
    return Prose(title["title"].strip(), lead[title.end() :].strip(), tuple(map(_section, sections)))


def _cut(text: str) -> list[str]:
    """Return the lead and then each section, its heading included."""
    starts = [match.start() for match in SECTION.finditer(text)]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _section(text: str) -> ProseSection:
    heading = SECTION.match(text)
    assert heading is not None  # noqa: S101 - _cut cuts at headings
    return ProseSection(heading["anchor"], heading["heading"], text[heading.end() :].strip())


def _shape_errors(file: SourceFile) -> Iterator[GuidanceError]:
    if TITLE.match(file.text) is None:
        yield GuidanceError(file.place(0, 1), "the page has no title", "begin the file with `# …`", "no-title")
    for heading in SECTION.finditer(file.text):
        if heading["anchor"] is None:
            yield GuidanceError(
                file.place(*heading.span()),
                f"the section '{heading['heading']}' has no anchor",
                "end the heading with {#name}, the same in both languages",
                "no-anchor",
            )


def _reference_errors(file: SourceFile, figures: Mapping[str, Text]) -> Iterator[GuidanceError]:
    for reference in REFERENCE.finditer(file.text):
        if reference["name"] not in figures:
            yield GuidanceError(
                file.place(*reference.span()),
                f"no figure of the rules is called '{reference['name']}'",
                name_hint(reference["name"], figures, "write {programme/budget/round/frame:figure}"),
                "unknown-figure",
            )


def _link_errors(file: SourceFile, pages: frozenset[str]) -> Iterator[GuidanceError]:
    for link in LINK.finditer(file.text):
        if link["address"] not in pages:
            yield GuidanceError(
                file.place(link.start() + 2, link.end() - 1),
                f"there is no page at /{link['address']}",
                name_hint(link["address"], pages, "name a page without its language, such as /schedule/"),
                "unknown-page",
            )


def _typed_figures(file: SourceFile) -> Iterator[GuidanceError]:
    prose = REFERENCE.sub(lambda match: "\0" * len(match.group()), file.text)
    for figure in TYPED_FIGURE.finditer(prose):
        yield GuidanceError(
            file.place(*figure.span()),
            f"'{figure.group()}' is a figure typed by hand",
            "refer to the rules by name, such as {monozukuri/r3s/13/normal:upper_limit.most}",
            "typed-figure",
        )
