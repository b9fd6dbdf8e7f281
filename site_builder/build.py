"""The build, as a table of contents: rules and content are read, become a site, which is rendered and published."""

from __future__ import annotations

import dataclasses
import gc
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from site_builder.crew import usual
from site_builder.digests import sha256_of
from site_builder.errors import Gathering
from site_builder.hosting.hosts import Hosting, files_for
from site_builder.lazy import joined
from site_builder.memo import Memo
from site_builder.publishing import KEPT, Release, Shelf, files_of, publish
from site_builder.publishing.manifest import MANIFEST, manifest_of
from site_builder.render.cards import Cards
from site_builder.render.compression import compressed
from site_builder.render.files import DrawCard, MakeIndex, cards, render, without_index
from site_builder.render.links import check_links, written_links
from site_builder.render.offline import SERVICE_WORKER_FILE, service_worker
from site_builder.render.search import SearchIndex, search_index
from site_builder.render.templates import sheet
from site_builder.render.theme import Theme, read_templates, read_theme
from site_builder.rules import read_rules
from site_builder.rules.model import Rules
from site_builder.runtime import RuntimePackage, pack_runtime
from site_builder.site.asked import refuse_unasked
from site_builder.site.content import Content, interface_places, read_content, read_messages
from site_builder.site.fact_check import fact_sheet
from site_builder.site.plan import RULES_FILE, Plan, RuntimeFolder, Site, with_edition
from site_builder.site.public_address import PublicAddress
from site_builder.site.unconfirmed import unconfirmed_lines
from site_builder.stages import SILENT, Stages
from site_builder.style import check_style
from site_builder.survey import read_sources

HERE = Path(__file__).parent
PROJECT = HERE.parent
#: What templates have been compiled to, kept for later builds.
COMPILED = PROJECT / ".cache" / "templates"
#: A site that any server can send.
NO_HOST = Hosting()
#: Sees every file of a site, by its path from the root, before it is published.
Look = Callable[[Mapping[str, bytes | Path]], None]


@dataclass(frozen=True, slots=True)
class Publication:
    """How a site is published.

    Attributes:
        hosting: what is put into the site besides, for the host.
        shelf: where earlier sites are kept; if None, beside the folder of the site.
        look: sees every file before anything is published.
        is_published: if not, all is made and nothing is written.
    """

    hosting: Hosting = NO_HOST
    shelf: Shelf | None = None
    look: Look | None = None
    is_published: bool = True


#: For any server.
ANYWHERE = Publication()


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


def build(
    sources: Sources,
    out: Path,
    say: Callable[[str], None],
    works_offline: bool = True,
    stages: Stages = SILENT,
    publication: Publication = ANYWHERE,
) -> None:
    """Publish the site of `sources` in the folder `out`.

    Args:
        sources: what the site is made of.
        out: the folder of the site.
        say: takes what a builder should know.
        works_offline: if not, the site ends the service workers that its visitors have from before.
        stages: is told what is being done.
        publication: what is published, and how.

    Raises:
        GuidanceErrors: all that is wrong in rules and content.
        RuntimePackingError: what the browser's Python is packed from is missing.
        SearchIndexError: what makes the search index is missing.
        CardError: the font for the pictures of shared links is missing.
        OSError: `out` cannot be written, or holds something that no build has made.
    """
    refuse_other_things(out)
    with stages.stage("pack the calculator"):
        runtime = pack(say)
    files = make_site(sources, runtime, works_offline, draw=DRAWN, say=say, stages=stages)
    with stages.stage("write the site"):
        whole = for_host(files, publication.hosting)
        if publication.look is not None:
            publication.look(whole)
        if publication.is_published:
            publish(whole, out, publication.shelf)


def for_host(files: Mapping[str, bytes | Path], hosting: Hosting) -> Mapping[str, bytes | Path]:
    """Return the files of a site with what its host wants to find in it, and the list of all of them."""
    copies = compressed(files, PROJECT / ".cache" / "compressed") if hosting.is_compressed else {}
    whole = joined(files, copies, files_for(hosting.host, files))
    return joined(whole, {MANIFEST: manifest_of(whole)})


