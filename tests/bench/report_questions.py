"""The questions of `--next` against other orders of asking, and against the fewest possible, for the real rule sets."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from calculator.evaluation import Facts, question_of
from calculator.questions import Left, next_question, next_question_of
from tests.bench.asking import Asked, Asking, FormOrder, Ours, Weights, equal_weights, frequencies
from tests.bench.publicodes import PublicodesOrder
from tests.bench.real import Applicant, Judged, assessor, made, newest, together, worked
from tests.bench.table import table

APPLICANTS = 300
"""So many applicants are made for the rule sets that are asked about together."""

HEAD = ("rule set", "whole form", "form order", "of those that matter", "publicodes", "`--next`", "fewest possible")
RATIOS = ("above the fewest", "fewer than publicodes", "the most that any order saves")


@dataclass(frozen=True, slots=True)
class Measured:
    """What each order of asking costs for one rule set; `fewest` is None where there is too much to try."""

    name: str
    whole_form: int
    form: Asked
    relevant: Asked
    publicodes: Asked
    ours: Asked
    fewest: Asked | None


def measured(judged: Judged, weights: Weights) -> Measured:
    """Return what asking about one rule set costs in each order."""
    asking = Asking(judged.decision, assessor().book.facts, judged.given, weights)
    return Measured(
        judged.name,
        len(FormOrder.questions(asking)),
        asking.mean(FormOrder(skips_irrelevant=False)),
        asking.mean(FormOrder(skips_irrelevant=True)),
        asking.mean(PublicodesOrder(asking)),
        asking.mean(Ours()),
        asking.fewest(),
    )


def single_rule_sets(weights_of: Callable[[Judged], Weights], say: Callable[[str], None]) -> str:
    """Return a table with every rule set, each cell as frequent as `weights_of` says."""
    found = []
    for judged in newest():
        say(judged.name)
        found.append(measured(judged, weights_of(judged)))
    rows: list[tuple[str, ...]] = [
        (
            one.name,
            str(one.whole_form),
            _mean(one.form.questions),
            _mean(one.relevant.questions),
            _mean(one.publicodes.questions),
            _mean(one.ours.questions),
            "too many to try" if one.fewest is None else _mean(one.fewest.questions),
            "" if one.fewest is None else f"{100 * abs(one.ours.questions / one.fewest.questions - 1):.1f} %",
            f"{100 * (1 - one.ours.questions / one.publicodes.questions):.0f} %",
            "" if one.fewest is None else f"{100 * (1 - one.fewest.questions / one.publicodes.questions):.0f} %",
        )
        for one in found
    ]
    rows.append(_all_together(found))
    irrelevant = sum(one.ours.irrelevant for one in found)
    return f"{table((*HEAD, *RATIOS), rows)}\n\nIrrelevant questions of `--next`: {irrelevant:g}."


def _all_together(found: Sequence[Measured]) -> tuple[str, ...]:
    """Return the row of the means over all rule sets, each counting the same, where the fewest are known of all."""
    count = len(found)
    whole = sum(one.whole_form for one in found) / count
    orders = [[one.form, one.relevant, one.publicodes, one.ours] for one in found]
    form, relevant, publicodes, ours = (
        sum(one.questions for one in order) / count for order in zip(*orders, strict=True)
    )
    known = [one.fewest.questions for one in found if one.fewest is not None]
    head = (f"**all {count}**", *map(_mean, (whole, form, relevant, publicodes, ours)))
    if len(known) < count:
        return (*head, "", "", f"{100 * (1 - ours / publicodes):.0f} %", "")
    fewest = sum(known) / count
    above, saved, most = (ours / fewest - 1, 1 - ours / publicodes, 1 - fewest / publicodes)
    return (*head, _mean(fewest), f"{100 * above:.1f} %", f"{100 * saved:.0f} %", f"{100 * most:.0f} %")


def equally_frequent(say: Callable[[str], None]) -> str:
    """Return the table for applicants of whom every cell of every variable is as frequent as every other."""
    return single_rule_sets(lambda judged: equal_weights(judged.decision), say)


def frequent_as_worked(say: Callable[[str], None]) -> str:
    """Return the table for applicants whose cells are as frequent as among the worked examples of the rule set."""

    def weights(judged: Judged) -> Weights:
        known = [{**one.facts, **judged.given} for one in worked(judged.rules.rule_set)]
        return frequencies(judged.decision, known)

    return single_rule_sets(weights, say)


def several_rule_sets(say: Callable[[str], None]) -> str:
    """Return the table for all rule sets of a round together: questions until every one of them has its answer."""
    rows = []
    for all_judged in together():
        name = f"{'/'.join(all_judged[0].rules.rule_set.split('/')[:2])} ({len(all_judged)} rule sets)"
        say(name)
        applicants = list(islice(made(Random(1), all_judged), APPLICANTS))
        orders = [_form, _form_of_those_that_matter, _publicodes, _one_after_the_other, _together]
        means = [_mean_over(applicants, all_judged, order) for order in orders]
        whole = len({name for one in all_judged for name in Left.of(one.decision, one.given).missing})
        fewer = f"{100 * (1 - means[-1] / means[2]):.0f} %"
        rows.append((name, str(whole), *map(_mean, means), fewer))
    head = (*HEAD[:-2], "`--next`, one after the other", "for all together", RATIOS[1])
    return table(head, rows)


Choose = Callable[[Sequence[Judged], Facts, Sequence[str]], str]
"""What is asked next of an applicant of whom some facts are known, after the questions that were asked."""


def _mean_over(
    applicants: Sequence[Applicant], judged: Sequence[Judged], order: Callable[[Sequence[Judged]], Choose]
) -> float:
    return sum(_count(one, judged, order(judged)) for one in applicants) / len(applicants)


def _count(one: Applicant, judged: Sequence[Judged], choose: Choose) -> int:
    """Return how many questions it takes until no rule set has one left to ask of this applicant."""
    asked: list[str] = []
    known: Facts = {}
    while _missing(judged, known):
        question = choose(judged, known, asked)
        answered = {name: value for name, value in one.facts.items() if question_of(name) == question}
        assert answered, f"the applicant does not know {question}"
        asked.append(question)
        known = {**known, **answered}
    return len(asked)


def _missing(judged: Sequence[Judged], known: Facts) -> list[str]:
    lefts = [Left.of(one.decision, {**one.given, **known}) for one in judged]
    missing = {question for left in lefts for question in left.missing}
    return [name for name in assessor().book.facts if name in missing]


def _form(judged: Sequence[Judged]) -> Choose:
    questions = _missing(judged, {})
    return lambda _judged, _known, asked: questions[len(asked)]


def _form_of_those_that_matter(judged: Sequence[Judged]) -> Choose:
    return lambda judged, known, _: _missing(judged, known)[0]


def _together(judged: Sequence[Judged]) -> Choose:
    def choose(judged: Sequence[Judged], known: Facts, _: Sequence[str]) -> str:
        asked = next_question_of([one.decision for one in judged], {**judged[0].given, **known})
        assert asked is not None
        return question_of(asked)

    return choose


def _one_after_the_other(judged: Sequence[Judged]) -> Choose:
    def choose(judged: Sequence[Judged], known: Facts, _: Sequence[str]) -> str:
        each = (next_question(one.decision, {**one.given, **known}) for one in judged)
        return next(question_of(name) for name in each if name is not None)

    return choose


def _publicodes(judged: Sequence[Judged]) -> Choose:
    """Return publicodes' order for a form of several targets: their scores are added up."""
    askings = [Asking(one.decision, assessor().book.facts, one.given, equal_weights(one.decision)) for one in judged]
    orders = [PublicodesOrder(asking) for asking in askings]
    memories: list[Hashable] = [order.start() for order in orders]

    def choose(judged: Sequence[Judged], known: Facts, asked: Sequence[str]) -> str:
        if asked:
            for place, (asking, order) in enumerate(zip(askings, orders, strict=True)):
                possible = asking.decision.possible({**asking.given, **known})
                levels = order.levels(asking, memories[place], asked[-1])
                cells = {level: min(possible[level]) for level in levels}
                memories[place] = order.told(asking, memories[place], asked[-1], cells)
        scores = _added(order.scores(memory) for order, memory in zip(orders, memories, strict=True))
        open_scores = {name: score for name, score in scores.items() if name not in asked}
        return max(open_scores, key=open_scores.__getitem__) if open_scores else _missing(judged, known)[0]

    return choose


def _added(scores: Iterator[dict[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in scores:
        for name, score in one.items():
            found[name] = found.get(name, 0) + score
    return found


def _mean(number: float) -> str:
    return f"{number:.2f}"
