"""The command line, told anything: it ends with one of its exit codes and a sentence, never with a traceback."""

from __future__ import annotations

import argparse
import atexit
import contextlib
import io
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import strategies as st

from site_builder.build import PROJECT
from site_builder.cli import CONTENT_ERROR, DONE, ENVIRONMENT_ERROR, USAGE_ERROR, main
from site_builder.commands import COMMANDS
from site_builder.errors import GuidanceErrors
from site_builder.memo import Memo
from site_builder.publishing import publish
from site_builder.rules import read_rules
from site_builder.site.content import read_content, read_messages
from tests.fuzz.rule_files import with_more
from tests.fuzz.surface import Surface

CODES = (DONE, CONTENT_ERROR, USAGE_ERROR, ENVIRONMENT_ERROR)
#: What takes long, waits for ever or writes into the project itself is not done, only asked for.
NOT_DONE = (
    *("build.build", "check.check", "serve.serve", "serve.serve_live", "serve.pack", "serve.Workshop"),
    *("schemas.write_schemas", "diff.look_at_trees"),
)

#: What reads the project, by name: what it has read before need not be read again.
READERS: Mapping[str, Callable[..., object]] = {
    "read_messages": read_messages,
    "read_rules": read_rules,
    "read_content": read_content,
}


def options() -> list[str]:
    """Every option of every command."""
    found: set[str] = set()
    for command in COMMANDS:
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        found |= set(parser._option_string_actions)
    return sorted(found)


VALUES = (
    *(
        "demo/b1",
        "demo/b1/2",
        "demo/b1/9",
        "demo",
        "1",
        "2",
        "15",
        "13/plain",
        "yaml-tag",
        "nginx",
        "json",
        "ja",
        "en",
        ".",
        "..",
    ),
    *(
        "-1",
        "0",
        "1.5",
        "1e9",
        "9" * 30,
        "9" * 5000,
        "１５",
        "",
        " ",
        "--",
        "-",
        "=",
        "a=b",
        "\udcff",
        "\x1b[2J",
        "\u202e",
        "é",
    ),
    *(
        "nowhere",
        "nowhere/deep",
        "rules",
        "content",
        "public",
        "rules/facts.yaml",
        "/dev/null",
        "/proc/nowhere",
        "x" * 300,
    ),
    *(
        "2022-12-22",
        "2022-02-30",
        "20221222",
        "https://example.org/",
        "javascript:x",
        "HEAD",
        "--output=x",
        "-x",
        "@{-1}",
    ),
)
#: Those that are not made up: several come together, so that commands get far.
ORDERS = (
    *([command.name] for command in COMMANDS),
    *(
        ["new-round", "demo/b1", "4", "--from", "2", "--dry-run"],
        ["fact-check", "demo/b1", "2"],
        ["graph", "demo/b1", "2"],
    ),
    *(
        ["diff", "demo/b1/1", "demo/b1/2"],
        ["rollback", "--to", "2"],
        ["releases"],
        ["explain", "tab"],
        ["headers", "nginx"],
    ),
)


@cache
def _original() -> Path:
    """A project of its own, with small rules, the real content and a site."""
    folder = Path(tempfile.mkdtemp(prefix="arguments-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    original = folder / "original"
    shutil.copytree(PROJECT / "tests" / "good" / "rules", original / "rules")
    shutil.copytree(PROJECT / "content", original / "content")
    for text in (b"1", b"2", b"3"):
        publish({"rules.json": b"{}", "index.html": text}, original / "public")
    return original


@cache
def _files_of_original() -> dict[str, object]:
    return dict(_files(_original()))


def _files(folder: Path) -> Iterator[tuple[str, object]]:
    """Yield the files in a folder, by their paths from it, with what tells whether one has changed."""
    for entry in os.scandir(folder):
        found = entry.stat(follow_symlinks=False)
        if entry.is_symlink():
            yield entry.name, Path(entry.path).readlink()
        elif entry.is_dir():
            yield entry.name, None
            yield from ((f"{entry.name}/{name}", told) for name, told in _files(Path(entry.path)))
        else:
            yield entry.name, (found.st_mode, found.st_size, found.st_mtime_ns)


def _tree() -> Path:
    """The project to work in, as it was at first: what was written over its rules would be met by all that follow."""
    work = _original().with_name("project")
    if not work.is_dir() or dict(_files(work)) != _files_of_original():
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(_original(), work, symlinks=True)
    return work


@cache
def _known() -> Memo:
    """What a reader knows of rules and content as they are; the real content says more than is in the small rules."""
    memo, work = Memo(), _tree()
    rules = read_rules(work / "rules", read_messages(work / "content", memo), memo)
    with contextlib.suppress(GuidanceErrors):
        read_content(work / "content", rules, memo)
    return memo


def check(arguments: list[str]) -> None:
    """Ask for something."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # as strict as the real one
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    before, work, memo = Path.cwd(), _tree(), with_more(_known())
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        for name in NOT_DONE:
            patch.setattr(f"site_builder.commands.{name}", lambda *_, **_named: ())
        for module in ("arguments", "headers", "schemas", "diff"):
            patch.setattr(f"site_builder.commands.{module}.PROJECT", work)
        for module, read in itertools.product(("build", "comparing.trees"), READERS):
            patch.setattr(f"site_builder.{module}.{read}", partial(READERS[read], memo=memo))
        patch.setattr(sys, "argv", ["site_builder"])
        os.chdir(work)
        try:
            code = main(arguments)
        except SystemExit as ended:  # how argparse ends, after its usage or its help
            code = int(ended.code or 0)
        finally:
            os.chdir(before)
    assert code in CODES
    told = "".join(_written(one) for one in (out, err))
    assert code == DONE or told.strip()
    assert "Traceback" not in told


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def _mixed(drawn: tuple[list[str], list[str], int]) -> list[str]:
    order, words, at = drawn
    return [*order[: at % (len(order) + 1)], *words, *order[at % (len(order) + 1) :]]


WORDS = st.sampled_from((*options(), *VALUES)) | st.tuples(st.sampled_from(options()), st.sampled_from(VALUES)).map(
    "=".join
)
ARGUMENTS = st.tuples(st.sampled_from(ORDERS), st.lists(WORDS, max_size=3), st.integers(0, 6)).map(_mixed)

SURFACES = (Surface("arguments", ARGUMENTS.filter(lambda words: "\0" not in "".join(words)), check, 20),)
