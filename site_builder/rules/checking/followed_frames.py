"""The frames of earlier budgets whose place frames take: they are there, earlier, and each has one heir."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import Gathering, GuidanceError, name_hint

if TYPE_CHECKING:
    from site_builder.rules.drafts.folder import ProgrammeDraft
    from site_builder.sources.nodes import ScalarNode


def check_followed_frames(programme: ProgrammeDraft, errors: Gathering) -> None:
    """Add to `errors` every `follows` that names no frame of an earlier budget, or one that another frame follows."""
    earlier: dict[str, str] = {}
    for rule_set in programme.rule_sets:
        for frame in rule_set.frames.values():
            if frame.follows is not None:
                _check(frame.follows.frame, f"{rule_set.slug}/{frame.slug}", earlier, errors)
        earlier |= {f"{rule_set.slug}/{slug}": "" for slug in rule_set.frames}


def _check(followed: ScalarNode, frame: str, earlier: dict[str, str], errors: Gathering) -> None:
    name = followed.value
    if name not in earlier:
        hint = name_hint(name, earlier, "a frame follows one of an earlier budget of its programme")
        sentence = f"no earlier budget has a frame called '{name}'"
        errors.add(GuidanceError(followed.place(), sentence, hint, "unknown-frame"))
    elif earlier[name]:
        sentence = f"'{name}' is followed by {earlier[name]} already"
        errors.add(GuidanceError(followed.place(), sentence, "only one frame follows another", "followed-twice"))
    else:
        earlier[name] = frame
