"""Views: what a page shows of the rules, in its language."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from calculator.rulebook import Citation, CitationStatus, FrameRules, PointLimit, Rate, Slice, place_of
from calculator.text import LANGUAGES, Language, Text
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.awards import rate_range
from site_builder.site.calls import calls, newest_published, programmes_in_order
from site_builder.site.content import figures_for_prose
from site_builder.site.frames import FrameView, frame_page, frame_view
from site_builder.site.home import home_page
from site_builder.site.plan import RuntimeFolder, plan_site, with_edition
from site_builder.site.programmes import programme_view, rule_set_view
from site_builder.site.rounds import RoundView, round_page, round_view
from site_builder.site.schedules import schedule_page
from site_builder.site.wording import Wording, Words
from tests.site.hand_made import FRAME, ROUND, rules
from tests.site.hand_made_content import content_for
from tests.site.hand_made_kinds import (
    BY_HEADS,
    EXPECTED,
    FIXED,
    GROUP,
    JOINT,
    RANGED,
    SILENT,
    SLICED,
    call_of,
    family,
)

RULES = rules()
FAMILY = family()
CALL = call_of(RULES, "subsidy/budget", 7)
CONTENT = content_for(RULES)


def wording(language: Language = "en") -> Wording:
    return Wording(language, Words(CONTENT.interface, language), RULES.book.sources, RULES.book.messages)


def frame(language: Language = "en") -> FrameView:
    return frame_view(FRAME, CALL, RULES, {}, wording(language))


def sister(one: FrameInRound, language: Language = "en") -> FrameView:
    """A frame of the sister programme's call, which has no number."""
    call = call_of(FAMILY, "sister/newer", None)
    return frame_view(
        one,
        replace(call, round=replace(call.round, frames=(*call.round.frames, BY_HEADS))),
        FAMILY,
        {},
        wording(language),
    )


def placeholder() -> RoundView:
    return round_view(call_of(RULES, "subsidy/budget", 8), RULES, wording())


def test_the_first_screen_of_a_round_says_its_deadline_amounts_and_rates() -> None:
    view = round_view(CALL, RULES, wording())
    assert view.deadline is not None
    assert view.deadline.moment is not None
    assert view.deadline.moment.time.iso == "2030-05-31T17:00+09:00"
    assert view.deadline.moment.time.text == "31 May 2030 (Friday), 17:00 JST"
    assert view.key_figures is not None
    assert view.key_figures.amount == "600,000 yen to 9,000,000 yen"
    assert view.key_figures.rate == "1/3 or 3/4"


