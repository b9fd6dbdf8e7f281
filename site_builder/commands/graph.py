"""`graph`: draw the rules of a round, and which worked examples reach them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from site_builder.commands.arguments import add_one_call, add_source_folders, say
from site_builder.commands.command import Command
from site_builder.examining.graph import graph_page
from site_builder.examining.reading import read_subject
from site_builder.rules.literals import JAPAN


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what drawing can be told."""
    add_source_folders(parser)
    add_one_call(parser)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("graph.html"),
        metavar="FILE",
        help="the file to write (default: graph.html, here)",
    )


def run(asked: argparse.Namespace) -> None:
    """Write the page.

    Raises:
        GuidanceErrors: the rules cannot be read, or there is no such rule set or round.
        OSError: the file cannot be written.
    """
    today = datetime.now(UTC).astimezone(JAPAN).date()
    subject = read_subject(asked.rules, asked.content, today, asked.rule_set, asked.round)
    words = [asked.rule_set or "all rules", *([] if asked.round is None else [f"round {asked.round}"])]
    asked.out.write_text(graph_page(subject, ", ".join(words)), encoding="utf-8")
    say(f"the rules are drawn in {asked.out}")


COMMAND = Command(
    "graph",
    "draw the rules of a round, and which worked examples reach them",
    ("python -m site_builder graph monozukuri/r3s 13 --out r3s-13.html",),
    add_arguments,
    run,
)
