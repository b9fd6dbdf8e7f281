"""Rules become the records that are published."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, get_args

from calculator import rulebook
from calculator.expressions import Expression, Named, Scalar, walk
from calculator.figures import decimal_text
from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import FactDefinition, FrameRules, RuleBook
from calculator.text import Text
from site_builder.rules import model
from site_builder.rules.notation import expression_text
from site_builder.site.addresses import Address, data_address
from site_builder.site.calls import Call
from site_builder.site.data import records
from site_builder.site.statements import shown_definitions

_EXPRESSIONS: tuple[Any, ...] = get_args(Expression)
#: Kinds whose values are whole numbers in JSON.
_OF_AN_AWARD = ("rate", "upper_limit", "uplift", "lower_limit")
_WHOLE = (Kind.YEN, Kind.COUNT, Kind.MONTHS)


def round_record(call: Call, book: RuleBook) -> records.Round:
    """Return all that is published of a round, its frames apart."""
    one = call.round
    return records.Round(
        edition=book.edition,
        rule_set=call.rule_set.slug,
        round=one.number,
        name=one.name,
        state=records.RoundState.PLACEHOLDER if one.is_placeholder else records.RoundState.PUBLISHED,
        summary=one.summary,
        pages=_pages(call.address),
        purpose=_statement(one.purpose),
        funding=_statement(one.budget),
        schedule=moments(one.schedule, book),
        frames=frame_references(call),
        documents=tuple(
            records.Document(each.name, each.title, each.text, each.posted, each.citation) for each in one.documents
        ),
        statements=_statements(one.statements),
        changes=tuple(
            records.Change(each.name, each.label, each.before, each.after, each.citation)
            for each in call.rule_set.changes
        ),
        notes=_notes(one.notes),
    )


def frame_references(call: Call) -> tuple[records.FrameReference, ...]:
    """Return the frames of a round, and where the file of each is."""
    return tuple(
        records.FrameReference(frame.slug, frame.rules.name, data_address(call.frame_address(frame.slug), ".json"))
        for frame in call.round.frames
    )


def frame_record(frame: model.FrameInRound, call: Call, book: RuleBook) -> records.Frame:
    """Return all that is published of a frame in a round."""
    own, maker = frame.rules, _Maker(book)
    return records.Frame(
        edition=book.edition,
        rule_set=call.rule_set.slug,
        round=call.round.number,
        frame=frame.slug,
        name=own.name,
        state=state_of(own),
        pages=_pages(call.frame_address(frame.slug)),
        purpose=_statement(frame.purpose),
        offered=frame.offered,
        follows=_follows(frame.follows),
        schedule=moments(call.round.schedule_of(frame), book),
        applicants=_statements(frame.applicants),
        definitions=maker.definitions(frame),
        requirements=maker.requirements(own),
        award=None if own.award is None else maker.award(own.award),
        open_award=_open_award(own),
        open_points=_open_points(own, book),
        rate_change=_sentence(own.rate_change),
        reexamination=_sentence(own.reexamination),
        consortium=maker.consortium(own.consortium),
        joint=None if own.joint is None else own.joint.citation,
        together=tuple(records.Together(part.name, part.rule_set.rpartition("/")[2]) for part in own.parts),
        statements=_statements(frame.additional_statements),
        repayment=_statements(frame.repayment),
        clawback=maker.clawback(own.clawback),
        figures=figures(frame, book.facts),
        notes=_notes(frame.notes),
    )


def state_of(own: FrameRules) -> records.FrameState:
    """Say how much the documents settle of what a frame gives."""
    if own.award is not None:
        return records.FrameState.SETTLED
    return records.FrameState.EXPECTED if own.open_award is None else records.FrameState.OPEN


def moments(schedule: Iterable[model.ScheduleEntry], book: RuleBook) -> tuple[records.Moment, ...]:
    """Return a schedule: what is printed, or that it is not, and what outside sources report."""
    return tuple(found for entry in schedule for found in _moments(entry, book))


def _moments(entry: model.ScheduleEntry, book: RuleBook) -> Iterator[records.Moment]:
    label = message(book.messages, f"moment_{entry.name}")
    printed, reported = (entry.moment, entry.day), (entry.reported, entry.reported_day)
    if printed == (None, None):
        yield records.Moment(entry.name, label, None, None, records.MomentStatus.NOT_PRINTED, None)
    for moment, day in (printed, reported):
        found = moment or day
        if found is not None:
            status = records.MomentStatus(found.citation.status.value)
            at, on = None if moment is None else moment.at, None if day is None or moment is not None else day.on
            yield records.Moment(entry.name, label, at, on, status, found.citation)


def figures(frame: model.FrameInRound, facts: Mapping[str, FactDefinition]) -> tuple[records.Figure, ...]:
    """Return the figures of a frame by their names in the rule language, each with the words in which it stands.

    They are those of its award, and of all others those that its rules, texts and notes do name. The borders of tiers
    and slices, which no text can name, are called after them: `upper_limit.1.to`.
    """
    sentences = _sentences(frame.rules)
    named = (
        records.Figure(
            one.name,
            one.value.kind,
            figure_value(one.value.kind, one.value.value),
            sentences.get(one.name) or one.label or one.text,
            one.citation,
        )
        for one in frame.figures.values()
        if one.name in frame.named or one.name.split(".")[0] in _OF_AN_AWARD
    )
    return (*named, *_borders(frame.rules, facts))


def figure_value(kind: Kind, value: Scalar) -> int | str:
    """Return a figure as JSON and CSV write it: whole numbers as such, all others exactly, as text."""
    if kind in _WHOLE and isinstance(value, int):
        return value
    if kind is Kind.PERCENT:
        return decimal_text(value).replace(",", "")  # type: ignore[arg-type]  # a percentage is a fraction
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _sentences(own: FrameRules) -> dict[str, Text]:
    """Return the sentence of each figure of an award, by the figure's name."""
    award = own.award
    if award is None:
        return {}
    limit = award.upper_limit
    return {
        **{f"rate.{number}": case.sentence for number, case in enumerate(award.rates, start=1)},
        **{f"upper_limit.{number}": tier.sentence for number, tier in enumerate(limit.tiers, start=1)},
        **{f"uplift.{number}": uplift.sentence for number, uplift in enumerate(limit.uplifts, start=1)},
        **({} if award.lower_limit is None else {"lower_limit": award.lower_limit.sentence}),
    }


