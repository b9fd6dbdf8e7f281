"""The form of a text in its two languages: what it is built of, and where its links lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from calculator.text import LANGUAGES
from site_builder.examining.findings import Finding
from site_builder.render.markdown import blocks_in
from site_builder.sources.texts import LANGUAGE_NAMES
from site_builder.style.passages import HIDDEN, Passage

#: What is counted, one and several.
_PARTS = {
    "paragraph_open": ("paragraph", "paragraphs"),
    "list_item_open": ("item of a list", "items of lists"),
    "tr_open": ("row of a table", "rows of tables"),
    "blockquote_open": ("quotation", "quotations"),
    "fence": ("block of code", "blocks of code"),
}
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")


def unlike_shapes(of: str, sides: Mapping[str, Passage]) -> Iterator[Finding]:
    """Yield each kind of parts of which one language has fewer, and the links that only one of them has."""
    yield from _fewer_parts(of, sides)
    yield from _lone_links(of, sides)


def _fewer_parts(of: str, sides: Mapping[str, Passage]) -> Iterator[Finding]:
    if not any("\n" in side.raw.strip() for side in sides.values()):
        return
    counts = {language: _parts_of(side.raw) for language, side in sides.items()}
    for kind, (_, several) in _PARTS.items():
        fewer, more = sorted(LANGUAGES, key=lambda language: counts[language][kind])
        least, most = counts[fewer][kind], counts[more][kind]
        if least != most:
            sentence = f"{_counted(kind, least)} in {LANGUAGE_NAMES[fewer]}, and {most} in {LANGUAGE_NAMES[more]}"
            hint = f"say the same in both languages, part by part; {_other(sides[more], more)}"
            place = sides[fewer].place(0, len(sides[fewer].raw.partition("\n")[0]))
            yield Finding("parts-differ", place, f"{of} {_name(sides['ja'])} {several}", sentence, hint)


def _lone_links(of: str, sides: Mapping[str, Passage]) -> Iterator[Finding]:
    links = {language: list(_LINK.finditer(side.raw)) for language, side in sides.items()}
    for here, there in (LANGUAGES, LANGUAGES[::-1]):
        left = Counter(link["target"] for link in links[there])
        for link in links[here]:
            left[link["target"]] -= 1
            if left[link["target"]] < 0:
                target = link["target"]
                sentence = f"the link {target} stands in {LANGUAGE_NAMES[here]} only, or more often"
                hint = f"write it in both languages, or in none; {_other(sides[there], there)}"
                place = sides[here].place(*link.span("target"))
                yield Finding("link-in-one-language", place, f"{of} {target}", sentence, hint)


def _parts_of(text: str) -> Counter[str]:
    """Count the parts of a text by the library's names for them; a heading is compared elsewhere."""
    return Counter(blocks_in(text))


def _counted(kind: str, number: int) -> str:
    one, several = _PARTS[kind]
    return f"{number} {one if number == 1 else several}"


def _name(passage: Passage) -> str:
    """Return the first line of a passage without its markup."""
    return passage.text.lstrip(f"\n{HIDDEN}").partition("\n")[0].replace(HIDDEN, "").strip()


def _other(passage: Passage, language: str) -> str:
    place = passage.place(0, 1)
    return f"the {LANGUAGE_NAMES[language]} is at {place.path}:{place.line}; else say in rules/accepted.yaml why not"
