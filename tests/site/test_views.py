"""Views: what a page shows of the rules, in its language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from calculator.text import LANGUAGES, Language
from site_builder.errors import GuidanceError
from site_builder.site.content import figures_for_prose, read_content
from site_builder.site.examples import work_out
from site_builder.site.frames import FrameView, frame_view
from site_builder.site.home import newest_published
from site_builder.site.plan import plan_site, with_edition
from site_builder.site.rounds import RoundView, round_page, round_view
from site_builder.site.wording import Wording, Words
from tests.site.hand_made import FRAME, PLACEHOLDER, ROUND, rules

RULES = rules()
PROGRAMME = RULES.programmes[0]
RULE_SET = PROGRAMME.rule_sets[0]
CONTENT = read_content(Path(__file__).parents[2] / "content", RULES)


def wording(language: Language = "en") -> Wording:
    return Wording(language, Words(CONTENT.interface, language), RULES.book.sources, RULES.book.messages)


def frame(language: Language = "en") -> FrameView:
    return frame_view(FRAME, ROUND, RULE_SET, RULES, work_out(RULES), wording(language))


def placeholder() -> RoundView:
    return round_view(PLACEHOLDER, RULE_SET, PROGRAMME, RULES, wording())


def test_the_first_screen_of_a_round_says_its_deadline_amounts_and_rates() -> None:
    view = round_view(ROUND, RULE_SET, PROGRAMME, RULES, wording())
    assert view.deadline is not None
    assert view.deadline.moment is not None
    assert view.deadline.moment.time.iso == "2030-05-31T17:00+09:00"
    assert view.deadline.moment.time.text == "31 May 2030 (Friday), 17:00 JST"
    assert view.key_figures is not None
    assert view.key_figures.amount_range == "600,000 yen to 9,000,000 yen"
    assert view.key_figures.rate_range == "1/3 or 3/4"


def test_tiers_are_worded_from_their_bounds() -> None:
    assert [tier.range for tier in frame("ja").award.tiers] == ["9人以下", "10～30人", "31人以上"]
    assert [tier.range for tier in frame("en").award.tiers] == [
        "up to 9 employees", "10 to 30 employees", "31 employees or more",
    ]  # fmt: skip


def test_basic_and_additional_requirements_stand_apart() -> None:
    view = frame()
    assert [one.code for one in view.basic] == ["size.small"]
    assert [one.code for one in view.additional] == ["frame.own"]


def test_a_requirement_leads_to_the_definitions_that_it_rests_on() -> None:
    (basic,) = frame("ja").basic
    assert [(term.text, term.path) for term in basic.terms] == [
        ("小規模", "ja/subsidy/budget/7/plain/#definition.small")
    ]


def test_a_note_stands_beside_its_requirement_and_others_in_their_section() -> None:
    view = frame()
    assert [note.name for note in view.basic[0].notes] == ["words"]
    assert [note.name for note in view.notes["notes"]] == ["open"]


def test_each_source_of_a_frame_is_listed_once() -> None:
    assert [one.source for one in frame().sources] == ["outline", "page"]


def test_a_citation_leads_to_its_source_and_says_how_firmly_it_stands() -> None:
    citation = frame("ja").additional[0].citation
    assert (citation.path, citation.section, citation.status_text) == ("ja/sources/#page", "スケジュール", "印2")


def test_a_placeholder_shows_its_schedule_and_notes_and_claims_no_amount() -> None:
    view = placeholder()
    assert view.key_figures is None
    assert (view.frames, view.basic, view.changes) == ((), (), ())
    page = round_page(PLACEHOLDER, RULE_SET, PROGRAMME, RULES, wording())
    assert list(page.sections) == ["schedule"]
    assert [note.name for note in placeholder().notes["schedule"]] == ["later"]


def test_a_reported_date_is_never_shown_as_printed() -> None:
    deadline = placeholder().deadline
    assert deadline is not None
    assert deadline.moment is None
    assert deadline.reported is not None
    assert deadline.reported.citation.status_text == "mark 2"


def test_the_home_page_features_the_newest_round_whose_guideline_is_published() -> None:
    assert newest_published(RULE_SET) is ROUND


def test_an_unknown_interface_word_names_the_file_to_complete() -> None:
    with pytest.raises(GuidanceError, match=r"content/interface.yaml.*no words are called 'deadlin'"):
        wording().words["deadlin"]


def test_every_figure_of_a_frame_can_be_named_in_prose() -> None:
    assert figures_for_prose(RULES)["subsidy/budget/7/plain:upper_limit.most"].ja == "900万円"


def test_the_edition_names_the_exact_content() -> None:
    edition = with_edition(RULES).book.edition
    assert edition == with_edition(with_edition(RULES)).book.edition
    assert len(edition) == 12
    other = replace(RULES, book=replace(RULES.book, messages={}))
    assert with_edition(other).book.edition != edition


def test_both_languages_have_the_same_pages_with_the_same_sections() -> None:
    site = plan_site(RULES, CONTENT, "runtime-0")
    ja, en = ([page for page in site.pages if page.language == language] for language in LANGUAGES)
    assert [(page.address, list(page.sections)) for page in ja] == [(page.address, list(page.sections)) for page in en]
