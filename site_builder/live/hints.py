"""Folders go in; as soon as something in them may have changed, `look` is called, where the system tells such things.

It is a hint and nothing more: whoever is told looks at the files, and looks from time to time without being told. On
Linux this is inotify; on other systems, or where it is refused, nobody is told.
"""

from __future__ import annotations

import ctypes
import os
import select
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

#: The numbers are those of <sys/inotify.h>: a file is written, comes, goes, or is moved. Looking at files is none.
_IN_MODIFY, _IN_MOVED_FROM, _IN_MOVED_TO, _IN_CREATE, _IN_DELETE = 0x2, 0x40, 0x80, 0x100, 0x200
_WANTED = _IN_MODIFY | _IN_MOVED_FROM | _IN_MOVED_TO | _IN_CREATE | _IN_DELETE
_IN_ISDIR = 0x40000000
_IN_Q_OVERFLOW = 0x4000
#: Which watch, what has happened, what belongs together, and how long the name is that follows.
_EVENT = struct.Struct("iIII")
_MOST_BYTES_AT_ONCE = 65536


@contextmanager
def hinting(folders: Sequence[Path], look: Callable[[], None]) -> Iterator[None]:
    """Call `look`, in a thread of its own, when something below `folders` may have changed, while the block runs."""
    with ExitStack() as stack:
        events = _inotify()
        if events is not None:
            stack.callback(os.close, events)
            ending, end = os.pipe()
            stack.callback(os.close, ending)
            telling = threading.Thread(target=_tell, args=(events, ending, folders, look))
            _watch(events, folders)
            telling.start()
            stack.callback(telling.join)
            stack.callback(os.close, end)  # this is what the thread ends with
        yield


def _tell(events: int, ending: int, folders: Sequence[Path], look: Callable[[], None]) -> None:
    while ending not in select.select((events, ending), (), ())[0]:
        if any(kind & (_IN_ISDIR | _IN_Q_OVERFLOW) for kind in _kinds(os.read(events, _MOST_BYTES_AT_ONCE))):
            _watch(events, folders)
        look()


def _kinds(content: bytes) -> Iterator[int]:
    """Yield what each event tells of."""
    at = 0
    while at < len(content):
        _, kind, _, length = _EVENT.unpack_from(content, at)
        yield kind
        at += _EVENT.size + length


def _inotify() -> int | None:
    """Return what events can be read from, or None where there is no such thing or no more of it is to be had."""
    if sys.platform != "linux":
        return None
    events = ctypes.CDLL(None, use_errno=True).inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
    return None if events < 0 else int(events)


def _watch(events: int, folders: Sequence[Path]) -> None:
    """Ask for events of all folders that are there, also of those that have come; one that is known stays so."""
    add = ctypes.CDLL(None, use_errno=True).inotify_add_watch
    for folder in folders:
        for place, _, _ in os.walk(folder):
            add(events, os.fsencode(place), _WANTED)
