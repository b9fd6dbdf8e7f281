"""The table: which headers go with each file of the site, and which media type each kind of file has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

Policy = Mapping[str, str]

#: What a page may do that is read: show text, styles and pictures of this site. Others may do this and what they need.
READING: Policy = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",  # the service worker fetches; a page itself cannot, but an audit does under its policy
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
#: A page that searches: pagefind is WebAssembly, and runs in the page.
SEARCHING: Policy = {**READING, "script-src": "'self' 'wasm-unsafe-eval'"}
#: A page that has the calculator in a worker, whose address goes through the one policy of Trusted Types.
CALCULATING: Policy = {
    **READING,
    "script-src": "'self'",
    "worker-src": "'self'",
    "trusted-types": "portal",
}
#: The same, made to stand inside pages of other sites, which no other page may.
EMBEDDED: Policy = {**CALCULATING, "frame-ancestors": "*"}
#: The worker in which Python runs, which is WebAssembly; a worker is under the policy of its own script.
WORKING: Policy = {**READING, "script-src": "'self' 'wasm-unsafe-eval'"}


@dataclass(frozen=True, slots=True)
class Kind:
    """Files with a policy of their own; `pattern` finds their paths from the root, with its slash.

    It is an expression that Python and nginx read alike.
    """

    pattern: re.Pattern[str]
    policy: Policy

    def has(self, path: str) -> bool:
        """Whether the file at `path` is one of them."""
        return self.pattern.search(path) is not None


#: Every file that does more than to be read; no file is of two kinds.
KINDS = (
    Kind(re.compile(r"^/[a-z]+/check/"), CALCULATING),
    Kind(re.compile(r"^/[a-z]+/embed/[^/]+/"), EMBEDDED),
    Kind(re.compile(r"^/[a-z]+/search/"), SEARCHING),
    Kind(re.compile(r"^/theme-[0-9a-f]{12}/scripts/worker\.mjs$"), WORKING),
)

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

#: What a policy can say in a header only, and what it need not say where no script may run.
ONLY_IN_HEADERS = ("frame-ancestors",)
ONLY_FOR_SCRIPTS = ("require-trusted-types-for", "trusted-types")

#: A folder whose name ends in a hash of its contents never changes, and may be kept for good.
CONTENT_HASHED_FOLDER = re.compile(r"-[0-9a-f]{12}/")
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
KEEP_FOR_A_DAY = "public, max-age=86400"
ASK_EACH_TIME = "no-cache"


def policy_of(path: str) -> Policy:
    """Return what the file at `path`, from the root with its slash, may do, and inside which pages it may stand."""
    return next((kind.policy for kind in KINDS if kind.has(path)), READING)


def policy_text(policy: Policy, *, https: bool = False) -> str:
    """Return a policy in the words of its header."""
    return "; ".join([*(f"{name} {allowed}" for name, allowed in policy.items()), *([UPGRADE] if https else [])])


def policy_in_page(path: str) -> str:
    """Return the policy of the page at `path` as it stands in the page itself, where browsers pass over some of it."""
    policy = policy_of(path)
    left_out = ONLY_IN_HEADERS if "script-src" in policy else (*ONLY_IN_HEADERS, *ONLY_FOR_SCRIPTS)
    return policy_text({name: allowed for name, allowed in policy.items() if name not in left_out})


def headers_of(path: str, *, is_there: bool, https: bool = False) -> Mapping[str, str]:
    """Return every header of an answer but its media type; a file that is not there must not be kept for good."""
    return {
        **SECURITY_HEADERS,
        **(OVER_HTTPS if https else {}),
        "Content-Security-Policy": policy_text(policy_of(path), https=https),
        "Cache-Control": _kept(path) if is_there else ASK_EACH_TIME,
        **({"Speculation-Rules": AHEAD} if is_there else {}),
    }


def _kept(path: str) -> str:
    if path == f"/{AHEAD_FILE}":
        return KEEP_FOR_A_DAY
    return KEEP_FOR_GOOD if CONTENT_HASHED_FOLDER.search(path) else ASK_EACH_TIME
