"""Pictures of shared links: their size, their lines, the same bytes, and that no page is without one."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFont
from selectolax.lexbor import LexborHTMLParser

from site_builder.build import PROJECT
from site_builder.render.cards import BOLD, Card, CardError, Cards, _lines, png
from site_builder.site.cards import CardFigure

NODE_MODULES = PROJECT / "node_modules"
RESERVED = "https://monozukuri-guide.example/"
CARD = Card(
    language="ja",
    site="ガイド",
    mark="非公式",
    context="ものづくり補助金　13次締切",
    title="一般型 回復型賃上げ・雇用拡大枠",
    figures=(
        CardFigure("補助金額", "100万円～1,250万円", "条件を満たすと上乗せがあります"),
        CardFigure("補助率", "2/3"),
    ),
    foot="確認してください。",
)


def test_the_same_words_give_the_same_bytes_and_others_do_not() -> None:
    assert png(CARD, NODE_MODULES) == png(CARD, NODE_MODULES)
    assert png(CARD, NODE_MODULES) != png(replace(CARD, title="一般型"), NODE_MODULES)


def test_a_picture_is_drawn_once_and_again_only_for_other_words(tmp_path: Path) -> None:
    cards = Cards(NODE_MODULES, tmp_path / "cards")
    first = cards.drawn(CARD)
    before = first.stat().st_mtime_ns
    assert Cards(NODE_MODULES, tmp_path / "cards").drawn(CARD) == first
    assert first.stat().st_mtime_ns == before
    assert first.read_bytes() == png(CARD, NODE_MODULES)
    assert cards.drawn(replace(CARD, foot="")) != first


def test_a_missing_font_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="is missing") as told:
        Cards(tmp_path, tmp_path / "cards").drawn(CARD)
    assert "make build" in str(told.value)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("100万円～1,250万円", 340, ["100万円～", "1,250万円"]),
        ("ものづくり補助金", 250, ["ものづくり", "補助金"]),
        ("あいうえお（かきくけこ）", 230, ["あいうえお", "（かきくけ", "こ）"]),
        ("短い", 500, ["短い"]),
        ("", 500, []),
    ],
)
def test_japanese_breaks_between_phrases_and_never_within_a_figure(text: str, width: int, lines: list[str]) -> None:
    font = ImageFont.truetype(str(NODE_MODULES / BOLD), 44, layout_engine=ImageFont.Layout.BASIC)
    assert _lines(text, font, width, "ja") == lines


def test_english_breaks_between_words() -> None:
    font = ImageFont.truetype(str(NODE_MODULES / BOLD), 44, layout_engine=ImageFont.Layout.BASIC)
    lines = _lines("Small type, prototype development and the like", font, 500, "en")
    assert " ".join(lines) == "Small type, prototype development and the like"
    assert all(font.getlength(line) <= 500 for line in lines)


def test_every_page_for_people_has_a_small_picture_that_can_be_read(
    built_site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    for name, page in pages.items():
        if not name.startswith(("ja/", "en/")) or page.css_first("meta[name=robots]") is not None:
            assert page.css('meta[property^="og:image"]') == []
            continue
        told = {str(one.attributes["property"]): one.attributes["content"] for one in page.css("meta[property]")}
        assert told["og:image"] == f"{RESERVED}{name.removesuffix('index.html')}card.png"
        assert told["og:image:alt"]
        content = (built_site / name).with_name("card.png").read_bytes()
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.format == "PNG"
            assert picture.size == (int(str(told["og:image:width"])), int(str(told["og:image:height"]))) == (1200, 630)
            assert picture.mode == "P"
            picture.load()
        assert len(content) <= 25_000, name
        card = page.css_first('meta[name="twitter:card"]')
        assert card is not None
        assert card.attributes["content"] == "summary_large_image"


def test_no_font_is_published(built_site: Path) -> None:
    assert [file for file in built_site.rglob("*") if file.suffix in (".ttf", ".otf", ".woff2")] == []
