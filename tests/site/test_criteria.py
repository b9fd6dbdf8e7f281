"""The accessibility statement names every criterion that it has to, and what is wrong in its file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.errors import GuidanceErrors
from site_builder.site.criteria import Criteria, Outcome, read_criteria

PROJECT = Path(__file__).parents[2]
HEAD = "stated: 2026-01-31\nmethods: {axe: {ja: 自動検査, en: automatic}}\ncriteria:\n"
ONE = "  - {number: 1.1.1, level: A, since: '2.0', name: {ja: 名, en: name}, result: met, methods: [axe]}\n"
#: The criteria that WCAG 2.1 and 2.2 added at levels A and AA.
ADDED = {
    "2.1": {"1.3.4", "1.3.5", "1.4.10", "1.4.11", "1.4.12", "1.4.13", "2.1.4", "2.5.1", "2.5.2", "2.5.3", "2.5.4",
            "4.1.3"},
    "2.2": {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"},
}  # fmt: skip


def read(text: str, folder: Path) -> Criteria:
    file = folder / "accessibility.yaml"
    file.write_text(text, encoding="utf-8")
    return read_criteria(file, "content/accessibility.yaml")


def test_all_criteria_of_the_standard_and_those_added_since_are_there() -> None:
    every = read_criteria(PROJECT / "content/accessibility.yaml", "content/accessibility.yaml").criteria
    of_standard = [one for one in every if one.since == "2.0"]
    assert [sum(one.level == level for one in of_standard) for level in ("A", "AA")] == [25, 13]
    assert {edition: {one.number for one in every if one.since == edition} for edition in ADDED} == ADDED
    assert [one.number for one in every] == sorted((one.number for one in every), key=in_order)


def in_order(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def test_what_was_not_checked_is_not_said_to_be_met() -> None:
    every = read_criteria(PROJECT / "content/accessibility.yaml", "content/accessibility.yaml").criteria
    undone = [one for one in every if "未実施" in {method.ja for method in one.methods}]
    assert undone
    assert {one.outcome for one in undone} == {Outcome.OPEN}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + ONE + ONE, "duplicate-criterion"),
        (HEAD + ONE.replace("[axe]", "[eyes]"), "unknown-word"),
        (HEAD + ONE.replace("result: met", "result: good"), "unknown-word"),
        (HEAD + ONE.replace("level: A", "level: AAA"), "unknown-word"),
        (HEAD + ONE.replace("1.1.1", "1.1"), "bad-literal"),
        (HEAD.replace("2026-01-31", "2026-02-31") + ONE, "bad-literal"),
        (HEAD + ONE.replace(", en: name", ""), "missing-translation"),
        (HEAD.rstrip("\n") + " []\n", "empty-list"),
    ],
)
def test_what_is_wrong_is_told(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(GuidanceErrors) as caught:
        read(text, tmp_path)
    assert [(error.code, error.place.path) for error in caught.value.errors] == [(code, "content/accessibility.yaml")]
