"""One command: what it is called, how it is used, what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command of `python -m site_builder`.

    Attributes:
        name: the word that calls it.
        help: what it does, in one line of `--help`.
        examples: whole command lines, for its own `--help`.
        add_arguments: adds what it can be told to its parser.
        run: does it; what it raises is told by `site_builder.cli`, which knows each kind's exit code.
    """

    name: str
    help: str
    examples: tuple[str, ...]
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], None]
