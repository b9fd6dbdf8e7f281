"""Figures as they are written in rules, and as visitors type them: each is read as a second, plain reading has it.

Texts are right ones, and right ones with a character more, less, or another: a reader that takes too much takes those.
The second reading goes from character to character and has no regular expression, so that both do not err alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from calculator.entries import LONGEST_ENTRY, number_in
from calculator.kinds import Kind
from site_builder.rules.literals import JAPAN, read_literal
from tests.fuzz.mutations import NO_VALUES, edited
from tests.fuzz.surface import Surface

DIGITS = "0123456789"
#: What stands in figures, and what is taken for it by a careless reader or a careless eye.
SIGNS = f"{DIGITS},.-/:%円万億千人年者件社個回名期か月 ０１，．％￥¥\\٣２①²½₂㏠⒈ⅹ_+e−△、ヶヵカ\n\t\u3000\u200b"
COUNTERS = ("人", "年", "者", "件", "社", "個", "回", "名", "期")
UNITS = ("円", "yen", "%", "per cent", "人", "名", "年")
MOST_DIGITS = 18


def check_written(text: str) -> None:
    """Read a figure as rules write it."""
    constant = read_literal(text)
    assert (None if constant is None else (constant.kind, constant.value)) == in_rules(text), text


def in_rules(text: str) -> tuple[Kind, object] | None:
    """What a figure in a rule is, by the plain reading."""
    readings: tuple[tuple[Kind, Callable[[str], object]], ...] = (
        *((Kind.YEN, _yen), (Kind.COUNT, _count), (Kind.PERCENT, _percent), (Kind.RATE, _rate)),
        *((Kind.MONTHS, _months), (Kind.DATE, _day), (Kind.MOMENT, _moment)),
    )
    for kind, read in readings:
        try:
            value = read(text)
        except ValueError:  # there is no such day
            continue
        if value is not None:
            return kind, value
    return None


def _yen(text: str) -> int | None:
    if not text.endswith("円") or text[0] not in DIGITS:
        return None
    return _scaled(text[:-1], _whole, {"億": 10**8, "万": 10**4})


def _scaled(text: str, read: Callable[[str], Fraction | int | None], scales: dict[str, int]) -> int | None:
    """The sum of `1億5,000万` and the like; None where a part is no figure."""
    total: Fraction | int = 0
    for sign, scale in scales.items():
        before, found, after = text.partition(sign)
        if found:
            figure = read(before)
            if figure is None:
                return None
            total, text = total + figure * scale, after
    if text:
        figure = read(text)
        if figure is None:
            return None
        total += figure
    return total  # type: ignore[return-value]  # a fraction where `read` gives some


def _whole(text: str, most: int = MOST_DIGITS) -> int | None:
    """A whole number in digits, with commas between groups of three or none."""
    first, *others = text.split(",")
    is_grouped = not others or (len(first) <= 3 and all(len(one) == 3 for one in others))
    digits = first + "".join(others)
    if not is_grouped or not first or not digits or any(one not in DIGITS for one in digits) or len(digits) > most:
        return None
    return int(digits)


def _plain(text: str, most: int) -> int | None:
    return None if "," in text else _whole(text, most)


def _count(text: str) -> int | None:
    return _whole(text[:-1] if text.endswith(COUNTERS) else text)


def _percent(text: str) -> Fraction | None:
    whole, point, part = text.removesuffix("%").partition(".")
    figures = (_plain(whole, MOST_DIGITS), _plain(part, MOST_DIGITS) if point else 0)
    if not text.endswith("%") or None in figures:
        return None
    return Fraction(int(whole + part), 10 ** len(part))


def _rate(text: str) -> Fraction | None:
    over, bar, under = text.partition("/")
    figures = (_plain(over, MOST_DIGITS), _plain(under, MOST_DIGITS) if bar else 0)
    return None if None in figures or not figures[1] else Fraction(figures[0] or 0, figures[1])


def _months(text: str) -> int | None:
    return _plain(text.removesuffix("か月"), 4) if text.endswith("か月") else None


def _numbers(text: str, form: str) -> list[int] | None:
    """The numbers in `text`, if it is like `form`, in which 0 is any digit."""
    if len(text) != len(form) or any(
        (one not in DIGITS) if like == "0" else one != like for one, like in zip(text, form, strict=True)
    ):
        return None
    return [int(one) for one in "".join(one if one in DIGITS else " " for one in text).split()]


def _day(text: str) -> date | None:
    numbers = _numbers(text, "0000-00-00")
    return None if numbers is None else date(*numbers)


def _moment(text: str) -> datetime | None:
    numbers = _numbers(text, "0000-00-00 00:00") or _numbers(text, "0000-00-00 00:00:00")
    if numbers is None:
        return None
    year, month, day, hour, minute, second = (*numbers, 0)[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=JAPAN)


def check_typed(text: str) -> None:
    """Read a figure as visitors type it."""
    assert number_in(text, UNITS) == as_typed(text), text


def as_typed(text: str) -> Fraction | None:
    """What number a visitor means, by the plain reading."""
    if any(_is_no_digit(one) for one in text):
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    if _has_loose_space(plain):
        return None
    for sign, meant in (*((one, "-") for one in "−‐–▲△"), ("、", ",")):
        plain = plain.replace(sign, meant)
    plain = _closed(plain).lower()
    number = next(
        (plain.removesuffix(unit.replace(" ", "")) for unit in UNITS if plain.endswith(unit.replace(" ", ""))), plain
    )
    number = number[1:] if number[:1] in ("¥", "\\") else number
    is_negative, number = number.startswith("-"), number.removeprefix("-")
    number = number[1:] if number[:1] in ("¥", "\\") else number
    number = number[:-1] if number[-1:] in ("¥", "\\") else number
    if not number or number[0] not in DIGITS or len(plain) > LONGEST_ENTRY:
        return None
    size = _scaled(number, _thousands, {"億": 10**8, "万": 10**4})
    return None if size is None else Fraction(-size if is_negative else size)


def _is_no_digit(sign: str) -> bool:
    """Whether a sign is neither a digit of ours nor a full-width one, but would be made one."""
    becomes = unicodedata.normalize("NFKC", sign)
    is_wide = "０" <= sign <= "９" or sign in DIGITS
    return not is_wide and any(one in DIGITS for one in becomes)


def _has_loose_space(plain: str) -> bool:
    """Whether digits stand apart that are not the groups of one number."""
    words = [word for word in plain.split(" ") if word]
    apart = [other for one, other in pairwise(words) if one[-1] in DIGITS and other[0] in DIGITS]
    return any(len(one) < 3 or any(sign not in DIGITS for sign in one[:3]) or one[3:4].isdecimal() for one in apart)


def _closed(plain: str) -> str:
    """The text without spaces; between digits they are commas."""
    closed = ""
    for word in (word for word in plain.split(" ") if word):
        closed += f",{word}" if closed and closed[-1] in DIGITS and word[0] in DIGITS else word
    return closed


def _thousands(text: str) -> Fraction | None:
    digits = text.removesuffix("千")
    whole, point, part = digits.partition(".")
    figures = (_whole(whole, LONGEST_ENTRY), _plain(part, LONGEST_ENTRY) if point else 0)
    if None in figures:
        return None
    number = Fraction(int(whole.replace(",", "") + part), 10 ** len(part))
    return number * 1000 if text.endswith("千") else number


_NUMBERS = st.sampled_from(
    ["0", "5", "30", "00", "1,000", "10,000", "999,999,999", "1234567", "9" * MOST_DIGITS, "9" * (MOST_DIGITS + 1)]
)
_AMOUNTS = st.builds(
    "{}{}円".format, _NUMBERS.map("{}億".format) | st.just(""), _NUMBERS.map("{}万".format) | st.just("") | _NUMBERS
)
_WRITTEN = (
    _AMOUNTS
    | st.builds("{}{}".format, _NUMBERS, st.sampled_from(["", *COUNTERS, "%", ".5%", "/3", "か月", "万500円"]))
    | st.sampled_from(
        [
            "2/3",
            "1/0",
            "1.5%",
            "10か月",
            "2022-12-22",
            "2024-02-29",
            "2022-12-22 17:00",
            "2022-12-22 23:59:59",
            "2022-12-22 24:00",
            *NO_VALUES,
        ]
    )
)
_TYPED = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "¥", "-", "△", "−", "¥-", "￥"]),
    _NUMBERS.map("{}億".format) | _NUMBERS.map("{}千万".format) | st.just("") | st.just("1.5億"),
    _NUMBERS.map("{}万".format) | _NUMBERS.map("{}千".format) | _NUMBERS | st.just("1 000") | st.just("２０"),
    st.sampled_from(["", "円", " 円", "yen", "人", " per cent", "％", "か月", "くらい"]),
)

#: Figures as rules may not write them, each by a hair.
NEARLY_WRITTEN = (
    *("10ヶ月", "10カ月", "10 か月", "12345か月", "1,000か月", "1,000.5%", "1,0%", "1.%", ".5%", "5％", "1%%", "-1%"),
    *("1,000/3", "1/3/5", "0/0", "1/-3", "3台", "3 人", "人", "3人人", "2022-12-22T17:00", "2022-12-22  17:00"),
    *(
        "2022-12-22 17:00:60",
        "2022-12-22 17:00:0",
        "2022/12/22",
        "2022-2-2",
        "円",
        "億円",
        "万円",
        "1万2億円",
        "1億2億円",
        "1.5億円",
        "1円5",
        "",
    ),
    *(
        "1,00円",
        "1,0000円",
        ",000円",
        "1,,000円",
        "1円\n",
        " 1円",
        "１円",
        "٣円",
        "1_000円",
        "+1円",
        "-1円",
        "1e3円",
        "¥1",
    ),
)
#: Figures that a visitor may not have meant as a number.
NEARLY_TYPED = (
    *(
        "20 30",
        "1 00",
        "1 0000",
        "①500",
        "5²",
        "10⁶",
        "1½",
        "⒈5億",
        "㏠",
        "1¥2",
        "¥",
        "1,00",
        "1,0000",
        ",5",
        "5,",
        "1.",
    ),
    *(
        ".5",
        "1..5",
        "1e6",
        "+5",
        "--5",
        "5-",
        "5-3",
        "万",
        "千",
        "5千千",
        "1万1億",
        "1億1億",
        "5か月",
        "5％％",
        "٣",
        "²",
        "",
    ),
    *(
        "9" * LONGEST_ENTRY,
        "9" * (LONGEST_ENTRY + 1),
        "-",
        "円",
        "5円円",
        "5 % 円",
        "0x1",
        "1_0",
        "1,000,00",
        "1,000.5,5",
    ),
)

SURFACES = (
    Surface("written", edited(_WRITTEN, SIGNS), check_written, 400, NEARLY_WRITTEN),
    Surface("typed", edited(_TYPED, SIGNS), check_typed, 400, NEARLY_TYPED),
)
