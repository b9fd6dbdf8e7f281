"""Content: both languages of everything, and nothing that nobody prints."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from calculator.messages import PARTS
from calculator.text import LANGUAGES, Text
from site_builder.crew import LEAST_THINGS
from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.memo import Memo
from site_builder.rules import read_rules
from site_builder.site.asked import refuse_unasked
from site_builder.site.content import GUIDES, Content, read_content, read_messages, survey_content
from site_builder.site.prose import TYPED_FIGURE
from site_builder.site.wording import Words
from site_builder.sources.lost import Lost
from tests.site.hand_made import rules
from tests.site.hand_made_content import content_for, copy_without_names

PROJECT = Path(__file__).parents[2]
CONTENT = PROJECT / "content"


@pytest.fixture(scope="module")
def content() -> Content:
    return content_for(rules())


def codes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(GuidanceErrors) as caught:
        read_content(folder, rules())
    return [(error.place.path, error.code) for error in caught.value.errors]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_without_names(tmp_path)


def test_a_page_without_its_twin_is_told(copy: Path) -> None:
    (copy / "about.en.md").unlink()
    assert codes(copy) == [("content/about.en.md", "missing-file")]


def test_an_interface_string_without_its_twin_is_told(copy: Path) -> None:
    (copy / "interface.yaml").write_text("deadline: {ja: 応募締切}\n", encoding="utf-8")
    assert codes(copy) == [("content/interface.yaml", "missing-translation")]


def errors(folder: Path) -> list[tuple[str, int, str, str]]:
    with pytest.raises(GuidanceErrors) as caught:
        read_content(folder, rules())
    return [(one.place.path, one.place.line, one.code, one.sentence) for one in caught.value.errors]


def change(file: Path, old: str, new: str) -> int:
    """Put `new` in the place of `old`, and return the line where that is."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_section_that_one_version_lacks_is_told_where_the_other_goes_on(copy: Path) -> None:
    english = (copy / "about.en.md").read_text(encoding="utf-8")
    with (copy / "about.ja.md").open("a", encoding="utf-8") as file:
        file.write("\n## 追加 {#more}\n\n本文。\n")
    last = len(english.rstrip("\n").split("\n"))
    assert errors(copy) == [("content/about.en.md", last, "unlike-twins", "the section 'more' is missing in English")]


def test_a_section_that_is_called_otherwise_in_the_versions_is_told_at_its_heading(copy: Path) -> None:
    anchor = re.findall(r"\{#([a-z-]+)\}", (copy / "about.en.md").read_text(encoding="utf-8"))[1]
    line = change(copy / "about.en.md", f"{{#{anchor}}}", "{#another}")
    sentence = f"here is the section 'another', and in Japanese the section '{anchor}'"
    assert errors(copy) == [("content/about.en.md", line, "unlike-twins", sentence)]


@pytest.mark.parametrize(
    ("told", "code"),
    [("requirements size.smal", "unknown-name-in-block"), ("requirements", "untold-block"),
     ("ways size.small", "unknown-name-in-block")],
)  # fmt: skip
def test_a_block_that_is_told_nothing_that_the_rules_have_is_told(copy: Path, told: str, code: str) -> None:
    for language in LANGUAGES:
        with (copy / f"guides/size.{language}.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{{block:{told}}}\n")
    assert codes(copy) == [(f"content/guides/size.{language}.md", code) for language in ("en", "ja")]


def test_no_interface_string_types_a_figure(content: Content) -> None:
    # what rounding drops, how a visitor may write numbers, and the steps of a wait are no figures of the rules
    exempt = ("rounding_sentence", "check_points_written", "check_stage_", "batch_write_", "batch_stage_")
    typed = {
        name
        for name, text in content.interface.items()
        for language in LANGUAGES
        if TYPED_FIGURE.search(text.within(language))
    }
    assert {name for name in typed if not name.startswith(exempt)} == set()


def test_every_interface_string_is_asked_for(content: Content) -> None:
    refuse_unasked(content.places)


def test_a_name_of_interface_words_with_a_slip_in_it_is_told(copy: Path) -> None:
    line = change(copy / "interface.yaml", "\nskip_to_main:", "\nskip_to_mian:") + 1
    with pytest.raises(GuidanceErrors) as caught:
        refuse_unasked(read_content(copy, rules()).places)
    (error,) = caught.value.errors
    assert (error.place.path, error.place.line, error.code) == ("content/interface.yaml", line, "unused-words")
    assert error.hint == "did you mean 'skip_to_main'?"


def test_templates_type_no_figure_and_no_word_of_their_own() -> None:
    for template in (PROJECT / "site_builder/theme/templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for mark in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<[^>]*>"):
            text = re.sub(mark, " ", text, flags=re.DOTALL)
        assert not re.search(r"[0-9]|[\u3041-\u9fff]", text), template.name


