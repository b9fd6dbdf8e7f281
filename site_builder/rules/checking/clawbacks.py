"""Repayment: in each list of cases one surely holds, and none stands where it is never reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import Gathering, GuidanceError

if TYPE_CHECKING:
    from site_builder.rules.drafts.clawbacks import ClawbackCaseDraft, ClawbackDraft


def check_clawback(draft: ClawbackDraft | None, errors: Gathering) -> None:
    """Check the cases of `draft`: those of a part end with one for all others, those of the whole have none."""
    if draft is None:
        return
    for case in draft.whole:
        _check_case(case, errors, is_last=False)
    for part in draft.parts.values():
        for at, case in enumerate(part.cases, 1):
            _check_case(case, errors, is_last=at == len(part.cases))


def _check_case(case: ClawbackCaseDraft, errors: Gathering, *, is_last: bool) -> None:
    if is_last and case.when is not None:
        errors.add(
            GuidanceError(
                case.at,
                "the last case has a condition: for some, no case holds",
                "add a last case without `when`",
                "last-case-conditional",
            )
        )
    if not is_last and case.when is None:
        errors.add(
            GuidanceError(
                case.at,
                "this case has no condition, so nothing after it is ever reached",
                "add `when: …`, or put it last in a part",
                "case-without-when",
            )
        )
