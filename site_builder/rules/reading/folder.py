"""The folder `rules/`: every file in it goes in, one draft of all rules comes out, or all errors of all files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, Place
from site_builder.memo import Memo
from site_builder.rules.drafts import ProgrammeDraft, RoundDraft, RulesDraft, RuleSetDraft, TagGroupDraft
from site_builder.rules.portions import rule_set_of
from site_builder.rules.reading.examples import examples_file
from site_builder.rules.reading.facts import facts_file
from site_builder.rules.reading.frames import frame_file
from site_builder.rules.reading.rounds import round_file
from site_builder.rules.reading.rule_sets import rule_set_file
from site_builder.rules.reading.shared import definitions_file, programme_file, sources_file
from site_builder.rules.reading.statistics import statistics_file
from site_builder.rules.reading.tags import tags_file
from site_builder.sources.documents import known_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

T = TypeVar("T")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_RULE_SET = "rule_set.yaml"
_PROGRAMME = "programme.yaml"
_CALL = "call.yaml"
_TAGS = "tags.yaml"
_STATISTICS = "statistics.yaml"
_NO_TAGS: Mapping[str, TagGroupDraft] = {}
_SHARED = ("facts.yaml", "definitions.yaml", "sources.yaml", _TAGS, _STATISTICS)


def read_folder(folder: Path, memo: Memo | None = None) -> RulesDraft:
    """Return the draft of all rules under `folder`; `memo` knows the files that were read before.

    Raises:
        GuidanceErrors: everything that is wrong in any file of it.
    """
    if not folder.is_dir():
        missing = GuidanceError(
            Place(str(folder)), "there is no such folder", "name the folder of the rules", "missing-file"
        )
        raise GuidanceErrors([missing])
    memo = Memo() if memo is None else memo
    reading, statistics = _Reading(folder, memo), folder / _STATISTICS
    draft = memo.made(
        RulesDraft,
        reading.file(folder / "facts.yaml", facts_file),
        reading.file(folder / "definitions.yaml", definitions_file),
        reading.file(folder / "sources.yaml", sources_file),
        reading.file(folder / _TAGS, tags_file) if (folder / _TAGS).is_file() else _NO_TAGS,
        tuple(_programme(reading, path) for path in reading.folders(folder, _SHARED)),
        reading.file(statistics, statistics_file) if statistics.is_file() else None,
    )
    reading.errors.close()
    return draft


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a folder. A file that is wrong gives a value that nobody sees: closing `errors` raises."""

    folder: Path
    memo: Memo
    errors: Gathering = field(default_factory=Gathering)

    def file(self, path: Path, read: Callable[..., T], *told: object) -> T:
        """Return what `read`, which may be `told` something before the node, makes of the file."""
        shown = self.shown(path)
        if not path.is_file():
            self.errors.add(GuidanceError(Place(shown), "this file is missing", "write it", "missing-file"))
            return cast("T", None)
        content = path.read_bytes()
        return cast("T", self.errors.attempt(lambda: known_document(self.memo, content, shown, read, *told)))

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
    return reading.memo.made(
        ProgrammeDraft,
        folder.name,
        reading.file(folder / _PROGRAMME, programme_file),
        tuple(_rule_set(reading, path) for path in reading.folders(folder, (_PROGRAMME,))),
    )


def _rule_set(reading: _Reading, folder: Path) -> RuleSetDraft:
    slug_hint = "a frame's file is called by its slug: small letters and digits, joined by -, and .yaml"
    frames = reading.files(folder, SLUG, slug_hint, beside=(_RULE_SET, _CALL))
    examples = reading.files(folder / "examples", SLUG, slug_hint)
    reading.refuse_folders(folder, ("rounds", "examples"))
    return reading.memo.made(
        rule_set_of,
        f"{folder.parent.name}/{folder.name}",
        reading.file(folder / _RULE_SET, rule_set_file),
        _read(reading.file(path, frame_file, path.stem) for path in frames),
        _read(_rounds(reading, folder)),
        _read(reading.file(path, examples_file, path.stem) for path in examples),
    )


def _read(drafts: Iterable[T]) -> tuple[T, ...]:
    """Return the drafts of those files that could be read."""
    return tuple(draft for draft in drafts if draft is not None)


def _rounds(reading: _Reading, folder: Path) -> Iterator[RoundDraft]:
    """Yield the rounds by their numbers, or the one call of a budget."""
    hint = "a round's file is called by its number: 13.yaml"
    rounds = reading.files(folder / "rounds", re.compile(r"[1-9][0-9]*"), hint)
    call = folder / _CALL
    if not call.is_file():
        numbers = sorted(int(path.stem) for path in rounds)
        yield from (reading.file(folder / "rounds" / f"{one}.yaml", round_file, one) for one in numbers)
        return
    if rounds:
        sentence = "a budget has numbered rounds or one call without a number, not both"
        hint = f"move what stands in {_CALL} to a round, or take away rounds/"
        reading.errors.add(GuidanceError(Place(reading.shown(call)), sentence, hint, "two-kinds-of-rounds"))
    yield reading.file(call, round_file, None)


def _bad_file_name(shown: str, name: str, hint: str) -> GuidanceError:
    return GuidanceError(Place(shown), f"'{name}' has no place here", hint, "bad-file-name")
