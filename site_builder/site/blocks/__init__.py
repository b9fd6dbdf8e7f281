"""Blocks: what a guide shows of the rules, between the sentences that writers have written.

A block is a function of the rules and a wording, whose view the template `blocks/<name>.html` prints as `shown`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from site_builder.rules.model import Rules
from site_builder.site.blocks.statistics import budgets, results, targets
from site_builder.site.blocks.ways import ways
from site_builder.site.wording import Wording

#: Every block, by the name that prose calls it: `{block:ways}`.
BLOCKS: Mapping[str, Callable[[Rules, Wording], object]] = {
    "ways": ways,
    "results": results,
    "target-outcomes": targets,
    "budget-sizes": budgets,
}
