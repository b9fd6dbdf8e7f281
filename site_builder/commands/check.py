"""`check`: make the site without writing it."""

from __future__ import annotations

import argparse

from site_builder.build import check
from site_builder.commands.arguments import add_source_folders, say, sources_of
from site_builder.commands.command import Command


def run(asked: argparse.Namespace) -> None:
    """Say that all is in order, or what is not."""
    check(sources_of(asked), say)
    say("rules and content are in order")


COMMAND = Command(
    "check",
    "make the site without writing it",
    ("python -m site_builder check", "python -m site_builder check --rules rules --content content"),
    add_source_folders,
    run,
)
