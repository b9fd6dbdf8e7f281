"""`examine`: look for what is odd in the rules, beyond what a build refuses."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from site_builder.commands.arguments import add_one_call, add_source_folders, say
from site_builder.commands.command import Command
from site_builder.examining.examination import OddRulesError, as_json, as_text, examine, open_findings, summary
from site_builder.examining.reading import read_subject
from site_builder.rules.literals import JAPAN


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what an examination can be told."""
    add_source_folders(parser)
    add_one_call(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything is found that is not accepted")
    parser.add_argument("--all", action="store_true", help="print what is accepted in rules/accepted.yaml too")


def run(asked: argparse.Namespace) -> None:
    """Print what is found.

    Raises:
        GuidanceErrors: the rules cannot be read, or there is no such rule set or round.
        OddRulesError: something is found, and that is not to be.
    """
    today = datetime.now(UTC).astimezone(JAPAN).date()
    findings = examine(read_subject(asked.rules, asked.content, today, asked.rule_set, asked.round))
    shown = findings if asked.all else open_findings(findings)
    if asked.format == "json":
        say(as_json(shown))
    else:
        say("\n\n".join(one for one in (as_text(shown), summary(findings)) if one))
    if asked.strict and open_findings(findings):
        raise OddRulesError("the rules are not as they should be (--strict)")


COMMAND = Command(
    "examine",
    "look for what is odd in the rules, beyond what a build refuses",
    (
        "python -m site_builder examine",
        "python -m site_builder examine monozukuri/r3s 13 --format json",
        "python -m site_builder examine --strict",
    ),
    add_arguments,
    run,
)
