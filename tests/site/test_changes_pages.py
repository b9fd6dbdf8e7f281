"""The pages of what changed: one for every step, reached from its call, with both sides, their sources and answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from calculator.text import LANGUAGES, Language
from site_builder.rules.model import Rules
from site_builder.site.call_pictures import picture_of_calls, spans_of
from site_builder.site.calls import calls_of, programmes_in_order
from site_builder.site.changes import Changed, changes_view
from site_builder.site.content import read_messages
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import compare
from site_builder.site.differences.neighbours import neighbours_of
from site_builder.site.differences.steps import Step, Thread, steps_of
from site_builder.site.wording import Wording, Words
from tests.real import real_rules
from tests.site.hand_made_content import content_for
from tests.site.made_calls import LATER, made_rules, step_to
from tests.site.test_differences import PERHAPS_NEW

ROOT = Path(__file__).parents[2]
ROUND_10 = "changes/monozukuri/r3s/10/index.html"


@pytest.fixture(scope="module")
def rules() -> Rules:
    return real_rules()


@pytest.fixture(scope="module")
def steps(rules: Rules) -> list[Step]:
    return [step for programme in rules.programmes for step in steps_of(programme, rules.book)]


def words(node: LexborNode) -> str:
    return re.sub(r"\s+", " ", node.text()).strip()


def first(node: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """Return the first node that fits, of which there is one at least."""
    found = node.css_first(selector)
    assert found is not None, selector
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_page_that_its_call_leads_to(
    language: Language, rules: Rules, steps: list[Step], pages: dict[str, LexborHTMLParser]
) -> None:
    for step in steps:
        place = "/".join(step.after.address.parts)
        assert f"{language}/changes/{place}/index.html" in pages
        way = first(pages[f"{language}/{place}/index.html"], "section[aria-labelledby=changes]")
        assert any(str(link.attributes["href"]).endswith(f"changes/{place}/") for link in way.css("a")), place
    there = [name for name in pages if name.startswith(f"{language}/changes/")]
    beside = [one for programme in rules.programmes for one in neighbours_of(programme, rules.book)]
    assert len(there) == len(steps) + len(beside) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_has_every_call_of_the_programme_with_its_dates(
    language: Language, rules: Rules, pages: dict[str, LexborHTMLParser]
) -> None:
    rows = pages[f"{language}/changes/index.html"].css("section[aria-labelledby=monozukuri] tbody tr")
    calls = list(reversed(calls_of(programmes_in_order(rules)[0])))
    names = [words(first(row, "th a")) for row in rows]
    assert names == [call.round.name.within(language) for call in calls]
    by_name = dict(zip(names, rows, strict=True))
    reported = [row for row in rows if row.css(".status.outside")]
    assert len(reported) > 5  # dates from outside are marked
    for call in calls:
        for entry in call.round.schedule:
            if entry.name in ("call_opens", "applications_close") and entry.moment is not None:
                at = entry.moment.at.isoformat(timespec="minutes")
                row = by_name[call.round.name.within(language)]
                assert at in [time.attributes["datetime"] for time in row.css("time")]


def test_the_picture_has_a_bar_or_a_dot_for_every_dated_call(rules: Rules, pages: dict[str, LexborHTMLParser]) -> None:
    spans = spans_of(reversed(calls_of(programmes_in_order(rules)[0])))  # as on the page, the oldest first
    drawing = first(pages["ja/changes/index.html"], "svg.drawing")
    names = [words(label) for label in drawing.css("text.flag-label")]
    assert names == [span.call.round.name.ja for span in spans]
    assert [span.days[0] for span in spans] == sorted(span.days[0] for span in spans)
    marks = {look: len(drawing.css(f"path.{look}")) for look in ("own-bar", "told-bar", "dot")}
    printed = [span for span in spans if span.is_printed]
    assert marks["own-bar"] == len(printed)
    assert marks["dot"] == len([span for span in spans if len(span.days) == 1])
    assert sum(marks.values()) == len(spans)
    assert {"/".join(span.call.address.parts) for span in printed} == {
        "monozukuri/r3s/3", "monozukuri/r3s/4", "monozukuri/r3s/13",
    }  # fmt: skip


def test_fewer_than_two_dated_calls_make_no_picture(rules: Rules) -> None:
    spans = spans_of(calls_of(programmes_in_order(rules)[0]))
    title = rules.programmes[0].name
    assert picture_of_calls(spans[:1], title, ()) is None
    assert picture_of_calls(spans[:2], title, ()) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_difference_has_two_sides_each_cited_or_silent(
    language: Language, pages: dict[str, LexborHTMLParser]
) -> None:
    differences = pages[f"{language}/{ROUND_10}"].css(".difference")
    assert len(differences) > 20
    cannot_be_told = {"ja": "資料からは分からない", "en": "cannot be told"}[language]
    for one in differences:
        sides = one.css(".difference > .sides > div")
        assert len(sides) == 2, words(one)
        if words(first(one, ".manner")) == cannot_be_told:
            continue
        silent = [side for side in sides if side.css_first(".none") is not None]
        assert len(silent) < 2
        assert all(side.css_first(".citation") is not None for side in sides if side.css_first(".none") is None)


def test_the_upper_limit_of_round_10_in_both_wordings(pages: dict[str, LexborHTMLParser]) -> None:
    section = first(pages[f"ja/{ROUND_10}"], "section[aria-labelledby=amounts]")
    limit = next(one for one in section.css(".difference") if words(first(one, "h3")).startswith("補助上限額"))
    before, after = (words(side) for side in limit.css(".difference > .sides > div"))
    assert "1,000万円以内" in before
    for amount in ("750万円以内", "1,000万円以内", "1,250万円以内"):
        assert amount in after
    company = words(first(limit, ".flip"))
    assert "補助金額の見込み" in company
    assert "満たしていない要件" not in company


def test_a_pair_without_a_difference_says_so_and_names_its_documents(pages: dict[str, LexborHTMLParser]) -> None:
    page = pages["en/changes/monozukuri/r3s/12/index.html"]
    assert page.css(".difference") == []
    assert "Between these two calls no rule differs" in words(first(page, "main"))
    read = first(page, "section[aria-labelledby=read]")
    assert [words(heading) for heading in read.css("h3")] == ["Round 11", "Round 12"]
    assert len(read.css("li .status.carried_over")) > 1


def test_a_call_without_guidelines_claims_no_change(pages: dict[str, LexborHTMLParser]) -> None:
    for place in ("r3s/14", "r4s2/14"):
        page = words(first(pages[f"en/changes/monozukuri/{place}/index.html"], "main"))
        assert "What changed with this call cannot be told" in page
        assert "had not been published" in page
        assert "Differences in the rules" not in page


@pytest.mark.parametrize("is_unsettled", [True, False])
def test_a_frame_is_called_new_only_where_earlier_rounds_are_known(is_unsettled: bool, tmp_path: Path) -> None:
    rules = made_rules(tmp_path, *(PERHAPS_NEW if is_unsettled else PERHAPS_NEW[1:]))
    comparison = compare(step_to(rules, LATER, 2), rules.book)
    words = Words(content_for(rules).interface, "en")
    messages = read_messages(ROOT / "content")
    wording = Wording("en", words, rules.book.sources, messages)
    view = changes_view(Changed(comparison, (None,) * len(comparison.differences)), rules, wording)
    (special,) = [one for one in view.groups["frames"].differences if one.after and not one.before]
    assert (special.manner == "new frame") is not is_unsettled
    assert (special.remark is not None) is is_unsettled


def test_nothing_is_called_abolished(pages: dict[str, LexborHTMLParser]) -> None:
    for name, page in pages.items():
        if "/changes/" in name:
            said = words(first(page, "main"))
            assert not re.search(r"廃止|abolish|repeal", said), name


#: Written out again here, so that a topic that loses its notes is seen.
NOTED_AS = {
    Topic.RATE: "rate",
    Topic.RATE_CHANGE: "rate",
    Topic.UPPER_LIMIT: "upper_limit",
    Topic.UPLIFT: "upper_limit",
    Topic.LOWER_LIMIT: "lower_limit",
    Topic.ELIGIBLE_COSTS: "eligible_costs",
    Topic.REPAYMENT: "repayment",
}


def notes_on_one_side(thread: Thread, about: set[str]) -> set[str]:
    """Return the notes of either end about something that the other end does not have in the same words."""
    ends = [end.frame.notes if end is not None else () for end in (thread.before, thread.after)]
    before, after = ({note.text.ja for note in notes if note.about in about} for notes in ends)
    return before ^ after


def test_what_documents_leave_open_about_a_difference_stands_once_on_its_page(
    rules: Rules, steps: list[Step], pages: dict[str, LexborHTMLParser]
) -> None:
    found = 0
    for step in steps:
        differences = compare(step, rules.book).differences
        due = {
            text
            for one in differences
            for thread in one.threads
            for text in notes_on_one_side(thread, {one.name, NOTED_AS.get(one.topic, "")} - {""})
        }
        page = pages[f"ja/changes/{'/'.join(step.after.address.parts)}/index.html"]
        said = [note.text(deep=False).strip() for note in page.css("main .note li")]
        assert sorted(said) == sorted(due), step.after.address
        found += len(due)
    assert found > 20


def test_the_rate_after_adoption_is_compared_only_where_it_can_fall(
    rules: Rules, pages: dict[str, LexborHTMLParser]
) -> None:
    """Who has the same rate whatever the number of employees loses nothing by growing."""
    can_fall = {
        frame.slug
        for frame in step_to(rules, "monozukuri/r3s", 13).after.round.frames
        if frame.rules.award is not None and len({case.rate for case in frame.rules.award.rates}) > 1
    }
    told = [one for one in pages["ja/changes/monozukuri/r3s/13/index.html"].css("details") if "採択後の" in one.text()]
    assert [{str(link.attributes["href"]).split("/")[-2] for link in one.css(".terms a")} for one in told] == [can_fall]
    assert can_fall == {"normal", "global"}


def test_that_the_lower_limit_was_provisional_is_said_where_it_is_compared(pages: dict[str, LexborHTMLParser]) -> None:
    """Rounds 4 to 9 had the later limit, says a third party: that round 10 raised it would be wrong for them."""
    beside = [words(one) for one in pages[f"ja/{ROUND_10}"].css(".difference") if "1,000万円以上" in one.text()]
    assert any("4次締切の公募要領では、13次締切の案内ページと同じ" in one for one in beside)
    (wages,) = (
        words(one) for one in pages[f"en/{ROUND_10}"].css(".difference") if "Growth of total wages" in one.text()
    )
    assert "whether it still held cannot be told" in wages
