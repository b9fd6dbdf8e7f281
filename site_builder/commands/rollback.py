"""`rollback`: put an earlier site back in place."""

from __future__ import annotations

import argparse

from site_builder.build import described, refuse_other_things
from site_builder.commands.arguments import add_purge_list, add_releases, add_site_folder, say, shelf_of
from site_builder.commands.command import Command
from site_builder.comparing.purging import site_contents, write_purge_list
from site_builder.publishing import roll_back
from site_builder.publishing.manifest import verify_kept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which release is meant, and where it is."""
    parser.add_argument(
        "--to", default=None, metavar="RELEASE", help="its name or a part of it (default: the one before that in place)"
    )
    add_site_folder(parser)
    add_purge_list(parser)
    add_releases(parser)


def run(asked: argparse.Namespace) -> None:
    """Put the release in place, and say which it is.

    Raises:
        WrongUsageError: there is no such release, or several.
        AlteredSiteError: it is not as it was built.
        OSError: it cannot be put in place.
    """
    refuse_other_things(asked.out)
    before = {} if asked.purge_list is None else site_contents(asked.out)
    say(f"in place: {described(roll_back(asked.out, shelf_of(asked), asked.to, verify_kept))}")
    if asked.purge_list is not None:
        say(write_purge_list(asked.purge_list, before, site_contents(asked.out)))


COMMAND = Command(
    "rollback",
    "put an earlier site back in place, in one step; the one that was there is kept",
    ("python -m site_builder rollback", "python -m site_builder rollback --to 1a2b3c4d5e6f"),
    add_arguments,
    run,
)
