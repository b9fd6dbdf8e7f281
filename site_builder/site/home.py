"""The home page: what visitors come to do, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Programme, Round, Rules, RuleSet
from site_builder.site.addresses import CHECK, HOME, SCHEDULE, Link, round_address
from site_builder.site.moments import ScheduleRow, deadline
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.rounds import FrameRow, KeyFigures, frame_rows, key_figures
from site_builder.site.statements import StatementView, statement_view
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class RoundCard:
    """A round in a list."""

    link: Link
    is_placeholder: bool
    deadline: ScheduleRow | None


@dataclass(frozen=True, slots=True)
class RuleSetCard:
    """The rule set's newest round with a published guideline, and the way to all of its rounds."""

    purpose: StatementView
    featured: Link
    deadline: ScheduleRow | None
    key_figures: KeyFigures | None
    frames: tuple[FrameRow, ...]
    rounds: tuple[RoundCard, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the home page prints."""

    prose: Prose
    check_path: str
    schedule_path: str
    rule_sets: tuple[RuleSetCard, ...]


def home_page(rules: Rules, prose: Prose, wording: Wording) -> Page:
    """Plan the home page."""
    cards = tuple(
        _card(rule_set, programme, rules, wording) for programme in rules.programmes for rule_set in programme.rule_sets
    )
    view = HomeView(prose, CHECK.path(wording.language), SCHEDULE.path(wording.language), cards)
    return Page(
        address=HOME,
        language=wording.language,
        template="home.html",
        title=prose.title,
        description=prose.description,
        view=view,
        sections=prose.headings,
    )


def _card(rule_set: RuleSet, programme: Programme, rules: Rules, wording: Wording) -> RuleSetCard:
    featured = newest_published(rule_set)
    return RuleSetCard(
        purpose=statement_view(featured.purpose, wording),
        featured=Link(
            wording.fill("programme_and_round", programme=programme.short_name, round=featured.name),
            round_address(rule_set.slug, featured.number).path(wording.language),
        ),
        deadline=deadline(featured, wording),
        key_figures=key_figures(featured, wording),
        frames=frame_rows(featured, rule_set, rules, wording),
        rounds=tuple(
            RoundCard(_link(one, rule_set, wording), one.is_placeholder, deadline(one, wording))
            for one in reversed(rule_set.rounds)
        ),
    )


def newest_published(rule_set: RuleSet) -> Round:
    """Return the newest round whose guideline is published."""
    return max((one for one in rule_set.rounds if not one.is_placeholder), key=lambda one: one.number)


def _link(one: Round, rule_set: RuleSet, wording: Wording) -> Link:
    return Link(wording.say(one.name), round_address(rule_set.slug, one.number).path(wording.language))
