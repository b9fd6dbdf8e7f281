"""The commands that compare, publish and roll back, on a site of a few words: what they do, say and refuse."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import build
from site_builder.cli import CONTENT_ERROR, DONE, ENVIRONMENT_ERROR, USAGE_ERROR, main
from site_builder.publishing import shelf_beside
from site_builder.runtime import RuntimePackage

PROJECT = Path(__file__).parents[2]
Made = Callable[[str], None]


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    """Decides what the next build makes: a page of these words."""

    def make(words: str) -> None:
        files = {
            "index.html": f"<p>{words}</p>".encode(),
            "ja/embed/x/index.html": b"<p>embedded</p>",
            "rules.json": json.dumps({"edition": f"of {words}"}).encode(),
        }
        monkeypatch.setattr(build, "make_site", lambda *_arguments, **_more: files)
        monkeypatch.setattr(build, "pack", lambda _say: RuntimePackage({}, "runtime"))

    return make


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "public"


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    made: Made, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made("the first page")
    assert main(["build", f"--out={out}", "--dry-run", "--compare"]) == DONE
    assert "pages: 2 added, 0 removed" in capsys.readouterr().out
    assert not out.exists()
    main(["build", f"--out={out}"])
    before = tree(out.parent)
    made("the second page")
    capsys.readouterr()
    assert main(["build", f"--out={out}", "--dry-run", "--compare"]) == DONE
    said = capsys.readouterr().out
    assert "0 added, 0 removed, 1 changed (1 word)" in said
    assert said.endswith("nothing was published\n")
    assert tree(out.parent) == before


def test_a_comparison_comes_before_publishing_and_may_be_with_another_folder_and_written_as_a_page(
    made: Made, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made("the first page")
    main(["build", f"--out={tmp_path / 'other'}"])
    made("the second page")
    capsys.readouterr()
    report = tmp_path / "changes.html"
    assert main(["build", f"--out={out}", "--compare", str(tmp_path / "other"), f"--compare-html={report}"]) == DONE
    said = capsys.readouterr().out
    assert "1 changed (1 word)" in said
    assert said.index("1 changed") < said.index("the site is in")
    assert "<mark>second</mark>" in report.read_text(encoding="utf-8")
    assert b"second" in (out / "index.html").read_bytes()


def test_releases_are_listed_and_rolled_back_by_one_command(
    made: Made, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ("one", "two", "three"):
        made(words)
        main(["build", f"--out={out}"])
    capsys.readouterr()
    assert main(["releases", f"--out={out}"]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert [line[:1] for line in lines[:3]] == ["*", " ", " "]
    assert lines[3].startswith("* is in place; `rollback` puts the one before it back")
    assert ["of three" in lines[0], "of two" in lines[1], "of one" in lines[2]] == [True, True, True]
    assert all(" UTC  rules of " in line and line.endswith("  2 pages") for line in lines[:3])
    assert main(["rollback", f"--out={out}"]) == DONE
    said = capsys.readouterr().out
    assert said.startswith("in place: ")
    assert said.endswith("rules of two  2 pages\n")
    assert b"two" in (out / "index.html").read_bytes()
    newest = lines[0].split()[1]
    assert main(["rollback", f"--out={out}", "--to", newest]) == DONE
    assert b"three" in (out / "index.html").read_bytes()


def test_no_more_releases_are_kept_than_asked_for_and_where_asked_for(made: Made, out: Path, tmp_path: Path) -> None:
    shelf = f"--releases={tmp_path / 'shelf'}"
    for words in ("one", "two", "three"):
        made(words)
        main(["build", f"--out={out}", shelf, "--keep=1"])
    assert len(list((tmp_path / "shelf").iterdir())) == 1
    assert not (tmp_path / ".releases").exists()
    assert main(["rollback", f"--out={out}", shelf]) == DONE
    assert b"two" in (out / "index.html").read_bytes()


def test_a_release_that_is_not_as_it_was_built_stays_where_it_is(
    made: Made, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ("one", "two"):
        made(words)
        main(["build", f"--out={out}"])
    (kept,) = shelf_beside(out).kept
    page = kept / "index.html"
    whole, times = page.read_bytes(), (page.stat().st_atime_ns, page.stat().st_mtime_ns)
    page.write_bytes(b"half")
    os.utime(page, ns=times)
    assert main(["rollback", f"--out={out}"]) == CONTENT_ERROR
    told = capsys.readouterr().err
    assert f"{page}: this file has other contents than the list says\n    hint: nothing was changed; name" in told
    page.write_bytes(whole)
    os.utime(page, ns=times)
    (kept / "SHA256SUMS").rename(out.parent / "list")
    assert main(["rollback", f"--out={out}"]) == CONTENT_ERROR
    assert f"{kept / 'SHA256SUMS'}: this file is missing\n    hint: nothing was changed" in capsys.readouterr().err
    assert b"two" in (out / "index.html").read_bytes()
    (out.parent / "list").rename(kept / "SHA256SUMS")
    assert main(["rollback", f"--out={out}"]) == DONE
    assert b"one" in (out / "index.html").read_bytes()
    capsys.readouterr()
    assert main(["releases", f"--out={out}"]) == DONE
    assert "\n* is in place; there is none before it" in capsys.readouterr().out
    assert main(["rollback", f"--out={out}"]) == USAGE_ERROR
    assert "`rollback --to` goes to a later one" in capsys.readouterr().err


def test_what_cannot_be_rolled_back_is_told_without_a_traceback(
    made: Made, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["releases", f"--out={out}"]) == ENVIRONMENT_ERROR
    assert "nothing is published there\n    hint: run `python -m site_builder build` first" in capsys.readouterr().err
    made("one")
    main(["build", f"--out={out}"])
    assert main(["rollback", f"--out={out}"]) == USAGE_ERROR
    assert "no earlier release is kept\n    hint: " in capsys.readouterr().err
    assert main(["rollback", f"--out={out}", "--to=2021"]) == USAGE_ERROR
    assert "2021: no release is called so\n    hint: " in capsys.readouterr().err
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    assert main(["rollback", f"--out={tmp_path / 'mine'}"]) == ENVIRONMENT_ERROR
    assert "there is something else in it" in capsys.readouterr().err


def test_what_caches_must_forget_is_listed_when_a_site_is_published_and_when_one_is_brought_back(
    made: Made, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    purged = tmp_path / "purge.txt"
    changed = ["/", "/SHA256SUMS", "/index.html", "/rules.json"]
    made("one")
    assert main(["build", f"--out={out}", f"--purge-list={purged}"]) == DONE
    assert purged.read_text().split() == [
        *changed[:3],
        *[f"/ja/embed/x{end}" for end in ("", "/", "/index.html")],
        changed[3],
    ]
    made("two")
    assert main(["build", f"--out={out}", f"--purge-list={purged}"]) == DONE
    assert purged.read_text().split() == changed
    assert f"4 addresses answer otherwise now: {purged}" in capsys.readouterr().out
    assert main(["build", f"--out={out}", f"--purge-list={purged}"]) == DONE
    assert purged.read_text() == ""
    assert main(["rollback", f"--out={out}", f"--purge-list={purged}"]) == DONE
    assert purged.read_text().split() == changed


def test_a_site_for_a_host_has_the_files_that_the_host_reads(made: Made, out: Path) -> None:
    made("one")
    for host, name in (("netlify", "_headers"), ("cloudflare", "_headers"), ("github", ".nojekyll")):
        assert main(["build", f"--out={out}", f"--host={host}"]) == DONE
        assert set(tree(out)) == {"SHA256SUMS", "index.html", "ja/embed/x/index.html", "rules.json", name}


def test_the_configuration_of_a_host_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["headers", "nginx", "--root=/srv/guide", "--name=guide.example", "--https", "--listen=8080"]) == DONE
    said = capsys.readouterr().out
    for line in ("listen 8080;", "server_name guide.example;", 'root "/srv/guide";', "Strict-Transport-Security"):
        assert line in said
    assert main(["headers", "github"]) == DONE
    assert ".nojekyll" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff"],
        ["diff", "monozukuri/r3s/12"],
        ["diff", "a", "b", "c"],
        ["diff", "--since=HEAD", "a", "b"],
        ["build", "--keep=few"],
        ["build", "--host=nowhere"],
        ["headers", "apache"],
    ],
)
def test_wrong_usage_is_told(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == USAGE_ERROR


def test_a_comparison_of_two_calls_is_told_in_one_language_or_in_both_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "calls.html"
    assert main(["diff", "monozukuri/r3s/12", "monozukuri/r3s/13", "--language=en", f"--html={report}"]) == DONE
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == ["A monozukuri/r3s/12", "B monozukuri/r3s/13", "Round 13: differences in the rules: 0"]
    assert "monozukuri/r3s/13" in report.read_text(encoding="utf-8")
    assert main(["diff", "monozukuri/r3s/12", "monozukuri/r3s/99"]) == USAGE_ERROR
    assert "monozukuri/r3s/99: there is no such call\n    hint: " in capsys.readouterr().err


def test_a_folder_that_is_no_tree_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(tmp_path), str(PROJECT)]) == USAGE_ERROR
    assert "there is no folder rules/ in it" in capsys.readouterr().err
