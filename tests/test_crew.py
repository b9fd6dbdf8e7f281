"""Work that several processes share comes out as if one had done it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest

from site_builder.crew import LEAST_THINGS, begun, shared
from site_builder.memo import Memo

LONGEST_WAIT = 60  # seconds
MANY = range(5 * LEAST_THINGS)


def doubled(number: int) -> int:
    return 2 * number


def where(_number: int) -> int:
    return os.getpid()


def picky(number: int, *, refused: frozenset[int]) -> int:
    if number in refused:
        raise ValueError(number)
    return number


def mortal(parent: int, number: int) -> int:
    if os.getpid() != parent:
        os._exit(1)
    return 2 * number


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_everything_is_made_in_order(processes: int) -> None:
    assert list(shared(doubled, MANY, processes)) == [2 * number for number in MANY]


def where_together(meeting: Barrier, here: set[int], _number: int) -> int:
    """Return the process, which waits before its first thing until the other one has come too."""
    if os.getpid() not in here:
        here.add(os.getpid())
        meeting.wait(LONGEST_WAIT)
    return os.getpid()


def test_several_processes_share_the_work() -> None:
    meeting = multiprocessing.get_context("fork").Barrier(2)
    found = shared(partial(where_together, meeting, set()), MANY, 2)
    assert len(set(found)) == 2


def test_few_things_are_made_where_they_are_asked_for() -> None:
    assert set(shared(where, range(LEAST_THINGS - 1), 3)) == {os.getpid()}


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_the_first_thing_that_cannot_be_made_is_told(processes: int) -> None:
    with pytest.raises(ValueError, match=r"^17$"):
        shared(partial(picky, refused=frozenset((17, 18, 300))), MANY, processes)


def test_what_a_process_leaves_undone_is_done() -> None:
    assert list(shared(partial(mortal, os.getpid()), MANY, 3)) == [2 * number for number in MANY]


def test_a_memo_of_one_process_keeps_each_thing_and_a_shared_one_none() -> None:
    given = [(number,) for number in MANY]
    alone, together = Memo(), Memo(2)
    assert list(alone.each(doubled, given)) == list(together.each(doubled, given)) == [2 * number for number in MANY]
    assert (len(alone), len(together)) == (len(MANY), 0)


def test_what_was_made_is_read_whenever_it_is_asked_for_and_its_files_are_closed_at_last() -> None:
    before = set(Path("/proc/self/fd").iterdir())
    found = shared(doubled, MANY, 2)
    assert (len(found), found[7], found[-1], list(found[3:5]), found[7]) == (len(MANY), 14, 2 * MANY[-1], [6, 8], 14)
    assert set(Path("/proc/self/fd").iterdir()) > before
    del found
    assert set(Path("/proc/self/fd").iterdir()) == before


def telling_the_last(told: Event, number: int) -> int:
    """Return the process, and tell when it has come to the last thing."""
    if number == MANY[-1]:
        told.set()
    return os.getpid()


def test_what_is_begun_is_made_while_the_process_that_has_asked_does_something_else() -> None:
    told = multiprocessing.get_context("fork").Event()
    found = begun(partial(telling_the_last, told), MANY, 2)
    assert told.wait(LONGEST_WAIT)
    assert os.getpid() not in found()


def never_ending(telling: Connection, _number: int) -> None:
    telling.send(os.getpid())
    signal.pause()


def test_what_nobody_will_ask_for_is_given_up() -> None:
    told, telling = multiprocessing.get_context("fork").Pipe(duplex=False)
    before = set(Path("/proc/self/fd").iterdir())
    found = begun(partial(never_ending, telling), MANY, 3)
    assert told.poll(LONGEST_WAIT)
    process = told.recv()
    os.kill(process, 0)  # it is there
    del found
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_one_thing_is_made_apart_and_a_memo_of_one_process_makes_it_when_it_is_asked_for() -> None:
    told = multiprocessing.get_context("fork").Event()
    found = Memo(2).apart(telling_the_last, told, MANY[-1])
    assert told.wait(LONGEST_WAIT)
    assert found() != os.getpid()
    alone = Memo()
    made = alone.apart(where, 1)
    assert len(alone) == 0
    assert (made(), len(alone)) == (os.getpid(), 1)
