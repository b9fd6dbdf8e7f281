"""The folder `rules/`: every file in it goes in; one draft of all that can be read comes out, and all errors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, Place
from site_builder.memo import Memo
from site_builder.rules.drafts.folder import ProgrammeDraft, RulesDraft, RuleSetDraft
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.rules.drafts.tags import TagGroupDraft
from site_builder.rules.portions import rule_set_of
from site_builder.rules.reading.accepted import accepted_file
from site_builder.rules.reading.examples import examples_file
from site_builder.rules.reading.facts import facts_file
from site_builder.rules.reading.frames import frame_file
from site_builder.rules.reading.rounds import round_file
from site_builder.rules.reading.rule_sets import rule_set_file
from site_builder.rules.reading.shared import definitions_file, programme_file, sources_file
from site_builder.rules.reading.statistics import statistics_file
from site_builder.rules.reading.tags import tags_file
from site_builder.sources.documents import partly_known
from site_builder.sources.lost import Lost, words_in
from site_builder.sources.source_file import content_of, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

T = TypeVar("T")

#: Nothing can be told.
EVERYTHING = Lost(addresses=frozenset(("",)))

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: A number is a round's name, and no frame's.
_FRAME = re.compile(r"(?![0-9]+\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_RULE_SET = "rule_set.yaml"
_PROGRAMME = "programme.yaml"
_CALL = "call.yaml"
_TAGS = "tags.yaml"
_STATISTICS = "statistics.yaml"
_ACCEPTED = "accepted.yaml"
_NO_TAGS: Mapping[str, TagGroupDraft] = {}
_SHARED = ("facts.yaml", "definitions.yaml", "sources.yaml", _TAGS, _STATISTICS, _ACCEPTED)


@dataclass(frozen=True, slots=True)
class FolderRead:
    """The folder, as far as it could be read.

    Attributes:
        draft: of all files that can be read and of the right parts of the others; None where what all others rest on
            cannot be read: facts, definitions, sources.
        errors: everything that is wrong in any file.
        lost: what could not be read.
    """

    draft: RulesDraft | None
    errors: tuple[GuidanceError, ...]
    lost: Lost

    def whole(self) -> RulesDraft:
        """Return the draft of a folder in which every file can be read.

        Raises:
            GuidanceErrors: something is wrong in a file.
        """
        if self.errors or self.draft is None:
            raise GuidanceErrors(self.errors)
        return self.draft


def read_folder(folder: Path, memo: Memo | None = None) -> FolderRead:
    """Return the draft of all rules under `folder`, and everything that is wrong in any file of it.

    What `memo` knows is not read again; the same files give the same draft.
    """
    if not folder.is_dir():
        missing = GuidanceError(
            Place(str(folder)), "there is no such folder", "name the folder of the rules", "missing-file"
        )
        return FolderRead(None, (missing,), EVERYTHING)
    memo = Memo() if memo is None else memo
    reading, statistics, accepted = _Reading(folder, memo), folder / _STATISTICS, folder / _ACCEPTED
    facts = reading.file(folder / "facts.yaml", facts_file)
    defined = reading.file(folder / "definitions.yaml", definitions_file)
    sources = reading.file(folder / "sources.yaml", sources_file)
    tag_groups = reading.file(folder / _TAGS, tags_file) if (folder / _TAGS).exists() else None
    programmes = tuple(_programme(reading, path) for path in reading.folders(folder, _SHARED))
    results = reading.file(statistics, statistics_file) if statistics.is_file() else None
    odd = reading.file(accepted, accepted_file) if accepted.is_file() else None
    draft = None
    if facts is not None and defined is not None and sources is not None:
        draft = memo.made(RulesDraft, facts, defined, sources, tag_groups or _NO_TAGS, programmes, results, odd or ())
    lost = Lost(frozenset(reading.words), frozenset(reading.addresses), frozenset(reading.paths))
    return FolderRead(draft, reading.errors.errors, lost)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a folder, with what is wrong and what was lost by it."""

    folder: Path
    memo: Memo
    errors: Gathering = field(default_factory=Gathering)
    words: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)

    def file(self, path: Path, read: Callable[..., T], *told: object) -> T | None:
        """Return what `read`, which may be `told` something before the node, makes of the right parts of a file.

        None where that is nothing.
        """
        shown = self.shown(path)
        if not path.is_file():
            self.errors.add(GuidanceError(Place(shown), "this file is missing", "write it", "missing-file"))
            self.paths.add(shown)
            return None
        content = self.errors.attempt(partial(content_of, path, self.folder, shown))
        if content is None:
            self.paths.add(shown)
            return None
        found = partly_known(self.memo, content, shown, read, *told)
        for error in found.errors:
            self.errors.add(error)
        self.words.update(found.lost)
        if found.errors:
            self.paths.add(shown)
        return found.value

    def named_file(self, path: Path, names: tuple[str, ...], read: Callable[..., T], *told: object) -> T | None:
        """Return what `read` makes of a file that others call by one of `names`."""
        value = self.file(path, read, *told)
        if value is None:
            self.words.update(names)
        return value

    def shown(self, path: Path) -> str:
        return readable(path.relative_to(self.folder.parent).as_posix())

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
                self.words.update((path.stem.lower(), f"round {path.stem}", *words_in(path)))
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
            self.addresses.add("")  # whoever names it may name it as it should be called
        return True


