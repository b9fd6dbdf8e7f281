"""The folder `rules/`: every file in it goes in, one draft of all rules comes out, or all errors of all files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, Place
from site_builder.rules.drafts import ProgrammeDraft, RoundDraft, RulesDraft, RuleSetDraft
from site_builder.rules.reading.accepted import accepted_file
from site_builder.rules.reading.examples import examples_file
from site_builder.rules.reading.facts import facts_file
from site_builder.rules.reading.frames import frame_file
from site_builder.rules.reading.rounds import round_file
from site_builder.rules.reading.rule_sets import rule_set_file
from site_builder.rules.reading.shared import definitions_file, programme_file, sources_file
from site_builder.rules.reading.statistics import statistics_file
from site_builder.rules.reading.tags import tags_file
from site_builder.sources.documents import read_document

if TYPE_CHECKING:
    from site_builder.sources.fields import Reader

T = TypeVar("T")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RULE_SET = "rule_set.yaml"
_PROGRAMME = "programme.yaml"
_CALL = "call.yaml"
_TAGS = "tags.yaml"
_STATISTICS = "statistics.yaml"
_ACCEPTED = "accepted.yaml"
_SHARED = ("facts.yaml", "definitions.yaml", "sources.yaml", _TAGS, _STATISTICS, _ACCEPTED)


def read_folder(folder: Path) -> RulesDraft:
    """Return the draft of all rules under `folder`.

    Raises:
        GuidanceErrors: everything that is wrong in any file of it.
    """
    if not folder.is_dir():
        missing = GuidanceError(
            Place(str(folder)), "there is no such folder", "name the folder of the rules", "missing-file"
        )
        raise GuidanceErrors([missing])
    reading, statistics, accepted = _Reading(folder), folder / _STATISTICS, folder / _ACCEPTED
    draft = RulesDraft(
        facts=reading.file(folder / "facts.yaml", facts_file),
        definitions=reading.file(folder / "definitions.yaml", definitions_file),
        sources=reading.file(folder / "sources.yaml", sources_file),
        tag_groups=reading.file(folder / _TAGS, tags_file) if (folder / _TAGS).is_file() else {},
        programmes=tuple(_programme(reading, path) for path in reading.folders(folder, _SHARED)),
        statistics=reading.file(statistics, statistics_file) if statistics.is_file() else None,
        accepted=reading.file(accepted, accepted_file) if accepted.is_file() else (),
    )
    reading.errors.close()
    return draft


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a folder. A file that is wrong gives a value that nobody sees: closing `errors` raises."""

    folder: Path
    errors: Gathering = field(default_factory=Gathering)

    def file(self, path: Path, read: Reader[T]) -> T:
        shown = self.shown(path)
        if not path.is_file():
            self.errors.add(GuidanceError(Place(shown), "this file is missing", "write it", "missing-file"))
            return cast("T", None)
        return cast("T", self.errors.attempt(lambda: read_document(path, shown, read)))

    def shown(self, path: Path) -> str:
        return path.relative_to(self.folder.parent).as_posix()

    def files(self, folder: Path, pattern: re.Pattern[str], hint: str, beside: tuple[str, ...] = ()) -> list[Path]:
        """Return the YAML files of `folder` whose stems match, except those `beside` them; others are errors."""
        found = []
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.suffix not in (".yaml", ".yml") or path.name in beside:
                continue
            if path.suffix == ".yaml" and pattern.fullmatch(path.stem):
                found.append(path)
            else:
                self.errors.add(_bad_file_name(self.shown(path), path.name, hint))
        return found

    def folders(self, folder: Path, beside: tuple[str, ...]) -> list[Path]:
        """Return the folders in `folder`; YAML files other than those `beside` them are errors."""
        self.files(folder, re.compile(r"(?!)"), f"only {', '.join(beside)} and folders stand here", beside)
        return [path for path in sorted(folder.iterdir()) if self._is_slug_folder(path)]

    def refuse_folders(self, folder: Path, known: tuple[str, ...]) -> None:
        """Report every folder in `folder` that is not `known`."""
        for path in sorted(folder.iterdir()):
            if path.is_dir() and path.name not in known and not path.name.startswith("."):
                self.errors.add(_bad_file_name(self.shown(path), path.name, f"folders here: {', '.join(known)}"))

    def _is_slug_folder(self, path: Path) -> bool:
        if not path.is_dir() or path.name.startswith("."):
            return False
        if not SLUG.fullmatch(path.name):
            hint = "folders are small letters and digits, joined by -"
            self.errors.add(_bad_file_name(self.shown(path), path.name, hint))
        return True


def _programme(reading: _Reading, folder: Path) -> ProgrammeDraft:
    return ProgrammeDraft(
        slug=folder.name,
        file=reading.file(folder / _PROGRAMME, programme_file),
        rule_sets=tuple(_rule_set(reading, path) for path in reading.folders(folder, (_PROGRAMME,))),
    )


def _rule_set(reading: _Reading, folder: Path) -> RuleSetDraft:
    slug_hint = "a frame's file is called by its slug: small letters and digits, joined by -, and .yaml"
    frames = reading.files(folder, SLUG, slug_hint, beside=(_RULE_SET, _CALL))
    examples = reading.files(folder / "examples", SLUG, slug_hint)
    reading.refuse_folders(folder, ("rounds", "examples"))
    return RuleSetDraft(
        slug=f"{folder.parent.name}/{folder.name}",
        file=reading.file(folder / _RULE_SET, rule_set_file),
        frames={path.stem: reading.file(path, partial(frame_file, path.stem)) for path in frames},
        rounds=_rounds(reading, folder),
        examples=tuple(reading.file(path, partial(examples_file, path.stem)) for path in examples),
    )


def _rounds(reading: _Reading, folder: Path) -> dict[int | None, RoundDraft]:
    """Return the rounds by number, or the one call of a budget under None."""
    hint = "a round's file is called by its number: 13.yaml"
    rounds = reading.files(folder / "rounds", re.compile(r"[1-9][0-9]*"), hint)
    call = folder / _CALL
    if not call.is_file():
        numbers = sorted(int(path.stem) for path in rounds)
        return {one: reading.file(folder / "rounds" / f"{one}.yaml", partial(round_file, one)) for one in numbers}
    if rounds:
        sentence = "a budget has numbered rounds or one call without a number, not both"
        hint = f"move what stands in {_CALL} to a round, or take away rounds/"
        reading.errors.add(GuidanceError(Place(reading.shown(call)), sentence, hint, "two-kinds-of-rounds"))
    return {None: reading.file(call, partial(round_file, None))}


def _bad_file_name(shown: str, name: str, hint: str) -> GuidanceError:
    return GuidanceError(Place(shown), f"'{name}' has no place here", hint, "bad-file-name")
