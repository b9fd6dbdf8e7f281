"""What is wrong, as the terminal and the browser say it in the same words."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TypeVar

from site_builder.errors import GuidanceError, GuidanceErrors

T = TypeVar("T")

_CRASHED = "this is a mistake of the program, not of what is written; stop it and start it again:"


class Trouble:
    """Everything that was found wrong with what was saved last, each thing once."""

    def __init__(self) -> None:
        self.errors: list[GuidanceError] = []
        self.crashes: dict[str, None] = {}

    def add(self, error: Exception) -> None:
        """Remember a mistake of a writer, or, if it is anything else, of this program."""
        match error:
            case GuidanceErrors():
                self.errors.extend(error.errors)
            case GuidanceError():
                self.errors.append(error)
            case _:
                self.crashes[f"{_CRASHED}\n{''.join(traceback.format_exception(error))}"] = None

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Return what `act` returns, or None after remembering what it raises."""
        try:
            return act()
        except Exception as error:
            self.add(error)
            return None

    def text(self, *beside: Trouble) -> str:
        """Return all that is wrong, and what is wrong `beside` it; "" where nothing is."""
        together = (self, *beside)
        errors = GuidanceErrors(error for one in together for error in one.errors)
        crashes = dict.fromkeys(crash for one in together for crash in one.crashes)
        return "\n".join((*((str(errors),) if errors.errors else ()), *crashes))