def _borders(own: FrameRules, facts: Mapping[str, FactDefinition]) -> Iterator[records.Figure]:
    award = own.award
    if award is None:
        return
    limit = award.upper_limit
    for number, tier in enumerate(limit.tiers, start=1):
        for side, border in (("from", tier.start), ("to", tier.end)):
            if border is not None and limit.by is not None:
                name, kind = f"upper_limit.{number}.{side}", facts[limit.by].kind
                yield records.Figure(name, kind, border, tier.sentence, limit.citation)
    for number, case in enumerate(award.rates, start=1):
        for place, one in enumerate(case.rate.slices if len(case.rate.slices) > 1 else (), start=1):
            name = f"rate.{number}.slice.{place}"
            yield records.Figure(name, Kind.RATE, str(one.rate), case.sentence, case.citation)
            if one.up_to_yen is not None:
                yield records.Figure(f"{name}.up_to", Kind.YEN, one.up_to_yen, case.sentence, case.citation)


def _pages(address: Address) -> records.Pages:
    return records.Pages(address.path("ja"), address.path("en"))


def _statement(one: model.Statement) -> records.Statement:
    return records.Statement(one.name, one.label, one.text, one.citation)


def _statements(all_of: Iterable[model.Statement]) -> tuple[records.Statement, ...]:
    return tuple(map(_statement, all_of))


def _notes(all_of: Iterable[model.Note]) -> tuple[records.Note, ...]:
    return tuple(records.Note(one.name, one.about, one.text, one.citations) for one in all_of)


def _sentence(rule: rulebook.RateChange | rulebook.Reexamination | None) -> records.CitedSentence | None:
    return None if rule is None else records.CitedSentence(rule.sentence, rule.citation)


def _follows(one: model.Follows | None) -> records.Follows | None:
    if one is None:
        return None
    rule_set, _, frame = one.rule_set.rpartition("/")
    return records.Follows(rule_set, frame, one.citation)


def _open_award(own: FrameRules) -> records.OpenAward | None:
    award = own.open_award
    if award is None:
        return None
    rate, limit = award.rate, award.upper_limit
    return records.OpenAward(
        None if rate is None else records.RateRange(rate.least, rate.most, rate.sentence, rate.citation),
        None if limit is None else records.LimitRange(limit.least_yen, limit.most_yen, limit.sentence, limit.citation),
    )


def _open_points(own: FrameRules, book: RuleBook) -> tuple[records.OpenPoint, ...]:
    names = (*(() if own.open_award is None else (own.open_award.point,)), *own.open_points)
    return tuple(records.OpenPoint(name, book.open_points[name]) for name in names)


