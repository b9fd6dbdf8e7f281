"""`fact-check`: make the sheet on which a round is checked against its documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from site_builder.build import make_fact_sheet
from site_builder.commands.arguments import add_source_folders, say, sources_of
from site_builder.commands.command import Command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a sheet needs to be told."""
    parser.add_argument("rule_set", metavar="RULE_SET", help="programme and budget: monozukuri/r3s")
    parser.add_argument(
        "number",
        metavar="NUMBER",
        type=int,
        nargs="?",
        help="the number of the round; left out for a budget with one call without a number",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=None,
        metavar="FILE",
        help="where to write it (default: here, as fact-check-monozukuri-r3s-13.html)",
    )
    add_source_folders(parser)


def run(asked: argparse.Namespace) -> None:
    """Write the sheet.

    Raises:
        WrongUsageError: there is no such round.
        GuidanceErrors: the rules or the content are wrong as they are.
        OSError: the file cannot be written.
    """
    sheet = make_fact_sheet(sources_of(asked), asked.rule_set, asked.number)
    number = "" if asked.number is None else f"-{asked.number}"
    out = asked.out or Path(f"fact-check-{asked.rule_set.replace('/', '-')}{number}.html")
    out.write_text(sheet, encoding="utf-8")
    say(f"the sheet is in {out}: open it in a browser, and print it on A4")


COMMAND = Command(
    "fact-check",
    "make the sheet on which a round is checked against its documents",
    (
        "python -m site_builder fact-check monozukuri/r3s 13",
        "python -m site_builder fact-check jizokuka/r3s --out sheet.html",
    ),
    add_arguments,
    run,
)
