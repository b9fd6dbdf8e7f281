"""A site that is made as it is looked at: changed sources go in, the page that is open comes out first.

One thread makes everything, in this order: what was saved is read; the pages that are open in browsers are made and
told; then what else is asked for; in between, step by step, all other pages and what is checked only of a whole site.
Whatever is asked for waits for what was saved before: nothing old is ever given as if it were new. Nothing waits for
the rest: it is broken off, wherever it is, when a file changes or somebody asks, and goes on from what it has made.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from site_builder.build import DRAWN, Workshop, make_index
from site_builder.live.trouble import Trouble
from site_builder.live.watching import Watch
from site_builder.memo import Memo
from site_builder.render.files import card_of, encoded, last_names, printed, printer_of, render
from site_builder.render.links import anchors
from site_builder.render.offline import SERVICE_WORKER_FILE, service_worker
from site_builder.render.search import NO_INDEX, SearchIndex
from site_builder.render.templates import Printer
from site_builder.render.theme import Theme
from site_builder.rules.model import Rules
from site_builder.rules.proof import proofs
from site_builder.site.addresses import CHANGES, NEWS, SEARCH
from site_builder.site.cards import FILE as CARD
from site_builder.site.plan import RULES_FILE, Plan
from site_builder.site.search import is_found
from site_builder.site.unconfirmed import unconfirmed_lines

T = TypeVar("T")

#: So long after one look at the files comes the next: at least, and at most where there are very many files.
SECONDS_BETWEEN_LOOKS = 0.025
MOST_SECONDS_BETWEEN_LOOKS = 0.1
#: In between is so many times as long as the look took.
LOOKS_BETWEEN_LOOKS = 4
#: So long nothing is tried again after a mistake of this program.
SECONDS_AFTER_A_CRASH = 1.0
#: So long after somebody asked for something the rest is left, so that a browser can load a page with all its parts.
SECONDS_OF_QUIET = 0.2
#: So many former themes are known by their names: a page may have been given just before the theme was saved.
FORMER_THEMES = 8
#: How the paths of pages end that tell of all others, and are made last.
_LAST = tuple(f"/{'/'.join(address.parts)}/" for address in (CHANGES, NEWS, SEARCH))


@dataclass(frozen=True, slots=True)
class State:
    """How a page stands: `page` names what it shows but for its styles, `theme` the folder of those.

    `errors` is what the terminal says too, empty where nothing is wrong.
    """

    page: str
    theme: str
    errors: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A file of the site, or the page for what is not there; None where it cannot be made. `state` is a page's."""

    content: bytes | Path | None
    is_there: bool
    state: State | None = None


