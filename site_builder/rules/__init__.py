"""The rule language: the YAML files under `rules/` go in, resolved and worded `Rules` come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.memo import Memo
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

__all__ = ["read_rules"]


def read_rules(rules_folder: Path, messages: Mapping[str, Text], memo: Memo | None = None) -> Rules:
    """Return all rules under `rules_folder`; `messages` are the calculator's sentences by code.

    What `memo` knows is not made again; the same files give the same object.

    Raises:
        GuidanceErrors: all mistakes of the first stage that finds any: reading the files, looking up names and kinds,
            checking tables and rounds.
    """
    memo = Memo() if memo is None else memo
    draft = read_folder(rules_folder, memo)
    memo.made(checked, draft, memo)
    return memo.made(resolve, draft, messages, memo)


def checked(draft: RulesDraft, memo: Memo) -> bool:
    """Say that the drafts are in order.

    Raises:
        GuidanceErrors: all mistakes of the first stage that finds any.
    """
    check_names(draft, memo)
    check_tables(draft)
    return True
