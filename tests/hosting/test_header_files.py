"""The files for Netlify, Cloudflare Pages and GitHub Pages say what the table says, by the rules of these hosts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.hosting.header_files import cloudflare_headers, netlify_headers
from site_builder.hosting.headers import AHEAD_FILE, KINDS, MEDIA_TYPES, headers_of, policy_of
from site_builder.hosting.hosts import Host, files_for
from site_builder.publishing import files_of
from site_builder.render.theme import integrity

Rules = list[tuple[str, list[str]]]
Headers = Mapping[str, str]
POLICY = "Content-Security-Policy"


def rules_in(text: str) -> Rules:
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith("  "):
            rules[-1][1].append(line.strip())
        else:
            rules.append((line, []))
    return rules


def matching(rules: Rules, path: str) -> Rules:
    return [one for one in rules if re.fullmatch(re.escape(one[0]).replace(r"\*", ".*"), path)]


def joined(rules: Rules, path: str) -> Headers:
    """As Cloudflare documents it: all rules that match, from the first on; values joined, unless taken away before."""
    found: dict[str, str] = {}
    for _, lines in matching(rules, path):
        for line in lines:
            if line.startswith("! "):
                found.pop(line[2:], None)
            else:
                name, _, value = line.partition(": ")
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def most_exact(rules: Rules, path: str) -> Headers:
    """On each header the address itself decides, else the longest pattern that matches."""
    found: dict[str, str] = {}
    for _, lines in sorted(matching(rules, path), key=lambda one: (not one[0].endswith("*"), len(one[0]))):
        found |= dict(line.split(": ", 1) for line in lines)
    return found


#: What `default-src` is said of, where the policy does not say it of each.
KINDS_OF_FILES = ("script", "style", "img", "connect", "worker", "font", "manifest", "frame", "media", "object")


def directives(policy: str) -> dict[str, set[str]]:
    """Return what each directive of a policy allows, with what follows from `default-src`."""
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    said = {name: set(allowed.split()) - {"'none'"} for name, allowed in parts.items()}
    return {**{f"{kind}-src": said["default-src"] for kind in KINDS_OF_FILES}, **said}


def allowed(policies: str) -> dict[str, set[str]]:
    """What several policies, joined with commas, leave allowed: a browser keeps to each of them."""
    each = [directives(policy) for policy in policies.split(", ")]
    names = {name for one in each for name in one}
    return {name: set.intersection(*(one[name] for one in each if name in one)) for name in sorted(names)}


def effective(headers: Headers) -> dict[str, object]:
    """Headers as a browser takes them; both hosts say `ask each time` where the file says nothing."""
    found: dict[str, object] = dict(headers)
    found[POLICY] = allowed(headers[POLICY])
    assert "upgrade-insecure-requests" in headers[POLICY]
    found.setdefault("Cache-Control", "no-cache")
    return found


@pytest.fixture(scope="module")
def paths(built_site: Path) -> list[str]:
    return [f"/{name.removesuffix('index.html')}" for name in files_of(built_site)]


@pytest.mark.parametrize(
    ("make", "how"), [(cloudflare_headers, joined), (netlify_headers, joined), (netlify_headers, most_exact)]
)
def test_every_file_gets_the_headers_of_the_table(
    built_site: Path, paths: list[str], make: Callable[[object], str], how: Callable[[Rules, str], Headers]
) -> None:
    rules = rules_in(make(files_of(built_site)))
    assert all(any(kind.has(path) for path in paths) for kind in KINDS)
    for path in paths:
        found = dict(how(rules, path))
        kind = MEDIA_TYPES.get(PurePosixPath(path).suffix)
        assert found.pop("Content-Type", kind) == kind, path
        assert effective(found) == effective(headers_of(path, is_there=True, https=True)), path
    assert how(rules, f"/{AHEAD_FILE}")["Content-Type"] == "application/speculationrules+json"


@pytest.mark.parametrize("make", [cloudflare_headers, netlify_headers])
def test_what_is_not_there_is_under_a_policy_too(built_site: Path, make: Callable[[object], str]) -> None:
    found = joined(rules_in(make(files_of(built_site))), "/missing/page")
    assert "default-src 'none'" in found[POLICY]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert "Cache-Control" not in found


def test_the_file_for_cloudflare_is_within_the_limits_of_the_host(built_site: Path) -> None:
    text = cloudflare_headers(files_of(built_site))
    assert len(rules_in(text)) <= 100
    assert max(map(len, text.splitlines())) <= 2000


def test_only_the_host_that_reads_a_file_gets_it() -> None:
    names = ("index.html", "theme-0123456789ab/site.css")
    assert {host: set(files_for(host, names)) for host in (None, *Host)} == {
        None: set(),
        Host.NGINX: set(),
        Host.NETLIFY: {"_headers"},
        Host.CLOUDFLARE: {"_headers"},
        Host.GITHUB: {".nojekyll"},
    }


def test_no_file_is_of_two_kinds(paths: list[str]) -> None:
    assert {path for path in paths if sum(kind.has(path) for kind in KINDS) > 1} == set()


def test_only_what_runs_machine_code_may_and_nothing_runs_a_text(paths: list[str]) -> None:
    """Python runs in the worker alone, and pagefind in the page that searches."""
    unsafe = {path: set(re.findall(r"'[a-z-]*unsafe[a-z-]*'", " ".join(policy_of(path).values()))) for path in paths}
    found = {re.sub(r"-[0-9a-f]{12}/", "/", path): words for path, words in unsafe.items() if words}
    searching = {f"/{language}/search/{file}" for language in ("ja", "en") for file in ("", "card.png")}
    assert set(found) == {*searching, "/theme/scripts/worker.mjs"}
    assert all(words == {"'wasm-unsafe-eval'"} for words in found.values())


def test_where_no_headers_can_be_set_each_page_has_the_policy_of_the_table_in_itself(
    pages: dict[str, LexborHTMLParser],
) -> None:
    for name, page in pages.items():
        head = page.css("head > meta")
        policy = next(str(one.attributes["content"]) for one in head if one.attributes.get("http-equiv") is not None)
        table = headers_of(f"/{name.removesuffix('index.html')}", is_there=True)
        expected = directives(table[POLICY])
        del expected["frame-ancestors"]  # which browsers pass over there
        if not expected["script-src"]:  # then there is nothing to trust
            del expected["require-trusted-types-for"], expected["trusted-types"]
        assert directives(policy) == expected, name
        assert [one.attributes["content"] for one in head if one.attributes.get("name") == "referrer"] == [
            table["Referrer-Policy"]
        ], name
        earlier = head[: [one.attributes.get("http-equiv") is not None for one in head].index(True)]
        assert [one.attributes for one in earlier] == [{"charset": "utf-8"}], name  # it holds for what stands after it


def test_a_page_asks_for_its_styles_and_scripts_by_their_contents(
    pages: dict[str, LexborHTMLParser], built_site: Path
) -> None:
    wanted: dict[Path, set[str | None]] = {}
    for name, page in pages.items():
        for asked in page.css("link[rel=stylesheet], script[src], link[rel=modulepreload]"):
            address = str(asked.attributes.get("href") or asked.attributes.get("src"))
            file = built_site / address[1:] if address.startswith("/") else (built_site / name).parent / address
            wanted.setdefault(file.resolve(), set()).add(asked.attributes.get("integrity"))
    assert {file.name for file in wanted} >= {"site.css", "check.mjs", "batch.mjs", "search.mjs"}
    for file, seals in wanted.items():
        assert seals == {integrity(file)}, file
