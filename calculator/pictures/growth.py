"""What a plan must grow by and what it plans, year by year: a requirement goes in, two lines come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from calculator.cells import Cut
from calculator.decision import Condition, Standing
from calculator.expressions import Fact
from calculator.figures import decimal_text, figure_text
from calculator.kinds import Kind
from calculator.measures import Applicant
from calculator.messages import message
from calculator.pictures.axes import Axis, Number
from calculator.pictures.drawing import (
    LETTER,
    LINE,
    WIDTH,
    Anchor,
    Label,
    Picture,
    Row,
    Shape,
    dot,
    grid,
    label_within,
    line,
    width_of,
)
from calculator.result.judgment import Judgment
from calculator.rulebook import FactDefinition, RuleBook
from calculator.text import Text

FIRST_YEAR = 100
"""What the year before the plan is set to."""

_TOP = 10
_TALL = 140
_MARKS = 4


@dataclass(frozen=True, slots=True)
class Growth:
    """A requirement on a yearly growth: its least percentage, which alone is not enough where `is_strict`."""

    condition: Condition
    fact: FactDefinition
    years: int
    required: Fraction
    is_strict: bool
    planned: Fraction | None


def index_after(years: int, yearly_percent: Fraction) -> Fraction:
    """Return what 100 comes to when it grows by the same percentage every year."""
    return FIRST_YEAR * (1 + yearly_percent / 100) ** years


def growth_pictures(judgment: Judgment) -> Iterator[Picture]:
    """Yield a picture for each requirement on a yearly growth, once the length of the plan is known and in order."""
    for growth in growths(judgment):
        yield _Drawing.of(judgment.book, growth).picture()


def growths(judgment: Judgment) -> Iterator[Growth]:
    """Yield the requirements on a yearly growth, with what the visitor's other answers make of their thresholds."""
    decision, definitions = judgment.decision, judgment.book.facts
    for condition in decision.conditions:
        for level in sorted(decision.diagrams.levels(condition.node)):
            subject = decision.variables[level].subject
            if isinstance(subject, Fact) and definitions[subject.name].grows_over is not None:
                yield from _growth(judgment, condition, level, definitions[subject.name])


def _growth(judgment: Judgment, condition: Condition, level: int, fact: FactDefinition) -> Iterator[Growth]:
    """Yield the requirement on `fact`, or nothing where it has no threshold or nobody can say over how many years."""
    over = str(fact.grows_over)
    years, planned = judgment.facts.get(over), judgment.facts.get(fact.name)
    cut = _threshold(judgment, condition, level, fact)
    if isinstance(years, int) and cut is not None and not _is_refused(judgment, over):
        plan = Fraction(planned) if isinstance(planned, int | Fraction) else None
        yield Growth(condition, fact, years, Fraction(cut.at), cut.after, plan)  # type: ignore[arg-type]  # a percentage


def _threshold(judgment: Judgment, condition: Condition, level: int, fact: FactDefinition) -> Cut | None:
    """Return the border from which on every value certainly meets `condition`, or None where there is none."""
    decision, variable = judgment.decision, judgment.decision.variables[level]
    cuts, misses = variable.cuts or (), []
    for cell, value in enumerate(variable.representatives[: len(cuts) + 1]):
        left = decision.restriction(Applicant.of({**judgment.facts, fact.name: value}))
        if decision.standings[left.ends_of(condition.node)] is not Standing.MET:
            misses.append(cell)
    return cuts[misses[-1]] if misses and misses[-1] < len(cuts) else None


def _is_refused(judgment: Judgment, fact: str) -> bool:
    """Say whether a requirement on `fact` fails: of such a plan no year is drawn."""
    return any(one.standing is Standing.NOT_MET and fact in one.condition.reads for one in judgment.answer.judged)


