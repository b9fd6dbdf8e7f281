"""English pages quote Japanese: every run of it is marked as Japanese, for screen readers and fonts."""

from __future__ import annotations

import re

_CJK = "\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u9fff\uff01-\uff60"  # letters
_PUNCTUATION = "\u3000-\u3004\u3008-\u301f\u2460-\u2473\u25a0-\u25ff\u203b"  # brackets, circled digits, marks
_RUN = re.compile(rf"[{_PUNCTUATION}]*[{_CJK}](?:[^<>A-Za-z&;()]*[{_CJK}{_PUNCTUATION}])?")
#: A tag, and the text behind it that has Japanese letters.
_WITH_JAPANESE = re.compile(rf"(<[^>]*>)([^<{_CJK}]*[{_CJK}][^<]*)")
#: Elements whose text can hold no other element.
_TEXT_ONLY = re.compile(r"<(?:title|option|textarea|script)\b")


def mark_japanese(html: str) -> str:
    """Return the English page `html` with `lang="ja"` around its Japanese; what is marked already stays as it is."""
    return _WITH_JAPANESE.sub(_with_marks, html)


def _with_marks(found: re.Match[str]) -> str:
    tag, text = found.groups()
    if 'lang="ja"' in tag or _TEXT_ONLY.match(tag):
        return found[0]
    return tag + _RUN.sub(r'<span lang="ja">\g<0></span>', text)
