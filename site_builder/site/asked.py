"""Interface words that nobody asks for: most often a name with a slip in it.

Words are asked for by their names in templates and modules. A name may be put together (`f"verdict_{outcome}"`,
`'navigation_' ~ name`): then its beginning is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from site_builder.errors import GuidanceError, GuidanceErrors, Place, name_hint

_HOUSE = Path(__file__).parent.parent
_TEMPLATES = _HOUSE / "theme" / "templates"
#: The beginning of a name whose end is put to it.
_COMPOSED = re.compile(r"""(?:'|f")([a-z_]+_)(?:' ~|\{)""")


def refuse_unasked(places: Mapping[str, Place], templates: Path = _TEMPLATES) -> None:
    """Refuse interface words that nobody asks for; `places` say where the words of each name stand.

    They may be asked for in `templates`.

    Raises:
        GuidanceErrors: there are some.
    """
    names, beginnings = _asked("\n".join(file.read_text(encoding="utf-8") for file in _asking(templates)))
    unasked = sorted(name for name in places if name not in names and not name.startswith(beginnings))
    if unasked:
        raise GuidanceErrors(_error(name, places[name], names) for name in unasked)


def _error(name: str, place: Place, names: frozenset[str]) -> GuidanceError:
    hint = name_hint(name, names, "remove them")
    return GuidanceError(place, f"nobody asks for the words '{name}'", hint, "unused-words")


@lru_cache(maxsize=1)
def _asked(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return every word in `text` that may be a name asked for, and the beginnings of those that are put together."""
    return frozenset(re.findall(r"[a-z_]+", text)), tuple(_COMPOSED.findall(text))


def _asking(templates: Path) -> Iterator[Path]:
    """Yield the files that ask for interface words."""
    yield from sorted(templates.rglob("*.html"))
    yield from sorted((_HOUSE / "site").rglob("*.py"))
    yield _HOUSE / "render" / "files.py"  # asks for what every picture of a link says
