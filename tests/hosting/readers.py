"""Many readers at once: each opens a connection, waits until all have one, and then reads pages over it, one by one."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

#: Files that a process may have open besides its connections.
OTHER_FILES = 200
#: Seconds after which an answer counts as an error; nobody waits longer, however busy this machine is with readers.
LONGEST_ANSWER = 60


@dataclass(frozen=True, slots=True)
class Readings:
    """What came of it: every answer that was not as it should be, in words, and the seconds each answer took."""

    errors: tuple[str, ...]
    seconds: tuple[float, ...]
    whole: float


def read_at_once(address: str, readers: int, pages: Mapping[str, bytes], coding: str) -> Readings:
    """Let `readers` read all `pages`, which are what each path answers in the content coding, at the same time.

    Every reader begins with another page, so that all are asked for at any time.
    """
    allow_open_files(readers + OTHER_FILES)
    reading = _read(address, readers, list(pages.items()), coding)
    with ThreadPoolExecutor(1) as apart:  # in the thread of the tests there may be a loop already, that of Playwright
        return apart.submit(asyncio.run, reading).result()


def allow_open_files(count: int) -> None:
    """Let this process have so many files open: usual limits are for one reader."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, max(hard, count)))


async def _read(address: str, readers: int, pages: Sequence[tuple[str, bytes]], coding: str) -> Readings:
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    connections = await asyncio.gather(*(asyncio.open_connection(host, int(port)) for _ in range(readers)))
    errors: list[str] = []
    seconds: list[float] = []

    async def one(number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for place in range(len(pages)):
            path, expected = pages[(number + place) % len(pages)]
            began = time.perf_counter()
            try:
                async with asyncio.timeout(LONGEST_ANSWER):
                    await _ask(path, expected, coding, reader, writer)
            except (OSError, asyncio.IncompleteReadError, ValueError, TimeoutError) as error:
                errors.append(f"{path}: {error!r}")
                break
            seconds.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one(number, *connection) for number, connection in enumerate(connections)))
    return Readings(tuple(errors), tuple(seconds), time.perf_counter() - began)


async def _ask(
    path: str, expected: bytes, coding: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Ask for a path and read the answer.

    Raises:
        OSError, IncompleteReadError: the connection is gone.
        ValueError: it is another answer than expected.
    """
    writer.write(f"GET {path} HTTP/1.1\r\nHost: guide\r\nAccept-Encoding: {coding}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if status != "HTTP/1.1 200 OK" or headers.get("content-encoding") != coding:
        raise ValueError(f"{status}, {headers.get('content-encoding')}")
    if await reader.readexactly(int(headers["content-length"])) != expected:
        raise ValueError("another body")
