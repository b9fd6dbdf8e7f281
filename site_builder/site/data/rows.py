"""What the published tables hold: a record is a row, and its fields are the columns.

They follow Japan's rules on the machine readability of administrative data: one row of headings, one value a cell,
plain numbers without commas or units, dates in ISO 8601. A cell is empty where there is nothing to say; a column whose
name ends in `status` (or `precision`) says why. No cell has a line break.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from calculator.kinds import Kind
from calculator.rulebook import Citation, CitationStatus, FrameRules
from calculator.text import Text
from site_builder.rules.model import Document, FrameInRound, Rules
from site_builder.site.addresses import data_address
from site_builder.site.calls import Call
from site_builder.site.cited import Cited, Matter
from site_builder.site.data import records
from site_builder.site.data.making import frame_record, moments, state_of


class RoundStatus(StrEnum):
    """Whether the rounds of a budget have numbers."""

    NUMBERED = "numbered"
    NOT_NUMBERED = "not_numbered"


class FrameStatus(StrEnum):
    """Whether something is said of one frame, or of the round or the budget as a whole."""

    FRAME = "frame"
    WHOLE_ROUND = "whole_round"


class AmountStatus(StrEnum):
    """Why amounts or rates stand in their columns, or do not."""

    STATED = "stated"
    RANGE = "range"
    FIXED = "fixed"
    WORKED_OUT = "worked_out"
    NOT_PRINTED = "not_printed"


class Presence(StrEnum):
    """Whether something is printed."""

    PRINTED = "printed"
    NOT_PRINTED = "not_printed"


class Precision(StrEnum):
    """How exactly a moment is known."""

    MINUTE = "minute"
    DAY = "day"
    NONE = "none"


class CheckedStatus(StrEnum):
    """Whether the rules were ever read against a document."""

    CHECKED = "checked"
    NEVER = "never"


class AddressStatus(StrEnum):
    """Whether a document has an address."""

    KNOWN = "known"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    name_ja: str
    name_en: str
    state: records.RoundState
    summary_ja: str
    summary_en: str
    frame_count: int
    address: str


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A frame in a round."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    frame: str
    name_ja: str
    name_en: str
    state: records.FrameState
    rate_least: Fraction | None
    rate_most: Fraction | None
    rate_status: AmountStatus
    upper_limit_least_yen: int | None
    upper_limit_most_yen: int | None
    upper_limit_status: AmountStatus
    lower_limit_yen: int | None
    lower_limit_status: AmountStatus
    source: str
    section: str
    status: CitationStatus
    address: str


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement of a frame in a round, or what counts in its selection."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    frame: str
    code: str
    group: records.Group
    label_ja: str
    label_en: str
    sentence_ja: str
    sentence_en: str
    expression: str
    source: str
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A named figure of a frame in a round."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    frame: str
    figure: str
    kind: Kind
    value: str
    words_ja: str
    words_en: str
    source: str
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class CitationRow:
    """A thing on the site, and where a document has it."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    frame: str | None
    frame_status: FrameStatus
    matter: Matter
    label_ja: str
    label_en: str
    source: str
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A moment of a round's schedule."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    moment: str
    label_ja: str
    label_en: str
    at: datetime | None
    on: date | None
    precision: Precision
    source: str | None
    section: str | None
    status: records.MomentStatus


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that an applicant of a round needs or may consult."""

    rule_set: str
    round: int | None
    round_status: RoundStatus
    document: str
    title_ja: str
    title_en: str
    text_ja: str
    text_en: str
    posted: date | None
    posted_status: Presence
    source: str
    section: str
    status: CitationStatus


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document that is cited."""

    source: str
    title_ja: str
    title_en: str
    publisher_ja: str
    publisher_en: str
    published_ja: str
    published_en: str
    trust_ja: str
    trust_en: str
    url: str | None
    url_status: AddressStatus
    checked: date | None
    checked_status: CheckedStatus


Row = RoundRow | FrameRow | RequirementRow | FigureRow | CitationRow | MomentRow | DocumentRow | SourceRow

#: The tables, by the names of their files; those of `OF_A_ROUND` are published for each round as well.
TABLES: Mapping[str, type[Row]] = {
    "rounds": RoundRow,
    "frames": FrameRow,
    "requirements": RequirementRow,
    "figures": FigureRow,
    "citations": CitationRow,
    "schedule": MomentRow,
    "documents": DocumentRow,
    "sources": SourceRow,
}
OF_A_ROUND = ("frames", "requirements", "figures", "citations", "schedule", "documents")


