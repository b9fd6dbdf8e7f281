"""Two calls, and two states of the sources: exactly what was changed is told, in both languages, with both places."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from calculator.json_values import read_json
from calculator.text import LANGUAGES, Text
from site_builder.build import PROJECT, Sources
from site_builder.comparing import trees
from site_builder.comparing.calls import State, compare_calls
from site_builder.comparing.report import report
from site_builder.comparing.told import told_call, told_tree
from site_builder.comparing.trees import TreeChanges, compare_trees, content_of, state_of, tree_at, tree_in
from site_builder.errors import WrongUsageError
from site_builder.rules import read_rules
from site_builder.rules.model import FrameInRound
from site_builder.site import flip_views
from site_builder.site.calls import programmes_in_order
from site_builder.site.content import read_messages
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Manner, compare
from site_builder.site.differences.steps import Step, steps_of
from tests.site.hand_made_content import copy_without_names
from tests.site.test_differences import CHANGES

GOOD = PROJECT / "tests" / "good" / "rules"
DECISIVE = ("another operator", "another rate")
Change = tuple[str, str, str]
PURPOSE = ("demo/b1/plain.yaml", "text: {ja: 設備投資", "text: {ja: 設備への投資")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_without_names(tmp_path_factory.mktemp("content"))


@pytest.fixture
def tree(tmp_path: Path, content: Path) -> Callable[..., Sources]:
    """Makes a tree of the good rules in which words of files are replaced."""

    def make(name: str, *changes: Change) -> Sources:
        rules = Path(shutil.copytree(GOOD, tmp_path / name / "rules"))
        for file, old, new in changes:
            text = (rules / file).read_text(encoding="utf-8")
            assert old in text
            (rules / file).write_text(text.replace(old, new), encoding="utf-8")
        return Sources(rules, content)

    return make


def silently(_line: str) -> None:
    """Say nothing."""


def compared(before: Sources, after: Sources, *, with_pages: bool = False) -> TreeChanges:
    return compare_trees(before, after, silently, with_pages=with_pages)


# ---- two states


def test_between_two_copies_nothing_differs(tree: Callable[..., Sources]) -> None:
    changes = compared(tree("a"), tree("b"))
    assert (changes.added, changes.removed, changes.calls) == ((), (), ())
    assert list(told_tree(changes, LANGUAGES)) == ["no call differs in its rules or dates"]


def in_place(name: str) -> Change:
    """A change that is looked for between two budgets, made in a budget itself."""
    file, old, new = CHANGES[name][0]
    return f"demo/b1/{file}", old, new


#: Those that can be made so.
ONES = [name for name in CHANGES if in_place(name)[1] in (GOOD / in_place(name)[0]).read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", ONES)
def test_one_change_of_a_rule_is_the_one_that_is_told_of_its_calls(tree: Callable[..., Sources], name: str) -> None:
    _, expected, before, after = CHANGES[name]
    changes = compared(tree("a"), tree("b", in_place(name)))
    of_round = {one.name: one for one in changes.calls}
    assert all(call.startswith("demo/b1/") for call in of_round)
    found = {(one.topic, one.manner, one.name) for one in of_round["demo/b1/2"].changed.comparison.differences}
    assert found == expected
    lines = [re.sub(r"\[-|-\]|\{\+|\+\}", "", line).strip().casefold() for line in told_tree(changes, LANGUAGES)]
    for side, words in (("a ", before), ("b ", after)):
        for part in filter(None, words):
            assert any(line.startswith(side) and part.casefold() in line for line in lines), part


@pytest.mark.parametrize("name", DECISIVE)
def test_a_company_that_the_change_flips_is_judged_by_the_rules_of_either_state(
    tree: Callable[..., Sources], name: str
) -> None:
    before, after = tree("a"), tree("b", in_place(name))
    call = next(one for one in compared(before, after).calls if one.name == "demo/b1/2")
    flips = [flip for flip in call.changed.flips if flip is not None]
    assert flips
    for flip in flips:
        for sources, offer, answer in (
            (before, flip.thread.before, flip.before),
            (after, flip.thread.after, flip.after),
        ):
            assert offer is not None
            rules = offer.frame.rules
            case = {
                "id": None,
                "kind": flip.kind,
                "rule_set": rules.rule_set,
                "round": rules.round,
                "facts": flip.facts,
            }
            assert state_of(sources).assessor.answer(case) == answer
        assert flip.before != flip.after


def test_a_change_of_the_whole_budget_is_told_once_for_all_its_rounds(tree: Callable[..., Sources]) -> None:
    changes = compared(tree("a"), tree("b", in_place("another operator")))
    one, *_ = changes.calls
    again = replace(changes, calls=(one, replace(one, name="demo/b1/7")))
    lines = [line for line in told_tree(again, LANGUAGES) if line.startswith("call")]
    assert lines == ["calls changed: demo/b1/2, demo/b1/7"]


def test_what_calls_with_other_differences_have_in_common_is_told_once(tree: Callable[..., Sources]) -> None:
    both = compared(tree("a"), tree("b", in_place("another operator"), in_place("another rate")))
    alone = compared(tree("c"), tree("d", in_place("another operator")))
    one, other = both.calls[0], replace(alone.calls[0], name="demo/b1/7")
    lines = list(told_tree(replace(both, calls=(one, other)), ("en",)))
    (told,) = [line for line in lines if "as told of" in line]
    assert told.endswith(" (as told of demo/b1/2)")
    assert lines.index(told) == len(lines) - 1
    page = LexborHTMLParser(report("A", "B", tree=replace(both, calls=(one, other))))
    assert {node.attributes["href"] for node in page.css("a")} == {"#demo/b1/2"}
    assert len(page.css("article table")) == 2 * one.count


def test_a_company_is_printed_as_the_calculator_takes_it_and_gets_the_two_answers(
    tree: Callable[..., Sources],
) -> None:
    before, after = tree("a"), tree("b", in_place("another rate"))
    lines = list(told_tree(compared(before, after), LANGUAGES))
    cases = [read_json(line.strip(" >")) for line in lines if line.strip(" >").startswith("{")]
    assert cases
    for case in cases:
        was, now = (state_of(one).assessor.answer(case) for one in (before, after))
        assert "error" not in was
        assert was != now


def test_a_growth_in_a_printed_company_is_exact() -> None:
    assert '{"growth_pct": "12345.5"}' in json.dumps(
        {"growth_pct": Fraction(24691, 2)}, default=flip_views.decimal_as_text
    )


def test_a_figure_differs_in_the_frames_that_name_it_alone(real: State, words: Mapping[str, Text]) -> None:
    name, call = "limit_of_middle_tier", real.call("monozukuri/r3s/13")
    frames = [with_figure(frame, name, 11_000_000) for frame in call.round.frames]
    later = replace(call, round=replace(call.round, frames=tuple(frames)))
    found = compare_calls(call, later, words, real, real).changed.comparison.differences
    (one,) = [one for one in found if one.topic is Topic.FIGURE]
    named = {frame.slug for frame in frames if name in frame.named}
    assert {thread.latest.frame.slug for thread in one.threads} == named
    assert 0 < len(named) < len(frames)


def with_figure(frame: FrameInRound, name: str, yen: int) -> FrameInRound:
    figure = frame.figures[name]
    changed = replace(figure, value=replace(figure.value, value=yen))
    return replace(frame, figures={**frame.figures, name: changed})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: {ja: 表明, en: Announcement}", "label: {ja: 表明, en: Announcing}"),
        ("citation: {source: guideline, section: 要件, status: printed}\n    condition:\n      when", None),
    ],
)
def test_a_rule_with_other_words_or_another_place_is_told_as_meaning_the_same(
    tree: Callable[..., Sources], old: str, new: str | None
) -> None:
    changes = compared(tree("a"), tree("b", ("demo/b1/rule_set.yaml", old, new or old.replace("要件", "要件　表明"))))
    assert changes.calls
    for call in changes.calls:
        found = {(one.topic, one.manner, one.name) for one in call.changed.comparison.differences}
        assert found == {(Topic.REQUIREMENT, Manner.REWORDED, "plan.announced")}
        assert call.changed.flips == (None,)
    assert any("same meaning, other words or another source" in line for line in told_tree(changes, LANGUAGES))


def test_calls_that_come_and_go_are_told(tree: Callable[..., Sources]) -> None:
    before = tree("a")
    after = tree(
        "b",
        ("sources.yaml", "      demo/b1: [1, 2]\n", "      demo/b1: [2]\n"),
        ("sources.yaml", "      demo/b1: [1]\n", "      demo/b1: [2]\n"),
        ("demo/b1/plain.yaml", "rounds: [1, 2]", "rounds: [2]"),
    )
    (after.rules / "demo/b1/rounds/1.yaml").unlink()
    shutil.rmtree(after.rules / "demo/b1/examples")
    changes = compared(before, after)
    assert [name for name, _ in changes.removed] == ["demo/b1/1"]
    assert [name for name, _ in compared(after, before).added] == ["demo/b1/1"]
    assert next(told_tree(changes, ("en",))).startswith("call removed: demo/b1/1  ")


def test_a_fact_that_one_state_has_not_and_another_defines_otherwise_is_no_obstacle(
    tree: Callable[..., Sources],
) -> None:
    facts = (GOOD / "facts.yaml").read_text(encoding="utf-8")
    bound = next(line for line in facts.splitlines() if "at_least:" in line and "{" not in line.split("at_least")[0])
    before, after = tree("a"), tree("b", ("facts.yaml", bound, bound.replace("at_least: 0", "at_least: 1")))
    assert compared(before, after).calls == ()
    state = state_of(before)
    fewer = dict(state.rules.book.facts)
    fewer.pop(next(iter(fewer)))
    was = State(replace(state.rules, book=replace(state.rules.book, facts=fewer)), state.assessor)
    call = state.call("demo/b1/2")
    words = content_of(before, state).interface
    assert compare_calls(call, call, words, was, state).is_empty


def test_the_rules_are_compared_though_a_page_cannot_be_made(tree: Callable[..., Sources]) -> None:
    before = tree("a", ("demo/b1/plain.yaml", "rate: 1/2", "rate: 1/3"))  # an example comes out otherwise by this
    changes = compared(before, tree("b"), with_pages=True)
    assert changes.calls
    assert changes.site is None
    assert changes.no_pages is not None
    assert changes.no_pages.startswith("those of the earlier state cannot be made by this program: ")


def test_the_pages_of_both_states_are_compared(tree: Callable[..., Sources], monkeypatch: pytest.MonkeyPatch) -> None:
    def page_of(sources: Sources, _runtime: object) -> dict[str, bytes]:
        return {"ja/index.html": (sources.rules / "demo/b1/plain.yaml").read_bytes()}

    monkeypatch.setattr(trees, "make_site", page_of)
    changes = compared(tree("a"), tree("b", PURPOSE), with_pages=True)
    assert changes.site is not None
    assert changes.site.words == 3
    assert "設備への投資" in report("A", "B", tree=changes)
    assert any(
        line.startswith("pages: 0 added, 0 removed, 1 changed (3 words)") for line in told_tree(changes, LANGUAGES)
    )


@pytest.mark.slow
def test_the_pages_that_change_are_those_of_what_was_changed(tree: Callable[..., Sources]) -> None:
    changes = compared(tree("a"), tree("b", PURPOSE), with_pages=True)
    assert changes.site is not None
    names = {one.name for one in changes.site.pages if one.hunks}
    assert "ja/demo/b1/2/plain/index.html" in names
    assert not any(name.startswith("en/") for name in names)


# ---- two calls


@pytest.fixture(scope="module")
def real() -> State:
    return State.of(read_rules(PROJECT / "rules", read_messages(PROJECT / "content")))


@pytest.fixture(scope="module")
def steps(real: State) -> tuple[Step, ...]:
    programmes = programmes_in_order(real.rules)
    return tuple(step for programme in programmes for step in steps_of(programme, real.rules.book))


@pytest.fixture(scope="module")
def words(real: State) -> Mapping[str, Text]:
    return content_of(Sources(PROJECT / "rules", PROJECT / "content"), real).interface


def test_of_two_neighbours_the_same_is_told_as_on_their_page(
    real: State, steps: tuple[Step, ...], words: Mapping[str, Text]
) -> None:
    """But for frames that come and go: on the page they may continue in another call than the two."""
    seen = 0
    for step in steps:
        if len(step.befores) == 1 and not step.after.round.is_placeholder:
            found = compare_calls(step.befores[0], step.after, words, real, real).changed.comparison
            told = compare(step, real.rules.book)
            of_both = [[one for one in some.differences if one.topic is not Topic.FRAME] for some in (found, told)]
            alone = {frame.slug for frame in step.after.round.frames} - {one.latest.frame.slug for one in step.threads}
            assert not alone
            here, there = (sorted(repr(replace(one, threads=())) for one in some) for some in of_both)
            assert here == there
            seen += len(of_both[0])
    assert seen > 5


def test_what_is_told_of_two_calls_is_told_in_the_report_too(
    real: State, steps: tuple[Step, ...], words: Mapping[str, Text]
) -> None:
    step = max(steps, key=lambda one: len(one.threads))
    changes = compare_calls(step.befores[0], step.after, words, real, real)
    lines = list(told_call(changes, LANGUAGES))
    assert lines[0].endswith(f"differences in the rules: {changes.count}")
    page = LexborHTMLParser(report("A", "B", calls=(changes,)))
    assert len(page.css("article")) == changes.count
    shown = " ".join(page.body.text().split()) if page.body is not None else ""
    for language in LANGUAGES:
        for group in changes.views[language].groups.values():
            for one in group.differences:
                for line in (*one.before, *one.after):
                    assert " ".join("".join(text for text, _ in line.pieces).split()) in shown
                    assert line.citation is None or line.citation.title in shown


def test_a_call_that_there_is_not_is_told_with_those_that_there_are(real: State) -> None:
    with pytest.raises(WrongUsageError, match=r"monozukuri/r3s/31: there is no such call\n    hint: did you mean"):
        real.call("monozukuri/r3s/31")
    with pytest.raises(WrongUsageError, match=r"hint: its calls are monozukuri/r4s2/14$"):
        real.call("monozukuri/r4s2")


# ---- an earlier revision


@pytest.fixture
def repository(tmp_path: Path, tree: Callable[..., Sources]) -> Path:
    sources = tree("a")
    shutil.copytree(sources.content, sources.rules.parent / "content")
    root = sources.rules.parent
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@example", "commit", "-qm", "1"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
    return root


def test_a_revision_is_laid_out_as_it_was_and_taken_away_again(repository: Path) -> None:
    (repository / "rules" / "tags.yaml").write_text("changed since")
    with tree_at("HEAD", repository) as sources:
        assert (sources.rules / "tags.yaml").read_bytes() == (GOOD / "tags.yaml").read_bytes()
        assert (sources.content / "interface.yaml").is_file()
    assert not sources.rules.exists()


def test_what_git_does_not_know_is_told(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUsageError, match=r"--since v99: .*v99"), tree_at("v99", repository):
        pass
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "none").mkdir()
    with pytest.raises(WrongUsageError, match=r"not a git repository"), tree_at("HEAD", tmp_path / "none"):
        pass
    with pytest.raises(WrongUsageError, match=r"--since --output=x: "), tree_at("--output=x", repository):
        pass


def test_where_git_is_missing_that_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sentence = r"git: the command is not on the path\n    hint: install git"
    with pytest.raises(FileNotFoundError, match=sentence), tree_at("HEAD", repository):
        pass


def test_a_folder_without_sources_is_told(tmp_path: Path) -> None:
    with pytest.raises(WrongUsageError, match="there is no folder rules/ in it"):
        tree_in(tmp_path)
