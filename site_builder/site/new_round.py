"""The file of a new round that takes over the rules of an earlier one, and what a maintainer does with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.text import Text
from site_builder.errors import WrongUsageError, no_rule_set
from site_builder.rules.model import Figure, Round, Rules, RuleSet

_SUMMARY = Text(
    "{name}の内容は確認中です。{before}の内容を引き継いで示しています。",
    "The rules of this round are still being checked. Those of an earlier round ({before}) are shown for it.",
)
_FILE = """\
# yaml-language-server: $schema=../../../../docs/schemas/round.schema.json
# Unsaid, it is as in round {since} and marked until `confirmed`. citation: {{source: …, section: "…", status: printed}}
name: {{ja: "{name.ja}", en: "{name.en}"}}
summary: {{ja: "{summary.ja}", en: "{summary.en}"}}
carried_from: {since}
schedule: # each: not_printed, {{on: 2023-04-19, citation: …}} or {{at: 2023-04-19 17:00, citation: …}}
  call_opens: not_printed
  applications_open: not_printed
  applications_close: not_printed
figures: {{}} # what changes, a line each: least_unit_price: {{value: 60万円, citation: …}}
# What is new: added: {{figures: …}}, requirements: {{added: …}}, awards: […], repayment: […], selection: …
confirmed: [] # what stays: [{{figures: [value_added_growth], citation: …}}], or [{{everything: yes, citation: …}}]
"""

_SOURCE = """\
  guidelines_{number}:
    title: {{ja: "…", en: "…"}}
    short_title: {{ja: "…", en: "…"}}
    publisher: {{ja: "…", en: "…"}}
    published: {{ja: "…", en: "…"}}
    checked: never
    trust: {{ja: "…", en: "…"}}
    address: https://…
    prints: {{{slug}: [{number}]}}
"""


@dataclass(frozen=True, slots=True)
class NewRound:
    """A file under `rules/` that is still to be written; `figures` are those that it takes over."""

    rule_set: str
    number: int
    since: int
    path: str
    text: str
    figures: Mapping[str, Figure]


def new_round(rules: Rules, slug: str, number: int, since: int) -> NewRound:
    """Return the file of round `number` of the rule set `slug`, which takes over the rules of round `since`.

    Raises:
        WrongUsageError: there is no such rule set or earlier round, or round `number` is there already.
    """
    rule_set = _rule_set(rules, slug)
    earlier = _earlier(rule_set, since)
    _refuse_number(rule_set, number, since)
    name, before = _quotable(_renumbered(earlier.name, since, number)), _quotable(earlier.name)
    summary = Text(_SUMMARY.ja.format(name=name.ja, before=before.ja), _SUMMARY.en.format(before=before.en))
    text = _FILE.format(since=since, name=name, summary=summary)
    return NewRound(slug, number, since, f"{slug}/rounds/{number}.yaml", text, _figures(earlier))


def lines_after(made: NewRound) -> Iterator[str]:
    """Yield what the maintainer is told once the file is there."""
    yield f"taken over from round {made.since}, each unconfirmed until the file says otherwise:"
    width = max((len(name) for name in made.figures), default=0)
    for name, one in made.figures.items():
        label = "" if one.label is None else one.label.ja
        yield f"    {name:{width}}  {one.written}  {label}".rstrip()
    yield "next: describe its guidelines at the end of rules/sources.yaml:"
    yield _SOURCE.format(slug=made.rule_set, number=made.number).rstrip()
    yield "then fill in the file; `python -m site_builder check` lists what is wrong and what is still unconfirmed"


def _rule_set(rules: Rules, slug: str) -> RuleSet:
    by_slug = {one.slug: one for programme in rules.programmes for one in programme.rule_sets}
    if slug not in by_slug:
        raise no_rule_set(slug, by_slug)
    found = by_slug[slug]
    if any(one.number is None for one in found.rounds):
        numbered = [name for name, one in by_slug.items() if one.rounds and one.rounds[0].number is not None]
        hint = f"rule sets with numbered rounds: {', '.join(numbered)}"
        raise WrongUsageError(f"{slug} has one call without a number, and no rounds", hint)
    return found


def _earlier(rule_set: RuleSet, since: int) -> Round:
    published = {one.number: one for one in rule_set.rounds if not one.is_placeholder}
    if since in published:
        return published[since]
    is_there = any(one.number == since for one in rule_set.rounds)
    what = f"round {since} is a placeholder" if is_there else f"there is no round {since}"
    near = min(published, key=lambda number: abs((number or 0) - since), default=None)
    hint = "no round of it has rules" if near is None else f"did you mean --from {near}?"
    raise WrongUsageError(f"{rule_set.slug}: {what}", hint)


def _refuse_number(rule_set: RuleSet, number: int, since: int) -> None:
    there = next((one for one in rule_set.rounds if one.number == number), None)
    if there is not None:
        hint = f"it is written in {rule_set.slug}/rounds/{number}.yaml"
        if there.is_placeholder:
            hint += ", a placeholder: take that file away first, if the guideline is published now"
        raise WrongUsageError(f"{rule_set.slug}: round {number} is there already", hint)
    if number <= since:
        numbers = ", ".join(str(one.number) for one in rule_set.rounds)
        hint = f"a round takes over the rules of an earlier one; there are {numbers}"
        raise WrongUsageError(f"round {number} does not come after round {since}", hint)


def _renumbered(name: Text, since: int, number: int) -> Text:
    """Return the name of the earlier round with the new number; numbers that are part of a longer one stay."""
    pattern = rf"(?<![0-9]){since}(?![0-9])"
    return Text(re.sub(pattern, str(number), name.ja), re.sub(pattern, str(number), name.en))


def _quotable(text: Text) -> Text:
    """Return a text as it stands between double quotes in YAML."""
    ja, en = (words.replace("\\", "\\\\").replace('"', '\\"') for words in (text.ja, text.en))
    return Text(ja, en)


def _figures(earlier: Round) -> Mapping[str, Figure]:
    """Return the figures that rules or texts of the round name, but for those that its awards are told by."""
    found: dict[str, Figure] = {}
    for frame in earlier.frames:
        for name, one in frame.figures.items():
            if name in frame.named and "." not in name and name != "lower_limit":
                found.setdefault(name, one)
    return found
