"""The form of a text in its two languages: whatever a page loses in one of them is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder.build import PROJECT
from site_builder.examining.pairs import pairs_of_guide
from site_builder.examining.shapes import unlike_shapes
from site_builder.style.passages import passages_of

PAGES = sorted((PROJECT / "content").rglob("*.ja.md"))
#: What a writer loses, each as it stands in a file: a paragraph, an item of a list, a row of a table, a link.
PARTS = {
    "paragraph": r"(?<=\n\n)[^-*#|{\n0-9][^\n]*\n\n",
    "item": r"(?<=\n)(?:[-*]|[0-9]+\.) [^\n]*\n",
    "row": r"(?<=\|\n)\|(?! ?-)[^\n]*\|\n",
    "link": r"\]\(/[^)]*\)",
}


def told(ja: str, en: str) -> set[str]:
    versions = {"ja": ja, "en": en}
    ours, theirs = (passages_of(text.encode(), f"content/guides/one.{name}.md") for name, text in versions.items())
    pairs = pairs_of_guide(ours, theirs)
    return {one.code for pair in pairs for one in unlike_shapes("one", {"ja": pair.ja, "en": pair.en})}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_a_page_loses_in_one_language_is_told(page: Path) -> None:
    ja = page.read_text(encoding="utf-8")
    en = page.with_name(page.name.replace(".ja.", ".en.")).read_text(encoding="utf-8")
    assert told(ja, en) == set()
    lost = 0
    for name, part in PARTS.items():
        for match in re.finditer(part, en):
            kept = "" if name != "link" else "]"
            less = en[: match.start()] + kept + en[match.end() :]
            assert told(ja, less), f"{name}: {match[0]}"
            lost += 1
    assert lost > 0


def test_a_list_with_blank_lines_is_the_same_list() -> None:
    assert told("# 一\n\n- 甲\n- 乙\n", "# One\n\n- A\n\n- B\n") == set()


def test_a_link_that_one_language_alone_has_is_told_in_a_text_of_one_line_too() -> None:
    assert told("# 一\n\n[甲](/size/)\n", "# One\n\n[A](/size/) and [B](/size/)\n") == {"link-in-one-language"}
