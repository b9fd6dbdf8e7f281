"""Terms are found in a page's running text alone, and styles are published shorter and mean the same."""

from __future__ import annotations

import pytest

from calculator.text import Text
from site_builder.render.terms import MOST_TERMS, TermFinder
from site_builder.render.theme import shorter
from site_builder.site.terms import Term


def term(name: str, ja: str) -> Term:
    return Term(name, Text(ja, name), "よみ", None, False, {"ja": (), "en": ()}, None, None, False)


@pytest.mark.parametrize(
    ("main", "is_found"),
    [
        ("<p>補助率は決まっています。</p>", True),
        ("<p>補助<b>率</b></p>", False),
        ("<h2 id='x'>補助率</h2>", False),
        ("<p><a href='./'>補助率</a></p>", False),
        ('<p class="citation">根拠：補助率</p>', False),
        ("<svg><text>補助率</text></svg>", False),
        ("<p><a href='./'>補助率</a>の補助率</p>", True),
        ("<p title='補助率'>率</p>", False),
    ],
)
def test_only_running_text_counts(main: str, is_found: bool) -> None:
    links = TermFinder((term("rate", "補助率"),)).links("ja", main)
    assert [link.path for link in links] == (["ja/glossary/#rate"] if is_found else [])


def test_no_page_lists_more_than_it_can_bear() -> None:
    terms = tuple(term(f"t{number}", chr(0x4E00 + number)) for number in range(MOST_TERMS + 5))
    text = "".join(one.text.ja for one in terms)
    found = TermFinder(terms).links("ja", f"<p>{text}</p>")
    assert [link.text for link in found] == [one.text.ja for one in terms[:MOST_TERMS]]


@pytest.mark.parametrize(
    ("styles", "published"),
    [
        ("/* a */\na { color: red; }\n\nb > i, b  i { margin: 0 1px; }\n", "a{color:red}b>i,b i{margin:0 1px}"),
        ('a::before { content: " { ; } " / ""; }', 'a::before{content:" { ; } " / ""}'),
        ("a { width: calc(1px + 2px); }", "a{width:calc(1px + 2px)}"),
        ("main :is(a, b) { top: 0 }", "main :is(a,b){top:0}"),
        ("@media (min-width: 4rem) and (hover) { a { top: 0 } }", "@media (min-width:4rem) and (hover){a{top:0}}"),
    ],
)
def test_styles_lose_only_what_people_need(styles: str, published: str) -> None:
    assert shorter(styles) == published
