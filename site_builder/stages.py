"""The stages of a long run, for whoever waits: a name goes in, and it is told when the stage begins and has ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stages:
    """Tells of stages: `begins` is given the name of each, `ended` its name and how many seconds it took."""

    begins: Callable[[str], None]
    ended: Callable[[str, float], None]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Tell of the stage `name` while it lasts; one that is broken off is not told to have ended."""
        self.begins(name)
        start = time.monotonic()
        yield
        self.ended(name, time.monotonic() - start)


#: Tells nobody.
SILENT = Stages(lambda _name: None, lambda _name, _seconds: None)
