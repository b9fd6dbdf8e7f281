"""The home page: what visitors come to do, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Programme, Rules, RuleSet
from site_builder.site.addresses import CHECK, HOME, SCHEDULE, Link
from site_builder.site.calls import (
    Call,
    calls,
    calls_under,
    frame_link,
    frames_under,
    newest_published,
    programme_link,
    programmes_in_order,
    rule_set_link,
)
from site_builder.site.moments import ScheduleRow, deadline
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.rounds import FrameRow, KeyFigures, RoundCard, frame_rows, key_figures, round_cards
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class FeaturedRound:
    """The newest round whose guideline is published, of the programme that the site is most about."""

    link: Link
    deadline: ScheduleRow | None
    key_figures: KeyFigures | None
    frames: tuple[FrameRow, ...]
    rounds: tuple[RoundCard, ...]


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """A rule set in the list of all programmes: its frames, each as its newest round has it."""

    link: Link
    frames: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeEntry:
    """A programme in the list of all, its newest rule set first."""

    link: Link
    budgets: tuple[BudgetEntry, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page prints."""

    prose: Prose
    check_path: str
    schedule_path: str
    featured: FeaturedRound | None
    programmes: tuple[ProgrammeEntry, ...]


def home_page(rules: Rules, prose: Prose, wording: Wording) -> Page:
    """Plan the home page."""
    view = HomeView(
        prose=prose,
        check_path=CHECK.path(wording.language),
        schedule_path=SCHEDULE.path(wording.language),
        featured=_featured(rules, wording),
        programmes=tuple(_entry(programme, wording) for programme in programmes_in_order(rules)),
    )
    return Page(
        address=HOME,
        language=wording.language,
        template="home.html",
        title=prose.title,
        description=prose.description,
        view=view,
        sections=prose.headings,
    )


def _featured(rules: Rules, wording: Wording) -> FeaturedRound | None:
    newest = newest_published(tuple(calls(rules)))
    if newest is None:
        return None
    return FeaturedRound(
        link=Link(_name(newest, wording), newest.address.path(wording.language)),
        deadline=deadline(newest.round, wording),
        key_figures=key_figures(newest.round, wording),
        frames=frame_rows(newest, rules, wording),
        rounds=round_cards(calls_under(newest.rule_set, newest.programme), wording),
    )


def _name(call: Call, wording: Wording) -> str:
    return wording.fill("programme_and_round", programme=call.programme.short_name, round=call.round.name)


def _entry(programme: Programme, wording: Wording) -> ProgrammeEntry:
    return ProgrammeEntry(
        programme_link(programme, wording),
        tuple(_budget(one, programme, wording) for one in reversed(programme.rule_sets) if one.rounds),
    )


def _budget(rule_set: RuleSet, programme: Programme, wording: Wording) -> BudgetEntry:
    frames = frames_under(calls_under(rule_set, programme)).values()
    return BudgetEntry(
        rule_set_link(rule_set, wording), tuple(frame_link(frame, call, wording) for frame, call in frames)
    )
