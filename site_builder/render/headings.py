"""Japanese headings that a narrow window breaks into lines: a fiscal year and a number in its row stay whole.

Browsers break Japanese between any two letters, or between phrases where they know them; both may part 令和 from
4年度.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"<h[123]\b.*?</h[123]>", re.DOTALL)
#: What stays whole, outside of tags: 令和4年度, 第2次. More would not fit into the narrowest windows.
_WHOLE = re.compile(r"(?:(?:令和|平成)(?:元|\d+)年度|第\d+次)(?![^<]*>)")


def keep_whole(html: str) -> str:
    """Return the Japanese page `html`, no line of whose headings ends within a fiscal year, or within 第2次."""
    return _HEADING.sub(lambda heading: _WHOLE.sub(r'<span class="whole">\g<0></span>', heading[0]), html)
