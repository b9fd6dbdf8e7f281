"""Everything that the sources say, looked at in one run, each stage as far as it can go.

A mistake in the style of a sentence hides no wrong date, and a wrong date in one budget hides nothing of another. Only
what rests on something wrong is passed over, and said to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors
from site_builder.memo import Memo
from site_builder.rules import RulesSurvey, survey_rules
from site_builder.rules.model import Rules
from site_builder.rules.proof import prove_examples
from site_builder.rules.suspects import suspects
from site_builder.site.asked import refuse_unasked
from site_builder.site.content import Content, read_messages, survey_content
from site_builder.stages import SILENT, Stages
from site_builder.style import begin_style

_PAGES = "the pages, and where their links lead"


@dataclass(frozen=True, slots=True)
class SourcesRead:
    """Rules and content; what `faults` finds wrong in them keeps no page from being made."""

    rules: Rules
    content: Content
    faults: Callable[[], tuple[GuidanceError, ...]]

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let what is wrong with the pages be told together with the faults.

        Raises:
            GuidanceErrors: there are faults, or something is wrong with the pages.
        """
        of_pages, errors = Gathering(), Gathering()
        try:
            yield
        except (GuidanceError, GuidanceErrors) as error:
            of_pages.add(error)
        for fault in (*self.faults(), *of_pages.errors):
            errors.add(fault)
        errors.close()


def read_sources(
    rules_folder: Path, content_folder: Path, templates: Path, memo: Memo, stages: Stages = SILENT
) -> SourcesRead:
    """Return what pages can be made of with `templates`; what `memo` knows is not read again.

    Raises:
        GuidanceErrors: everything that is wrong in rules and content, if it keeps the pages from being made.
    """
    errors = Gathering()
    see_style = begin_style(rules_folder, content_folder, memo=memo)
    with stages.stage("read the rules"):
        messages = errors.attempt(partial(read_messages, content_folder, memo))
        of_rules = survey_rules(rules_folder, messages or {}, memo)
    with stages.stage("work out the examples"):
        examples = _examples(of_rules, memo)
    with stages.stage("read the content"):
        of_content = survey_content(content_folder, of_rules.rules, of_rules.lost, memo)
    faults = partial(_faults, see_style, partial(refuse_unasked, of_content.places, templates), stages)
    for error in (*of_rules.errors, *examples, *of_content.errors):
        errors.add(error)
    if errors.errors or of_rules.rules is None or of_content.content is None:
        raise GuidanceErrors((*errors.errors, *faults()), (*of_rules.not_checked, _PAGES))
    return SourcesRead(of_rules.rules, of_content.content, faults)


def _faults(see_style: Callable[[], None], see_words: Callable[[], None], stages: Stages) -> tuple[GuidanceError, ...]:
    errors = Gathering()
    with stages.stage("look at the style"):
        errors.attempt(see_style)
    errors.attempt(see_words)
    return errors.errors


def _examples(found: RulesSurvey, memo: Memo) -> tuple[GuidanceError, ...]:
    """Return what is wrong with the worked examples of the budgets in which nothing else is."""
    errors = Gathering()
    if found.rules is not None:
        errors.attempt(partial(prove_examples, found.rules, memo))
    if errors.errors and found.rules is not None and found.draft is not None:
        return (*errors.errors, *suspects(found.draft, found.rules, memo))
    return errors.errors
