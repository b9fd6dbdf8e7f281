"""A made-up rule book of frames with the rarer forms of an award: groups, awards had together, records, repayment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from calculator.expressions import Aggregate, Aggregation
from calculator.kinds import Kind
from calculator.rulebook import AwardPart, Choice, FactDefinition, Frame, FrameRules, RowField, RuleBook
from tests.calculator.made_book import book
from tests.calculator.made_forms import (
    CLAWBACK,
    FACTS,
    HALF,
    JOINT,
    WITH_CERTIFICATE,
    at_least,
    award,
    consortium_frame,
    frame,
    limit,
    lower,
    only,
)
from tests.calculator.made_rules import WORDS, yen

ROUND = 2
MILLION = 1_000_000

TITLES = FactDefinition(
    "titles", Kind.LIST, "firm", WORDS, WORDS, fields=(RowField("title", Kind.CHOICE, WORDS, (Choice("own", WORDS),)),)
)
PAID = replace(FACTS["paid"], given_by_award=True)
PAYS = award(only(HALF), limit(yen(10 * MILLION)), lower(MILLION))
HAS_TITLE = at_least(Aggregate(Aggregation.COUNT, "titles", None, None), Kind.COUNT, 1)

FRAMES: Mapping[str, FrameRules] = {
    "group": frame(PAYS, joint=JOINT),
    "consortium": consortium_frame(),
    "consortium-without-award": replace(consortium_frame(), award=None),
    "titled": frame(PAYS, HAS_TITLE, clawback=CLAWBACK),
    "certified": frame(award(WITH_CERTIFICATE, limit(yen(10 * MILLION)), lower(MILLION))),
    "together": frame(PAYS, parts=(AwardPart("one", "made/up/titled"), AwardPart("two", "made/up/certified"))),
    "together-with-nothing": frame(PAYS, parts=(AwardPart("one", "made/up/titled"), AwardPart("two", "made/up/later"))),
}


def forms_book(**changed: FrameRules) -> RuleBook:
    """Return the book of these frames, each in one round, besides those of the plain book; some may be `changed`."""
    plain = book()
    never = plain.frames["made/up/plain"].not_offered
    frames = {
        f"made/up/{name}": Frame(
            f"made/up/{name}", WORDS, {ROUND: replace(rules, rule_set=f"made/up/{name}", round=ROUND)}, never
        )
        for name, rules in {**FRAMES, **changed}.items()
    }
    later = replace(FRAMES["group"], rule_set="made/up/later", round=ROUND + 1)
    frames["made/up/later"] = Frame("made/up/later", WORDS, {ROUND + 1: later}, never)
    return replace(
        plain, facts={**plain.facts, **FACTS, "titles": TITLES, "paid": PAID}, frames={**plain.frames, **frames}
    )