class Listener:
    """A browser with a page open: takes how that page stands, whenever that changes, until it is gone."""

    def __init__(self, path: str) -> None:
        self.path, self.is_gone = path, False
        self._changed = threading.Condition()
        self._state: State | None = None

    def tell(self, state: State) -> None:
        """Say how the page stands."""
        with self._changed:
            self._state = state
            self._changed.notify()

    def next(self, seconds: float) -> State | None:
        """Return the state that was told last, once; None where none is told within these seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is not None, seconds)
            state, self._state = self._state, None
            return state


@dataclass(frozen=True, slots=True)
class Edition:
    """The sources as they were read at one moment: all that it takes to make any page of them."""

    rules: Rules
    plan: Plan
    theme: Theme
    printer: Printer
    paths: frozenset[str]


class _GivesWay(BaseException):
    """The rest is broken off, because there is something more urgent."""


class Maker:
    """Makes the site of a workshop while `run` runs in a thread of its own; `say` prints a line in the terminal."""

    def __init__(self, workshop: Workshop, say: Callable[[str], None]) -> None:
        self._workshop, self._memo, self._say = workshop, workshop.memo, say
        self.watch = Watch((workshop.sources.rules, workshop.sources.content, workshop.sources.theme))
        self._edition: Edition | None = None
        self._theme: Theme | None = None
        self._themes: dict[str, Mapping[str, bytes]] = {}
        self._index: SearchIndex | None = None
        self._files: Mapping[str, bytes] | None = None
        self._indexed: tuple[Mapping[str, bytes], Future[SearchIndex]] | None = None
        self._is_whole, self._next_look, self._quiet_from = False, 0.0, 0.0
        self._trouble, self._of_the_rest, self._said, self._unconfirmed = Trouble(), Trouble(), "", ""
        self._later: Iterator[None] = iter(())
        self._asked: deque[tuple[str, Future[Answer]]] = deque()
        self._waiting: list[tuple[str, Future[Answer]]] = []
        self._joining: deque[Listener] = deque()
        self._listeners: list[Listener] = []
        self._wake, self._ended = threading.Event(), False
        self._helper = ThreadPoolExecutor(1)

    # ---- what other threads ask

    def settled(self, path: str) -> bytes | Path | None:
        """Return a file whose folder is named after its contents, which nothing that is saved can change; else None."""
        folder, _, name = path.partition("/")
        if folder == self._workshop.runtime.directory_name:
            return self._workshop.runtime.files.get(name)
        return self._themes.get(folder, {}).get(name)

    def answer(self, path: str) -> Answer:
        """Return what is at `path` (`ja/schedule/`, `rules.json`), made of what was saved last."""
        try:
            return self.ask(path).result()
        except CancelledError:  # the server ends
            return Answer(None, is_there=True)

    def ask(self, path: str) -> Future[Answer]:
        """Return what will have the answer for `path`."""
        asked: Future[Answer] = Future()
        self._asked.append((path, asked))
        self._wake.set()
        return asked

    def listen(self, path: str) -> Listener:
        """Return what is told how the page at `path` stands: at once, and whenever that changes."""
        listener = Listener(path)
        self._joining.append(listener)
        self._wake.set()
        return listener

    def leave(self, listener: Listener) -> None:
        """Tell it nothing more."""
        listener.is_gone = True

    def end(self) -> None:
        """Let `run` return."""
        self._ended = True
        self._wake.set()

    # ---- the thread

    def run(self) -> None:
        """Make the site until the end."""
        gc.disable()  # looking through all objects for cycles takes longer than a page
        self.begin()
        while not self._ended:
            try:
                self.turn()
            except Exception:
                traceback.print_exc()
                self._wake.wait(SECONDS_AFTER_A_CRASH)
        self._helper.shutdown(cancel_futures=True)
        for _, asked in (*self._asked, *self._waiting):
            asked.cancel()
        gc.unfreeze()
        gc.enable()

    def turn(self) -> None:
        """Do what is most urgent; who asks after the look at the files waits for the next look."""
        is_asked, is_joined = bool(self._asked), bool(self._joining)
        changes = self._changes(is_pressing=is_asked or is_joined)
        if changes:
            began = time.perf_counter()
            self.begin()
            took = round(1000 * (time.perf_counter() - began))
            self._say(f"{', '.join(changes[:3])}{' …' if len(changes) > 3 else ''}: read and made in {took} ms")
        elif is_joined:
            self._join(self._joining.popleft())
        elif is_asked:
            self._reply(*self._asked.popleft())
        elif time.monotonic() < self._quiet_from or not self._goes_on():
            self._wake.wait(SECONDS_BETWEEN_LOOKS)
            self._wake.clear()
            return
        if changes or is_joined or is_asked:
            self._quiet_from = time.monotonic() + SECONDS_OF_QUIET

    def _goes_on(self) -> bool:
        """Make a step of the rest, or a part of one if there is something more urgent; say whether it was one."""
        self._memo.at_each = self._give_way
        try:
            return next(self._later, self) is not self
        except _GivesWay:
            self._next_look = 0.0  # what it was broken off for may be a look that tells only that there is a change
            self._later = self._rest(self._edition)
            return True
        finally:
            self._memo.at_each = None

    def _give_way(self) -> None:
        """Break the rest off if there is something more urgent.

        Raises:
            _GivesWay: a file has changed, or somebody asks for something.
        """
        is_urgent = self._ended or bool(self._asked) or bool(self._joining)
        if not is_urgent and time.monotonic() >= self._next_look:
            is_urgent = self._looking(self.watch.is_changed)
        if is_urgent:
            raise _GivesWay

    def _join(self, listener: Listener) -> None:
        """Tell a browser that has come how its page stands: in this thread, so that nothing older comes later."""
        self._listeners = [*(one for one in self._listeners if not one.is_gone), listener]
        answer = self._page(listener.path)
        if answer is not None and answer.state is not None:
            listener.tell(answer.state)

    def _changes(self, *, is_pressing: bool) -> tuple[str, ...]:
        """Look at the files: before anything is given away, else from time to time."""
        if not is_pressing and time.monotonic() < self._next_look:
            return ()
        return self._looking(self.watch.changes)

    def _looking(self, look: Callable[[], T]) -> T:
        """Return what a look at the files finds, and say when the next is due: the more files, the later."""
        began = time.monotonic()
        found = look()
        ended = time.monotonic()
        as_long = min(LOOKS_BETWEEN_LOOKS * (ended - began), MOST_SECONDS_BETWEEN_LOOKS)
        self._next_look = ended + max(SECONDS_BETWEEN_LOOKS, as_long)
        return found

    def begin(self) -> None:
        """Read what was saved, and make the pages that are open."""
        self._trouble, self._of_the_rest = Trouble(), Trouble()
        self._index, self._files, self._is_whole = None, None, False
        self._edition = self._trouble.attempt(self._read)
        self._later = self._rest(self._edition)
        self._tell()

    def _read(self) -> Edition | None:
        """Read everything that can be read; None where that is not all."""
        theme = self._trouble.attempt(self._workshop.theme)
        if theme is not None:
            self._know(theme)
        rules = self._trouble.attempt(self._workshop.rules)
        plan = None if rules is None else self._trouble.attempt(partial(self._plan, rules))
        if theme is None or rules is None or plan is None:
            return None
        self._say_unconfirmed(rules)
        return Edition(rules, plan, theme, printer_of(plan.bare, theme, self._memo), frozenset(plan.paths))

    def _know(self, theme: Theme) -> None:
        """Remember a theme, and the files of the last ones: their folders are named after what is in them."""
        self._theme = theme
        self._themes.pop(theme.directory_name, None)
        self._themes[theme.directory_name] = theme.files
        for name in list(self._themes)[:-FORMER_THEMES]:
            del self._themes[name]

    def _say_unconfirmed(self, rules: Rules) -> None:
        """Say what no document confirms yet, as a build does, whenever that is something else."""
        said = "\n".join(unconfirmed_lines(rules))
        if said and said != self._unconfirmed:
            self._say(said)
        self._unconfirmed = said

    def _plan(self, rules: Rules) -> Plan:
        return self._workshop.plan(rules, self._workshop.content(rules))

    def _tell(self) -> None:
        """Tell each browser how its page stands, and the terminal what is wrong."""
        said = self._trouble.text(self._of_the_rest)
        for listener in (one for one in self._listeners if not one.is_gone):
            answer = self._page(listener.path)
            if answer is not None and answer.state is not None:
                listener.tell(answer.state)
                said = said or answer.state.errors
        if said and said != self._said:
            print(said, file=sys.stderr, flush=True)
        elif self._said and not said:
            self._say("that is mended")
        self._said = said

    # ---- one file

    def _reply(self, path: str, asked: Future[Answer]) -> None:
        trouble = Trouble()
        answer = trouble.attempt(partial(self._found, path))
        if answer is None and not trouble.text() and not self._is_whole:
            self._waiting.append((path, asked))
        elif asked.set_running_or_notify_cancel():
            asked.set_result(
                answer
                or Answer(None, is_there=True, state=State("", "", trouble.text(self._trouble, self._of_the_rest)))
            )

    def _found(self, path: str) -> Answer | None:
        """Return what is at `path`, or the page for what is not there; None while neither can be told."""
        if path == "" or path.endswith("/"):
            return self._page(path)
        edition = self._edition
        content = self.settled(path)
        if content is None and edition is not None:
            content = self._at_once(path, edition)
        if content is None and edition is None:
            return self._page(path)
        if content is None and self._files is not None:
            content = self._files.get(path)
            return self._page(path) if content is None else Answer(content, is_there=True)
        return None if content is None else Answer(content, is_there=True)

    def _page(self, path: str) -> Answer | None:
        """Return the page at `path`, or that for what is not there; None while it cannot be told what stands on it."""
        edition, own = self._edition, Trouble()
        if edition is None:
            return Answer(None, is_there=True, state=State("", "", self._trouble.text(self._of_the_rest)))
        is_there = path == "" or path in edition.paths
        if is_there and self._index is None and path.endswith(f"/{SEARCH.parts[0]}/"):
            return None
        html = own.attempt(partial(self._html, edition, path, is_there=is_there))
        state = State(
            _name_of(html or b"", edition.theme, self._memo),
            edition.theme.directory_name,
            own.text(self._trouble, self._of_the_rest),
        )
        return Answer(html, is_there, state)

    def _html(self, edition: Edition, path: str, *, is_there: bool) -> bytes:
        names = last_names(edition.plan.bare, edition.theme, self._index or NO_INDEX)
        if not is_there:
            return names.written(edition.printer.bare("not-found.html", "/"))
        if path == "":
            return names.written(edition.printer.bare("languages.html", ""))
        return names.written(self._sheet(edition, path))

    def _sheet(self, edition: Edition, path: str) -> bytes:
        return self._memo.made(printed, edition.printer, edition.plan.page(path))

    def _at_once(self, path: str, edition: Edition) -> bytes | Path | None:
        """Return a file that need not wait for the whole site, or None."""
        page = f"{path.rpartition('/')[0]}/"
        if path == RULES_FILE:
            return edition.plan.bare.rules_text.encode()
        if path == SERVICE_WORKER_FILE:
            return service_worker(edition.plan.bare, {}, edition.theme.templates)
        if path == f"{page}{CARD}" and page in edition.paths:
            return DRAWN(card_of(edition.plan.page(page), edition.plan.bare))
        return None

    # ---- all the rest

    def _rest(self, edition: Edition | None) -> Iterator[None]:
        """Make everything else, step by step, and check what is checked of a whole site.

        It may begin again at any time, and is then quick where it was before.
        """
        found = Trouble()
        try:
            found.attempt(self._workshop.check_style)
            yield
            if edition is not None:
                yield from self._checks(edition, found)
                self._tell_of(found)
            if edition is not None and not self._trouble.text(found):
                yield from self._whole(edition, found)
                self._memo.forget_others()
                yield
                _tidy()
        except Exception as error:
            found.add(error)
        self._is_whole = True
        self._tell_of(found)
        waiting, self._waiting = self._waiting, []
        for path, asked in waiting:
            self._reply(path, asked)

    def _tell_of(self, found: Trouble) -> None:
        """Tell what the rest has found."""
        self._of_the_rest = found
        self._tell()

    def _checks(self, edition: Edition, found: Trouble) -> Iterator[None]:
        """Make each page, and prove the worked examples."""
        for path in sorted(edition.paths, key=lambda path: path.endswith(_LAST)):
            found.attempt(partial(self._sheet, edition, path))
            yield
        for wrong in proofs(edition.rules, self._memo):
            for error in wrong:
                found.add(error)
            yield

    def _whole(self, edition: Edition, found: Trouble) -> Iterator[None]:
        """Make the files of the whole site, and follow its links."""
        site = edition.plan.site()
        yield
        searched = tuple((page.file, self._sheet(edition, page.path)) for page in site.pages if is_found(page))
        index = self._index_of(self._memo.made(encoded, searched))
        while not index.done():
            self._wake.wait(SECONDS_BETWEEN_LOOKS)
            self._wake.clear()
            yield
        self._index = index.result()
        files = render(site, edition.theme, self._made_index, self._memo)
        yield
        for name, content in files.items():
            if name.endswith(".html"):
                self._memo.made(anchors, content)
                yield
        found.attempt(partial(self._workshop.check_links, files, site.address))
        self._files = files

    def _index_of(self, searched: Mapping[str, bytes]) -> Future[SearchIndex]:
        """Let the helper make the index of these pages, unless it has."""
        if self._indexed is None or self._indexed[0] is not searched:
            self._indexed = (searched, self._helper.submit(make_index, searched))
        return self._indexed[1]

    def _made_index(self, _searched: Mapping[str, bytes]) -> SearchIndex:
        return self._index or NO_INDEX


def _name_of(html: bytes, theme: Theme, memo: Memo) -> str:
    """Return what names all that a page shows but for its styles."""
    shown = html.replace(theme.directory_name.encode(), b"")
    return hashlib.sha256(shown + memo.made(_all_but_styles, theme)).hexdigest()[:12]


def _all_but_styles(theme: Theme) -> bytes:
    others = {name: content for name, content in theme.files.items() if not name.endswith(".css")}
    return hashlib.sha256(repr(others).encode()).digest()


def _tidy() -> None:
    """Free what hangs together in cycles, and let the next time look at nothing that is kept now."""
    gc.collect()
    gc.freeze()
