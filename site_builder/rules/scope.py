"""What a name means at one place of the rules, and the texts and citations of that place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from calculator.expressions import Constant
from calculator.rulebook import Citation, CitationStatus, FactDefinition
from calculator.text import Language, Text
from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.drafts import CitationDraft, DefinitionDraft, SourceDraft
from site_builder.sources.nodes import ScalarNode
from site_builder.sources.texts import TextDraft

T = TypeVar("T")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}?")


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one rule set or frame in one round, or outside of rounds unless `is_in_round`.

    `round` is the number of the round, None for the one call of a budget without numbered rounds.
    Expressions name facts, definitions, figures and open points. Texts name `words`: figures and those of the award.
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
        is_carried_over = draft.status is CitationStatus.PRINTED and not self._prints(self.sources[name])
        return Citation(name, draft.section, CitationStatus.CARRIED_OVER if is_carried_over else draft.status)

    def _prints(self, source: SourceDraft) -> bool:
        return not self.is_in_round or source.speaks_of(self.rule_set, self.round)

    def _filled(self, node: ScalarNode, language: Language) -> str:
        words = self.words

        def fill(match: re.Match[str]) -> str:
            if match[0] in ("{{", "}}"):
                return match[0][0]
            if match[1] in words and match[0].endswith("}"):
                return words[match[1]].within(language)
            raise _unknown_figure(node, match, words)

        return _PLACEHOLDER.sub(fill, node.value).strip()


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
