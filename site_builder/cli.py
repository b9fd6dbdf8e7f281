"""The command line: arguments go in, sentences and an exit code come out."""

from __future__ import annotations

import argparse
import errno
import os
import re
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import takewhile
from typing import NoReturn

from site_builder.commands import COMMANDS
from site_builder.commands.reporting import tell, terminal_of
from site_builder.errors import GuidanceError, GuidanceErrors, WrongUsageError
from site_builder.examining.examination import OddRulesError
from site_builder.pinned import OtherContentsError
from site_builder.publishing.manifest import AlteredSiteError
from site_builder.render.cards import CardError
from site_builder.render.compression import CompressionError
from site_builder.render.search import SearchIndexError
from site_builder.runtime.packing import RuntimePackingError

DONE = 0
CONTENT_ERROR = 1
USAGE_ERROR = 2
ENVIRONMENT_ERROR = 3
BROKEN_OFF = 130

#: What is told as a mistake is, and is none of the rules or the content.
ON_THIS_MACHINE = (RuntimePackingError, SearchIndexError, CardError, CompressionError, OtherContentsError)

EXIT_CODES = (
    "exit codes: 0 done, 1 rules, content or a built site are wrong, 2 wrong usage, "
    "3 something is missing on this machine"
)

_HINTS = {
    errno.EACCES: "let this user read and write it",
    errno.EADDRINUSE: "something else listens there: name another port with --port",
    errno.EISDIR: "there is a folder where a file is expected",
    errno.ENOENT: "look at the path; if it lies in node_modules/, `make build` installs what is missing",
    errno.ENOSPC: "the disk is full: make room",
    errno.ENOTDIR: "there is a file where a folder is expected",
    errno.EPERM: "let this user read and write it",
    errno.EROFS: "it cannot be written to: name another folder with --out",
}


def main(arguments: Sequence[str]) -> int:
    """Do what is asked, and return the exit code."""
    parser = _parser()
    _refuse_options_without_value(parser, arguments)
    asked = parser.parse_args(arguments)
    try:
        asked.run(asked)
    except (OddRulesError, AlteredSiteError) as found:
        terminal_of(asked).failure(str(found))
        return CONTENT_ERROR
    except ON_THIS_MACHINE as error:
        terminal_of(asked).failure(str(error))
        return ENVIRONMENT_ERROR
    except (GuidanceError, GuidanceErrors) as errors:
        tell(asked, errors)
        return CONTENT_ERROR
    except WrongUsageError as error:
        terminal_of(asked).failure(str(error))
        return USAGE_ERROR
    except BrokenPipeError:  # whoever read what is put out has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ENVIRONMENT_ERROR
    except OSError as error:
        terminal_of(asked).failure(_told(error))
        return ENVIRONMENT_ERROR
    except KeyboardInterrupt:
        terminal_of(asked).failure("broken off; what was there before is as it was")
        return BROKEN_OFF
    return DONE


def _told(error: OSError) -> str:
    """Return what keeps the machine from it, and what can be done."""
    if error.strerror is None:
        return str(error)
    where = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
    hint = _HINTS.get(error.errno or 0)
    return f"{where}{error.strerror.lower()}" + ("" if hint is None else f"\n    hint: {hint}")


class _Parser(argparse.ArgumentParser):
    """A parser that names what was probably meant: a choice, or one of `known_options`."""

    known_options: tuple[str, ...] = ()

    def error(self, message: str) -> NoReturn:
        """End with the code of wrong usage."""
        hint = self._meant(message)
        self.print_usage(sys.stderr)
        self.exit(USAGE_ERROR, f"{self.prog}: {message}\n" + ("" if hint is None else f"    hint: {hint}\n"))

    def _meant(self, message: str) -> str | None:
        wrong = re.search(r"invalid choice: '(.*?)'|unrecognized arguments: (\S+)", message)
        if wrong is None:
            return None
        choices = re.findall(r"'([^']+)'", message.partition("choose from")[2])
        word = (wrong[1] or wrong[2] or "").partition("=")[0]
        near = get_close_matches(word, choices or self.known_options, n=1)
        return f"did you mean '{near[0]}'?" if near else None


def _refuse_options_without_value(parser: argparse.ArgumentParser, arguments: Iterable[str]) -> None:
    """Refuse `--out=--`, of which argparse makes an empty list, whatever the option is to be."""
    for argument in takewhile(lambda one: one != "--", arguments):
        if argument.startswith("--") and argument.endswith("=--"):
            parser.error(f"argument {argument.removesuffix('=--')}: expected one argument")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
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
        parser.known_options += tuple(one._option_string_actions)  # noqa: SLF001 - argparse tells it nowhere else
        one.set_defaults(run=command.run)
    return parser


def _epilog(examples: Iterable[str]) -> str:
    lines = "\n".join(f"  {example}" for example in examples)
    return f"examples:\n{lines}\n\n{EXIT_CODES}"
