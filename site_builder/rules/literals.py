"""Values as the documents print them: `1,000万円`, `2/3`, `10か月` go in, an exact value of a kind comes out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from calculator.expressions import Constant
from calculator.figures import figure_text
from calculator.kinds import Kind
from site_builder.errors import GuidanceError, Place
from site_builder.sources.fields import scalar
from site_builder.sources.forms import TextForm
from site_builder.sources.nodes import Node, ScalarNode

JAPAN = timezone(timedelta(hours=9))  # Japan has no summer time

#: Nobody writes more digits: the economy of the world has 17 of them, in yen.
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})"
_YEN = re.compile(rf"(?=[0-9])(?:({_DIGITS})億)?(?:({_DIGITS})万)?({_DIGITS})?円")
#: What may stand behind a count, which is the same with it and without it.
COUNT_UNITS = ("人", "年", "者", "件", "社", "個", "回", "名", "期")
_COUNT = re.compile(rf"({_DIGITS})(?:{'|'.join(COUNT_UNITS)})?")
_PERCENT = re.compile(r"([0-9]{1,18}(?:\.[0-9]{1,18})?)%")
_RATE = re.compile(r"([0-9]{1,18})/([0-9]{1,18})")
_MONTHS = re.compile(r"([0-9]{1,4})か月")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?")

_HINT = (
    "write amounts as 1,000万円 or 500,000円, counts as 20人, shares as 3% or 2/3, times as 2022-12-22 17:00 or 10か月"
)


@dataclass(frozen=True, slots=True)
class LiteralDraft:
    """A value, and where it is written."""

    constant: Constant
    node: ScalarNode

    @property
    def kind(self) -> Kind:
        """Return the value's kind."""
        return self.constant.kind


def form_of_kinds(*kinds: Kind, hint: str = "") -> TextForm:
    """Return the form of a value of one of the `kinds`; of any kind without them."""
    patterns = tuple(pattern.pattern for pattern, _, kind in _NOTATIONS if not kinds or kind in kinds)
    return TextForm(patterns=patterns, hint=hint or _HINT)


def read_literal(text: str) -> Constant | None:
    """Return the value that `text` writes, or None if it writes none."""
    for pattern, build, _ in _NOTATIONS:
        match = pattern.fullmatch(text)
        if match:
            return _built(build, match)
    return None


def literal(node: Node) -> LiteralDraft:
    """Read a value of any kind."""
    written = scalar(node, form=form_of_kinds())
    constant = read_literal(written.value)
    if constant is None:
        raise _no_literal(written.place(), written.value, "a value", _HINT)
    return LiteralDraft(constant, written)


def amount(node: Node) -> LiteralDraft:
    """Read an amount of yen."""
    return _of(node, Kind.YEN, "an amount", "write it as 1,000万円, 3億円 or 500,000円")


def rate(node: Node) -> LiteralDraft:
    """Read a rate such as 2/3."""
    return _of(node, Kind.RATE, "a rate", "write it as a fraction: 2/3")


def count(node: Node) -> LiteralDraft:
    """Read a count."""
    return _of(node, Kind.COUNT, "a count", "write a number of things: 20人, 3")


def day(node: Node) -> date:
    """Read a date."""
    value = _of(node, Kind.DATE, "a date", "write it as 2022-12-22").constant.value
    assert isinstance(value, date)  # noqa: S101 - what the kind means
    return value


def moment(node: Node) -> datetime:
    """Read a date and time in Japan."""
    value = _of(node, Kind.MOMENT, "a date and time", "write it as 2022-12-22 17:00").constant.value
    assert isinstance(value, datetime)  # noqa: S101 - what the kind means
    return value


def bad_literal(node: ScalarNode, start: int, end: int) -> GuidanceError:
    """Return the error for a value inside an expression that is in no notation."""
    return _no_literal(node.place(start, end), node.value[start:end], "a value", _HINT)


def _of(node: Node, kind: Kind, what: str, hint: str) -> LiteralDraft:
    written = scalar(node, form=form_of_kinds(kind, hint=hint))
    constant = read_literal(written.value)
    if constant is None or constant.kind is not kind:
        raise _no_literal(written.place(), written.value, what, hint, kind)
    return LiteralDraft(constant, written)


