"""Calls that nothing is known to lead to stand beside the call before them: every pair, every difference, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from calculator.rulebook import RuleBook
from calculator.text import LANGUAGES, Language
from site_builder.rules import read_rules
from site_builder.rules.model import Programme, Rules
from site_builder.site.beside import COMMON, Beside, BesideView, beside_view
from site_builder.site.calls import calls_of, programmes_in_order
from site_builder.site.content import read_messages
from site_builder.site.differences import neighbours as neighbours_module
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Difference, Manner, compare
from site_builder.site.differences.neighbours import Neighbours, neighbours_of
from site_builder.site.differences.steps import Fate, Step, Thread, steps_of
from site_builder.site.wording import Wording, Words
from tests.site.hand_made_content import content_for
from tests.site.made_calls import GOOD, LATER, made_rules
from tests.site.test_differences import REQUIREMENT

ROOT = Path(__file__).parents[2]
#: What makes the frames of the later made-up budget follow none.
FOLLOWING_NONE = tuple(
    (
        f"{name}.yaml",
        f"follows: {{frame: demo/b1/{name}, citation: {{source: guideline, section: 枠, status: printed}}}}\n",
        "",
    )
    for name in ("plain", "special")
)
ANOTHER_RATE = ("plain.yaml", "rate: 1/2", "rate: 1/3")
#: A figure on which all frames of the later made-up budget rest.
GROWTH_OF_THE_BUDGET = ("rounds/2.yaml", "value: 4%", "value: 5%")


@pytest.fixture(scope="module")
def rules() -> Rules:
    return read_rules(ROOT / "rules", read_messages(ROOT / "content"))


@pytest.fixture(scope="module")
def found(rules: Rules) -> tuple[Neighbours, ...]:
    return tuple(one for programme in programmes_in_order(rules) for one in neighbours_of(programme, rules.book))


def made(folder: Path, *changes: tuple[str, str, str]) -> tuple[Rules, Neighbours]:
    """Return the rules with two made-up budgets that follow none, and the last call of the one beside the other's."""
    rules = made_rules(folder, *FOLLOWING_NONE, *changes)
    (one,) = neighbours_of(two_budgets(rules), rules.book)
    return rules, one


def two_budgets(rules: Rules) -> Programme:
    """Return the made-up programme with no other budget than the two that are alike."""
    programme = programmes_in_order(rules)[0]
    kept = tuple(one for one in programme.rule_sets if one.slug in ("demo/b1", LATER))
    assert len(kept) == 2
    return replace(programme, rule_sets=kept)


def pair_of(one: Thread) -> tuple[str, str]:
    assert one.before is not None
    assert one.after is not None
    return one.before.frame.slug, one.after.frame.slug


def told(differences: Iterator[Difference] | tuple[Difference, ...]) -> list[tuple[Topic, Manner, str]]:
    return sorted((one.topic, one.manner, one.name) for one in differences)


def alone(pair: Thread, one: Neighbours, book: RuleBook) -> tuple[Difference, ...]:
    """Compare a single pair of frames."""
    return compare(Step(one.after, (one.before,), (pair,)), book).differences


def words(node: LexborNode | None) -> str:
    assert node is not None
    return re.sub(r"\s+", " ", node.text()).strip()


def test_every_published_call_but_the_first_continues_one_or_stands_beside_one(
    rules: Rules, found: tuple[Neighbours, ...]
) -> None:
    beside = {one.after.address for one in found}
    for programme in programmes_in_order(rules):
        continuing = {step.after.address for step in steps_of(programme, rules.book)}
        published = [call.address for call in calls_of(programme) if not call.round.is_placeholder]
        *others, first = published
        assert first not in continuing | beside
        for address in others:
            assert (address in continuing) is not (address in beside), address


def test_the_neighbours_of_the_real_programmes(found: tuple[Neighbours, ...]) -> None:
    places = {"/".join(one.after.address.parts): "/".join(one.before.address.parts) for one in found}
    assert places == {
        "monozukuri/r2s3/9": "monozukuri/r1s/9",
        "jizokuka/r3s": "jizokuka/h30s2",
        "it/r3s": "it/h30s2",
    }


