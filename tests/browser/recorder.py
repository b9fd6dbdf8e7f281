"""The site, served by a server that remembers what it was asked for and what the browser told it of broken policy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from site_builder.serve import LOOPBACK, SiteHandler, SiteServer, address, answering
from tests.windows import LONGEST_WAIT

#: Where browsers report what the policy has stopped: all engines do, from pages and from workers.
REPORTS = "/violations"


@dataclass
class Recorder:
    """A served site; `requests` are the first lines and the contents of all requests, `reports` those of violations.

    In the middle of a file whose name ends in one of `cut` the connection is cut, and of `held`, nothing more comes
    until `goes_on` is set. When the server has ended it is gone, for connections that are still open as well. While it
    fails it answers every request by saying so.
    """

    address: str
    requests: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    cut: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    goes_on: threading.Event = field(default_factory=threading.Event)
    is_gone: bool = False
    fails: bool = False

    def asked_for(self, name: str) -> int:
        """How often a file whose name contains `name` was asked for."""
        return sum(name in request for request in self.requests)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Be gone while the block runs: every connection is closed without an answer."""
        self.is_gone = True
        try:
            yield
        finally:
            self.is_gone = False

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Fail while the block runs."""
        self.fails = True
        try:
            yield
        finally:
            self.fails = False


class RecordingHandler(SiteHandler):
    """Serves the site as always, but for a policy that also asks for reports."""

    def __init__(self, recorder: Recorder, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        self.recorder = recorder
        super().__init__(*arguments, **options)

    def send_header(self, keyword: str, value: str) -> None:
        asked = f"; report-uri {REPORTS}" if keyword == "Content-Security-Policy" else ""
        super().send_header(keyword, value + asked)

    def copyfile(self, source: Any, outputfile: Any) -> None:  # noqa: ANN401 - so declared by the standard library
        """Send a file, or half of it first."""
        content = source.read()
        half = len(content) // 2
        outputfile.write(content[:half])
        outputfile.flush()
        if self.path.endswith(self.recorder.held):
            self.recorder.goes_on.wait(LONGEST_WAIT / 1000)
        if self.path.endswith(self.recorder.cut):
            self.close_connection = True
        else:
            outputfile.write(content[half:])

    def do_GET(self) -> None:  # noqa: N802 - so named by the standard library
        if self.recorder.is_gone:  # a connection may live longer than the server that accepts them
            self.close_connection = True
            return
        self.recorder.requests.append(self.requestline)
        if self.recorder.fails:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            super().do_GET()

    def do_POST(self) -> None:  # noqa: N802 - the same
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == REPORTS:
            self.recorder.reports.append(content)
        else:
            self.recorder.requests.append(f"{self.requestline}\n{content}")
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()


@contextmanager
def recorded(site: Path) -> Iterator[Recorder]:
    """Serve the site in a folder while the block runs."""
    recorder = Recorder("")
    with SiteServer((LOOPBACK, 0), partial(RecordingHandler, recorder, directory=str(site))) as server:
        recorder.address = address(server)
        with answering(server):
            yield recorder
            recorder.is_gone = True
            recorder.goes_on.set()
