"""Pages to HTML, through the templates of the theme. A name that a template does not know is an error.

What is named after its contents (the folder of the theme, that of the search index, the rules) is written into a page
last of all: so a page is printed again only where something changes that it says.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import re
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, cast

import jinja2
from markupsafe import Markup

from calculator.text import Language
from site_builder.errors import GuidanceError, Place
from site_builder.hosting.headers import SECURITY_HEADERS, policy_in_page
from site_builder.memo import Memo
from site_builder.render.bill import BILL_FILE
from site_builder.render.headings import keep_whole
from site_builder.render.languages import mark_japanese
from site_builder.render.linked_data import linked_data
from site_builder.render.markdown import html_of
from site_builder.render.terms import TermFinder
from site_builder.render.theme import Theme
from site_builder.site.addresses import seen_from
from site_builder.site.cards import HEIGHT, WIDTH
from site_builder.site.fact_check import FactSheet
from site_builder.site.page import Page
from site_builder.site.plan import RULES_FILE, RuntimeFolder, Site
from site_builder.site.public_address import PublicAddress
from site_builder.site.terms import Term
from site_builder.site.wording import Words

#: Where templates lie, as errors call it.
TEMPLATES = "site_builder/theme/templates"
_AS_TYPED = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
_INDENT = re.compile(r"\n\s+")
#: A line's end between two elements that stand on lines of their own anyway, or are not shown at all. To begin with it
#: and then look back is found many times faster.
_BETWEEN_BLOCKS = re.compile(
    r"\n(?<=>\n)(?=</?(?:body|caption|circle|dd|details|div|dl|dt|fieldset|footer|form|h[1-6]|head|header|label|legend|link|main"
    r"|meta|nav|noscript|ol|option|p|path|script|section|select|summary|svg|table|tbody|td|template|th|thead|title|tr|ul)\b|</li>)"
)
_OPTIONS: Mapping[str, Any] = {
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,  # what is printed of one site comes from the templates as they were at its beginning
}
#: What stands for a name that is written last: signs that no text has.
_GAP = "\ue000{}\ue001"
_GAP_BEGINS, _GAP_ENDS = (sign.encode() for sign in _GAP.split("{}"))
#: How an address goes on behind the name of the theme, where it asks for a style or a script.
_OF_THEME = re.compile(rb'/((?:styles|scripts)/[^"]+)"')
#: Where a style is asked for that lies beside the page.
_BESIDE = re.compile(rb'rel="stylesheet" href="([^"/]+)"')
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LastNames:
    """What is written into pages last: folders that are named after their contents; the rules' name and their bytes.

    `seals` are the hashes of the theme's files, by which a browser refuses a style or a script with other contents; it
    takes any where there are none.
    """

    theme: str
    search: str
    edition: str
    rules_bytes: str
    seals: Mapping[str, str] = field(default_factory=dict)

    def written(self, html: bytes, beside: Mapping[str, str] = NOTHING) -> bytes:
        """Return the page `html` as it is published; `beside` are the hashes of the files beside it."""
        before, *parts = html.split(_GAP_BEGINS)
        page = b"".join((before, *map(self._filled, parts)))
        return _BESIDE.sub(lambda match: match[0] + _seal(beside, match), page) if beside and self.seals else page

    def _filled(self, part: bytes) -> bytes:
        """Return a part of a page that begins in a gap, with the name that belongs there."""
        gap, end, rest = part.partition(_GAP_ENDS)
        name = gap.decode()
        if not end or name not in _WRITTEN_LAST:
            return _GAP_BEGINS + part
        asked = _OF_THEME.match(rest) if name == "theme" and self.seals else None
        if asked is not None:
            rest = asked[0] + _seal(self.seals, asked) + rest[asked.end() :]
        return str(getattr(self, name)).encode() + rest


def _seal(seals: Mapping[str, str], asked: re.Match[bytes]) -> bytes:
    return f' integrity="{seals[asked[1].decode()]}"'.encode()


_WRITTEN_LAST = ("theme", "search", "edition", "rules_bytes")
_GAPS = LastNames(**{name: _GAP.format(name) for name in _WRITTEN_LAST})  # type: ignore[arg-type]  # none is the seals


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What templates know of the site around a page."""

    words: Mapping[Language, Words]
    runtime: RuntimeFolder
    works_offline: bool
    address: PublicAddress
    notice: Mapping[Language, str]
    preview: Mapping[Language, str] | None
    edition: str = _GAPS.edition
    rules_bytes: str = _GAPS.rules_bytes
    rules_file: str = RULES_FILE


