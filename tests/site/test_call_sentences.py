"""Whether calls are over is said by their dates on every page, and typed by nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from calculator.text import LANGUAGES, Language
from site_builder.build import HERE
from site_builder.memo import Memo
from site_builder.site.call_sentences import State, said_of, sentence_names
from site_builder.site.calls import Call
from site_builder.site.plan import Plan, RuntimeFolder
from site_builder.site.wording import AsOf, Wording, Words
from tests.site.hand_made import rules
from tests.site.hand_made_content import CONTENT, content_for
from tests.site.test_standing import CLOSES, FIRST, LAST, OPENS, at, reported, round_with

RULES = rules()
WORDS = content_for(RULES)
BEFORE, BETWEEN, AFTER = date(2022, 11, 6), date(2022, 12, 1), date(2022, 12, 23)
#: How somebody would type that all calls are over.
TYPED = re.compile(
    r"(?:公募回?|受付|申しこみ)(?:は|が)?、?(?:すべて|もう)?(?:終了|終わ[っり])|終了した公募|過去の公募"
    r"|(?:ここ|いずれ|すべて)[^。]*(?:過去|終了|終わ)|(?:calls?|rounds?)[^.]*\b(?:are|is) (?:over|past|closed)\b"
    r"|\bpast (?:rounds|calls)|\bAll of (?:them|the calls|these calls) are"
)
#: Words that are chosen by dates already.
CHOSEN = ("standing_closed", "check_disclaimer", "unofficial", "over", "unknown", "plain_until", "plain_until_reported")


def wording(language: Language, day: date, *, is_earlier: bool = True) -> Wording:
    words = Words(WORDS.interface, language)
    return Wording(language, words, RULES.book.sources, RULES.book.messages, AsOf(day, True, is_earlier))


def call(*schedule: object, **changes: object) -> Call:
    programme = RULES.programmes[0]
    return Call(programme, programme.rule_sets[0], replace(round_with(*schedule), **changes))  # type: ignore[arg-type]  # entries of a schedule, fields of a round


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (
            BEFORE,
            "2022年11月6日（日）より後に申請の受付が始まる公募は、",
            "Calls that open for applications after 6 November 2022 (Sunday): [",
        ),
        (
            FIRST,
            "2022年11月7日（月）に申請を受け付ける公募は、",
            "Calls that accept applications on 7 November 2022 (Monday): [",
        ),
        (
            LAST,
            "2022年12月22日（木）に申請を受け付ける公募は、",
            "Calls that accept applications on 22 December 2022 (Thursday): [",
        ),
        (
            AFTER,
            "このサイトの公募は、2022年12月23日（金）の時点ですべて受付を終えています。",
            "All calls on this site had closed by ",
        ),
    ],
)
def test_dates_choose_the_words_and_the_words_name_the_day(day: date, ja: str, en: str) -> None:
    one = call(at(OPENS, FIRST), at(CLOSES, LAST))
    in_ja, in_en = (said_of([one], "here", wording(language, day)) for language in LANGUAGES)
    assert in_ja.startswith(ja)
    assert in_en.startswith(en)
    assert ("2022年12月22日（木）17:00（日本時間）まで" in in_ja) == (day != AFTER)
    assert ("to 22 December 2022 (Thursday), 17:00 JST" in in_en) == (day != AFTER)
    assert ("](/subsidy/budget/7/)" in in_en) == (day != AFTER), "there the dates are cited"


def test_each_state_is_said_for_its_calls_and_over_only_where_all_are() -> None:
    closed, opened = (
        call(at(OPENS, FIRST), at(CLOSES, BETWEEN)),
        call(at(OPENS, FIRST), reported(CLOSES, date(2023, 2, 1))),
    )
    undated = call(at(OPENS, None), at(CLOSES, None), carried_from=13)
    words = wording("en", AFTER)
    every = said_of([closed, opened, undated], "here", words)
    assert all(every.count(said) == 1 for said in ("Calls that accept applications", "It cannot be told"))
    assert every.count("](/") == 2, "of the closed one nothing is said"
    assert "according to unofficial sources" in said_of([opened], "here", words)
    assert "It cannot be told" in said_of([closed, undated], "here", words)
    assert "had closed" not in said_of([closed, undated], "here", words)
    assert "had closed" in said_of([closed], "here", words)


def test_a_call_whose_guidelines_are_not_published_may_still_open() -> None:
    late = wording("en", AFTER, is_earlier=False)
    undated = call(at(OPENS, None), at(CLOSES, None), is_placeholder=False)
    assert "had closed" in said_of([undated], "here", late)
    assert "had closed" not in said_of(
        [replace(undated, round=replace(undated.round, is_placeholder=True))], "here", late
    )


@pytest.mark.parametrize("day", [BEFORE, FIRST, LAST])
def test_no_page_says_over_while_a_call_is_not(day: date) -> None:
    """On any page of a small site, whose texts and words are the real ones."""
    site = Plan(RULES, WORDS, RuntimeFolder("runtime-x", {}), works_offline=False, memo=Memo(), as_of=day).site()
    said = "\n".join(map(repr, (*site.pages, *site.notice.values())))
    for name in sentence_names(WORDS.interface):
        for language in LANGUAGES:
            over = WORDS.interface[f"calls_{name}_{State.OVER.value}"].within(language)
            assert max(over.split("{day}"), key=len).strip("、。. ") not in said
    assert "{calls:" not in said
    assert all(WORDS.interface["unofficial"].within(language) not in said for language in LANGUAGES)


def test_pages_say_over_once_all_calls_are() -> None:
    late = date(2031, 1, 1)
    site = Plan(RULES, WORDS, RuntimeFolder("runtime-x", {}), works_offline=False, memo=Memo(), as_of=late)
    for page in ("", "about/", "faq/", "ways/", "data/", "schedule/"):
        assert "All calls on this site had closed by" in repr(site.page(f"en/{page}")), page


def test_templates_print_the_notice_that_dates_choose() -> None:
    """Also on the pages of no language, and where a self-diagnosis stands in a page of others."""
    printed = {file.name: file.read_text("utf-8") for file in (HERE / "theme" / "templates").rglob("*.html")}
    assert [name for name, text in printed.items() if re.search(r"words\.unofficial(?:_ahead)?\b", text)] == []
    assert {name for name, text in printed.items() if "site.notice[" in text} == {
        "base.html",
        "bare.html",
        "check.html",
    }


def test_nobody_types_that_calls_are_over() -> None:
    typed = []
    for file in sorted((*CONTENT.rglob("*.md"), *CONTENT.glob("*.yaml"))):
        if file.name in ("schemas.yaml", "glossary.yaml", "messages.yaml"):
            continue  # what keys mean, what words mean, and what the calculator says of one applicant
        name = ""
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            key = re.match(r" *([a-z_]+):", line)
            name = key[1] if key is not None and key[1] not in LANGUAGES else name
            plain = re.sub(r"｜([^《]+)《[^》]*》", r"\1", line)
            if TYPED.search(plain) and name not in CHOSEN and not line.startswith("#"):
                typed.append(f"{file.name}:{number}: {plain}")
    assert typed == []


@pytest.mark.parametrize("names", [("here", "programme"), ("plain", "plain_programme")])
def test_a_sentence_that_is_like_another_differs_in_its_own_words_alone(names: tuple[str, str]) -> None:
    for state in State:
        site, page = (WORDS.interface[f"calls_{name}_{state.value}"] for name in names)
        assert (site == page) == (state is not State.OVER), state