def test_tiers_are_worded_from_their_bounds() -> None:
    assert [tier.range for tier in frame("ja").summary.tiers] == ["9人以下", "10～30人", "31人以上"]
    assert [tier.range for tier in frame("en").summary.tiers] == [
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
    assert [one.path for one in frame().sources] == ["en/sources/outline/", "en/sources/page/"]


def test_a_citation_leads_to_its_source_and_says_how_firmly_it_stands() -> None:
    citation = frame("ja").additional[0].citation
    assert (citation.path, citation.section, citation.status_text) == (
        f"ja/sources/page/#{place_of('スケジュール')}",
        "スケジュール",
        "印2",
    )


def test_a_placeholder_shows_its_schedule_and_notes_and_claims_no_amount() -> None:
    view = placeholder()
    assert view.key_figures is None
    assert (view.frames, view.basic, view.changes) == ((), (), ())
    page = round_page(call_of(RULES, "subsidy/budget", 8), RULES, wording())
    assert list(page.sections) == ["schedule"]
    assert [note.name for note in placeholder().notes["schedule"]] == ["later"]


def test_a_reported_date_is_never_shown_as_printed() -> None:
    deadline = placeholder().deadline
    assert deadline is not None
    assert deadline.moment is None
    assert deadline.reported is not None
    assert deadline.reported.citation.status_text == "mark 2"


def test_the_programme_with_the_most_rounds_comes_first_and_its_newest_call_before_older_ones() -> None:
    turned = replace(FAMILY, programmes=FAMILY.programmes[::-1])
    assert [programme.slug for programme in programmes_in_order(turned)] == ["sister", "subsidy"]
    found = [(call.rule_set.slug, call.round.number) for call in calls(FAMILY)]
    assert found[:3] == [("sister/next", 9), ("sister/newer", None), ("sister/older", None)]
    assert found[3:] == [("subsidy/budget", 8), ("subsidy/budget", 7)]


def test_the_home_page_features_the_newest_round_whose_guideline_is_published() -> None:
    newest = newest_published(tuple(calls(RULES)))
    assert newest is not None
    assert newest.round is ROUND
    page = home_page(RULES, CONTENT.prose["en"]["home"], wording())
    assert page.view.featured.link.path == "en/subsidy/budget/7/"  # type: ignore[attr-defined]  # a page's view is its own


def test_the_home_page_lists_every_programme_with_its_budgets_and_their_frames() -> None:
    view = home_page(FAMILY, CONTENT.prose["en"]["home"], wording()).view
    (entry, _) = view.programmes  # type: ignore[attr-defined]  # the same
    assert [budget.link.path for budget in entry.budgets] == ["en/sister/next/", "en/sister/newer/", "en/sister/older/"]
    assert [link.path for link in entry.budgets[0].frames] == ["en/sister/next/9/expected/"]
    assert "en/sister/newer/sliced/" in [link.path for link in entry.budgets[1].frames]


def test_a_programme_shows_what_its_newest_published_rounds_give_and_what_is_only_expected() -> None:
    coming, newer, older = programme_view(FAMILY.programmes[0], FAMILY, wording()).rule_sets
    assert coming.expected is not None
    assert ([one.name for one in coming.expected.frames], coming.expected.points) == (["Expected"], ("Not published",))
    assert coming.frames == ()
    assert [row.link.path for row in newer.frames][:2] == ["en/sister/newer/sliced/", "en/sister/newer/fixed/"]
    assert (newer.newest, newer.rounds) == (None, ())
    assert older.link.path == "en/sister/older/"


def test_a_rule_set_leads_to_each_frame_in_each_of_its_rounds() -> None:
    programme = RULES.programmes[0]
    view = rule_set_view(programme.rule_sets[0], programme, RULES, wording())
    (card,) = view.frames
    assert [link.path for link in card.rounds] == ["en/subsidy/budget/7/plain/"]
    assert [card.link.text for card in view.rounds] == ["Round 8", "Round 7"]


@pytest.mark.parametrize(
    ("numbers", "said"), [((4, 3), "3, 4"), ((5, 3, 4), "3 to 5"), ((1, 3, 4, 5, 9, 10), "1, 3 to 5, 9, 10")]
)
def test_rounds_of_which_nobody_can_tell_are_named(numbers: tuple[int, ...], said: str) -> None:
    left_open = replace(EXPECTED.rules, rule_set="subsidy/budget/plain", open_points=("no_record",), requirements=())
    known = FAMILY.book.frames["subsidy/budget/plain"]
    known = replace(known, rounds={**known.rounds, **dict.fromkeys(numbers, left_open)})
    book = replace(FAMILY.book, frames={**FAMILY.book.frames, "subsidy/budget/plain": known})
    programme = RULES.programmes[0]
    (row,) = rule_set_view(programme.rule_sets[0], programme, replace(FAMILY, book=book), wording()).unsettled
    assert (row.name, row.numbers, row.points) == ("Plain frame", said, ("No record",))


def test_the_trail_leads_through_the_programme_and_the_rule_set() -> None:
    page = frame_page(FRAME, CALL, RULES, {}, wording())
    assert [link.path for link in page.trail] == [
        "en/", "en/subsidy/", "en/subsidy/budget/", "en/subsidy/budget/7/",
    ]  # fmt: skip
    call = call_of(FAMILY, "sister/newer", None)
    page = frame_page(SLICED, call, FAMILY, {}, wording())
    assert [link.path for link in page.trail] == ["en/", "en/sister/", "en/sister/newer/"]


def test_only_the_pages_of_the_round_that_is_checked_lead_to_the_check() -> None:
    assert frame().check_path == "en/check/"
    assert placeholder().check_path is None


def test_a_sliced_rate_is_told_part_by_part() -> None:
    view = sister(SLICED)
    assert view.summary.rate == "4/5 and 2/5, each for a part of the amount"
    assert view.award is not None
    assert [(one.part, one.rate) for one in view.award.rates[0].slices] == [
        ("subsidy up to 300,000 yen", "4/5"),
        ("subsidy above 300,000 yen and up to 900,000 yen", "2/5"),
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ja", "3/10または（金額の部分ごとに4/5と2/5）または定額"),
        ("en", "3/10 or (4/5 and 2/5, each for a part of the amount) or fixed sum"),
    ],
)
def test_among_several_rates_it_is_told_which_belong_together(language: Language, told: str) -> None:
    frames = (SLICED.rules, FIXED.rules, with_rate(Fraction(3, 10)))
    assert rate_range(frames, wording(language)) == told


def with_rate(rate: Fraction) -> FrameRules:
    award = SLICED.rules.award
    assert award is not None
    return replace(SLICED.rules, award=replace(award, rates=(replace(award.rates[0], rate=Rate((Slice(rate),))),)))


