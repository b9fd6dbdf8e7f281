"""Where one more employee, or one more of anything that is counted, changes what is paid: steps between the cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from calculator.answers import fact_value_text
from calculator.cells import Variable
from calculator.decision import Decision
from calculator.eligibility import judge
from calculator.expressions import Fact, OneOf, facts_of
from calculator.figures import figure_text, yen_for_a_drawing, yen_in_a_drawing
from calculator.kinds import Kind
from calculator.messages import message
from calculator.pictures.axes import Axis
from calculator.pictures.drawing import (
    FIRST_LINE,
    LETTER,
    LINE,
    WIDTH,
    Flag,
    Label,
    Picture,
    Row,
    Shape,
    area,
    flags_drawn,
    label_within,
    lanes_height,
    line,
)
from calculator.result.amount import rate_words
from calculator.result.judgment import Judgment
from calculator.rulebook import FactDefinition, Rate
from calculator.text import Text

_TALL = 120
_GAP = 8  # between two steps


@dataclass(frozen=True, slots=True)
class Step:
    """Neighbouring values of a count, from `least` to `most` (None is any), for which the same is paid."""

    least: int
    most: int | None
    rate: Rate
    upper_limit_yen: int
    subsidy_yen: int


def notch_pictures(judgment: Judgment) -> Iterator[Picture]:
    """Yield a picture for every count on which the rate or the upper limit hangs and that makes a difference here."""
    for variable, fact in counts_of(judgment):
        steps = steps_of(judgment, variable, fact)
        if len(steps) > 1:
            yield _Drawing(judgment, fact, steps).picture()


def steps_of(judgment: Judgment, variable: Variable, fact: FactDefinition) -> tuple[Step, ...]:
    """Return what is paid for each value of a count, all other facts as they are; none while one of them is open."""
    found = []
    for (least, most), value in zip(_ranges(variable, fact), variable.representatives, strict=True):
        answer = judge(judgment.decision, {**judgment.facts, fact.name: value})
        amount = answer.amount
        if amount is None:
            return ()
        paid = amount.subsidy_yen if answer.prospect.may_pass else 0
        found.append(Step(least, most, amount.rate, amount.upper_limit_yen, paid))
    steps = tuple(_joined(found))
    return steps if any(step.subsidy_yen for step in steps) else ()


def counts_of(judgment: Judgment) -> Iterator[tuple[Variable, FactDefinition]]:
    """Yield the counts that rate or limit read, with their cells; not those with which something is worked out."""
    decision, definitions = judgment.decision, judgment.book.facts
    levels = decision.diagrams.levels(decision.rate) | decision.diagrams.levels(decision.limit)
    worked_with = _worked_with(decision)
    for level in sorted(levels):
        subject = decision.variables[level].subject
        if isinstance(subject, Fact) and subject.name not in worked_with:
            fact = definitions[subject.name]
            if fact.kind is Kind.COUNT and not fact.optional:
                yield decision.variables[level], fact


def _worked_with(decision: Decision) -> frozenset[str]:
    """Return the facts that stand in an amount or a calculation, where each value can make a difference of its own."""
    award = decision.award
    costs = () if award is None or award.eligible_costs is None else (award.eligible_costs.total,)
    limits = decision.diagrams.values(decision.limit) - {None}
    measured = (one.subject for one in decision.variables if not isinstance(one.subject, Fact | OneOf))
    return frozenset().union(*(facts_of(one) for one in (*costs, *limits, *measured)))


def _ranges(variable: Variable, fact: FactDefinition) -> list[tuple[int, int | None]]:
    """Return the least and the most whole value of each cell; the borders come from the rules' own thresholds."""
    cuts = [cut.at for cut in variable.cuts or () if isinstance(cut.at, int)]
    starts = [fact.at_least or 0, *cuts]
    return list(zip(starts, [*(cut - 1 for cut in cuts), None], strict=True))


