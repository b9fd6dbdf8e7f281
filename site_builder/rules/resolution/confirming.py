"""What a round confirms of the rules that it takes over: drafts go in, and come out cited as its documents have them.

Whatever is cited is a unit: a requirement, a rate, a figure. A unit that the round's documents do not speak for keeps
its place and is marked as unconfirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar, cast

from calculator.rulebook import CitationStatus
from site_builder.errors import Place
from site_builder.rules.drafts.awards import AwardDraft, BoundDraft, OpenAwardDraft
from site_builder.rules.drafts.carried import AddedDraft, ConfirmedDraft
from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
from site_builder.rules.drafts.requirements import SelectionDraft
from site_builder.rules.drafts.statements import CitationDraft, StatementDraft
from site_builder.rules.resolution.carrying import line_of
from site_builder.rules.resolution.changing import frame_as_changed, shared_as_changed
from site_builder.rules.syntax import ExpressionDraft, NameSyntax
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import SourceFile
from site_builder.sources.texts import TextDraft

if TYPE_CHECKING:
    from collections.abc import Callable

    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.rule_sets import HeadDraft, RuleSetFileDraft, SharedDraft

T = TypeVar("T")

_IN_A_TEXT = re.compile(r"\{([a-z][a-z0-9_]*)\}")
#: Parts of drafts in which nothing is cited.
_LEAVES = (ScalarNode, SourceFile, ExpressionDraft, TextDraft, Place, str, int)
#: What rests on no document of a round: there a confirmation of many things leaves the place as it is.
_NOT_OF_DOCUMENTS = (CitationStatus.CONVENTION, CitationStatus.OUTSIDE)


@dataclass(frozen=True, slots=True)
class InRound:
    """All rules, a rule set and a round, as they are cited in that round."""

    rules: RulesDraft
    rule_set: RuleSetDraft
    round: RoundDraft


def in_round(rules: RulesDraft, rule_set: RuleSetDraft, round_: RoundDraft) -> InRound:
    """Return the rules as `round_` has them; those of a round that takes nothing over are as they are written."""
    line = line_of(rule_set, round_)
    found = InRound(rules, rule_set, round_)
    for one in line[1:]:
        found = _Confirming(found, one, marks=one is round_).all()
    return found


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something that is cited: the words by which it can be confirmed, and the figures that it names.

    `code` is its own code, and `topics` what it is about; `frame` is the frame in whose file it stands, if it is one.
    """

    citation: CitationDraft
    topics: tuple[str, ...]
    frame: str | None
    code: str | None = None
    figure: str | None = None
    definition: str | None = None
    named: tuple[str, ...] = ()
    is_prose: bool = False


