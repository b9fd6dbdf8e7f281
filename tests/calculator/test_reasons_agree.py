"""Reasons: one for each requirement, in order; and both languages name the same figures, signs and units as the rule.

The sentences are read back: numbers in either notation become exact values, the words beside them become signs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from calculator.answers import Switches
from calculator.assess import Assessor
from calculator.expressions import Compare, Comparison, Constant, Expression, Named, OpenPoint, parts_of
from calculator.kinds import Kind
from calculator.rulebook import Award, Clawback, FrameRules, Rate, SliceBasis
from calculator.text import Text
from tests.calculator.real_questions import Asked, drawn, newest_asked, real_book

#: Figures that a sentence names though its rule compares nothing with them, by code: what they are.
BESIDE_THE_RULE: dict[str, set[Fraction]] = {
    "deduction.similar_grants": {Fraction(3)},  # years; only the grants themselves are asked for
    "business_model.antitrust": {Fraction(2), Fraction(19)},  # years; the article of the Act
    "bonus.disaster": {Fraction(number) for number in (15, 19, 20, 21, 2019)},  # the typhoons
    "frame.global_category": {Fraction(4)},  # how many categories there are
    "frame.security_action": {Fraction(2)},  # one star and two stars are named, one is enough
    "recovery_full_repayment": {Fraction(3)},  # the end of March
}
#: Figures that a rule compares with and that its sentence says in another way, by code.
SAID_OTHERWISE: dict[str, set[Fraction]] = {
    "investment.equipment_required": {Fraction(1)},  # there are such costs
    "frame.has_regular_employees": {Fraction(1)},  # there are employees
    "joint.npo_not_highest": {Fraction(0)},  # there is no NPO
    "deduction.similar_grants": {Fraction(1)},  # a grant was received
    "target_met": {Fraction(0)},  # in every year
    "frame.security_action": {Fraction(1)},  # the sign: one star or two
    "exempt_wage_above_half_va": {Fraction(2)},  # half
    "joint.sme_half": {Fraction(2)},  # half
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a sentence: its value, the sign beside it (or ""), and its unit where that is written."""

    value: Fraction
    sign: str
    unit: str


_JAPANESE = re.compile(
    r"(?P<of>\d+)分の(?P<part>\d+)"
    r"|(?P<half>半数)"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?(?:/\d+)?)(?P<oku>億)?(?P<man_number>\d[\d,]*)?(?P<man>万)?"
)
_JAPANESE_SIGN = re.compile(
    r"(?P<unit>円|%|人|者|年|か月)?(?P<sign>以上|以下|を?超え|未満|以内|まで|〜)?",
)
_UP_TO_A_PRODUCT = re.compile(r"×[^（）、]*まで")
_ENGLISH = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?(?:/\d+)?)|\b(?P<half>half)\b")
_ENGLISH_SIGN_BEFORE = re.compile(r"\b(at least|at most|up to|more than|less than|above|below|within)(?: the)? $")
_ENGLISH_SIGN_AFTER = re.compile(r"^(?:%| yen| [a-z]+(?: [a-z]+)?)?,? or (more|less|fewer)\b")
_ENGLISH_UNIT = re.compile(r"^(%| yen\b| months?\b| years?\b| (?:regular )?employees?\b)")
_SIGNS = {
    sign: name
    for name, signs in {
        "ge": ("以上", "at least", "more"),
        "le": ("以下", "以内", "まで", "at most", "up to", "within", "less", "fewer"),
        "gt": ("超え", "を超え", "more than", "above"),
        "lt": ("未満", "less than", "below"),
    }.items()
    for sign in signs
}
_UNITS = {"円": "yen", "人": "employees", "か月": "months", "年": "years", "month": "months", "year": "years"}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September")


def figures_in_japanese(text: str) -> list[Figure]:
    """Return the figures of a Japanese sentence."""
    text = text.replace("一人当たり", "").replace("1件につき", "")
    text = re.sub(r"令和元年", "2019", re.sub(r"令和(\d+)年", lambda found: str(2018 + int(found[1])), text))
    text = re.sub(r"[一二三](?=つ)", lambda found: str("一二三".index(found[0]) + 1), text)
    figures: list[Figure] = []
    for one in _JAPANESE.finditer(text):
        after = _JAPANESE_SIGN.match(text, one.end())
        assert after is not None
        sign, unit = after["sign"] or "", after["unit"] or ""
        if _UP_TO_A_PRODUCT.match(text, after.end()):
            sign = "まで"
        told = "ge" if sign == "〜" else "le" if text[: one.start()].endswith("〜") else _SIGNS.get(sign, "")
        figures.append(Figure(_japanese_value(one), told, _UNITS.get(unit, unit)))
    return figures


