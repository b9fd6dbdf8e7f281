"""Work that several processes share: a function and many things go in; what it makes of each comes out, in their order.

The processes are forks, so that nothing has to be sent to them; they fetch portions of the things until none is left,
and leave what they have made in a file each. What comes out is the same however many they are. A function that cannot
make something, and a process that ends early, leave it to be made, or to fail, in the process that has asked.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: More would only wait for the disk, and each has its own copy of what it changes.
MOST = 4
#: Fewer things are made sooner than a process has begun.
LEAST_THINGS = 64
_THINGS_AT_ONCE = 16
_NUMBER_BYTES = 4


def usual() -> int:
    """Return how many processes share work on this machine."""
    is_able = hasattr(os, "fork") and hasattr(os, "sched_getaffinity")
    return min(MOST, len(os.sched_getaffinity(0))) if is_able else 1


def shared(make: Callable[[T], R], things: Sequence[T], processes: int) -> list[R]:
    """Return what `make` makes of each thing, made in so many `processes`, this one included.

    What is made must be what pickle can write; `make` changes nothing that anybody looks at afterwards.

    Raises:
        BaseException: what `make` raises of the first thing of which it cannot make anything.
    """
    if processes < 2 or len(things) < LEAST_THINGS:
        return [make(thing) for thing in things]
    with contextlib.ExitStack() as closing:
        waiting, *files = [closing.enter_context(tempfile.TemporaryFile()) for _ in range(processes)]
        waiting.write(b"".join(at.to_bytes(_NUMBER_BYTES) for at in range(0, len(things), _THINGS_AT_ONCE)))
        waiting.seek(0)
        was_frozen = gc.get_freeze_count() > 0
        gc.freeze()  # so that no process copies all that there is only to look for rubbish in it
        children = [_begun(make, things, waiting, file) for file in files]
        try:
            made = dict(_made(make, things, waiting))
        finally:
            for child in children:
                os.waitpid(child, 0)
            if not was_frozen:
                gc.unfreeze()
        for file in files:
            made.update(_read(file))
    return [made[at] if at in made else make(thing) for at, thing in enumerate(things)]


def _begun(make: Callable[[T], R], things: Sequence[T], waiting: IO[bytes], file: IO[bytes]) -> int:
    """Begin a process that makes things and writes them into `file`, and return its number."""
    child = os.fork()
    if child:
        return child
    try:
        for one in _made(make, things, waiting):
            pickle.dump(one, file)
        file.flush()
    finally:
        os._exit(0)  # nothing of what waits in the process that has asked is done here too


def _made(make: Callable[[T], R], things: Sequence[T], waiting: IO[bytes]) -> Iterator[tuple[int, R]]:
    """Make things, a portion at a time, and yield each with its number; all processes read `waiting` from one place."""
    while number := os.read(waiting.fileno(), _NUMBER_BYTES):
        start = int.from_bytes(number)
        for at, thing in enumerate(things[start : start + _THINGS_AT_ONCE], start):
            with contextlib.suppress(Exception):  # it is made once more by the process that has asked, which then fails
                yield at, make(thing)


def _read(file: IO[bytes]) -> Iterator[tuple[int, R]]:
    """Yield what a process has written, as far as it came."""
    file.seek(0)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(file)  # noqa: S301 - written by this run
