"""Where rounds are numbered, a round can change every figure: each in an expression or an award has a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from calculator.kinds import Kind
from site_builder.rules.drafts.awards import BoundDraft
from site_builder.rules.drafts.folder import RulesDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.reading.folder import read_folder
from site_builder.rules.syntax import ExpressionDraft, ValueSyntax

NUMBERS = frozenset({Kind.YEN, Kind.COUNT, Kind.PERCENT, Kind.RATE, Kind.MONTHS, Kind.DATE, Kind.MOMENT})
#: Whether there is anything at all: these are no figures of a round.
NOTHING_AND_ONE = (0, 1)


def values(syntax: object) -> Iterator[ValueSyntax]:
    if isinstance(syntax, ValueSyntax):
        yield syntax
    elif isinstance(syntax, tuple):
        yield from (value for part in syntax for value in values(part))
    elif is_dataclass(syntax):
        yield from (value for field in fields(syntax) for value in values(getattr(syntax, field.name)))


def unnamed(draft: object) -> Iterator[str]:
    for part in parts_under(draft):
        if isinstance(part, ExpressionDraft):
            for value in values(part.syntax):
                known = value.constant
                if known is not None and known.kind in NUMBERS and known.value not in NOTHING_AND_ONE:
                    yield f"{part.node.place().path}:{part.node.place().line}: {part.node.value}"
        if isinstance(part, BoundDraft) and part.literal is not None:
            yield f"{part.node.place().path}:{part.node.place().line}: {part.node.value}"


def rules() -> RulesDraft:
    return read_folder(Path(__file__).parents[2] / "rules").whole()


def test_no_figure_is_written_without_a_name() -> None:
    draft = rules()
    numbered = [
        rule_set for programme in draft.programmes for rule_set in programme.rule_sets if None not in rule_set.rounds
    ]
    assert len(numbered) > 1
    found = list(unnamed(draft.definitions))
    for rule_set in numbered:
        found += unnamed((rule_set.file.shared, rule_set.file.definitions, rule_set.frames))
    assert found == []


def test_it_is_seen_where_one_is() -> None:
    draft = rules()
    every = [rule_set for programme in draft.programmes for rule_set in programme.rule_sets]
    assert list(unnamed(next(rule_set.frames for rule_set in every if None in rule_set.rounds))) != []