def _no_literal(place: Place, text: str, what: str, hint: str, kind: Kind | None = None) -> GuidanceError:
    half_width = unicodedata.normalize("NFKC", text)
    usual = _usual(half_width)
    for better, words in ((half_width, "write it half-width"), (usual, "write it as")):
        constant = read_literal(better) if better != text else None
        if constant is not None and kind in (None, constant.kind):
            hint = f"{words}: {better}" if words.endswith("width") else f"{words} {better}"
            break
    days = [form for form, _, of in _NOTATIONS if of in (Kind.DATE, Kind.MOMENT)]
    if read_literal(usual) is None and any(form.fullmatch(usual) for form in days):
        hint = "no calendar has such a day or hour: look it up in the document"
    return GuidanceError(place, f"'{text}' is not {what}", hint, "bad-literal")


def _usual(text: str) -> str:
    """Return a value that is written as documents also do in the notation of the rules; else what it was."""
    for pattern, better in _AS_IN_DOCUMENTS:
        text = pattern.sub(better, text)
    return text


def _amount_of(match: re.Match[str]) -> str:
    unit = 1_000 if match[2] == "千" else 1_000_000
    return figure_text(Kind.YEN, _whole(match[1]) * unit).ja


def _day_of(match: re.Match[str]) -> str:
    year = 1 if match["year"] == "元" else int(match["year"])
    year += {"令和": 2018, "平成": 1988}.get(match["era"] or "", 0)
    day = f"{year:04}-{int(match['month']):02}-{int(match['day']):02}"
    return day if match["hour"] is None else f"{day} {int(match['hour']):02}:{int(match['minute'] or 0):02}"


#: How documents write a value besides, and what it is here: 10ヶ月, 3分の2, 1.5パーセント, 7,500千円, 令和4年12月22日.
_AS_IN_DOCUMENTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<=[0-9])[ヶケヵカ箇]月$"), "か月"),
    (re.compile(r"^([0-9]{1,18})分の([0-9]{1,18})$"), r"\2/\1"),
    (re.compile(r"(?<=[0-9])パーセント$"), "%"),
    (re.compile(rf"^({_DIGITS})(千|百万)円$"), _amount_of),
    (
        re.compile(
            r"^(?P<era>令和|平成)?(?P<year>[0-9]{1,4}|元)[年/.-](?P<month>[0-9]{1,2})[月/.-](?P<day>[0-9]{1,2})日?"
            r"(?: *(?P<hour>[0-9]{1,2})(?::|時)(?:(?P<minute>[0-9]{2})分?)?)?$"
        ),
        _day_of,
    ),
)


def _built(build: Callable[[re.Match[str]], Constant], match: re.Match[str]) -> Constant | None:
    try:
        return build(match)
    except (ValueError, ZeroDivisionError):  # 31 February, a rate over 0
        return None


def _whole(digits: str | None) -> int:
    return int(digits.replace(",", "")) if digits else 0


def _yen(match: re.Match[str]) -> Constant:
    oku, man, yen = (_whole(digits) for digits in match.groups())
    return Constant(Kind.YEN, oku * 100_000_000 + man * 10_000 + yen)


def _moment(match: re.Match[str]) -> Constant:
    return Constant(Kind.MOMENT, datetime.fromisoformat(match[0]).replace(tzinfo=JAPAN))


_NOTATIONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Constant], Kind], ...] = (
    (_YEN, _yen, Kind.YEN),
    (_COUNT, lambda match: Constant(Kind.COUNT, _whole(match[1])), Kind.COUNT),
    (_PERCENT, lambda match: Constant(Kind.PERCENT, Fraction(match[1])), Kind.PERCENT),
    (_RATE, lambda match: Constant(Kind.RATE, Fraction(int(match[1]), int(match[2]))), Kind.RATE),
    (_MONTHS, lambda match: Constant(Kind.MONTHS, int(match[1])), Kind.MONTHS),
    (_DATE, lambda match: Constant(Kind.DATE, date.fromisoformat(match[0])), Kind.DATE),
    (_MOMENT, _moment, Kind.MOMENT),
)
