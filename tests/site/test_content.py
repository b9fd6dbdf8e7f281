"""Content: both languages of everything, and nothing that nobody prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calculator.messages import PARTS
from calculator.text import LANGUAGES
from site_builder.errors import GuidanceErrors
from site_builder.site.content import INTERFACE, Content, read_content, read_messages
from site_builder.site.prose import TYPED_FIGURE
from tests.site.hand_made import rules
from tests.site.hand_made_content import content_for, copy_without_names

PROJECT = Path(__file__).parents[2]
CONTENT = PROJECT / "content"
#: What asks for interface words.
ASKING = (
    *(PROJECT / "site_builder/theme/templates").rglob("*.html"),
    *(PROJECT / "site_builder/site").rglob("*.py"),
    PROJECT / "site_builder/render/files.py",  # asks for what every picture of a link says
)
#: The beginning of a name whose end is put to it: `'navigation_' ~ name`, `f"status_{…}_meaning"`.
COMPOSED = re.compile(r"""(?:'|f")([a-z_]+_)(?:' ~|\{)""")


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


def test_twins_with_different_sections_are_told(copy: Path) -> None:
    with (copy / "about.ja.md").open("a", encoding="utf-8") as file:
        file.write("\n## 追加 {#more}\n\n本文。\n")
    assert codes(copy) == [("content/about.en.md", "unlike-twins")]


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
    text = "\n".join(file.read_text(encoding="utf-8") for file in ASKING)
    asked, composed = set(re.findall(r"[a-z_]+", text)), tuple(COMPOSED.findall(text))
    unused = {name for name in content.interface if name not in asked and not name.startswith(composed)}
    assert unused == set()


def test_templates_type_no_figure_and_no_word_of_their_own() -> None:
    for template in (PROJECT / "site_builder/theme/templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for mark in (r"\{#.*?#\}", r"\{%.*?%\}", r"\{\{.*?\}\}", r"<[^>]*>"):
            text = re.sub(mark, " ", text, flags=re.DOTALL)
        assert not re.search(r"[0-9]|[\u3041-\u9fff]", text), template.name


def test_interface_files_do_not_define_a_name_twice() -> None:
    names = [
        name
        for file in INTERFACE
        for name in re.findall(r"^([a-z_]+):", (CONTENT / file).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("\nnot_json:", "\nnot_jsonn:", ["missing-message", "unknown-message"]),
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
        "status_",
        "words_",
        "outcome_",
    )
    silent = {code for code in PARTS if source.count(f'"{code}"') < 2 and not code.startswith(composed)}
    assert silent == set()