def _japanese_value(found: re.Match[str]) -> Fraction:
    if found["half"] is not None:
        return Fraction(1, 2)
    if found["of"] is not None:
        return Fraction(int(found["part"]), int(found["of"]))
    value = Fraction(found["number"].replace(",", ""))
    if found["oku"] is not None:
        rest = Fraction((found["man_number"] or "0").replace(",", ""))
        return value * 10**8 + rest * (10**4 if found["man"] else 1)
    return value * 10**4 if found["man"] else value


def figures_in_english(text: str) -> list[Figure]:
    """Return the figures of an English sentence."""
    text = re.sub(r"\([^()]*[\u3040-\u9fff★][^()]*\)", "", text)  # the Japanese name of a thing
    text = text.replace("one of these is so", "").replace("one of the ", "")
    text = re.sub(rf"\b({'|'.join(_WORDS[2:])})\b", lambda found: str(_WORDS.index(found[0])), text)
    text = re.sub(r"\bone(?= star)", "1", text)
    text = re.sub("|".join(_MONTHS), lambda found: str(_MONTHS.index(found[0]) + 1), text)
    found = []
    for one in _ENGLISH.finditer(text):
        before, after = text[: one.start()], text[one.end() :]
        value = Fraction(1, 2) if one["half"] else Fraction(one["number"].replace(",", ""))
        unit = _ENGLISH_UNIT.match(after)
        name = unit[0].strip().removeprefix("regular ") if unit else ""
        found.append(Figure(value, _english_sign(before, after), _UNITS.get(name, name)))
    return found


