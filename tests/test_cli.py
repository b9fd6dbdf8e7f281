"""The command line: exit codes, errors, and an old site that a failed build leaves alone.

What a command does is seen on a small site of made-up rules; that the real one can be built, every run of tests shows.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from site_builder.cli import BROKEN_OFF, CONTENT_ERROR, DONE, ENVIRONMENT_ERROR, USAGE_ERROR, main
from site_builder.commands.reporting import conclude
from site_builder.errors import GuidanceError, Place
from site_builder.render.tokens import read_tokens
from site_builder.reports.formats import Shown, as_workflow_commands
from tests.bad_examples import Change, make_rules
from tests.site.hand_made_content import copy_without_names

PROJECT = Path(__file__).parents[1]


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "tests/good/rules", tmp_path / "rules")
    copy_without_names(tmp_path)
    return tmp_path


def sources(folder: Path) -> list[str]:
    return [f"--{name}={folder / name}" for name in ("rules", "content")]


def options(folder: Path) -> list[str]:
    return [*sources(folder), f"--out={folder / 'public'}"]


def test_check_passes_for_rules_and_content_in_order_and_writes_nothing(copies: Path) -> None:
    assert main(["check", *sources(copies)]) == DONE
    assert not (copies / "public").exists()


def test_a_mistake_in_content_is_told_with_its_place_and_leaves_the_old_site(
    copies: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copies / "public").mkdir()
    (copies / "public" / "rules.json").write_text("old")  # what makes a folder a site
    before = tree(copies / "public")
    with (copies / "content" / "about.ja.md").open("a", encoding="utf-8") as file:
        file.write("\n上限は750万円です。\n")
    assert main(["build", *options(copies)]) == CONTENT_ERROR
    told = capsys.readouterr().err
    assert "content/about.ja.md:" in told
    assert "[typed-figure]" in told
    assert "^^^^^^" in told
    assert tree(copies / "public") == before


def test_a_mistake_in_rules_is_told_and_leaves_the_old_site(copies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copies / "public").mkdir()
    (copies / "public" / "rules.json").write_text("old")  # what makes a folder a site
    with (copies / "rules" / "demo" / "b1" / "plain.yaml").open("a", encoding="utf-8") as file:
        file.write("\nnonsense: yes\n")
    assert main(["build", *options(copies)]) == CONTENT_ERROR
    assert "[unknown-key]" in capsys.readouterr().err
    assert tree(copies / "public") == {"rules.json": b"old"}


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ([], None),
        (["bild"], "did you mean 'build'?"),
        (["chekc", "--quiet"], "did you mean 'check'?"),
        (["build", "--fast"], None),
        (["check", "--fromat", "json"], "did you mean '--format'?"),
        (["check", "--format", "jsno"], "did you mean 'json'?"),
        (["serve", "--port", "many"], None),
        (["build", "--out=--"], None),
        (["rollback", "--t=--"], None),
    ],
)
def test_wrong_usage_is_code_2_and_names_what_was_meant(
    arguments: list[str], hint: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == USAGE_ERROR
    assert hint is None or f"hint: {hint}" in capsys.readouterr().err


@pytest.fixture
def few(tmp_path: Path) -> list[str]:
    """Options that name few rules and no content, with one mistake in the rules: nothing else is looked at for long."""
    make_rules([Change("demo/b1/plain.yaml", None, "en: Plain frame}", "en: Plain frame，}")], tmp_path)
    return [f"--rules={tmp_path / 'rules'}", f"--content={tmp_path / 'content'}"]


def test_mistakes_can_be_had_as_json_that_keeps_to_its_schema(
    few: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--format=json", *few]) == CONTENT_ERROR
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, json.loads((PROJECT / "docs" / "errors.schema.json").read_text(encoding="utf-8")))
    (comma,) = (one for one in told if one["code"] == "other-comma" or one["code"] == "japanese-mark")
    assert comma["path"] == (tmp_path / "rules" / "demo" / "b1" / "plain.yaml").as_posix()
    assert (comma["line"], comma["column"], comma["end_column"]) == (1, 32, 33)


def test_mistakes_can_be_had_as_annotations(few: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format=github", "--quiet", *few]) == CONTENT_ERROR
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("::error file=") for line in lines)
    assert any("title=japanese-mark::'，' is a Japanese mark in an English sentence%0Ahint: " in line for line in lines)


def test_what_annotations_are_made_of_cannot_end_them() -> None:
    error = GuidanceError(Place("a,b:c%.yaml", 1, 2, 3), "50% of\r\nit", "a::b", "tab")
    assert as_workflow_commands([error], Shown()) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=2,endColumn=5,title=tab::50%25 of�%0Ait%0Ahint: a::b"
    )


def test_a_check_without_mistakes_is_an_empty_array(capsys: pytest.CaptureFixture[str]) -> None:
    asked = argparse.Namespace(format="json", quiet=False)
    conclude(asked, "all is in order")
    assert json.loads(capsys.readouterr().out) == []


def test_the_last_line_counts_mistakes_and_files_and_quiet_leaves_out_the_rest(
    few: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *few]) == CONTENT_ERROR
    loud = capsys.readouterr().err.splitlines()
    assert loud[0].startswith("  read the rules … ")
    assert loud[-2].startswith("not checked, because of the above: ")
    assert re.fullmatch(r"\d+ errors in \d files", loud[-1])
    assert main(["check", "--quiet", *few]) == CONTENT_ERROR
    quiet = capsys.readouterr()
    assert quiet.out == ""
    assert quiet.err.splitlines() == [line for line in loud if not re.fullmatch(r"  [a-z ]+ … [\d.]+ s", line)]


def test_a_file_that_cannot_be_read_is_code_3_with_a_hint(
    few: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", refuse)
    assert main(["check", *few]) == ENVIRONMENT_ERROR
    told = capsys.readouterr().err
    assert "facts.yaml: permission denied\n    hint: let this user read and write it" in told


def refuse(path: Path, *_: object, **_named: object) -> bytes:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_packages_of_node_that_are_missing_are_code_3(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("site_builder.commands.check.check", lambda *_: read_tokens(tmp_path))
    assert main(["check"]) == ENVIRONMENT_ERROR
    assert "hint: run `make build`, which installs them" in capsys.readouterr().err


def test_a_folder_in_the_place_of_a_file_and_names_that_are_not_utf_8_are_told(
    few: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules" / "tags.yaml").unlink()
    (tmp_path / "rules" / "tags.yaml").mkdir()
    os.close(os.open(os.fsencode(tmp_path / "rules" / "demo" / "b1") + b"/\x8e\xe9.yaml", os.O_CREAT | os.O_WRONLY))
    for form in ("text", "json", "github"):
        assert main(["check", f"--format={form}", *few]) == CONTENT_ERROR
        told = capsys.readouterr()
        assert "bad-file-name" in told.out + told.err


def test_breaking_off_is_told_in_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.commands.check.check", break_off)
    assert main(["check"]) == BROKEN_OFF
    assert capsys.readouterr().err == "broken off; what was there before is as it was\n"


def break_off(*_told: object) -> None:
    raise KeyboardInterrupt


def test_a_code_is_explained_with_an_example_and_an_unknown_one_gets_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "[typed-figure]"]) == DONE
    assert "上限は750万円です。" in capsys.readouterr().out
    assert main(["explain", "rounds-overlap"]) == DONE
    assert "A round closes after the next one has opened." in capsys.readouterr().out
    assert main(["explain", "typd-figure"]) == USAGE_ERROR
    assert "hint: did you mean 'typed-figure'?" in capsys.readouterr().err


def test_an_environment_without_the_packages_is_code_3() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "site_builder"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == ENVIRONMENT_ERROR
    assert "hint: run `make build`" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_stream_that_has_not_every_character_is_no_obstacle() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "site_builder", "explain", "typed-figure"],
        cwd=PROJECT,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == DONE
    assert "\\u4e0a\\u9650" in done.stdout  # 上限


@pytest.mark.parametrize("day", ["20221222", "2022-W51-4", "2022-13-01", "12月22日", ""])
def test_a_day_is_written_in_one_way(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["build", "--as-of", day])
    assert ended.value.code == USAGE_ERROR
    assert "is no day; write one as 2022-12-22" in capsys.readouterr().err


def test_serving_a_site_that_is_not_there_is_code_3_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", f"--out={tmp_path}"]) == ENVIRONMENT_ERROR
    assert "hint: run `python -m site_builder build` first" in capsys.readouterr().err


#: Lists every folder backwards.
BACKWARDS = """
import os
listdir, scandir = os.listdir, os.scandir
class Backwards:
    __init__ = lambda self, found: setattr(self, "found", iter(found))
    __iter__ = __enter__ = lambda self: self
    __next__ = lambda self: next(self.found)
    __exit__ = lambda self, *_: None
    close = lambda self: None
