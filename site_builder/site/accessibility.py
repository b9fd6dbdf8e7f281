"""The accessibility statement: what is aimed at, and what came out for each criterion."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.figures import figure_text
from calculator.kinds import Kind
from site_builder.site.addresses import ACCESSIBILITY, HOME, Link
from site_builder.site.criteria import Criteria, Criterion
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A line of the table."""

    name: str
    level: str
    outcome: str
    methods: str


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    """The criteria that one edition of WCAG brought."""

    anchor: str
    caption: str
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class AccessibilityView:
    """All that the page prints; the tables stand in the section `criteria`."""

    prose: Prose
    stated: str
    tables: tuple[CriteriaTable, ...]


def accessibility_page(criteria: Criteria, prose: Prose, wording: Wording) -> Page:
    """Plan the statement in one language."""
    return Page(
        address=ACCESSIBILITY,
        language=wording.language,
        template="accessibility.html",
        title=prose.title,
        description=prose.description,
        view=AccessibilityView(
            prose,
            wording.say(figure_text(Kind.DATE, criteria.stated)),
            tuple(_table(edition, criteria, wording) for edition in dict.fromkeys(_editions(criteria))),
        ),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
    )


def _editions(criteria: Criteria) -> list[str]:
    return sorted(one.since for one in criteria.criteria)


def _table(edition: str, criteria: Criteria, wording: Wording) -> CriteriaTable:
    return CriteriaTable(
        anchor=f"wcag-{edition.replace('.', '-')}",
        caption=wording.words[f"criteria_caption_{edition.replace('.', '_')}"],
        rows=tuple(_row(one, wording) for one in criteria.criteria if one.since == edition),
    )


def _row(one: Criterion, wording: Wording) -> CriterionRow:
    methods = wording.listed(map(wording.say, one.methods))
    return CriterionRow(
        name=f"{one.number} {wording.say(one.name)}",
        level=one.level,
        outcome=wording.words[f"criterion_{one.outcome.value}"],
        methods=methods[:1].upper() + methods[1:],
    )
