"""Nodes know where each character of their values stands, however the value is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.text import Text
from site_builder.errors import GuidanceErrors
from site_builder.sources import read_texts
from site_builder.sources.nodes import MappingNode, ScalarNode
from site_builder.sources.source_file import SourceFile
from site_builder.sources.yaml_nodes import parse_yaml

WORDS = st.lists(st.text("abc資本金１'", min_size=1, max_size=5), min_size=1, max_size=5).filter(
    lambda words: not words[0].startswith("'")
)


def scalar_in(text: str) -> ScalarNode:
    root = parse_yaml(SourceFile("a.yaml", text))
    assert isinstance(root, MappingNode)
    value = root.entries[0].value
    assert isinstance(value, ScalarNode)
    return value


def written_at(text: str, node: ScalarNode, start: int, end: int) -> str:
    place = node.place(start, end)
    line = text.split("\n")[place.line - 1]
    assert line == place.source
    return line[place.column - 1 : place.column - 1 + place.length]


STYLES = {
    "plain": lambda words: "key: " + " ".join(words),
    "plain over lines": lambda words: "key: " + "\n   ".join(words),
    "single quotes": lambda words: "key: '" + " ".join(words).replace("'", "''") + "'",
    "single quotes over lines": lambda words: "key: '" + "\n  ".join(words).replace("'", "''") + "'",
    "double quotes": lambda words: 'key: "' + " ".join(words) + '"',
    "folded": lambda words: "key: >-\n  " + "\n  ".join(words),
    "literal": lambda words: "key: |\n  " + "\n  ".join(words) + "\n",
}


@pytest.mark.parametrize("style", STYLES)
@given(words=WORDS)
def test_every_word_of_a_value_is_found_where_it_is_written(style: str, words: list[str]) -> None:
    text = STYLES[style](words)
    node = scalar_in(text)
    at = 0
    for word in words:
        start = node.value.index(word, at)
        found = written_at(text, node, start, start + len(word))
        assert (found.replace("''", "'") if "single" in style else found) == word
        at = start + len(word)


def test_the_place_of_a_whole_value_includes_its_quotes() -> None:
    text = "key:  '1,000万円'  # a comment"
    assert scalar_in(text).place().length == len("'1,000万円'")


def test_every_plain_value_is_text() -> None:
    for written in ("no", "1:30", "2022-12-22", "null", "1e3", "0x10", "~"):
        assert scalar_in(f"key: {written}").value == written


def test_texts_are_read_as_written_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "messages.yaml"
    path.write_text("too_late:\n  ja: 締切は{deadline}です。\n  en: 'The deadline was {deadline}.'\n", encoding="utf-8")
    assert read_texts(path) == {"too_late": Text("締切は{deadline}です。", "The deadline was {deadline}.")}


def test_everything_wrong_with_texts_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "messages.yaml"
    path.write_text("a: {ja: あ}\nb: {ja: い, en: ''}\nb: {ja: い, en: b}\n", encoding="utf-8")
    with pytest.raises(GuidanceErrors) as raised:
        read_texts(path, "content/messages.yaml")
    assert [(error.place.path, error.place.line, error.code) for error in raised.value.errors] == [
        ("content/messages.yaml", 1, "missing-translation"),
        ("content/messages.yaml", 2, "missing-translation"),
        ("content/messages.yaml", 3, "duplicate-key"),
    ]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "messages.yaml"
    path.write_bytes("a:\r\n  ja: あ\r\n  en: a\r\n".encode("utf-8-sig"))
    assert read_texts(path) == {"a": Text("あ", "a")}
