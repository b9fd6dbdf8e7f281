"""Everything on the site that a document is cited for, one thing after the other, with the page where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.messages import message
from calculator.rulebook import Award, Citation, FactDefinition, FrameRules, Requirement
from site_builder.rules.model import FrameInRound, Note, Programme, Round, Rules, ScheduleEntry, Statement
from site_builder.site.addresses import Link, changes_address, guide_address, programme_address, rule_set_address
from site_builder.site.awards import tier_words
from site_builder.site.calls import Call, call_link, calls, calls_of, check_path, frame_link
from site_builder.site.dropped import dropped_by
from site_builder.site.frames import NOTED_SECTIONS as NOTED_ON_A_FRAME
from site_builder.site.moments import moment_view
from site_builder.site.rounds import NOTED_SECTIONS as NOTED_ON_A_ROUND
from site_builder.site.statements import definition_anchor, shown_definitions
from site_builder.site.wording import Wording

#: The guide that shows applications and adoptions.
NUMBERS = "statistics"
#: The guide that tells what to do when.
APPLYING = "how-to-apply"


class Matter(StrEnum):
    """What kind of thing a document is cited for, in the order in which a document's page lists them."""

    FIGURE = "figure"
    DATE = "date"
    REQUIREMENT = "requirement"
    DEFINITION = "definition"
    SELECTION = "selection"
    REPAYMENT = "repayment"
    STATEMENT = "statement"
    DOCUMENT = "document"
    CHANGE = "change"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that is cited.

    Attributes:
        matter: what kind of thing it is.
        label: its name.
        citation: where a document has it.
        anchor: its place on its page; None where it is the page's beginning.
        text: what it says, where that is a figure, a date or a note; None where it is read on its page.
        about: the names by which a note means it.
        together: of a note, all the places on which it rests.
    """

    matter: Matter
    label: str
    citation: Citation
    anchor: str | None = None
    text: str | None = None
    about: tuple[str, ...] = ()
    together: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A thing with its page: that of the `frame` in the round of `call`, or (None) that of the round or above it.

    `notes` stand beside it: what the documents say besides, and the reading taken.
    """

    thing: Thing
    call: Call
    frame: FrameInRound | None
    link: Link
    notes: tuple[Note, ...] = ()


def everything_cited(rules: Rules, wording: Wording) -> Iterator[Cited]:
    """Yield all that is cited on the site, the programmes in order, in each the newest round first."""
    for call in calls(rules):
        for frame in call.round.frames:
            page = frame_link(frame, call, wording)
            things = (*_of_a_frame(frame, rules.book.facts, wording), *_notes(frame.notes, NOTED_ON_A_FRAME, wording))
            yield from _placed(things, frame.notes, call, frame, page)
        page = call_link(call, wording)
        things = (*_of_a_round(call.round, wording), *_notes(_of_the_round(call.round), NOTED_ON_A_ROUND, wording))
        yield from _placed(things, call.round.notes, call, None, page)
        yield from _of_what_it_follows(call, wording)
        yield from _of_what_it_drops(call, wording)
        yield from _of_the_account(call, rules, wording)
        yield from _results(call, rules, wording)
        yield from _of_other_moments(call, wording)
    for programme in rules.programmes:
        yield from _of_a_programme(programme, wording)


def _placed(
    things: Iterable[Thing], notes: tuple[Note, ...], call: Call, frame: FrameInRound | None, page: Link
) -> Iterator[Cited]:
    for thing in things:
        beside = tuple(note for note in notes if note.about in thing.about)
        yield Cited(thing, call, frame, _at(page, thing.anchor), beside)


def _at(page: Link, anchor: str | None) -> Link:
    return page if anchor is None else Link(page.text, f"{page.path}#{anchor}")


def _of_a_frame(frame: FrameInRound, facts: Mapping[str, FactDefinition], wording: Wording) -> Iterator[Thing]:
    own, say = frame.rules, wording.say
    if own.award is not None:
        yield from _award(own.award, facts, wording)
    yield from _ranges(own, wording)
    for one in own.requirements:
        yield _requirement(one, wording)
    for definition in shown_definitions([frame]):
        anchor = definition_anchor(definition.name)
        yield Thing(Matter.DEFINITION, say(definition.label), definition.citation, anchor, about=("applicants",))
    yield from _selection(own, wording)
    yield from _repayment(frame, wording)
    yield from _groups(own, wording)
    yield Thing(Matter.STATEMENT, wording.words["cited_offered"], frame.offered)
    yield from _statements((frame.purpose,), None, wording)
    yield from _statements(frame.applicants, "who", wording, ("applicants",))
    yield from _statements(frame.additional_statements, "additional", wording)


