"""Publishing: the files of a site go in; a folder comes out that holds all of the new site, or still all of the old.

`publish.py` writes and swaps, `exchange.py` is the swap itself, `shelf.py` knows the sites that were published before,
`earlier.py` has at hand what their pages still ask for, `folders.py` names, measures and syncs folders. Nothing here
knows what a page is.
"""

from site_builder.publishing.folders import KEPT, files_of
from site_builder.publishing.publish import publish
from site_builder.publishing.shelf import (
    USUALLY_KEPT,
    Release,
    Shelf,
    releases,
    roll_back,
    shelf_beside,
)

__all__ = [
    "KEPT",
    "USUALLY_KEPT",
    "Release",
    "Shelf",
    "files_of",
    "publish",
    "releases",
    "roll_back",
    "shelf_beside",
]