def test_a_limit_on_points_stands_behind_the_points_with_its_place() -> None:
    (point,) = FRAME.rules.bonuses
    limit = PointLimit(
        "limit.early", Text("加点の上限", "Limit"), (point.code,), 1, Text("一件まで", "at most 1"), point.citation
    )
    other = replace(limit, code="limit.deductions", of=("deduction.none",))
    limited = replace(FRAME, rules=replace(FRAME.rules, point_limits=(limit, other)))
    view = frame_view(limited, CALL, RULES, {}, wording())
    assert [(one.code, one.sentence) for one in view.bonuses[1:]] == [("limit.early", "At most 1")]
    assert view.bonuses[1].citation == view.bonuses[0].citation


def test_without_a_lower_limit_none_is_claimed() -> None:
    view = sister(SLICED)
    assert (view.summary.amount, view.summary.lower_limit) == ("up to 900,000 yen", None)
    assert view.award is not None
    assert view.award.lower_limit is None


def test_costs_without_categories_are_told_in_their_sentence() -> None:
    view = sister(SLICED)
    assert view.award is not None
    assert view.award.costs is not None
    assert (view.award.costs.categories, view.award.costs.sentence) == ((), "About 経費の額")


def test_a_fixed_sum_is_called_so() -> None:
    assert sister(FIXED, "ja").summary.rate == "定額"


def test_a_limit_that_is_worked_out_is_told_in_its_sentence() -> None:
    assert sister(BY_HEADS).summary.amount == "Ten each"


def test_an_open_award_tells_its_ranges_and_names_what_is_open() -> None:
    view = sister(RANGED)
    assert view.award is None
    assert view.open_award is not None
    assert view.open_award.points == ("Which type has which amount",)
    assert view.open_award.rate is not None
    assert (view.summary.amount, view.summary.rate) == ("200,000 yen to 700,000 yen", "1/4 to 3/4")
    assert view.summary.is_range


def test_an_open_award_without_ranges_claims_nothing() -> None:
    view = sister(SILENT)
    assert view.open_award is not None
    assert (view.open_award.rate, view.open_award.upper_limit) == (None, None)
    assert (view.summary.amount, view.summary.rate, view.summary.tiers) == (None, None, ())


def test_each_member_of_a_consortium_has_the_limit_and_they_divide_the_pool() -> None:
    view = sister(GROUP)
    assert view.summary.is_each
    assert view.consortium is not None
    assert view.consortium.pool is not None
    assert (view.consortium.pool.code, view.consortium.pool.sentence) == ("pool.more", "About 配分")
    assert view.award is not None
    assert view.award.costs is None


def test_a_joint_application_has_requirements_of_the_group() -> None:
    view = sister(JOINT)
    assert view.joint is not None
    assert [one.code for one in view.joint.requirements] == ["joint.half"]
    assert view.award is not None
    assert [one.sentence for one in view.award.uplifts] == ["About 上乗せ"]
    assert view.summary.is_raised


def test_awards_that_are_had_together_lead_to_each_other() -> None:
    own, other = sister(SLICED).together
    assert (own.link, other.name) == (None, "Fixed")
    assert other.link is not None
    assert other.link.path == "en/sister/newer/fixed/"


def test_repayment_is_told_case_by_case_and_cites_once_what_most_cases_share() -> None:
    view = sister(JOINT).clawback
    assert view is not None
    whole, wage = view.tables
    assert (whole.anchor, wage.anchor) == ("clawback.whole", "clawback.wage")
    assert wage.citation.source == "outline"
    assert [None if one.citation is None else one.citation.source for one in wage.cases] == [None, "page", None]


def test_every_place_of_a_frame_is_among_its_sources() -> None:
    assert [one.path for one in sister(JOINT).sources] == ["en/sources/outline/", "en/sources/page/"]


def test_sections_with_nothing_to_say_are_left_out() -> None:
    call = call_of(FAMILY, "sister/newer", None)
    sections = {
        one.slug: list(frame_page(one, call, FAMILY, {}, wording()).sections) for one in (SILENT, SLICED, JOINT)
    }
    assert sections == {
        "silent": ["how-much", "sources"],
        "sliced": ["how-much", "costs", "together", "sources"],
        "joint": ["how-much", "costs", "clawback", "joint", "sources"],
    }


def test_a_frame_that_is_only_expected_has_an_honest_page() -> None:
    call = call_of(FAMILY, "sister/next", 9)
    view = frame_view(EXPECTED, call, FAMILY, {}, wording())
    assert view.is_placeholder
    assert (view.award, view.summary.amount) == (None, None)
    assert view.open_award is not None
    assert view.open_award.points == ("Not published",)
    round_page_view = round_view(call, FAMILY, wording())
    assert round_page_view.frames == ()
    assert round_page_view.key_figures is None
    assert round_page_view.expected is not None


