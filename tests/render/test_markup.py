"""What an attacker would look for in the built site: where a text could become markup or a script, or go elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

THEME = Path(__file__).parents[2] / "site_builder" / "theme"
#: What makes markup or a script of a text, keeps something, or sends it on: no script of ours does any of it.
NEVER = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTML|parseFromString|srcdoc|document\.write|"
    r"\beval\(|\bFunction\(|importScripts|setTimeout\(\s*[\"'`]|setAttribute\(\"(?:src|style|on)|\.style\b|"
    r"localStorage|sessionStorage|indexedDB|\.cookie\b|sendBeacon|XMLHttpRequest|WebSocket|EventSource|"
    r"window\.open|\.opener|location\.assign|location\.replace|location(?:\.href)? =|sourceMappingURL"
)
SCRIPTS = {file.name: file.read_text(encoding="utf-8") for file in sorted((THEME / "scripts").glob("*.mjs"))}


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_makes_markup_of_a_text_keeps_it_or_sends_it(name: str) -> None:
    assert NEVER.findall(without_comments(SCRIPTS[name])) == []


def test_one_script_alone_gives_addresses_of_scripts_to_the_browser() -> None:
    found = {name for name, text in SCRIPTS.items() if re.search(r"new Worker\(|serviceWorker\.register\(", text)}
    assert found == {"trusted.mjs"}


def without_comments(script: str) -> str:
    return re.sub(r"//.*", "", re.sub(r"/\*.*?\*/", "", script, flags=re.DOTALL))


def test_no_page_has_a_script_or_a_style_in_it_or_anything_from_elsewhere(pages: dict[str, LexborHTMLParser]) -> None:
    for name, page in pages.items():
        found = page.css(
            "script:not([src]):not([type='application/ld+json']), style, [style], iframe, object, embed, base[href]"
        )
        assert [one.html for one in found] == [], name
        assert re.search(r"<[a-z][^<>]*\son[a-z]+\s*=", page.html or "") is None, name
        for one in page.css("script[src], link[rel=stylesheet], link[rel=icon], img[src], source, video, audio"):
            address = urlsplit(str(one.attributes.get("src") or one.attributes.get("href")))
            assert (address.scheme, address.netloc) == ("", ""), name


def test_links_lead_elsewhere_over_https_alone(pages: dict[str, LexborHTMLParser]) -> None:
    """And to calendar programs, which are given the same address."""
    addresses = {str(link.attributes["href"]) for page in pages.values() for link in page.css("a[href]")}
    assert {urlsplit(one).scheme for one in addresses if urlsplit(one).scheme or one.startswith("//")} <= {
        "https",
        "webcal",
    }


def test_no_map_from_scripts_to_sources_is_published(built_site: Path) -> None:
    assert list(built_site.rglob("*.map")) == []
