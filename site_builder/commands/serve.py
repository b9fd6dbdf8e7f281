"""`serve`: show the site while it is written, or one that was made."""

from __future__ import annotations

import argparse
from pathlib import Path

from site_builder.build import Workshop, pack
from site_builder.commands.arguments import add_day, add_source_folders, port_argument, say, sources_of
from site_builder.commands.command import Command
from site_builder.live.serving import serve_live
from site_builder.serve import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what serving can be told."""
    add_source_folders(parser)
    add_day(parser)
    parser.add_argument(
        "--port", type=port_argument, default=None, help="the port to listen on (default: 8000 or a free one)"
    )
    parser.add_argument(
        "--out", type=Path, default=None, help="serve the site that was made in this folder, and watch nothing"
    )


def run(asked: argparse.Namespace) -> None:
    """Serve until interrupted.

    Raises:
        RuntimePackingError: what the browser's Python is packed from is missing.
        FileNotFoundError: there is no site in the folder that was asked for.
        OSError: the port that was asked for is taken.
    """
    out: Path | None = asked.out
    if out is None:
        serve_live(Workshop(sources_of(asked), pack(say), works_offline=False), asked.port, say)
        return
    if not (out / "index.html").is_file():
        raise FileNotFoundError(f"{out}: there is no site in it\n    hint: run `python -m site_builder build` first")
    serve(out, asked.port)


COMMAND = Command(
    "serve",
    "show the site while it is written, or (--out) one that was made",
    (
        "python -m site_builder serve",
        "python -m site_builder serve --as-of 2022-12-22",
        "python -m site_builder serve --out public --port 8000",
    ),
    add_arguments,
    run,
)
