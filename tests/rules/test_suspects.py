"""A slip in a figure or a requirement that many worked examples of the real rules rest on is told where it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.build import HERE, PROJECT
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.memo import Memo
from site_builder.rules import read_drafts, resolve
from site_builder.rules.suspects import suspects
from site_builder.site.content import read_messages
from site_builder.survey import read_sources

RULE_SET, GREEN = "monozukuri/r3s/rule_set.yaml", "monozukuri/r3s/green.yaml"


def found_with(file: str, right: str, wrong: str, folder: Path) -> tuple[tuple[GuidanceError, ...], int]:
    """What is suspected where the first `right` of a file of the real rules is wrong, and the line of the slip."""
    shutil.copytree(PROJECT / "rules", folder / "rules")
    path = folder / "rules" / file
    before, _, after = path.read_text(encoding="utf-8").partition(right)
    assert after
    path.write_text(f"{before}{wrong}{after}", encoding="utf-8")
    draft = read_drafts(folder / "rules")
    return suspects(draft, resolve(draft, read_messages(PROJECT / "content")), Memo()), before.count("\n") + 1


@pytest.mark.parametrize(
    ("file", "right", "wrong", "value"),
    [
        (RULE_SET, "value: 3%\n", "value: 4%\n", "'value_added_growth' were 3%"),
        (RULE_SET, "value: 2/3\n", "value: 1/3\n", "'raised_rate' were 2/3"),
        (RULE_SET, "value: 1,000万円\n", "value: 1億円\n", "'limit_of_middle_tier' were 10,000,000円"),
        (GREEN, "value: 1,500万円", "value: 1億5,000万円", "'green_limit_of_middle_tier' were 15,000,000円"),
    ],
)
def test_a_figure_that_would_put_all_right_is_told_at_its_value(
    file: str, right: str, wrong: str, value: str, tmp_path: Path
) -> None:
    ((one,), line) = found_with(file, right, wrong, tmp_path)
    assert (one.code, one.place.path, one.place.line) == ("suspect-rule", f"rules/{file}", line)
    assert value in one.sentence


def test_a_requirement_that_is_otherwise_in_all_is_told_at_its_code(tmp_path: Path) -> None:
    right, wrong = "condition: mere_equipment_replacement is no", "condition: mere_equipment_replacement is yes"
    ((one,), _) = found_with(GREEN, right, wrong, tmp_path)
    assert "'frame.green_mere_replacement' is otherwise in all of them" in one.sentence
    assert one.place.source.strip() == "- code: frame.green_mere_replacement"


def test_a_few_examples_that_differ_make_nothing_suspect(tmp_path: Path) -> None:
    examples = "monozukuri/r3s/examples/normal.yaml"
    found, _ = found_with(examples, "subsidy_yen: 8200000", "subsidy_yen: 8200001", tmp_path)
    assert found == ()


def test_a_check_tells_it_beside_the_examples(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "rules", tmp_path / "rules")
    file = tmp_path / "rules" / GREEN
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value: 1,500万円", "value: 1億5,000万円"), encoding="utf-8")
    with pytest.raises(GuidanceErrors) as caught:
        read_sources(tmp_path / "rules", PROJECT / "content", HERE / "theme" / "templates", Memo())
    codes = [error.code for error in caught.value.errors]
    assert codes.count("suspect-rule") == 1
    assert codes.count("example-differs") > 2