def _award(award: Award, facts: Mapping[str, FactDefinition], wording: Wording) -> Iterator[Thing]:
    words, say, limit = wording.words, wording.say_sentence, award.upper_limit

    def figure(name: str, citation: Citation, anchor: str, text: str | None, *about: str) -> Thing:
        return Thing(Matter.FIGURE, words[name], citation, anchor, text, about)

    tiers = wording.listed(tier_words(limit, facts, wording))
    yield figure("upper_limit", limit.citation, "upper-limit", tiers, "upper_limit")
    for uplift in limit.uplifts:
        yield figure("uplifts", uplift.citation, "uplifts", say(uplift.sentence), "upper_limit")
    if award.lower_limit is not None:
        lower = award.lower_limit
        yield figure("lower_limit", lower.citation, lower.code, say(lower.sentence), "lower_limit", lower.code)
    for citation in dict.fromkeys(case.citation for case in award.rates):
        cases = wording.listed(say(case.sentence) for case in award.rates if case.citation == citation)
        yield figure("rate", citation, "rate", cases, "rate")
    if award.eligible_costs is not None:
        costs = award.eligible_costs
        text = None if costs.categories else say(costs.sentence)
        yield figure("frame_section_costs", costs.citation, "costs", text, "eligible_costs")
    yield figure("rounding", award.rounding, "rounding", words["rounding_sentence"])


def _ranges(own: FrameRules, wording: Wording) -> Iterator[Thing]:
    award = own.open_award
    if award is None:
        return
    for name, one in (("upper_limit", award.upper_limit), ("rate", award.rate)):
        if one is not None:
            text = wording.say_sentence(one.sentence)
            yield Thing(Matter.FIGURE, wording.words[name], one.citation, "how-much", text, (name,))


def _requirement(one: Requirement, wording: Wording) -> Thing:
    return Thing(Matter.REQUIREMENT, wording.say(one.label), one.citation, one.code, about=(one.code,))


def _selection(own: FrameRules, wording: Wording) -> Iterator[Thing]:
    for one in own.weighed:
        yield Thing(Matter.SELECTION, wording.say(one.label), one.citation, "selection", about=("selection", one.code))
    second = own.reexamination
    if second is not None:
        label = wording.words["reexamination"]
        yield Thing(Matter.SELECTION, label, second.citation, "selection", about=("selection", second.code))
    if own.rate_change is not None:
        yield Thing(Matter.FIGURE, wording.words["rate"], own.rate_change.citation, "rate", about=("rate",))


def _repayment(frame: FrameInRound, wording: Wording) -> Iterator[Thing]:
    yield from _statements(frame.repayment, "repayment", wording, ("repayment",), Matter.REPAYMENT)
    clawback = frame.rules.clawback
    if clawback is None:
        return
    whole = (("whole", wording.words["clawback_whole"], clawback.whole),)
    parts = tuple((part.name, wording.say_sentence(part.label), part.cases) for part in clawback.parts)
    for name, label, cases in (*whole, *parts):
        for citation in dict.fromkeys(case.citation for case in cases):
            yield Thing(Matter.REPAYMENT, label, citation, f"clawback.{name}", about=("repayment",))
    total, label = clawback.total, wording.words["clawback_total"]
    yield Thing(Matter.REPAYMENT, label, total.citation, "clawback.total", about=("repayment",))


def _groups(own: FrameRules, wording: Wording) -> Iterator[Thing]:
    if own.joint is not None:
        label = wording.words["frame_section_joint"]
        yield Thing(Matter.REQUIREMENT, label, own.joint.citation, "joint")
        yield from (_requirement(one, wording) for one in own.joint.requirements)
    if own.consortium is not None:
        label, pool = wording.words["frame_section_consortium"], own.consortium.pool
        yield Thing(Matter.REQUIREMENT, label, own.consortium.citation, "consortium")
        if pool is not None:
            text = wording.say_sentence(pool.sentence)
            yield Thing(Matter.FIGURE, wording.say(pool.label), pool.citation, pool.code, text, (pool.code,))


def _of_a_round(one: Round, wording: Wording) -> Iterator[Thing]:
    for entry in one.schedule:
        yield from _moments(entry, wording)
    for document in one.documents:
        yield Thing(Matter.DOCUMENT, wording.say(document.title), document.citation, "documents", about=("documents",))
    yield from _statements(one.statements, "rules", wording)
    if not one.is_placeholder:
        yield from _statements((one.purpose, one.budget), "purpose", wording)


def _of_what_it_follows(call: Call, wording: Wording) -> Iterator[Cited]:
    """Yield which frames of an earlier budget those follow that this round is the first to have."""
    earlier = {frame.slug for one in _rounds_before(call) for frame in one.frames}
    for frame in call.round.frames:
        if frame.follows is not None and frame.slug not in earlier:
            thing = Thing(Matter.CHANGE, wording.words["changes_following_frame"], frame.follows.citation)
            page = changes_address(call.address).path(wording.language)
            yield Cited(thing, call, frame, Link(wording.say(frame.rules.name), page))


def _of_what_it_drops(call: Call, wording: Wording) -> Iterator[Cited]:
    """Yield what the round no longer has: the page of what changed tells it."""
    path = changes_address(call.address).path(wording.language)
    for one in dropped_by(call):
        label = wording.say(one.label)
        thing = Thing(Matter.CHANGE, label, one.citation, text=wording.words["changes_dropped"])
        yield Cited(thing, call, one.frame, Link(wording.words["changes_manner_dropped"], path))


