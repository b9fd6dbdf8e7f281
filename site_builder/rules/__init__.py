"""The rule language: the YAML files under `rules/` go in, resolved and worded `Rules` come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.errors import GuidanceErrors
from site_builder.rules.survey import RulesSurvey, survey_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from calculator.text import Text
    from site_builder.rules.model import Rules

__all__ = ["RulesSurvey", "read_rules", "survey_rules"]


def read_rules(rules_folder: Path, messages: Mapping[str, Text]) -> Rules:
    """Return all rules under `rules_folder`; `messages` are the calculator's sentences by code.

    Raises:
        GuidanceErrors: all mistakes in them.
    """
    found = survey_rules(rules_folder, messages)
    if found.errors:
        raise GuidanceErrors(found.errors, found.not_checked)
    assert found.rules is not None  # noqa: S101 - something was found otherwise
    return found.rules
