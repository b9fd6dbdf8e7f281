"""What several commands can be told: folders, a port, the public address."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from site_builder.build import PROJECT, Sources
from site_builder.errors import GuidanceError, Place
from site_builder.site.public_address import PublicAddress, public_address


def add_source_folders(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where rules and content are."""
    parser.add_argument("--rules", type=Path, default=PROJECT / "rules", help="the folder of the rules")
    parser.add_argument("--content", type=Path, default=PROJECT / "content", help="the folder of the content")


def add_site_folder(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the site is."""
    parser.add_argument("--out", type=Path, default=PROJECT / "public", help="the folder of the site")


def add_day(parser: argparse.ArgumentParser) -> None:
    """Let a command be told of which day pages tell."""
    parser.add_argument(
        "--as-of",
        type=day_argument,
        default=None,
        metavar="DATE",
        help="show how calls stand on a day, such as 2022-12-22 (default: the last on which anything was looked at)",
    )


def day_argument(words: str) -> date:
    """Read a day.

    Raises:
        ArgumentTypeError: there is no such day.
    """
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{words} is no day; write one as 2022-12-22") from error


def sources_of(asked: argparse.Namespace) -> Sources:
    """Return the sources that a command with `add_source_folders` was told."""
    return Sources(asked.rules, asked.content, getattr(asked, "address", None), as_of=getattr(asked, "as_of", None))


def address_argument(words: str) -> PublicAddress:
    """Read where the site is published.

    Raises:
        ArgumentTypeError: it is not an address that a site can have.
    """
    try:
        return public_address(words, Place("--address"))
    except GuidanceError as error:
        raise argparse.ArgumentTypeError(f"{error.sentence}\n    hint: {error.hint}") from error


def port_argument(words: str) -> int:
    """Read the number of a port.

    Raises:
        ArgumentTypeError: there is no such port.
    """
    if not words.isascii() or not words.isdigit() or int(words) >= 2**16:
        raise argparse.ArgumentTypeError(f"{words} is not a port")
    return int(words)


def say(sentence: str) -> None:
    """Tell the person at the terminal at once."""
    print(sentence, flush=True)
