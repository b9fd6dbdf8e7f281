"""What is paid and what is left to pay as the investment grows: a rate with its limits goes in, a picture comes out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from calculator.award import least_cost, pays, slice_borders
from calculator.eligibility import Verdict, judge
from calculator.expressions import facts_of
from calculator.figures import figure_text, yen_in_a_drawing
from calculator.kinds import Kind
from calculator.messages import message
from calculator.pictures.axes import Axis
from calculator.pictures.drawing import (
    LETTER,
    LINE,
    WIDTH,
    Anchor,
    Flag,
    Label,
    Picture,
    Place,
    Row,
    Shape,
    area,
    dot,
    flags_drawn,
    grid,
    label_within,
    lanes_height,
    line,
)
from calculator.result.judgment import Judgment
from calculator.rulebook import Rate, RuleBook
from calculator.text import Text

COST = "cost"
"""The name of the picture."""

_TALL = 170
_MARKS = 4  # steps between the round values on an axis
_BEYOND = Fraction(5, 4)  # how far the picture goes beyond the cost from which nothing more is paid
_PAST_OWN = Fraction(11, 10)
_LEFT_AT_THE_END = Fraction(2, 5)  # at least this share of the cost is the applicant's own where the picture ends


@dataclass(frozen=True, slots=True)
class Terms:
    """What an applicant is paid by, whatever the cost: a rate, an upper limit, and a lower limit where there is one."""

    rate: Rate
    upper_limit_yen: int
    lower_limit_yen: int | None

    def subsidy_yen(self, cost_yen: int) -> int:
        """Return what is paid of a cost, every requirement met; nothing below the lower limit."""
        paid = min(pays(self.rate, cost_yen), self.upper_limit_yen)
        return 0 if self.lower_limit_yen is not None and paid < self.lower_limit_yen else paid

    def corners(self) -> tuple[Corner, ...]:
        """Return the costs at which something begins or ends, in rising order, each under its first name."""
        least = None if self.lower_limit_yen is None else least_cost(self.rate, self.lower_limit_yen)
        most = least_cost(self.rate, self.upper_limit_yen)
        named = [
            *(Corner("slice", ceil(border)) for border in slice_borders(self.rate)),
            *(() if not least else (Corner("short", least - 1), Corner("least", least))),
            *(() if most is None else (Corner("most", most),)),
        ]
        costs = {one.cost_yen: one for one in named if most is None or one.cost_yen <= most}
        return tuple(costs[cost] for cost in sorted(costs))


@dataclass(frozen=True, slots=True)
class Corner:
    """A cost in whole yen and what happens there: a slice ends, a limit is reached, or one yen is missing to it."""

    name: str
    cost_yen: int


def cost_picture(judgment: Judgment) -> Picture | None:
    """Return the picture, or None where no cost is paid, or where the rate or a limit is open or hangs on the cost."""
    terms = terms_of(judgment)
    return None if terms is None else _Drawing.of(judgment.book, terms, _own_cost(judgment)).picture()


def terms_of(judgment: Judgment) -> Terms | None:
    """Return what the visitor is paid by when nothing is known of the cost, or None while that is open."""
    decision, award = judgment.decision, judgment.decision.award
    if award is None or award.eligible_costs is None:
        return None
    read = facts_of(award.eligible_costs.total)
    facts = {name: value for name, value in judgment.facts.items() if name not in read}
    answer = judge(decision, facts)
    if answer.rate is None or not answer.upper_limit_yen or not answer.prospect.may_pass:
        return None
    return Terms(answer.rate, answer.upper_limit_yen, answer.lower_limit_yen)


def _own_cost(judgment: Judgment) -> int | None:
    """Return what the visitor plans to spend, unless the application fails by more than the lower limit."""
    award, answer = judgment.decision.award, judgment.answer
    lower = None if award is None or award.lower_limit is None else award.lower_limit.code
    is_refused = answer.verdict is Verdict.NOT_ELIGIBLE and answer.failed != (lower,)
    return None if is_refused else answer.eligible_cost_yen


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The picture of `terms` on two axes, with the applicant's `own` cost where it is known."""

    book: RuleBook
    terms: Terms
    own: int | None
    across: Axis
    up: Axis

    @classmethod
    def of(cls, book: RuleBook, terms: Terms, own: int | None) -> _Drawing:
        end = _end(terms, own)
        across = Axis.over(0, end, (0, WIDTH), _MARKS)
        flat = cls(book, terms, own, across, across)
        top = lanes_height(flat.flags()) + 8
        return replace(flat, up=Axis.over(0, end, (top + _TALL, top), _MARKS))

    def picture(self) -> Picture:
        flag_shapes, flag_labels = flags_drawn(self.flags(), self.up.start)
        return Picture(
            name=COST,
            title=self._say("title"),
            remarks=self._remarks(),
            height=self.up.start + 2 * LINE + 2,
            shapes=(*self._areas(), *flag_shapes, *self._dots()),
            labels=(*self._marks(), *self._names(), *flag_labels),
            columns=tuple(map(self._say, ("point", "investment", "subsidy", "own_share"))),
            rows=tuple(self._row(one) for one in self._points()),
        )

    def flags(self) -> list[Flag]:
        """Return what is pointed out, in rising order of the cost."""
        return [
            Flag(self.across.at(one.cost_yen), self._say(f"flag_{one.name}"), is_own=one.name == "own")
            for one in self._points()
            if one.name != "short"
        ]

    def _points(self) -> list[Corner]:
        own = [] if self.own is None else [Corner("own", self.own)]
        return sorted((*self.terms.corners(), *own), key=lambda one: one.cost_yen)

    def _row(self, point: Corner) -> Row:
        cost, subsidy = point.cost_yen, self.terms.subsidy_yen(point.cost_yen)
        figures = (figure_text(Kind.YEN, amount) for amount in (cost, subsidy, cost - subsidy))
        return Row((self._say(f"point_{point.name}"), *figures), is_own=point.name == "own")

    def _remarks(self) -> tuple[Text, ...]:
        if self.own is None:
            return (self._say("if_met"),)
        subsidy = self.terms.subsidy_yen(self.own)
        names = ("cost", "subsidy", "own")
        figures = (figure_text(Kind.YEN, amount) for amount in (self.own, subsidy, self.own - subsidy))
        return self._say("yours", **dict(zip(names, figures, strict=True))), self._say("if_met")

    def _place(self, cost: int) -> Place:
        return self.across.at(cost), self.up.at(self.terms.subsidy_yen(cost))

    def _areas(self) -> tuple[Shape, ...]:
        """Return the subsidy from the ground up, and over it what is left of the cost."""
        end = int(self.across.most)
        border = [self._place(cost) for cost in (0, *(one.cost_yen for one in self.terms.corners()), end)]
        ground, most = (WIDTH, self.up.start), (WIDTH, self.up.end)
        return (
            area("own-share", ((0, self.up.start), most, *reversed(border))),
            area("subsidy", ((0, self.up.start), *border, ground)),
            grid(0, WIDTH, map(self.up.at, self.up.marks()[1:])),
            line("total-line", ((0, self.up.start), most)),
            line("subsidy-line", border),
            line("ground", ((0, self.up.start), ground)),
        )

    def _dots(self) -> tuple[Shape, ...]:
        if self.own is None:
            return ()
        x, y = self._place(self.own)
        return dot("own-dot", (x, self.up.at(self.own))), dot("own-dot", (x, y))

    def _names(self) -> tuple[Label, ...]:
        """Return the names of the two areas where the picture ends: of a low one, above it."""
        paid = self.up.at(self.terms.subsidy_yen(int(self.across.most)))
        is_low = self.up.start - paid < LINE + 4
        subsidy = paid - 5 if is_low else (self.up.start + paid + LETTER) // 2
        own = (paid + self.up.end + LETTER) // 2 if is_low else paid - 8
        return (
            Label("area-label", WIDTH - 6, own, Anchor.END, self._say("area_own_share")),
            Label("area-label", WIDTH - 6, subsidy, Anchor.END, self._say("area_subsidy")),
        )

    def _marks(self) -> tuple[Label, ...]:
        *lower, highest = (int(mark) for mark in self.up.marks()[1:])
        ground = self.up.start + LETTER + 4
        return (
            *(Label("mark", 0, self.up.at(mark) - 3, Anchor.START, yen_in_a_drawing(mark)) for mark in lower),
            Label("mark", 0, self.up.at(highest) - 3, Anchor.START, yen_in_a_drawing(highest, with_unit=True)),
            *(
                label_within("mark", self.across.at(mark), ground, yen_in_a_drawing(int(mark)))
                for mark in self.across.marks()
            ),
            label_within("axis-label", WIDTH, ground + LINE, self._say("axis")),
        )

    def _say(self, name: str, **parts: Text | str) -> Text:
        return message(self.book.messages, f"picture_cost_{name}", **parts)


def _end(terms: Terms, own: int | None) -> int:
    """Return the cost at which the picture ends: beyond the last corner, and beyond the applicant's own cost."""
    last = terms.corners()[-1].cost_yen
    beyond = (last * _BEYOND, terms.subsidy_yen(last) / (1 - _LEFT_AT_THE_END), (own or 0) * _PAST_OWN)
    return ceil(max(beyond))