def test_a_requirement_that_a_frame_does_not_share_is_not_said_of_all() -> None:
    apart = replace(SILENT, rules=replace(SILENT.rules, rule_set="subsidy/budget/silent"), stands_alone=True)
    view = round_view(replace(CALL, round=replace(ROUND, frames=(apart, FRAME))), FAMILY, wording())
    assert [one.code for one in view.basic] == ["size.small"]
    assert [link.path for link in view.apart] == ["en/subsidy/budget/7/silent/"]
    assert [one.label for one in view.changes] == ["About 上限"]


def test_the_dates_of_a_round_are_not_told_of_a_frame_with_calls_of_its_own() -> None:
    apart = replace(FRAME, own_calls=True)
    call = replace(CALL, round=replace(ROUND, frames=(apart,)))
    view = frame_view(apart, call, FAMILY, {}, wording())
    assert view.deadline is not None
    assert (view.deadline.moment, view.deadline.reported, view.standing) == (None, None, None)
    assert view.plain is not None
    assert wording().words["plain_until_not_known"] in view.plain.text
    told = frame_view(FRAME, CALL, FAMILY, {}, wording())
    assert told.deadline is not None
    assert told.deadline.moment is not None
    assert wording().words["plain_until_not_known"] not in told.plain.text  # type: ignore[union-attr]  # it is no placeholder
    assert [link.path for link in round_view(call, FAMILY, wording()).with_own_calls] == ["en/subsidy/budget/7/plain/"]
    assert round_view(CALL, FAMILY, wording()).with_own_calls == ()


def test_what_changed_in_a_rule_set_is_not_told_where_no_frame_has_what_it_shares() -> None:
    alone = replace(FRAME, stands_alone=True)
    view = round_view(replace(CALL, round=replace(ROUND, frames=(alone,))), RULES, wording())
    assert (view.changes, view.basic, view.apart) == ((), (), ())


def test_the_schedule_groups_rounds_by_rule_set_and_names_those_without_dates() -> None:
    view = schedule_page(FAMILY, CONTENT.prose["en"]["schedule"], wording()).view
    assert [one.anchor for one in view.rule_sets] == ["sister.newer", "subsidy.budget"]  # type: ignore[attr-defined]  # a page's view is its own
    assert [link.path for link in view.undated] == ["en/sister/next/", "en/sister/older/"]  # type: ignore[attr-defined]  # the same


def test_a_note_of_all_rounds_is_told_once() -> None:
    note = replace(FRAME.notes[0], about="schedule")
    programme = RULES.programmes[0]
    rounds = tuple(replace(one, notes=(*one.notes, note)) for one in programme.rule_sets[0].rounds)
    noted = replace(
        RULES, programmes=(replace(programme, rule_sets=(replace(programme.rule_sets[0], rounds=rounds),)),)
    )
    (group,) = schedule_page(noted, CONTENT.prose["en"]["schedule"], wording()).view.rule_sets  # type: ignore[attr-defined]  # the same
    assert [one.name for one in group.notes] == ["words"]
    assert [[one.name for one in one.notes] for one in group.rounds] == [["later"], []]


def test_the_japanese_headings_of_the_site_itself_stand_on_japanese_pages_only() -> None:
    own = Citation("page", "決めごと", CitationStatus.CONVENTION)
    read = replace(RULES.book.sources["page"], is_own=True)
    japanese, english = (replace(wording(one), sources={**RULES.book.sources, "page": read}) for one in LANGUAGES)
    assert (japanese.cite(own).section, english.cite(own).section) == ("決めごと", None)
    assert english.cite(replace(own, source="outline")).section == "決めごと"


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


@pytest.mark.parametrize("of", [RULES, FAMILY])
def test_both_languages_have_the_same_pages_with_the_same_sections(of: Rules) -> None:
    site = plan_site(of, CONTENT, RuntimeFolder("runtime-0", {}))
    ja, en = ([page for page in site.pages if page.language == language] for language in LANGUAGES)
    assert [(page.address, list(page.sections)) for page in ja] == [(page.address, list(page.sections)) for page in en]


def test_a_programme_that_is_called_like_a_page_of_the_site_is_told() -> None:
    of = rules()
    (programme, *others) = of.programmes
    taken = replace(of, programmes=(replace(programme, slug="schedule"), *others))
    with pytest.raises(GuidanceErrors) as caught:
        plan_site(taken, CONTENT, RuntimeFolder("runtime-0", {}))
    assert {(error.place.path, error.code) for error in caught.value.errors} >= {
        ("public/ja/schedule/", "shared-address"),
        ("public/en/schedule/", "shared-address"),
    }
