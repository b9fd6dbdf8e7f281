"""Takes the folder of a finished site; serves it on this machine only, with the headers that a public host should send.

Files are read when they are asked for, so a rebuilt site is seen at the next request.
"""

import http.server
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from site_builder.hosting.headers import MEDIA_TYPES, headers_of

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8000


class SiteServer(http.server.ThreadingHTTPServer):
    """A server for one site, which bears with visitors who leave in the middle of an answer."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - so declared by the standard library
        """Pass over a closed connection; report anything else as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Answers a request with a file of the site, or with the site's own page for what is not there."""

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds after which an idle connection is closed
    disable_nagle_algorithm = True  # a body would wait until its head is acknowledged, which takes browsers 40 ms
    extensions_map = MEDIA_TYPES

    def send_head(self) -> Any:  # noqa: ANN401 - so declared by the standard library
        """Answer as if the visitor had nothing in store: files are dated by the second, and are rebuilt faster."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def end_headers(self) -> None:
        """Add to every answer what it may do in the browser, and how long it may be kept."""
        for name, setting in self.settings().items():
            self.send_header(name, setting)
        super().end_headers()

    def settings(self) -> Mapping[str, str]:
        """Return the headers of the table for what is asked for."""
        return headers_of(urlsplit(self.path).path, is_there=self.is_there())

    def is_there(self) -> bool:
        """Whether the file that is asked for is there."""
        place = Path(self.translate_path(self.path))
        return place.is_file() or (place / "index.html").is_file()

    def list_directory(self, path: Any) -> None:  # noqa: ANN401, ARG002 - so declared by the standard library
        """Treat a folder without an index page as not there."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own page for what is not there, when it has one."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        words = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", MEDIA_TYPES[".html"])
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(words)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of a request that went well, one line of any other."""
        if int(code) >= HTTPStatus.BAD_REQUEST:
            super().log_request(code, size)


def serve(root: Path, port: int | None) -> None:
    """Serve the site in `root`, print its address, and stay until interrupted.

    Args:
        root: the folder of the site; it may be replaced while it is served.
        port: the port to listen on, 0 for any free one, `None` for the usual one or, if that is taken, any free one.

    Raises:
        OSError: the port that was asked for is taken.
    """
    with listen(root, port) as server:
        print(f"The site is at {address(server)}  (stop with Ctrl-C)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve the site in `root` from a free port while the block runs; the block gets the address, `http://…/`."""
    with listen(root, 0) as server, answering(server):
        yield address(server)


@contextmanager
def answering(server: SiteServer) -> Iterator[None]:
    """Let a server that is bound to its port answer while the block runs."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def listen(root: Path, port: int | None) -> SiteServer:
    """A server for `root` that is bound to its port, but does not answer yet."""
    handler = partial(SiteHandler, directory=str(root))
    if port is not None:
        return SiteServer((LOOPBACK, port), handler)
    try:
        return SiteServer((LOOPBACK, USUAL_PORT), handler)
    except OSError:
        return SiteServer((LOOPBACK, 0), handler)


def address(server: SiteServer) -> str:
    """Where a browser on this machine finds the server."""
    return f"http://{LOOPBACK}:{server.server_port}/"
