"""What must be repaid after the grant, case by case, as a frame's page prints it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from calculator.rulebook import Clawback, ClawbackCase
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case and what is repaid in it; `citation` is None where it is that of its table."""

    label: str
    sentence: str
    citation: CitationView | None


@dataclass(frozen=True, slots=True)
class CasesView:
    """Cases of which the first that holds decides, and the place where most of them stand."""

    anchor: str
    label: str
    cases: tuple[CaseView, ...]
    citation: CitationView


@dataclass(frozen=True, slots=True)
class ClawbackView:
    """The cases that decide alone, then those of each duty, and how much it can be in all."""

    tables: tuple[CasesView, ...]
    total: str
    total_citation: CitationView


def clawback_view(clawback: Clawback | None, wording: Wording) -> ClawbackView | None:
    """Word the repayment, or return None where none is worked out."""
    if clawback is None:
        return None
    whole = ("whole", wording.words["clawback_whole"], clawback.whole)
    parts = ((part.name, wording.say_sentence(part.label), part.cases) for part in clawback.parts)
    return ClawbackView(
        tables=tuple(_cases_view(name, label, cases, wording) for name, label, cases in (whole, *parts) if cases),
        total=wording.say_sentence(clawback.total.sentence),
        total_citation=wording.cite(clawback.total.citation),
    )


def _cases_view(name: str, label: str, cases: tuple[ClawbackCase, ...], wording: Wording) -> CasesView:
    usual = Counter(case.citation for case in cases).most_common(1)[0][0]
    return CasesView(
        f"clawback.{name}",
        label,
        tuple(
            CaseView(
                wording.say_sentence(case.label),
                wording.say_sentence(case.sentence),
                None if case.citation == usual else wording.cite(case.citation),
            )
            for case in cases
        ),
        wording.cite(usual),
    )
