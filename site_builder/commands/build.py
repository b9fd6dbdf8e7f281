"""`build`: make the site."""

from __future__ import annotations

import argparse

from site_builder.build import build
from site_builder.commands.arguments import (
    add_day,
    add_site_folder,
    add_source_folders,
    address_argument,
    say,
    sources_of,
)
from site_builder.commands.command import Command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a build can be told."""
    add_source_folders(parser)
    add_day(parser)
    add_site_folder(parser)
    parser.add_argument(
        "--without-service-worker",
        dest="works_offline",
        action="store_false",
        help="make a site that does not work offline, and ends the service workers that visitors have from before",
    )
    parser.add_argument(
        "--address",
        type=address_argument,
        default=None,
        metavar="URL",
        help="where the site is published, in place of what content/site.yaml says",
    )


def run(asked: argparse.Namespace) -> None:
    """Make the site in the folder that was asked for."""
    build(sources_of(asked), asked.out, say, asked.works_offline)
    say(f"the site is in {asked.out}")


COMMAND = Command(
    "build",
    "make the site",
    ("python -m site_builder build", "python -m site_builder build --address https://guide.example/"),
    add_arguments,
    run,
)
