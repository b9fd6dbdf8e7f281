"""The real rules, which take seconds to read: read once for all the tests of a worker, as the build reads them."""

from __future__ import annotations

from functools import cache

from site_builder.build import PROJECT
from site_builder.rules import read_rules
from site_builder.rules.model import Rules
from site_builder.site.content import read_messages


@cache
def real_rules() -> Rules:
    """Return the rules of the site; they are frozen, so that no test can change those of another."""
    return read_rules(PROJECT / "rules", read_messages(PROJECT / "content"))