def described(release: Release) -> str:
    """Return a line on a release: its name, when it was built, the edition of its rules, and how many pages it has."""
    pages = sum(name.endswith(".html") for name in files_of(release.folder))
    try:
        edition = json.loads((release.folder / RULES_FILE).read_bytes())["edition"]
    except (OSError, ValueError, KeyError):
        edition = "unknown"
    return f"{release.name}  built {release.built:%Y-%m-%d %H:%M} UTC  rules {edition}  {pages} pages"


def refuse_other_things(out: Path) -> None:
    """Keep a slip of the pen from replacing a folder of other things.

    Raises:
        FileExistsError: `out` is neither new, nor empty, nor a site (which has its rules or its list of files in it).
    """
    if not out.exists() or (out.is_dir() and {one.name for one in out.iterdir()} <= {KEPT}):
        return
    if not any((out / name).is_file() for name in (RULES_FILE, MANIFEST)):
        hint = "name a new folder, an empty one, or one that a build has made; move a site away that has lost its files"
        raise FileExistsError(f"{out}: there is something else in it than a site\n    hint: {hint}")


def silently(_sentence: str) -> None:
    """Say nothing."""


def check(sources: Sources, stages: Stages = SILENT, say: Callable[[str], None] = silently) -> None:
    """Make the site of `sources` and throw it away; `say` takes what a builder should know.

    Raises:
        GuidanceErrors: all that is wrong in rules and content.
    """
    make_site(sources, RuntimePackage({}, "runtime-not-packed"), make_index=without_index, stages=stages, say=say)


#: Pictures of shared links are drawn once, and kept for later builds.
DRAWN = Cards(PROJECT / "node_modules", PROJECT / ".cache" / "cards").drawn


def with_address(content: Content, address: PublicAddress | None) -> Content:
    """Return the content of a site that is published at `address`, if there is one."""
    return content if address is None else dataclasses.replace(content, address=address)


def make_index(pages: Mapping[str, bytes]) -> SearchIndex:
    """Return what browsers search `pages` with."""
    return search_index(pages, PROJECT / "node_modules")


def make_index_once(pages: Mapping[str, bytes]) -> SearchIndex:
    """Return the same as `make_index`; what it was for the same pages is kept for later builds."""
    return search_index(pages, PROJECT / "node_modules", PROJECT / ".cache" / "search")


def rules_of(sources: Sources) -> Rules:
    """Return the rules of `sources`, resolved, without what is written about them.

    Raises:
        GuidanceErrors: all that is wrong in them.
    """
    return read_rules(sources.rules, read_messages(sources.content))


def make_fact_sheet(sources: Sources, rule_set: str, number: int | None) -> str:
    """Return the sheet on which a round is checked against its documents, as one HTML file.

    Raises:
        GuidanceErrors: all that is wrong in the rules, or else in the content.
        WrongUsageError: there is no such round.
    """
    rules = with_edition(rules_of(sources))
    found = fact_sheet(rules, read_content(sources.content, rules).interface, rule_set, number)
    return sheet(read_templates(sources.theme / "templates"), found)


def make_site(
    sources: Sources,
    runtime: RuntimePackage,
    works_offline: bool = True,
    make_index: MakeIndex = make_index_once,
    draw: DrawCard | None = None,
    say: Callable[[str], None] = silently,
    stages: Stages = SILENT,
) -> Mapping[str, bytes | Path]:
    """Return every file of the site, checked, by its path from the root; `say` takes what a builder should know.

    Raises:
        GuidanceErrors: all that is wrong in rules and content.
        SearchIndexError: the search index cannot be made.
        CardError: the font for the pictures of shared links is missing.
    """
    gc.freeze()  # nothing that is imported becomes rubbish: it is not looked through for any, again and again
    try:
        return Workshop(sources, runtime, works_offline, usual()).files(make_index, draw, say, stages)
    finally:
        gc.unfreeze()


