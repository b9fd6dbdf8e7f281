"""The sheet on which a round is checked against its documents: everything that its pages show, with its place.

The rows are the records of the open data that are cited, so that nothing that is published is left out.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import AccountLeadTime, Citation, CitationStatus
from calculator.text import LANGUAGES, Language, Text
from site_builder.errors import WrongUsageError, no_rule_set
from site_builder.rules.model import Figure, Rules
from site_builder.site.calls import Call, calls
from site_builder.site.data import records
from site_builder.site.data.making import frame_record, round_record
from site_builder.site.dropped import dropped_by
from site_builder.site.wording import Wording, Words

#: What a record of a kind is about; the order is that of the sheet.
_MATTERS: Mapping[str, tuple[type, ...]] = {
    "date": (records.Moment, AccountLeadTime),
    "figure": (records.Figure,),
    "amount": (
        records.Rate,
        records.UpperLimit,
        records.Uplift,
        records.LowerLimit,
        records.EligibleCosts,
        records.RateRange,
        records.LimitRange,
        records.Pool,
        records.Award,
    ),
    "requirement": (records.Requirement, records.Consortium),
    "definition": (records.Definition,),
    "repayment": (records.RepaymentCase, records.Clawback),
    "statement": (records.Statement, records.CitedSentence, records.Frame, records.Follows),
    "document": (records.Document,),
    "change": (records.Change,),
    "note": (records.Note,),
}
#: What is cited without words of its own, by the name of its field.
_WORDS_OF = {"rounding": "rounding_sentence", "offered": "cited_offered", "joint": "frame_section_joint"}
_WORDS_OF_KIND = ((records.Consortium, "frame_section_consortium"), (records.Follows, "changes_following_frame"))
#: The units that a count can have in rule files (`literals.COUNT_UNITS`), by the ends of the names of their words.
UNITS = ("people", "persons", "years", "businesses", "companies", "cases", "things", "times", "terms")
#: By which name of its own a record is found in the rule files.
_NAMES = ("code", "figure", "reason", "name")


@dataclass(frozen=True, slots=True)
class FactRow:
    """A line of the sheet: the words in both languages, the value of a figure, where it is shown, and its places."""

    matter: str
    name: str
    words: tuple[Text, ...]
    value: Text | None
    citations: tuple[Citation, ...]
    frames: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class FactPart:
    """Rows of one matter and, unless they are printed for the round, one status."""

    matter: str
    status: CitationStatus | None
    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class FactSource:
    """A document of the sheet, and when the rules were last read against it; None is never."""

    title: Text
    publisher: Text
    address: str | None
    checked: date | None


@dataclass(frozen=True, slots=True)
class FactSheet:
    """A round with everything that is to be checked: what its documents print, and apart from it what they do not."""

    title: Mapping[Language, str]
    edition: str
    printed: tuple[FactPart, ...]
    apart: tuple[FactPart, ...]
    frames: int
    sources: tuple[FactSource, ...]
    wordings: Mapping[Language, Wording]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(len(part.rows) for part in (*self.printed, *self.apart))


def fact_sheet(rules: Rules, texts: Mapping[str, Text], slug: str, number: int | None) -> FactSheet:
    """Return the sheet of round `number` of the rule set `slug`, None being the one call of a budget without rounds.

    Raises:
        WrongUsageError: there is no such round.
    """
    call = _call(rules, slug, number)
    wordings = {
        language: Wording(language, Words(texts, language), rules.book.sources, rules.book.messages)
        for language in LANGUAGES
    }
    rows = tuple(_joined(_rows(call, rules, texts)))
    cited = dict.fromkeys(citation.source for row in rows for citation in row.citations)
    return FactSheet(
        title={
            language: one.fill("fact_title", programme=call.programme.short_name, round=call.round.name)
            for language, one in wordings.items()
        },
        edition=rules.book.edition,
        printed=tuple(_parts(rows, CitationStatus.PRINTED)),
        apart=tuple(part for status in _apart() for part in _parts(rows, status)),
        frames=len(call.round.frames),
        sources=tuple(_source(name, rules) for name in rules.book.sources if name in cited),
        wordings=wordings,
    )


def _call(rules: Rules, slug: str, number: int | None) -> Call:
    known = [call for call in calls(rules) if call.rule_set.slug == slug]
    if not known:
        raise no_rule_set(slug, dict.fromkeys(call.rule_set.slug for call in calls(rules)))
    found = next((call for call in known if call.round.number == number), None)
    if found is None:
        numbers = [str(call.round.number) for call in reversed(known) if call.round.number is not None]
        hint = f"its rounds are {', '.join(numbers)}" if numbers else "it has one call: leave the number out"
        what = "name a round" if number is None else f"there is no round {number}"
        raise WrongUsageError(f"{slug}: {what}", hint)
    return found


def _apart() -> tuple[CitationStatus, ...]:
    """Return the statuses of what no document of the round prints, the least certain first."""
    least_certain = (CitationStatus.UNCONFIRMED, CitationStatus.OUTSIDE)
    others = (one for one in CitationStatus if one not in (*least_certain, CitationStatus.PRINTED))
    return (*least_certain, *others)


def _parts(rows: Iterable[FactRow], status: CitationStatus) -> Iterator[FactPart]:
    """Yield the rows of a status by matter; a row with several places has the status of the least certain.

    That a date is not printed is to be found in what is printed.
    """
    order = (CitationStatus.PRINTED, *reversed(_apart()))

    def least(row: FactRow) -> int:
        return max((order.index(one.status) for one in row.citations), default=0)

    own = [row for row in rows if least(row) == order.index(status)]
    for matter in _MATTERS:
        found = tuple(row for row in own if row.matter == matter)
        if found:
            yield FactPart(matter, None if status is CitationStatus.PRINTED else status, found)


def _source(name: str, rules: Rules) -> FactSource:
    one = rules.book.sources[name]
    return FactSource(one.title, one.publisher, one.address, rules.checked[name])


def _joined(rows: Iterable[FactRow]) -> Iterator[FactRow]:
    """Yield each row once, with all frames that show it."""
    frames: dict[FactRow, dict[Text, None]] = {}
    for row in rows:
        key = replace(row, frames=())
        frames.setdefault(key, {}).update(dict.fromkeys(row.frames))
    yield from (replace(row, frames=tuple(shown)) for row, shown in frames.items())


def _rows(call: Call, rules: Rules, texts: Mapping[str, Text]) -> Iterator[FactRow]:
    units = [texts[f"fact_unit_{name}"] for name in UNITS]
    for frame in call.round.frames:
        values = {name: _with_unit(one, units) for name, one in frame.figures.items()}
        record = frame_record(frame, call, rules.book)
        account = frame.rules.account_lead_time
        own = _Rows(texts, values, (frame.rules.name,))
        named = {name for name, one in frame.figures.items() if one.written}
        yield from without_repeated(tuple(own.of(record)), named)
        yield from () if account is None else own.of(account)
    yield from _Rows(texts, {}, ()).of(round_record(call, rules.book))
    yield from _dropped(call, texts)


def _dropped(call: Call, texts: Mapping[str, Text]) -> Iterator[FactRow]:
    """Yield what the round no longer has."""
    for one in dropped_by(call):
        frames = () if one.frame is None else (one.frame.rules.name,)
        yield FactRow("change", one.name, (one.label, texts["changes_dropped"]), None, (one.citation,), frames)


def _with_unit(figure: Figure, units: Iterable[Text]) -> Text:
    """Return a figure with the unit that its rule file gives it: a sentence would say it behind a bare count."""
    is_count = figure.value.kind is Kind.COUNT
    unit = next((one for one in units if is_count and figure.written.endswith(one.ja)), None)
    return figure.text if unit is None else figure_text(figure.value.kind, figure.value.value, unit)


def without_repeated(rows: Sequence[FactRow], named: Container[str]) -> Iterator[FactRow]:
    """Yield rows without figures of an award, such as the border of a tier, that a sentence about amounts tells.

    `named` are the figures that have a name of their own: each of them is to be ticked.
    """
    told = [row for row in rows if row.matter == "amount"]
    for row in rows:
        is_repeated = row.matter == "figure" and row.name not in named and any(_tells(one, row) for one in told)
        if not is_repeated:
            yield row


def _tells(amount: FactRow, figure: FactRow) -> bool:
    """Say whether a row about amounts has a figure in its words, in both languages and from the same place."""
    value = figure.value
    return (
        value is not None
        and amount.citations == figure.citations
        and all(
            any(_stands_in(value.within(language), words.within(language)) for words in amount.words)
            for language in LANGUAGES
        )
    )


def _stands_in(value: str, words: str) -> bool:
    """Say whether a figure stands in a text, and not only in a longer one: 5 is not in 15, nor in 5,000."""
    return re.search(rf"(?<![0-9.,/億万]){re.escape(value)}(?![0-9/億万]|[.,][0-9])", words) is not None


class _Rows:
    """Finds what is cited in records, wherever it stands in them."""

    def __init__(self, texts: Mapping[str, Text], values: Mapping[str, Text], frames: tuple[Text, ...]) -> None:
        self._texts = texts
        self._values = values
        self._frames = frames

    def of(self, record: object) -> Iterator[FactRow]:
        """Yield a row for each thing in `record` that is cited."""
        if isinstance(record, tuple):
            for one in record:
                yield from self.of(one)
        elif is_dataclass(record) and not isinstance(record, Text | Citation):
            yield from self._own(record)
            for field in fields(record):
                part = getattr(record, field.name)
                if isinstance(part, Citation) and field.name != "citation":
                    words = (self._texts[_WORDS_OF[field.name]],)
                    yield FactRow(_matter(record), field.name, words, None, (part,), self._frames)
                yield from self.of(part)

    def _own(self, record: object) -> Iterator[FactRow]:
        cited = getattr(record, "citations", None) or (getattr(record, "citation", None),)
        citations = tuple(one for one in cited if isinstance(one, Citation))
        if citations or isinstance(record, records.Moment):
            name = next((found for one in _NAMES if isinstance(found := getattr(record, one, None), str)), "")
            kind = (self._texts[word] for one, word in _WORDS_OF_KIND if isinstance(record, one))
            words = tuple(dict.fromkeys(_texts_of(record))) or tuple(kind)
            yield FactRow(_matter(record), name, words, self._value(record), citations, self._frames)

    def _value(self, record: object) -> Text | None:
        match record:
            case records.Figure(figure=figure) if figure in self._values:
                return self._values[figure]
            case records.Figure(kind=kind, value=int(value)):
                return figure_text(kind, value)
            case records.Figure(value=value):
                return _same(str(value))
            case records.Moment(at=None, on=None):
                return self._texts["not_printed"]
            case records.Moment(at=at, on=on):
                return _same(f"{at:%Y-%m-%d %H:%M:%S}".removesuffix(":00") if at is not None else f"{on:%Y-%m-%d}")
            case records.Document(posted=posted) if posted is not None:
                return _same(posted.isoformat())
            case AccountLeadTime(least_days=least, most_days=most):
                return self._texts["fact_days"].filled(least=str(least), most=str(most))
            case records.Follows(rule_set=rule_set, frame=frame):
                return _same(f"{rule_set}/{frame}")
            case _:
                return None


def _same(words: str) -> Text:
    return Text(words, words)


def _matter(record: object) -> str:
    return next(matter for matter, kinds in _MATTERS.items() if isinstance(record, kinds))


def _texts_of(record: object, *, is_within: bool = False) -> Iterator[Text]:
    """Yield the texts of a record, those of parts that are cited themselves left out."""
    if isinstance(record, Text):
        yield record
    elif isinstance(record, tuple):
        for one in record:
            yield from _texts_of(one, is_within=True)
    elif is_dataclass(record) and not (is_within and isinstance(getattr(record, "citation", None), Citation)):
        for field in fields(record):
            yield from _texts_of(getattr(record, field.name), is_within=True)
