"""The rule language: the YAML files under `rules/` go in, resolved and worded `Rules` come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceErrors
from site_builder.memo import Memo
from site_builder.rules.reading.folder import read_folder
from site_builder.rules.resolution.carrying import filled
from site_builder.rules.resolution.rules import resolve
from site_builder.rules.survey import RulesSurvey, checked, survey_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from calculator.text import Text
    from site_builder.rules.drafts.folder import RulesDraft
    from site_builder.rules.model import Rules

__all__ = ["RulesSurvey", "check_drafts", "read_drafts", "read_rules", "resolve", "survey_rules"]


def read_rules(rules_folder: Path, messages: Mapping[str, Text], memo: Memo | None = None) -> Rules:
    """Return all rules under `rules_folder`; `messages` are the calculator's sentences by code.

    What `memo` knows is not made again; the same files give the same object.

    Raises:
        GuidanceErrors: all mistakes in them.
    """
    found = survey_rules(rules_folder, messages, memo)
    if found.errors:
        raise GuidanceErrors(found.errors, found.not_checked)
    assert found.rules is not None  # noqa: S101 - something was found otherwise
    return found.rules


def read_drafts(rules_folder: Path) -> RulesDraft:
    """Return the drafts of all rules under `rules_folder`, checked and ready to be resolved.

    Raises:
        GuidanceErrors: all mistakes of reading them, or else all in names and tables.
    """
    memo = Memo()
    draft = filled(read_folder(rules_folder, memo).whole(), memo)
    check_drafts(draft)
    return draft


def check_drafts(rules: RulesDraft) -> None:
    """Check names, kinds, tables and rounds.

    Raises:
        GuidanceErrors: everything that is wrong with them.
    """
    checked(rules, Memo()).errors.close()
