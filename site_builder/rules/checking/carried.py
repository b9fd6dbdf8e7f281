"""Rounds that take over the rules of an earlier one: that it is there, and that everything they confirm is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from calculator.rulebook import CitationStatus
from site_builder.errors import GuidanceError, name_hint
from site_builder.rules.checking.changed_awards import added_codes, check_carried_awards, check_carried_selection
from site_builder.rules.checking.changed_repayments import check_carried_repayments
from site_builder.rules.checking.rounds import known_rounds
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.drafts.statements import CitationDraft
from site_builder.rules.resolution.carrying import earlier_round, line_of
from site_builder.rules.resolution.inheritance import codes_of, shared_with
from site_builder.rules.resolution.scopes import is_offered
from site_builder.rules.resolution.statements import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from site_builder.errors import Gathering
    from site_builder.rules.drafts.carried import CarriedDraft, ConfirmedDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.sources import SourceDraft
    from site_builder.sources.nodes import ScalarNode


def check_carried(rules: RulesDraft, rule_set: RuleSetDraft, errors: Gathering) -> None:
    """Check what each round of the rule set takes over from another, what it confirms of that, and what it cites."""
    for round_ in rule_set.rounds.values():
        _check_places(rules, rule_set, round_, errors)
        if round_.carried is None:
            continue
        _check_since(rule_set, round_, round_.carried, errors)
        _check_frames(rule_set, round_.carried, errors)
        _check_notes(rule_set, round_.carried, errors)
        _check_requirements(rule_set, round_, round_.carried, errors)
        check_carried_selection(rule_set, round_, errors)
        check_carried_awards(rule_set, round_, errors)
        check_carried_repayments(rule_set, round_, errors)
        known = _known(rules, rule_set, line_of(rule_set, round_))
        for entry in round_.carried.confirmed:
            for what, names in entry.names.items():
                _check_names(names, what, known[what], errors, known)
        _check_once(round_, round_.carried, errors)


def _check_since(rule_set: RuleSetDraft, round_: RoundDraft, carried: CarriedDraft, errors: Gathering) -> None:
    """Check that the rules are taken over from an earlier round that has some."""
    place, since = carried.node.place(), carried.since
    published = [number for number, one in rule_set.rounds.items() if number is not None and one.placeholder is None]
    earlier = [number for number in published if round_.number is not None and number < round_.number]
    hint = f"take them over from {', '.join(map(str, earlier))}" if earlier else "leave it out"
    if round_.placeholder is not None:
        hint = "nothing is known of a placeholder: take out this line, or `placeholder`"
        errors.add(GuidanceError(place, "a placeholder takes over no rules", hint, "bad-carrying"))
    elif since not in rule_set.rounds:
        errors.add(GuidanceError(place, f"there is no round {since}", hint, "unknown-round"))
    elif rule_set.rounds[since].placeholder is not None:
        errors.add(GuidanceError(place, f"round {since} is a placeholder", hint, "unknown-round"))
    elif earlier_round(rule_set, round_) is None:
        sentence = f"round {since} does not lie before round {round_.number}"
        errors.add(GuidanceError(place, sentence, hint, "bad-carrying"))


def _check_frames(rule_set: RuleSetDraft, carried: CarriedDraft, errors: Gathering) -> None:
    """Check that frames that are dropped or come again are there, and that what is dropped was offered."""
    changed, earlier = carried.frames, rule_set.rounds.get(carried.since)
    if changed is None:
        return
    _check_names((*changed.dropped, *changed.added), "frames", rule_set.frames, errors)
    for name in changed.dropped:
        frame = rule_set.frames.get(name.value)
        if frame is not None and earlier is not None and not is_offered(frame, earlier):
            sentence = f"'{name.value}' is not offered in round {carried.since}"
            errors.add(GuidanceError(name.place(), sentence, "there is nothing to drop: take it out", "unknown-frame"))


def _check_requirements(rule_set: RuleSetDraft, round_: RoundDraft, carried: CarriedDraft, errors: Gathering) -> None:
    """Check that requirements that are dropped are there, and that those that are added have a code of their own."""
    changed = carried.requirements
    if changed is None:
        return
    listed = (rule_set.file.shared.requirements, *(frame.requirements for frame in rule_set.frames.values()))
    before = line_of(rule_set, round_)[:-1]
    added = (one.carried.requirements.added for one in before if one.carried and one.carried.requirements)
    codes = {one.code.value for several in (*listed, *added) for one in several}
    for name in changed.dropped:
        if name.value not in codes:
            hint = name_hint(name.value, codes, "requirements stand in rule_set.yaml and in the files of frames")
            errors.add(GuidanceError(name.place(), f"no requirement is called '{name.value}'", hint, "unknown-about"))
    taken = codes | {code for frame in rule_set.frames.values() for code in _codes(frame, rule_set)}
    for one in changed.added:
        if one.code.value in taken:
            sentence = f"there is '{one.code.value}' already"
            hint = "give it a code of its own; a condition that changed has another code, too"
            errors.add(GuidanceError(one.code.place(), sentence, hint, "duplicate-name"))
        taken.add(one.code.value)


def _check_notes(rule_set: RuleSetDraft, carried: CarriedDraft, errors: Gathering) -> None:
    notes = {name for frame in rule_set.frames.values() for name in frame.notes} | set(rule_set.file.head.notes)
    for name in carried.without_notes:
        if name.value not in notes:
            hint = name_hint(name.value, notes, "notes stand in rule_set.yaml and in the files of frames")
            errors.add(GuidanceError(name.place(), f"no note is called '{name.value}'", hint, "unknown-name"))


def _known(rules: RulesDraft, rule_set: RuleSetDraft, line: Sequence[RoundDraft]) -> Mapping[str, frozenset[str]]:
    """Return what can be confirmed: what the files of the rule set have, and what the rounds of `line` added to it."""
    frames, last = rule_set.frames.values(), line[-1]
    added = {code for one in line if one.carried is not None for code in added_codes(one.carried)}
    return {
        "figures": frozenset(
            {*rule_set.file.figures, *(name for frame in frames for name in frame.figures), *last.added.figures}
        ),
        "about": frozenset({*TOPICS, *added, *(code for frame in frames for code in _codes(frame, rule_set))}),
        "definitions": frozenset(
            {
                *rules.definitions,
                *rule_set.file.definitions,
                *(name for frame in frames for name in frame.definitions),
                *last.added.definitions,
            }
        ),
        "frames": frozenset(rule_set.frames),
    }


def _codes(frame: FrameDraft, rule_set: RuleSetDraft) -> Iterator[str]:
    yield from codes_of(frame, rule_set) - {rule_set.file.head.not_offered.code.value}
    if frame.consortium is not None and frame.consortium.pool is not None:
        yield frame.consortium.pool.code.value
    joint = shared_with(frame, rule_set).joint
    yield from () if joint is None else (one.code.value for one in joint.requirements)


_SINGULAR = {
    "figures": ("figure", "figures are given in rule_set.yaml and in the files of frames"),
    "about": ("code or topic", "a requirement's code, or what a note can be about, such as eligible_costs"),
    "definitions": ("definition", "definitions stand in definitions.yaml, in rule_set.yaml and in the files of frames"),
    "frames": ("frame", "frames are files beside rule_set.yaml"),
}
_CODES = {
    "figures": "unknown-figure",
    "about": "unknown-about",
    "definitions": "unknown-name",
    "frames": "unknown-frame",
}


def _check_names(
    names: Iterable[ScalarNode],
    what: str,
    known: Iterable[str],
    errors: Gathering,
    others: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> None:
    """Check that each name is `known`; `others` are the names of all that could be meant, by its key."""
    word, otherwise = _SINGULAR[what]
    for name in names:
        if name.value not in known:
            key = next((key for key, some in others.items() if name.value in some), None)
            hint = name_hint(name.value, known, otherwise) if key is None else f"that is named under `{key}`"
            errors.add(GuidanceError(name.place(), f"no {word} is called '{name.value}'", hint, _CODES[what]))


def _check_places(rules: RulesDraft, rule_set: RuleSetDraft, round_: RoundDraft, errors: Gathering) -> None:
    """Check that what is printed for the round stands in documents that speak of it; each other one is told once."""
    rule_sets = [one for programme in rules.programmes for one in programme.rule_sets]
    known = {(one.slug, number) for one in rule_sets for number in known_rounds(one)}
    found: dict[str, list[CitationDraft]] = {}
    for citation in _own_citations(round_):
        source = rules.sources.get(citation.source.value)
        if source is not None and not known.issuperset(_spoken_of(source)):
            continue  # a rule set or a round that there is not may be meant for this one
        is_printed = source is not None and citation.status is CitationStatus.PRINTED
        if source is not None and is_printed and not source.speaks_of(rule_set.slug, round_.number):
            found.setdefault(citation.source.value, []).append(citation)
    call, added = ("the call", "call") if round_.number is None else (f"round {round_.number}", round_.number)
    for name, (first, *more) in found.items():
        sentence = f"'{name}' does not speak of {call}, so it prints nothing of it"
        hint = f"add {added} to its `prints:` in rules/sources.yaml, or write the status carried_over"
        lines = dict.fromkeys(str(one.source.place().line) for one in more)
        hint += f"; it is cited so on {'line' if len(lines) == 1 else 'lines'} {', '.join(lines)} too" if lines else ""
        errors.add(GuidanceError(first.source.place(), sentence, hint, "not-printed-there"))


def _spoken_of(source: SourceDraft) -> Iterator[tuple[str, int | None]]:
    return ((one.rule_set.value, number) for one in source.prints for number in one.rounds)


def _own_citations(round_: RoundDraft) -> Iterator[CitationDraft]:
    """Yield the places that the round's own file gives, but for those of notes, which may be about other rounds."""
    carried = round_.carried
    own = tuple(figure for name, figure in round_.figures.items() if carried is None or name in carried.own_figures)
    parts: tuple[object, ...] = (round_.schedule, own, round_.documents, round_.statements)
    if carried is not None:
        changed = (carried.frames, carried.added, carried.requirements, carried.awards, carried.selection)
        parts = (*parts, *changed, carried.repayments, carried.confirmed)
    return (part for part in parts_under(parts) if isinstance(part, CitationDraft))