def test_every_frame_stands_beside_every_frame_and_none_takes_the_place_of_another(
    found: tuple[Neighbours, ...],
) -> None:
    for one in found:
        pairs = [pair_of(pair) for pair in one.pairs]
        assert one.is_whole
        assert pairs == [
            (before.slug, after.slug) for after in one.after.round.frames for before in one.before.round.frames
        ]
        assert {pair.fate for pair in one.pairs} == {Fate.BESIDE}
        assert Topic.FRAME not in {difference.topic for difference in one.comparison.differences}


def test_the_differences_of_a_pair_are_those_of_its_two_frames(rules: Rules, found: tuple[Neighbours, ...]) -> None:
    for one in found:
        common = [difference for difference in one.comparison.differences if len(difference.threads) > 1]
        assert all(difference.threads == one.pairs for difference in common)
        for pair in one.pairs:
            own = [difference for difference in one.comparison.differences if difference.threads == (pair,)]
            assert told((*common, *own)) == told(alone(pair, one, rules.book)), pair_of(pair)


def test_what_differs_between_the_real_budgets(rules: Rules, found: tuple[Neighbours, ...]) -> None:
    """As the outlines of the two budgets print it."""
    by_pair = {
        (one.after.programme.slug, pair_of(pair)[1]): {difference.topic for difference in alone(pair, one, rules.book)}
        for one in found
        for pair in one.pairs
        if pair_of(pair)[0] in ("general", "standard")
    }
    budget = {Topic.FIGURE}
    assert by_pair == {
        ("monozukuri", "low-infection"): {Topic.TERMS},  # nothing of it is printed
        ("it", "software"): {Topic.RATE, Topic.UPPER_LIMIT, Topic.ELIGIBLE_COSTS} | budget,
        ("it", "pc-tablet"): {Topic.UPPER_LIMIT, Topic.ELIGIBLE_COSTS} | budget,
        ("it", "register"): {Topic.UPPER_LIMIT, Topic.ELIGIBLE_COSTS} | budget,
        ("jizokuka", "normal"): {Topic.UPPER_LIMIT} | budget,
        ("jizokuka", "growth"): {Topic.RATE, Topic.UPPER_LIMIT} | budget,
        ("jizokuka", "renewal"): {Topic.UPPER_LIMIT} | budget,
        ("jizokuka", "invoice"): {Topic.UPPER_LIMIT} | budget,
    }


def test_frames_that_are_alike_differ_in_nothing_and_the_page_says_so(tmp_path: Path) -> None:
    rules, one = made(tmp_path)
    assert [pair_of(pair) for pair in one.pairs] == [
        ("plain", "plain"), ("special", "plain"), ("plain", "special"), ("special", "special"),
    ]  # fmt: skip
    differing = {pair_of(pair) for difference in one.comparison.differences for pair in difference.threads}
    assert differing == {("special", "plain"), ("plain", "special")}
    groups = view_of(rules, one).groups
    assert [anchor for anchor, group in groups.items() if not group.differences] == ["plain.plain", "special.special"]
    assert COMMON not in groups


def test_what_differs_is_told_of_its_pair_and_what_all_pairs_share_once(tmp_path: Path) -> None:
    _, one = made(tmp_path / "requirement", ("plain.yaml", "requirements: []\n", REQUIREMENT))
    of_requirement = [each for each in one.comparison.differences if each.name == "frame.large"]
    assert [[pair_of(pair) for pair in each.threads] for each in of_requirement] == [
        [("plain", "plain")], [("special", "plain")],
    ]  # fmt: skip
    _, one = made(tmp_path / "rate", ANOTHER_RATE)
    of_plain = [each for each in one.comparison.differences if pair_of(each.threads[0]) == ("plain", "plain")]
    assert told(tuple(of_plain)) == [(Topic.RATE, Manner.CHANGED, "")]
    rules, one = made(tmp_path / "growth", GROWTH_OF_THE_BUDGET)
    common = [each for each in one.comparison.differences if len(each.threads) > 1]
    assert {each.topic for each in common} == {Topic.FIGURE, Topic.REQUIREMENT, Topic.DEFINITION}
    assert all(len(each.threads) == 4 for each in common)
    view = view_of(rules, one)
    assert view.alike == ("“Plain frame” and “Plain frame”", "“Special frame” and “Special frame”")
    assert list(view.groups) == [COMMON, "special.plain", "plain.special"]


