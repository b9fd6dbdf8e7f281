"""`verify`: see that a site is as it was built."""

from __future__ import annotations

import argparse
from pathlib import Path

from site_builder.commands.arguments import add_site_folder, say, served_address_argument
from site_builder.commands.command import Command
from site_builder.publishing.manifest import MANIFEST, verify, verify_served


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the site is."""
    add_site_folder(parser)
    parser.add_argument(
        "--at",
        type=served_address_argument,
        default=None,
        metavar="URL",
        help="fetch every file from where the site is published, and hold it against the list of the one in --out",
    )


def run(asked: argparse.Namespace) -> None:
    """Say how many files are as they were built."""
    out: Path = asked.out
    if asked.at is None:
        say(f"{verify(out)} files are as {out / MANIFEST} says, and there are no others")
    else:
        say(f"{verify_served(out, asked.at)} files are served at {asked.at} as {out / MANIFEST} says")


COMMAND = Command(
    "verify",
    "see that a site is as it was built, file by file",
    (
        "python -m site_builder verify",
        "python -m site_builder verify --at https://guide.example/",
    ),
    add_arguments,
    run,
)
