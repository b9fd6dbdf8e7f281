"""Which call comes after which: programmes go in, and each call comes out with the frames that its own frames continue.

Within a budget a frame continues itself; across budgets it continues the frame that its rules name (`follows`). So the
calls of a type that is counted apart are neighbours of each other, whatever numbers lie between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from calculator.rulebook import Citation, RuleBook
from site_builder.rules.model import FrameInRound, Programme
from site_builder.site.addresses import Address
from site_builder.site.calls import Call, calls_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A frame in a call."""

    call: Call
    frame: FrameInRound


class Fate(StrEnum):
    """What became of a frame from one call to the next."""

    CONTINUED = "continued"  # both calls have it, under one name or two
    NEW = "new"  # no earlier call has it
    PERHAPS_NEW = "perhaps_new"  # nobody can tell whether an earlier call had it
    RETURNED = "returned"  # a call before the neighbour had it
    GONE = "gone"  # the later call does not offer it
    BESIDE = "beside"  # no document says; it only stands beside a frame of the other call


@dataclass(frozen=True, slots=True)
class Thread:
    """A frame as it was and as it is; `named_in` says where it stands that it continues one of another budget."""

    fate: Fate
    before: Offer | None
    after: Offer | None
    named_in: Citation | None = None

    @property
    def latest(self) -> Offer:
        """Return the frame as it is, or as it was last."""
        offer = self.after or self.before
        assert offer is not None  # noqa: S101 - a thread has one end at least
        return offer


@dataclass(frozen=True, slots=True)
class Step:
    """A call, the calls that it continues (the one with most frames in common first), and their frames by thread."""

    after: Call
    befores: tuple[Call, ...]
    threads: tuple[Thread, ...]


def steps_of(programme: Programme, book: RuleBook) -> tuple[Step, ...]:
    """Return the steps of a programme, the newest first. A call has none where no rule says what it continues."""
    history = _History(tuple(reversed(calls_of(programme))), book)
    return tuple(reversed([step for call in history.calls if (step := history.step_to(call)) is not None]))


@dataclass(frozen=True)
class _History:
    """The calls of a programme, the oldest first."""

    calls: tuple[Call, ...]
    book: RuleBook

    @cached_property
    def offers(self) -> tuple[tuple[Offer, ...], ...]:
        """Return the frames of each call; what is only expected in a placeholder is no offer."""
        return tuple(
            () if call.round.is_placeholder else tuple(Offer(call, frame) for frame in call.round.frames)
            for call in self.calls
        )

    def step_to(self, call: Call) -> Step | None:
        """Return the step to `call`, or None where nothing is known to lead to it."""
        if call.round.is_placeholder:
            before = self._published_before(call)
            return None if before is None else Step(call, (before,), ())
        threads = self._threads[self._place(call)]
        count = Counter(one.before.call.address for one in threads if one.before is not None)
        ordered = tuple(self.calls[self._places[address]] for address, _ in count.most_common())
        return Step(call, ordered, (*threads, *self._gone(call, ordered))) if ordered else None

    def _published_before(self, call: Call) -> Call | None:
        """Return the call with a guideline before a placeholder: in its own budget, else in the one before.

        A budget may have rounds that are counted on beside those of the next one: a later number is no call before.
        """
        every = [one for one in self._before(call) if not one.round.is_placeholder]
        earlier = [one for one in every if (one.round.number or 0) < (call.round.number or 0)] or every
        own = [one for one in earlier if one.rule_set.slug == call.rule_set.slug]
        return next(iter([*reversed(own), *reversed(earlier)]), None)

    def _before(self, call: Call) -> tuple[Call, ...]:
        return self.calls[: self._place(call)]

    @cached_property
    def _places(self) -> Mapping[Address, int]:
        return {one.address: place for place, one in enumerate(self.calls)}

    def _place(self, call: Call) -> int:
        return self._places[call.address]

    @cached_property
    def _threads(self) -> tuple[tuple[Thread, ...], ...]:
        """The thread to each frame of each call."""
        return tuple(tuple(map(self._thread_to, offers)) for offers in self.offers)

    def _thread_to(self, offer: Offer) -> Thread:
        frame, neighbour = offer.frame, self._neighbour(offer.call)
        before = self._last(frame.rules.rule_set, offer.call)
        if before is not None:
            fate = Fate.CONTINUED if before.call.address == neighbour else Fate.RETURNED
            return Thread(fate, before, offer)
        followed = None if frame.follows is None else self._last(frame.follows.rule_set, offer.call)
        if frame.follows is not None and followed is not None:
            return Thread(Fate.CONTINUED, followed, offer, frame.follows.citation)
        return Thread(Fate.PERHAPS_NEW if self._is_unsettled(offer) else Fate.NEW, None, offer)

    def _neighbour(self, call: Call) -> Address | None:
        """Return the address of the last call of the same budget that has a frame in common with `call`."""
        own = {offer.frame.slug for offer in self.offers[self._place(call)]}
        for one in reversed(self._before(call)):
            slugs = {offer.frame.slug for offer in self.offers[self._place(one)]}
            if one.rule_set.slug == call.rule_set.slug and own & slugs:
                return one.address
        return None

    def _last(self, rule_set: str, call: Call) -> Offer | None:
        """Return the frame called `rule_set` as the last call before `call` offers it."""
        found = (
            offer
            for offers in reversed(self.offers[: self._place(call)])
            for offer in offers
            if offer.frame.rules.rule_set == rule_set
        )
        return next(found, None)

    def _is_unsettled(self, offer: Offer) -> bool:
        """Say whether nobody can tell if the frame was offered in an earlier round of its budget."""
        number = offer.call.round.number
        return number is not None and any(
            one is not None and one < number and rules.award is None and rules.open_award is None
            for one, rules in self.book.frames[offer.frame.rules.rule_set].rounds.items()
        )

    def _gone(self, call: Call, befores: tuple[Call, ...]) -> Iterator[Thread]:
        """Yield the frames of the calls before that the later call does not offer.

        Those that continue in a step of their own are not gone. Where several steps lead on from a call, the one with
        most frames in common tells what is gone.
        """
        for before in befores:
            if self._main_step_from(before) != call.address:
                continue
            for offer in self.offers[self._place(before)]:
                if not self._goes_on(offer):
                    yield Thread(Fate.GONE, offer, None)

    def _main_step_from(self, before: Call) -> Address:
        led_to = Counter(
            thread.latest.call.address
            for threads in self._threads[self._place(before) + 1 :]
            for thread in threads
            if thread.before is not None and thread.before.call is before
        )
        ((address, _),) = led_to.most_common(1)
        return address

    def _goes_on(self, offer: Offer) -> bool:
        """Say whether a later call continues the frame of `offer` as it is; one that brings it back does not."""
        later = (thread for threads in self._threads[self._place(offer.call) + 1 :] for thread in threads)
        return any(one.fate is Fate.CONTINUED and one.before is offer for one in later)
