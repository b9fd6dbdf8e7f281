"""What several commands can be told: folders, a port, the public address."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from site_builder.build import PROJECT, Sources
from site_builder.errors import GuidanceError, Place
from site_builder.publishing import USUALLY_KEPT, Shelf, shelf_beside
from site_builder.site.public_address import PublicAddress, public_address

_SERVED = re.compile(r"(?:https://|http://(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$))[^\s?#@]+")


def add_source_folders(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where rules and content are."""
    parser.add_argument("--rules", type=Path, default=PROJECT / "rules", help="the folder of the rules")
    parser.add_argument("--content", type=Path, default=PROJECT / "content", help="the folder of the content")


def add_site_folder(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the site is."""
    parser.add_argument("--out", type=Path, default=PROJECT / "public", help="the folder of the site")


def add_releases(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where earlier sites are kept."""
    parser.add_argument(
        "--releases",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="where earlier sites are kept, on the same file system (default: .releases/ beside the site)",
    )


def add_purge_list(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where to list what caches in front of the site must forget."""
    parser.add_argument(
        "--purge-list",
        type=Path,
        default=None,
        metavar="FILE",
        help="write the addresses whose answers change, one a line: what a network of caches must forget",
    )


def shelf_of(asked: argparse.Namespace) -> Shelf:
    """Return where a command with `add_releases` was told that earlier sites are kept."""
    keep = getattr(asked, "keep", USUALLY_KEPT)
    return shelf_beside(asked.out, keep) if asked.releases is None else Shelf(asked.releases.resolve(), keep)


def add_one_call(parser: argparse.ArgumentParser) -> None:
    """Let a command be told which rule set, and which round of it, it is about; otherwise it is about all."""
    parser.add_argument("rule_set", nargs="?", help="a budget such as monozukuri/r3s (default: all)")
    parser.add_argument("round", nargs="?", type=int, help="the number of one of its rounds (default: all)")


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
        day = date.fromisoformat(words)
    except ValueError:
        day = None
    if day is None or day.isoformat() != words:  # Python takes 20221222 and 2022-W51-4 too
        raise argparse.ArgumentTypeError(f"{words or 'nothing'} is no day; write one as 2022-12-22")
    return day


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


def served_address_argument(words: str) -> str:
    """Read where a site is served, over https or by this machine; with a slash at its end.

    Raises:
        ArgumentTypeError: it is not such an address.
    """
    if _SERVED.fullmatch(words) is None:
        raise argparse.ArgumentTypeError(
            f"{words} is not where a site is served; write https://, the host and its folder"
        )
    return f"{words.rstrip('/')}/"


def count_argument(words: str) -> int:
    """Read a number of things.

    Raises:
        ArgumentTypeError: it is none.
    """
    if not words.isascii() or not words.isdigit():
        raise argparse.ArgumentTypeError(f"{words} is not a number of things")
    return int(words)


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