class _Confirming:
    """One round's confirmations, put over the rules as the rounds before it have them.

    Only the last round of a line `marks` what it does not confirm.
    """

    def __init__(self, before: InRound, round_: RoundDraft, *, marks: bool) -> None:
        self._before = before
        self._round = round_
        self._marks = marks
        assert round_.carried is not None  # noqa: S101 - what a line is made of
        self._carried = round_.carried
        self._by_figure: dict[str, tuple[CitationDraft | None, bool]] = {}

    def all(self) -> InRound:
        """Return all rules, cited as the round has them."""
        self._learn_figures()
        return self._over(self._cited)

    def _over(self, cite: Callable[[_Unit], CitationDraft]) -> InRound:
        rules, rule_set = self._before.rules, self._before.rule_set
        names = {name for one in rule_set.frames.values() for name in one.figures} | set(rule_set.file.figures)
        names |= set(self._before.round.added.figures)
        walker = _Walker(cite, frozenset(names))
        without = {name.value for name in self._carried.without_notes}
        offered = None if self._carried.frames is None else self._carried.frames.citation
        file = walker.rule_set_file(rule_set.file, without)
        file = replace(file, shared=shared_as_changed(file.shared, self._carried))
        frames = {slug: walker.frame(one, without, offered) for slug, one in rule_set.frames.items()}
        as_changed = {slug: frame_as_changed(one, self._carried) for slug, one in frames.items()}
        return InRound(
            replace(rules, defined=replace(rules.defined, definitions=walker.of_names(rules.definitions, ()))),
            replace(rule_set, file=file, frames=as_changed),
            replace(
                self._before.round, figures=self._figures(walker), awards=(), repayments=(), added=self._added(walker)
            ),
        )

    def _figures(self, walker: _Walker) -> dict[str, FigureDraft]:
        """Return the figures of the last round: those that it takes over are cited like all others."""
        own = self._before.round.carried.own_figures if self._before.round.carried is not None else frozenset()
        figures = self._before.round.figures
        cited = walker.of_names({name: one for name, one in figures.items() if name not in own}, ())
        return {name: cited.get(name, one) for name, one in figures.items()}

    def _added(self, walker: _Walker) -> AddedDraft:
        """Return the names that the last round has beyond those of its rule set, its own cited as it is written."""
        carried, every = self._before.round.carried, self._before.round.added
        own = AddedDraft() if carried is None else carried.added
        figures = walker.of_names(every.figures, ())
        definitions = walker.of_names(every.definitions, ("applicants",))
        return AddedDraft(
            {name: one if name in own.figures else figures[name] for name, one in every.figures.items()},
            {name: one if name in own.definitions else definitions[name] for name, one in every.definitions.items()},
            every.open_points,
        )

    # --- what is confirmed -------------------------------------------------------------------------------------------

    def _learn_figures(self) -> None:
        """Note where the round states each figure: as its own, by name, or with what names it, in this order."""
        for name in self._carried.own_figures:
            self._by_figure[name] = (self._round.figures[name].citation, True)
        for name, figure in self._carried.added.figures.items():
            self._by_figure[name] = (figure.citation, True)
        for entry in self._carried.confirmed:
            for named in entry.names["figures"]:
                self._by_figure.setdefault(named.value, (entry.citation, True))
        self._over(self._learn)

    def _learn(self, unit: _Unit) -> CitationDraft:
        """Note the figures of a unit that is named itself: the place of a condition is that of its figures."""
        entry = self._narrow_entry(unit)
        if entry is not None and not unit.is_prose:
            for name in unit.named:
                self._by_figure.setdefault(name, (entry.citation, False))
        return unit.citation

    def _narrow_entry(self, unit: _Unit) -> ConfirmedDraft | None:
        """Return the entry that names the unit, by its own name or code, or by what it is about."""
        return self._first(
            lambda entry: _names(entry, unit),
            lambda entry: any(_has(entry, "about", topic) for topic in unit.topics),
        )

    def _wide_entry(self, unit: _Unit) -> ConfirmedDraft | None:
        """Return the entry that means the unit among many: its frame, every figure, everything."""
        return self._first(
            lambda entry: _has(entry, "frames", unit.frame),
            lambda entry: unit.figure is not None and "figures" in entry.all_of,
            lambda entry: unit.definition is not None and "definitions" in entry.all_of,
            lambda entry: entry.everything,
        )

    def _first(self, *tests: Callable[[ConfirmedDraft], bool]) -> ConfirmedDraft | None:
        found = (entry for holds in tests for entry in self._carried.confirmed if holds(entry))
        return next(found, None)

    def _cited(self, unit: _Unit) -> CitationDraft:
        found = self._confirmed(unit)
        if found is not None or not self._marks:
            return unit.citation if found is None else found
        if unit.citation.status is CitationStatus.PRINTED and self._is_printed(unit.citation):
            return unit.citation
        return replace(unit.citation, status=CitationStatus.UNCONFIRMED)

    def _confirmed(self, unit: _Unit) -> CitationDraft | None:
        """Return where the round's documents have the unit; None where they do not say so."""
        narrow = self._narrow_entry(unit)
        entry = narrow or self._wide_entry(unit)
        if unit.figure is not None and unit.figure in self._by_figure:
            return self._by_figure[unit.figure][0] or unit.citation
        if unit.definition in self._carried.added.definitions:
            return unit.citation
        if narrow is not None and narrow.citation is not None:
            return narrow.citation if _names(narrow, unit) else _among_many(narrow, unit)
        place = self._place_of_figures(unit)
        if place is not None and (entry is not None or self._is_told_by_figures(unit)):
            return place
        if place is not None:
            return replace(place, status=CitationStatus.UNCONFIRMED) if self._marks else place
        if entry is not None:
            return _among_many(entry, unit)
        return unit.citation if unit.named and self._is_told_by_figures(unit) else None

    def _place_of_figures(self, unit: _Unit) -> CitationDraft | None:
        """Return the place of a figure of the unit that the round gives or confirms by name, a changed one first.

        Beside a figure of this round there never stands the place of an earlier round alone.
        """
        own = [name for name in unit.named if name in self._carried.own_figures]
        by_name = [name for name in unit.named if self._by_figure.get(name, (None, False))[1]]
        return next((place for name in (*own, *by_name) if (place := self._by_figure[name][0]) is not None), None)

    def _is_told_by_figures(self, unit: _Unit) -> bool:
        """Say whether all that can change of the unit are figures, and the round states each of them."""
        if unit.is_prose:
            return False
        every = any("figures" in entry.all_of for entry in self._carried.confirmed)
        return every or all(name in self._by_figure for name in unit.named)

    def _is_printed(self, citation: CitationDraft) -> bool:
        source = self._before.rules.sources.get(citation.source.value)
        return source is not None and source.speaks_of(self._before.rule_set.slug, self._round.number)


