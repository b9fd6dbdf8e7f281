"""`serve`: serve the site that was made."""

from __future__ import annotations

import argparse
from pathlib import Path

from site_builder.commands.arguments import add_site_folder, port_argument
from site_builder.commands.command import Command
from site_builder.serve import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what serving can be told."""
    add_site_folder(parser)
    parser.add_argument(
        "--port", type=port_argument, default=None, help="the port to listen on (default: 8000 or a free one)"
    )


def run(asked: argparse.Namespace) -> None:
    """Serve until interrupted.

    Raises:
        FileNotFoundError: there is no site to serve.
        OSError: the port that was asked for is taken.
    """
    out: Path = asked.out
    if not (out / "index.html").is_file():
        raise FileNotFoundError(f"{out}: there is no site in it\n    hint: run `python -m site_builder build` first")
    serve(out, asked.port)


COMMAND = Command(
    "serve",
    "serve the site that was made",
    ("python -m site_builder serve", "python -m site_builder serve --port 8000"),
    add_arguments,
    run,
)
