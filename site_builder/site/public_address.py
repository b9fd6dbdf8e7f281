"""Where the site is published: the address that stands before the path of a page where a whole one is needed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from site_builder.errors import GuidanceError, Place
from site_builder.sources.fields import Fields, matching, scalar
from site_builder.sources.forms import like
from site_builder.sources.nodes import Node

#: Names that are kept for examples and never lead anywhere (RFC 2606, RFC 6761).
RESERVED = ("example", "invalid", "test", "localhost", "example.com", "example.net", "example.org")
_HINT = "write https://, the host and the folder of the site, such as https://www.example.org/guide/"
#: What editors can tell of an address; `public_address` says the rest.
_ADDRESS = like(re.compile(r"https://[^\s?#@]+"), _HINT)
_AUTHORITY = re.compile(r"[a-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """An address such as `https://host/folder/`, which ends in a slash."""

    text: str

    @property
    def host(self) -> str:
        """The name of the host."""
        return urlsplit(self.text).hostname or ""

    @property
    def folder(self) -> str:
        """Where the site lies on its host: `/` or `/folder/`."""
        return urlsplit(self.text).path

    @property
    def is_reserved(self) -> bool:
        """Whether the address stands for one that is not known yet."""
        return any(self.host == name or self.host.endswith(f".{name}") for name in RESERVED)

    def of(self, path: str) -> str:
        """Return the whole address of `path`, a path from the root of the site."""
        return f"{self.text}{quote(path, safe='/#')}"

    def calendar(self, path: str) -> str:
        """Return the address by which calendar programs subscribe to `path`."""
        return self.of(path).replace("https:", "webcal:", 1)


def public_address(text: str, place: Place) -> PublicAddress:
    """Return the address that is written as `text` at `place`; a slash is added at its end.

    Raises:
        GuidanceError: no site can have such an address.
    """
    try:
        parts = urlsplit(text)
        is_plain = parts.port is None or parts.port > 0
    except ValueError:
        raise _wrong(text, place, "is no address") from None
    wrong = (
        (not text.isascii() or any(sign.isspace() for sign in text), "has letters that no address has"),
        (parts.scheme != "https", "does not begin with https://"),
        (not parts.hostname or not is_plain, "names no host"),
        (parts.username is not None or parts.password is not None, "names a user"),
        ("?" in text or "#" in text, "has a query or a fragment"),
        (
            "//" in parts.path or any(part in (".", "..") for part in parts.path.split("/")),
            "has a path that leads astray",
        ),
    )
    for is_wrong, sentence in wrong:
        if is_wrong:
            raise _wrong(text, place, sentence)
    return PublicAddress(text if text.endswith("/") else f"{text}/")


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """What `content/site.yaml` says. `authority` begins the ids of feeds: a host, and a year in which it was ours."""

    address: PublicAddress
    authority: str


def site_draft(node: Node) -> SiteDraft:
    """Read `content/site.yaml`."""
    with Fields(node, "the file of the site") as fields:
        return SiteDraft(
            address=fields.required("address", _address),
            authority=fields.required("authority", _authority),
        )


def _address(node: Node) -> PublicAddress:
    return public_address(scalar(node, form=_ADDRESS).value, node.place())


def _authority(node: Node) -> str:
    hint = "write the name of a host, a comma and a year, such as guide.example.org,2026"
    return matching(_AUTHORITY, "cannot begin the ids of feeds", hint)(node).value


def _wrong(text: str, place: Place, sentence: str) -> GuidanceError:
    return GuidanceError(place, f"the address '{text}' {sentence}", _HINT, "wrong-address")
