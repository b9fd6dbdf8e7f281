"""Tags: every frame has at least one of each group, so that whoever looks for it finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import Gathering, GuidanceError, Place, name_hint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.rules.drafts.folder import RulesDraft
    from site_builder.rules.drafts.frames import FrameDraft
    from site_builder.rules.drafts.tags import TagGroupDraft


def check_tags(rules: RulesDraft, errors: Gathering) -> None:
    """Add every tag that stands twice or that there is not, and every frame without one of a group, to `errors`."""
    seen: set[str] = set()
    for group in rules.tag_groups.values():
        for tag in group.tags.values():
            if tag.name.value in seen:
                hint = "a tag belongs to one group: choose another name"
                sentence = f"the tag '{tag.name.value}' is in two groups"
                errors.add(GuidanceError(tag.name.place(), sentence, hint, "duplicate-name"))
            seen.add(tag.name.value)
    for programme in rules.programmes:
        for rule_set in programme.rule_sets:
            for frame in rule_set.frames.values():
                place = Place(f"rules/{rule_set.slug}/{frame.slug}.yaml")
                _check_frame(frame, place, rules.tag_groups, errors)


def _check_frame(frame: FrameDraft, place: Place, groups: Mapping[str, TagGroupDraft], errors: Gathering) -> None:
    known = [name for group in groups.values() for name in group.tags]
    for tag in frame.tags:
        if tag.value not in known:
            hint = name_hint(tag.value, known, "tags are listed in rules/tags.yaml")
            errors.add(GuidanceError(tag.place(), f"there is no tag '{tag.value}'", hint, "unknown-name"))
    if any(tag.value not in known for tag in frame.tags):  # which may be of the group that seems to be missing
        return
    if frame.offered.rounds == ():  # only expected: nobody can say what it is for
        return
    names = {tag.value for tag in frame.tags}
    for name, group in groups.items():
        if not names & group.tags.keys():
            hint = f"add `tags: [...]` with at least one of {', '.join(group.tags)}"
            sentence = f"the frame has no tag of the group '{name}', so nobody finds it by that"
            errors.add(GuidanceError(place, sentence, hint, "missing-tag"))
