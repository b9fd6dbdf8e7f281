"""What nothing names: definitions, figures, open points, facts, documents and tags that are written for nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculator.expressions import Expression, facts_of
from calculator.schedule import ARRIVAL, NOT_PRINTED
from site_builder.errors import Place
from site_builder.examining.companies import facts_of_example
from site_builder.examining.findings import Finding
from site_builder.examining.pasting import pasted
from site_builder.examining.subject import Call, Subject
from site_builder.rules.checking.references import CASE_FACTS
from site_builder.rules.drafts.carried import AddedDraft
from site_builder.rules.drafts.folder import RuleSetDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.drafts.rule_sets import RuleSetFileDraft
from site_builder.rules.syntax import ExpressionDraft, names_of
from site_builder.sources.nodes import ScalarNode

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_WORD = re.compile(r"[a-z][a-z0-9_.-]*")


def examine_names(subject: Subject) -> Iterator[Finding]:
    """Yield what nothing names."""
    said = frozenset(_WORD.findall(subject.said))
    shared = _names_in((subject.drafts.definitions, subject.drafts.statistics))
    everywhere = shared | said
    for rule_set in subject.rule_sets:
        named = _names_in((rule_set.file, rule_set.frames, rule_set.rounds))
        everywhere |= named
        yield from _of_rule_set(rule_set, named | shared | said)
    if any(
        True
        for one in subject.drafts.programmes
        for rule_set in one.rule_sets
        if rule_set not in list(subject.rule_sets)
    ):
        return  # not all are looked at: others may name what is shared
    everywhere |= _names_in([one.file for one in subject.drafts.programmes])
    yield from _of_shared_files(subject, everywhere)
    yield from _never_asked(subject)


def _of_rule_set(rule_set: RuleSetDraft, named: frozenset[str]) -> Iterator[Finding]:
    files: dict[str, RuleSetFileDraft | FrameDraft | AddedDraft] = {"": rule_set.file}
    files |= {f"/{slug}": frame for slug, frame in rule_set.frames.items()}
    files |= {f"/{one.number}": one.carried.added for one in rule_set.rounds.values() if one.carried is not None}
    for path, names in files.items():
        of = f"{rule_set.slug}{path}"
        for name, figure in names.figures.items():
            if name not in named:
                yield _unused("figure", figure.name.place(), f"{of} {name}", "no condition, text or page names it")
        for name, definition in names.definitions.items():
            if name not in named:
                yield _unused("definition", definition.name.place(), f"{of} {name}", "no condition or page names it")
    points = {"": rule_set.file.head.open_points}
    points |= {f"/{n}": one.carried.added.open_points for n, one in rule_set.rounds.items() if one.carried is not None}
    for path, worded in points.items():
        for name, words in worded.items():
            if name not in named and name not in (ARRIVAL, NOT_PRINTED):
                of = f"{rule_set.slug}{path} {name}"
                yield _unused("open-point", words.ja.place(), of, "nothing is left open by it")


def _of_shared_files(subject: Subject, named: frozenset[str]) -> Iterator[Finding]:
    drafts = subject.drafts
    for name, definition in drafts.definitions.items():
        if name not in named:
            yield _unused("definition", definition.name.place(), f"definitions {name}", "no condition or page names it")
    records = {fact.record for fact in drafts.facts.facts.values() if f"{fact.name}" in named}
    read = {*named, *CASE_FACTS, *(fact.grows_over for fact in drafts.facts.facts.values()), *records}
    for name, place in drafts.facts.places.items():
        if name not in read:
            yield _unused("fact", place, f"facts {name}", "no rule reads it, and yet it is asked")
    for name, source in drafts.sources.items():
        if name not in named:
            yield _unused("source", source.name.place(), f"sources {name}", "nothing cites it")
    for group in drafts.tag_groups.values():
        for name, tag in group.tags.items():
            if name not in named:
                yield _unused("tag", tag.name.place(), f"tags {name}", "no frame has it")


def _never_asked(subject: Subject) -> Iterator[Finding]:
    facts, asked = subject.drafts.facts, {group.name for group in subject.drafts.facts.groups if group.asked}
    for call in subject.calls:
        for name in sorted(facts_of_application(call)):
            fact = facts.facts[name]
            if fact.group not in asked and fact.given_by_round is None and not fact.given_by_award:
                place = facts.places.get(fact.record or name)
                if place is not None:
                    sentence = f"{call.name} is decided by it, but no form asks for it"
                    hint = "put it in a group that is asked"
                    example = _left_open(call, name, subject) if subject.is_shown else None
                    yield Finding("fact-never-asked", place, f"facts {name}", sentence, hint, example)


def _left_open(call: Call, fact: str, subject: Subject) -> str | None:
    """Return a company that states the fact in a worked example and is answered otherwise once it cannot."""
    for base in subject.companies.bases(call.name, call.round.number):
        stated = facts_of_example(base)
        if fact not in stated:
            continue
        left = {name: value for name, value in stated.items() if name != fact}
        company = subject.companies.judged(base, call.name, call.round.number, left)
        before = subject.companies.judged(base, call.name, call.round.number, stated)
        if company is not None and before is not None and company.answer != before.answer:
            return pasted(company, f"without {fact}", subject.rules.book)
    return None


def facts_of_application(call: Call) -> frozenset[str]:
    """Return the facts by which an application is decided: those of requirements and of the award."""
    rules = call.rules
    conditions: list[Expression | None] = [one.condition for one in rules.requirements]
    if rules.award is not None:
        conditions += [case.when for case in rules.award.rates]
        conditions += [uplift.when for uplift in rules.award.upper_limit.uplifts]
        conditions += [None if rules.award.eligible_costs is None else rules.award.eligible_costs.total]
    read = frozenset(name for one in conditions if one is not None for name in facts_of(one))
    by = None if rules.award is None else rules.award.upper_limit.by
    return read if by is None else read | {by}


def _unused(what: str, place: Place, of: str, because: str) -> Finding:
    return Finding(f"unused-{what}", place, of, because, "take it away, or name it where it belongs")


def _names_in(drafts: object) -> frozenset[str]:
    """Return every word that drafts use: names in expressions and texts, and values such as a frame's tags."""
    return frozenset(_words_in(drafts))


def _words_in(drafts: object) -> Iterator[str]:
    own_names = {
        id(one.name) for one in parts_under(drafts) if hasattr(one, "name") and isinstance(one.name, ScalarNode)
    }
    for part in parts_under(drafts):
        match part:
            case ExpressionDraft(syntax):
                for name in names_of(syntax):
                    yield from (name, name.partition(".")[0])
            case ScalarNode(value=value) if id(part) not in own_names:
                yield value
                yield from _PLACEHOLDER.findall(value)