def _check_once(round_: RoundDraft, carried: CarriedDraft, errors: Gathering) -> None:
    """Check that nothing is confirmed at two places, nor confirmed and given anew."""
    own = {("figures", name): "gives" for name in (*carried.own_figures, *carried.added.figures)}
    own |= {("definitions", name): "gives" for name in carried.added.definitions}
    own |= {(what, name.value): "drops" for what, name in _dropped(carried)}
    seen = set(own)
    for entry in carried.confirmed:
        for what, name in _named(entry):
            if (what, name.value) in seen:
                does = own.get((what, name.value), "confirms")
                sentence = f"round {round_.number} {does} '{name.value}' already"
                hint = "what is gone is not confirmed" if does == "drops" else "say once where it stands"
                errors.add(GuidanceError(name.place(), sentence, hint, "duplicate-name"))
            seen.add((what, name.value))
    for entry in [one for one in carried.confirmed if one.everything][1:]:
        sentence = f"round {round_.number} confirms everything already"
        errors.add(GuidanceError(entry.at, sentence, "say once where it stands", "duplicate-name"))


def _dropped(carried: CarriedDraft) -> Iterator[tuple[str, ScalarNode]]:
    """Yield what the round drops, with the key by which it could be confirmed."""
    for listed in (carried.requirements, carried.selection):
        yield from () if listed is None else (("about", name) for name in listed.dropped)
    yield from () if carried.frames is None else (("frames", name) for name in carried.frames.dropped)


def _named(entry: ConfirmedDraft) -> Iterator[tuple[str, ScalarNode]]:
    return ((what, name) for what, names in entry.names.items() for name in names)
