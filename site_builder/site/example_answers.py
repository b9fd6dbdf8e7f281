"""The answer to a worked example in words: one form for every kind of question that a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from calculator.award import rate_text
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.result.amount import rate_words
from calculator.rulebook import FrameRules, RuleBook
from calculator.text import Text
from site_builder.rules.model import FrameInRound
from site_builder.site.addresses import Link
from site_builder.site.wording import Wording

#: An answer of the calculator: to the page of the self-diagnosis, or to other programs, with reasons.
Answer: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of the answer and what it is called."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class UnmetView:
    """A requirement that the case does not meet; `path` is its anchor on the frame's page, None if it is elsewhere."""

    path: str | None
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What comes out: the verdict, the figures, how they are worked out, and what is not met or still missing.

    `verdict` is None where a frame has no requirements that could be met. `cases` lead to the cases of repayment that
    hold, by their anchors on the frame's page.
    """

    verdict: str | None
    figures: tuple[FigureView, ...] = ()
    arithmetic: tuple[str, ...] = ()
    unmet: tuple[UnmetView, ...] = ()
    missing: tuple[str, ...] = ()
    cases: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """An answer with all that is needed to word it."""

    answer: Answer
    frame: FrameInRound
    book: RuleBook
    wording: Wording

    def named(self, name: str) -> str:
        return self.wording.words[f"example_{name}"]

    def yen(self, label: str, amount: int | None) -> Iterator[FigureView]:
        """Yield the figure, or nothing where it is open."""
        if amount is not None:
            yield FigureView(label, self.wording.say(figure_text(Kind.YEN, amount)))

    def text(self, label: str, words: str | None) -> Iterator[FigureView]:
        if words is not None:
            yield FigureView(label, words)

    def rate(self, label: str, rules: FrameRules | None = None) -> Iterator[FigureView]:
        """Yield the rate, which is one of `rules`, or of the example's own frame; nothing where it is open."""
        if (rate := self.answer["rate"]) is not None:
            yield FigureView(label, told_rate(rate, rules or self.frame.rules, self.book, self.wording))


def answer_view(kind: str, answer: Answer, frame: FrameInRound, book: RuleBook, wording: Wording) -> AnswerView:
    """Word the calculator's answer to an example of `kind` for `frame`."""
    return _worded(kind, frame.rules)(_Asked(answer, frame, book, wording))


def is_for_visitors(kind: str, rules: FrameRules) -> bool:
    """Say whether the self-diagnosis can answer an example of `kind`; only its answers tell the arithmetic."""
    return _worded(kind, rules) is _as_a_visitor


def told_rate(rate: str, rules: FrameRules, book: RuleBook, wording: Wording) -> str:
    """Word a rate that an answer under `rules` writes shortly; one that two rates of theirs could be stays as it is."""
    rates = () if rules.award is None else rules.award.rates
    words = {wording.say(rate_words(book, case.rate)) for case in rates if rate_text(case.rate) == rate}
    return words.pop() if len(words) == 1 else rate


def _worded(kind: str, rules: FrameRules) -> Callable[[_Asked], AnswerView]:
    if WORDED[kind] is not _as_a_visitor or (rules.award is not None and rules.consortium is None):
        return WORDED[kind]
    return _judged if rules.consortium is None else _consortium


def _as_a_visitor(asked: _Asked) -> AnswerView:
    figures = {figure["name"]: figure for figure in asked.answer["figures"]}
    subsidy = figures["subsidy_yen"]
    return AnswerView(
        verdict=_verdict(asked, Text(**asked.answer["verdict"])),
        figures=_eligible(asked, asked.text(_subsidy_label(asked), _said(subsidy["value"], asked.wording))),
        arithmetic=tuple(_said(step["text"], asked.wording) for step in asked.answer["arithmetic"]),
        unmet=_unmet(asked, [one["code"] for one in asked.answer["reasons"] if one["verdict"] == "not_met"]),
        missing=tuple(asked.wording.say_sentence(Text(**one["label"])) for one in asked.answer["missing"]),
    )


def _joint(asked: _Asked) -> AnswerView:
    answer = asked.answer
    return _judged(
        asked,
        *asked.yen(asked.named("requested_total"), answer["requested_total_yen"]),
        *asked.yen(asked.wording.words["upper_limit"], answer["upper_limit_yen"]),
        *asked.yen(asked.named("payable_total"), answer["payable_total_yen"]),
    )


def _consortium(asked: _Asked) -> AnswerView:
    answer, words = asked.answer, asked.wording.words
    members = [asked.wording.say(figure_text(Kind.YEN, yen)) for yen in answer["member_subsidies_yen"] or ()]
    return _judged(
        asked,
        *asked.rate(words["rate"]),
        *asked.yen(asked.named("member_limit"), answer["per_member_cap_yen"]),
        *asked.yen(asked.named("pool"), answer["pool_yen"] or None),
        *asked.text(asked.named("member_subsidies"), asked.wording.listed(members)),
        *asked.yen(asked.named("total"), answer["total_subsidy_yen"]),
    )


def _parts(asked: _Asked) -> AnswerView:
    names = {part.name: asked.book.frames[part.rule_set].name for part in asked.frame.rules.parts}
    parts = (
        figure
        for name, label in names.items()
        for figure in asked.yen(asked.wording.say(label), asked.answer[f"{name}_subsidy_yen"])
    )
    return _judged(asked, *parts, *asked.yen(asked.named("total"), asked.answer["total_subsidy_yen"]))


