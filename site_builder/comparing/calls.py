"""Two calls compared, of one state of the sources or of two: rules go in, differences in both languages come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from calculator.assess import Assessor
from calculator.rulebook import RuleBook
from calculator.text import LANGUAGES, Language, Text
from site_builder.errors import WrongUsageError, name_hint
from site_builder.rules.model import FrameInRound, Rules
from site_builder.site.calls import Call, calls
from site_builder.site.changes import Changed, ChangesView, changes_view
from site_builder.site.differences.clauses import Topic
from site_builder.site.differences.comparison import Difference, compare, reworded
from site_builder.site.differences.meaning import as_one
from site_builder.site.differences.steps import Fate, Offer, Step, Thread
from site_builder.site.flips.search import flips_of
from site_builder.site.wording import Wording, Words

#: Words that are said otherwise of any two calls or states: neither need be the earlier one, and no frame is new by it.
_OF_ANY_TWO = {
    "changes_manner_added": "changes_manner_only_after",
    "changes_manner_not_printed": "changes_manner_only_before",
    "changes_manner_dropped": "changes_manner_only_before",
    "changes_new_frame": "changes_manner_only_after",
}


@dataclass(frozen=True, slots=True)
class CallChanges:
    """What differs between two calls.

    `name` is what the later one is called in addresses, `title` what people call it. `changed` has the differences, and
    `views` has them in words, by language: the same ones in the same order.
    """

    name: str
    title: Text
    changed: Changed
    views: Mapping[Language, ChangesView]

    @property
    def count(self) -> int:
        """How many differences there are in the rules."""
        return len(self.changed.comparison.differences)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        view = self.views["ja"]
        return not (view.moved or view.dates or any(group.differences for group in view.groups.values()))


@dataclass(frozen=True, slots=True)
class State:
    """A state of the sources, with the calculator that judges by it."""

    rules: Rules
    assessor: Assessor

    @classmethod
    def of(cls, rules: Rules) -> State:
        """Return the state of `rules`."""
        return cls(rules, Assessor(rules.book))

    @property
    def calls(self) -> Mapping[str, Call]:
        """Every call by its name in addresses, such as `monozukuri/r3s/13`."""
        return {call_name(one): one for one in calls(self.rules)}

    def call(self, name: str) -> Call:
        """Return the call of that name.

        Raises:
            WrongUsageError: there is none.
        """
        known = self.calls
        if name not in known:
            of_budget = [one for one in known if one.startswith(f"{name}/")]
            hint = f"its calls are {', '.join(of_budget)}"
            hint = hint if of_budget else name_hint(name, known, f"they are {', '.join(known)}")
            raise WrongUsageError(f"{name}: there is no such call", hint)
        return known[name]


def call_name(call: Call) -> str:
    """Return what a call is called in addresses."""
    return "/".join(call.address.parts)


def compare_calls(before: Call, after: Call, interface: Mapping[str, Text], was: State, now: State) -> CallChanges:
    """Compare the call `before` in the state `was` with the call `after` in the state `now`, which may be the same.

    `interface` are the words in which differences are told.
    """
    is_one_state = was is now
    interface = {**interface, **{name: interface[other] for name, other in _OF_ANY_TWO.items() if other in interface}}
    step = Step(after, (before,), tuple(_threads(before, after, now.rules)))
    comparison = compare(step, now.rules.book, None if is_one_state else was.rules.book)
    if not is_one_state:
        found = tuple(one for one in comparison.differences if not _is_open_as_before(one))
        is_unpublished = before.round.is_placeholder and after.round.is_placeholder
        comparison = replace(comparison, differences=() if is_unpublished else found)
    flips = flips_of(comparison, now.assessor, None if is_one_state else was.assessor)
    if not is_one_state:
        said = reworded(step, now.rules.book, was.rules.book)
        comparison = replace(comparison, differences=(*comparison.differences, *said))
        flips = (*flips, *(None for _ in said))
    changed = Changed(comparison, flips)
    book = now.rules.book if is_one_state else _with_all_facts(was, now)
    rules = replace(now.rules, book=book)
    views = {
        language: changes_view(
            changed, rules, Wording(language, Words(interface, language), book.sources, book.messages)
        )
        for language in LANGUAGES
    }
    return CallChanges(call_name(after), after.round.name, changed, views)


def _is_open_as_before(one: Difference) -> bool:
    """Say whether the documents leave something open in both states, in the same words: then nothing has changed."""
    return one.topic is Topic.TERMS and one.before == one.after


def _with_all_facts(was: State, now: State) -> RuleBook:
    """Return a book by which everything that either state names can be told."""
    facts = {**was.rules.book.facts, **now.rules.book.facts}
    return replace(as_one(was.rules.book, now.rules.book), facts=facts)


def _threads(before: Call, after: Call, rules: Rules) -> Iterator[Thread]:
    """Yield each frame of either call with the one of the other call that it is, continues, or is continued by."""
    lines = _lines(rules)
    left = {_line(lines, frame.rules.rule_set): Offer(before, frame) for frame in _offered(before)}
    for frame in _offered(after):
        found = left.pop(_line(lines, frame.rules.rule_set), None)
        named_in = None
        if found is not None and found.frame.rules.rule_set != frame.rules.rule_set and frame.follows is not None:
            named_in = frame.follows.citation
        yield Thread(Fate.NEW if found is None else Fate.CONTINUED, found, Offer(after, frame), named_in)
    yield from (Thread(Fate.GONE, offer, None) for offer in left.values())


def _offered(call: Call) -> Iterable[FrameInRound]:
    """Return the frames of a call; what is only expected in a placeholder is no offer."""
    return () if call.round.is_placeholder else call.round.frames


def _lines(rules: Rules) -> Mapping[str, str]:
    """Return for each frame the one of an earlier budget that it follows."""
    frames = (frame for call in calls(rules) for frame in call.round.frames)
    return {frame.rules.rule_set: frame.follows.rule_set for frame in frames if frame.follows is not None}


def _line(lines: Mapping[str, str], frame: str) -> str:
    """Return the first frame of the line that `frame` continues."""
    while frame in lines:
        frame = lines[frame]
    return frame