def test_of_many_pairs_each_later_frame_stands_beside_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighbours_module, "MOST_PAIRS", 3)
    rules, one = made(tmp_path, ANOTHER_RATE)
    assert not one.is_whole
    assert [pair_of(pair) for pair in one.pairs] == [("plain", "plain"), ("special", "special")]
    assert "from which it differs in the fewest rules" in view_of(rules, one).picked


def test_a_frame_of_which_nothing_can_be_told_is_not_the_nearest(
    rules: Rules, found: tuple[Neighbours, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real frame whose terms are open, put before the ones of another programme's budget that are printed."""
    (open_one,) = [one for one in found if one.after.rule_set.slug == "monozukuri/r2s3"]
    (other,) = [one for one in found if one.after.programme.slug == "jizokuka"]
    frames = (*open_one.after.round.frames, *other.before.round.frames)
    before = replace(other.before.rule_set, rounds=(replace(other.before.round, frames=frames),))
    programme = replace(other.after.programme, rule_sets=(before, other.after.rule_set))
    monkeypatch.setattr(neighbours_module, "MOST_PAIRS", 1)
    (nearest,) = neighbours_of(programme, rules.book)
    assert {pair_of(pair)[0] for pair in nearest.pairs} == {"general"}


def test_a_call_beside_which_nothing_is_published_has_no_page() -> None:
    good = read_rules(GOOD, {})
    for programme in programmes_in_order(good):
        first = replace(programme, rule_sets=programme.rule_sets[:1])
        (rule_set,) = first.rule_sets
        alone_there = replace(first, rule_sets=(replace(rule_set, rounds=rule_set.rounds[:1]),))
        assert neighbours_of(alone_there, good.book) == ()


def view_of(rules: Rules, one: Neighbours) -> BesideView:
    """Word two calls side by side in English, without companies."""
    wording = Wording(
        "en", Words(content_for(rules).interface, "en"), rules.book.sources, read_messages(ROOT / "content")
    )
    return beside_view(Beside(one, (None,) * len(one.comparison.differences)), rules.book, wording)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_every_pair_with_both_sides_cited_or_silent(
    language: Language, found: tuple[Neighbours, ...], pages: dict[str, LexborHTMLParser]
) -> None:
    shown = 0
    for one in found:
        page = pages[f"{language}/changes/{'/'.join(one.after.address.parts)}/index.html"]
        assert len(page.css(".difference")) == len(one.comparison.differences)
        sides = page.css("section[aria-labelledby=frames] .sides > div")
        for side, call in zip(sides, (one.before, one.after), strict=True):
            names = [words(link) for link in side.css("li > a")]
            assert names == [frame.rules.name.within(language) for frame in call.round.frames]
            assert len(side.css(".citation")) == len(names)
        for difference in page.css(".difference"):
            sides = difference.css(".difference > .sides > div")
            is_open = "cannot be told" in words(difference) or "資料からは分からない" in words(difference)
            cited = [side for side in sides if side.css_first(".citation") is not None]
            assert is_open or len(cited) == 2, words(difference)
            shown += len(cited)
    assert shown > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_claims_no_succession(
    language: Language, found: tuple[Neighbours, ...], pages: dict[str, LexborHTMLParser]
) -> None:
    for one in found:
        page = pages[f"{language}/changes/{'/'.join(one.after.address.parts)}/index.html"]
        assert re.search("を並べて見る |^Side by side: ", words(page.css_first("h1")))
        lead = words(page.css_first(".lead"))
        assert re.search("書かれていません|None of the documents used here says", lead)
        manners = {words(manner) for manner in page.css(".manner")}
        assert manners <= {"違いあり", "一方の資料にだけ記載", "資料からは分からない"} | {
            "differs", "printed for one call only", "cannot be told",
        }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_budgets_programmes_and_the_list_lead_to_the_page(
    language: Language, found: tuple[Neighbours, ...], pages: dict[str, LexborHTMLParser]
) -> None:
    for one in found:
        target = f"changes/{'/'.join(one.after.address.parts)}/"
        above = {call.rule_set.slug for call in (one.before, one.after)} | {one.after.programme.slug}
        calls = {"/".join(call.address.parts) for call in (one.before, one.after)}
        for place in ("changes", *above, *calls):
            links = [
                str(link.attributes["href"]) for link in pages[f"{language}/{place}/index.html"].css("main a[href]")
            ]
            assert any(link.endswith(target) or f"changes/{link}" == target for link in links), place
