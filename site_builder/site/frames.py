"""The page of a frame in a round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.rulebook import Citation, RateChange, Reexamination
from site_builder.rules.model import FrameInRound, Note, Round, Rules, RuleSet
from site_builder.site.addresses import CHECK, HOME, Link, frame_address, round_address
from site_builder.site.awards import AwardView, award_view
from site_builder.site.examples import Answers, ExampleView, example_views
from site_builder.site.moments import ScheduleRow, deadline
from site_builder.site.page import Page
from site_builder.site.requirements import RequirementView, SelectionView, requirement_views, selection_views
from site_builder.site.statements import (
    DefinitionView,
    NoteView,
    StatementView,
    definition_views,
    note_views,
    statement_view,
    statement_views,
)
from site_builder.site.wording import CitationView, Wording

#: The sections of the page, in order; a section with nothing to say is left out.
SECTIONS = (
    "who", "how-much", "basic", "additional", "costs", "selection", "repayment", "examples", "notes", "sources",
)  # fmt: skip
#: Where on the page a note stands by what it is about, unless that is a requirement. Notes about the schedule and the
#: documents stand on the page of the round.
NOTED_SECTIONS = {
    "frame": "notes",
    "applicants": "who",
    "rate": "how-much",
    "upper_limit": "how-much",
    "lower_limit": "how-much",
    "eligible_costs": "costs",
    "selection": "selection",
    "repayment": "repayment",
}


@dataclass(frozen=True, slots=True)
class RuleSentence:
    """A sentence of the rules with its place."""

    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class FrameView:
    """All that the page of a frame prints."""

    name: str
    round_name: str
    round_path: str
    check_path: str
    others: tuple[Link, ...]
    purpose: StatementView
    deadline: ScheduleRow | None
    award: AwardView
    applicants: tuple[StatementView, ...]
    definitions: tuple[DefinitionView, ...]
    basic: tuple[RequirementView, ...]
    additional: tuple[RequirementView, ...]
    additional_statements: tuple[StatementView, ...]
    bonuses: tuple[SelectionView, ...]
    deductions: tuple[SelectionView, ...]
    reexamination: RuleSentence | None
    rate_change: RuleSentence | None
    repayment: tuple[StatementView, ...]
    examples: tuple[ExampleView, ...]
    notes: Mapping[str, tuple[NoteView, ...]]
    sources: tuple[CitationView, ...]


def frame_page(
    frame: FrameInRound, one: Round, rule_set: RuleSet, rules: Rules, answers: Answers, wording: Wording
) -> Page:
    """Plan the page of `frame` in the round `one`."""
    view = frame_view(frame, one, rule_set, rules, answers, wording)
    return Page(
        address=frame_address(rule_set.slug, one.number, frame.slug),
        language=wording.language,
        template="frame.html",
        title=wording.fill("frame_title", frame=frame.rules.name, round=one.name),
        description=wording.fill(
            "frame_description", frame=frame.rules.name, round=one.name, amount=view.award.amount_range
        ),
        view=view,
        trail=(
            Link(wording.words["home"], HOME.path(wording.language)),
            Link(wording.say(one.name), view.round_path),
        ),
        sections={name: wording.words[f"frame_section_{name.replace('-', '_')}"] for name in _sections(view)},
    )


def frame_view(
    frame: FrameInRound, one: Round, rule_set: RuleSet, rules: Rules, answers: Answers, wording: Wording
) -> FrameView:
    """Word all that is known of `frame` in the round `one`; where there is one rate for all, none can change."""
    award = frame.rules.award
    if award is None:
        raise ValueError(f"{frame.rules.rule_set} has no award: only the frames of a placeholder have none")
    page = frame_address(rule_set.slug, one.number, frame.slug)
    basic, additional = (
        requirement_views(
            (requirement for requirement in frame.rules.requirements if requirement.additional is is_additional),
            frame.notes, page, frame, wording,
        )
        for is_additional in (False, True)
    )  # fmt: skip
    return FrameView(
        name=wording.say(frame.rules.name),
        round_name=wording.say(one.name),
        round_path=round_address(rule_set.slug, one.number).path(wording.language),
        check_path=CHECK.path(wording.language),
        others=_other_frames(frame, one, rule_set, wording),
        purpose=statement_view(frame.purpose, wording),
        deadline=deadline(one, wording),
        award=award_view(award, rules.book.facts, wording),
        applicants=statement_views(frame.applicants, wording),
        definitions=definition_views([frame], wording),
        basic=basic,
        additional=additional,
        additional_statements=statement_views(frame.additional_statements, wording),
        bonuses=selection_views(frame.rules.bonuses, wording),
        deductions=selection_views(frame.rules.deductions, wording),
        reexamination=_rule_sentence(frame.rules.reexamination, wording),
        rate_change=None if len(award.rates) == 1 else _rule_sentence(frame.rules.rate_change, wording),
        repayment=statement_views(frame.repayment, wording),
        examples=example_views(frame, answers, wording),
        notes=_notes_by_section(frame, wording),
        sources=_sources(frame, wording),
    )


def _sections(view: FrameView) -> tuple[str, ...]:
    empty = {
        "additional": not (view.additional or view.additional_statements),
        "examples": not view.examples,
        "notes": not view.notes["notes"],
    }
    return tuple(name for name in SECTIONS if not empty.get(name, False))


def _other_frames(frame: FrameInRound, one: Round, rule_set: RuleSet, wording: Wording) -> tuple[Link, ...]:
    return tuple(
        Link(
            wording.say(other.rules.name),
            frame_address(rule_set.slug, one.number, other.slug).path(wording.language),
        )
        for other in one.frames
        if other.slug != frame.slug
    )


def _rule_sentence(rule: Reexamination | RateChange | None, wording: Wording) -> RuleSentence | None:
    return None if rule is None else RuleSentence(wording.say(rule.sentence), wording.cite(rule.citation))


def _notes_by_section(frame: FrameInRound, wording: Wording) -> Mapping[str, tuple[NoteView, ...]]:
    placed: dict[str, list[Note]] = {name: [] for name in SECTIONS}
    for note in frame.notes:
        if note.about in NOTED_SECTIONS:
            placed[NOTED_SECTIONS[note.about]].append(note)
    return {section: note_views(notes, wording) for section, notes in placed.items()}


def _sources(frame: FrameInRound, wording: Wording) -> tuple[CitationView, ...]:
    """Return one citation of each source that the page cites, in the order of the page."""
    first: dict[str, Citation] = {}
    for citation in _citations(frame):
        first.setdefault(citation.source, citation)
    return tuple(map(wording.cite, first.values()))


def _citations(frame: FrameInRound) -> tuple[Citation, ...]:
    award = frame.rules.award
    return (
        frame.purpose.citation,
        *(statement.citation for statement in frame.applicants),
        *(() if award is None else (award.upper_limit.citation, award.lower_limit.citation, award.rounding)),
        *(() if award is None else (award.eligible_costs.citation, *(case.citation for case in award.rates))),
        *(requirement.citation for requirement in frame.rules.requirements),
        *(statement.citation for statement in frame.additional_statements),
        *(item.citation for item in (*frame.rules.bonuses, *frame.rules.deductions)),
        *(statement.citation for statement in frame.repayment),
        *(citation for note in frame.notes for citation in note.citations),
    )