def _programme(reading: _Reading, folder: Path) -> ProgrammeDraft:
    return reading.memo.made(
        ProgrammeDraft,
        folder.name,
        reading.file(folder / _PROGRAMME, programme_file),
        _found(_rule_set(reading, path) for path in reading.folders(folder, (_PROGRAMME,))),
    )


def _rule_set(reading: _Reading, folder: Path) -> RuleSetDraft | None:
    """Return the draft of a budget, with those of its files that can be read; None where its own cannot."""
    slug_hint = (
        "a frame's file is called by its slug (small letters and digits, joined by -) and .yaml, "
        "a round's lies in rounds/"
    )
    slug = f"{folder.parent.name}/{folder.name}"
    paths = reading.files(folder, _FRAME, slug_hint, beside=(_RULE_SET, _CALL))
    of_examples = reading.files(folder / "examples", SLUG, slug_hint)
    reading.refuse_folders(folder, ("rounds", "examples"))
    file = reading.file(folder / _RULE_SET, rule_set_file)
    frames = [reading.named_file(path, (path.stem, f"{slug}/{path.stem}"), frame_file, path.stem) for path in paths]
    rounds = _rounds(reading, folder)
    examples = [reading.file(path, examples_file, path.stem) for path in of_examples]
    if file is None:
        reading.addresses.add(f"{slug}/")
        reading.words.update(path.stem for path in paths)
        return None
    if None in rounds:  # what the budget says of its rounds may be right
        reading.paths.add(reading.shown(folder / _RULE_SET))
    return reading.memo.made(rule_set_of, slug, file, _found(frames), _found(rounds), _found(examples))


def _found(drafts: Iterable[T | None]) -> tuple[T, ...]:
    """Return the drafts of those files that could be read."""
    return tuple(draft for draft in drafts if draft is not None)


def _rounds(reading: _Reading, folder: Path) -> list[RoundDraft | None]:
    """Return the rounds by their numbers, or the one call of a budget."""
    hint = "a round's file is called by its number: 13.yaml"
    rounds = reading.files(folder / "rounds", re.compile(r"[1-9][0-9]*"), hint)
    call = folder / _CALL
    if not call.is_file():
        numbers = sorted(int(path.stem) for path in rounds)
        files = [(one, folder / "rounds" / f"{one}.yaml") for one in numbers]
        return [reading.named_file(path, (f"round {one}",), round_file, one) for one, path in files]
    if rounds:
        sentence = "a budget has numbered rounds or one call without a number, not both"
        hint = f"move what stands in {_CALL} to a round, or take away rounds/"
        reading.errors.add(GuidanceError(Place(reading.shown(call)), sentence, hint, "two-kinds-of-rounds"))
        reading.paths.update(reading.shown(path) for path in (call, *rounds))
    return [reading.named_file(call, ("call without a number",), round_file, None)]


def _bad_file_name(shown: str, name: str, hint: str) -> GuidanceError:
    return GuidanceError(Place(shown), f"'{readable(name)}' has no place here", hint, "bad-file-name")
