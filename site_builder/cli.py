"""The command line: arguments go in, sentences and an exit code come out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence

from site_builder.commands import COMMANDS
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.examining.examination import OddRulesError
from site_builder.render.cards import CardError
from site_builder.render.search import SearchIndexError
from site_builder.runtime.packing import RuntimePackingError

DONE = 0
CONTENT_ERROR = 1
USAGE_ERROR = 2
ENVIRONMENT_ERROR = 3

EXIT_CODES = "exit codes: 0 done, 1 rules or content are wrong, 2 wrong usage, 3 something is missing on this machine"


def main(arguments: Sequence[str]) -> int:
    """Do what is asked, and return the exit code."""
    asked = _parser().parse_args(arguments)
    try:
        asked.run(asked)
    except (RuntimePackingError, SearchIndexError, CardError, OSError) as error:
        print(error, file=sys.stderr)
        return ENVIRONMENT_ERROR
    except (GuidanceError, GuidanceErrors, OddRulesError) as errors:
        print(errors, file=sys.stderr)
        return CONTENT_ERROR
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m site_builder",
        description="Makes the guidance site from rules/ and content/.",
        epilog=_epilog(command.examples[0] for command in COMMANDS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        one = commands.add_parser(
            command.name,
            help=command.help,
            description=f"{command.help[0].upper()}{command.help[1:]}.",
            epilog=_epilog(command.examples),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.add_arguments(one)
        one.set_defaults(run=command.run)
    return parser


def _epilog(examples: Iterable[str]) -> str:
    lines = "\n".join(f"  {example}" for example in examples)
    return f"examples:\n{lines}\n\n{EXIT_CODES}"
