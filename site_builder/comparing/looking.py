"""What is asked of a comparison on the command line: two calls, two trees or a site; lines and a page come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from calculator.text import Language
from site_builder.build import Sources
from site_builder.comparing.calls import compare_calls
from site_builder.comparing.report import report
from site_builder.comparing.sites import Files, compare_sites
from site_builder.comparing.told import told_call, told_site, told_tree
from site_builder.comparing.trees import compare_trees, content_of, state_of
from site_builder.publishing import files_of

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Telling:
    """How a comparison is told: in which languages, with an HTML page or without, and what takes the lines."""

    languages: Sequence[Language]
    html: Path | None
    say: Say

    def lines(self, lines: Iterable[str]) -> None:
        """Tell these lines."""
        for line in lines:
            self.say(line)

    def page(self, make: Callable[[], str]) -> None:
        """Write the page, if there is to be one."""
        if self.html is not None:
            self.html.write_text(make(), encoding="utf-8")
            self.say(f"all of it is in {self.html}")


def look_at_site(files: Files, published: Path, telling: Telling) -> None:
    """Say what publishing `files` would change in the site in the folder `published`, which may be empty or missing."""
    changes = compare_sites(files_of(published) if published.is_dir() else {}, files)
    telling.lines(told_site(changes))
    telling.page(lambda: report(f"the site in {published}", "the new site", site=changes))


def look_at_calls(sources: Sources, before: str, after: str, telling: Telling) -> None:
    """Say what differs between two calls.

    Raises:
        WrongUsageError: there is no such call.
        GuidanceErrors: what is wrong in the sources.
    """
    state = state_of(sources)
    calls = state.call(before), state.call(after)
    changes = compare_calls(*calls, content_of(sources, state).interface, state, state)
    telling.lines((f"A {before}", f"B {after}", *told_call(changes, telling.languages)))
    telling.page(lambda: report(before, after, telling.languages, calls=(changes,)))


def look_at_trees(
    before: tuple[str, Sources], after: tuple[str, Sources], telling: Telling, *, with_pages: bool
) -> None:
    """Say what one state of the sources changes against another; each has a name for its reader.

    Raises:
        GuidanceErrors: what is wrong in them.
    """
    changes = compare_trees(before[1], after[1], telling.say, with_pages=with_pages)
    telling.lines((f"A {before[0]}", f"B {after[0]}", *told_tree(changes, telling.languages)))
    telling.page(lambda: report(before[0], after[0], telling.languages, tree=changes))
