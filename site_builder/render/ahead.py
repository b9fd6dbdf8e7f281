"""What a browser may fetch before a link is pressed, for browsers that know speculation rules; a header names the file.

Pages alone, which are light: their addresses end in a slash, those of data, pictures and calendars do not. The browser
fetches the page of a link that a pointer rests on, that a finger touches, or, on a phone, that is in sight when
scrolling has ended; and nothing where its visitor saves data (docs/decisions/0030-pages-fetched-ahead.md).
"""

from __future__ import annotations

import json

#: The addresses of pages, and of those among them that only other sites show in themselves.
PAGES, EMBEDDED_PAGES = "/*/", "/*/embed/*/"


def ahead() -> bytes:
    """Return the file of speculation rules."""
    pages = {"and": [{"href_matches": PAGES}, {"not": {"href_matches": EMBEDDED_PAGES}}]}
    return json.dumps({"prefetch": [{"where": pages, "eagerness": "moderate"}]}).encode() + b"\n"
