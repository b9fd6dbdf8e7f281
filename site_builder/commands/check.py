"""`check`: make the site without writing it."""

from __future__ import annotations

import argparse

from site_builder.build import check
from site_builder.commands.arguments import add_source_folders, sources_of
from site_builder.commands.command import Command
from site_builder.commands.reporting import add_reporting, conclude, saying, terminal_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a check can be told."""
    add_source_folders(parser)
    add_reporting(parser)


def run(asked: argparse.Namespace) -> None:
    """Say that all is in order, or what is not."""
    terminal = terminal_of(asked)
    with terminal.waiting():
        check(sources_of(asked), terminal.stages, saying(asked))
    conclude(asked, "rules and content are in order")


COMMAND = Command(
    "check",
    "say everything that is wrong in rules and content, without writing a site",
    ("python -m site_builder check", "python -m site_builder check --format github --quiet"),
    add_arguments,
    run,
)
