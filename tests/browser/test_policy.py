"""Every page is within its policy: `visit` sees to it in every test; here are the pages that no other test opens."""

from __future__ import annotations

import pytest

from tests.browser.visitor import STOPPED, Visit

pytestmark = pytest.mark.browser

OTHERS = ("", "nowhere/at/all/", "ja/feed.xml", "sitemap.xml", "en/licences/", "en/licences/zlib.txt", "ja/ways/")


def test_pages_without_a_language_feeds_and_texts_are_within_their_policy(visit: Visit) -> None:
    visitor = visit(None)
    for path in OTHERS:
        visitor.open(path)
        visitor.page.wait_for_load_state("networkidle")
    assert visitor.stopped() == []


@pytest.mark.parametrize(
    ("path", "breaks"),
    [
        ("ja/", "document.head.appendChild(document.createElement('style')).textContent = 'body { color: red }'"),
        ("ja/search/", "fetch('https://elsewhere.example/').catch(() => {})"),
        ("ja/check/", "try { document.body.innerHTML = '<p>markup</p>'; } catch {}"),
        ("ja/check/", "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => {})"),
        ("ja/check/", "try { trustedTypes.createPolicy('another', {}); } catch {}"),
    ],
)
def test_what_no_page_may_do_is_stopped_and_said(visit: Visit, path: str, breaks: str) -> None:
    """Otherwise silence would mean nothing."""
    visitor = visit(path)
    visitor.breaks_the_policy = True
    with visitor.page.expect_console_message(lambda message: STOPPED.search(message.text) is not None):
        visitor.page.evaluate(f"() => {{ {breaks} }}")
    assert visitor.stopped()
