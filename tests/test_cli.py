"""The command line: exit codes, errors, and an old site that a failed build leaves alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.cli import CONTENT_ERROR, DONE, ENVIRONMENT_ERROR, USAGE_ERROR, main

PROJECT = Path(__file__).parents[1]


def tree(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    for name in ("rules", "content"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    return tmp_path


def sources(folder: Path) -> list[str]:
    return [f"--{name}={folder / name}" for name in ("rules", "content")]


def options(folder: Path) -> list[str]:
    return [*sources(folder), f"--out={folder / 'public'}"]


def test_check_passes_for_the_real_rules_and_content_and_writes_nothing(copies: Path) -> None:
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
    with (copies / "rules" / "monozukuri" / "r3s" / "digital.yaml").open("a", encoding="utf-8") as file:
        file.write("\nnonsense: yes\n")
    assert main(["build", *options(copies)]) == CONTENT_ERROR
    assert "[unknown-key]" in capsys.readouterr().err
    assert tree(copies / "public") == {"rules.json": b"old"}


@pytest.mark.parametrize("arguments", [[], ["bild"], ["build", "--fast"], ["serve", "--port", "many"]])
def test_wrong_usage_is_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == USAGE_ERROR


def test_serving_a_site_that_is_not_there_is_code_3_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", f"--out={tmp_path}"]) == ENVIRONMENT_ERROR
    assert "hint: run `python -m site_builder build` first" in capsys.readouterr().err


#: Lists every folder backwards.
BACKWARDS = """
import os
listdir, scandir = os.listdir, os.scandir
class Backwards(list):
    __enter__ = lambda self: iter(self)
    __exit__ = lambda self, *_: None
    close = lambda self: None
def backwards(path="."):
    with scandir(path) as found:
        return Backwards(sorted(found, key=lambda one: one.name, reverse=True))
os.listdir = lambda path=".": sorted(listdir(path), reverse=True)
os.scandir = backwards
"""


def test_the_same_sources_give_the_same_bytes_wherever_they_are_and_whatever_the_machine_is_set_to(
    built_site: Path, copies: Path
) -> None:
    (copies / "sitecustomize.py").write_text(BACKWARDS)
    (copies / "elsewhere").mkdir()
    settings = {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": f"{copies}:{PROJECT}"}
    command = [sys.executable, "-m", "site_builder", "build", *options(copies)]
    subprocess.run(command, check=True, cwd=copies / "elsewhere", env={**os.environ, **settings}, capture_output=True)
    assert tree(copies / "public") == tree(built_site)


def test_a_site_can_be_built_that_ends_service_workers(copies: Path) -> None:
    assert main(["build", "--without-service-worker", *options(copies)]) == DONE
    assert "registration.unregister()" in (copies / "public" / "sw.js").read_text(encoding="utf-8")
    assert "data-offline" not in (copies / "public" / "ja" / "check" / "index.html").read_text(encoding="utf-8")


def test_a_folder_of_other_things_is_not_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert main(["build", "--out", str(tmp_path)]) == 3
    assert "something else in it than a site" in capsys.readouterr().err
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_folder_of_rules_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--rules", str(tmp_path / "nowhere")]) == 1
    assert "there is no such folder" in capsys.readouterr().err
