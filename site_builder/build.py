"""The build, as a table of contents: rules and content are read, become a site, which is rendered and published."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from site_builder.memo import Memo
from site_builder.publish import KEPT, publish
from site_builder.render.cards import Cards
from site_builder.render.files import DrawCard, MakeIndex, cards, render, without_index
from site_builder.render.links import check_links
from site_builder.render.offline import SERVICE_WORKER_FILE, service_worker
from site_builder.render.search import SearchIndex, search_index
from site_builder.render.theme import Theme, read_theme
from site_builder.rules import read_rules
from site_builder.rules.model import Rules
from site_builder.rules.proof import prove_examples
from site_builder.runtime import RuntimePackage, pack_runtime
from site_builder.site.content import Content, read_content, read_messages
from site_builder.site.guides import refuse_unknown_names
from site_builder.site.plan import RULES_FILE, Plan, RuntimeFolder, Site
from site_builder.site.public_address import PublicAddress
from site_builder.style import check_style

HERE = Path(__file__).parent
PROJECT = HERE.parent


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is made of: the folders of the rules, of the content and of the theme.

    `address` is where it is published, in place of what `content/site.yaml` says. `as_of` is the day of which pages
    tell, in place of the last on which anything was looked at.
    """

    rules: Path
    content: Path
    address: PublicAddress | None = None
    theme: Path = HERE / "theme"
    as_of: date | None = None


def build(sources: Sources, out: Path, say: Callable[[str], None], works_offline: bool = True) -> None:
    """Publish the site of `sources` in the folder `out`.

    With `works_offline` false, the site ends the service workers that its visitors have from before.

    Raises:
        GuidanceErrors: all that is wrong at the first stage that finds anything.
        RuntimePackingError: what the browser's Python is packed from is missing.
        SearchIndexError: what makes the search index is missing.
        CardError: the font for the pictures of shared links is missing.
        OSError: `out` cannot be written, or holds something that no build has made.
    """
    refuse_other_things(out)
    publish(make_site(sources, pack(say), works_offline, draw=DRAWN, say=say), out)


def refuse_other_things(out: Path) -> None:
    """Keep a slip of the pen from replacing a folder of other things.

    Raises:
        FileExistsError: `out` is neither new, nor empty, nor a site (which has its rules in it).
    """
    if not out.exists() or (out.is_dir() and {one.name for one in out.iterdir()} <= {KEPT}):
        return
    if not (out / RULES_FILE).is_file():
        hint = "name a new folder, an empty one, or one that a build has made"
        raise FileExistsError(f"{out}: there is something else in it than a site\n    hint: {hint}")


def check(sources: Sources) -> None:
    """Make the site of `sources` and throw it away.

    Raises:
        GuidanceErrors: all that is wrong at the first stage that finds anything.
    """
    make_site(sources, RuntimePackage({}, "runtime-not-packed"), make_index=without_index)


#: Pictures of shared links are drawn once, and kept for later builds.
DRAWN = Cards(PROJECT / "node_modules", PROJECT / ".cache" / "cards").drawn


def silently(_sentence: str) -> None:
    """Say nothing."""


def with_address(content: Content, address: PublicAddress | None) -> Content:
    """Return the content of a site that is published at `address`, if there is one."""
    return content if address is None else dataclasses.replace(content, address=address)


def make_index(pages: Mapping[str, bytes]) -> SearchIndex:
    """Return what browsers search `pages` with."""
    return search_index(pages, PROJECT / "node_modules")


def make_site(
    sources: Sources,
    runtime: RuntimePackage,
    works_offline: bool = True,
    make_index: MakeIndex = make_index,
    draw: DrawCard | None = None,
    say: Callable[[str], None] = silently,
) -> Mapping[str, bytes | Path]:
    """Return every file of the site, checked, by its path from the root; `say` takes what a builder should know.

    Raises:
        GuidanceErrors: all that is wrong at the first stage that finds anything.
        SearchIndexError: the search index cannot be made.
        CardError: the font for the pictures of shared links is missing.
    """
    return Workshop(sources, runtime, works_offline).files(make_index, draw, say)


class Workshop:
    """Where a site is made again and again from sources that change: nothing twice from the same things."""

    def __init__(self, sources: Sources, runtime: RuntimePackage, works_offline: bool = True) -> None:
        self.sources, self.runtime, self.works_offline = sources, runtime, works_offline
        self.memo = Memo()
        sizes = {name: path.stat().st_size for name, path in sorted(runtime.files.items())}
        self._runtime_folder = RuntimeFolder(runtime.directory_name, sizes)

    def rules(self) -> Rules:
        """Read the rules.

        Raises:
            GuidanceErrors: all that is wrong at the first stage that finds anything.
        """
        return read_rules(self.sources.rules, read_messages(self.sources.content, self.memo), self.memo)

    def content(self, rules: Rules) -> Content:
        """Read the content.

        Raises:
            GuidanceErrors: all that is wrong in it.
        """
        content = with_address(read_content(self.sources.content, rules, self.memo), self.sources.address)
        refuse_unknown_names(rules, content, self.memo)
        return content

    def plan(self, rules: Rules, content: Content) -> Plan:
        """Return the plan of every page.

        Raises:
            GuidanceErrors: two pages have the same address.
        """
        return Plan(rules, content, self._runtime_folder, self.works_offline, self.memo, self.sources.as_of)

    def theme(self) -> Theme:
        """Read the theme.

        Raises:
            GuidanceErrors: it names what there is not.
        """
        return read_theme(self.sources.theme, PROJECT / "node_modules")

    def check_style(self) -> None:
        """Check the style of all that is written.

        Raises:
            GuidanceErrors: all that reads badly.
        """
        check_style(self.sources.rules, self.sources.content, memo=self.memo)

    def files(
        self, make_index: MakeIndex, draw: DrawCard | None, say: Callable[[str], None]
    ) -> Mapping[str, bytes | Path]:
        """Return what `make_site` returns for the sources as they are now; raise what it raises."""
        rules = self.rules()
        self.check_style()
        prove_examples(rules, self.memo)
        content = self.content(rules)
        if content.address.is_reserved:
            name = content.address.text
            say(f"no public address is set ({name} is a reserved name): links between pages stay relative")
        site, theme = self.plan(rules, content).site(), self.theme()
        pages = render(site, theme, make_index, self.memo)
        check_links(pages, site.address, self.memo)
        files = self.beside(site, theme, pages, draw)
        self.memo.forget_others()
        return files

    def beside(
        self, site: Site, theme: Theme, pages: Mapping[str, bytes], draw: DrawCard | None
    ) -> Mapping[str, bytes | Path]:
        """Return the files of `pages` with all that is published beside them."""
        files: Mapping[str, bytes | Path] = {
            **pages,
            **({} if draw is None else cards(site, draw)),
            **{f"{self.runtime.directory_name}/{name}": path for name, path in self.runtime.files.items()},
        }
        return {**files, SERVICE_WORKER_FILE: service_worker(site, files, theme.templates)}


def pack(say: Callable[[str], None]) -> RuntimePackage:
    """Return the browser's Python with the calculator in it."""
    return pack_runtime(PROJECT / "calculator", PROJECT / "node_modules", PROJECT / ".cache", say)
