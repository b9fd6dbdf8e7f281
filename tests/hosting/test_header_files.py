"""The files for Netlify, Cloudflare Pages and GitHub Pages say what the table says, by the rules of these hosts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import pytest
from selectolax.lexbor import LexborHTMLParser

from site_builder.hosting.header_files import cloudflare_headers, netlify_headers
from site_builder.hosting.headers import AHEAD_FILE, CONTENT_SECURITY_POLICY, EMBEDDED_PAGE, MEDIA_TYPES, headers_of
from site_builder.hosting.hosts import Host, files_for
from site_builder.publishing import files_of

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


def allowed(policies: str) -> set[str]:
    """What several policies, joined with commas, leave allowed: a browser keeps to each of them."""
    every = [
        dict(part.strip().split(" ", 1) for part in one.split(";") if " " in part.strip())
        for one in policies.split(", ")
    ]
    names = {name for one in every for name in one}
    return {f"{name} {value}" for name in names for value in {one[name] for one in every if name in one}}


def effective(headers: Headers) -> dict[str, object]:
    """Headers as a browser takes them; both hosts say `ask each time` where the file says nothing."""
    found: dict[str, object] = dict(headers)
    found[POLICY] = allowed(str(headers[POLICY]))
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
    assert any(EMBEDDED_PAGE.search(path) for path in paths)
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


def test_where_no_headers_can_be_set_each_page_has_a_policy_in_itself_within_that_of_the_table(
    pages: dict[str, LexborHTMLParser],
) -> None:
    for name, page in pages.items():
        policy = page.css_first('meta[http-equiv="Content-Security-Policy"]')
        assert policy is not None, name
        parts = dict(part.strip().split(" ", 1) for part in str(policy.attributes["content"]).split(";"))
        assert parts.pop("default-src") == "'none'", name
        assert "frame-ancestors" not in parts, name  # which browsers overlook there
        for directive, sources in parts.items():
            wider = set(sources.split()) - {"'none'"} - set(CONTENT_SECURITY_POLICY[directive].split())
            assert not wider, f"{name}: {directive} {wider}"
