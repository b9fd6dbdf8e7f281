"""The rules, as far as they go: what is right is resolved, and everything that is wrong is found at once.

A file that cannot be read hides nothing but what rests on it: what else is wrong in its budget, in other budgets and in
the prose is told in the same run. What only seems wrong because of it is kept back (`Lost`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from site_builder.errors import Gathering
from site_builder.memo import Memo
from site_builder.rules.checking.causes import told_at_causes
from site_builder.rules.checking.names import check_names
from site_builder.rules.checking.questions import check_questions
from site_builder.rules.checking.tables import check_tables
from site_builder.rules.reading.folder import EVERYTHING, read_folder
from site_builder.rules.resolution.carrying import filled
from site_builder.rules.resolution.rules import resolve
from site_builder.rules.resolution.statistics import statistics
from site_builder.sources.lost import Lost, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from calculator.text import Text
    from site_builder.errors import GuidanceError
    from site_builder.rules.checking.findings import Findings
    from site_builder.rules.drafts.folder import ProgrammeDraft, RulesDraft
    from site_builder.rules.model import Rules
    from site_builder.rules.reading.folder import FolderRead

_FIGURES_IN_PROSE = "figures and links in the prose"
_EXAMPLES = "worked examples"


@dataclass(frozen=True, slots=True)
class RulesSurvey:
    """What is known of the rules.

    Attributes:
        rules: those of the budgets in which nothing is wrong; None where that cannot be told.
        draft: what `rules` are resolved from; None where they are.
        errors: everything that is wrong.
        lost: what is missing in `rules`.
        not_checked: what could not be looked at, in words.
    """

    rules: Rules | None
    draft: RulesDraft | None
    errors: tuple[GuidanceError, ...]
    lost: Lost
    not_checked: tuple[str, ...]


def survey_rules(folder: Path, messages: Mapping[str, Text], memo: Memo | None = None) -> RulesSurvey:
    """Return what is known of the rules under `folder`; `messages` are the calculator's sentences by code.

    What `memo` knows is not made again; right rules of the same files are the same object.
    """
    memo = Memo() if memo is None else memo
    read = read_folder(folder, memo)
    if read.draft is None:
        left = ("names and tables of the rules", _EXAMPLES, _FIGURES_IN_PROSE)
        return RulesSurvey(None, None, read.errors, read.lost | EVERYTHING | Lost(_words_under(folder)), left)
    draft = filled(read.draft, memo)
    found = memo.made(checked, draft, memo)
    wrong = tuple(_wrong_budgets(read, found))
    lost = read.lost | _lost_with(wrong, read, folder)
    errors = Gathering()
    for error in (*read.errors, *told_at_causes(read.lost.mistakes(found.errors.errors), draft)):
        errors.add(error)
    right = _without(draft, wrong, found)
    rules = _resolved(right, messages, lost, errors, memo)
    not_checked = [f"{_EXAMPLES}, {_FIGURES_IN_PROSE} of {', '.join(wrong)}"] if wrong else []
    if rules is not None and any(path.endswith(("/facts.yaml", "/definitions.yaml")) for path in lost.paths):
        rules = replace(rules, examples=())  # each of them would be refused for what is missing there
        not_checked.append(f"{_EXAMPLES} of all others")
    return RulesSurvey(rules, right if rules is not None else None, errors.errors, lost, tuple(not_checked))


def checked(draft: RulesDraft, memo: Memo) -> Findings:
    """Return what is wrong with names, kinds, tables and rounds: to be looked at only."""
    found = check_names(draft, memo)
    check_tables(draft, found, memo)
    return found


def _wrong_budgets(read: FolderRead, found: Findings) -> Iterator[str]:
    """Yield the slug of each budget of which a file could not be read or in which something is wrong."""
    assert read.draft is not None  # noqa: S101 - the caller has looked
    paths = {error.place.path for error in (*read.errors, *found.errors.errors)} | read.lost.paths
    yield from (address.rstrip("/") for address in sorted(read.lost.addresses) if address)
    for programme in read.draft.programmes:
        is_wrong = programme.file is None or found.is_wrong(programme.slug)
        for rule_set in programme.rule_sets:
            has_errors = any(f"/{rule_set.slug}/" in path for path in paths)
            if is_wrong or has_errors or found.is_wrong_within(rule_set.slug):
                yield rule_set.slug


def _lost_with(budgets: Iterable[str], read: FolderRead, folder: Path) -> Lost:
    """Return what is lost without `budgets`: all that their files name, and the pages of what cannot be read."""
    words: set[str] = set()
    addresses: set[str] = set()
    for slug in budgets:
        programme = slug.split("/")[0]
        addresses |= {f"{slug}/", f"{programme}/newest/"}
        if all(one in budgets for one in _budgets_of(programme, read)):
            addresses.add(f"{programme}/")
        words |= {*slug.split("/"), *_words_under(folder / slug)}
    if any(path.endswith("/sources.yaml") for path in read.lost.paths):
        addresses.add("sources/")
    return Lost(frozenset(words), frozenset(addresses))


def _words_under(folder: Path) -> frozenset[str]:
    """Return every word in a folder's files and names."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        found |= {path.stem}
        if path.suffix == ".yaml" and path.is_file():
            found |= words_in(path)
    return frozenset(found)


def _budgets_of(programme: str, read: FolderRead) -> Iterator[str]:
    assert read.draft is not None  # noqa: S101 - the caller has looked
    return (one.slug for draft in read.draft.programmes if draft.slug == programme for one in draft.rule_sets)


def _without(draft: RulesDraft, budgets: tuple[str, ...], found: Findings) -> RulesDraft:
    """Return the draft without `budgets`, without programmes of which none is left, and without wrong definitions."""
    kept = tuple(_programme_without(programme, budgets) for programme in draft.programmes)
    right = {name: one for name, one in draft.definitions.items() if not found.is_wrong(name)}
    if not budgets and len(right) == len(draft.definitions) and all(one.rule_sets for one in kept):
        return draft
    return replace(
        draft,
        defined=replace(draft.defined, definitions=right),
        programmes=tuple(one for one in kept if one.rule_sets),
    )


def _programme_without(draft: ProgrammeDraft, budgets: tuple[str, ...]) -> ProgrammeDraft:
    return replace(draft, rule_sets=tuple(one for one in draft.rule_sets if one.slug not in budgets))


def _resolved(
    draft: RulesDraft, messages: Mapping[str, Text], lost: Lost, errors: Gathering, memo: Memo
) -> Rules | None:
    """Return what the draft stands for, without statistics that are wrong."""
    of_statistics, of_rules = Gathering(), Gathering()
    if of_statistics.attempt(partial(statistics, draft)) is None:
        draft = replace(draft, statistics=None)
    rules = of_rules.attempt(partial(memo.made, resolve, draft, messages, memo))
    if rules is not None:
        check_questions(rules, draft.facts.places, of_rules)
    for error in lost.mistakes((*of_statistics.errors, *of_rules.errors)):
        errors.add(error)
    return rules
