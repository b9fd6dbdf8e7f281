"""The two versions of a page: the same sections, questions and blocks in the same order, or errors where they part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from site_builder.errors import GuidanceError, Place
from site_builder.site.prose import BLOCK, QUESTION, SECTION
from site_builder.sources.source_file import SourceFile


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something that both versions must have: what it is called in an error, and where it stands."""

    name: str
    place: Place


def unlike_twins(ja: SourceFile, en: SourceFile, but: frozenset[str] = frozenset()) -> Iterator[GuidanceError]:
    """Yield an error for each section, question or block that one version has and the other has not at that place.

    It stands where the version that lacks it goes on, or, where both have something else, in the English one. `but` are
    kinds that are not compared: `heading`, `block`.
    """
    of_ja, of_en = _marks(ja, but), _marks(en, but)
    matcher = SequenceMatcher(None, [one.name for one in of_ja], [one.name for one in of_en], autojunk=False)
    for kind, ja_start, ja_end, en_start, en_end in matcher.get_opcodes():
        here, there = of_ja[ja_start:ja_end], of_en[en_start:en_end]
        match kind:
            case "delete":
                yield from (_lacking(one, en, of_en[en_start : en_start + 1], "English") for one in here)
            case "insert":
                yield from (_lacking(one, ja, of_ja[ja_start : ja_start + 1], "Japanese") for one in there)
            case "replace":
                yield _parted(here, there)


def _marks(file: SourceFile, but: frozenset[str]) -> list[_Mark]:
    """Return the sections, questions and blocks of a version in order; what has no anchor is an error of its own."""
    found: list[tuple[re.Match[str], str | None, str]] = []
    if "heading" not in but:
        found += [(one, one["anchor"], "section") for one in SECTION.finditer(file.text)]
        found += [(one, one["anchor"], "question") for one in QUESTION.finditer(file.text)]
    if "block" not in but:
        found += [(one, one["name"], "block") for one in BLOCK.finditer(file.text)]
    in_order = sorted(found, key=lambda one: one[0].start())
    return [_Mark(f"{what} '{name}'", file.place(*match.span())) for match, name, what in in_order if name is not None]


def _lacking(mark: _Mark, file: SourceFile, after: list[_Mark], language: str) -> GuidanceError:
    place = after[0].place if after else file.place(len(file.text.rstrip("\n")), len(file.text))
    hint = f"it stands at {mark.place.path}:{mark.place.line}; write it before this line, or take it out there"
    if not after:
        hint = f"it stands at {mark.place.path}:{mark.place.line}; write it at the end, or take it out there"
    return GuidanceError(place, f"the {mark.name} is missing in {language}", hint, "unlike-twins")


def _parted(here: list[_Mark], there: list[_Mark]) -> GuidanceError:
    ours, theirs = (", ".join(one.name for one in marks) for marks in (there, here))
    first = here[0].place
    hint = f"give both versions the same, in the same order; see {first.path}:{first.line}"
    return GuidanceError(there[0].place, f"here is the {ours}, and in Japanese the {theirs}", hint, "unlike-twins")
