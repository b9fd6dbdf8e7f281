"""The tables that a reader sees lead to the calculator's answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from tests.fuzz.agreement import in_printed_tables
from tests.fuzz.printed import Printed, asked_of_tables, differences


def test_whoever_reads_the_printed_tables_comes_to_the_same_answer(built_site: Path) -> None:
    assert in_printed_tables(10 * len(asked_of_tables()), 1, built_site) == []


def test_a_table_with_another_figure_would_be_noticed(built_site: Path) -> None:
    """Otherwise that nothing differs would mean nothing."""
    asked = next(one for one in asked_of_tables() if one.rules.rule_set == "monozukuri/r3s/normal")
    printed = Printed.of(built_site, asked.rules.rule_set, asked.rules.round)
    raised = tuple(replace(one, yen=one.yen + 1) for one in printed.tiers)
    printed.__dict__["tiers"] = raised
    assert len(raised) > 1
    found = [one for seed in range(60) for one in differences(built_site, asked, Random(seed), printed)]
    assert any("yen by the tables" in one for one in found)
