"""The notes beside differences: what documents leave open about a rule that differs, and the reading taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from site_builder.rules.model import Note
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Difference

#: What a note can be about that concerns a difference of a topic by itself, beside the code of what differs.
_OF_DIFFERENCE: Mapping[Topic, str] = {
    Topic.RATE: "rate",
    Topic.RATE_CHANGE: "rate",
    Topic.UPPER_LIMIT: "upper_limit",
    Topic.UPLIFT: "upper_limit",
    Topic.LOWER_LIMIT: "lower_limit",
    Topic.ELIGIBLE_COSTS: "eligible_costs",
}
#: And what concerns all differences of a topic together. Of points in the selection each difference says by itself that
#: documents are silent.
_OF_TOPIC: Mapping[Topic, str] = {Topic.REPAYMENT: "repayment"}


@dataclass(frozen=True, slots=True)
class NotesOnce:
    """Gives each note out once on a page: beside the first difference that it is about, or before all of its kind.

    What both sides note in the same words is no matter of what differs, and is left out.
    """

    _told: set[str] = field(default_factory=set)

    def beside(self, one: Difference) -> tuple[Note, ...]:
        """Return the notes about a difference alone."""
        return self._once(_noted(one, {_OF_DIFFERENCE.get(one.topic), one.name} - {None, ""}))

    def over(self, differences: Iterable[Difference]) -> tuple[Note, ...]:
        """Return the notes about what the differences are about together."""
        return self._once(note for one in differences for note in _noted(one, {_OF_TOPIC.get(one.topic)}))

    def _once(self, notes: Iterable[Note]) -> tuple[Note, ...]:
        fresh = {note.text.ja: note for note in notes if note.text.ja not in self._told}
        self._told.update(fresh)
        return tuple(fresh.values())


def _noted(one: Difference, about: set[str | None]) -> Iterator[Note]:
    for thread in one.threads:
        sides = [() if end is None else end.frame.notes for end in (thread.before, thread.after)]
        texts = [{note.text for note in side} for side in sides]
        yield from (note for note in sides[0] if note.about in about and note.text not in texts[1])
        yield from (note for note in sides[1] if note.about in about and note.text not in texts[0])
