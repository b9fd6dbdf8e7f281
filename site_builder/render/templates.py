"""Pages to HTML, through the templates of the theme. A name that a template does not know is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from site_builder.render.languages import mark_japanese
from site_builder.render.linked_data import linked_data
from site_builder.render.markdown import html_of
from site_builder.render.search import NO_INDEX, SearchIndex
from site_builder.render.terms import TermFinder
from site_builder.render.theme import Theme
from site_builder.site.addresses import seen_from
from site_builder.site.cards import HEIGHT, WIDTH
from site_builder.site.page import Page
from site_builder.site.plan import Site

_AS_TYPED = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
_INDENT = re.compile(r"\n\s+")


class Printer:
    """Prints pages of one site."""

    def __init__(self, site: Site, theme: Theme) -> None:
        self._site = site
        self._theme = theme
        self._templates = _environment(theme.templates)
        self._terms = TermFinder(site.terms)

    def page(self, page: Page, index: SearchIndex = NO_INDEX) -> str:
        """Return the HTML of a page; the one that searches is told where `index` is."""
        to = partial(seen_from, page.path)
        html = self._templates.get_template(page.template).render(
            page=page,
            view=page.view,
            words=self._site.words[page.language],
            site=self._site,
            search_folder=to(f"{index.directory_name}/"),
            to=to,
            whole=self._site.address.of,
            canonical=to if self._site.address.is_reserved else self._site.address.of,
            theme=lambda name: to(self._theme.address(name)),
            card_width=WIDTH,
            card_height=HEIGHT,
            linked_data=linked_data(page, self._site.address),
            markdown=partial(_markdown, page),
            terms_in=partial(self._terms.links, page.language),
        )
        return mark_japanese(_without_indents(html)) if page.language == "en" else _without_indents(html)

    def bare(self, template: str, root: str) -> str:
        """Return the HTML of a page of no language; `root` leads to the root of the site."""
        return self._templates.get_template(template).render(
            all_words=self._site.words,
            site=self._site,
            to=lambda path: f"{root}{path}",
            canonical=(lambda path: path or "./") if self._site.address.is_reserved else self._site.address.of,
            theme=lambda name: f"{root}{self._theme.address(name)}",
        )


def _without_indents(html: str) -> str:
    """Return `html` without spaces at the beginnings of lines and without empty lines, but where text is as typed."""
    parts = _AS_TYPED.split(html)
    return "".join(part if at % 2 else _INDENT.sub("\n", part) for at, part in enumerate(parts))


def filled(templates: Path, name: str, parts: Mapping[str, object]) -> str:
    """Return what a template that is no page of the site makes of `parts`: a script, or a page of its own."""
    return _environment(templates).get_template(name).render(parts)


def _environment(templates: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _markdown(page: Page, text: str) -> Markup:
    """Return the HTML of content; a link to `/sources/` leads to that page in the language of this one."""
    return html_of(text, lambda target: seen_from(page.path, f"{page.language}{target}"))
