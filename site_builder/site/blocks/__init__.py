"""Blocks: what a guide shows of the rules, between the sentences that writers have written.

A block is a function of the rules and a wording, whose view the template `blocks/<name>.html` prints as `shown`. One
that is told what to show (`{block:requirements plan.value_added}`) knows the names that it can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from site_builder.rules.model import Rules
from site_builder.site.blocks.comparisons import awards_compared, frames_compared, key_amounts, purposes, second_looks
from site_builder.site.blocks.conditions import (
    by_choice,
    choice_facts,
    fact_names,
    reading,
    requirement_codes,
    requirements,
    targets,
)
from site_builder.site.blocks.costs import cost_matrix
from site_builder.site.blocks.definitions import definition_names, definitions, limits_by_choice
from site_builder.site.blocks.growths import formulas, least_growth, worked, worked_names
from site_builder.site.blocks.papers import papers
from site_builder.site.blocks.proceedings import key_dates, other_moments, steps
from site_builder.site.blocks.repayments import duties, worst_cases
from site_builder.site.blocks.sayings import (
    applicants,
    explained,
    explained_names,
    frame_statement_names,
    frame_statements,
    joint_terms,
    noted_matters,
    notes,
    statement_names,
    statements,
)
from site_builder.site.blocks.selections import selection
from site_builder.site.blocks.statistics import budgets, results, target_outcomes
from site_builder.site.blocks.ways import ways
from site_builder.site.blocks.worked_examples import example_kinds, examples
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class ToldBlock:
    """A block that is told what to show, and the names that the rules have for it."""

    show: Callable[[Rules, Wording, tuple[str, ...]], object]
    names: Callable[[Rules], frozenset[str]]


#: Every block that is told nothing, by the name that prose calls it: `{block:ways}`.
BLOCKS: Mapping[str, Callable[[Rules, Wording], object]] = {
    "applicants": applicants,
    "awards": awards_compared,
    "compared": frames_compared,
    "costs": cost_matrix,
    "definitions": definitions,
    "duties": duties,
    "key-amounts": key_amounts,
    "key-dates": key_dates,
    "other-moments": other_moments,
    "papers": papers,
    "points": selection,
    "purposes": purposes,
    "second-looks": second_looks,
    "steps": steps,
    "together": joint_terms,
    "ways": ways,
    "results": results,
    "target-outcomes": target_outcomes,
    "budget-sizes": budgets,
    "worst": worst_cases,
}
#: Every block that is told what to show.
TOLD_BLOCKS: Mapping[str, ToldBlock] = {
    "by-choice": ToldBlock(by_choice, choice_facts),
    "examples": ToldBlock(examples, example_kinds),
    "explained": ToldBlock(explained, explained_names),
    "formulas": ToldBlock(formulas, worked_names),
    "frame-statements": ToldBlock(frame_statements, frame_statement_names),
    "least": ToldBlock(least_growth, worked_names),
    "limits": ToldBlock(limits_by_choice, definition_names),
    "notes": ToldBlock(notes, noted_matters),
    "reading": ToldBlock(reading, fact_names),
    "requirements": ToldBlock(requirements, requirement_codes),
    "statements": ToldBlock(statements, statement_names),
    "targets": ToldBlock(targets, requirement_codes),
    "worked": ToldBlock(worked, worked_names),
}
