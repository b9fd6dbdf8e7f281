"""Do the worked cases notice a mistake? Each rule is changed in turn, and the cases are asked again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from calculator.assess import Assessor
from calculator.rulebook import FrameRules, RuleBook
from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.examining.changed_rules import Call, Essences, is_touched
from site_builder.examining.changes import changes_of
from site_builder.examining.equivalence import tell_the_same
from site_builder.examining.syntax_changes import Vocabulary
from site_builder.examining.witnesses import Witness
from site_builder.rules import check_drafts
from site_builder.rules.drafts.folder import DefinitionsFileDraft, RulesDraft, RuleSetDraft
from site_builder.rules.late_book import book_with, with_definitions, with_rule_set
from site_builder.rules.resolution.carrying import taken_over_again

SHARED = "definitions"


class Fate(StrEnum):
    """What became of a mutant."""

    CAUGHT = "caught"
    REFUSED = "refused"  # the build finds it
    EQUIVALENT = "equivalent"  # proved: no answer can differ
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Mutant:
    """All rules with one change: `scope` is the rule set that it is made in, or `definitions`, which all share."""

    scope: str
    rules: RulesDraft
    place: Place
    words: str
    sort: str


def mutants(rules: RulesDraft) -> Iterator[tuple[str, Iterator[Mutant]]]:
    """Yield each rule set, and the shared definitions, with its mutants."""
    vocabulary = Vocabulary(rules.facts.facts)
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            yield rule_set.slug, _of_rule_set(rules, rule_set, vocabulary)
    yield SHARED, _of_definitions(rules, vocabulary)


def _of_rule_set(rules: RulesDraft, rule_set: RuleSetDraft, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Yield the mutants of what a rule set says itself; it holds the figures that all share, too.

    What a round takes over from another is changed where it stands, in both.
    """
    shared = {figure.value.node.place() for figure in rules.defined.figures.values()}
    seen: set[tuple[Place, str]] = set()
    for change in changes_of(rule_set, vocabulary):
        if change.place in shared or (change.place, change.words) in seen:
            continue
        seen.add((change.place, change.words))
        assert isinstance(change.draft, RuleSetDraft)  # noqa: S101 - what was changed
        is_of_a_round = change.draft.rounds is not rule_set.rounds
        changed = with_rule_set(rules, taken_over_again(change.draft) if is_of_a_round else change.draft)
        yield Mutant(rule_set.slug, changed, change.place, change.words, change.sort)


def _of_definitions(rules: RulesDraft, vocabulary: Vocabulary) -> Iterator[Mutant]:
    for change in changes_of(rules.defined, vocabulary):
        assert isinstance(change.draft, DefinitionsFileDraft)  # noqa: S101 - what was changed
        yield Mutant(SHARED, with_definitions(rules, change.draft), change.place, change.words, change.sort)


@dataclass
class Hunt:
    """The witnesses asked about one mutant after the other; whoever noticed one is asked first about the next."""

    rules: RulesDraft
    book: RuleBook
    witnesses: list[Witness]
    _essences: Essences = field(init=False)

    @classmethod
    def over(cls, rules: RulesDraft, book: RuleBook, witnesses: tuple[Witness, ...]) -> Hunt:
        """Return a hunt with those `witnesses`, each case first in one round, then in its others."""
        seen: set[object] = set()
        first: list[Witness] = []
        others: list[Witness] = []
        for one in witnesses:
            (others if one.group in seen else first).append(one)
            seen.add(one.group)
        return cls(rules, book, [*first, *others])

    def __post_init__(self) -> None:
        """Know what decides in the rules as they are."""
        self._essences = Essences.of(self.book)

    def fate(self, mutant: Mutant) -> Fate:
        """Return what becomes of a mutant."""
        book = book_with(self.book, mutant.rules)
        try:
            if self._witness_of(mutant, book) is not None:
                return Fate.CAUGHT
            if self._is_equivalent(mutant):
                return Fate.EQUIVALENT
        except (GuidanceError, GuidanceErrors):
            return Fate.REFUSED
        return Fate.REFUSED if _is_refused(mutant.rules) else Fate.SURVIVED

    def changed(self, mutant: Mutant) -> Iterator[tuple[Call, FrameRules | None, FrameRules | None]]:
        """Yield the rules as they are and as changed, of each frame and round in which something else decides."""
        book = book_with(self.book, mutant.rules)
        essences = Essences.of(book)
        for call in _calls(self.book, mutant.scope):
            if self._differs(mutant, call, essences):
                before, after = (one.frames[call[0]].rounds.get(call[1]) for one in (self.book, book))
                yield call, before, after

    def _witness_of(self, mutant: Mutant, book: RuleBook) -> Witness | None:
        """Return the first witness whose answer becomes wrong; it is asked first from now on."""
        assessor, essences = Assessor(book), Essences.of(book)
        for at, one in enumerate(self.witnesses):
            if not _may_see(one, mutant):
                continue
            if not any(self._differs(mutant, call, essences) for call in self._read_by(one)):
                continue
            if one.is_wrong(assessor.answer(one.case)):
                self.witnesses.insert(0, self.witnesses.pop(at))
                return one
        return None

    def _differs(self, mutant: Mutant, call: Call, essences: Essences) -> bool:
        """Say whether something else decides there, `essences` being those of the mutant."""
        return is_touched(self.rules, mutant.rules, call) and essences[call] != self._essences[call]

    def _read_by(self, witness: Witness) -> list[Call]:
        """Return the frames and rounds whose rules decide the answer to a case, as the rules are."""
        own, frame = (witness.rule_set, witness.round), self.book.frames[witness.rule_set]
        rules = frame.rounds.get(witness.round)
        match witness.kind:
            case "schedule":
                return [own, *((witness.rule_set, number) for number in frame.rounds)]
            case "reexam" if rules is not None and rules.reexamination is not None:
                again = rules.reexamination.frame
                return [own] if again is None else [own, (again, witness.round)]
            case "tiered" if rules is not None:
                return [own, *((part.rule_set, witness.round) for part in rules.parts)]
            case _:
                return [own]

    def _is_equivalent(self, mutant: Mutant) -> bool:
        return all(
            before is not None and after is not None and tell_the_same(before, after, self.book.facts)
            for _, before, after in self.changed(mutant)
        )


def _may_see(witness: Witness, mutant: Mutant) -> bool:
    return mutant.scope == SHARED or witness.rule_set.startswith(f"{mutant.scope}/")


def _calls(book: RuleBook, scope: str) -> Iterator[Call]:
    """Yield every frame of the scope in every round of its budget."""
    for name in book.frames:
        if scope == SHARED or name.startswith(f"{scope}/"):
            siblings = [one for other, one in book.frames.items() if _budget(other) == _budget(name)]
            numbers = {number for one in siblings for number in one.rounds}
            yield from ((name, number) for number in sorted(numbers, key=lambda one: one or 0))


def _budget(name: str) -> str:
    return name.rpartition("/")[0]


def _is_refused(rules: RulesDraft) -> bool:
    try:
        check_drafts(rules)
    except GuidanceErrors:
        return True
    return False
