"""How a command tells what it has found: `--format` and `--quiet`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from site_builder.build import silently
from site_builder.commands.arguments import say
from site_builder.errors import GuidanceError, GuidanceErrors
from site_builder.reports.formats import Shown, as_json, as_workflow_commands
from site_builder.reports.terminal import Terminal

FORMATS = ("text", "json", "github")


def add_reporting(parser: argparse.ArgumentParser) -> None:
    """Let a command be told how to tell of mistakes."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="how mistakes are told: text for people, json for programs, github for the annotations of its workflows",
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but what is wrong")


def terminal_of(asked: argparse.Namespace) -> Terminal:
    """Return where people are told; mistakes and stages do not get in between what a command puts out."""
    return Terminal(sys.stderr, is_quiet=getattr(asked, "quiet", False))


def saying(asked: argparse.Namespace) -> Callable[[str], None]:
    """Return what tells a person something by the way."""
    return silently if asked.quiet or asked.format != "text" else say


def conclude(asked: argparse.Namespace, sentence: str) -> None:
    """Say that all went well, in the format that was asked for."""
    if asked.format == "json":
        write(as_json((), Shown()))
    elif asked.format == "text" and not asked.quiet:
        write(sentence)


def tell(asked: argparse.Namespace, found: GuidanceError | GuidanceErrors) -> None:
    """Tell what is wrong, in the format that was asked for."""
    several = found if isinstance(found, GuidanceErrors) else GuidanceErrors([found])
    shown, terminal = _shown(asked), terminal_of(asked)
    match getattr(asked, "format", "text"):
        case "json":
            write(as_json(several.errors, shown))
        case "github":
            write(as_workflow_commands(several.errors, shown))
        case _:
            terminal.mistakes(several.errors, shown)
    terminal.summary(several.errors, several.not_checked)


def write(text: str) -> None:
    """Put out a text at once, whatever characters the stream can have."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)


def _shown(asked: argparse.Namespace) -> Shown:
    """Return where the folders are that errors call `content/` and by the name of the folder of rules."""
    rules, content = getattr(asked, "rules", None), getattr(asked, "content", None)
    folders = () if rules is None else ((rules.resolve().name, _from_here(rules)),)
    return Shown(folders if content is None else (*folders, ("content", _from_here(content))))


def _from_here(folder: Path) -> str:
    """Return the path of a folder from where the command runs, or its whole path if it lies elsewhere."""
    whole = folder.resolve()
    return Path(os.path.relpath(whole)).as_posix() if whole.is_relative_to(Path.cwd()) else whole.as_posix()
