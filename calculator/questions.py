"""Which question to ask next: the one whose answer is likeliest to leave nothing to ask.

Every cell of an answer counts as equally likely, and every variable as independent of the others. How near this comes
to the fewest questions that are possible is measured by `make bench`; docs/questions.md tells what it found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import product
from math import prod
from typing import NamedTuple

from calculator.decision import Decision
from calculator.diagram import Narrowed, bits, mask
from calculator.eligibility import Eligibility, what_matters
from calculator.evaluation import Facts, question_of
from calculator.measures import Applicant
from calculator.prospect import Prospect

#: So many answers to one question are tried at most, where no single cell settles anything.
MOST_ANSWERS = 200

_MILLION = 1_000_000
_EVERY_BIT = -1


def next_question(decision: Decision, facts: Facts) -> str | None:
    """Return the fact to ask for, or None when no answer can change the outcome or the amount any more.

    The parts of a record are asked together, so that one of them stands for all.
    """
    return best_question([Left.of(decision, facts)])


def question_after(decision: Decision, judged: Eligibility) -> str | None:
    """Return what `next_question` does, from an answer that is there already."""
    return best_question([Left.after(decision, judged)])


def next_question_of(decisions: Sequence[Decision], facts: Facts) -> str | None:
    """Return the fact to ask for so that all `decisions` on one applicant end soon, or None when all have ended.

    A question is worth as much as the decisions that its answer is likely to end.
    """
    return best_question([Left.of(decision, facts) for decision in decisions])


def questions_left(lefts: Sequence[Left]) -> frozenset[str]:
    """Return every question whose answer can still change something of what is left."""
    return frozenset(question for left in lefts for question in left.missing)


def best_question(lefts: Sequence[Left]) -> str | None:
    """Return the fact to ask for, given what is left of each decision.

    Where no cell of any answer ends a decision at once, it is the fact that leaves the fewest questions on average.
    Between equals, what a frame asks besides the basic requirements comes first, as it sets the frame apart; then what
    is defined first.
    """
    questions = _in_order(lefts)
    if not questions:
        return None
    best = _likeliest_to_end(lefts, questions) if len(questions) > 1 else questions
    own = lefts[0].decision.own_questions.union(*[left.decision.own_questions for left in lefts[1:]])
    asked = next(filter(own.__contains__, best), best[0])
    return next(left.missing[asked] for left in lefts if asked in left.missing)


def _likeliest_to_end(lefts: Sequence[Left], questions: Sequence[str]) -> Sequence[str]:
    """Return those of `questions` that are likeliest to end decisions, or else the one that leaves the fewest."""
    worth = lefts[0].chances_to_end()
    for left in lefts[1:]:
        for question, chance in left.chances_to_end().items():
            worth[question] = worth.get(question, 0) + chance
    if most := max(worth.values(), default=0):
        return [question for question in questions if worth.get(question) == most]
    after = [left.questions_after(questions) for left in lefts]
    return [min(questions, key=lambda question: sum(of_one[question] for of_one in after))]


class Left(NamedTuple):
    """What an applicant's `facts` leave of one decision: a `prospect`, and what is still to be asked about it.

    `cells` are those that are possible of each variable. `missing` has the first fact that each
    question asks for. Questions that the applicant has `passed`, answered or not, are not asked again.
    """

    decision: Decision
    applicant: Applicant
    prospect: Prospect
    cells: Narrowed
    missing: Mapping[str, str]
    passed: frozenset[str]

    @classmethod
    def of(cls, decision: Decision, facts: Facts) -> Left:
        """Return what `facts` leave of `decision`."""
        applicant = Applicant.of(facts)
        left = decision.restriction(applicant)
        prospect = decision.course.left_in(left)
        matters = what_matters(decision, prospect, applicant)
        return cls.of_prospect(decision, applicant, prospect, left.possible, matters)

    @classmethod
    def after(cls, decision: Decision, judged: Eligibility, passed: frozenset[str] = frozenset()) -> Left:
        """Return what is left of `decision` after an answer that is there already."""
        cells = judged.left.possible
        return cls.of_prospect(decision, judged.applicant, judged.prospect, cells, judged.missing, passed)

    @classmethod
    def of_prospect(
        cls,
        decision: Decision,
        applicant: Applicant,
        prospect: Prospect,
        cells: Narrowed,
        matters: Sequence[str],
        passed: frozenset[str] = frozenset(),
    ) -> Left:
        """Return what is left of `decision` when `prospect` is, of which these facts matter."""
        names = decision.askable(matters, applicant)
        questions = [*map(question_of, names)]
        missing: dict[str, str] = dict(zip(questions, names, strict=True))
        if len(missing) < len(names):  # of several parts of a record the first stands for all
            missing |= zip(reversed(questions), reversed(names), strict=True)
        for question in passed:
            missing.pop(question, None)
        return cls(decision, applicant, prospect, cells, missing, passed)

    def levels(self) -> dict[str, list[int]]:
        """Return the variables that each question settles on its own."""
        levels: dict[str, list[int]] = {question: [] for question in self.missing}
        for level in bits(self.prospect.reads & self.decision.answerable):
            question = self._settled_by(level)
            if question in levels:
                levels[question].append(level)
        return levels

    def _settled_by(self, level: int) -> str | None:
        """Return the one question that settles a variable that is open, or None where it takes several."""
        questions = self.decision.questions[level]
        if len(questions) <= 1:
            return questions[0] if questions else None
        known, missing = self.applicant, self.missing
        names = self.decision.variables[level].facts
        still_open = {question_of(name) for name in names if name not in known or name in missing}
        return still_open.pop() if len(still_open) == 1 else None

    def chances_to_end(self) -> dict[str, int]:
        """Return how likely it is, in a million, that the answer to each question leaves nothing to ask; 0 is left out.

        What counts are single cells that leave nothing, whatever else is so. A variable without such a cell is as
        often one way as another, so that it does not change the chance.
        """
        decision, possible, missing = self.decision, self.cells, self.missing
        answers: dict[str, int] = {}
        others: dict[str, int] = {}
        for level, cells in self._ending_cells().items():
            asking = decision.questions[level]
            question = asking[0] if len(asking) == 1 else self._settled_by(level)
            if question is not None and question in missing:
                left = possible[level]
                ending = (cells if left is None else cells & mask(left)).bit_count()
                count = len(left or decision.all_cells[level])
                answers[question] = answers.get(question, 1) * count
                others[question] = others.get(question, 1) * (count - ending)
        return {question: _MILLION * (count - others[question]) // count for question, count in answers.items()}

    def _ending_cells(self) -> dict[int, int]:
        """Return a bit for each cell of a variable that leaves nothing to ask but the question that settles it."""
        prospect = self.prospect
        ending = prospect.settling(prospect.refused)
        if len(prospect.hurdles) > 1:
            return ending  # no cell of one of them leaves a payment
        for leaf in self.decision.diagrams.leaves_of(prospect.payment.ends):
            settling = prospect.settling(leaf) if leaf is not prospect.refused else {}
            remaining = self._asked_about(prospect.ending_in(leaf)) if settling else frozenset()
            for level, cells in settling.items():
                if remaining <= {self._settled_by(level)}:
                    ending[level] = ending.get(level, 0) | cells
        return ending

    def questions_after(self, questions: Sequence[str]) -> dict[str, int]:
        """Return how many questions there are on average, in a million, once each of `questions` is answered.

        A question with too many answers to try counts as if it told nothing.
        """
        readers, levels = self._readers(), self.levels()
        return {question: self._questions_after(question, levels.get(question, ()), readers) for question in questions}

    def _questions_after(self, question: str, levels: Sequence[int], readers: Mapping[str, int]) -> int:
        answers = [self._cells(level) for level in levels]
        count = prod(map(len, answers))
        if count > MOST_ANSWERS or question not in self.missing:
            return _MILLION * len(self.missing)
        asked = 0
        for cells in product(*answers):
            known = {level: (cell,) for level, cell in zip(levels, cells, strict=True)}
            left = self.prospect.left_in(self.decision.diagrams.restriction(known))
            others = {name for name, bits in readers.items() if left.reads & bits} or self._asked_about(left)
            asked += len(others - {question})
        return _MILLION * asked // count

    def _readers(self) -> dict[str, int]:
        """Return for each question the bits of the variables that read it, and every bit where an amount reads it."""
        readers = dict.fromkeys(self.missing, 0)
        for level in bits(self.prospect.reads):
            for question in readers.keys() & map(question_of, self.decision.variables[level].facts):
                readers[question] |= 1 << level
        for leaf in self.decision.diagrams.leaves_of(self.prospect.ends):
            payment = self.prospect.ending_in(leaf)
            readers |= dict.fromkeys(self._asked_about(payment), _EVERY_BIT)
        return readers

    def _cells(self, level: int) -> Collection[int]:
        return self.cells[level] or self.decision.cells(level)

    def _asked_about(self, prospect: Prospect) -> frozenset[str]:
        """Return the questions that there would be if `prospect` were left."""
        matters = what_matters(self.decision, prospect, self.applicant)
        return frozenset(map(question_of, self.decision.askable(matters, self.applicant))) - self.passed


def _in_order(lefts: Sequence[Left]) -> list[str]:
    """Return all questions, each once, in the order in which facts are defined."""
    if len(lefts) == 1:
        return list(lefts[0].missing)
    questions = {question for left in lefts for question in left.missing}
    return [name for name in lefts[0].decision.fact_order if name in questions] if questions else []
