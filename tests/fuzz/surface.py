"""A surface: what comes in from outside, drawn at random, and what must hold whatever it is.

No input may be answered with anything but a value, or an error of the house: no traceback, no hang, nothing taken for
what it is not. The same seed draws the same inputs, so that whatever is found can be found again.
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Generic, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

#: Seconds of processor time for one input, a hundred times what the slowest takes: more is a hang.
LONGEST = 20.0


@dataclass(frozen=True)
class Surface(Generic[T]):
    """Inputs, and a check that fails for one that is not answered as it must be.

    Attributes:
        name: by which it is asked for.
        inputs: where inputs come from.
        check: fails with an AssertionError, or with what was raised.
        few: how many inputs the tests of every day try; none where even the first takes seconds.
        known: inputs that are tried first, whatever the seed: those that a faulty reader was once not seen by.
    """

    name: str
    inputs: SearchStrategy[T]
    check: Callable[[T], None]
    few: int
    known: Sequence[T] = ()

    def tried(self, number: int, from_seed: int) -> None:
        """Check those that are known, and so many others.

        Raises:
            Exception: what the check of one raises; its notes show the smallest such input.
        """

        @seed(from_seed)
        @settings(
            max_examples=number,
            database=None,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        @given(self.inputs)
        def claim(one: T) -> None:
            with no_hang():
                self.check(one)

        for one in self.known:
            with no_hang():
                self.check(one)
        claim()


class Hang(AssertionError):  # noqa: N818 - it is what is found
    """An input that takes too long."""


@contextmanager
def no_hang(seconds: float = LONGEST) -> Iterator[None]:
    """Fail where what is done takes so much processor time, however busy the machine is.

    Raises:
        Hang: it does.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds:.0f} seconds of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def limit_memory(most_bytes: int) -> None:
    """Let this process have no more memory than that."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, hard))
