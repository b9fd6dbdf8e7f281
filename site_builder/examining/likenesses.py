"""Names in the rules of repayment that are written nearly alike: one of them may be a slip of the other.

A reason is told as it is written, and a part or a statement of another name comes beside the one whose place it should
take; so neither is missed by anything that looks names up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.errors import Place
from site_builder.examining.findings import Finding
from site_builder.examining.subject import Subject
from site_builder.rules.drafts.carried import CarriedRepaymentDraft
from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft, ClawbackDraft
from site_builder.rules.drafts.folder import RuleSetDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.drafts.rule_sets import SharedDraft

#: Shorter names are too often alike.
_SHORTEST = 4


def examine_likenesses(subject: Subject) -> Iterator[Finding]:
    """Yield each name that differs from one that stands more often, or before it, in a single letter."""
    for rule_set in subject.rule_sets:
        for sort in ("reason", "part", "statement"):
            yield from _alike(rule_set.slug, sort, _places(rule_set, sort))


def _alike(of: str, sort: str, places: Mapping[str, list[Place]]) -> Iterator[Finding]:
    often = sorted(places, key=lambda name: (-len(places[name]), _order(places[name][0])))
    for at, name in enumerate(often):
        other = next((one for one in often[:at] if differ_by_a_letter(one, name)), None)
        if other is not None:
            sentence = f"the {sort} '{name}' is written nearly as '{other}' is elsewhere"
            hint = "if the same is meant, write it alike; another name stands beside the first and replaces nothing"
            yield Finding("name-alike", places[name][0], f"{of} {name}", sentence, hint)


def _order(place: Place) -> tuple[bool, str, int, int]:
    """Return what puts files in order, those of rounds last, as they change what the others say."""
    return "/rounds/" in place.path, place.path, place.line, place.column


def differ_by_a_letter(one: str, other: str) -> bool:
    """Say whether a letter is left out, added or another one, or two neighbours are exchanged; a digit is no letter."""
    short, long = sorted((one, other), key=len)
    start = next((at for at, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    if len(short) < _SHORTEST or any(name[start : start + 1].isdigit() for name in (short, long)):
        return False
    rests = short[start:], long[start:]
    if len(short) == len(long):
        return rests[0][1:] == rests[1][1:] or (rests[0][:2] == rests[1][1::-1] and rests[0][2:] == rests[1][2:])
    return rests[0] == rests[1][1:]


def _places(rule_set: RuleSetDraft, sort: str) -> Mapping[str, list[Place]]:
    """Return where each name of that sort stands, each place once, in order."""
    found: dict[str, list[Place]] = {}
    for part in parts_under(rule_set):
        for name, place in _names_in(part, sort):
            if place not in found.setdefault(name, []):
                found[name].append(place)
    return {name: sorted(some, key=_order) for name, some in found.items()}


def _names_in(part: object, sort: str) -> Iterator[tuple[str, Place]]:
    match part:
        case ClawbackCaseDraft(reason=reason) if sort == "reason":
            yield reason.value, reason.place()
        case ClawbackDraft(parts=parts) | CarriedRepaymentDraft(parts=parts) if sort == "part":
            yield from ((name, one.label.ja.place()) for name, one in parts.items())
        case CarriedRepaymentDraft(statements=statements) if sort == "statement":
            yield from ((name, one.label.ja.place()) for name, one in statements.items())
        case SharedDraft(repayment=statements) | FrameDraft(repayment=statements) if sort == "statement":
            yield from ((name, one.label.ja.place()) for name, one in (statements or {}).items())
