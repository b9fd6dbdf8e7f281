"""A server for a site in the making: pages with a script that keeps them fresh, and what is told to that script."""

from __future__ import annotations

import dataclasses
import hashlib
import html
import io
import json
import posixpath
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from site_builder.build import Workshop
from site_builder.hosting.headers import MEDIA_TYPES
from site_builder.live.making import Answer, Maker, State
from site_builder.render.modules import imported_by
from site_builder.serve import LOOPBACK, USUAL_PORT, SiteHandler, SiteServer, address, answering

BROWSER = Path(__file__).parent / "browser"
#: The server's own files for the browser, which gets them once: they stand in a folder that is named after them.
FILES = {file.name: file.read_bytes() for file in sorted(BROWSER.iterdir())}
#: Where those are, and what is told to the browser: nothing of a site begins with this sign.
PLACE = "/_live/"
FOLDER = f"{PLACE}files-{hashlib.sha256(repr(FILES).encode()).hexdigest()[:12]}/"
EVENTS = f"{PLACE}events"
SECONDS_BETWEEN_SIGNS_OF_LIFE = 15
_POLICY_HEADER = "Content-Security-Policy"
#: What a page has in the place where it is asked which scripts it may run: the live one, and to listen.
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)')
_OPENED = ("script-src", "connect-src")


class LiveServer(SiteServer):
    """A server whose site is made by `maker`."""

    def __init__(self, port: int, maker: Maker) -> None:
        super().__init__((LOOPBACK, port), partial(LiveHandler, maker))


class LiveHandler(SiteHandler):
    """Answers a request with what is made of the files as they were saved last."""

    def __init__(self, maker: Maker, *given: Any) -> None:  # noqa: ANN401 - so declared by the standard library
        self._maker, self._is_settled = maker, False
        super().__init__(*given)

    def send_head(self) -> Any:  # noqa: ANN401 - so declared by the standard library
        """Send the head of an answer, and return its body to be copied; None where there is no body."""
        asked, self._is_settled = urlsplit(self.path), False
        if asked.path == EVENTS:
            self._tell(parse_qs(asked.query).get("page", [""])[0])
            return None
        path = unquote(asked.path).lstrip("/")
        settled = FILES.get(asked.path.removeprefix(FOLDER)) or self._maker.settled(path)
        if settled is not None:
            self._is_settled = True
            return self._send(_bytes_of(settled), posixpath.splitext(path)[1], HTTPStatus.OK)
        if path and not path.endswith("/") and "." not in posixpath.basename(path):
            return self._lead_to(f"/{path}/")
        return self._answer(path, self._maker.answer(path))

    def is_there(self) -> bool:
        """Say of all that a save can change that it may not be there for long, so that no browser keeps it."""
        return self._is_settled

    def settings(self) -> Mapping[str, str]:
        """Return the headers of the table, with a policy that lets in the script of this server."""
        settings = super().settings()
        return {**settings, _POLICY_HEADER: _with_own_scripts(settings[_POLICY_HEADER])}

    def _answer(self, path: str, answer: Answer) -> io.BytesIO | None:
        status = HTTPStatus.OK if answer.is_there else HTTPStatus.NOT_FOUND
        if answer.content is None:
            state = answer.state or State("", "", "")
            return self._send(_failed(path, state), ".html", HTTPStatus.INTERNAL_SERVER_ERROR)
        content = _bytes_of(answer.content)
        if answer.state is None:
            return self._send(content, posixpath.splitext(path)[1], status)
        page = content.decode()
        ahead = imported_by(page, self._maker.settled)
        return self._send(with_script(page, answer.state, ahead).encode(), ".html", status)

    def _send(self, content: bytes | None, suffix: str, status: HTTPStatus) -> io.BytesIO | None:
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        self.send_response(status)
        self.send_header("Content-Type", MEDIA_TYPES.get(suffix, MEDIA_TYPES[""]))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)

    def _lead_to(self, place: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _tell(self, page: str) -> None:
        """Tell how a page stands, whenever that changes, until the browser goes."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        listener = self._maker.listen(unquote(page).lstrip("/"))
        try:
            while True:
                state = listener.next(SECONDS_BETWEEN_SIGNS_OF_LIFE)
                text = ":" if state is None else f"data: {json.dumps(dataclasses.asdict(state), ensure_ascii=False)}"
                self.wfile.write(f"{text}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return
        finally:
            self._maker.leave(listener)


def _bytes_of(content: bytes | Path) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content


def with_script(page: str, state: State, ahead: Iterable[str] = ()) -> str:
    """Return the HTML of a page with the script in it, which it lets run.

    The modules `ahead` are asked for at once. After a script was saved all of them have new names: a browser that finds
    each in the one that imports it asks for them in four rounds.
    """
    opened = _POLICY.sub(lambda match: f"{match[1]}{_with_own_scripts(match[2])}{match[3]}", page, count=1)
    modules = "".join(f'<link rel="modulepreload" href="/{path}">' for path in ahead)
    return opened.replace("</head>", f"{modules}{_script(state)}</head>", 1)


def _script(state: State) -> str:
    style = f'<link rel="stylesheet" href="{FOLDER}live.css">'
    data = f'data-page="{state.page}" data-theme="{state.theme}"'
    return f'{style}<script type="module" src="{FOLDER}live.mjs" {data}></script>'


def _with_own_scripts(policy: str) -> str:
    """Return a policy that lets the page run scripts of this server and listen to it, and nothing else besides."""
    rules = {name: allowed for name, _, allowed in (rule.strip().partition(" ") for rule in policy.split(";"))}
    for name in _OPENED:
        if "'self'" not in rules.get(name, ""):
            rules[name] = f"'self' {rules.get(name, '')}".strip()
    return "; ".join(f"{name} {allowed}".strip() for name, allowed in rules.items())


def _failed(path: str, state: State) -> bytes:
    """Return a page in place of one that cannot be made."""
    title = "This page cannot be made"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{_script(state)}</head>'
        f"<body><main><h1>{title}</h1><p>/{html.escape(path)} comes back as soon as what is wrong is mended.</p></main>"
        "</body></html>"
    ).encode()


@contextmanager
def live(workshop: Workshop, port: int | None, say: Callable[[str], None]) -> Iterator[LiveServer]:
    """Serve the site of a workshop while the block runs, from `port`, or (None) the usual one or any free one.

    Raises:
        OSError: the port that was asked for is taken.
    """
    maker = Maker(workshop, say)
    with _listen(maker, port) as server:
        making = threading.Thread(target=maker.run)
        making.start()
        try:
            with answering(server):
                yield server
        finally:
            maker.end()
            making.join()


def serve_live(workshop: Workshop, port: int | None, say: Callable[[str], None]) -> None:
    """Serve the site of a workshop, print where, and stay until interrupted.

    Raises:
        OSError: the port that was asked for is taken.
    """
    with live(workshop, port, say) as server:
        say(f"The site is at {address(server)} and shows what is saved at once  (stop with Ctrl-C)")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            say("")


def _listen(maker: Maker, port: int | None) -> LiveServer:
    if port is not None:
        return LiveServer(port, maker)
    try:
        return LiveServer(USUAL_PORT, maker)
    except OSError:
        return LiveServer(0, maker)
