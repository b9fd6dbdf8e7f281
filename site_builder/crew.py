"""Work that several processes share: a function and many things go in; what it makes of each comes out, in their order.

The processes are forks, so that nothing has to be sent to them; they fetch portions of the things until none is left,
and leave what they have made in a file each. There it stays, and is read whenever it is asked for, so that memory holds
no more of it than somebody uses. What comes out is the same however many they are. A function that cannot make
something, and a process that ends early, leave it to be made, or to fail, in the process that has asked.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import struct
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import IO, Generic, TypeVar, cast, overload

T = TypeVar("T")
R = TypeVar("R")

#: More would only wait for the disk, and each has its own copy of what it changes.
MOST = 4
#: Fewer things are made sooner than a process has begun.
LEAST_THINGS = 64
#: Few, so that none waits long for what another has begun last.
_THINGS_AT_ONCE = 4
_NUMBER_BYTES = 4
#: Before each thing in a file stand its number and how many bytes it has.
_HEAD = struct.Struct(">II")
#: Where a thing is: the number of the file, and its first byte and how many it has there.
_Spot = tuple[int, int, int]


def usual() -> int:
    """Return how many processes share work on this machine."""
    is_able = hasattr(os, "fork") and hasattr(os, "sched_getaffinity")
    return min(MOST, len(os.sched_getaffinity(0))) if is_able else 1


class Left(Sequence[R], Generic[R]):
    """What processes have left in `files`, in the order of `spots`; each thing is read anew when it is asked for."""

    def __init__(self, files: Sequence[IO[bytes]], spots: Sequence[_Spot]) -> None:
        self._spots = spots
        weakref.finalize(self, _close, files)

    def __len__(self) -> int:
        """Count the things."""
        return len(self._spots)

    @overload
    def __getitem__(self, at: int) -> R: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[R]: ...

    def __getitem__(self, at: int | slice) -> R | Sequence[R]:
        """Return the thing at a place, or those of several."""
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return cast("R", _read(self._spots[at]))


def shared(make: Callable[[T], R], things: Sequence[T], processes: int) -> Sequence[R]:
    """Return what `make` makes of each thing, made in so many `processes`, this one included.

    What is made must be what pickle can write; `make` changes nothing that anybody looks at afterwards.

    Raises:
        BaseException: what `make` raises of the first thing of which it cannot make anything.
    """
    return begun(make, things, processes)()


def begun(
    make: Callable[[T], R], things: Sequence[T], processes: int, least: int = LEAST_THINGS
) -> Callable[[], Sequence[R]]:
    """Begin what `shared` does in all processes but this one; whoever calls what is returned has this one help.

    It is called once or never: with it goes what is still being made. What is asked of one process only, or is fewer
    things than `least`, is made when it is called.
    """
    if processes < 2 or len(things) < least:
        return lambda: [make(thing) for thing in things]
    with contextlib.ExitStack() as opened:
        waiting, *files = (opened.enter_context(tempfile.TemporaryFile()) for _ in range(processes + 1))
        waiting.write(b"".join(at.to_bytes(_NUMBER_BYTES) for at in range(0, len(things), _THINGS_AT_ONCE)))
        waiting.seek(0)
        children = _begin(partial(_make_rest, make, things, waiting), files[1:])
        opened.pop_all()

    def finished() -> Sequence[R]:
        try:
            _make_rest(make, things, waiting, files[0])
        finally:
            while children:
                os.waitpid(children.pop(), 0)
        left: Left[R] = Left(files, _spots(make, things, files))
        closing.detach()
        waiting.close()
        return left

    closing = weakref.finalize(finished, _give_up, children, (waiting, *files))
    return finished


def _spots(make: Callable[[T], R], things: Sequence[T], files: Sequence[IO[bytes]]) -> Sequence[_Spot]:
    """Return where each thing is; what no process has made is made here."""
    spots = {at: spot for file in files for at, spot in _spots_in(file).items()}
    undone = [at for at in range(len(things)) if at not in spots]
    _write(((at, make(things[at])) for at in undone), files[0])
    spots |= _spots_in(files[0])
    return [spots[at] for at in range(len(things))]


def _begin(work: Callable[[IO[bytes]], None], files: Iterable[IO[bytes]]) -> list[int]:
    """Begin a process for each of the `files`, which works into it, and return their numbers."""
    was_frozen = gc.get_freeze_count() > 0
    gc.freeze()  # so that no process copies all that there is only to look for rubbish in it
    try:
        return [_fork(work, file) for file in files]
    finally:
        if not was_frozen:
            gc.unfreeze()


def _fork(work: Callable[[IO[bytes]], None], file: IO[bytes]) -> int:
    child = os.fork()
    if child:
        return child
    try:
        work(file)
    finally:
        os._exit(0)  # nothing of what waits in the process that has asked is done here too


def _make_rest(make: Callable[[T], R], things: Sequence[T], waiting: IO[bytes], file: IO[bytes]) -> None:
    """Make what is left into a file, a portion at a time."""
    _write(_made(make, things, waiting), file)


def _made(make: Callable[[T], R], things: Sequence[T], waiting: IO[bytes]) -> Iterator[tuple[int, R]]:
    """Make things, a portion at a time, and yield each with its number; all processes read `waiting` from one place."""
    while number := os.read(waiting.fileno(), _NUMBER_BYTES):
        start = int.from_bytes(number)
        for at, thing in enumerate(things[start : start + _THINGS_AT_ONCE], start):
            with contextlib.suppress(Exception):  # it is made once more by the process that has asked, which then fails
                yield at, make(thing)


def _write(made: Iterable[tuple[int, object]], file: IO[bytes]) -> None:
    """Write things into `file` with their numbers."""
    for at, thing in made:
        written = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
        file.write(_HEAD.pack(at, len(written)))
        file.write(written)
    file.flush()


def _spots_in(file: IO[bytes]) -> Mapping[int, _Spot]:
    """Return where each thing is that a process has written, by its number, as far as it came."""
    handle, at, end = file.fileno(), 0, os.fstat(file.fileno()).st_size
    spots = {}
    while at + _HEAD.size <= end:
        number, size = _HEAD.unpack(os.pread(handle, _HEAD.size, at))
        at += _HEAD.size + size
        if at <= end:
            spots[number] = (handle, at - size, size)
    return spots


def _read(spot: _Spot) -> object:
    handle, start, size = spot
    return pickle.loads(os.pread(handle, size, start))  # noqa: S301 - written by this run


def _give_up(children: list[int], files: Sequence[IO[bytes]]) -> None:
    while children:
        os.kill(children[-1], signal.SIGKILL)
        os.waitpid(children.pop(), 0)
    _close(files)


def _close(files: Sequence[IO[bytes]]) -> None:
    for file in files:
        file.close()
