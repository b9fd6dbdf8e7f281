"""The self-diagnosis inside pages of other sites, and the page that says how it gets there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from site_builder.rules.model import Rules
from site_builder.site.addresses import EMBED, HOME, Address, Link
from site_builder.site.calls import Call, checked_calls
from site_builder.site.check import check_page
from site_builder.site.openings import Opening
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.wording import Wording

#: In CSS pixels: a question with its answers and buttons stands in it without scrolling, on a phone too.
HEIGHT = 900


@dataclass(frozen=True, slots=True)
class Snippet:
    """What is pasted for one programme: `path` is that of the embedded page, from the site's root."""

    programme: str
    title: str
    path: str

    @property
    def html(self) -> str:
        """Return what is pasted; the reader puts in the address at which the site is published."""
        place = f'src="https://example.jp/{self.path}" title="{self.title}"'
        return f'<iframe {place} loading="lazy" width="100%" height="{HEIGHT}"></iframe>'


@dataclass(frozen=True, slots=True)
class EmbedView:
    """How to put a check on another page."""

    prose: Prose
    snippets: tuple[Snippet, ...]


def embed_page(rules: Rules, prose: Prose, wording: Wording) -> Page:
    """Plan the page that documents the snippets."""
    return Page(
        address=EMBED,
        language=wording.language,
        template="embed.html",
        title=prose.title,
        description=prose.description,
        view=EmbedView(prose, tuple(_snippet(call, wording) for call in embedded_calls(rules))),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
        kind="tool",
    )


def embedded_page(call: Call, rules: Rules, opening: Opening, wording: Wording) -> Page:
    """Plan the check by `call`, one of `embedded_calls`, as other pages show it."""
    page = check_page(call, rules, opening, wording)
    return replace(page, address=embedded_address(call), is_embedded=True, trail=())


def embedded_calls(rules: Rules) -> tuple[Call, ...]:
    """Return of every programme the first call that a self-diagnosis judges by."""
    first = {call.programme.slug: call for call in reversed(checked_calls(rules))}
    return tuple(call for call in checked_calls(rules) if first[call.programme.slug] == call)


def embedded_address(call: Call) -> Address:
    """Return where the check of a programme lives for other pages: an address that outlives the round."""
    return Address((*EMBED.parts, call.programme.slug))


def _snippet(call: Call, wording: Wording) -> Snippet:
    name = wording.say(call.programme.short_name)
    title = wording.fill("embed_frame_title", programme=call.programme.short_name)
    return Snippet(name, title, embedded_address(call).path(wording.language))
