"""The rule language: the YAML files under `rules/` go in, resolved and worded `Rules` come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.rules.checking.names import check_names
from site_builder.rules.checking.tables import check_tables
from site_builder.rules.reading.folder import read_folder
from site_builder.rules.resolution.rules import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from calculator.text import Text
    from site_builder.rules.drafts import RulesDraft
    from site_builder.rules.model import Rules

__all__ = ["read_drafts", "read_rules", "resolve"]


def read_rules(rules_folder: Path, messages: Mapping[str, Text]) -> Rules:
    """Return all rules under `rules_folder`; `messages` are the calculator's sentences by code.

    Raises:
        GuidanceErrors: all mistakes of the first stage that finds any: reading the files, looking up names and kinds,
            checking tables and rounds.
    """
    return resolve(read_drafts(rules_folder), messages)


def read_drafts(rules_folder: Path) -> RulesDraft:
    """Return the drafts of all rules under `rules_folder`, checked and ready to be resolved.

    Raises:
        GuidanceErrors: as `read_rules`.
    """
    draft = read_folder(rules_folder)
    check_names(draft)
    check_tables(draft)
    return draft
