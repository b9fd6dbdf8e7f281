"""The rules as an examination takes them: folders go in, a subject comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from site_builder.errors import WrongUsageError, no_rule_set
from site_builder.examining.subject import Subject
from site_builder.rules import read_drafts, resolve
from site_builder.site.content import read_messages


def read_subject(
    rules: Path, content: Path, today: date, rule_set: str | None = None, number: int | None = None
) -> Subject:
    """Return what is to be examined: everything, or one rule set, or one round of it.

    Raises:
        GuidanceErrors: the rules are wrong.
        WrongUsageError: there is no such rule set or round.
    """
    drafts = read_drafts(rules)
    known = {one.slug: one for programme in drafts.programmes for one in programme.rule_sets}
    if rule_set is not None and rule_set not in known:
        raise no_rule_set(rule_set, known)
    if rule_set is not None and number is not None and number not in known[rule_set].rounds:
        numbers = ", ".join(str(one) for one in known[rule_set].rounds if one is not None)
        hint = f"its rounds are {numbers}" if numbers else "it has one call without a number"
        raise WrongUsageError(f"'{rule_set}' has no round {number}", hint)
    resolved = resolve(drafts, read_messages(content))
    return Subject(drafts, resolved, today, content, looked_at=_looked_at(rule_set, number), folder=rules)


def _looked_at(rule_set: str | None, number: int | None) -> Callable[[str, int | None], bool]:
    return lambda of, round_: rule_set in (None, of) and number in (None, round_)
