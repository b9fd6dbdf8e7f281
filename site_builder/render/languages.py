"""English pages quote Japanese: every run of it is marked as Japanese, for screen readers and fonts."""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")
_CJK = "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u9fff\uff01-\uff60"  # letters
_PUNCTUATION = "\u3000-\u3004\u3008-\u301f\u2460-\u2473\u25a0-\u25ff\u203b"  # brackets, circled digits, marks
_RUN = re.compile(rf"[{_PUNCTUATION}]*[{_CJK}](?:[^<>A-Za-z&;()]*[{_CJK}{_PUNCTUATION}])?")
#: Elements whose text can hold no other element.
_TEXT_ONLY = re.compile(r"<(?:title|option|textarea|script)\b")


def mark_japanese(html: str) -> str:
    """Return the English page `html` with `lang="ja"` around its Japanese; what is marked already stays as it is."""
    parts = _TAG.split(html)
    for place in range(2, len(parts), 2):
        tag = parts[place - 1]
        if 'lang="ja"' not in tag and not _TEXT_ONLY.match(tag):
            parts[place] = _RUN.sub(lambda run: f'<span lang="ja">{run.group()}</span>', parts[place])
    return "".join(parts)
