"""The hosts that the site has recipes for, and the files that each of them wants to find in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from site_builder.hosting.header_files import cloudflare_headers, netlify_headers


class Host(StrEnum):
    """Where a site can be published."""

    NGINX = "nginx"
    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Hosting:
    """What a site is made for: a host whose files it has, or none, and whether the server finds compressed copies."""

    host: Host | None = None
    is_compressed: bool = False


def files_for(host: Host | None, files: Iterable[str]) -> Mapping[str, bytes]:
    """Return the files that a host wants beside `files`, by their paths from the root; none for no host.

    nginx has its configuration elsewhere. GitHub Pages sends no headers of ours; each page has its policy in itself.
    """
    match host:
        case Host.NETLIFY:
            return {"_headers": netlify_headers(files).encode()}
        case Host.CLOUDFLARE:
            return {"_headers": cloudflare_headers(files).encode()}
        case Host.GITHUB:
            return {".nojekyll": b""}  # else folders and files are left out whose names begin with a line
        case _:
            return {}
