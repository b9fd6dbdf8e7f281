"""What the files say of one another: rounds, frames, sources' rounds, figures that a round changes, notes, examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculator.kinds import Kind
from site_builder.errors import Gathering, GuidanceError, Place, name_hint
from site_builder.rules.checking.awards import check_award_parts
from site_builder.rules.checking.carried import check_carried
from site_builder.rules.checking.changed_awards import added_codes
from site_builder.rules.checking.followed_frames import check_followed_frames
from site_builder.rules.checking.former_names import check_former_names
from site_builder.rules.checking.rounds import check_example_rounds, check_prints, check_rounds, unknown_point
from site_builder.rules.checking.tags import check_tags
from site_builder.rules.drafts.awards import OpenAwardDraft
from site_builder.rules.resolution.carrying import line_of
from site_builder.rules.resolution.inheritance import codes_of
from site_builder.rules.resolution.scopes import is_offered
from site_builder.rules.resolution.statements import TOPICS
from site_builder.sources.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calculator.rulebook import FactDefinition
    from site_builder.rules.drafts.examples import ExampleDraft, ExamplesDraft
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.named import DefinitionDraft, FigureDraft
    from site_builder.rules.drafts.rounds import RoundDraft
    from site_builder.rules.drafts.statements import NoteDraft
    from site_builder.sources.nodes import Node
    from site_builder.sources.texts import TextDraft


def check_references(rules: RulesDraft, errors: Gathering) -> None:
    """Add every reference that leads nowhere to `errors`."""
    rule_sets = [rule_set for programme in rules.programmes for rule_set in programme.rule_sets]
    check_prints(rules, {rule_set.slug: rule_set for rule_set in rule_sets}, errors)
    shared = rules.defined
    _check_distinct([], [*shared.definitions.values(), *shared.figures.values()], rules, errors)
    _check_open_points(rules, rule_sets, errors)
    check_former_names(rules.facts, errors)
    check_tags(rules, errors)
    for rule_set in rule_sets:
        _check_rule_set(rules, rule_set, errors)
    for programme in rules.programmes:
        check_followed_frames(programme, errors)
        check_example_rounds(programme, errors)


def _check_rule_set(rules: RulesDraft, rule_set: RuleSetDraft, errors: Gathering) -> None:
    codes = frozenset(code for frame in rule_set.frames.values() for code in codes_of(frame, rule_set))
    check_rounds(rule_set, errors)
    check_carried(rules, rule_set, errors)
    _check_notes(rule_set.file.head.notes, codes, errors)
    _check_order(rule_set, errors)
    for name, part in rule_set.file.shared.parts.items():
        _check_frame_name(part, rule_set, errors)
        _check_not_the_total(name, part.place(), errors)
    clawbacks = (rule_set.file.shared.clawback, *(frame.clawback for frame in rule_set.frames.values()))
    changes = (one for round_ in rule_set.rounds.values() if round_.carried for one in round_.carried.repayments)
    for some in (*(one.parts for one in clawbacks if one is not None), *(one.parts for one in changes)):
        for name, duty in some.items():
            _check_not_the_total(name, duty.label.ja.place(), errors)
    _check_names_given(rules, rule_set, errors)
    for round_ in rule_set.rounds.values():
        line = line_of(rule_set, round_)
        added = {code for one in line if one.carried is not None for code in added_codes(one.carried)}
        gone = {
            name.value
            for one in line
            if one.carried and one.carried.requirements
            for name in one.carried.requirements.dropped
        }
        _check_notes(round_.notes, (codes | added) - gone, errors)
        _check_round(rule_set, round_, errors)
    for frame in rule_set.frames.values():
        _check_notes(frame.notes, codes_of(frame, rule_set), errors)
        _check_frame(rule_set, frame, errors)
    for file in rule_set.examples:
        _check_examples(rules, rule_set, file, errors)


def _check_not_the_total(name: str, place: Place, errors: Gathering) -> None:
    """Check that a part is not called what answers call all parts together."""
    if name == "total":
        errors.add(
            GuidanceError(place, "answers call all parts together 'total'", "choose another name", "duplicate-name")
        )


def _check_open_points(rules: RulesDraft, rule_sets: Iterable[RuleSetDraft], errors: Gathering) -> None:
    owners: dict[str, str] = {}
    for owner, points in _owners_of_points(rule_sets):
        for name, words in points.items():
            if name in rules.facts.facts:  # open(name) would mean two things
                sentence = f"a fact is called '{name}' already"
                errors.add(GuidanceError(words.ja.place(), sentence, "give it another name", "duplicate-name"))
            first = owners.setdefault(name, owner)
            if first != owner:
                sentence = f"the open point '{name}' is worded in {first} already"
                errors.add(GuidanceError(words.ja.place(), sentence, "give it another name", "duplicate-name"))


def _owners_of_points(rule_sets: Iterable[RuleSetDraft]) -> Iterator[tuple[str, Mapping[str, TextDraft]]]:
    """Yield every rule set and round with the open points that it words."""
    for rule_set in rule_sets:
        yield rule_set.slug, rule_set.file.head.open_points
        for round_ in rule_set.rounds.values():
            if round_.carried is not None:
                yield f"{rule_set.slug}/{round_.number}", round_.carried.added.open_points


def _check_names_given(rules: RulesDraft, rule_set: RuleSetDraft, errors: Gathering) -> None:
    """Check that no definition or figure has a name that means something else there."""
    file = rule_set.file
    own = list(file.definitions.values())
    _check_distinct([rules.definitions], [*own, *file.figures.values()], rules, errors)
    for frame in rule_set.frames.values():
        above = [rules.definitions, file.definitions]
        _check_distinct([*above, file.figures], list(frame.definitions.values()), rules, errors)
        _check_distinct([*above, frame.definitions], list(frame.figures.values()), rules, errors)
    _check_names_added(rules, rule_set, errors)


def _check_names_added(rules: RulesDraft, rule_set: RuleSetDraft, errors: Gathering) -> None:
    """Check that what a round adds has a name that nothing else in the budget has: all its frames read it."""
    taken: list[Mapping[str, object]] = [rules.definitions, rule_set.file.definitions, rule_set.file.figures]
    for frame in rule_set.frames.values():
        taken += [frame.definitions, frame.figures]
    for round_ in rule_set.rounds.values():
        if round_.carried is not None:
            added = round_.carried.added
            given: list[DefinitionDraft | FigureDraft] = [*added.definitions.values(), *added.figures.values()]
            _check_distinct(taken, given, rules, errors, "choose another name; what changes stands under `figures:`")
            taken += [added.definitions, added.figures]


def _check_distinct(
    above: Iterable[Mapping[str, object]],
    given: Iterable[DefinitionDraft | FigureDraft],
    rules: RulesDraft,
    errors: Gathering,
    hint: str = "choose another name",
) -> None:
    taken = {name for names in above for name in names}
    for draft in given:
        name = draft.name.value
        if name in rules.facts.facts or name in taken:
            what = "fact" if name in rules.facts.facts else "definition or figure"
            sentence = f"a {what} is called '{name}' already"
            errors.add(GuidanceError(draft.name.place(), sentence, hint, "duplicate-name"))
        taken.add(name)


def _check_order(rule_set: RuleSetDraft, errors: Gathering) -> None:
    order = rule_set.file.frame_order
    if order is None:
        return
    for slug in order:
        _check_frame_name(slug, rule_set, errors)
    for name, frame in rule_set.frames.items():
        if name not in [listed.value for listed in order]:
            place = order[0].place() if order else frame.name.ja.place()
            errors.add(
                GuidanceError(place, f"the frame '{name}' is not in this order", f"add {name} to it", "unknown-frame")
            )


def _check_round(rule_set: RuleSetDraft, round_: RoundDraft, errors: Gathering) -> None:
    points = rule_set.file.head.open_points
    if round_.placeholder is not None and round_.placeholder.value not in points:
        errors.add(unknown_point(round_.placeholder, points))
    figures = {name: one for frame in rule_set.frames.values() for name, one in frame.figures.items()}
    figures = {**round_.added.figures, **figures, **rule_set.file.figures}
    carried = round_.carried
    twice = set() if carried is None else carried.own_figures & set(carried.added.figures)
    for name, figure in round_.figures.items():
        owner = None if name in round_.added.figures else _owner_not_offered(rule_set, round_, name)
        if owner is not None and (carried is None or name in carried.own_figures):
            sentence = f"'{name}' is a figure of '{owner}', which is not offered in round {round_.number}"
            hint = "nothing there names it: take it out, or offer the frame"
            errors.add(GuidanceError(figure.name.place(), sentence, hint, "unknown-figure"))
        elif name in twice:
            sentence = f"round {round_.number} adds '{name}' itself"
            errors.add(GuidanceError(figure.name.place(), sentence, "give its value there, once", "duplicate-name"))
        elif name in figures:
            _check_kind(figure, figures[name], errors)
        else:
            hint = name_hint(name, figures, "a round changes figures of its rule set or of a frame")
            hint += "" if carried is None else "; one that is new in this round stands under `added: figures:`"
            errors.add(GuidanceError(figure.name.place(), f"no figure is called '{name}'", hint, "unknown-figure"))


def _owner_not_offered(rule_set: RuleSetDraft, round_: RoundDraft, name: str) -> str | None:
    """Return the frame whose figure it is where it is one of frames alone, and none of them is offered in the round."""
    owners = [frame for frame in rule_set.frames.values() if name in frame.figures]
    is_here = any(one.offered.rounds is None or is_offered(one, round_) for one in owners)
    return None if name in rule_set.file.figures or is_here or not owners else owners[0].slug


def _check_kind(figure: FigureDraft, first: FigureDraft, errors: Gathering) -> None:
    if figure.value.kind is not first.value.kind:
        sentence = f"'{figure.value.node.value}' is of another kind than '{first.value.node.value}', which it replaces"
        errors.add(GuidanceError(figure.value.node.place(), sentence, "write it in the same kind", "figure-kind"))


def _check_frame(rule_set: RuleSetDraft, frame: FrameDraft, errors: Gathering) -> None:
    target = None if frame.reexamination is None else frame.reexamination.frame
    if target is not None:
        _check_frame_name(target, rule_set, errors)
    for name, figure in frame.figures.items():
        if name in rule_set.file.figures:
            _check_kind(figure, rule_set.file.figures[name], errors)
    points = rule_set.file.head.open_points
    if isinstance(frame.award, OpenAwardDraft) and frame.award.point.value not in points:
        errors.add(unknown_point(frame.award.point, points))
    check_award_parts(rule_set, frame, errors)


def _check_frame_name(slug: ScalarNode, rule_set: RuleSetDraft, errors: Gathering) -> None:
    if slug.value not in rule_set.frames:
        errors.add(_unknown_frame(slug, rule_set))


def _check_notes(notes: Mapping[str, NoteDraft], codes: frozenset[str], errors: Gathering) -> None:
    for note in notes.values():
        if note.about.value not in codes and note.about.value not in TOPICS:
            hint = name_hint(
                note.about.value, [*codes, *TOPICS], f"a requirement's code, or one of {', '.join(TOPICS)}"
            )
            sentence = f"a note cannot be about '{note.about.value}'"
            errors.add(GuidanceError(note.about.place(), sentence, hint, "unknown-about"))


def _check_examples(rules: RulesDraft, rule_set: RuleSetDraft, file: ExamplesDraft, errors: Gathering) -> None:
    if file.frame not in rule_set.frames:
        hint = name_hint(file.frame, rule_set.frames, "the file is called by its frame's slug")
        errors.add(GuidanceError(Place(file.file.path), f"no frame is called '{file.frame}'", hint, "unknown-frame"))
    # A part stands in its record.
    stated = dict.fromkeys(fact.name for fact in rules.facts.facts.values() if fact.record is None)
    for example in file.examples.values():
        for fact, answer in example.answers:
            if fact.value not in stated and fact.value not in CASE_FACTS:
                errors.add(_unknown(fact, "fact", stated, "facts are listed in rules/facts.yaml"))
            _check_choice(rules.facts.facts.get(fact.value), answer, errors)
        _check_likeness(file, example, errors)


def _check_choice(fact: FactDefinition | None, answer: Node, errors: Gathering) -> None:
    """Check that what an example answers is one of the choices of its fact, if it has choices."""
    if fact is None or fact.kind is not Kind.CHOICE or not isinstance(answer, ScalarNode):
        return
    names = [choice.name for choice in fact.choices]
    if answer.value not in (*names, "unknown", "null"):
        hint = name_hint(answer.value, names, "choices are listed with the fact in rules/facts.yaml")
        sentence = f"'{answer.value}' is not among the choices of '{fact.name}'"
        errors.add(GuidanceError(answer.place(), sentence, hint, "unknown-choice"))


def _check_likeness(file: ExamplesDraft, example: ExampleDraft, errors: Gathering) -> None:
    seen = [example.name.value]
    like = example.like
    while like is not None:
        if like.value not in file.examples:
            errors.add(_unknown(like, "example", file.examples, "examples are like others of the same file"))
            return
        if like.value in seen:
            sentence = f"the example is like itself: {' → '.join([*seen, like.value])}"
            errors.add(GuidanceError(like.place(), sentence, "give one of them its own facts", "definition-cycle"))
            return
        seen.append(like.value)
        like = file.examples[like.value].like


CASE_FACTS = ("rejected_in_frame", "submitted_at", "gbizid_requested_on", "date")
"""What a case of the kinds reexam and schedule states besides facts about the applicant."""


def _unknown(name: ScalarNode, what: str, names: Iterable[str], otherwise: str) -> GuidanceError:
    hint = name_hint(name.value, names, otherwise)
    sentence = f"no {what} is called '{name.value}'"
    return GuidanceError(name.place(), sentence, hint, "unknown-example" if what == "example" else "unknown-name")


def _unknown_frame(slug: ScalarNode, rule_set: RuleSetDraft) -> GuidanceError:
    hint = name_hint(slug.value, rule_set.frames, "frames are files beside rule_set.yaml")
    return GuidanceError(slug.place(), f"no frame is called '{slug.value}'", hint, "unknown-frame")
