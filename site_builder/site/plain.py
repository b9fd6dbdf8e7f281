"""A page in the plainest words, made from the rules: what it is about, how much, until when, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calculator.text import Text
from site_builder.site.awards import AwardSummary
from site_builder.site.moments import MomentView, ScheduleRow
from site_builder.site.prose import PLAIN, ProseSection
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Places:
    """Where a page or another has amounts and dates with their sources, as Markdown links name it."""

    much: str
    dates: str


def plain_section(paragraphs: Iterable[tuple[str, ...]], wording: Wording) -> ProseSection:
    """Return paragraphs of sentences as the section in the plainest words; empty paragraphs are left out."""
    gap = "" if wording.language == "ja" else " "
    text = "\n\n".join(gap.join(sentences) for sentences in paragraphs if sentences)
    return ProseSection(PLAIN, wording.words["plain_heading"], text)


def plain_programme(
    name: Text, newest: Text, amount: str | None, closes: ScheduleRow | None, places: Places, wording: Wording
) -> ProseSection:
    """Say a programme plainly; `newest` is its newest round, and the rest is of that round."""
    what = wording.fill("plain_programme_what", programme=name)
    call = wording.fill("plain_programme_newest", round=newest)
    return plain_section(
        [(what, call), _much_in_a_round(amount, places, wording), (*_until(closes, places, wording), *_care(wording))],
        wording,
    )


def plain_programme_of_calls(name: Text, standing: str, wording: Wording) -> ProseSection:
    """Say a programme plainly whose rounds have no numbers; `standing` says how its calls stand."""
    what = wording.fill("plain_programme_what", programme=name)
    return plain_section([(what, standing), _care(wording)], wording)


def plain_round(
    name: str, amount: str | None, closes: ScheduleRow | None, places: Places, wording: Wording
) -> ProseSection:
    """Say a round plainly."""
    what = wording.fill("plain_round_what", round=name)
    much, until = _much_in_a_round(amount, places, wording), _until(closes, places, wording)
    return plain_section([(what, *until), much, _care(wording)], wording)


def plain_frame(
    summary: AwardSummary,
    closes: ScheduleRow | None,
    who: str | None,
    is_repaid: bool,
    places: Places,
    wording: Wording,
) -> ProseSection:
    """Say a frame plainly; `who` is the heading of the section on applicants, if the page has one."""
    words = wording.words
    applicants = () if who is None else (wording.fill("plain_who", heading=who),)
    return plain_section(
        [
            (words["plain_frame_what"], *applicants),
            (*_much(summary, places, wording), *_until(closes, places, wording)),
            (words["plain_selection"], *((words["plain_repayment"],) if is_repaid else ())),
        ],
        wording,
    )


def _much(summary: AwardSummary, places: Places, wording: Wording) -> tuple[str, ...]:
    if summary.amount is None:
        return (wording.words["plain_amount_unknown"],)
    if summary.is_range:
        amount = wording.fill("plain_amount_range", amount=summary.amount, much=places.much)
    elif not all(tier.is_figure for tier in summary.tiers):
        amount = wording.words["plain_amount_worked_out"]
    else:
        pattern = "plain_amount_each" if summary.is_each else "plain_amount"
        amount = wording.fill(pattern, amount=summary.amount, much=places.much)
    raised = (wording.words["plain_raised"],) if summary.is_raised else ()
    return (amount, *raised, *_rate(summary.rate, places, wording))


def _rate(rate: str | None, places: Places, wording: Wording) -> tuple[str, ...]:
    if rate is None:
        return ()
    pattern = "plain_rate_fixed" if rate == wording.words["rate_fixed"] else "plain_rate"
    return (wording.fill(pattern, rate=rate, much=places.much),)


def _much_in_a_round(amount: str | None, places: Places, wording: Wording) -> tuple[str, ...]:
    if amount is None:
        return (wording.words["plain_amount_unknown"],)
    return (wording.fill("plain_amount", amount=amount, much=places.much), wording.words["plain_differs"])


def _until(closes: ScheduleRow | None, places: Places, wording: Wording) -> tuple[str, ...]:
    if closes is None or (closes.moment is None and closes.reported is None):
        return (wording.words["plain_until_not_known"],)
    if closes.moment is not None:
        return (_said(("plain_until", "plain_until_ahead"), closes.moment, places, wording),)
    assert closes.reported is not None  # noqa: S101 - one of both is there
    return (_said(("plain_until_reported", "plain_until_ahead_reported"), closes.reported, places, wording),)


def _said(names: tuple[str, str], moment: MomentView, places: Places, wording: Wording) -> str:
    """Say when applications closed, or close: in the first of two patterns where that is past."""
    is_ahead = date.fromisoformat(moment.time.iso[:10]) >= wording.as_of.day
    return wording.fill(names[is_ahead], when=moment.time.text, dates=places.dates)


def _care(wording: Wording) -> tuple[str, ...]:
    return (wording.words["plain_selection"], wording.words["plain_official"])
