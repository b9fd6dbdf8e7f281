"""What the documents say in words: statements of rounds and budgets, notes, and how questions are explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.text import Text
from site_builder.rules.asking import figures_named
from site_builder.rules.model import Note, Rules, Statement
from site_builder.site.addresses import Link
from site_builder.site.blocks.budgets import Budget, Way, budgets, grouped, rows_by_budget
from site_builder.site.blocks.sheets import Cell, Footing, Line, Sheet, Table
from site_builder.site.statements import NoteView, StatementView, note_views, statement_view
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and where it stands: a whole budget, or some of its rounds or frames."""

    statement: StatementView
    found_in: tuple[Link, ...]


def statements(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[Said, ...]:
    """Return the statements of rounds that are called `told`, each wording once, the newest first."""
    found: dict[tuple[str, Text], tuple[Statement, list[Link]]] = {}
    for budget in budgets(rules):
        for statement, ways in _stated(budget):
            if statement.name in told:
                _, links = found.setdefault((statement.name, statement.text), (statement, []))
                is_whole = len(ways) == len(dict.fromkeys(way.call.address for way in budget.ways))
                links += [_budget_link(budget, wording)] if is_whole else [_call_link(way, wording) for way in ways]
    ordered = sorted(found.values(), key=lambda one: told.index(one[0].name))
    return tuple(Said(statement_view(one, wording), tuple(dict.fromkeys(links))) for one, links in ordered)


def frame_statements(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[Said, ...]:
    """Return what is said of single frames under the names `told`, as the newest call of each budget has it."""
    found: dict[Statement, list[Link]] = {}
    for budget in budgets(rules):
        for way in budget.newest:
            for statement in way.frame.additional_statements:
                if statement.name in told:
                    found.setdefault(statement, []).append(Link(wording.say(way.frame.rules.name), way.path(wording)))
    return tuple(Said(statement_view(one, wording), tuple(links)) for one, links in found.items())


def frame_statement_names(rules: Rules) -> frozenset[str]:
    """Return the names of what is said of single frames."""
    every = (way.frame.additional_statements for budget in budgets(rules) for way in budget.newest)
    return frozenset(statement.name for some in every for statement in some)


def statement_names(rules: Rules) -> frozenset[str]:
    """Return the names of the statements of all rounds."""
    return frozenset(statement.name for budget in budgets(rules) for statement, _ in _stated(budget))


@dataclass(frozen=True, slots=True)
class Noted:
    """Notes of a budget or a call, and the frames that they are about; no frames where they are about all."""

    place: Link
    frames: str | None
    notes: tuple[NoteView, ...]


def notes(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[Noted, ...]:
    """Return the notes about what is `told` (a requirement's code, or `rate`, `repayment` …), budget by budget."""
    return tuple(
        Noted(_budget_link(budget, wording), frames, note_views(some, wording))
        for budget in budgets(rules)
        for frames, some in _noted(budget, told, wording).items()
    )


def noted_matters(rules: Rules) -> frozenset[str]:
    """Return what notes are about."""
    return frozenset(note.about for budget in budgets(rules) for way in budget.ways for note in way.frame.notes)


@dataclass(frozen=True, slots=True)
class Explained:
    """A question of the self-diagnosis and how it is explained there."""

    anchor: str
    label: str
    question: str
    explanation: str | None


def explained(rules: Rules, wording: Wording, told: tuple[str, ...]) -> tuple[Explained, ...]:
    """Return the questions about the facts `told`, as the self-diagnosis explains them."""
    return tuple(
        Explained(
            f"fact.{name}",
            wording.say_sentence(fact.label),
            wording.say(fact.question),
            wording.say_if_any(fact.explanation),
        )
        for name in told
        if (fact := rules.book.facts.get(name)) is not None
    )


def explained_names(rules: Rules) -> frozenset[str]:
    """Return the names of all facts but those whose question names figures, which only a round's own form has."""
    return frozenset(name for name, fact in rules.book.facts.items() if not figures_named(fact))


def applicants(rules: Rules, wording: Wording) -> Sheet:
    """Return what every budget says of who may apply."""
    footing = Footing("applicants", wording, over_rounds=True)
    groups = grouped(rules, lambda way: tuple((one.label, one.text) for one in way.frame.applicants))
    rows = rows_by_budget(groups, lambda way: (_said_of_applicants(way, footing),), wording)
    columns = (wording.words["guide_applicants_said"],)
    caption = wording.words["round_section_who"]
    return footing.sheet([Table("applicants", caption, wording.words["guide_way"], columns, rows)])


def joint_terms(rules: Rules, wording: Wording) -> Sheet:
    """Return what every budget says of several businesses that apply together."""
    footing = Footing("together", wording, over_rounds=True)
    groups = grouped(rules, _together_gist)
    rows = rows_by_budget(groups, lambda way: (Cell(tuple(_together(way, footing))),), wording)
    columns = (wording.words["guide_together_said"],)
    caption = wording.words["guide_together"]
    return footing.sheet([Table(footing.name, caption, wording.words["guide_way"], columns, rows)])


def _stated(budget: Budget) -> tuple[tuple[Statement, tuple[Way, ...]], ...]:
    """Return the statements of the budget's published rounds, each with a way of every round that says the same."""
    found: dict[tuple[str, Text], tuple[Statement, list[Way]]] = {}
    for way in {way.call.address: way for way in budget.ways}.values():
        for statement in way.call.round.statements:
            _, ways = found.setdefault((statement.name, statement.text), (statement, []))
            ways.append(way)
    return tuple((statement, tuple(ways)) for statement, ways in found.values())


def _call_link(way: Way, wording: Wording) -> Link:
    name = wording.fill("programme_and_round", programme=way.call.programme.short_name, round=way.call.round.name)
    return Link(name, way.call.address.path(wording.language))


def _budget_link(budget: Budget, wording: Wording) -> Link:
    return Link(budget.name(wording), budget.ways[0].call.address.path(wording.language))


def _noted(budget: Budget, told: tuple[str, ...], wording: Wording) -> Mapping[str | None, list[Note]]:
    """Return each note once, by the frames that have it: their names, or None where every frame does."""
    found: dict[Text, tuple[Note, dict[str, Text]]] = {}
    for way in budget.ways:
        for note in way.frame.notes:
            if note.about in told:
                _, frames = found.setdefault(note.text, (note, {}))
                frames[way.frame.slug] = way.frame.rules.name
    by_frames: dict[str | None, list[Note]] = {}
    for note, frames in found.values():
        is_whole = len(frames) == len(budget.newest)
        names = None if is_whole else wording.listed(map(wording.say, frames.values()))
        by_frames.setdefault(names, []).append(note)
    return by_frames


def _said_of_applicants(way: Way, footing: Footing) -> Cell:
    wording = footing.wording
    return Cell(
        tuple(
            footing.line(
                wording.say(one.label), one.citation, path=way.path(wording, "who"), value=wording.say(one.text)
            )
            for one in way.frame.applicants
        )
    )


def _together_gist(way: Way) -> tuple[Text, ...]:
    frame = way.frame.rules
    joint = () if frame.joint is None else tuple(one.sentence for one in frame.joint.requirements)
    pool = () if frame.consortium is None or frame.consortium.pool is None else (frame.consortium.pool.sentence,)
    return (*joint, *pool, *(() if frame.consortium is None else (frame.name,)))


def _together(way: Way, footing: Footing) -> Iterator[Line]:
    frame, wording = way.frame.rules, footing.wording
    if frame.joint is not None:
        yield footing.line(wording.words["joint_lead"], frame.joint.citation, path=way.path(wording, "joint"))
        for one in frame.joint.requirements:
            yield footing.line(wording.say_sentence(one.sentence), one.citation)
    if frame.consortium is not None:
        path = way.path(wording, "consortium")
        yield footing.line(wording.words["consortium_lead"], frame.consortium.citation, path=path)
        if frame.consortium.pool is not None:
            yield footing.line(wording.say_sentence(frame.consortium.pool.sentence), frame.consortium.pool.citation)
