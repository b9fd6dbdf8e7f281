"""The site and the files for hosts are within what the hosts document: number, sizes, names and syntax.

Nobody is asked: these are the limits of Cloudflare Pages (free plan), Netlify and GitHub Pages as of November 2026.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.hosting.header_files import cloudflare_headers, netlify_headers
from site_builder.hosting.hosts import Host, files_for
from site_builder.publishing import files_of

MEBIBYTE = 2**20
#: Files, and bytes of one, on Cloudflare Pages; bytes of all on GitHub Pages.
MOST_FILES, LARGEST_FILE, WHOLE_SITE = 20_000, 25 * MEBIBYTE, 10**9
#: The site may grow to twice what it is before anybody has to choose another plan.
ROOM = 2
RECIPES = Path(__file__).parents[2] / "docs" / "ci"
_PATTERN = re.compile(r"/[A-Za-z0-9._/-]*\*?")
_HEADER = re.compile(r"  (?:! [A-Za-z-]+|[A-Za-z-]+: [\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)")


def faults_of(text: str, most_rules: int, longest: int) -> list[str]:
    """What is not as `_headers` is documented: a path with at most one asterisk, its end; below it, headers."""
    lines = text.split("\n")
    paths = [line for line in lines if line and not line.startswith(" ")]
    wrong = [line for line in lines if line and not (_PATTERN.fullmatch(line) or _HEADER.fullmatch(line))]
    wrong += [line for line in lines if len(line) > longest]
    wrong += [path for path, after in zip(lines, [*lines[1:], ""], strict=True) if path in paths and after[:2] != "  "]
    return [*wrong, f"{len(paths)} rules"] if len(paths) > most_rules else wrong


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("/*/check/*\n  A: b", "/*/check/*"),
        ("check/\n  A: b", "check/"),
        ("/check/\n/ja/\n  A: b", "/check/"),
        ("/\n A: b", " A: b"),
        ("/\n  A b", "  A b"),
        (f"/\n  A: {'b' * 2000}", f"  A: {'b' * 2000}"),
        ("/\n  A: b\n" * 101, "101 rules"),
    ],
)
def test_a_file_of_headers_that_a_host_would_misread_is_found(text: str, fault: str) -> None:
    assert faults_of(text, 100, 2000)[0] == fault


@pytest.mark.parametrize(("make", "most_rules"), [(cloudflare_headers, 100), (netlify_headers, 1000)])
def test_headers_are_written_as_the_hosts_read_them(
    built_site: Path, make: Callable[[object], str], most_rules: int
) -> None:
    assert faults_of(make(files_of(built_site)), most_rules, 2000) == []


def test_the_site_has_room_to_grow_within_the_limits(built_site: Path) -> None:
    sizes = {name: (built_site / name).stat().st_size for name in files_of(built_site)}
    assert len(sizes) * ROOM <= MOST_FILES
    assert {name: size for name, size in sizes.items() if size * ROOM > LARGEST_FILE} == {}
    assert sum(sizes.values()) * ROOM <= WHOLE_SITE


def test_every_host_can_have_the_names(built_site: Path) -> None:
    names = files_of(built_site)
    assert {name for name in names if not re.fullmatch(r"[A-Za-z0-9._/-]{1,200}", name)} == set(), "as in an address"
    assert len({name.lower() for name in names}) == len(names), "also where letters are small and large alike"
    assert not any((built_site / name).is_symlink() for name in names)
    ours = {file for host in Host for file in files_for(host, names)}
    hidden = {name for name in names if re.search(r"(?:^|/)[._]", name)} - ours
    assert hidden == set(), "GitHub leaves such names out, and Cloudflare and Netlify take some for their own"
    assert not any(name.startswith(("functions/", "netlify/")) for name in names), "these would be run as programs"


def test_pages_are_folders_and_the_one_for_what_is_not_there_is_called_as_hosts_look_for_it(built_site: Path) -> None:
    pages = {name for name in files_of(built_site) if name.endswith(".html")}
    assert {name for name in pages if name.rpartition("/")[2] != "index.html"} == {"404.html"}
    assert "index.html" in pages


@pytest.mark.parametrize("host", Host)
def test_no_host_redirects(host: Host) -> None:
    """Nothing has an address that it no longer has, so that no rule of redirection can be one too many."""
    assert "_redirects" not in files_for(host, ("index.html",))


def test_the_workflow_has_the_parts_that_github_knows() -> None:
    recipe: dict[Any, Any] = yaml.safe_load((RECIPES / "github-actions.yml").read_text(encoding="utf-8"))
    assert {str(key) for key in recipe} == {"name", "True", "permissions", "env", "jobs"}, "YAML takes `on` for yes"
    known = {"runs-on", "container", "timeout-minutes", "steps", "needs", "if", "permissions", "environment"}
    of_a_step = {"name", "uses", "run", "with", "env", "if", "shell"}
    for name, job in recipe["jobs"].items():
        assert set(job) <= known, name
        assert {"runs-on", "steps", "timeout-minutes"} <= set(job), name
        assert set(job.get("permissions", {}).values()) <= {"read", "write"}, name
        for step in job["steps"]:
            assert set(step) <= of_a_step, step
            assert len({"uses", "run"} & set(step)) == 1, step
            assert set(step) & {"shell"} <= ({"shell"} if "run" in step else set()), step
    needed = recipe["jobs"]["publish"]["permissions"]
    assert needed == {"contents": "read", "pages": "write", "id-token": "write"}, "what publishing pages asks for"
