"""What docs/publishing.md says to type does what it says; the files under docs/ci/ are what they claim to be."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from site_builder import build, cli
from site_builder.cli import DONE, main
from site_builder.commands import arguments, diff
from site_builder.runtime import RuntimePackage

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
PUBLISHING = (DOCS / "publishing.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^ *```sh\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
OURS = ".venv/bin/python -m site_builder "
#: Commands that need what no test has: a tag, a released checkout beside this one, a host.
ELSEWHERE = ("--since v1.0", "../released", "--at https:")


def commands(text: str) -> list[str]:
    """What a text says to type of our own commands, in blocks and in sentences."""
    lines = [line.strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    quoted = re.findall(rf"`({re.escape(OURS)}[^`]*)`", text)
    return [line.removeprefix(OURS) for line in (*lines, *quoted) if line.startswith(OURS)]


@pytest.mark.parametrize(
    "command", [*commands(PUBLISHING), *commands((PROJECT / "README.md").read_text(encoding="utf-8"))]
)
def test_every_command_that_is_shown_is_understood(command: str) -> None:
    cli._parser().parse_args(shlex.split(command))


def test_the_commands_of_publishing_do_what_they_say_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a project of the real rules whose pages are a few words, published once before."""
    for name in ("rules", "content"):
        (tmp_path / name).symlink_to(PROJECT / name)
    (tmp_path / "public").mkdir()
    for module in (arguments, diff):
        monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.chdir(tmp_path)
    made = iter(range(100))

    def new_site(*_arguments: object, **_more: object) -> dict[str, bytes]:
        number = next(made)
        return {"index.html": b"%d" % number, "rules.json": json.dumps({"edition": f"{number}"}).encode()}

    monkeypatch.setattr(build, "make_site", new_site)
    monkeypatch.setattr(build, "pack", lambda _say: RuntimePackage({}, "runtime"))
    main(["build"])
    typed = [one for one in commands(PUBLISHING) if not any(part in one for part in ELSEWHERE)]
    assert {one.split()[0] for one in typed} == {"check", "build", "diff", "releases", "rollback", "verify", "headers"}
    for command in typed:
        words = shlex.split(command)
        if words[:2] == ["rollback", "--to"]:  # the name of a day: here all are of today
            words[2] = capsys.readouterr().out.split("in place: ")[-1].split()[0]
        assert main(words) == DONE, command
    assert (tmp_path / "changes.html").is_file()
    assert (tmp_path / "calls.html").is_file()


def test_the_script_compares_with_the_base_as_its_own_program_makes_it(tmp_path: Path) -> None:
    """In a repository whose program writes one word, which the change replaces; the comparison itself is stubbed."""
    root = tmp_path / "checkout"
    (root / ".venv/bin").mkdir(parents=True)
    (root / "Makefile").write_text("build:\n\tmkdir -p public && echo base > public/index.html\n")
    python = root / ".venv/bin/python"
    python.write_text(
        '#!/bin/sh\nfor one; do case "$one" in */public) cat "$one/index.html";; *) echo "$one";; esac; done\n'
    )
    python.chmod(0o755)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example"]
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "Makefile"],
        ["commit", "-qm", "1"],
        ["checkout", "-qb", "change"],
    ):
        subprocess.run([*git, *command], cwd=root, check=True)
    (root / "Makefile").write_text("build:\n\tfalse\n")
    subprocess.run([*git, "commit", "-qam", "2"], cwd=root, check=True)
    subprocess.run([DOCS / "ci/what-changes.sh", "main"], cwd=root, check=True, capture_output=True)
    said = (root / "changes.txt").read_text().split()
    assert said == ["-m", "site_builder", "build", "--dry-run", "--compare", "base", "--compare-html", "changes.html"]
    worktrees = subprocess.run(["git", "worktree", "list"], cwd=root, check=True, capture_output=True, text=True).stdout
    assert len(worktrees.splitlines()) == 1


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_a_recipe_is_yaml_pinned_and_names_no_registry(name: str) -> None:
    text = (DOCS / "ci" / name).read_text(encoding="utf-8")
    assert "test" in yaml.safe_load(text).get("jobs", yaml.safe_load(text))
    actions = re.findall(r"uses: (\S+)", text)
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) for action in actions)
    assert set(re.findall(r"(?:container|image): (\S+)", text)) == {"node:20.19.0-bookworm"}
    assert set(re.findall(r"https?://\S+", text)) <= {"https://OWNER.github.io/REPOSITORY/"}
    for command in ("make test", f"{OURS}check", "docs/ci/what-changes.sh"):
        assert command in text


def test_no_line_of_a_recipe_is_a_command_that_we_have_not() -> None:
    for file in (DOCS / "ci").iterdir():
        for command in re.findall(rf"{re.escape(OURS)}(.*?)(?: \||$)", file.read_text(encoding="utf-8"), re.MULTILINE):
            cli._parser().parse_args(shlex.split(re.sub(r"\$\w+", "https://guide.example", command)))
