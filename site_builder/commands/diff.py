"""`diff`: say what changes from one call, or from one state of rules and content, to another."""

from __future__ import annotations

import argparse
from pathlib import Path

from calculator.text import LANGUAGES
from site_builder.build import PROJECT
from site_builder.commands.arguments import add_source_folders, say, sources_of
from site_builder.commands.command import Command
from site_builder.comparing.looking import Telling, look_at_calls, look_at_trees
from site_builder.comparing.trees import tree_at, tree_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is compared, and how it is told."""
    parser.add_argument(
        "sides",
        nargs="*",
        metavar="A B",
        help="two calls (monozukuri/r3s/12), or two folders with rules/ and content/; with --since one folder at most",
    )
    parser.add_argument("--since", metavar="REVISION", help="compare with this revision of git, a tag or a commit")
    parser.add_argument(
        "--language", choices=LANGUAGES, default=None, help="tell rules in one language (default: in both)"
    )
    parser.add_argument("--html", type=Path, default=None, metavar="FILE", help="write all of it as one HTML page too")
    parser.add_argument(
        "--no-pages",
        dest="with_pages",
        action="store_false",
        help="of two folders compare the rules alone, which is quicker than making all pages twice",
    )
    add_source_folders(parser)
    parser.set_defaults(refuse=parser.error)


def run(asked: argparse.Namespace) -> None:
    """Compare what was named."""
    telling = Telling(LANGUAGES if asked.language is None else (asked.language,), asked.html, say)
    match asked.since, asked.sides:
        case None, [before, after] if Path(before).is_dir() or Path(after).is_dir():
            was, now = ((one, tree_in(Path(one))) for one in (before, after))
            look_at_trees(was, now, telling, with_pages=asked.with_pages)
        case None, [before, after]:
            look_at_calls(sources_of(asked), before, after, telling)
        case str(since), [] | [_]:
            now = (asked.sides[0], tree_in(Path(asked.sides[0]))) if asked.sides else ("here", sources_of(asked))
            with tree_at(since, PROJECT) as earlier:
                look_at_trees((since, earlier), now, telling, with_pages=asked.with_pages)
        case _:
            asked.refuse("name two calls, two folders, or --since REVISION and at most one folder")


COMMAND = Command(
    "diff",
    "say what changes: clauses, figures, answers of companies, and pages",
    (
        "python -m site_builder diff monozukuri/r3s/9 monozukuri/r3s/10",
        "python -m site_builder diff --since v1.2 --html changes.html",
        "python -m site_builder diff ../released . --language ja --no-pages",
    ),
    add_arguments,
    run,
)