class Printer:
    """Prints pages of one site; `styled` are the names of the theme's published files."""

    def __init__(
        self,
        around: Surroundings,
        terms: tuple[Term, ...],
        templates: Mapping[str, str],
        styled: tuple[str, ...],
        memo: Memo,
        compiled: Path | None = None,
    ) -> None:
        self._around, self._styled = around, frozenset(styled)
        self._sheets = Sheets(templates, memo, compiled)
        self._terms = TermFinder(terms)
        self._lists: dict[tuple[str, Language, tuple[str, ...]], Markup] = {}

    @classmethod
    def of(cls, site: Site, theme: Theme, memo: Memo) -> Printer:
        """Return what prints pages of `site`: the same as long as nothing but its pages and its rules changes."""
        said = (site.notice, site.preview)
        around = memo.made(Surroundings, site.words, site.runtime, site.works_offline, site.address, *said)
        templates = memo.same("templates", theme.templates)
        return memo.made(cls, around, site.terms, templates, tuple(theme.files), memo, theme.compiled)

    def page(self, page: Page) -> bytes:
        """Return the HTML of a page, with gaps for the last names.

        Raises:
            GuidanceError: a template cannot print it.
        """
        to, address = partial(seen_from, page.path), self._around.address
        html = self._sheets.filled(
            page.template,
            page=page,
            view=page.view,
            **_allowed(page.path),
            words=self._around.words[page.language],
            site=self._around,
            search_folder=to(f"{_GAPS.search}/"),
            to=to,
            whole=address.of,
            canonical=to if address.is_reserved else address.of,
            theme=lambda name: to(self._theme(name)),
            bill_file=BILL_FILE,
            card_width=WIDTH,
            card_height=HEIGHT,
            linked_data=linked_data(page, address),
            markdown=partial(_markdown, page),
            terms_in=partial(self._terms.links, page.language),
            ways_in=partial(self._ways_in, page),
        )
        html = _without_indents(html)
        return (mark_japanese(html) if page.language == "en" else keep_whole(html)).encode()

    def bare(self, template: str, root: str) -> bytes:
        """Return the HTML of a page of no language, with gaps for the last names; `root` leads to the site's root."""
        address = self._around.address
        html = self._sheets.filled(
            template,
            all_words=self._around.words,
            **_allowed(""),
            site=self._around,
            to=lambda path: f"{root}{path}",
            canonical=(lambda path: path or "./") if address.is_reserved else address.of,
            theme=lambda name: f"{root}{self._theme(name)}",
        )
        return html.encode()

    def _ways_in(self, page: Page, template: str, names: Sequence[str]) -> Markup:
        """Return the list that a template makes of the ways from a page to those called `names` in its language.

        It is made once for all pages from which they are the same, which are most.
        """
        ways = tuple(seen_from(page.path, f"{page.language}/{name}") for name in names)
        key = (template, page.language, ways)
        if key not in self._lists:
            named = [(name.rstrip("/") or "home", way) for name, way in zip(names, ways, strict=True)]
            html = self._sheets.filled(template, ways=named, words=self._around.words[page.language])
            self._lists[key] = Markup(html)  # noqa: S704 - the template has escaped it
        return self._lists[key]

    def _theme(self, name: str) -> str:
        """Return the path of a published file of the theme from the root of the site.

        Raises:
            KeyError: there is none.
        """
        if name not in self._styled:
            raise KeyError(name)
        return f"{_GAPS.theme}/{name}"


def _allowed(path: str) -> Mapping[str, object]:
    """Return what the page at `path` says of itself to browsers, where a host sends no headers of ours."""
    policy = Markup(policy_in_page(f"/{path}"))  # noqa: S704 - all of it stands in the table
    return {"policy": policy, "referrer": SECURITY_HEADERS["Referrer-Policy"]}


