"""Guides: pages of prose, in which something that is made from the rules may stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from site_builder.rules.model import Rules
from site_builder.site.addresses import HOME, Link, guide_address
from site_builder.site.blocks import BLOCKS, TOLD_BLOCKS
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
