"""`explain`: say what the code of an error means."""

from __future__ import annotations

import argparse
import sys

from site_builder.commands.command import Command
from site_builder.errors import WrongUsageError, name_hint
from site_builder.explanations import explanations
from site_builder.reports.terminal import Terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the code."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="what stands in brackets behind a mistake; all, if none"
    )


def run(asked: argparse.Namespace) -> None:
    """Print what the code means, with a wrong and a right example, or the names of all codes.

    Raises:
        WrongUsageError: there is no such code.
        OSError: docs/errors.md cannot be read.
    """
    known, terminal = explanations(), Terminal(sys.stdout)
    if asked.code is None:
        terminal.page("\n".join(f"- {code}" for code in sorted(known)))
        return
    code = asked.code.strip("[]")
    if code not in known:
        hint = name_hint(code, known, "`python -m site_builder explain` names them all")
        raise WrongUsageError(f"explain: there is no code '{asked.code}'", hint)
    terminal.page(known[code])


COMMAND = Command(
    "explain",
    "say what the code of a mistake means, with a wrong and a right example",
    ("python -m site_builder explain typed-figure", "python -m site_builder explain"),
    add_arguments,
    run,
)
