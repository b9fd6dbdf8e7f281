"""`new-round`: begin a round with the rules of an earlier one."""

from __future__ import annotations

import argparse
from pathlib import Path

from site_builder.build import rules_of
from site_builder.commands.arguments import add_source_folders, say, sources_of
from site_builder.commands.command import Command
from site_builder.site.new_round import lines_after, new_round


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a new round needs to be told."""
    parser.add_argument("rule_set", metavar="RULE_SET", help="programme and budget: monozukuri/r3s")
    parser.add_argument("number", metavar="NUMBER", type=int, help="the number of the new round")
    parser.add_argument(
        "--from",
        dest="since",
        metavar="ROUND",
        type=int,
        required=True,
        help="the earlier round whose rules it takes over, all unconfirmed until its file says otherwise",
    )
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    add_source_folders(parser)


def run(asked: argparse.Namespace) -> None:
    """Write the file of the round, or show it; say what comes next.

    Raises:
        WrongUsageError: there is no such rule set or round, or the new round is there already.
        GuidanceErrors: the rules are wrong as they are.
    """
    rules = rules_of(sources_of(asked))
    made = new_round(rules, asked.rule_set, asked.number, asked.since)
    path = asked.rules / made.path
    if asked.dry_run:
        say(f"{path} would be:\n\n{made.text}")
    else:
        _write_new(path, made.text)
        say(f"{path}: written")
    for line in lines_after(made):
        say(line)


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet; half of one is taken away again."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink()
            raise


COMMAND = Command(
    "new-round",
    "begin a round with the rules of an earlier one",
    (
        "python -m site_builder new-round monozukuri/r3s 15 --from 13",
        "python -m site_builder new-round monozukuri/r3s 15 --from 13 --dry-run",
    ),
    add_arguments,
    run,
)
