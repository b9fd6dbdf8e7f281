"""What is far too much ends at once: a hundred thousand levels, a hundred megabytes, what doubles with each line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from calculator.batch.report import Report
from calculator.json_values import read_json
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.render.markdown import html_of
from site_builder.rules.grammar import expression
from site_builder.sources.documents import document_of
from site_builder.sources.fields import words
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.source_file import MOST_BYTES, SourceFile, content_of
from tests.fuzz.cases import answered, assessor
from tests.fuzz.content import see_markup
from tests.fuzz.links import link, told
from tests.fuzz.surface import no_hang
from tests.fuzz.tables import rule_sets

PROJECT = Path(__file__).parents[2]
LEVELS = 100_000
#: How a level is opened, and how it ends, in YAML.
NESTED = {"lists": ("[", "]"), "mappings": ("{a: ", "}"), "lines of lists": ("[\n", ""), "dashes": ("- \n", "")}


def codes(act: Callable[[], object]) -> set[str]:
    """The codes of what is told."""
    with no_hang(), pytest.raises((GuidanceError, GuidanceErrors)) as caught:
        act()
    match caught.value:
        case GuidanceErrors(errors=errors):
            return {one.code for one in errors}
        case found:
            return {getattr(found, "code", "")}


@pytest.mark.parametrize("kind", NESTED)
def test_a_file_of_a_hundred_thousand_levels_is_too_much(kind: str) -> None:
    opened, closed = NESTED[kind]
    if kind == "dashes":
        text = "".join(
            f"{' ' * level}-\n" for level in range(1_000)
        )  # the indentation alone makes it as large as can be
    else:
        text = opened * LEVELS + closed * LEVELS
    assert codes(partial(document_of, text.encode(), "rules/a.yaml", words)) == {"too-much"}


def test_an_expression_of_a_hundred_thousand_brackets_is_too_much() -> None:
    for text in ("(" * LEVELS + "a" + ")" * LEVELS, "not " * LEVELS + "a", "a + " * LEVELS + "a"):
        node = ScalarNode(SourceFile("rules/a.yaml", text), 0, len(text), text)
        assert codes(partial(expression, node)) == {"too-much"}


def test_markdown_of_a_hundred_thousand_levels_stays_plain() -> None:
    for text in ("> " * LEVELS + "a", "[" * 5_000 + "a" + "]" * 5_000, "*a " * 5_000, "`" * 5_000 + " a"):
        with no_hang():
            see_markup(html_of(text, str))


@pytest.mark.parametrize("opened", ["[", '{"a":', '{"facts": ['])
def test_json_is_refused_at_the_same_depth_by_every_python(opened: str) -> None:
    """Between some hundreds and thousands of levels each Python gives up elsewhere."""
    for levels in (31, 100, 990, 1_000, LEVELS):
        with no_hang(), pytest.raises(ValueError, match="nested too deeply"):
            read_json(opened * levels)
        with no_hang():
            assert answered(opened * levels)["error"]["code"] == "not_json"
    assert read_json("[" * 30 + "]" * 30)


def test_brackets_in_a_text_are_no_levels() -> None:
    assert read_json('["' + "[" * 100 + '\\"' + "{" * 100 + '"]')


def test_a_link_that_would_fill_all_memory_is_no_link() -> None:
    packed = link(b'{"e":"1","o":{},"a":{"x":"' + b" " * 5_000_000 + b'"}}', is_deflated=True)
    assert len(packed) < 10_000
    assert told({"text": packed, "formerly": {}}) is None
    assert told({"text": link(b'{"e":"1","o":{},"a":{"x":"5"}}', is_deflated=True), "formerly": {}}) is not None


def test_a_link_with_more_rows_than_a_page_can_make_is_no_link() -> None:
    """A short text holds hundreds of thousands of rows once it is inflated, and the page would make them all."""
    rows = {
        number: link(b'{"e":"1","o":{},"a":{"costs":[' + b"{}," * (number - 1) + b"{}]}}", is_deflated=True)
        for number in (1_000, 1_001, 300_000)
    }
    assert len(rows[300_000]) < 10_000
    assert len(told({"text": rows[1_000], "formerly": {}})["answers"]["costs"]) == 1_000
    assert told({"text": rows[1_001], "formerly": {}}) is None
    assert told({"text": rows[300_000], "formerly": {}}) is None


def test_a_link_whose_bytes_are_no_text_is_no_link() -> None:
    for spoiled in (b"\xff", b"\xed\xa0\x80", b"\xc0\x80"):
        assert (
            told({"text": link(b'{"e":"1","o":{},"a":{"x":"' + spoiled + b'"}}', is_deflated=False), "formerly": {}})
            is None
        )


def test_of_a_file_of_a_hundred_megabytes_no_more_is_read_than_can_be_right(tmp_path: Path) -> None:
    with (tmp_path / "a.yaml").open("wb") as file:
        file.truncate(100_000_000)
    assert codes(partial(content_of, tmp_path / "a.yaml", tmp_path, "a.yaml")) == {"too-much"}
    (tmp_path / "b.yaml").write_bytes(b"#" * MOST_BYTES)
    assert len(content_of(tmp_path / "b.yaml", tmp_path, "b.yaml")) == MOST_BYTES


def test_a_table_of_very_many_columns_begins_at_once() -> None:
    headings = ",".join(f"column number {number}" for number in range(20_000))
    order = json.dumps({"rule_sets": rule_sets(), "round": 13, "language": "en"})
    with no_hang(2.0):
        beginning = Report.ordered(assessor(), f"{order}\nindustri,industry,{headings}\nretail\n").beginning()
    meant = [one["meant"] for one in beginning["passed_on"]]
    assert len(meant) == 20_001
    assert meant[0] is not None
    assert meant[-1] is None


LARGE = """
import sys
from tests.fuzz.surface import limit_memory
limit_memory(2_500_000_000)
from calculator import browser
from calculator.batch.report import Report
from tests.fuzz.cases import answered, assessor, assessor
from tests.fuzz.tables import rule_sets
import json
for line in ('"' + "a" * 100_000_000 + '"', '{"id": 1, "facts": ' + "[0," * 30_000_000, " " * 100_000_000):
    print(answered(line)["error"]["code"])
order = json.dumps({"rule_sets": rule_sets(), "round": 13, "language": "ja"})
head = "name,industry\\n"
for text in (head + "a,retail\\n" * 10_000_000, head + "a," + "b" * 100_000_000, "," * 100_000_000):
    try:
        report = Report.ordered(assessor(), f"{order}\\n{text}")
        print(report.portion(10)["companies"])
    except Exception as error:
        print(type(error).__name__)
"""


@pytest.mark.slow
def test_a_hundred_megabytes_of_anything_fit_into_memory_and_end() -> None:
    ended = subprocess.run([sys.executable, "-c", LARGE], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    assert ended.stdout.split() == ["not_an_object", "not_json", "not_json", "10", "1", "TableError"]