def _rate_change(asked: _Asked) -> AnswerView:
    answer = asked.answer
    return _judged(
        asked,
        *asked.yen(asked.named("subsidy_at_application"), answer["subsidy_at_application_yen"]),
        *asked.rate(asked.named("rate_at_inspection")),
        *asked.yen(asked.named("subsidy_at_inspection"), answer["subsidy_yen"]),
    )


def _reexamination(asked: _Asked) -> AnswerView:
    answer, adopted = asked.answer, asked.answer["adopted_as"]
    frame = None if adopted is None else asked.book.frames[adopted]
    name = None if frame is None else asked.wording.say(frame.name)
    rules = None if frame is None else frame.rounds.get(asked.frame.rules.round)
    return _judged(
        asked,
        *asked.text(asked.named("adopted_as"), name),
        *asked.rate(asked.wording.words["rate"], rules),
        *asked.yen(_subsidy_label(asked), answer["subsidy_yen"]),
    )


def _repayment(asked: _Asked) -> AnswerView:
    rules, answer, wording = asked.frame.rules.clawback, asked.answer["clawback"], asked.wording
    if rules is None:
        raise ValueError(f"{asked.frame.rules.rule_set} has no repayment to work out")
    total = answer["total_yen"]
    if total is None:
        return AnswerView(wording.say(asked.book.messages["verdict_cannot_tell"]), missing=_missing(asked))
    tables = (("whole", rules.whole), *((part.name, part.cases) for part in rules.parts))
    cases = {(one.reason, one.sentence): (name, one.label) for name, some in tables for one in some}
    decided = [cases[one["code"], Text(**one["text"])] for one in asked.answer["reasons"]]
    parts = () if any(name == "whole" for name, _ in decided) else rules.parts
    if answer["reason"] == rules.total.capped:
        decided.append(("total", rules.total.capped_label))
    return AnswerView(
        verdict=wording.fill("example_repaid", total=figure_text(Kind.YEN, total)),
        figures=tuple(
            figure
            for part in parts
            for figure in asked.yen(wording.say_sentence(part.label), answer[f"{part.name}_yen"])
        ),
        cases=tuple(Link(wording.say_sentence(label), f"#clawback.{name}") for name, label in decided),
    )


#: How the answer to each kind of question is worded; examples of other kinds are tests alone.
WORDED: Mapping[str, Callable[[_Asked], AnswerView]] = {
    "eligibility": _as_a_visitor,
    "simple": _as_a_visitor,
    "joint": _joint,
    "consortium": _consortium,
    "tiered": _parts,
    "rate_change": _rate_change,
    "reexam": _reexamination,
    "clawback": _repayment,
}


def _judged(asked: _Asked, *figures: FigureView) -> AnswerView:
    """Word a verdict with its figures, which count only where something is paid."""
    return AnswerView(
        verdict=_verdict(asked, asked.book.messages[f"verdict_{asked.answer['outcome']}"]),
        figures=_eligible(asked, figures),
        unmet=_unmet(asked, asked.answer["failed"]),
        missing=_missing(asked),
    )


def _verdict(asked: _Asked, verdict: Text) -> str | None:
    """Word the verdict, unless it would say that all requirements are met where there are none."""
    says_nothing = asked.answer["outcome"] == "eligible" and not dict(_requirements(asked.frame.rules))
    return None if says_nothing else asked.wording.say(verdict)


def _eligible(asked: _Asked, figures: Iterable[FigureView]) -> tuple[FigureView, ...]:
    return tuple(figures) if asked.answer["outcome"] == "eligible" else ()


def _subsidy_label(asked: _Asked) -> str:
    return asked.wording.say(asked.book.messages["figure_subsidy_yen"])


def _missing(asked: _Asked) -> tuple[str, ...]:
    """Return what keeps the answer open: facts, and what the documents leave open."""
    points, facts = asked.book.open_points, asked.book.facts
    labels = (points[name] if name in points else facts[name].label for name in asked.answer["missing"])
    return tuple(asked.wording.say_sentence(label) for label in labels)


def _unmet(asked: _Asked, failed: Iterable[str]) -> tuple[UnmetView, ...]:
    """Word the requirements of these codes, of the frame or of the one in which it is looked at again."""
    own = dict(_requirements(asked.frame.rules))
    known = {**_looked_at_again(asked), **own}
    return tuple(
        UnmetView(
            f"#{code}" if code in own else None,
            asked.wording.say(known[code][0]),
            asked.wording.say_sentence(known[code][1]),
        )
        for code in failed
    )


def _looked_at_again(asked: _Asked) -> dict[str, tuple[Text, Text]]:
    again = asked.frame.rules.reexamination
    if again is None:
        return {}
    other = None if again.frame is None else asked.book.frames[again.frame].rounds.get(asked.frame.rules.round)
    return {again.code: (again.label, again.sentence), **({} if other is None else dict(_requirements(other)))}


def _requirements(rules: FrameRules) -> Iterator[tuple[str, tuple[Text, Text]]]:
    """Yield all that can fail in a frame, by its code: the label and the sentence."""
    joint = () if rules.joint is None else rules.joint.requirements
    lower = None if rules.award is None else rules.award.lower_limit
    pool = None if rules.consortium is None else rules.consortium.pool
    for one in (*rules.requirements, *joint, lower, pool):
        if one is not None:
            yield one.code, (one.label, one.sentence)


def _said(text: Mapping[str, str], wording: Wording) -> str:
    return wording.say(Text(**text))