def _english_sign(before: str, after: str) -> str:
    if re.match(r"(?:%| [a-z]+)? to \d", after):
        return "ge"
    if re.search(r"\d(?:%| yen)? to $", before):
        return "le"
    told = _ENGLISH_SIGN_BEFORE.search(before) or _ENGLISH_SIGN_AFTER.match(after)
    return "" if told is None else _SIGNS[told[1]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the rules: a code or place, its text, and what its rule compares: figures with their signs."""

    code: str
    text: Text
    compared: frozenset[tuple[Fraction, str]]
    named: frozenset[Fraction]


def disagreements(sentence: Sentence) -> list[str]:
    """Return how a sentence disagrees with itself in the other language, or with its rule."""
    japanese, english = figures_in_japanese(sentence.text.ja), figures_in_english(sentence.text.en)
    wrong = []
    signs = [Counter((one.value, one.sign) for one in figures) for figures in (japanese, english)]
    if signs[0] != signs[1]:
        wrong.append(f"the languages differ: {signs[0] - signs[1]} and {signs[1] - signs[0]}")
    units = [
        {(one.value, one.unit) for one in figures if one.unit in ("yen", "%", "months")}
        for figures in (japanese, english)
    ]
    if units[0] != units[1]:
        wrong.append(f"the units differ: {units[0] ^ units[1]}")
    values, told = {one.value for one in japanese}, {(one.value, one.sign) for one in japanese}
    beside, otherwise = BESIDE_THE_RULE.get(sentence.code, set()), SAID_OTHERWISE.get(sentence.code, set())
    wrong += [f"{one} is in the sentence and not in the rule" for one in values - sentence.named - beside]
    wrong += [
        f"{one} is in the rule and not in the sentence" for one in sentence.compared - told if one[0] not in otherwise
    ]
    return wrong


@cache
def sentences() -> tuple[Sentence, ...]:
    """Return every sentence of every rule set, once."""
    rounds = [rules for frame in real_book().frames.values() for rules in frame.rounds.values()]
    return tuple(dict.fromkeys(sentence for rules in rounds for sentence in sentences_of(rules)))


def sentences_of(rules: FrameRules) -> Iterator[Sentence]:
    group = () if rules.joint is None else rules.joint.requirements
    for one in (*rules.requirements, *group):
        yield sentence(one.code, one.sentence, one.condition)
    for item in (*rules.bonuses, *rules.deductions):
        yield sentence(item.code, item.sentence, item.condition)
    if rules.award is not None:
        yield from _sentences_of_award(rules.award)
    if rules.consortium is not None and rules.consortium.pool is not None:
        yield sentence("pool", rules.consortium.pool.sentence, rules.consortium.pool.amount)
    if rules.open_award is not None and rules.open_award.rate is not None:
        rate = rules.open_award.rate
        yield Sentence(
            "open rate",
            rate.sentence,
            frozenset({(rate.least, "ge"), (rate.most, "le")}),
            frozenset({rate.least, rate.most}),
        )
    if rules.open_award is not None and rules.open_award.upper_limit is not None:
        limit = rules.open_award.upper_limit
        ends = Fraction(limit.least_yen), Fraction(limit.most_yen)
        yield Sentence("open limit", limit.sentence, frozenset(zip(ends, ("ge", "le"), strict=True)), frozenset(ends))
    if rules.clawback is not None:
        yield from _sentences_of_repayment(rules.clawback)


def _sentences_of_award(award: Award) -> Iterator[Sentence]:
    for case in award.rates:
        yield sentence("rate", case.sentence, *(() if case.when is None else (case.when,)), rate=case.rate)
    limit = award.upper_limit
    for tier in limit.tiers:
        bounds = {(Fraction(edge), sign) for edge, sign in ((tier.start, "ge"), (tier.end, "le")) if edge is not None}
        worded = sentence("limit", tier.sentence, tier.amount)
        amount = frozenset() if tier.amount_yen is None else frozenset({(Fraction(tier.amount_yen), "le")})
        yield Sentence(
            "limit", tier.sentence, worded.compared | bounds | amount, worded.named | {edge for edge, _ in bounds}
        )
    for uplift in limit.uplifts:
        yield sentence("uplift", uplift.sentence, uplift.when, uplift.amount)
    if award.lower_limit is not None:
        least = Fraction(award.lower_limit.amount_yen)
        yield Sentence("lower limit", award.lower_limit.sentence, frozenset({(least, "ge")}), frozenset({least}))
    if award.eligible_costs is not None:
        yield sentence("costs", award.eligible_costs.sentence, award.eligible_costs.total)


def _sentences_of_repayment(rules: Clawback) -> Iterator[Sentence]:
    for case in (*rules.whole, *(case for part in rules.parts for case in part.cases)):
        yield sentence(case.reason, case.sentence, *(() if case.when is None else (case.when,)), case.amount)
    yield sentence("total", rules.total.sentence, rules.total.ceiling)


def sentence(code: str, text: Text, *expressions: Expression, rate: Rate | None = None) -> Sentence:
    """Return a sentence with what its expressions compare; a name of its own is explained where it is defined."""
    nodes = [node for one in expressions for node in _open_nodes(one)]
    compared = {pair for node in nodes for pair in _compared(node)}
    named = {Fraction(value) for node in nodes for value in _figures_of(node)}
    # what a rule works out is told as it is written: half, or two thirds, of something
    named |= {1 / value for node in nodes for value in map(Fraction, _figures_of(node)) if value > 1 and value < 10}
    for name in {node.name for node in nodes if isinstance(node, Named)}:
        named |= {Fraction(value) for inner in _named(nodes, name) for value in _figures_of(inner)}
    if rate is not None and not rate.is_fixed:
        named |= {one.rate for one in rate.slices} | {Fraction(one.up_to_yen) for one in rate.slices if one.up_to_yen}
        compared |= {(one.rate, "") for one in rate.slices}
        compared |= {(Fraction(one.up_to_yen), "le") for one in rate.slices if one.up_to_yen}
        assert rate.of is SliceBasis.SUBSIDY or len(rate.slices) == 1
    return Sentence(code, text, frozenset(compared), frozenset(named))


def _named(nodes: Sequence[Expression], name: str) -> Iterator[Expression]:
    for node in nodes:
        if isinstance(node, Named) and node.name == name:
            yield from _all_nodes(node.body)


def _all_nodes(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in parts_of(expression):
        yield from _all_nodes(part)


def _open_nodes(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and what is under it, but nothing inside what has a name of its own."""
    yield expression
    if not isinstance(expression, Named):
        for part in parts_of(expression):
            yield from _open_nodes(part)


def _compared(node: Expression) -> Iterator[tuple[Fraction, str]]:
    match node:
        case Compare(comparison, _, Constant(kind, value)) if kind.is_ordered and kind not in (Kind.DATE, Kind.MOMENT):
            if isinstance(value, int | Fraction) and comparison in _OF_COMPARISON:
                yield Fraction(value), _OF_COMPARISON[comparison]


_OF_COMPARISON = {
    Comparison.AT_LEAST: "ge",
    Comparison.AT_MOST: "le",
    Comparison.MORE_THAN: "gt",
    Comparison.LESS_THAN: "lt",
    Comparison.EQUAL: "",
}


def _figures_of(node: Expression) -> Iterator[int | Fraction]:
    if isinstance(node, Constant) and isinstance(node.value, int | Fraction) and not isinstance(node.value, bool):
        yield node.value
    up_to = getattr(node, "up_to", None)
    if up_to is not None:
        yield up_to


@pytest.mark.parametrize("one", sentences(), ids=lambda one: f"{one.code}: {one.text.en}")
def test_both_languages_say_what_the_rule_says(one: Sentence) -> None:
    assert disagreements(one) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.5%", "1.4%"),
        ("or more", "or less"),
        ("1.5% or more", "more than 1.5%"),
        ("1.5%", "1.5 yen"),
        ("1.5% or more", "high"),
    ],
)
def test_a_sentence_that_says_something_else_is_found(before: str, after: str) -> None:
    one = next(one for one in sentences() if one.code == "plan.total_wages" and before in one.text.en)
    assert disagreements(one) == []
    changed = Sentence(one.code, Text(one.text.ja, one.text.en.replace(before, after)), one.compared, one.named)
    assert disagreements(changed) != []