class _Maker:
    """Makes the records that hold expressions."""

    def __init__(self, book: RuleBook) -> None:
        self._facts = book.facts

    def _text(self, expression: Expression) -> str:
        return expression_text(expression, self._facts)

    def _when(self, expression: Expression | None) -> str | None:
        return None if expression is None else self._text(expression)

    def definitions(self, frame: model.FrameInRound) -> tuple[records.Definition, ...]:
        bodies = {
            part.name: part.body
            for whole in _expressions_in(frame.rules)
            for part in walk(whole)
            if isinstance(part, Named)
        }
        return tuple(
            records.Definition(
                one.name, one.label, one.sentence, self._text(bodies[one.name]), one.explanation, one.citation
            )
            for one in shown_definitions([frame])
        )

    def requirements(self, own: FrameRules) -> tuple[records.Requirement, ...]:
        joint = () if own.joint is None else own.joint.requirements
        groups = records.Group
        return (
            *(
                self._requirement(one, groups.ADDITIONAL if one.additional else groups.BASIC)
                for one in own.requirements
            ),
            *(self._requirement(one, groups.JOINT) for one in joint),
            *(self._requirement(one, groups.BONUS) for one in own.bonuses),
            *(self._requirement(one, groups.DEDUCTION) for one in own.deductions),
            *(self._point_limit(one) for one in own.point_limits),
        )

    def _requirement(
        self, one: rulebook.Requirement | rulebook.SelectionItem, group: records.Group
    ) -> records.Requirement:
        explanation = one.explanation if isinstance(one, rulebook.Requirement) else None
        text = self._text(one.condition)
        return records.Requirement(one.code, group, one.label, one.sentence, text, explanation, one.citation)

    def _point_limit(self, one: rulebook.PointLimit) -> records.Requirement:
        text = f"{' + '.join(one.of)} <= {one.at_most}"
        return records.Requirement(
            one.code, records.Group.POINT_LIMIT, one.label, one.sentence, text, None, one.citation
        )

    def award(self, award: rulebook.Award) -> records.Award:
        lower = award.lower_limit
        return records.Award(
            rates=tuple(map(self._rate, award.rates)),
            upper_limit=self._upper_limit(award.upper_limit),
            lower_limit=None
            if lower is None
            else records.LowerLimit(lower.code, lower.amount_yen, lower.sentence, lower.citation),
            eligible_costs=None if award.eligible_costs is None else self._costs(award.eligible_costs),
            rounding=award.rounding,
        )

    def _rate(self, case: rulebook.RateCase) -> records.Rate:
        slices = tuple(records.Slice(one.rate, one.up_to_yen) for one in case.rate.slices)
        return records.Rate(
            self._when(case.when), case.sentence, slices, case.rate.of, case.rate.is_fixed, case.citation
        )

    def _upper_limit(self, limit: rulebook.UpperLimit) -> records.UpperLimit:
        return records.UpperLimit(
            by=limit.by,
            by_label=None if limit.by is None else self._facts[limit.by].label,
            tiers=tuple(
                records.Tier(tier.start, tier.end, tier.amount_yen, self._text(tier.amount), tier.sentence)
                for tier in limit.tiers
            ),
            uplifts=tuple(
                records.Uplift(
                    self._text(one.when),
                    rulebook.constant_yen(one.amount),
                    self._text(one.amount),
                    one.sentence,
                    one.citation,
                )
                for one in limit.uplifts
            ),
            citation=limit.citation,
        )

    def _costs(self, costs: rulebook.EligibleCosts) -> records.EligibleCosts:
        fields = () if costs.rows is None else self._facts[costs.rows].fields
        labels = {choice.name: choice.label for field in fields for choice in field.choices}
        return records.EligibleCosts(
            tuple(records.Category(name, labels[name]) for name in costs.categories),
            self._text(costs.total),
            costs.sentence,
            costs.citation,
        )

    def consortium(self, one: rulebook.Consortium | None) -> records.Consortium | None:
        if one is None:
            return None
        pool = one.pool
        if pool is None:
            return records.Consortium(None, one.citation)
        amount = self._text(pool.amount)
        return records.Consortium(
            records.Pool(pool.code, pool.label, amount, pool.sentence, pool.citation), one.citation
        )

    def clawback(self, one: rulebook.Clawback | None) -> records.Clawback | None:
        if one is None:
            return None
        whole = (records.Duty("whole", one.total.sentence, tuple(map(self._case, one.whole))),) if one.whole else ()
        parts = tuple(records.Duty(part.name, part.label, tuple(map(self._case, part.cases))) for part in one.parts)
        return records.Clawback((*whole, *parts), one.total.sentence, one.total.citation)

    def _case(self, case: rulebook.ClawbackCase) -> records.RepaymentCase:
        return records.RepaymentCase(
            reason=case.reason,
            label=case.label,
            when=self._when(case.when),
            counts_only_if_stated=case.counts_only_if_stated,
            expression=self._text(case.amount),
            sentence=case.sentence,
            citation=case.citation,
        )


def _expressions_in(value: object) -> Iterator[Expression]:
    """Yield every whole expression anywhere in a record."""
    if isinstance(value, _EXPRESSIONS):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _expressions_in(getattr(value, field.name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _expressions_in(part)
