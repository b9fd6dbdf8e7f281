"""Two states of rules and content compared: folders go in; what changes in the rules and on the pages comes out."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from calculator.text import Text
from site_builder.build import Sources, make_site
from site_builder.comparing.calls import CallChanges, State, call_name, compare_calls
from site_builder.comparing.sites import SiteChanges, compare_sites
from site_builder.errors import GuidanceError, GuidanceErrors, WrongUsageError
from site_builder.rules import read_rules
from site_builder.runtime import RuntimePackage
from site_builder.site.content import Content, read_content, read_messages


@dataclass(frozen=True, slots=True)
class TreeChanges:
    """What one state of the sources changes against another.

    `calls` are those of both states in which something differs. `site` is None where pages were not asked for, or
    cannot be made: then `no_pages` says why.
    """

    added: tuple[tuple[str, Text], ...]
    removed: tuple[tuple[str, Text], ...]
    calls: tuple[CallChanges, ...]
    site: SiteChanges | None
    no_pages: str | None


def state_of(sources: Sources) -> State:
    """Return the state of the rules in a tree.

    Raises:
        GuidanceErrors: what is wrong in them.
    """
    return State.of(read_rules(sources.rules, read_messages(sources.content)))


def content_of(sources: Sources, state: State) -> Content:
    """Return the content of a tree.

    Raises:
        GuidanceErrors: what is wrong in it.
    """
    return read_content(sources.content, state.rules)


def compare_trees(
    before: Sources, after: Sources, say: Callable[[str], None], *, with_pages: bool = True
) -> TreeChanges:
    """Compare two trees; `say` takes what goes on, since making all pages twice takes a while.

    Raises:
        GuidanceErrors: what is wrong in the rules of either tree, or in the content of the later one.
    """
    was, now = state_of(before), state_of(after)
    interface = content_of(after, now).interface
    ours, theirs = now.calls, was.calls
    both = [name for name in ours if name in theirs]
    compared = (compare_calls(theirs[name], ours[name], interface, was, now) for name in both)
    site, no_pages = _pages(before, after, say) if with_pages else (None, None)
    return TreeChanges(
        added=tuple((call_name(one), one.round.name) for name, one in ours.items() if name not in theirs),
        removed=tuple((call_name(one), one.round.name) for name, one in theirs.items() if name not in ours),
        calls=tuple(one for one in compared if not one.is_empty),
        site=site,
        no_pages=no_pages,
    )


def _pages(before: Sources, after: Sources, say: Callable[[str], None]) -> tuple[SiteChanges | None, str | None]:
    made = []
    for which, sources in (("earlier", before), ("later", after)):
        say(f"making the pages of the {which} state …")
        try:
            made.append(make_site(sources, RuntimePackage({}, "runtime-not-packed")))
        except (GuidanceError, GuidanceErrors) as error:
            return None, f"those of the {which} state cannot be made by this program: {_first_line(error)}"
    return compare_sites(*made), None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


@contextmanager
def tree_at(revision: str, project: Path) -> Iterator[Sources]:
    """Lay the rules and content of a revision of `project` into a folder while the block runs.

    Raises:
        OSError: git is missing.
        WrongUsageError: the project is no repository, or has no such revision.
    """
    if revision.startswith("-"):  # git would take it for an option
        raise WrongUsageError(f"--since {revision}: this is no revision", "name a commit, a tag or a branch")
    with tempfile.TemporaryDirectory(prefix="state-") as folder:
        archive = Path(folder) / "state.zip"
        command = ["git", "-C", str(project), "archive", "--format=zip", f"--output={archive}", revision, "--"]
        try:
            ended = subprocess.run([*command, "rules", "content"], capture_output=True, text=True, check=False)
        except FileNotFoundError as error:
            hint = "install git, or name a folder with the earlier rules/ and content/ in place of --since"
            raise FileNotFoundError(f"git: the command is not on the path\n    hint: {hint}") from error
        if ended.returncode != 0:
            said = (ended.stderr.strip().splitlines() or ["git says nothing"])[-1]
            hint = "name a commit, a tag or a branch of this repository that has rules/ and content/"
            raise WrongUsageError(f"--since {revision}: {said}", hint)
        with zipfile.ZipFile(archive) as files:
            files.extractall(folder)
        yield tree_in(Path(folder))


def tree_in(folder: Path) -> Sources:
    """Return the sources in a folder.

    Raises:
        WrongUsageError: it has no rules/ and content/.
    """
    for name in ("rules", "content"):
        if not (folder / name).is_dir():
            hint = "name two folders that have rules/ and content/, or two calls such as monozukuri/r3s/13"
            raise WrongUsageError(f"{folder}: there is no folder {name}/ in it", hint)
    return Sources(folder / "rules", folder / "content")