@dataclass(frozen=True, slots=True)
class _Course:
    """A line of the picture: its yearly growth, and what it comes to year by year from the year before the plan on."""

    name: str
    percent: Fraction
    index: tuple[Fraction, ...]

    @classmethod
    def of(cls, name: str, percent: Fraction, years: int) -> _Course:
        return cls(name, percent, tuple(index_after(year, percent) for year in range(years + 1)))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The picture of one requirement: the required course, and the planned one where it is known."""

    book: RuleBook
    growth: Growth
    courses: tuple[_Course, ...]

    @classmethod
    def of(cls, book: RuleBook, growth: Growth) -> _Drawing:
        required = _Course.of("required", growth.required, growth.years)
        planned = () if growth.planned is None else (_Course.of("planned", growth.planned, growth.years),)
        return cls(book, growth, (required, *planned))

    def picture(self) -> Picture:
        up = self._up()
        across = self._across(up)
        return Picture(
            name=f"growth-{self.growth.fact.name}",
            title=self._say("title", label=self.growth.condition.label),
            remarks=(self._say("reading"),),
            height=up.start + 2 * LINE + 2,
            shapes=tuple(self._shapes(across, up)),
            labels=(*self._ends(across, up), *self._marks(across, up)),
            columns=tuple(map(self._say, ("year", *(course.name for course in self.courses)))),
            rows=tuple(self._row(year) for year in range(self.growth.years + 1)),
        )

    def _up(self) -> Axis:
        ends = [Fraction(FIRST_YEAR), *(course.index[-1] for course in self.courses)]
        least, most = min(ends), max(ends)
        room = max((most - least) / 8, Fraction(1))
        return Axis.over(least - room, most + room, (_TOP + _TALL, _TOP), _MARKS)

    def _across(self, up: Axis) -> Axis:
        """Return the axis of the years, between the figures on the left and the names of the courses on the right."""
        figures = max(width_of(_figure(mark)) for mark in up.marks())
        names = max(width_of(self._name(course)) for course in self.courses)
        return Axis.over(0, self.growth.years, (figures + 8, WIDTH - names - 10), 10, finest=1)

    def _shapes(self, across: Axis, up: Axis) -> Iterator[Shape]:
        yield grid(across.start - 4, across.end, map(up.at, up.marks()))
        yield line("ground", ((across.start - 4, up.start), (across.end, up.start)))
        for course in reversed(self.courses):
            places = [(across.at(year), up.at(value)) for year, value in enumerate(course.index)]
            yield line(f"{course.name}-line", places)
            if course.name == "planned":
                yield from (dot("own-dot", place, 3) for place in places[1:])

    def _ends(self, across: Axis, up: Axis) -> Iterator[Label]:
        """Yield the names of the courses behind their ends, the higher one above the other."""
        ends = sorted((up.at(course.index[-1]), course.name, course) for course in self.courses)
        for (_, name, course), place in zip(ends, _apart([end for end, _, _ in ends]), strict=True):
            look = "own-label" if name == "planned" else "flag-label"
            yield Label(look, across.end + 10, place + LETTER // 3, Anchor.START, self._name(course))

    def _marks(self, across: Axis, up: Axis) -> Iterator[Label]:
        for mark in up.marks():
            yield Label("mark", across.start - 8, up.at(mark) + LETTER // 3, Anchor.END, _figure(mark))
        for year in across.marks():
            yield label_within("mark", across.at(year), up.start + LETTER + 4, _figure(year))
        yield Label("axis-label", across.end, up.start + LETTER + 4 + LINE, Anchor.END, self._say("axis"))

    def _name(self, course: _Course) -> Text:
        return self._say(f"{course.name}_line", percent=figure_text(Kind.PERCENT, course.percent))

    def _row(self, year: int) -> Row:
        figures = (rounded_down(course.index[year]) for course in self.courses)
        return Row((self._say("year_number", year=str(year)), *figures))

    def _say(self, name: str, **parts: Text | str) -> Text:
        return message(self.book.messages, f"picture_growth_{name}", **parts)


def _figure(number: Number) -> Text:
    words = decimal_text(Fraction(number))
    return Text(words, words)


def rounded_down(number: Fraction) -> Text:
    """Return `number` with two decimals, the rest dropped, so that it never looks like more than it is."""
    whole, hundredths = divmod(floor(number * 100), 100)
    words = f"{whole:,}.{hundredths:02d}"
    return Text(words, words)


def _apart(places: list[int]) -> list[int]:
    """Return two rising places moved apart until a line of text fits between them; one stays where it is."""
    if len(places) < 2 or places[1] - places[0] >= LINE:
        return places
    middle = sum(places) // 2
    return [middle - LINE // 2, middle - LINE // 2 + LINE]
