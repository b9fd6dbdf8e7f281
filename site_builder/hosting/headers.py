"""The table: which headers go with each file of the site, and which media type each kind of file has."""

from __future__ import annotations

import re
from collections.abc import Mapping

CONTENT_SECURITY_POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "portal",
}

#: What every answer carries.
SECURITY_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

#: What only works over https. Here it would do harm: WebKit upgrades the loopback address, and shows nothing.
OVER_HTTPS: Mapping[str, str] = {"Strict-Transport-Security": "max-age=63072000"}
UPGRADE = "upgrade-insecure-requests"

MEDIA_TYPES = {
    "": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".speculationrules": "application/speculationrules+json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".xml": "application/xml",
    ".zip": "application/zip",
}

#: Says what a browser may fetch ahead; every answer says where it is. It is not worth a request with each page.
AHEAD_FILE = "ahead.speculationrules"
AHEAD = f'"/{AHEAD_FILE}"'

#: Pages that are made to stand inside pages of other sites, which no other page may.
EMBEDDED_PAGE = re.compile(r"^/[a-z]+/embed/[^/]+/")
ANY_SITE: Mapping[str, str] = {**CONTENT_SECURITY_POLICY, "frame-ancestors": "*"}

#: A folder whose name ends in a hash of its contents never changes, and may be kept for good.
CONTENT_HASHED_FOLDER = re.compile(r"-[0-9a-f]{12}/")
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
KEEP_FOR_A_DAY = "public, max-age=86400"
ASK_EACH_TIME = "no-cache"


def policy(path: str, *, https: bool = False) -> str:
    """Return what the page at `path`, from the root with its slash, may do, and inside which pages it may stand."""
    return policy_text(ANY_SITE if EMBEDDED_PAGE.search(path) else CONTENT_SECURITY_POLICY, https=https)


def policy_text(parts: Mapping[str, str], *, https: bool = False) -> str:
    """Return a policy in the words of its header."""
    return "; ".join([*(f"{name} {allowed}" for name, allowed in parts.items()), *([UPGRADE] if https else [])])


def headers_of(path: str, *, is_there: bool, https: bool = False) -> Mapping[str, str]:
    """Return every header of an answer but its media type; a file that is not there must not be kept for good."""
    return {
        **SECURITY_HEADERS,
        **(OVER_HTTPS if https else {}),
        "Content-Security-Policy": policy(path, https=https),
        "Cache-Control": _kept(path) if is_there else ASK_EACH_TIME,
        **({"Speculation-Rules": AHEAD} if is_there else {}),
    }


def _kept(path: str) -> str:
    if path == f"/{AHEAD_FILE}":
        return KEEP_FOR_A_DAY
    return KEEP_FOR_GOOD if CONTENT_HASHED_FOLDER.search(path) else ASK_EACH_TIME
