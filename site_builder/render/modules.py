"""Scripts as modules: a page goes in, and out comes what its scripts import, before a browser has read any of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

_SCRIPT = re.compile(r'<script type="module" src="(?:\.\./)*([^"/]+/[^"]+)"')
#: What is imported stands at the beginning of a line; what only the types need stands in a comment.
_IMPORTED = re.compile(rb'^(?:import|export|\} from) [^"\n]*"\./([\w-]+\.mjs)";', re.MULTILINE)


def imported_by(page: str, content: Callable[[str], bytes | Path | None]) -> tuple[str, ...]:
    """Return the paths of all modules that the scripts of a page import, and that those import, the nearest first.

    Args:
        page: the HTML of the page.
        content: returns the script at a path from the root of the site, or None.
    """
    found: dict[str, None] = {}
    waiting = [match[1] for match in _SCRIPT.finditer(page)]
    own = frozenset(waiting)
    for script in waiting:  # it grows meanwhile
        for path in _imports(script, content(script)):
            if path not in found and path not in own:
                found[path] = None
                waiting.append(path)
    return tuple(found)


def _imports(path: str, script: bytes | Path | None) -> Iterator[str]:
    names = _names_in(script) if isinstance(script, bytes) else ()
    return (posixpath.join(posixpath.dirname(path), name) for name in names)


@lru_cache(maxsize=256)
def _names_in(script: bytes) -> tuple[str, ...]:
    return tuple(name.decode() for name in _IMPORTED.findall(script))
