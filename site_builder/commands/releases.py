"""`releases`: list the sites that are kept."""

from __future__ import annotations

import argparse
import math
import shutil
import sys
from pathlib import Path

from site_builder.build import described
from site_builder.commands.arguments import add_releases, add_site_folder, say, shelf_of
from site_builder.commands.command import Command
from site_builder.publishing import releases


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the site and its releases are."""
    add_site_folder(parser)
    add_releases(parser)


def run(asked: argparse.Namespace) -> None:
    """Print a line for each release, the newest first."""
    out: Path = asked.out
    known = releases(out, shelf_of(asked))
    if not known:
        raise FileNotFoundError(
            f"{out}: nothing is published there\n    hint: run `python -m site_builder build` first"
        )
    for one in known:
        line = f"{'*' if one.is_current else ' '} {described(one)}"
        say(line if len(line) <= _width() else line.replace("  built ", "\n    built ", 1))
    back = "there is none before it" if known[-1].is_current else "`rollback` puts the one before it back"
    say(f"* is in place; {back}, and `rollback --to NAME` any of them")


def _width() -> float:
    """Return how many cells a line of the terminal has; where nobody looks, a line has no end."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else math.inf


COMMAND = Command(
    "releases",
    "list the site in place and the earlier ones that are kept",
    ("python -m site_builder releases",),
    add_arguments,
    run,
)
