"""The handbook: the same in both languages, and every command of it does something."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.build import PROJECT
from site_builder.cli import _parser

DOCS = PROJECT / "docs"
PAGES = {language: (DOCS / f"maintainers.{language}.md").read_text("utf-8") for language in ("ja", "en")}
#: Commands of our own that are run here. The others take long or do not end: what they do is tested elsewhere, and here
#: that they can be called so.
QUICK = ("schemas", "new-round")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PYTHON = ".venv/bin/python -m site_builder "


def blocks(language: str, kind: str) -> list[str]:
    return [text for found, text in _BLOCK.findall(PAGES[language]) if found == kind]


def commands(language: str) -> list[str]:
    return [line for block in blocks(language, "sh") for line in block.splitlines()]


def is_quick(command: str) -> bool:
    if command.startswith(_PYTHON):
        return command.removeprefix(_PYTHON).split()[0] in QUICK
    return not command.startswith("make ")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A checkout as a maintainer has it."""
    copied = tmp_path / "checkout"
    for name in ("rules", "content", "docs", "calculator", "site_builder"):
        shutil.copytree(PROJECT / name, copied / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copied / ".gitignore").write_text("/.venv\n/.cache/\n__pycache__/\n", "utf-8")
    (copied / ".cache").mkdir()
    (copied / ".venv").symlink_to(Path(sys.prefix))
    run(copied, "git init --quiet --initial-branch=main .")
    run(copied, "git config user.name Maintainer")
    run(copied, "git config user.email maintainer@guide.example")
    run(copied, "git add -A")
    run(copied, "git commit --quiet -m Begin")
    return copied


def run(folder: Path, command: str) -> str:
    done = subprocess.run(shlex.split(command), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_both_languages_have_the_same_sections_commands_and_settings() -> None:
    levels = {language: re.findall(r"^#+(?= )", page, re.MULTILINE) for language, page in PAGES.items()}
    assert levels["ja"] == levels["en"]
    assert [kind for kind, _ in _BLOCK.findall(PAGES["ja"])] == [kind for kind, _ in _BLOCK.findall(PAGES["en"])]
    for kind in ("sh", "json", "text"):
        assert blocks("ja", kind) == blocks("en", kind)
    sections = {language: re.split(r"^## ", page, flags=re.MULTILINE) for language, page in PAGES.items()}
    for ja, en in zip(sections["ja"], sections["en"], strict=True):
        assert _BLOCK.findall(ja) == _BLOCK.findall(en), "a command stands in the same section of both"
        lines = (len(re.findall(r"^(?:\d\.|- |\| )", text, re.MULTILINE)) for text in (ja, en))
        assert len(set(lines)) == 1, "lists and tables have as many lines"


def test_every_quick_command_works_as_printed(copy: Path) -> None:
    """In their order, in one checkout; the change that is committed is the round that one of them begins."""
    shown = {command: run(copy, command) for command in commands("ja") if is_quick(command)}
    assert "nothing has changed" in shown[f"{_PYTHON}schemas"]
    assert all(found for command, found in shown.items() if command.startswith("grep "))
    assert run(copy, "git log --format=%s --max-count=1").startswith("Revert ")


def test_every_slow_command_can_be_called_as_printed() -> None:
    targets = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for command in (command for command in commands("ja") if not is_quick(command)):
        if command.startswith("make "):
            assert command.removeprefix("make ") in targets
        else:
            _parser().parse_args(shlex.split(command.removeprefix(_PYTHON)))


def test_a_check_says_what_the_handbook_says_that_it_does() -> None:
    said = "rules and content are in order"
    assert f'conclude(asked, "{said}")' in (PROJECT / "site_builder" / "commands" / "check.py").read_text("utf-8")
    assert all(f"`{said}`" in page for page in PAGES.values())


def test_the_message_that_is_explained_is_one_that_is_printed() -> None:
    printed = [file.read_text("utf-8") for file in (PROJECT / "tests" / "bad").glob("*.txt")]
    for message in blocks("ja", "text"):
        assert any(message in text for text in printed), message


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_code_file_and_link_of_the_handbook_exists(page: str) -> None:
    sources = "".join(file.read_text("utf-8") for file in (PROJECT / "site_builder").rglob("*.py"))
    assert [code for code in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", page) if f'"{code}"' not in sources] == []
    paths = re.findall(r"`((?:rules|content|tests|docs)/[a-z/._-]*)`", page)
    assert [path for path in paths if not (PROJECT / path).exists()] == []
    links = re.findall(r"\]\(([^):#]+)\)", page)
    assert [link for link in links if not (DOCS / link).resolve().exists()] == []


@pytest.mark.parametrize("settings", blocks("ja", "json"))
def test_the_settings_for_the_editor_are_json(settings: str) -> None:
    assert json.loads(settings)["yaml.validate"] is True