class Workshop:
    """Where a site is made again and again from sources that change: nothing twice from the same things.

    What is made only once is made sooner by several `processes`.
    """

    def __init__(
        self, sources: Sources, runtime: RuntimePackage, works_offline: bool = True, processes: int = 1
    ) -> None:
        self.sources, self.runtime, self.works_offline = sources, runtime, works_offline
        self.memo = Memo(processes)
        sizes = {name: path.stat().st_size for name, path in sorted(runtime.files.items())}
        hashes = {name: sha256_of(path).hex() for name, path in sorted(runtime.files.items())}
        self._runtime_folder = RuntimeFolder(runtime.directory_name, sizes, hashes)

    def rules(self) -> Rules:
        """Read the rules.

        Raises:
            GuidanceErrors: all that is wrong in them.
        """
        return read_rules(self.sources.rules, read_messages(self.sources.content, self.memo), self.memo)

    def content(self, rules: Rules) -> Content:
        """Read the content.

        Raises:
            GuidanceErrors: all that is wrong in it.
        """
        return with_address(read_content(self.sources.content, rules, self.memo), self.sources.address)

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
        return read_theme(self.sources.theme, PROJECT / "node_modules", self.memo, COMPILED)

    def check_style(self) -> None:
        """Check the style of all that is written, and that all of it is asked for.

        Raises:
            GuidanceErrors: all that reads badly, and the interface words that nobody asks for.
        """
        sources, errors = self.sources, Gathering()
        errors.attempt(partial(check_style, sources.rules, sources.content, memo=self.memo))
        places = interface_places(sources.content, self.memo)
        errors.attempt(partial(refuse_unasked, places, sources.theme / "templates"))
        errors.close()

    def check_links(self, pages: Mapping[str, bytes], address: PublicAddress) -> None:
        """Follow every link within the site.

        Raises:
            GuidanceErrors: a link leads to what is not there, or a file of the content cannot be read.
        """
        check_links(pages, address, written_links(self.sources.content, self.memo), self.memo)

    def files(
        self, make_index: MakeIndex, draw: DrawCard | None, say: Callable[[str], None], stages: Stages = SILENT
    ) -> Mapping[str, bytes | Path]:
        """Return what `make_site` returns for the sources as they are now; raise what it raises."""
        sources = self.sources
        read = read_sources(sources.rules, sources.content, sources.theme / "templates", self.memo, stages)
        rules, content = read.rules, with_address(read.content, sources.address)
        for line in unconfirmed_lines(rules):
            say(line)
        if content.address.is_reserved:
            name = content.address.text
            say(f"no public address is set ({name} is a reserved name): links between pages stay relative")
        with read.together():
            with stages.stage("plan the pages"):
                site = self.plan(rules, content).site()
            with stages.stage("render the pages"):
                theme = self.theme()
                pages = render(site, theme, make_index, self.memo)
            with stages.stage("follow the links"):
                self.check_links(pages, site.address)
        files = self.beside(site, theme, pages, draw)
        self.memo.forget_others()
        return files

    def beside(
        self, site: Site, theme: Theme, pages: Mapping[str, bytes], draw: DrawCard | None
    ) -> Mapping[str, bytes | Path]:
        """Return the files of `pages` with all that is published beside them."""
        files: Mapping[str, bytes | Path] = joined(
            pages,
            {} if draw is None else cards(site, draw, self.memo),
            {f"{self.runtime.directory_name}/{name}": path for name, path in self.runtime.files.items()},
        )
        return joined(files, {SERVICE_WORKER_FILE: service_worker(site, files, theme.templates)})


def pack(say: Callable[[str], None]) -> RuntimePackage:
    """Return the browser's Python with the calculator in it."""
    return pack_runtime(PROJECT / "calculator", PROJECT / "node_modules", PROJECT / ".cache", say)
