"""However saving, making, telling and loading fall together: in the end a page shows what was saved last."""

from __future__ import annotations

import random
import re
import shutil
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from site_builder.build import HERE, PROJECT, Sources, Workshop, silently
from site_builder.live import making, watching
from site_builder.live.making import Answer, Listener, Maker
from site_builder.live.watching import Watch
from site_builder.render.files import without_index
from site_builder.rules.model import Rules
from site_builder.runtime import RuntimePackage
from site_builder.site.content import Content
from tests.site.hand_made_content import copy_without_names

PAGE, FILE, TEMPLATE = "ja/documents/", "content/guides/documents.ja.md", "theme/templates/guide.html"
ROUNDS, SAVES, MOST_TURNS = 3, 8, 40


@dataclass
class Writer:
    """Saves one file after the other, at any moment; every save is as long as the one before."""

    folder: Path
    chance: random.Random
    number: int = 100
    left: int = 0
    first: dict[str, str] = field(default_factory=dict)
    latest: dict[str, str] = field(default_factory=dict)

    def perhaps(self, likely: float) -> None:
        if self.left and self.chance.random() < likely:
            self.save()

    def save(self) -> None:
        self.left, self.number = self.left - 1, self.number + 1
        name, old, new = self.chance.choice(
            [
                (FILE, r"\A(# .*\n\n)", f"試しの{self.number}番です。"),
                (TEMPLATE, r"(\{% block main %\})", f"<p>template {self.number}</p>"),
            ]
        )
        file, self.latest[name] = self.folder / name, new
        before = self.first.setdefault(name, file.read_text("utf-8"))
        file.write_text(re.sub(old, rf"\1{new}", before, count=1), "utf-8")


class Meddled(Workshop):
    """A workshop whose files change while they are read."""

    def __init__(self, writer: Writer, sources: Sources) -> None:
        super().__init__(sources, RuntimePackage({}, "runtime-none"))
        self.writer = writer

    def rules(self) -> Rules:
        self.writer.perhaps(0.1)  # the theme has been read
        return super().rules()

    def content(self, rules: Rules) -> Content:
        read = super().content(rules)
        self.writer.perhaps(0.1)
        return read


class MeddledWatch(Watch):
    """A watch after whose looks files change at once."""

    writer: Writer

    def changes(self) -> tuple[str, ...]:
        found = super().changes()
        self.writer.perhaps(0.2)
        return found


class Browser:
    """A browser that shows a page as `live.mjs` keeps it: what it hears of another page makes it load that again."""

    def __init__(self, maker: Maker) -> None:
        self._maker, self.shown, self._name = maker, b"", ""
        self._loading: Future[Answer] | None = maker.ask(PAGE)
        self._listener: Listener | None = None

    def act(self, chance: random.Random) -> None:
        """Do one of the things that a browser does in its own time."""
        chance.choice((self._arrive, self._hear, self._hear, self._lose_the_line))()

    def _arrive(self) -> None:
        if self._loading is None or not self._loading.done():
            return
        answer, self._loading = self._loading.result(), None
        assert isinstance(answer.content, bytes)
        assert answer.state is not None
        self.shown, self._name = answer.content, answer.state.page
        self._lose_the_line()

    def _hear(self) -> None:
        state = None if self._listener is None else self._listener.next(0)
        if state is not None and state.page != self._name:
            self._loading = self._maker.ask(PAGE)

    def _lose_the_line(self) -> None:
        """Listen anew, as a page does when it is loaded, and when it has lost its connection."""
        if not self._name:
            return
        if self._listener is not None:
            self._maker.leave(self._listener)
        self._listener = self._maker.listen(PAGE)


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    for module, name in ((making, "SECONDS_BETWEEN_LOOKS"), (making, "SECONDS_OF_QUIET")):
        monkeypatch.setattr(module, name, 0.0)
    monkeypatch.setattr(watching, "SETTLING_SECONDS", 0.0)
    shutil.copytree(PROJECT / "tests/good/rules", tmp_path / "rules")
    shutil.copytree(HERE / "theme", tmp_path / "theme")
    copy_without_names(tmp_path)
    return Writer(tmp_path, random.Random(5))


def test_in_the_end_a_page_shows_what_was_saved_last(writer: Writer) -> None:
    folder, chance = writer.folder, writer.chance
    sources = Sources(folder / "rules", folder / "content", theme=folder / "theme")
    maker = Maker(Meddled(writer, sources), silently)
    watch = MeddledWatch((folder / "rules", folder / "content", folder / "theme"))
    watch.writer = writer
    maker.watch = watch
    maker.begin()
    browser = Browser(maker)
    for _ in range(ROUNDS):
        writer.left = SAVES
        while writer.left:
            writer.perhaps(0.1)
            chance.choice((maker.turn, lambda: browser.act(chance)))()
        for _ in range(MOST_TURNS):
            maker.turn()
            browser.act(chance)
        assert [text for text in writer.latest.values() if text not in browser.shown.decode()] == []
    assert len(writer.latest) > 1
    # What a page asks for changes while it is open, so that the server seals nothing.
    assert browser.shown == re.sub(rb' integrity="[^"]*"', b"", clean(sources))
    maker.end()
    maker.run()


def clean(sources: Sources) -> bytes:
    """Return the page as it is made of nothing but the files as they are now."""
    made = Workshop(sources, RuntimePackage({}, "runtime-none")).files(without_index, None, silently)
    page = made[f"{PAGE}index.html"]
    assert isinstance(page, bytes)
    return page
