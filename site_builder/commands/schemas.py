"""`schemas`: write what editors know of the YAML files."""

from __future__ import annotations

import argparse

from site_builder.build import PROJECT
from site_builder.commands.arguments import say
from site_builder.commands.command import Command
from site_builder.schemas import FOLDER, mark, unmarked, write_schemas


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be told."""
    parser.add_argument(
        "--mark", action="store_true", help="write the first line that names its schema into every YAML file without it"
    )


def run(asked: argparse.Namespace) -> None:
    """Write the schemas, and say which files do not name theirs, or let them."""
    changed = write_schemas(PROJECT / "rules", PROJECT / "content", PROJECT / FOLDER)
    say(f"{FOLDER.as_posix()}: {', '.join(changed) if changed else 'nothing has changed'}")
    for one in unmarked(PROJECT):
        shown = one.file.relative_to(PROJECT).as_posix()
        if asked.mark:
            mark(one)
        say(f"{shown}: {'the first line now names' if asked.mark else 'the first line does not name'} its schema")


COMMAND = Command(
    "schemas",
    "write what editors know of the YAML files, so that they show what a key means and mark mistakes",
    ("python -m site_builder schemas", "python -m site_builder schemas --mark"),
    add_arguments,
    run,
)
