"""What a link has kept of a result: what became of it is told just as it is, and anything else is no result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, cast

from hypothesis import strategies as st

from calculator.eligibility import Verdict
from calculator.result.judgment import Judgment
from calculator.result.since import since_saved
from calculator.rulebook import FrameRules
from tests.calculator.real_questions import newest_asked, real_book
from tests.fuzz.cases import VALUES
from tests.fuzz.mutations import edited
from tests.fuzz.surface import Surface

#: How frames come out, what a link has kept of some of them, and the edition in it.
Drawn: TypeAlias = tuple[list[tuple[Verdict, int | None]], dict[int, Any], Any]

LONGEST_YEN = 20
FRAMES = 3


@dataclass(frozen=True)
class Judged:
    """As much of a judgment as a link keeps, and the frame that it is of."""

    rules: FrameRules
    verdict: Verdict
    subsidy_yen: int | None


@cache
def _frames() -> tuple[FrameRules, ...]:
    return tuple(one.rules for one in newest_asked() if one.kind == "eligibility")[:FRAMES]


def check(drawn: Drawn) -> None:
    """Tell what became of a saved result."""
    now, kept, edition = drawn
    judged = [Judged(rules, *one) for rules, one in zip(_frames(), now, strict=False)]
    saved = {one.rules.rule_set: kept[place] for place, one in enumerate(judged) if place in kept}
    see_since(since_saved(real_book(), saved, edition, cast("list[Judgment]", judged)), saved, edition, judged)


def see_since(since: dict[str, Any], saved: Any, edition: Any, judged: list[Judged]) -> None:  # noqa: ANN401 - JSON
    """See that just those frames are told of that come out otherwise, with what was and what is."""
    assert since["rules_changed"] is (edition != real_book().edition)
    told = {one["name"]["ja"]: one for one in since["frames"]}
    others = [one for one in judged if kept_of(saved, one.rules.rule_set) != (one.verdict.value, one.subsidy_yen)]
    assert [one["name"] for one in since["frames"]] == [one.rules.name.to_json() for one in others]
    for one in others:
        words = told[one.rules.name.ja]
        assert words["before"] == _in_words(kept_of(saved, one.rules.rule_set)), saved
        assert words["now"] == _in_words((one.verdict.value, one.subsidy_yen))


def kept_of(saved: Any, rule_set: str) -> tuple[str, int | None] | None:  # noqa: ANN401 - JSON
    """What a link has kept of a frame, if it is a result: one of the verdicts, and yen in a few digits or nothing."""
    kept = saved.get(rule_set) if isinstance(saved, dict) else None
    if not isinstance(kept, list) or len(kept) != 2 or kept[0] not in [one.value for one in Verdict]:
        return None
    verdict, yen = kept
    if yen is None:
        return verdict, None
    digits = str(yen) if isinstance(yen, str | int) and not isinstance(yen, bool) else ""
    is_figure = 0 < len(digits) <= LONGEST_YEN and all(one in "0123456789" for one in digits)
    return (verdict, int(digits)) if is_figure else None


def _in_words(kept: tuple[str, int | None] | None) -> dict[str, str]:
    messages = real_book().messages
    if kept is None:
        return {"ja": messages["saved_nothing"].ja, "en": messages["saved_nothing"].en}
    verdict, yen = kept
    name = messages[f"verdict_{verdict}"]
    if verdict != "eligible" or yen is None:
        return {"ja": name.ja, "en": name.en}
    sentence = messages["saved_with_amount"]
    whole = f"{yen // 10**8:,}億" if yen >= 10**8 else ""
    rest = f"{yen % 10**8 // 10**4:,}万" if yen % 10**8 else ""
    ja = f"{yen:,}円" if yen % 10**4 or not yen else f"{whole}{rest}円"
    return {
        "ja": sentence.ja.format(verdict=name.ja, amount=ja),
        "en": sentence.en.format(verdict=name.en, amount=f"{yen:,} yen"),
    }


_YEN = st.sampled_from([0, 1, 7_500_000, 8_000_000, 150_000_000, 1_333_333, 2**53 - 1, 2**53 + 1, 10**20 - 1])
_VERDICTS = st.sampled_from(list(Verdict))
_NOW = st.tuples(_VERDICTS, _YEN | st.none())


@st.composite
def saved_results(draw: st.DrawFn) -> Drawn:
    """How frames come out, what was kept of them, which is mostly near to that, and the edition of then."""
    now = draw(st.lists(_NOW, min_size=FRAMES, max_size=FRAMES))
    kept = {place: draw(near(*one)) for place, one in enumerate(now) if draw(st.integers(0, 9))}
    edition = real_book().edition
    return now, kept, draw(st.sampled_from([edition, edition, edition[:-1], f"{edition} ", "", None, True, 0]))


def near(verdict: Verdict, yen: int | None) -> st.SearchStrategy[Any]:
    """What is kept of a frame that comes out so, and what is nearly that."""
    same = None if yen is None else str(yen)
    figures: list[Any] = [None, "", "0", True, 0, [], {}]
    if yen is not None:
        figures += [yen, yen + 1, yen - 1, str(yen + 1), f"0{yen}", -yen, float(yen), f"1{yen:020}"]
    beside = st.sampled_from(figures)
    if same is not None:
        beside |= edited(st.just(same), "0123456789٣５²_,. -+\n円e")
    name = verdict.value
    shapes = [[name], [name, same, None], [name.upper(), same], {"0": name, "1": same}, None, f"{name},{same}"]
    return (
        st.just([name, same])
        | st.builds(lambda one: [name, one], beside)
        | st.builds(lambda one: [one.value, same], _VERDICTS)
        | st.sampled_from(shapes)
        | st.sampled_from(VALUES)
    )


_KEPT: tuple[Any, ...] = (
    "1" + "0" * LONGEST_YEN,
    "08000000",
    "８000000",
    "8000000\n",
    8_000_000.0,
    8_000_000,
    "",
    "-1",
)
KNOWN: list[Drawn] = [([(Verdict.ELIGIBLE, 8_000_000)], {0: ["eligible", one]}, None) for one in _KEPT]

SURFACES = (Surface("outcomes", st.deferred(saved_results), check, 150, KNOWN),)
