"""Guides: pages of prose, in which something that is made from the rules may stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from calculator.text import LANGUAGES
from site_builder.errors import GuidanceError, GuidanceErrors, Place, name_hint
from site_builder.memo import Memo
from site_builder.rules.model import Rules
from site_builder.site.addresses import HOME, Link, guide_address
from site_builder.site.blocks import BLOCKS, TOLD_BLOCKS
from site_builder.site.content import GUIDES, Content
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.structured import questions_of
from site_builder.site.wording import Wording


@runtime_checkable
class HasFiles(Protocol):
    """What a block shows, where files lie beside the page for it: their text by their names."""

    @property
    def files(self) -> Mapping[str, str]:
        """The text of each file by its name."""


@dataclass(frozen=True, slots=True)
class GuideView:
    """The prose, and what each block in it shows, by the block's call: its template is `blocks/<name>.html`."""

    prose: Prose
    blocks: Mapping[str, object]


def refuse_unknown_names(rules: Rules, content: Content, memo: Memo | None = None) -> None:
    """Keep a block from showing nothing because what it is told to show has another name in the rules.

    Raises:
        GuidanceErrors: a block is told of something that the rules do not have.
    """
    memo = Memo() if memo is None else memo
    errors = [
        GuidanceError(
            Place(f"content/guides/{guide}.{language}.md"),
            f"the block '{block}' is told of '{name}', which it does not find in the rules",
            name_hint(name, known, "name what the rules have"),
            "unknown-name-in-block",
        )
        for language in LANGUAGES
        for guide in GUIDES
        for block in dict.fromkeys(content.prose[language][f"guides/{guide}"].blocks)
        for name, known in _unknown_names(block, rules, memo)
    ]
    if errors:
        raise GuidanceErrors(errors)


def _unknown_names(block: str, rules: Rules, memo: Memo) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each name that the block does not know, with those that it does."""
    kind, *told = block.split()
    known = memo.made(TOLD_BLOCKS[kind].names, rules) if kind in TOLD_BLOCKS else frozenset()
    yield from ((name, known) for name in (one.split("=")[0] for one in told) if name not in known)


def guide_page(name: str, shown: Mapping[str, object], prose: Prose, wording: Wording) -> Page:
    """Plan the guide `name` in one language, that of `prose`; `shown` is what each of its blocks shows."""
    return Page(
        address=guide_address(name),
        language=wording.language,
        template="guide.html",
        title=prose.title,
        description=prose.description,
        view=GuideView(prose, shown),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
        files={name: text for one in shown.values() if isinstance(one, HasFiles) for name, text in one.files.items()},
        questions=questions_of(prose),
    )


def shown_in(block: str, rules: Rules, wording: Wording) -> object:
    """Return what a block shows, by its call."""
    kind, *told = block.split()
    if kind in TOLD_BLOCKS:
        return TOLD_BLOCKS[kind].show(rules, wording, tuple(told))
    return BLOCKS[kind](rules, wording)