def _rounds_before(call: Call) -> tuple[Round, ...]:
    rounds = call.rule_set.rounds
    return rounds[: rounds.index(call.round)]


def _of_the_account(call: Call, rules: Rules, wording: Wording) -> Iterator[Cited]:
    """Yield how long the account for applications takes: the self-diagnosis counts it back from the deadline."""
    path = check_path(call, rules, wording)
    if path is None:
        return
    for time in dict.fromkeys(frame.rules.account_lead_time for frame in call.round.frames):
        if time is not None:
            thing = Thing(Matter.DATE, wording.say(time.name), time.citation)
            yield Cited(thing, call, None, Link(wording.words["navigation_check"], path))


def _results(call: Call, rules: Rules, wording: Wording) -> Iterator[Cited]:
    """Yield how many applied and were adopted in the round: the page of numbers shows it."""
    page = Link(wording.words["navigation_statistics"], guide_address(NUMBERS).path(wording.language, "results"))
    for one in rules.statistics.results:
        if (one.rule_set, one.round) == (call.rule_set.slug, call.round.number):
            counts = [wording.words["results_not_known"] if n is None else f"{n:,}" for n in (one.applied, one.adopted)]
            text = wording.fill("results_cited", applied=counts[0], adopted=counts[1])
            frame = next((frame for frame in call.round.frames if frame.slug == one.frame), None)
            thing = Thing(Matter.FIGURE, wording.words["results_caption_cited"], one.citation, text=text)
            yield Cited(thing, call, frame, page)


def _of_other_moments(call: Call, wording: Wording) -> Iterator[Cited]:
    """Yield the moments that are nobody's deadline, once for the newest round: the guide to applying warns of them."""
    newest = next((one for one in reversed(call.rule_set.rounds) if not one.is_placeholder), None)
    if call.round is not newest:
        return
    for moment in dict.fromkeys(one for frame in call.round.frames for one in frame.rules.other_moments):
        label = wording.words["cited_other_moment"]
        thing = Thing(Matter.DATE, label, moment.citation, text=wording.say(figure_text(Kind.MOMENT, moment.at)))
        yield Cited(thing, call, None, Link(label, guide_address(APPLYING).path(wording.language, "other-moments")))


def _moments(entry: ScheduleEntry, wording: Wording) -> Iterator[Thing]:
    label = wording.say(message(wording.messages, f"moment_{entry.name}"))
    for moment, day in ((entry.moment, entry.day), (entry.reported, entry.reported_day)):
        view, found = moment_view(moment, day, wording), moment or day
        if view is not None and found is not None:
            yield Thing(Matter.DATE, label, found.citation, "schedule", view.time.text, ("schedule",))


def _of_a_programme(programme: Programme, wording: Wording) -> Iterator[Cited]:
    newest = calls_of(programme)[0]
    operator = programme.operator
    page = Link(wording.say(programme.short_name), programme_address(programme.slug).path(wording.language))
    for thing in _statements((operator,), "operator", wording):
        yield Cited(thing, newest, None, _at(page, thing.anchor))
    for call in calls_of(programme):
        if call.round.number == call.rule_set.rounds[-1].number:
            page = Link(wording.say(call.rule_set.name), rule_set_address(call.rule_set.slug).path(wording.language))
            for thing in _of_a_rule_set(call, wording):
                yield Cited(thing, call, None, _at(page, thing.anchor))


def _of_a_rule_set(newest: Call, wording: Wording) -> Iterator[Thing]:
    """Yield what is cited on the page of a rule set, except what that of its newest round says as well."""
    for change in newest.rule_set.changes:
        yield Thing(Matter.CHANGE, wording.say(change.label), change.citation, "changes")
    if newest.round.is_placeholder:
        yield from _statements((newest.round.purpose,), None, wording)
        yield from _statements((newest.round.budget,), "budget", wording)


def _statements(
    all_of: Iterable[Statement],
    anchor: str | None,
    wording: Wording,
    about: tuple[str, ...] = (),
    matter: Matter = Matter.STATEMENT,
) -> Iterator[Thing]:
    for one in all_of:
        yield Thing(matter, wording.say(one.label), one.citation, anchor, about=about)


def _of_the_round(one: Round) -> tuple[Note, ...]:
    """Return the notes that stand in a section of the round's page; those about requirements are those of frames."""
    full = {"schedule": one.schedule, "frames": one.frames, "documents": one.documents}
    placed = (note for note in one.notes if note.about in NOTED_ON_A_ROUND)
    return tuple(note for note in placed if full.get(NOTED_ON_A_ROUND[note.about], True))


def _notes(all_of: Iterable[Note], sections: Mapping[str, str], wording: Wording) -> Iterator[Thing]:
    """Yield each note for each of its citations; of a frame, those about the round's matters stand on its page."""
    label = wording.words["note"]
    for note in all_of:
        if note.about in sections or "." in note.about:
            for citation in note.citations:
                anchor = sections.get(note.about, note.about)
                yield Thing(Matter.NOTE, label, citation, anchor, wording.say(note.text), together=note.citations)
