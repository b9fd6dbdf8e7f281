"""A new round of the real rules, begun by the command and filled in by its maintainer, and all that comes of it."""

from __future__ import annotations

import csv
import difflib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from calculator.assess import Assessor
from calculator.batch.report import Report
from calculator.result.judgment import judged
from calculator.result.short_answer import short_answer
from calculator.result.verdict import meaning
from calculator.rulebook import CitationStatus
from calculator.text import LANGUAGES, Language, Text
from site_builder.cli import DONE, USAGE_ERROR, main
from site_builder.errors import WrongUsageError
from site_builder.memo import Memo
from site_builder.rules import read_rules
from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.calendars import calendar_path
from site_builder.site.calls import Call, calls, checked_calls
from site_builder.site.changes import Changed, Worded
from site_builder.site.check import check_page
from site_builder.site.cited import Matter, everything_cited
from site_builder.site.content import INTERFACE, read_messages
from site_builder.site.data.making import frame_record
from site_builder.site.data.schemas import written
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Manner, compare
from site_builder.site.differences.steps import steps_of
from site_builder.site.fact_check import fact_sheet
from site_builder.site.flips.search import may_flip
from site_builder.site.frames import frame_page
from site_builder.site.new_round import lines_after, new_round
from site_builder.site.openings import Opening
from site_builder.site.page import Page
from site_builder.site.rounds import round_page
from site_builder.site.unconfirmed import unconfirmed_calls, unconfirmed_lines, with_notice
from site_builder.site.wording import Wording, Words
from site_builder.sources.texts import read_texts

ROOT = Path(__file__).parents[2]
R3S = "monozukuri/r3s"
FILE = f"{R3S}/rounds/15.yaml"
SOURCE = """
  guidelines_15:
    title: {ja: "「公募要領（15次締切分）」", en: "Application guidelines for round 15 (公募要領)"}
    short_title: {ja: "15次締切の公募要領", en: "Guidelines of round 15"}
    publisher: {ja: "作り物の事務局", en: "A made-up secretariat"}
    published: {ja: "令和5年4月", en: "April 2023"}
    checked: 2026-11-26
    trust: {ja: "テストのための作り物です。", en: "Made up for tests."}
    address: https://example.org/guidelines-15.pdf
    prints: {monozukuri/r3s: [15]}
"""


def place(section: str) -> str:
    return f'citation: {{source: guidelines_15, section: "{section}", status: printed}}'


#: What the maintainer writes in place of what the command has written.
FILLED = (
    ("  call_opens: not_printed", f"  call_opens: {{at: 2023-04-19 17:00, {place('公募期間')}}}"),
    ("  applications_open: not_printed", f"  applications_open: {{at: 2023-05-12 17:00, {place('公募期間')}}}"),
    ("  applications_close: not_printed", f"  applications_close: {{at: 2023-07-28 17:00, {place('公募期間')}}}"),
    (
        "figures: {}",
        "figures:\n"  # noqa: ISC004 - the lines of one figure each
        f"  value_added_growth: {{value: 3.5%, {place('申請要件 (1)')}}}\n"
        f'  limit_of_global: {{value: "3,500万円", {place("グローバル展開型")}}}\n'
        f"  months_since_award: {{value: 16か月, {place('補助対象者')}}}\n"
        f"  lowest_wage_margin: {{value: 50円, {place('申請要件 (3)')}}}\n"
        f"  least_unit_price: {{value: 60万円, {place('補助対象経費')}}}\n"
        f"  limit_of_lowest_tier: {{value: 800万円, {place('補助上限額')}}}\n"
        f"  carbon_productivity_growth: {{value: 2%, {place('申請要件 グリーン枠')}}}",
    ),
    ("confirmed: []", f"confirmed: [{{everything: yes, {place('公募要領（15次締切分）')}}}]"),
)
MOST_LINES, CHANGED_FIGURES = 30, 7
#: What is new in the round beside its figures: names, what they are for, and what is asked.
ADDED = f"""added:
  figures:
    training_share: {{value: 2%, label: {{ja: 教育訓練費の割合, en: share for training}}, {place("申請要件 (4)")}}}
    training_uplift: {{value: 250万円, {place("補助上限額")}}}
    trained_by: {{value: 2023-06-30, {place("補助上限額")}}}
  definitions:
    training_business:
      label: {{ja: "教育訓練に取り組む事業者", en: "business that trains its employees"}}
      {place("補助上限額")}
      condition: training_pct >= training_share and training_since <= trained_by
requirements:
  dropped: [investment.unit_price]
  added:
    - {{code: plan.training, label: {{ja: 教育訓練, en: Training}}, condition: training_pct > 0%, {place("申請要件")}}}
  {place("申請要件")}
awards: [{{frames: [normal], uplifts: [{{when: training_business, amount: training_uplift, {place("補助上限額")}}}]}}]
notes:
  training:
    about: plan.training
    text: {{ja: "{{training_share}}とは限りません。", en: "It need not be {{training_share}}."}}
    citations: [{{source: guidelines_15, section: "申請要件 (4)", status: printed}}]
"""
QUESTION = """
  training_pct:
    group: plan
    kind: percent
    label: {ja: 教育訓練費の割合, en: share of wages for training}
    question: {ja: "教育訓練費は賃金の何%ですか。", en: "What share of wages goes into training?"}
    at_least: 0
    at_most: 100
  training_since:
    group: plan
    kind: date
    label: {ja: 教育訓練を始めた日, en: day on which training began}
    question: {ja: "教育訓練を始めたのはいつですか。", en: "When did training begin?"}
    optional: yes
    none_label: {ja: 始めていない, en: not begun}
"""