def test_interface_words_that_stand_in_two_files_are_told(copy: Path) -> None:
    with (copy / "guides.yaml").open("a", encoding="utf-8") as file:
        file.write("\nskip_to_main: {ja: 本文へ, en: To the text}\n")
    assert codes(copy) == [("content/guides.yaml", "duplicate-name")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\nnot_json:", "\nnot_jsonn:", ["unknown-message"]),
        ("{cost} × {rate} ＝ {uncapped}", "{cost} × {rates} ＝ {uncapped}", ["wrong-part"]),
        ("{cost} × {rate} = {uncapped}", "{cost} = {uncapped}", ["wrong-part"]),
    ],
)
def test_a_message_that_the_calculator_cannot_use_is_told(copy: Path, old: str, new: str, code: list[str]) -> None:
    messages = copy / "messages.yaml"
    text = messages.read_text(encoding="utf-8")
    assert old in text
    messages.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(GuidanceErrors) as raised:
        read_messages(copy)
    assert [error.code for error in raised.value.errors] == code


def test_every_message_is_said_by_the_calculator() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (PROJECT / "calculator").rglob("*.py"))
    composed = (
        "not_",
        "verdict_",
        "meaning_",
        "figure_",
        "change_",
        "unpaid_",
        "moment_",
        "picture_",
        "rate_of_",
        "rate_slice_",
        "status_",
        "words_",
        "outcome_",
    )
    silent = {code for code in PARTS if source.count(f'"{code}"') < 2 and not code.startswith(composed)}
    assert silent == set()


def test_words_that_nobody_has_written_are_told_where_there_is_a_slip_in_their_name() -> None:
    place = Place("content/guides.yaml", 7)
    words = Words({"example_repadi": Text("a", "a")}, "ja", {"example_repadi": place})
    for name, expected in (("example_repaid", place), ("example_reply", Place("content/guides.yaml"))):
        with pytest.raises(GuidanceError) as caught:
            words.text(name)
        assert caught.value.place == expected


def test_whatever_lies_among_the_guides_is_one(copy: Path) -> None:
    for language in LANGUAGES:
        (copy / "guides" / f"aa-new.{language}.md").write_text("# A\n\nB ([C](/aa-new/)).\n", encoding="utf-8")
    found = read_content(copy, rules())
    assert list(found.guides) == [*GUIDES, "aa-new"]
    assert found.guides["aa-new"]["ja"].title == "A"


def test_a_guide_in_one_language_lacks_the_other(copy: Path) -> None:
    (copy / "guides" / "new.ja.md").write_text("# A\n\nB\n", encoding="utf-8")
    assert codes(copy) == [("content/guides/new.en.md", "missing-file")]


@pytest.mark.parametrize("name", ["new.md", "New.ja.md", "new.fr.md", "new.old.ja.md"])
def test_a_file_among_the_guides_that_no_page_can_be_called_like_is_told(copy: Path, name: str) -> None:
    (copy / "guides" / name).write_text("# A\n\nB\n", encoding="utf-8")
    assert codes(copy) == [(f"content/guides/{name}", "bad-name")]


@pytest.mark.parametrize("processes", [1, 2])
def test_everything_wrong_is_told_however_many_processes_read(copy: Path, processes: int) -> None:
    for number in range(LEAST_THINGS):
        for language in LANGUAGES:
            text = "# A\n\nB {no}\n" if number % 9 == 0 else "# A\n\nB\n"
            (copy / "guides" / f"new-{number}.{language}.md").write_text(text, encoding="utf-8")
    found = survey_content(copy, rules(), Lost(), Memo(processes))
    wrong = [(error.place.path, error.code) for error in found.errors]
    each = [f"content/guides/new-{at}.{language}.md" for at in range(0, LEAST_THINGS, 9) for language in LANGUAGES]
    assert sorted(wrong) == sorted((path, "unknown-figure") for path in each)


def test_only_what_names_a_changed_figure_is_read_again(copy: Path, tmp_path: Path) -> None:
    for language, sentence in (("ja", "成長の目標は{}です。"), ("en", "The target of growth is {}.")):
        file = copy / f"guides/costs.{language}.md"
        file.write_text(f"{file.read_text()}\n{sentence.format('{demo/b1/2/plain:growth}')}\n")
    folder, memo = tmp_path / "rules", Memo()
    shutil.copytree(PROJECT / "tests/good/rules", folder)
    round_ = folder / "demo/b1/rounds/2.yaml"

    def read_again(was: str, now: str) -> Content:
        round_.write_text(round_.read_text().replace(was, now))
        return read_content(copy, read_rules(folder, read_messages(copy, memo), memo), memo)

    first = read_again("", "")
    assert "4%" in first.prose["ja"]["guides/costs"].sections[-1].text
    second = read_again("value: 4%", "value: 5%")
    again = [page for page in first.prose["ja"] if second.prose["ja"][page] is not first.prose["ja"][page]]
    assert again == ["guides/costs"]
    assert "5%" in second.prose["ja"]["guides/costs"].sections[-1].text
    assert second.terms is first.terms
