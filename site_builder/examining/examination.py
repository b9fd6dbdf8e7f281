"""All that is examined, in one go, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from site_builder.errors import GuidanceError
from site_builder.examining.dates import examine_dates
from site_builder.examining.findings import MEANINGS, Finding, weighed
from site_builder.examining.languages import examine_languages
from site_builder.examining.likenesses import examine_likenesses
from site_builder.examining.logic import examine_logic
from site_builder.examining.names import examine_names
from site_builder.examining.neighbours import examine_neighbours
from site_builder.examining.rates import examine_rates
from site_builder.examining.subject import Subject
from site_builder.examining.thresholds import examine_thresholds
from site_builder.examining.twins import examine_twins
from site_builder.examining.typed import examine_typed


class OddRulesError(Exception):
    """Something is found in the rules that nobody has accepted, where nothing should be."""


EXAMINERS = (
    examine_logic,
    examine_names,
    examine_likenesses,
    examine_dates,
    examine_thresholds,
    examine_neighbours,
    examine_rates,
    examine_typed,
    examine_languages,
    examine_twins,
)


def examine(subject: Subject) -> tuple[Finding, ...]:
    """Return everything that is found, in reading order; what is accepted is marked so."""
    found = [finding for examiner in EXAMINERS for finding in examiner(subject)]
    accepted = subject.drafts.accepted
    if not subject.is_whole:
        keys = {(one.code, one.of) for one in found}
        accepted = tuple(one for one in accepted if (one.code.value, one.of.value) in keys)
    return weighed(found, accepted)


def open_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return those that nobody has accepted."""
    return tuple(one for one in findings if one.accepted is None)


def as_text(findings: Sequence[Finding]) -> str:
    """Return the findings as they are printed: like mistakes, with what they mean, and the example that shows each."""
    return "\n\n".join(map(_printed, findings))


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as an array of objects."""
    return json.dumps([_object(one) for one in findings], ensure_ascii=False, indent=2)


def summary(findings: Sequence[Finding]) -> str:
    """Return one line that sums up."""
    left = open_findings(findings)
    accepted = len(findings) - len(left)
    count = f"{len(left)} finding{'' if len(left) == 1 else 's'}"
    return f"{count} about the rules" + (f", {accepted} accepted" if accepted else "")


def _printed(one: Finding) -> str:
    rounds = [str(number) for number in one.rounds if number is not None]
    where = f" (round{'s' if len(rounds) > 1 else ''} {', '.join(rounds)})" if rounds else ""
    also = f"; the same of {', '.join(one.also)}" if one.also else ""
    lines = [str(GuidanceError(one.place, f"{one.of}: {one.sentence}{where}{also}", one.hint, one.code))]
    if one.accepted is not None:
        lines.append(f"    accepted: {one.accepted}")
    elif one.example is not None:
        lines.append(one.example)
    else:
        lines.append(f"    company: {one.without_company}")
    return "\n".join(lines)


def _object(one: Finding) -> dict[str, object]:
    place = one.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_column": place.column + place.length,
        "code": one.code,
        "meaning": MEANINGS[one.code],
        "of": one.of,
        "also": list(one.also),
        "rounds": list(one.rounds),
        "sentence": one.sentence,
        "hint": one.hint,
        "example": one.example,
        "without_company": one.without_company,
        "accepted": one.accepted,
    }
