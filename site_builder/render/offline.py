"""The service worker of a finished site: which files the self-diagnosis consists of, each with its hash."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path

from site_builder.render.search import NO_INDEX
from site_builder.render.templates import text_of
from site_builder.render.theme import integrity
from site_builder.site.addresses import CHECK
from site_builder.site.plan import RULES_FILE, Site

#: Where the service worker is published: at the root, because it can serve nothing above its own folder.
SERVICE_WORKER_FILE = "sw.js"
WORKER_TEMPLATE = "sw.js"
#: The page that the service worker shows in the place of one that it has not, while there is no network.
NO_NETWORK = "no-network/"
NO_NETWORK_FILE = f"{NO_NETWORK}index.html"


def service_worker(site: Site, files: Mapping[str, bytes | Path], templates: Mapping[str, str]) -> bytes:
    """Return the script that keeps the self-diagnosis, and every visited page, for times without a network.

    Of a site that is not to work offline, return the script that ends a service worker which visitors have from before.

    Args:
        site: the planned site.
        files: all other files, by their paths from the root.
        templates: the theme's templates.
    """
    if not site.works_offline:
        return text_of(templates, "sw-off.js", {}).encode()
    pages = {page.file: page.path for page in site.pages if page.address == CHECK}
    addresses = {**pages, NO_NETWORK_FILE: NO_NETWORK}
    kept = {addresses.get(name, name): name for name in sorted(files) if name in addresses or _is_needed(name)}
    hashes = {address: integrity(files[name]) for address, name in kept.items()}
    index = f"{index_folder(files)}/"
    parts = {
        "files": hashes,
        "pages": list(pages.values()),
        "no_network": NO_NETWORK,
        "rules": RULES_FILE,
        "index": index,
    }
    # Two workers that differ in anything have a store each: one that fails to install clears its own away.
    build = hashlib.sha256(repr((parts, templates[WORKER_TEMPLATE])).encode()).hexdigest()[:12]
    return text_of(templates, WORKER_TEMPLATE, {"build": build, **parts}).encode()


def index_folder(files: Iterable[str]) -> str:
    """Return the folder of the search index, whose name holds the hash of all its files."""
    return next((name.split("/")[0] for name in files if name.startswith("search-")), NO_INDEX.directory_name)


def _is_needed(name: str) -> bool:
    """Say whether the pages of the self-diagnosis need a file."""
    return name == RULES_FILE or posixpath.dirname(name).startswith(("theme-", "runtime-"))
