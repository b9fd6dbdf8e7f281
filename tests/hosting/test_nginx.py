"""nginx, really started with the configuration that `headers nginx` prints, serves the site as the table says."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from site_builder.hosting.headers import CONTENT_HASHED_FOLDER, MEDIA_TYPES, headers_of, policy_of, policy_text
from site_builder.publishing import publish
from site_builder.render.compression import compressed
from site_builder.serve import served
from tests.hosting.readers import read_at_once
from tests.hosting.running import nginx


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


def ask(address: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """What a server answers to a path that is sent as it is; header names with low lines for hyphens."""
    host, _, port = address.removeprefix("http://").rstrip("/").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=30)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def address(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with nginx(built_site, tmp_path_factory.mktemp("nginx") / "prefix") as where:
        yield where


@pytest.fixture(scope="module")
def one_of_each(built_site: Path) -> tuple[str, ...]:
    """A path for each kind of file, each treatment that the table knows, and the pages without a language."""
    found: dict[tuple[object, ...], str] = {}
    for file in sorted(built_site.rglob("*")):
        path = f"/{file.relative_to(built_site).as_posix()}"
        if file.is_file():
            kind = (file.suffix, CONTENT_HASHED_FOLDER.search(path) is None, policy_text(policy_of(path)))
            found.setdefault(kind, path.removesuffix("index.html"))
    return ("/", "/ja/", "/en/check/", "/404.html", *found.values())


def test_every_kind_of_file_has_the_headers_of_the_table(
    address: str, built_site: Path, one_of_each: tuple[str, ...]
) -> None:
    assert len(one_of_each) > 18
    for path in one_of_each:
        answer = ask(address, path)
        file = built_site / f"{path[1:]}index.html" if path.endswith("/") else built_site / path[1:]
        assert answer.status == 200, path
        assert answer.body == file.read_bytes(), path
        assert answer.headers["Content-Type"] == MEDIA_TYPES.get(file.suffix, MEDIA_TYPES[""]), path
        expected = headers_of(path, is_there=True)
        assert {name: answer.headers.get(name) for name in expected} == expected, path


def test_the_server_of_this_project_sends_the_same(
    address: str, built_site: Path, one_of_each: tuple[str, ...]
) -> None:
    with served(built_site) as own:
        for path in (*one_of_each, "/missing", "/data/schema/"):
            there, here = ask(address, path), ask(own, path)
            names = {"Content-Type", *headers_of(path, is_there=True)}
            assert there.status == here.status, path
            assert {name: there.headers.get(name) for name in names} == {
                name: here.headers.get(name) for name in names
            }, path


@pytest.mark.parametrize(
    "path", ["/missing", "/ja/missing/", "/theme-0123456789ab/x.css", "/data/schema/", "/.gitignore"]
)
def test_what_is_not_there_gets_the_sites_own_page_and_is_not_kept(address: str, built_site: Path, path: str) -> None:
    answer = ask(address, path)
    assert (answer.status, answer.body) == (404, (built_site / "404.html").read_bytes())
    expected = headers_of("/missing", is_there=False)
    assert {name: answer.headers.get(name) for name in expected} == expected
    assert answer.headers["Content-Type"] == MEDIA_TYPES[".html"]


def test_nothing_outside_the_site_is_served(address: str) -> None:
    for path in ("/../nginx.conf", "/%2e%2e/%2e%2e/etc/passwd", "/ja/..%2f..%2f..%2fetc/passwd"):
        assert ask(address, path).status in (400, 404), path


def test_a_page_without_its_slash_leads_to_the_one_with_it_on_any_host(address: str) -> None:
    answer = ask(address, "/ja/check")
    assert (answer.status, answer.headers["Location"]) == (301, "/ja/check/")
    assert "Content-Security-Policy" in answer.headers


def test_a_page_that_is_known_is_not_sent_again_and_keeps_its_headers(address: str) -> None:
    first = ask(address, "/ja/")
    again = ask(address, "/ja/", If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_part_and_a_question_without_an_answer_are_served(address: str, built_site: Path) -> None:
    whole = (built_site / "rules.json").read_bytes()
    part = ask(address, "/rules.json", Range="bytes=100-199")
    assert (part.status, part.body) == (206, whole[100:200])
    head = ask(address, "/rules.json", method="HEAD")
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(whole)), b"")


def test_text_is_compressed_for_who_asks_and_packed_files_are_not(address: str, built_site: Path) -> None:
    page = ask(address, "/ja/", Accept_Encoding="gzip")
    assert page.headers["Content-Encoding"] == "gzip"
    assert page.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(page.body) == (built_site / "ja/index.html").read_bytes()
    picture = next(built_site.glob("ja/**/card.png")).relative_to(built_site)
    assert "Content-Encoding" not in ask(address, f"/{picture}", Accept_Encoding="gzip").headers


def test_what_the_build_has_compressed_is_sent_as_it_is_with_the_headers_of_the_file(tmp_path: Path) -> None:
    page = b"<p>the same words again and again</p>" * 100
    files = {"index.html": page, "404.html": b"nothing", "small.css": b"p {}", "a.wasm": bytes(5000)}
    copies = compressed(files, tmp_path / "cache")
    assert set(copies) == {"index.html.gz", "index.html.br", "a.wasm.gz", "a.wasm.br"}
    publish({**files, **copies}, tmp_path / "public")
    with nginx(tmp_path / "public", tmp_path / "prefix", brotli=True) as where:
        for coding, ending in (("br", "br"), ("gzip", "gz")):
            for path, name in (("/", "index.html"), ("/a.wasm", "a.wasm")):
                answer = ask(where, path, Accept_Encoding=coding)
                assert answer.headers["Content-Encoding"] == coding
                assert answer.headers["Vary"] == "Accept-Encoding"
                assert answer.headers["Content-Type"] == MEDIA_TYPES[Path(name).suffix]
                assert (
                    answer.headers["Content-Security-Policy"]
                    == headers_of(path, is_there=True)["Content-Security-Policy"]
                )
                assert answer.body == copies[f"{name}.{ending}"].read_bytes()
        assert ask(where, "/").body == page
        assert "Content-Encoding" not in ask(where, "/small.css", Accept_Encoding="br, gzip").headers


def test_over_https_browsers_are_told_to_keep_to_it_and_else_not(
    address: str, built_site: Path, tmp_path: Path
) -> None:
    plain = ask(address, "/").headers
    assert "Strict-Transport-Security" not in plain
    assert "upgrade-insecure-requests" not in plain["Content-Security-Policy"]
    with nginx(built_site, tmp_path / "prefix", https=True) as secure:
        for path in ("/", "/ja/embed/monozukuri/", "/missing"):
            answer, expected = ask(secure, path), headers_of(path, is_there=False, https=True)
            assert {name: answer.headers.get(name) for name in expected} == expected
            assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"


def test_whoever_reads_while_a_site_is_published_always_gets_a_page_of_one_or_the_other(tmp_path: Path) -> None:
    out = tmp_path / "public"
    sites = [{"index.html": f"{one} ".encode() * 2000, "404.html": b"nothing"} for one in ("old", "new")]
    publish(sites[0], out)
    with nginx(out, tmp_path / "prefix") as where:
        host, _, port = where.removeprefix("http://").rstrip("/").partition(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=30)
        for number in range(1, 30):
            publish(sites[number % 2], out)
            for _ in range(5):
                connection.request("GET", "/")
                answer = connection.getresponse()
                assert (answer.status, answer.read()) == (200, sites[number % 2]["index.html"])
        connection.close()


def test_a_page_that_was_opened_before_finds_its_styles_after_the_site_is_published(tmp_path: Path) -> None:
    out = tmp_path / "public"
    styles = ["/theme-00000000000a/a.css", "/theme-00000000000b/a.css", "/theme-00000000000c/a.css"]
    with_page = [{"index.html": path.encode(), "404.html": b"nothing", path[1:]: path.encode()} for path in styles]
    publish(with_page[0], out)
    with nginx(out, tmp_path / "prefix") as where:
        for site in with_page[1:]:
            publish(site, out)
        for path in styles:
            answer = ask(where, path)
            assert (answer.status, answer.body) == (200, path.encode())
            expected = headers_of(path, is_there=True)
            assert {name: answer.headers.get(name) for name in expected} == expected
            assert answer.headers["Content-Type"] == MEDIA_TYPES[".css"]
        for path in ("/earlier/theme-00000000000a/a.css", "/theme-00000000000a/b.css", "/earlier/", "/.releases/"):
            assert (ask(where, path).status, ask(where, path).body) == (404, b"nothing")
        assert ask(where, "/").body == styles[-1].encode()


def test_a_thousand_readers_at_once_all_get_their_pages(built_site: Path, tmp_path: Path) -> None:
    """Each with a connection of its own that stays open, as copies that were made before, in the coding of browsers."""
    names = ("ja/index.html", "en/check/index.html", next(built_site.glob("theme-*/*/*.css")).relative_to(built_site))
    files = {str(name): built_site / name for name in names}
    copies = compressed(files, tmp_path / "cache")
    publish({**files, **copies}, tmp_path / "public")
    pages = {f"/{name.removesuffix('index.html')}": copies[f"{name}.br"].read_bytes() for name in files}
    with nginx(tmp_path / "public", tmp_path / "prefix", brotli=True) as where:
        readings = read_at_once(where, 1000, pages, "br")
    assert readings.errors == ()
    assert len(readings.seconds) == 1000 * len(pages)