def rows_of_a_round(call: Call, rules: Rules, cited: tuple[CitationRow, ...]) -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of every table that are about a round; `cited` are those of its citations."""
    frames = tuple((frame, frame_record(frame, call, rules.book)) for frame in call.round.frames)
    return {
        "rounds": (_round_row(call),),
        "frames": tuple(_frame_row(frame, call) for frame, _ in frames),
        "requirements": tuple(
            _requirement_row(one, frame.slug, call) for frame, record in frames for one in record.requirements
        ),
        "figures": tuple(_figure_row(one, frame.slug, call) for frame, record in frames for one in record.figures),
        "citations": cited,
        "schedule": tuple(_moment_row(one, call) for one in moments(call.round.schedule, rules.book)),
        "documents": tuple(_document_row(one, call) for one in call.round.documents),
    }


def source_rows(rules: Rules) -> tuple[SourceRow, ...]:
    """Return a row for each document."""
    return tuple(
        SourceRow(
            one.name,
            *_both(one.title),
            *_both(one.publisher),
            *_both(one.published),
            *_both(one.trust),
            one.address,
            AddressStatus.NONE if one.address is None else AddressStatus.KNOWN,
            rules.checked[one.name],
            CheckedStatus.NEVER if rules.checked[one.name] is None else CheckedStatus.CHECKED,
        )
        for one in rules.book.sources.values()
    )


def citation_row(ja: Cited, en: Cited) -> CitationRow:
    """Return the row of a thing that is cited, which is `ja` in one language and `en` in the other."""
    frame = None if ja.frame is None else ja.frame.slug
    rule_set, number, round_status = _key(ja.call)
    return CitationRow(
        rule_set=rule_set,
        round=number,
        round_status=round_status,
        frame=frame,
        frame_status=FrameStatus.WHOLE_ROUND if frame is None else FrameStatus.FRAME,
        matter=ja.thing.matter,
        label_ja=ja.thing.label,
        label_en=en.thing.label,
        source=ja.thing.citation.source,
        section=ja.thing.citation.section,
        status=ja.thing.citation.status,
    )


def _key(call: Call) -> tuple[str, int | None, RoundStatus]:
    number = call.round.number
    return call.rule_set.slug, number, RoundStatus.NOT_NUMBERED if number is None else RoundStatus.NUMBERED


def _both(text: Text) -> tuple[str, str]:
    """Return the words in both languages, each in one line."""
    return " ".join(text.ja.split("\n")), " ".join(text.en.split("\n"))


def _place(citation: Citation) -> tuple[str, str, CitationStatus]:
    return citation.source, citation.section, citation.status


def _round_row(call: Call) -> RoundRow:
    one = call.round
    state = records.RoundState.PLACEHOLDER if one.is_placeholder else records.RoundState.PUBLISHED
    address = data_address(call.address, ".json")
    return RoundRow(*_key(call), *_both(one.name), state, *_both(one.summary), len(one.frames), address)


def _frame_row(frame: FrameInRound, call: Call) -> FrameRow:
    own = frame.rules
    rule_set, number, round_status = _key(call)
    rate_least, rate_most, rate_status = _rates(own)
    limit_least, limit_most, limit_status = _limits(own)
    lower_limit, lower_limit_status = _lower_limit(own)
    return FrameRow(
        rule_set=rule_set,
        round=number,
        round_status=round_status,
        frame=frame.slug,
        name_ja=own.name.ja,
        name_en=own.name.en,
        state=state_of(own),
        rate_least=rate_least,
        rate_most=rate_most,
        rate_status=rate_status,
        upper_limit_least_yen=limit_least,
        upper_limit_most_yen=limit_most,
        upper_limit_status=limit_status,
        lower_limit_yen=lower_limit,
        lower_limit_status=lower_limit_status,
        source=frame.offered.source,
        section=frame.offered.section,
        status=frame.offered.status,
        address=data_address(call.frame_address(frame.slug), ".json"),
    )


def _rates(own: FrameRules) -> tuple[Fraction | None, Fraction | None, AmountStatus]:
    """Return the lowest and the highest rate of all that occur; a fixed sum is none."""
    if own.award is not None:
        rates = [case.rate for case in own.award.rates]
        shares = [one.rate for rate in rates if not rate.is_fixed for one in rate.slices]
        return (min(shares), max(shares), AmountStatus.STATED) if shares else (None, None, AmountStatus.FIXED)
    if own.open_award is not None and own.open_award.rate is not None:
        return own.open_award.rate.least, own.open_award.rate.most, AmountStatus.RANGE
    return None, None, AmountStatus.NOT_PRINTED


def _limits(own: FrameRules) -> tuple[int | None, int | None, AmountStatus]:
    """Return the lowest and the highest upper limit, without what raises it."""
    if own.award is not None:
        amounts = [tier.amount_yen for tier in own.award.upper_limit.tiers]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            return None, None, AmountStatus.WORKED_OUT
        return min(known), max(known), AmountStatus.STATED
    if own.open_award is not None and own.open_award.upper_limit is not None:
        limit = own.open_award.upper_limit
        return limit.least_yen, limit.most_yen, AmountStatus.RANGE
    return None, None, AmountStatus.NOT_PRINTED


def _lower_limit(own: FrameRules) -> tuple[int | None, AmountStatus]:
    if own.award is None or own.award.lower_limit is None:
        return None, AmountStatus.NOT_PRINTED
    return own.award.lower_limit.amount_yen, AmountStatus.STATED


def _requirement_row(one: records.Requirement, frame: str, call: Call) -> RequirementRow:
    words = (*_both(one.label), *_both(one.sentence))
    return RequirementRow(*_key(call), frame, one.code, one.group, *words, one.expression, *_place(one.citation))


def _figure_row(one: records.Figure, frame: str, call: Call) -> FigureRow:
    words_ja, words_en = _both(one.words)
    place = _place(one.citation)
    return FigureRow(*_key(call), frame, one.figure, one.kind, str(one.value), words_ja, words_en, *place)


def _moment_row(one: records.Moment, call: Call) -> MomentRow:
    precision = Precision.MINUTE if one.at is not None else Precision.NONE if one.on is None else Precision.DAY
    source, section = (None, None) if one.citation is None else (one.citation.source, one.citation.section)
    labels = _both(one.label)
    return MomentRow(*_key(call), one.name, *labels, one.at, one.on, precision, source, section, one.status)


def _document_row(one: Document, call: Call) -> DocumentRow:
    posted = Presence.NOT_PRINTED if one.posted is None else Presence.PRINTED
    words = (*_both(one.title), *_both(one.text))
    return DocumentRow(*_key(call), one.name, *words, one.posted, posted, *_place(one.citation))
