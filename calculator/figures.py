"""Figures as people read them: an exact value of a kind goes in, its usual notation in both languages comes out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

from calculator.expressions import Scalar
from calculator.kinds import Kind
from calculator.text import Text

JAPAN = timezone(timedelta(hours=9))
_OKU = 100_000_000
_MAN = 10_000
_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: How English names several things end, and how it names one of them then; the first that fits counts.
_SINGULAR = (("people", "person"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("xes", "x"), ("s", ""))


def figure_text(kind: Kind, value: Scalar, unit: Text | None = None) -> Text:
    """Return `value` of `kind` in words, exactly; `unit` follows a COUNT (`Text("人", "employees")`).

    Raises:
        ValueError: there is no such value of that kind (None and choices are worded by their fact's labels).
    """
    match kind, value:
        case Kind.YES_NO, bool():
            return Text("はい", "yes") if value else Text("いいえ", "no")
        case Kind.YEN, int():
            return Text(yen_in_japanese(value), f"{value:,} yen")
        case Kind.COUNT, int():
            return _with_unit(value, unit)
        case Kind.PERCENT, Fraction() | int():
            share = decimal_text(Fraction(value))
            return Text(f"{share}%", f"{share}%")
        case Kind.RATE, Fraction():
            return Text(str(value), str(value))
        case Kind.MONTHS, int():
            return Text(f"{value}か月", "1 month" if value == 1 else f"{value} months")
        case Kind.MOMENT, datetime():
            return _moment_text(value)
        case Kind.DATE, date():
            return _date_text(value)
        case _:
            raise ValueError(f"no notation for {value!r} as {kind.value}")


def yen_in_japanese(amount: int) -> str:
    """Return `amount` in 億 and 万 where that is exact (`1億5,000万円`), else in digits (`1,333,333円`)."""
    if amount % _MAN or amount == 0:
        return f"{amount:,}円"
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    oku, man = size // _OKU, size % _OKU // _MAN
    return f"{sign}{f'{oku:,}億' if oku else ''}{f'{man:,}万' if man else ''}円"


def day_in_a_drawing(day: date) -> Text:
    """Return `day` as a drawing writes it, without its year: `12月22日`, `22 Dec`."""
    return Text(f"{day.month}月{day.day}日", f"{day.day} {MONTHS_EN[day.month - 1][:3]}")


def month_in_a_drawing(day: date) -> Text:
    """Return the month of `day` as a drawing writes it: `12月`, `Dec`."""
    return Text(f"{day.month}月", MONTHS_EN[day.month - 1][:3])


def yen_in_a_drawing(amount: int, *, with_unit: bool = False) -> Text:
    """Return `amount` in 万円 and in million yen, as a drawing writes it: `866` and `8.66`, with the unit if asked."""
    ja, en = decimal_text(Fraction(amount, _MAN)), decimal_text(Fraction(amount, 100 * _MAN))
    return Text(f"{ja}万円", f"{en} million yen") if with_unit else Text(ja, en)


def yen_for_a_drawing(amount: int, most: int) -> int:
    """Return `amount` without what is too small to show beside `most`: whole 万円, three digits of small amounts."""
    finest = min(_MAN, int(f"1{'0' * (len(str(most)) - 3)}"))
    return amount - amount % finest


def decimal_text(number: Fraction) -> str:
    """Return `number` as a decimal where it ends (`1.49`), else as a fraction (`10/3`)."""
    for places in range(16):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = f"{abs(scaled.numerator):0{places + 1}d}"
            sign = "-" if number < 0 else ""
            whole = f"{int(digits[: len(digits) - places]):,}"
            return f"{sign}{whole}.{digits[-places:]}" if places else f"{sign}{whole}"
    return str(number)


def _with_unit(count: int, unit: Text | None) -> Text:
    figure = f"{count:,}"
    if unit is None:
        return Text(figure, figure)
    return Text(f"{figure}{unit.ja}", f"{figure} {_singular(unit.en) if count == 1 else unit.en}")


def _singular(plural: str) -> str:
    """Return the English for one of what `plural` names: `employees`, `companies`, `people`."""
    return next((plural.removesuffix(end) + one for end, one in _SINGULAR if plural.endswith(end)), plural)


def _date_text(day: date) -> Text:
    ja = f"{day.year}年{day.month}月{day.day}日（{_WEEKDAYS_JA[day.weekday()]}）"
    en = f"{day.day} {MONTHS_EN[day.month - 1]} {day.year} ({_WEEKDAYS_EN[day.weekday()]})"
    return Text(ja, en)


def _moment_text(moment: datetime) -> Text:
    moment = moment.astimezone(JAPAN)
    day = _date_text(moment.date())
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return Text(f"{day.ja}{clock}（日本時間）", f"{day.en}, {clock} JST")
