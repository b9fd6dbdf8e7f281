"""The pages of a programme and of a rule set with numbered rounds."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.rules.model import Programme, Rules, RuleSet
from site_builder.site.addresses import Link, programme_address, rule_set_address
from site_builder.site.call_sentences import said_of
from site_builder.site.calls import (
    Call,
    call_link,
    calls_of,
    calls_under,
    check_path,
    frame_link,
    frames_under,
    is_numbered,
    newest_published,
    rule_set_link,
    trail_to_programme,
    trail_to_rule_set,
)
from site_builder.site.compared import Compared, Comparisons
from site_builder.site.moments import deadline
from site_builder.site.page import Page
from site_builder.site.plain import Places, plain_programme, plain_programme_of_calls
from site_builder.site.prose import ProseSection
from site_builder.site.rounds import FrameRow, RoundCard, changes_heading, frame_rows, key_figures, round_cards
from site_builder.site.statements import (
    ChangeView,
    StatementView,
    change_views,
    statement_view,
)
from site_builder.site.structured import service
from site_builder.site.unsettled import Expectation, UnsettledRounds, expectation, unsettled_rounds
from site_builder.site.wording import Wording

#: Where nothing is compared.
NO_COMPARISONS = Comparisons()


@dataclass(frozen=True, slots=True)
class FrameCard:
    """A frame through its rounds, the newest first; `link` leads to the newest."""

    link: Link
    purpose: str
    rounds: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RuleSetCard:
    """A rule set on its programme's page: what its newest published round gives, and the way to all of its rounds.

    `earlier` are the frames that the newest round does not offer. `rounds` is empty where the one call has no number:
    then `link` leads to it. `compared` lead to comparisons with other budgets.
    """

    anchor: str
    link: Link
    newest: Link | None
    purpose: StatementView
    frames: tuple[FrameRow, ...]
    earlier: tuple[Link, ...]
    expected: Expectation | None
    rounds: tuple[RoundCard, ...]
    compared: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """All that the page of a programme prints, the newest rule set first; `standing` is Markdown."""

    plain: ProseSection
    standing: str
    operator: StatementView
    check_path: str | None
    rule_sets: tuple[RuleSetCard, ...]


@dataclass(frozen=True, slots=True)
class RuleSetView:
    """All that the page of a rule set with numbered rounds prints."""

    purpose: StatementView
    budget: StatementView
    rounds: tuple[RoundCard, ...]
    frames: tuple[FrameCard, ...]
    unsettled: tuple[UnsettledRounds, ...]
    changes_from: str
    changes: tuple[ChangeView, ...]
    compared: tuple[Link, ...]
    others: tuple[Link, ...]


def programme_page(
    programme: Programme, rules: Rules, wording: Wording, compared: Comparisons = NO_COMPARISONS
) -> Page:
    """Plan the page of a programme."""
    view = programme_view(programme, rules, wording, compared)
    return Page(
        address=programme_address(programme.slug),
        language=wording.language,
        template="programme.html",
        title=wording.say(programme.short_name),
        description=wording.fill("programme_description", programme=programme.name),
        view=view,
        trail=trail_to_programme(wording),
        sections={**{card.anchor: card.link.text for card in view.rule_sets}, "operator": view.operator.label},
        kind="programme",
        service=service(
            wording.say(programme.name), programme, (), (wording.cite(programme.operator.citation).title,), wording
        ),
    )


def programme_view(
    programme: Programme, rules: Rules, wording: Wording, compared: Comparisons = NO_COMPARISONS
) -> ProgrammeView:
    """Word a programme and its rule sets."""
    paths = [check_path(call, rules, wording) for call in calls_of(programme)]
    return ProgrammeView(
        plain=_plain(programme, wording),
        standing=said_of(calls_of(programme), "programme", wording),
        operator=statement_view(programme.operator, wording),
        check_path=next((path for path in paths if path is not None), None),
        rule_sets=tuple(
            _card(rule_set, programme, rules, wording, compared)
            for rule_set in reversed(programme.rule_sets)
            if rule_set.rounds
        ),
    )


def _plain(programme: Programme, wording: Wording) -> ProseSection:
    newest = newest_published(calls_of(programme))
    if newest is None or not is_numbered(newest):
        standing = said_of(calls_of(programme), "plain_programme", wording)
        return plain_programme_of_calls(programme.short_name, standing, wording)
    figures = key_figures(newest.round, wording)
    amount = None if figures is None else figures.amount
    page = f"/{'/'.join(newest.address.parts)}/"
    places = Places(f"{page}#frames", f"{page}#schedule")
    return plain_programme(
        programme.short_name, newest.round.name, amount, deadline(newest.round, wording), places, wording
    )


def rule_set_view(
    rule_set: RuleSet,
    programme: Programme,
    rules: Rules,
    wording: Wording,
    compared: Comparisons = NO_COMPARISONS,
) -> RuleSetView:
    """Word a rule set, its frames and its rounds."""
    candidates = calls_under(rule_set, programme)
    newest = candidates[0].round
    return RuleSetView(
        purpose=statement_view(newest.purpose, wording),
        budget=statement_view(newest.budget, wording),
        rounds=round_cards(candidates, wording),
        frames=_frame_cards(candidates, wording),
        unsettled=unsettled_rounds(rule_set, rules.book, wording),
        changes_from=wording.say(rule_set.changes_from),
        changes=change_views(rule_set.changes, wording),
        compared=tuple(one.named(wording) for one in _comparisons(candidates, compared)),
        others=tuple(
            rule_set_link(other, wording) for other in reversed(programme.rule_sets) if other.slug != rule_set.slug
        ),
    )


def has_page(rule_set: RuleSet, programme: Programme) -> bool:
    """Say whether a rule set has a page: its rounds have numbers; the call of any other has its address."""
    return any(is_numbered(call) for call in calls_under(rule_set, programme))


def rule_set_page(
    rule_set: RuleSet, programme: Programme, rules: Rules, wording: Wording, compared: Comparisons
) -> Page:
    """Plan the page of a rule set that has one; `compared` lead to the comparisons of each call."""
    view = rule_set_view(rule_set, programme, rules, wording, compared)
    own = _comparisons(calls_under(rule_set, programme), compared)
    full = {
        "rounds": view.rounds,
        "frames": view.frames,
        "changes": view.changes or view.compared,
        "budget": view.budget,
    }
    return Page(
        address=rule_set_address(rule_set.slug),
        language=wording.language,
        template="rule-set.html",
        title=wording.fill("programme_and_round", programme=programme.short_name, round=rule_set.name),
        description=wording.fill("rule_set_description", programme=programme.name, rule_set=rule_set.name),
        view=view,
        trail=trail_to_rule_set(programme, wording),
        sections={name: _heading(name, view, own, wording) for name, content in full.items() if content},
        kind="budget",
    )


def _heading(section: str, view: RuleSetView, compared: tuple[Compared, ...], wording: Wording) -> str:
    if section == "changes":
        return changes_heading(view.changes, view.changes_from, compared, wording)
    return wording.words[f"rule_set_section_{section}"]


def _comparisons(candidates: tuple[Call, ...], compared: Comparisons) -> tuple[Compared, ...]:
    return tuple(one for call in candidates for one in compared.of_call(call))


def _card(
    rule_set: RuleSet, programme: Programme, rules: Rules, wording: Wording, compared: Comparisons
) -> RuleSetCard:
    candidates = calls_under(rule_set, programme)
    newest = newest_published(candidates)
    return RuleSetCard(
        anchor=rule_set.slug.replace("/", "."),
        link=rule_set_link(rule_set, wording),
        newest=None if newest is None or not is_numbered(newest) else call_link(newest, wording),
        purpose=statement_view((candidates[0] if newest is None else newest).round.purpose, wording),
        frames=() if newest is None else frame_rows(newest, rules, wording),
        earlier=() if newest is None else _not_in(newest, candidates, wording),
        expected=None if newest is not None else expectation(candidates[0], rules.book, wording),
        rounds=round_cards(candidates, wording),
        compared=tuple(one.named(wording) for one in compared.across(rule_set.slug)),
    )


def _not_in(newest: Call, candidates: tuple[Call, ...], wording: Wording) -> tuple[Link, ...]:
    """Return the ways to the frames that the newest published round does not offer, as other rounds have them."""
    offered = {frame.slug for frame in newest.round.frames}
    return tuple(
        frame_link(frame, call, wording)
        for slug, (frame, call) in frames_under(candidates).items()
        if slug not in offered
    )


def _frame_cards(candidates: tuple[Call, ...], wording: Wording) -> tuple[FrameCard, ...]:
    """Return a card for each frame, with a link to it in each of its rounds."""
    return tuple(
        FrameCard(
            Link(wording.say(frame.rules.name), call.frame_address(slug).path(wording.language)),
            wording.say(frame.purpose.text),
            tuple(
                Link(wording.say(one.round.name), one.frame_address(slug).path(wording.language))
                for one in candidates
                if any(other.slug == slug for other in one.round.frames)
            ),
        )
        for slug, (frame, call) in frames_under(candidates).items()
    )