def _joined(steps: list[Step]) -> Iterator[Step]:
    """Yield neighbours that are paid alike as one."""
    for _, alike in groupby(steps, key=lambda step: (step.rate, step.upper_limit_yen, step.subsidy_yen)):
        some = list(alike)
        yield replace(some[0], most=some[-1].most)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The picture of `steps` as bars side by side, as high as what is paid."""

    judgment: Judgment
    fact: FactDefinition
    steps: tuple[Step, ...]

    def picture(self) -> Picture:
        flags = [Flag(self._middle(place), self._say("yours"), is_own=True) for place in self._own()]
        top = LINE + lanes_height(flags) + LINE + 4
        up = Axis.over(0, self._most, (top + _TALL, top), 2)
        shapes, labels = flags_drawn(flags, min((self._head(place, up) for place in self._own()), default=0), LINE)
        return Picture(
            name=f"notches-{self.fact.name}",
            title=self._say("title", fact=self.fact.label),
            remarks=(*self._falls(), self._say("others")),
            height=up.start + LINE + 6,
            shapes=(*self._bars(up), line("ground", ((0, up.start), (WIDTH, up.start))), *shapes),
            labels=(*self._labels(up), *labels),
            columns=(self.fact.label, *map(self._say, ("rate", "upper_limit", "subsidy"))),
            rows=tuple(self._row(place) for place in range(len(self.steps))),
        )

    @property
    def _most(self) -> int:
        return max(step.subsidy_yen for step in self.steps)

    def _own(self) -> list[int]:
        """Return the place of the step that the applicant stands on, if that is known."""
        value = self.judgment.facts.get(self.fact.name)
        if not isinstance(value, int):
            return []
        return [
            place
            for place, step in enumerate(self.steps)
            if step.least <= value and (step.most is None or value <= step.most)
        ]

    def _edges(self, place: int) -> tuple[int, int]:
        count = len(self.steps)
        return WIDTH * place // count + _GAP // 2, WIDTH * (place + 1) // count - _GAP // 2

    def _middle(self, place: int) -> int:
        return sum(self._edges(place)) // 2

    def _head(self, place: int, up: Axis) -> int:
        """Return where the figure over a bar begins."""
        return up.at(self.steps[place].subsidy_yen) - LINE - 2

    def _bars(self, up: Axis) -> Iterator[Shape]:
        for place, step in enumerate(self.steps):
            (left, right), head = self._edges(place), up.at(step.subsidy_yen)
            look = "own-bar" if place in self._own() else "bar"
            yield area(look, ((left, up.start), (left, head), (right, head), (right, up.start)))

    def _labels(self, up: Axis) -> Iterator[Label]:
        for place, step in enumerate(self.steps):
            drawn = yen_for_a_drawing(step.subsidy_yen, self._most)
            yield label_within("figure", self._middle(place), up.at(step.subsidy_yen) - 5, yen_in_a_drawing(drawn))
            yield label_within("mark", self._middle(place), up.start + LETTER + 4, self._short_range(step))
        yield label_within("axis-label", 0, FIRST_LINE, self._say("axis"))

    def _short_range(self, step: Step) -> Text:
        if step.most is None:
            return self._say("short_from", least=f"{step.least:,}")
        if step.least == step.most:
            return Text(f"{step.least:,}", f"{step.least:,}")
        return self._say("short_between", least=f"{step.least:,}", most=f"{step.most:,}")

    def _range(self, step: Step) -> Text:
        if step.most is None:
            return self._say("from", least=self._counted(step.least))
        if step.least == step.most:
            return self._counted(step.least)
        return self._say("between", least=f"{step.least:,}", most=self._counted(step.most))

    def _row(self, place: int) -> Row:
        step, book = self.steps[place], self.judgment.book
        limit, subsidy = (figure_text(Kind.YEN, amount) for amount in (step.upper_limit_yen, step.subsidy_yen))
        return Row((self._range(step), rate_words(book, step.rate), limit, subsidy), is_own=place in self._own())

    def _falls(self) -> Iterator[Text]:
        """Yield, for each step down, how much less is paid for one more."""
        for one, other in pairwise(self.steps):
            if one.most is not None and other.subsidy_yen < one.subsidy_yen:
                yield self._say(
                    "falls",
                    before=self._counted(one.most),
                    after=self._counted(other.least),
                    more=figure_text(Kind.YEN, one.subsidy_yen),
                    less=figure_text(Kind.YEN, other.subsidy_yen),
                )

    def _counted(self, value: int) -> Text:
        return fact_value_text(self.fact, value)

    def _say(self, name: str, **parts: Text | str) -> Text:
        return message(self.judgment.book.messages, f"picture_notches_{name}", **parts)