def backwards(path="."):
    with scandir(path) as found:
        return Backwards(sorted(found, key=lambda one: one.name, reverse=True))
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
os.scandir = backwards
"""


def test_the_same_sources_give_the_same_bytes_wherever_they_are_and_whatever_the_machine_is_set_to(
    built_site: Path, tmp_path: Path
) -> None:
    for name in ("rules", "content"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    (tmp_path / "sitecustomize.py").write_text(BACKWARDS)
    (tmp_path / "elsewhere").mkdir()
    settings = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": f"{tmp_path}:{PROJECT}"}
    command = [sys.executable, "-m", "site_builder", "build", *options(tmp_path)]
    environment = {**os.environ, **settings}
    subprocess.run(command, check=True, cwd=tmp_path / "elsewhere", env=environment, capture_output=True, umask=0o077)
    assert tree(tmp_path / "public") == tree(built_site)


def test_a_site_can_be_built_that_ends_service_workers(copies: Path) -> None:
    assert main(["build", "--without-service-worker", *options(copies)]) == DONE
    assert "registration.unregister()" in (copies / "public" / "sw.js").read_text(encoding="utf-8")
    assert "data-offline" not in (copies / "public" / "ja" / "check" / "index.html").read_text(encoding="utf-8")


def test_a_folder_of_other_things_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["build", "--out", str(tmp_path)]) == 3
    assert "something else in it than a site" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize("file", ["rules/facts.yaml", "content/home.ja.md"])
def test_a_link_that_leads_out_of_its_folder_is_told_and_not_published(
    copies: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    (copies / file).rename(copies / "elsewhere")
    (copies / file).symlink_to(copies / "elsewhere")
    assert main(["check", *sources(copies)]) == CONTENT_ERROR
    assert f"{file}:1:1: this is a link to a file that lies somewhere else" in capsys.readouterr().err


def test_a_folder_of_rules_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--rules", str(tmp_path / "nowhere")]) == 1
    assert "there is no such folder" in capsys.readouterr().err
