"""The plainest words say what the rules say, and say so where they say nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.site.awards import AwardSummary, TierView
from site_builder.site.moments import MomentView, ScheduleRow, TimeView
from site_builder.site.plain import Places, plain_frame, plain_programme_of_calls, plain_round
from site_builder.site.wording import CitationView, Wording, Words
from tests.real import real_rules
from tests.site.hand_made_content import content_for

PLACES = Places("#much", "#dates")
TIERS = (TierView(None, "9,000,000 yen", is_figure=True),)
SUMMARY = AwardSummary(
    amount="1,000,000 yen to 9,000,000 yen", tiers=TIERS, lower_limit="1,000,000 yen", rate="1/2",
    is_range=False, is_raised=False, is_each=False,
)  # fmt: skip


@pytest.fixture(scope="module")
def wording() -> Wording:
    rules = real_rules()
    return Wording("en", Words(content_for(rules).interface, "en"), rules.book.sources, rules.book.messages)


def closing(wording: Wording, *, is_outside: bool) -> ScheduleRow:
    citation = real_rules().statistics.results[0].citation
    cited: CitationView = wording.cite(citation)
    moment = MomentView(TimeView("2022-12-22", "22 December 2022"), cited)
    return ScheduleRow("x", "x", None if is_outside else moment, moment if is_outside else None)


def frame(wording: Wording, summary: AwardSummary = SUMMARY, closes: ScheduleRow | None = None) -> str:
    return plain_frame(summary, closes, "Who may apply", True, PLACES, wording).text


def test_a_frame_says_how_much_and_until_when(wording: Wording) -> None:
    said = frame(wording, closes=closing(wording, is_outside=False))
    assert "You could get [1,000,000 yen to 9,000,000 yen](#much)." in said
    assert "The share of your cost that public money pays: [1/2](#much)." in said
    assert "Applications closed on [22 December 2022](#dates)." in said
    assert "[Who may apply](#who)" in said
    assert "pay money back" in said


def test_a_date_from_outside_is_called_unofficial(wording: Wording) -> None:
    assert "unofficial sources, applications closed on [22" in frame(wording, closes=closing(wording, is_outside=True))


def test_no_date_is_said_to_be_missing(wording: Wording) -> None:
    assert "The dates are not printed" in frame(wording)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": None, "rate": None}, "How much you could get is not printed"),
        ({"is_range": True}, "The upper limit lies in this range: [1,000,000 yen to"),
        ({"is_each": True}, "Each member of the group could get"),
        ({"is_raised": True}, "In some cases it can be more."),
        ({"tiers": (replace(TIERS[0], is_figure=False),)}, "depends on the application"),
        ({"rate": "fixed sum"}, "The rate: [fixed sum](#much)."),
    ],
)
def test_what_is_special_about_an_amount_is_said(wording: Wording, changed: dict[str, object], said: str) -> None:
    assert said in frame(wording, replace(SUMMARY, **changed))  # type: ignore[arg-type]  # each key with its own type


def test_a_frame_without_repayment_does_not_speak_of_it(wording: Wording) -> None:
    assert "pay money back" not in plain_frame(SUMMARY, None, None, False, PLACES, wording).text


def test_a_round_without_figures_says_so(wording: Wording) -> None:
    assert "How much you could get is not printed" in plain_round("Round 7", None, None, PLACES, wording).text
    assert "You could get [5 yen](#much)." in plain_round("Round 7", "5 yen", None, PLACES, wording).text


def test_a_programme_without_numbered_rounds_speaks_of_its_calls(wording: Wording) -> None:
    name = real_rules().programmes[0].short_name
    assert (
        "pays part of what businesses spend on a project. Over."
        in plain_programme_of_calls(name, "Over.", wording).text
    )
