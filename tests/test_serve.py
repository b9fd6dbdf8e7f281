"""The server shows a site as a public host should: types, policy, what may be kept, and nothing that is not a page."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from site_builder.serve import USUAL_PORT, SiteHandler, listen, served


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in (
        "index.html", "404.html", "ja/index.html", "empty/nothing.txt", "a.mjs", "a.wasm", "a.json",
        "a.webmanifest", "a.ics", "a.whl", "runtime-0123456789ab/a.wasm",
    ):  # fmt: skip
        (tmp_path / "public" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "public" / name).write_text(name)
    return tmp_path / "public"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    with served(site) as where:
        yield where


def get(address: str, method: str = "GET") -> tuple[int, Message, str]:
    """The status, headers and body of an answer, whatever its status."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method)) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("", "text/html; charset=utf-8"),
        ("ja/", "text/html; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.json", "application/json"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.whl", "application/zip"),
    ],
)
def test_each_file_has_its_media_type(address: str, name: str, media_type: str) -> None:
    status, headers, _ = get(address + name)
    assert (status, headers["Content-Type"]) == (200, media_type)


@pytest.mark.parametrize("name", ["", "a.wasm", "missing", "empty/"])
def test_every_answer_carries_the_policy(address: str, name: str) -> None:
    _, headers, _ = get(address + name)
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_only_folders_named_by_their_contents_are_kept_for_good(address: str) -> None:
    assert get(f"{address}runtime-0123456789ab/a.wasm")[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert get(f"{address}a.wasm")[1]["Cache-Control"] == "no-cache"
    assert get(f"{address}runtime-0123456789ab/missing")[1]["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["missing", "ja/missing/", "empty/", "../public/../secret"])
def test_what_is_not_there_gets_the_sites_own_page(address: str, name: str) -> None:
    status, _, words = get(address + name)
    assert (status, words) == (404, "404.html")


def test_a_site_without_such_a_page_still_answers(address: str, site: Path) -> None:
    (site / "404.html").unlink()
    assert get(f"{address}missing")[0] == 404


def test_a_question_about_a_missing_page_gets_no_body(address: str) -> None:
    status, headers, words = get(f"{address}missing", method="HEAD")
    assert (status, headers["Content-Length"], words) == (404, "8", "")


def test_a_rebuilt_site_is_seen_at_the_next_request(address: str, site: Path, tmp_path: Path) -> None:
    assert get(address)[2] == "index.html"
    site.rename(tmp_path / "old")
    site.mkdir()
    (site / "index.html").write_text("rebuilt")
    assert get(address)[2] == "rebuilt"


def test_only_this_machine_is_served(site: Path) -> None:
    with listen(site, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_when_the_usual_port_is_taken_another_one_is_found(site: Path) -> None:
    with listen(site, None) as first, listen(site, None) as second:
        assert first.server_port != second.server_port
        assert second.server_port != USUAL_PORT


def test_a_body_does_not_wait_until_its_head_is_acknowledged(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []
    really = SiteHandler.send_head

    def noting(handler: SiteHandler) -> object:
        waits.append(not handler.connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        return really(handler)

    monkeypatch.setattr(SiteHandler, "send_head", noting)
    get(address)
    assert waits == [False]
