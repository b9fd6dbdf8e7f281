"""The figures that questions name: each frame that asks has them, and all frames of a form the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import Gathering, GuidanceError, Place, name_hint
from site_builder.rules.asking import askers, figures_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from site_builder.rules.model import FrameInRound, Rules


def check_questions(rules: Rules, places: Mapping[str, Place], errors: Gathering) -> None:
    """Add every figure in a question that a form could not say to `errors`; `places` are where facts are named."""
    facts = rules.book.facts
    named = [(name, figure) for name, fact in facts.items() for figure in sorted(figures_named(fact))]
    if not named:
        return
    forms = tuple(_forms(rules))
    for name, figure in named:
        place = places[facts[name].record or name]
        wrong = (_wrong(place, name, figure, asking.get(name, []), call) for call, asking in forms)
        found = next((one for one in wrong if one is not None), None)
        if found is not None:
            errors.add(found)


def _forms(rules: Rules) -> Iterator[tuple[str, Mapping[str, list[FrameInRound]]]]:
    """Yield each call in words, with the frames that ask for each fact."""
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for one in rule_set.rounds:
                call = rule_set.slug if one.number is None else f"{rule_set.slug}, round {one.number}"
                yield call, askers(rules.book, one)


def _wrong(place: Place, fact: str, figure: str, frames: list[FrameInRound], call: str) -> GuidanceError | None:
    """Return what is wrong, if the question of those frames cannot say the figure."""
    named = f"the question about '{fact}' names '{figure}', which is"
    for frame in frames:
        if figure not in frame.figures:
            hint = name_hint(figure, frame.figures, "figures are given under `figures`, of the rule set or the frame")
            return GuidanceError(place, f"{named} no figure of {frame.slug} in {call}", hint, "unknown-figure")
    for frame in frames[1:]:
        if frame.figures[figure].text != frames[0].figures[figure].text:
            hint = "one form asks for both: name a figure that its frames share, or ask by two facts"
            sentence = f"{named} not the same in {frames[0].slug} and {frame.slug} of {call}"
            return GuidanceError(place, sentence, hint, "figures-differ")
    return None
