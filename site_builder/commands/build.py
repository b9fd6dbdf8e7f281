"""`build`: make the site."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from calculator.text import LANGUAGES
from site_builder.build import PROJECT, Publication, build
from site_builder.commands.arguments import (
    add_day,
    add_purge_list,
    add_releases,
    add_site_folder,
    add_source_folders,
    address_argument,
    count_argument,
    shelf_of,
    sources_of,
)
from site_builder.commands.command import Command
from site_builder.commands.reporting import add_reporting, conclude, saying, terminal_of
from site_builder.comparing.looking import Telling, look_at_site
from site_builder.comparing.purging import contents_of, site_contents, write_purge_list
from site_builder.crew import usual
from site_builder.examining.counting import counted
from site_builder.hosting.hosts import Host, Hosting
from site_builder.memo import Memo
from site_builder.publishing import USUALLY_KEPT
from site_builder.rules.literals import JAPAN


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what a build can be told."""
    add_source_folders(parser)
    add_day(parser)
    add_site_folder(parser)
    add_reporting(parser)
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
    parser.add_argument(
        "--host", type=Host, choices=list(Host), default=None, help="put the files into the site that this host reads"
    )
    parser.add_argument(
        "--precompress",
        action="store_true",
        help="put a .gz and a .br beside each file that is not compressed yet, for a server that sends those",
    )
    _add_comparison(parser)
    add_purge_list(parser)
    add_releases(parser)
    parser.add_argument(
        "--keep",
        type=count_argument,
        default=USUALLY_KEPT,
        metavar="NUMBER",
        help="how many earlier sites are kept for `rollback` (default: %(default)s)",
    )


def _add_comparison(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("comparing")
    group.add_argument(
        "--compare",
        nargs="?",
        type=Path,
        const=False,
        default=None,
        metavar="FOLDER",
        help="before publishing, say which pages change against the site in FOLDER (default: the one to be replaced)",
    )
    group.add_argument("--compare-html", type=Path, default=None, metavar="FILE", help="the same as one HTML page too")
    group.add_argument(
        "--dry-run", action="store_true", help="publish nothing; --compare publishes unless this is said"
    )


def run(asked: argparse.Namespace) -> None:
    """Make the site in the folder that was asked for."""
    terminal, tell = terminal_of(asked), saying(asked)
    publication = Publication(
        Hosting(asked.host, asked.precompress), shelf_of(asked), partial(_look, asked, tell), not asked.dry_run
    )
    today = datetime.now(UTC).astimezone(JAPAN).date()
    examined = Memo(usual()).apart(counted, asked.rules, asked.content, today, PROJECT / ".cache" / "examined")
    with terminal.waiting():
        build(sources_of(asked), asked.out, tell, asked.works_offline, terminal.stages, publication)
        with terminal.stages.stage("examine the rules"):
            found = examined()
    tell(f"{found} (python -m site_builder examine)")
    conclude(asked, "nothing was published" if asked.dry_run else f"the site is in {asked.out}")


def _look(asked: argparse.Namespace, tell: Callable[[str], None], files: Mapping[str, bytes | Path]) -> None:
    """Say before publishing `files` whatever was asked for about what they change."""
    if asked.compare is not None or asked.compare_html is not None:
        look_at_site(files, asked.compare or asked.out, Telling(LANGUAGES, asked.compare_html, tell))
    if asked.purge_list is not None:
        tell(write_purge_list(asked.purge_list, site_contents(asked.out), contents_of(files)))


COMMAND = Command(
    "build",
    "make the site",
    (
        "python -m site_builder build",
        "python -m site_builder build --compare --dry-run",
        "python -m site_builder build --address https://guide.example/ --host netlify",
    ),
    add_arguments,
    run,
)