@dataclass(frozen=True)
class Made:
    """The real rules, those with the round as the command begins it, those with it filled in, and with new names."""

    real: Rules
    begun: Rules
    filled: Rules
    added: Rules
    folder: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    messages = read_messages(ROOT / "content")
    folder = tmp_path_factory.mktemp("new-round")
    shutil.copytree(ROOT / "rules", folder / "rules")
    memo = Memo()
    real = read_rules(ROOT / "rules", messages, memo)
    file = folder / "rules" / FILE
    file.write_text(new_round(real, R3S, 15, 13).text, encoding="utf-8")
    begun = read_rules(folder / "rules", messages, memo)
    text = file.read_text(encoding="utf-8")
    for before, after in FILLED:
        assert text.count(before) == 1
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")
    with (folder / "rules" / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write(SOURCE)
    filled = read_rules(folder / "rules", messages, memo)
    return Made(real, begun, filled, _with_names(folder, messages, memo), folder)


def _with_names(folder: Path, messages: Mapping[str, Text], memo: Memo) -> Rules:
    """Return the rules with a condition, an uplift, a point and a question that are new in the round."""
    rules = folder / "added"
    shutil.copytree(folder / "rules", rules)
    with (rules / FILE).open("a", encoding="utf-8") as file:
        file.write(ADDED)
    facts = rules / "facts.yaml"
    facts.write_text(facts.read_text(encoding="utf-8") + QUESTION, encoding="utf-8")
    return read_rules(rules, messages, memo)


def texts() -> Mapping[str, Text]:
    return {name: text for file in INTERFACE for name, text in read_texts(ROOT / "content" / file).items()}


def wording(rules: Rules, language: Language = "ja") -> Wording:
    return Wording(language, Words(texts(), language), rules.book.sources, rules.book.messages)


def call_of(rules: Rules, number: int) -> Call:
    return next(one for one in calls(rules) if one.rule_set.slug == R3S and one.round.number == number)


def frame_in(rules: Rules, slug: str, number: int = 15) -> FrameInRound:
    return next(one for one in call_of(rules, number).round.frames if one.slug == slug)


def pages_of(rules: Rules, call: Call, language: Language) -> list[Page]:
    """The page of a round and those of its frames, without what leads to the newest rounds and to other rounds."""
    words = wording(rules, language)
    frames = tuple(replace(frame, examples=()) for frame in call.round.frames)  # their answers are those of the rules
    call = replace(call, round=replace(call.round, frames=frames))
    pages = [round_page(call, rules, words)]
    pages += [frame_page(frame, call, rules, {}, words) for frame in call.round.frames]
    apart: dict[str, Any] = {"check_path": None, "others": ()}
    return [replace(page, view=replace(page.view, **apart)) for page in pages]  # type: ignore[type-var]  # views


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_one_file_that_is_in_order_and_a_dry_run_writes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules, file = tmp_path / "rules", tmp_path / "rules" / "demo/b1/rounds/4.yaml"
    shutil.copytree(ROOT / "tests/good/rules", rules)
    asked = ["new-round", "demo/b1", "4", "--from", "2", f"--rules={rules}"]
    assert main([*asked, "--dry-run"]) == DONE
    shown = capsys.readouterr().out
    assert not file.exists()
    assert main(asked) == DONE
    assert f"{file} would be:\n\n{file.read_text(encoding='utf-8')}" in shown
    assert "growth           4%" in shown
    assert "prints: {demo/b1: [4]}" in shown
    capsys.readouterr()
    assert main(asked) == USAGE_ERROR
    assert "round 4 is there already" in capsys.readouterr().err
    made = read_rules(rules, {}).programmes[0].rule_sets[0].round(4)
    assert (made.name.ja, made.name.en, made.carried_from) == ("4次締切", "Round 4", 2)


@pytest.mark.parametrize(
    ("slug", "number", "since", "told"),
    [
        ("monozukuri/r3", 15, 13, "no rule set is called 'monozukuri/r3'.*did you mean 'monozukuri/r3s'?"),
        (R3S, 14, 13, "round 14 is there already.*a placeholder: take that file away first"),
        (R3S, 13, 12, "round 13 is there already.*written in monozukuri/r3s/rounds/13.yaml"),
        (R3S, 15, 14, "round 14 is a placeholder.*did you mean --from 13?"),
        (R3S, 15, 8, "there is no round 8.*did you mean --from 10?"),
        (R3S, 9, 13, "round 9 does not come after round 13.*there are 3, 4, 10, 11, 12, 13, 14"),
        ("it/r3s", 2, 1, "has one call without a number.*monozukuri/r1s"),
        ("monozukuri/r4s2", 15, 14, "round 14 is a placeholder.*no round of it has rules"),
    ],
)
def test_what_cannot_be_begun_is_refused_with_what_is_near(
    made: Made, slug: str, number: int, since: int, told: str
) -> None:
    with pytest.raises(WrongUsageError) as refused:
        new_round(made.real, slug, number, since)
    assert re.search(told, str(refused.value), re.DOTALL)


# --- the file --------------------------------------------------------------------------------------------------------


def test_a_round_that_changes_figures_alone_takes_few_lines_in_one_new_file_and_the_list_of_documents(
    made: Made,
) -> None:
    changed: dict[str, int] = {}
    for file in sorted((made.folder / "rules").rglob("*.yaml")):
        name = file.relative_to(made.folder / "rules")
        real = ROOT / "rules" / name
        before = real.read_text(encoding="utf-8").splitlines() if real.exists() else []
        lines = list(difflib.ndiff(before, file.read_text(encoding="utf-8").splitlines()))
        count = sum(line[:2] in ("- ", "+ ") for line in lines)
        changed |= {name.as_posix(): count} if count else {}
    assert set(changed) == {FILE, "sources.yaml"}
    filled = (made.folder / "rules" / FILE).read_text(encoding="utf-8")
    assert len(re.findall(r"^  [a-z_]+: \{value: ", filled, re.MULTILINE)) == CHANGED_FIGURES
    assert sum(changed.values()) <= MOST_LINES, changed


def test_nothing_is_left_to_confirm_and_what_changed_is_cited_where_it_stands(made: Made) -> None:
    assert call_of(made.filled, 15).round.unconfirmed is None
    assert list(unconfirmed_lines(made.filled)) == []
    normal = frame_in(made.filled, "normal").rules
    award = normal.award
    assert award is not None
    wage = next(one for one in normal.requirements if one.code == "plan.lowest_wage")
    assert (wage.citation.source, wage.citation.section) == ("guidelines_15", "申請要件 (3)")
    assert wage.sentence.ja.endswith("50円以上")
    assert award.upper_limit.tiers[0].amount_yen == 8_000_000
    assert award.upper_limit.citation.section == "補助上限額"
    assert award.upper_limit.tiers[1].amount_yen == 10_000_000
    assert award.rounding.status is CitationStatus.CONVENTION  # the guidelines say nothing of it
    green = frame_in(made.filled, "green").rules
    carbon = next(one for one in green.requirements if one.code == "frame.carbon_productivity")
    assert (carbon.citation.section, carbon.citation.status) == ("申請要件 グリーン枠", CitationStatus.PRINTED)


def test_every_figure_of_the_round_can_be_changed_by_it(made: Made) -> None:
    figures = {
        name: one
        for frame in call_of(made.real, 13).round.frames
        for name, one in frame.figures.items()
        if not name.startswith(("rate.", "upper_limit.", "uplift.")) and name != "lower_limit"
    }
    shown = new_round(made.real, R3S, 15, 13).figures
    named = {name for frame in call_of(made.real, 13).round.frames for name in frame.named} & set(figures)
    assert set(shown) == named
    assert {"sme_capital_in_retail", "green_limit_of_highest_tier", "least_subsidy_of_global"} <= named


def test_each_figure_is_listed_as_it_is_to_be_written_with_its_unit(made: Made) -> None:
    listed = [line.split() for line in lines_after(new_round(made.real, R3S, 15, 13)) if line.startswith("    ")]
    written = {one[0]: one[1] for one in listed}
    named = ("employees_of_lowest_tier", "value_added_growth", "plan_years_least", "ordinary_rate")
    assert [written[name] for name in named] == ["5人", "3%", "3年", "1/2"]


# --- earlier rounds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["begun", "filled", "added"])
def test_earlier_rounds_are_judged_by_the_same_rules(made: Made, which: str) -> None:
    rules: Rules = getattr(made, which)
    for name, frame in made.real.book.frames.items():
        assert {key: one for key, one in rules.book.frames[name].rounds.items() if key != 15} == frame.rounds
        assert rules.book.frames[name].not_offered == frame.not_offered
    assert rules.book.open_points == made.real.book.open_points


def test_pages_of_earlier_rounds_stay_but_for_where_they_lead(made: Made) -> None:
    for call in calls(made.real):
        if call.rule_set.slug == R3S:
            for rules in (made.filled, made.added):
                later = call_of(rules, int(call.round.number or 0))
                for language in LANGUAGES:
                    assert pages_of(rules, later, language) == pages_of(made.real, call, language)


# --- what comes of it ------------------------------------------------------------------------------------------------


def test_it_is_compared_with_the_round_whose_rules_it_took_over(made: Made) -> None:
    programme = next(one for one in made.filled.programmes if one.slug == "monozukuri")
    steps = {(one.after.rule_set.slug, one.after.round.number): one for one in steps_of(programme, made.filled.book)}
    step = steps[R3S, 15]
    assert [one.round.number for one in step.befores] == [13]
    assert {thread.fate.value for thread in step.threads} == {"continued"}
    thread = next(one for one in step.threads if one.latest.frame.slug == "green")
    assert thread.before is not None
    assert thread.after is not None
    assert steps["monozukuri/r4s2", 14].befores[0].round.number == 13  # what is counted on is not before it
    assert compare(step, made.filled.book) != compare(steps[R3S, 13], made.filled.book)


def test_it_is_the_newest_to_check_by_and_has_a_calendar(made: Made) -> None:
    call = checked_calls(made.filled)[0]
    assert (call.rule_set.slug, call.round.number) == (R3S, 15)
    assert ("monozukuri/r3s", 4) in {(one.rule_set.slug, one.round.number) for one in checked_calls(made.filled)}
    assert calendar_path(call, wording(made.filled)) is not None
    assert calendar_path(call_of(made.begun, 15), wording(made.begun)) is None  # no date is printed yet


# --- what is new in it ------------------------------------------------------------------------------------------------


def test_names_of_its_own_are_told_with_their_places_like_all_others(made: Made) -> None:
    frame, call = frame_in(made.added, "normal"), call_of(made.added, 15)
    assert call.round.unconfirmed is None
    assert frame.figures["training_share"].citation.section == "申請要件 (4)"
    assert "training_share" not in frame_in(made.added, "normal", 13).figures
    assert list(frame.definitions)[-1] == "training_business"
    uplift = frame.rules.award.upper_limit.uplifts[-1]  # type: ignore[union-attr]  # it has one
    assert uplift.sentence.ja == "教育訓練に取り組む事業者：250万円を加算"
    words = frame.definitions["training_business"].sentence
    assert "2%以上" in words.ja
    assert "30 June 2023" in words.en
    assert [note.text.en for note in frame.notes if note.name == "training"] == ["It need not be 2%."]
    asked = check_page(call, made.added, Opening(None, 0), wording(made.added))
    assert {"training_pct", "training_since"} <= set(re.findall(r"training_[a-z]+", repr(asked.view)))
    before = check_page(call_of(made.added, 13), made.added, Opening(None, 0), wording(made.added))
    assert "training_pct" not in repr(before.view)


def test_names_of_its_own_are_in_the_open_data_on_the_sheet_and_taken_over_by_the_next_round(made: Made) -> None:
    record = frame_record(frame_in(made.added, "normal"), call_of(made.added, 15), made.added.book)
    assert {"training_share", "trained_by"} <= {one.figure for one in record.figures}
    assert "training_business" in {one.name for one in record.definitions}
    sheet = repr(fact_sheet(made.added, texts(), R3S, 15))
    assert all(words in sheet for words in ("教育訓練費の割合", "training_business", "share for training"))
    assert {"training_share", "training_uplift", "trained_by"} <= set(new_round(made.added, R3S, 16, 15).figures)


def test_a_term_that_the_round_defines_is_told_beside_what_names_it_and_flips_nobody_by_itself(made: Made) -> None:
    programme = next(one for one in made.added.programmes if one.slug == "monozukuri")
    step = next(one for one in steps_of(programme, made.added.book) if one.after.round.number == 15)
    found = compare(step, made.added.book).differences
    (term,) = [one for one in found if one.topic is Topic.DEFINITION]
    assert (term.name, term.manner, term.before) == ("training_business", Manner.ADDED, ())
    assert "2%以上" in term.after[0].words.ja
    assert [one.latest.frame.slug for one in term.threads] == ["normal"]
    assert not may_flip(term)
    assert [may_flip(one) for one in found if one.topic is Topic.UPLIFT] == [True]


def test_what_a_round_drops_is_told_with_the_place_that_shows_it(made: Made) -> None:
    step = next(one for programme in made.added.programmes for one in steps_of(programme, made.added.book)
                if (one.after.rule_set.slug, one.after.round.number) == (R3S, 15))  # fmt: skip
    comparison = compare(step, made.added.book)
    gone = next(one for one in comparison.differences if one.name == "investment.unit_price")
    assert (gone.manner, gone.after) == (Manner.DROPPED, ())
    place = ("guidelines_15", "申請要件", CitationStatus.PRINTED)
    assert gone.dropped is not None
    assert (gone.dropped.source, gone.dropped.section, gone.dropped.status) == place
    for language in LANGUAGES:
        words = wording(made.added, language)
        told = Worded(Changed(comparison, ()), made.added.book, words).difference(gone, None)
        assert told.manner == words.words["changes_manner_dropped"]
        assert [line.pieces for line in told.after] == [((words.words["changes_dropped"], False),)]
        assert told.after[0].citation == words.cite(gone.dropped)
        cited = [one.thing for one in everything_cited(made.added, words) if one.thing.citation == gone.dropped]
        assert (words.say(gone.label or gone.after[0].words), Matter.CHANGE) in [
            (one.label, one.matter) for one in cited
        ]
    rows = [row for part in fact_sheet(made.added, texts(), R3S, 15).printed for row in part.rows]
    row = next(row for row in rows if row.name == "investment.unit_price")
    assert (row.matter, row.words[1], row.citations) == ("change", texts()["changes_dropped"], (gone.dropped,))
    assert len(row.frames) == 5


# --- while it is not confirmed ---------------------------------------------------------------------------------------


def test_the_build_lists_what_is_not_confirmed_by_the_words_that_confirm_it(made: Made) -> None:
    head, *lines, notes = unconfirmed_lines(made.begun)
    assert notes.startswith("    notes to look through, for without_notes: [")
    assert "npo_conditions" in notes
    left = call_of(made.begun, 15).round.unconfirmed
    assert left is not None
    assert head == f"monozukuri/r3s round 15: {left.count} rules of round 13 are not confirmed yet"
    assert [line.split(":")[0].strip() for line in lines] == ["figures", "about", "definitions"]
    said = "".join(f"  - {{{line.strip()}}}\n" for line in lines)  # what is listed can be written so
    rules = made.folder / "listed"
    shutil.copytree(ROOT / "rules", rules)
    text = new_round(made.real, R3S, 15, 13).text.replace("confirmed: []", f"confirmed:\n{said}#")
    (rules / FILE).write_text(text, encoding="utf-8")
    assert call_of(read_rules(rules, {}), 15).round.unconfirmed is None


def test_its_pages_say_so_first_and_every_condition_has_the_mark(made: Made) -> None:
    call = call_of(made.begun, 15)
    for language in LANGUAGES:
        words = wording(made.begun, language)
        about = [round_page(call, made.begun, words), frame_page(call.round.frames[0], call, made.begun, {}, words)]
        about.append(check_page(call, made.begun, Opening(None, 0), words))
        for page in about:
            assert page.notice is not None
            assert words.say(call_of(made.begun, 13).round.name) in page.notice.text
        marks = {
            *(one.citation.status for one in about[1].view.basic),  # type: ignore[attr-defined]  # a view of a frame
            *(one.citation.status for one in about[1].view.definitions),  # type: ignore[attr-defined]
        }
        assert marks == {CitationStatus.UNCONFIRMED}
        assert round_page(call_of(made.begun, 13), made.begun, words).notice is None
        assert round_page(call_of(made.filled, 15), made.filled, wording(made.filled, language)).notice is None


def test_pages_that_show_the_newest_rounds_name_it(made: Made) -> None:
    words = wording(made.begun)
    page = replace(round_page(call_of(made.begun, 13), made.begun, words), template="guide.html")
    noticed = with_notice(page, unconfirmed_calls(made.begun), words).notice
    assert noticed is not None
    assert [link.path for link in noticed.links] == [call_of(made.begun, 15).address.path("ja")]
    assert with_notice(page, unconfirmed_calls(made.filled), words).notice is None


def test_the_open_data_has_the_status(made: Made) -> None:
    call = call_of(made.begun, 15)
    record = written(frame_record(frame_in(made.begun, "normal"), call, made.begun.book))
    assert {one["citation"]["status"] for one in record["requirements"]} == {"unconfirmed"}
    assert {one["citation"]["status"] for one in record["figures"]} == {"unconfirmed"}


FACTS = {"regular_employees": 5, "industry": "retail", "applicant_type": "company", "capital_yen": 10_000_000}


def test_answers_are_worked_out_by_the_rules_taken_over_and_say_that_they_are_not_confirmed(made: Made) -> None:
    case = {"id": "1", "kind": "eligibility", "rule_set": f"{R3S}/normal", "round": 15, "facts": FACTS}
    answer = Assessor(made.begun.book).answer(case)
    unconfirmed = answer.pop("unconfirmed")
    assert "plan.value_added" in unconfirmed
    assert "upper_limit" in unconfirmed
    before = Assessor(made.begun.book).answer({**case, "round": 13})
    answer["missing"].remove("application_deadline")  # nobody takes over a date
    assert answer == before
    assert "unconfirmed" not in Assessor(made.filled.book).answer(case)


def test_a_verdict_says_it_in_both_languages_wherever_it_is_shown(made: Made) -> None:
    assessor = Assessor(made.begun.book)
    new, old = (judged(assessor, f"{R3S}/normal", number, {}) for number in (15, 13))
    assert new is not None
    assert old is not None
    for language, words in (("ja", "未確認"), ("en", "not confirmed yet")):
        assert words in str(short_answer(new)["verdict"][language])
        assert words not in str(short_answer(old)["verdict"][language])
    assert len(meaning(new)) == len(meaning(old)) + 1
    assert "公募要領を確認してください" in str(meaning(new)[0]["ja"])


def test_a_table_of_companies_says_it_beside_each_outcome(made: Made) -> None:
    def outcomes(number: int) -> str:
        order = {"rule_sets": [f"{R3S}/normal"], "round": number, "language": "ja"}
        report = Report.ordered(Assessor(made.begun.book), f"{json.dumps(order)}\nregular_employees\n5\n")
        report.beginning()
        return next(iter(csv.reader([str(report.portion(9)["table"])])))[4]

    assert outcomes(15) == f"{outcomes(13)}（未確認の内容による結果です）"