def _without_indents(html: str) -> str:
    """Return `html` without the spaces that only set templates out, but where text is as typed."""
    parts = _AS_TYPED.split(html)
    return "".join(
        part if at % 2 else _BETWEEN_BLOCKS.sub("", _INDENT.sub("\n", part)) for at, part in enumerate(parts)
    )


def sheet(templates: Mapping[str, str], found: FactSheet) -> str:
    """Return a fact-check sheet as one HTML file that needs no other."""
    words: dict[str, object] = {language: one.words for language, one in found.wordings.items()}
    return text_of(templates, "fact-check.html", {"sheet": found, **words})


def text_of(templates: Mapping[str, str], name: str, parts: Mapping[str, object]) -> str:
    """Return what the template `name`, which is of no page, makes of `parts`; `templates` are the texts by name."""
    return Sheets(templates, Memo()).filled(name, **parts)


class Sheets(jinja2.BaseLoader):
    """The templates of a theme, the text of each by its name.

    What the memo knows is not compiled again, nor what an earlier build has left in the folder `compiled`.
    """

    def __init__(self, texts: Mapping[str, str], memo: Memo, compiled: Path | None = None) -> None:
        self._texts, self._memo, self._compiled = texts, memo, compiled
        self._environment = _environment(self)

    def filled(self, name: str, /, **parts: object) -> str:
        """Return the template `name` with `parts` in it.

        Raises:
            GuidanceError: it is none, or asks for what there is not.
        """
        with self._faults():
            return self._environment.get_template(name).render(parts)

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: Mapping[str, object] | None = None,  # noqa: A002 - so called by Jinja
    ) -> jinja2.Template:
        """Return the template `name`, as Jinja asks for it."""
        if name not in self._texts:
            raise jinja2.TemplateNotFound(name)
        code = self._memo.made(_code, name, self._texts[name], self._compiled)
        return environment.template_class.from_code(environment, code, dict(globals or {}))

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Tell what goes wrong in a template at its line."""
        try:
            yield
        except jinja2.TemplateSyntaxError as error:
            raise self._error(error.name or "", error.lineno, error.message or "it cannot be read") from error
        except (jinja2.TemplateError, KeyError) as error:
            lines = [one for one in traceback.extract_tb(error.__traceback__) if one.filename in self._texts]
            if not lines:
                raise
            what = f"there is no {error}" if isinstance(error, KeyError) else str(error)
            raise self._error(lines[-1].filename, lines[-1].lineno or 1, what) from error

    def _error(self, name: str, line: int, sentence: str) -> GuidanceError:
        source = dict(enumerate(self._texts.get(name, "").splitlines(), 1)).get(line, "")
        start = len(source) - len(source.lstrip())
        place = Place(f"{TEMPLATES}/{name}", line, start + 1, max(1, len(source) - start), source)
        hint = "mend the template, or give it what it asks for"
        return GuidanceError(place, f"this template cannot be printed: {sentence}", hint, "template")


def _environment(loader: jinja2.BaseLoader | None = None) -> jinja2.Environment:
    return jinja2.Environment(loader=loader, autoescape=True, **_OPTIONS)


def _code(name: str, text: str, folder: Path | None) -> CodeType:
    """Return a template as code, which is kept in `folder` for later builds, as Python keeps that of modules."""
    if folder is None:
        return _environment().compile(text, name, name)
    made_by = (jinja2.__version__, sys.implementation.cache_tag, repr(_OPTIONS))
    file = folder / hashlib.sha256("\0".join((*made_by, name, text)).encode()).hexdigest()
    with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
        return cast("CodeType", marshal.loads(file.read_bytes()))  # noqa: S302 - written by an earlier build
    code = _environment().compile(text, name, name)
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(marshal.dumps(code))
    part.replace(file)
    return code


def _markdown(page: Page, text: str) -> Markup:
    """Return the HTML of content; a link to `/sources/` leads to that page in the language of this one."""
    return html_of(text, lambda target: seen_from(page.path, f"{page.language}{target}"))
