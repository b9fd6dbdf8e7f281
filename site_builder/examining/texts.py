"""The texts of a budget, each with the file that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from site_builder.rules.drafts.carried import AddedDraft
from site_builder.rules.drafts.folder import RuleSetDraft
from site_builder.rules.drafts.frames import FrameDraft
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.drafts.rounds import RoundDraft
from site_builder.rules.drafts.rule_sets import RuleSetFileDraft
from site_builder.sources.texts import TextDraft


def texts_of(rule_set: RuleSetDraft) -> Iterator[tuple[str, RuleSetFileDraft | FrameDraft | RoundDraft, TextDraft]]:
    """Yield each text with what its file is about, as `rules/accepted.yaml` names it, and that file's draft."""
    files: list[tuple[str, RuleSetFileDraft | FrameDraft | RoundDraft]] = [(rule_set.slug, rule_set.file)]
    files += [(f"{rule_set.slug}/{slug}", frame) for slug, frame in rule_set.frames.items()]
    files += [(f"{rule_set.slug}/{number or 'call'}", round_) for number, round_ in rule_set.rounds.items()]
    for of, draft in files:
        for part in parts_under(_own(draft)):
            if isinstance(part, TextDraft):
                yield of, draft, part


def _own(draft: RuleSetFileDraft | FrameDraft | RoundDraft) -> RuleSetFileDraft | FrameDraft | RoundDraft:
    """Return a file's draft without what it takes over of other files."""
    if not isinstance(draft, RoundDraft) or draft.carried is None:
        return draft
    figures = {name: one for name, one in draft.figures.items() if name in draft.carried.own_figures}
    return replace(draft, figures=figures, awards=(), repayments=(), added=AddedDraft())
