"""Takes the parts of an address; gives the path of a page in a language, seen from the root of the site."""

from __future__ import annotations

from dataclasses import dataclass

from calculator.text import Language


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page lives in every language: `Address(("monozukuri", "r3s", "13"))` is `/ja/monozukuri/r3s/13/`."""

    parts: tuple[str, ...] = ()

    def path(self, language: Language, anchor: str | None = None) -> str:
        """Return the page's path from the root of the site, without a leading slash: `ja/schedule/#r13`."""
        folder = "/".join((language, *self.parts)) + "/"
        return folder if anchor is None else f"{folder}#{anchor}"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `path`, a path from the root of the site."""

    text: str
    path: str


HOME = Address()
SCHEDULE = Address(("schedule",))
SOURCES = Address(("sources",))
ABOUT = Address(("about",))
CHECK = Address(("check",))
DATA = Address(("data",))
BATCH = Address((*CHECK.parts, "batch"))
EMBED = Address(("embed",))
CHANGES = Address(("changes",))
GLOSSARY = Address(("glossary",))
ACCESSIBILITY = Address(("accessibility",))
SEARCH = Address(("search",))
NEWS = Address(("news",))
LICENCES = Address(("licences",))
#: The pages that every site has, whatever its rules and guides say.
FIXED = (
    *(HOME, ABOUT, ACCESSIBILITY, BATCH, CHANGES, CHECK, DATA, EMBED),
    *(GLOSSARY, LICENCES, NEWS, SCHEDULE, SEARCH, SOURCES),
)


def guide_address(name: str) -> Address:
    """Return where a guide lives."""
    return Address((name,))


def source_address(source: str) -> Address:
    """Return where the document called `source` in rules/sources.yaml lives."""
    return Address((*SOURCES.parts, source))


def programme_address(programme: str) -> Address:
    """Return where a programme lives."""
    return Address((programme,))


def rule_set_address(rule_set: str) -> Address:
    """Return where `rule_set` (`monozukuri/r3s`) lives."""
    return Address(tuple(rule_set.split("/")))


def round_address(rule_set: str, number: int | None) -> Address:
    """Return where a round of `rule_set` lives; the one call of a budget without numbered rounds is its rule set's."""
    return Address((*rule_set_address(rule_set).parts, *(() if number is None else (str(number),))))


def frame_address(rule_set: str, number: int | None, frame: str) -> Address:
    """Return where a frame of a round lives."""
    return Address((*round_address(rule_set, number).parts, frame))


def changes_address(call: Address) -> Address:
    """Return where it stands what changed with the call at `call`."""
    return Address((*CHANGES.parts, *call.parts))


def data_address(page: Address, ending: str) -> str:
    """Return the address under `/data/` of what is published of a page: `monozukuri/r3s/13.json`."""
    return f"{'/'.join(page.parts)}{ending}"


def seen_from(start: str, target: str) -> str:
    """Return how the page at `start` writes a link to `target`; both are paths from the root of the site.

    A page in a folder has a path that ends in a slash. The link is relative, so that the site works in any folder of
    a server.
    """
    path, hash_mark, anchor = target.partition("#")
    if path == start:
        return f"#{anchor}" if hash_mark else "./"
    folder, ups = start[: start.rfind("/") + 1], 0
    while not path.startswith(folder):
        folder, ups = folder[: folder.rfind("/", 0, -1) + 1], ups + 1
    relative = "../" * ups + path[len(folder) :]
    return f"{relative or './'}{hash_mark}{anchor}"
