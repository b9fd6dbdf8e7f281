"""What a name means at one place of the rules, and the texts and citations of that place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from calculator.expressions import Constant
from calculator.rulebook import Citation, CitationStatus, FactDefinition
from calculator.text import Language, Text
from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.drafts.named import DefinitionDraft
from site_builder.rules.drafts.sources import SourceDraft
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft

T = TypeVar("T")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}?")


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one rule set or frame in one round, or outside of rounds unless `is_in_round`.

    `round` is the number of the round, None for the one call of a budget without numbered rounds.
    Expressions name facts, definitions, figures and open points. Texts name `words`: figures and those of the award.
    `reads` is told whether a source is of this round, where somebody notes what is read.
    """

    facts: Mapping[str, FactDefinition]
    sources: Mapping[str, SourceDraft]
    definitions: Mapping[str, DefinitionDraft]
    figures: Mapping[str, Constant]
    words: Mapping[str, Text]
    open_points: Mapping[str, TextDraft]
    rule_set: str | None = None
    round: int | None = None
    is_in_round: bool = False
    reads: Reads | None = None

    def noting(self, used: set[str]) -> Scope:
        """Return this scope, noting in `used` every figure that expressions and texts name."""
        return replace(self, figures=Noted(self.figures, used), words=Noted(self.words, used))

    def may_be_none(self, fact: str) -> bool:
        """Say whether there may be none of `fact`; of a record that there is none of there are no parts either."""
        found = self.facts[fact]
        return found.optional or (found.record is not None and self.facts[found.record].optional)

    def text(self, draft: TextDraft) -> Text:
        """Return the text of `draft` with its figures filled in.

        Raises:
            GuidanceError: it names a figure that is not there.
        """
        return Text(self._filled(draft.ja, "ja"), self._filled(draft.en, "en"))

    def maybe_text(self, draft: TextDraft | None) -> Text | None:
        """Return the text of `draft`, or None where there is none."""
        return None if draft is None else self.text(draft)

    def citation(self, draft: CitationDraft) -> Citation:
        """Return the citation for this round: carried over, if its source prints other rounds only.

        Raises:
            GuidanceError: there is no such source.
        """
        name = draft.source.value
        if name not in self.sources:
            hint = name_hint(name, self.sources, "sources are listed in rules/sources.yaml")
            raise GuidanceError(draft.source.place(), f"no source is called '{name}'", hint, "unknown-source")
        is_carried_over = draft.status is CitationStatus.PRINTED and not self.prints(name)
        return Citation(name, draft.section, CitationStatus.CARRIED_OVER if is_carried_over else draft.status)

    def prints(self, source: str) -> bool:
        """Say whether the source called so is one of this round, or of any where there is none."""
        found = not self.is_in_round or self.sources[source].speaks_of(self.rule_set, self.round)
        if self.reads is not None:
            self.reads.printed[source] = found
        return found

    def _filled(self, node: ScalarNode, language: Language) -> str:
        if "{" not in node.value and "}" not in node.value:
            return node.value.strip()
        words = self.words

        def fill(match: re.Match[str]) -> str:
            if match[0] in ("{{", "}}"):
                return match[0][0]
            if match[1] in words and match[0].endswith("}"):
                return words[match[1]].within(language)
            raise _unknown_figure(node, match, words)

        return _PLACEHOLDER.sub(fill, node.value).strip()


#: Stands for what is not there.
_NOTHING = object()


@dataclass(slots=True)
class Reads:
    """What was read of a scope.

    Attributes:
        values: what each name of a mapping stood for, and what was not there, by the mapping and the name.
        used: the names whose values were taken, and not only asked for.
        printed: whether a source was one of the round.
        is_all: whether all names of a mapping were gone through.
    """

    values: dict[tuple[str, str], object] = field(default_factory=dict)
    used: dict[tuple[str, str], None] = field(default_factory=dict)
    printed: dict[str, bool] = field(default_factory=dict)
    is_all: bool = False

    def of(self, name: str, values: Mapping[str, T]) -> Mapping[str, T]:
        """Return the mapping that a scope calls `name`, noting here what is read of it."""
        return _Read(name, values, self)

    def hold_in(self, scope: Scope) -> bool:
        """Say whether all that was read is the same in `scope`: then what comes of it is the same."""
        for (mapping, name), value in self.values.items():
            there = _plain(getattr(scope, mapping)).get(name, _NOTHING)
            if there is not value and (mapping == "definitions" or there != value):
                return False
        return all(scope.prints(source) is found for source, found in self.printed.items())

    def repeat_in(self, scope: Scope) -> None:
        """Read again what was taken, for whoever notes that of `scope`."""
        for mapping, name in self.used:
            getattr(scope, mapping)[name]


class _Read(Mapping[str, T]):
    """A mapping that tells what is read of it."""

    def __init__(self, name: str, values: Mapping[str, T], reads: Reads) -> None:
        self._name, self._values, self._reads = name, values, reads

    def __getitem__(self, name: str) -> T:
        """Return what is called `name`, and note that it was taken."""
        self._note(name)
        self._reads.used[self._name, name] = None
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is one, and note the answer."""
        if isinstance(name, str):
            self._note(name)
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        self._reads.is_all = True
        return iter(self._values)

    def __len__(self) -> int:
        """Count the names."""
        self._reads.is_all = True
        return len(self._values)

    def _note(self, name: str) -> None:
        self._reads.values[self._name, name] = _plain(self._values).get(name, _NOTHING)


def _plain(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the mapping without what notes its use."""
    return values._values if isinstance(values, Noted) else values  # noqa: SLF001 - a class of this module


class Noted(Mapping[str, T]):
    """A mapping that notes in `used` which of its names are looked up; asking whether a name is there is no use."""

    def __init__(self, values: Mapping[str, T], used: set[str]) -> None:
        self._values = values
        self._used = used

    def __getitem__(self, name: str) -> T:
        """Return what is called `name`, and note that it was wanted."""
        value = self._values[name]
        self._used.add(name)
        return value

    def __contains__(self, name: object) -> bool:
        """Say whether there is one."""
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._values)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._values)


def _unknown_figure(node: ScalarNode, match: re.Match[str], words: Mapping[str, Text]) -> GuidanceError:
    place = node.place(match.start(), match.end())
    if not match[0].endswith("}"):
        return GuidanceError(
            place, "this brace is never closed", "write {name of a figure}, or {{ for a brace", "unclosed-bracket"
        )
    hint = name_hint(match[1], words, "figures are given under `figures` of the rule set, the frame or the round")
    return GuidanceError(place, f"no figure is called '{match[1]}'", hint, "unknown-figure")
