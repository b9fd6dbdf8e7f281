"""Applicants who come together, as a frame's page prints it: joint applications, consortia, awards had together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.rulebook import Consortium, FactDefinition, JointApplication, Pool
from site_builder.rules.model import FrameInRound
from site_builder.site.addresses import Address, Link
from site_builder.site.awards import AwardSummary, award_summary
from site_builder.site.calls import Call, frame_link
from site_builder.site.requirements import RequirementView, requirement_views
from site_builder.site.wording import CitationView, Wording


@dataclass(frozen=True, slots=True)
class JointView:
    """Several applicants in one application: what they must fulfil together."""

    requirements: tuple[RequirementView, ...]
    citation: CitationView


@dataclass(frozen=True, slots=True)
class PoolView:
    """What a group may divide among its members; `code` is the requirement that taking more fails, and its anchor."""

    code: str
    label: str
    sentence: str
    citation: CitationView


@dataclass(frozen=True, slots=True)
class ConsortiumView:
    """A group in which each member is paid, and what they may divide on top."""

    pool: PoolView | None
    citation: CitationView


@dataclass(frozen=True, slots=True)
class PartView:
    """One of several awards that are had together; `link` is None for the page's own."""

    name: str
    link: Link | None
    summary: AwardSummary


def joint_view(
    joint: JointApplication | None, frame: FrameInRound, page: Address, wording: Wording
) -> JointView | None:
    """Word what several applicants in one application must fulfil; `page` has the definitions."""
    if joint is None:
        return None
    return JointView(
        requirement_views(joint.requirements, frame.notes, page, frame, wording), wording.cite(joint.citation)
    )


def consortium_view(consortium: Consortium | None, wording: Wording) -> ConsortiumView | None:
    """Word what each member of a group gets."""
    if consortium is None:
        return None
    return ConsortiumView(_pool(consortium.pool, wording), wording.cite(consortium.citation))


def part_views(
    frame: FrameInRound, call: Call, facts: Mapping[str, FactDefinition], wording: Wording
) -> tuple[PartView, ...]:
    """Word the awards that are had together with that of `frame`, which is one of them."""
    frames = {one.rules.rule_set: one for one in call.round.frames}
    together = [frames[part.rule_set] for part in frame.rules.parts]
    return tuple(
        PartView(
            wording.say(one.rules.name),
            None if one.slug == frame.slug else frame_link(one, call, wording),
            award_summary(one.rules, facts, wording),
        )
        for one in together
    )


def _pool(pool: Pool | None, wording: Wording) -> PoolView | None:
    if pool is None:
        return None
    return PoolView(
        pool.code, wording.say(pool.label), wording.say_sentence(pool.sentence), wording.cite(pool.citation)
    )