@pytest.mark.parametrize(("ja", "en"), [("以上", "or more"), ("1.5%", "1.5%")])
def test_two_languages_that_are_wrong_together_are_found(ja: str, en: str) -> None:
    one = next(one for one in sentences() if one.code == "plan.total_wages")
    wrong = Text(
        one.text.ja.replace(ja, {"以上": "以下"}.get(ja, "2%")),
        one.text.en.replace(en, {"or more": "or less"}.get(en, "2%")),
    )
    assert disagreements(Sentence(one.code, wrong, one.compared, one.named)) != []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (Text("1億5,000万円未満", "less than 150,000,000 yen"), [(150_000_000, "lt")]),
        (
            Text("50万円を超え350万円まで", "above 500,000 yen up to 3,500,000 yen"),
            [(500_000, "gt"), (3_500_000, "le")],
        ),
        (Text("3年以上5年以下", "3 to 5 years"), [(3, "ge"), (5, "le")]),
        (Text("2分の1を超える", "more than half"), [(Fraction(1, 2), "gt")]),
        (Text("従業員20人以下", "20 regular employees or fewer"), [(20, "le")]),
        (Text("10か月以内", "within 10 months"), [(10, "le")]),
    ],
)
def test_figures_are_read_back_from_both_languages(text: Text, figures: list[tuple[int | Fraction, str]]) -> None:
    for found in (figures_in_japanese(text.ja), figures_in_english(text.en)):
        assert [(one.value, one.sign) for one in found] == figures


def single() -> list[Asked]:
    return [asked for asked in newest_asked() if asked.kind in ("eligibility", "consortium", "joint")]


@pytest.mark.parametrize("asked", single(), ids=lambda asked: asked.name)
def test_there_is_one_reason_for_each_requirement_in_the_order_of_the_rules(asked: Asked) -> None:
    group = () if asked.kind != "joint" or asked.rules.joint is None else asked.rules.joint.requirements
    requirements = group or asked.rules.requirements
    assessor = Assessor(real_book())
    for number in range(3):
        known = drawn(Random(f"reasons {asked.name} {number}"), asked, 3, 2000).known
        reasons = assessor.answer(asked.case(known), Switches(explain=True))["reasons"]
        assert [one["code"] for one in reasons][: len(requirements)] == [one.code for one in requirements]
        assert [one["code"] for one in reasons][len(requirements) :] in ([], [*_last_code(asked)])
        for reason, one in zip(reasons, requirements, strict=False):
            assert reason["text"] == one.sentence.to_json()
            assert reason["citation"]["source"] in real_book().sources
            assert reason["citation"]["section"]
            assert reason["verdict"] in ("met", "not_met", "cannot_tell")


def _last_code(asked: Asked) -> list[str]:
    award, pool = asked.rules.award, None if asked.rules.consortium is None else asked.rules.consortium.pool
    if pool is not None:
        return [pool.code]
    return [] if award is None or award.lower_limit is None else [award.lower_limit.code]


def test_a_condition_that_the_documents_leave_open_has_words() -> None:
    open_points = {node.name for one in _expressions() for node in _all_nodes(one) if isinstance(node, OpenPoint)}
    book = real_book()
    assert open_points - book.facts.keys() <= book.open_points.keys()


def _expressions() -> list[Expression]:
    rounds = [rules for frame in real_book().frames.values() for rules in frame.rounds.values()]
    return [one.condition for rules in rounds for one in rules.requirements]
