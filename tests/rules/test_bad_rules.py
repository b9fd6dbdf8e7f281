"""Every mistake under tests/bad is told exactly as it says there, and what is right beside it is not told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.explanations import explanations
from site_builder.rules import read_rules
from site_builder.rules.proof import prove_examples
from tests.bad_examples import GOOD, BadExample, all_examples
from tests.errors_document import DOCUMENT, document, meanings, raised_codes

BAD = all_examples()
CODES = {code for _, codes in meanings() for code in codes}


@pytest.mark.parametrize("example", BAD, ids=lambda example: example.name)
def test_a_mistake_is_told_with_its_place_a_sentence_and_a_hint(example: BadExample, tmp_path: Path) -> None:
    assert example.printed(tmp_path) == example.says


@pytest.mark.parametrize("example", [one for one in BAD if one.changes[0].kind], ids=lambda example: example.name)
def test_what_is_right_beside_a_mistake_is_not_told(example: BadExample, tmp_path: Path) -> None:
    assert example.printed_when_right(tmp_path) == ""


def test_the_good_rules_that_mistakes_are_made_in_are_right() -> None:
    prove_examples(read_rules(GOOD, {}))


def test_every_code_that_is_raised_says_what_it_means() -> None:
    assert raised_codes() == CODES


def test_every_code_has_an_example_that_shows_it() -> None:
    says = "\n".join(example.says for example in BAD)
    shown = set(re.findall(r"^\S+:\d+:\d+: .* \[([a-z-]+)\]$", says, re.MULTILINE))
    assert shown == CODES


def test_the_document_of_errors_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run `python -m tests.errors_document`"


def test_every_code_can_be_explained() -> None:
    assert explanations().keys() == CODES
    assert all("Told:" in text for text in explanations().values())