def _names(entry: ConfirmedDraft, unit: _Unit) -> bool:
    return _has(entry, "about", unit.code) or _has(entry, "definitions", unit.definition)


def _among_many(entry: ConfirmedDraft, unit: _Unit) -> CitationDraft:
    """Return the place of a unit that is confirmed with others: what rests on no document does not rest on one now."""
    keeps = entry.citation is None or unit.citation.status in _NOT_OF_DOCUMENTS
    return unit.citation if keeps or entry.citation is None else entry.citation


def _has(entry: ConfirmedDraft, what: str, name: str | None) -> bool:
    return name is not None and any(one.value == name for one in entry.names[what])


class _Walker:
    """Goes through drafts and puts the citation that `cite` gives in the place of each."""

    def __init__(self, cite: Callable[[_Unit], CitationDraft], figures: frozenset[str]) -> None:
        self._cite = cite
        self._figures = figures

    def rule_set_file(self, file: RuleSetFileDraft, without: set[str]) -> RuleSetFileDraft:
        """Return what frames share."""
        return replace(
            file,
            head=self._head(file.head, without),
            shared=self._shared(file.shared),
            definitions=self.of_names(file.definitions, ("applicants",)),
            figures=self.of_names(file.figures, ()),
        )

    def _head(self, head: HeadDraft, without: set[str]) -> HeadDraft:
        """Return what the rule set says of itself; what it says of earlier rounds stays as it is."""
        of_all = ("frame",)
        return replace(
            head,
            budget=self.of(head.budget, of_all),
            purpose=self.of(head.purpose, of_all),
            statements=self.of(head.statements, of_all),
            notes={name: one for name, one in head.notes.items() if name not in without},
        )

    def _shared(self, shared: SharedDraft) -> SharedDraft:
        return replace(
            shared,
            requirements=self.of(shared.requirements, ()),
            applicants=self.of(shared.applicants, ("applicants",)),
            repayment=self.of(shared.repayment, ("repayment",)),
            selection=self._selection(shared.selection, None),
            eligible_costs=self.of(shared.eligible_costs, ("eligible_costs",)),
            rounding=self.of(shared.rounding, ("rate",)),
            rate_change=self.of(shared.rate_change, ("rate",)),
            account_lead_time=self.of(shared.account_lead_time, ("schedule",)),
            joint=self.of(shared.joint, ("applicants",)),
            clawback=self.of(shared.clawback, ("repayment",)),
            repayments=self.of(shared.repayments, ("repayment",)),
        )

    def frame(self, frame: FrameDraft, without: set[str], offered: CitationDraft | None) -> FrameDraft:
        """Return a frame; `offered` is where the round's documents list its frames."""
        slug = frame.slug
        place = self.of(frame.offered.citation, ("frame",), slug) if offered is None else offered
        return replace(
            frame,
            purpose=self.of(frame.purpose, ("frame",), slug),
            offered=replace(frame.offered, citation=place),
            definitions=self.of_names(frame.definitions, ("applicants",), slug),
            figures=self.of_names(frame.figures, (), slug),
            requirements=self.of(frame.requirements, (), slug),
            additional_statements=self.of(frame.additional_statements, ("frame",), slug),
            award=self._award(frame.award, slug),
            selection=self._selection(frame.selection, slug),
            reexamination=self.of(frame.reexamination, ("selection",), slug),
            joint=self.of(frame.joint, ("applicants",), slug),
            consortium=self.of(frame.consortium, ("applicants",), slug),
            repayment=self.of(frame.repayment, ("repayment",), slug),
            clawback=self.of(frame.clawback, ("repayment",), slug),
            notes={name: one for name, one in frame.notes.items() if name not in without},
        )

    def _award(self, award: AwardDraft | OpenAwardDraft | None, slug: str) -> AwardDraft | OpenAwardDraft | None:
        if isinstance(award, OpenAwardDraft):
            rate, limit = self.of(award.rate, ("rate",), slug), self.of(award.upper_limit, ("upper_limit",), slug)
            return replace(award, rate=rate, upper_limit=limit)
        if award is None:
            return None
        return replace(
            award,
            rates=self.of(award.rates, ("rate",), slug),
            upper_limit=self.of(award.upper_limit, ("upper_limit",), slug),
            lower_limit=self.of(award.lower_limit, ("lower_limit",), slug),
            eligible_costs=self.of(award.eligible_costs, ("eligible_costs",), slug),
        )

    def _selection(self, selection: SelectionDraft, slug: str | None) -> SelectionDraft:
        return self.of(selection, ("selection",), slug)

    def of_names(self, drafts: Mapping[str, T], topics: tuple[str, ...], frame: str | None = None) -> Mapping[str, T]:
        """Return figures or definitions, each of which can be confirmed by its name."""
        return {name: self._unit(one, topics, frame) for name, one in drafts.items()}

    def of(self, draft: T, topics: tuple[str, ...], frame: str | None = None) -> T:
        """Return `draft`, which is about `topics`, with the citations of all units in it."""
        found: object
        match draft:
            case CitationDraft():
                found = self._cite(_Unit(draft, topics, frame))
            case Mapping():
                found = {name: self.of(one, topics, frame) for name, one in draft.items()}
            case tuple():
                found = tuple(self.of(one, topics, frame) for one in draft)
            case _ if not is_dataclass(draft) or isinstance(draft, _LEAVES):
                found = draft
            case _:
                found = self._unit(draft, topics, frame)
        return cast("T", found)

    def _unit(self, draft: T, topics: tuple[str, ...], frame: str | None) -> T:
        """Return a record with its own citation, where it has one, and with those of the units in it."""
        parts: dict[str, object] = {
            one.name: self.of(getattr(draft, one.name), topics, frame)
            for one in fields(draft)  # type: ignore[arg-type]  # a dataclass
            if one.name != "citation"
        }
        own = getattr(draft, "citation", None)
        if isinstance(own, CitationDraft):
            code, name = getattr(draft, "code", None), getattr(draft, "name", None)
            unit = _Unit(
                citation=own,
                topics=topics,
                frame=frame,
                code=code.value if isinstance(code, ScalarNode) else None,
                figure=name.value if isinstance(draft, FigureDraft) and isinstance(name, ScalarNode) else None,
                definition=name.value if isinstance(draft, DefinitionDraft) and isinstance(name, ScalarNode) else None,
                named=self._named(draft),
                is_prose=isinstance(draft, StatementDraft),
            )
            parts["citation"] = self._cite(unit)
        return replace(draft, **parts)  # type: ignore[type-var]  # a dataclass

    def _named(self, draft: object) -> tuple[str, ...]:
        """Return the figures that a unit names, each once; a figure names none."""
        if isinstance(draft, FigureDraft):
            return ()
        return tuple(dict.fromkeys(name for name in _named_in(draft, is_whole=True) if name in self._figures))


def _named_in(draft: object, *, is_whole: bool = False) -> Iterator[str]:
    """Yield every name in the texts and expressions of a unit, but not of the units in it (unless it `is_whole`)."""
    match draft:
        case TextDraft(ja, en):
            yield from (name for words in (ja, en) for name in _IN_A_TEXT.findall(words.value))
        case BoundDraft(node, None):
            yield node.value
        case NameSyntax(name):
            yield name
        case Mapping():
            yield from (name for part in draft.values() for name in _named_in(part))
        case tuple():
            yield from (name for part in draft for name in _named_in(part))
        case _ if is_dataclass(draft) and not isinstance(draft, ScalarNode | SourceFile | Place):
            if is_whole or not isinstance(getattr(draft, "citation", None), CitationDraft):
                yield from (name for one in fields(draft) for name in _named_in(getattr(draft, one.name)))
