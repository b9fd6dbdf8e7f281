"""The site, served by a server that remembers what it was asked for and what the browser told it of broken policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from site_builder.serve import LOOPBACK, SiteHandler, SiteServer, address, answering

#: Where browsers report what the policy has stopped: all engines do, from pages and from workers.
REPORTS = "/violations"


@dataclass
class Recorder:
    """A served site; `requests` are the first lines and the contents of all requests, `reports` those of violations."""

    address: str
    requests: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)


class RecordingHandler(SiteHandler):
    """Serves the site as always, but for a policy that also asks for reports."""

    def __init__(self, recorder: Recorder, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        self.recorder = recorder
        super().__init__(*arguments, **options)

    def send_header(self, keyword: str, value: str) -> None:
        asked = f"; report-uri {REPORTS}" if keyword == "Content-Security-Policy" else ""
        super().send_header(keyword, value + asked)

    def do_GET(self) -> None:  # noqa: N802 - so named by the standard library
        self.recorder.requests.append(self.requestline)
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
