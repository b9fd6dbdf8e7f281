"""Comparisons in a terminal: what differs goes in, lines come out, the most telling first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from calculator.text import LANGUAGES, Language
from site_builder.comparing.calls import CallChanges
from site_builder.comparing.sites import ANY_HASH, Change, Manner, SiteChanges, address_of
from site_builder.comparing.trees import TreeChanges
from site_builder.site.changes import DifferenceView, SaidView
from site_builder.site.examples import StatedView
from site_builder.site.flip_views import FlipView, SideOfFlip

Again: TypeAlias = Mapping[tuple[str, str, int], str]
"""The call that a difference is told of first, by its own call, its section and its place there."""

#: So many pages and files of a kind are named; the HTML page names all.
MOST_NAMED = 30
#: What differs within a line is marked as `git diff --word-diff` does.
_MARKS = {"A": ("[-", "-]"), "B": ("{+", "+}")}


def told_site(changes: SiteChanges) -> Iterator[str]:
    """Tell which pages and files differ between two sites."""
    counts = {manner: len(changes.pages_of(manner)) for manner in Manner}
    alike = changes.pages_after - counts[Manner.ADDED] - counts[Manner.CHANGED] - counts[Manner.MARKUP]
    yield (
        f"pages: {counts[Manner.ADDED]} added, {counts[Manner.REMOVED]} removed, {counts[Manner.CHANGED]} changed "
        f"({_words(changes.words)}), {counts[Manner.MARKUP]} changed in markup alone, {alike} with the same content"
    )
    for manner in (Manner.ADDED, Manner.REMOVED):
        yield from _named_pages(changes.pages_of(manner), manner)
    yield from _told_alike(changes)
    yield from _named_pages(changes.pages_of(Manner.MARKUP), Manner.MARKUP)
    told = (Manner.ADDED, Manner.REMOVED, Manner.CHANGED)
    others = {manner: changes.others_of(manner) for manner in told}
    yield "other files: " + ", ".join(f"{len(some)} {manner}" for manner, some in others.items())
    for manner, some in others.items():
        yield from _named_files(some, manner)


def told_tree(changes: TreeChanges, languages: Sequence[Language]) -> Iterator[str]:
    """Tell what one state of the sources changes against another."""
    for word, some in (("added", changes.added), ("removed", changes.removed)):
        for name, title in some:
            yield f"call {word}: {name}  {' / '.join(title.within(language) for language in languages)}"
    groups = alike(changes.calls)
    again = told_again(groups)
    for group in groups:
        yield f"call{'s' if len(group) > 1 else ''} changed: {', '.join(one.name for one in group)}"
        yield from (f"  {line}" for line in told_call(group[0], languages, again))
    if not (changes.added or changes.removed or changes.calls):
        yield "no call differs in its rules or dates"
    if changes.site is not None:
        yield from told_site(changes.site)
    if changes.no_pages is not None:
        yield f"pages: {changes.no_pages}"
        yield "    hint: mend what `check` names; of an earlier version, build the site with its own program, and then"
        yield "          compare with `build --compare FOLDER --dry-run`"


def alike(calls: Sequence[CallChanges]) -> tuple[tuple[CallChanges, ...], ...]:
    """Return the calls together of which the same is told: what a budget has changed has changed in all its rounds."""
    groups: dict[tuple[str, ...], list[CallChanges]] = {}
    for one in calls:
        _, *lines = told_call(one, LANGUAGES, with_cases=False)
        groups.setdefault(tuple(lines), []).append(one)
    return tuple(map(tuple, groups.values()))


def told_again(groups: Sequence[Sequence[CallChanges]]) -> Again:
    """Return the differences that are told of an earlier group in the same words, each with the call of that one."""
    seen: dict[tuple[str, ...], str] = {}
    found: dict[tuple[str, str, int], str] = {}
    for one, *_ in groups:
        for section, at, views in _differences(one, LANGUAGES):
            told = (line for one in views for line in (one.label, one.manner, *_told_difference(one)))
            lines = (section, *told)
            first = seen.setdefault(lines, one.name)
            if first != one.name:
                found[one.name, section, at] = first
    return found


def _differences(
    changes: CallChanges, languages: Sequence[Language]
) -> Iterator[tuple[str, int, tuple[DifferenceView, ...]]]:
    """Yield each difference with its section and its place there, worded in each language."""
    for section in changes.views["ja"].groups:
        sides = zip(*(changes.views[language].groups[section].differences for language in languages), strict=True)
        yield from ((section, at, views) for at, views in enumerate(sides))


def told_call(
    changes: CallChanges,
    languages: Sequence[Language],
    again: Again = MappingProxyType({}),
    *,
    with_cases: bool = True,
) -> Iterator[str]:
    """Tell what differs between two calls; what is told `again` is only named.

    `with_cases` prints each company as `python -m calculator assess` takes it, too: those lines name the round.
    """
    title = " / ".join(changes.title.within(language) for language in languages)
    yield f"{title}: differences in the rules: {changes.count}"
    for view in (changes.views[language] for language in languages if changes.views[language].is_placeholder):
        yield from view.points
    for number, (section, at, views) in enumerate(_differences(changes, languages), start=1):
        first = again.get((changes.name, section, at))
        what = " / ".join(f"{one.label}: {one.manner}" for one in views)
        yield f"{number}. [{section}] {what}{'' if first is None else f' (as told of {first})'}"
        if first is None:
            yield from (f"   {line}" for one in views for line in _told_difference(one))
            yield from (f"   > {line}" for line in (_cases(views[0].flip) if with_cases else ()))
    for moved in zip(*(changes.views[language].moved for language in languages), strict=True):
        yield f"same rule, another basis: {' / '.join(one.label for one in moved)}"
        for place in moved[0].places:
            yield f"   A {place.before.title}, {place.before.section or ''} ({place.before.status_text})"
            yield f"   B {place.after.title}, {place.after.section or ''} ({place.after.status_text})"
    for dates in zip(*(changes.views[language].dates for language in languages), strict=True):
        for one in dates:
            rows = ((row.moment or row.reported) for row in (one.before, one.after))
            was, now = (row.time.text if row is not None else "—" for row in rows)
            yield f"date: {one.after.label}: {was} → {now}"


def _told_difference(view: DifferenceView) -> Iterator[str]:
    if view.frames:
        yield f"({', '.join(link.text for link in view.frames)})"
    for side, lines in (("A", view.before), ("B", view.after)):
        yield from (f"{side} {_said(line, side)}" for line in lines)
        if not lines:
            yield f"{side} —"
    if view.remark is not None:
        yield view.remark
    if view.flip is not None:
        yield from _told_flip(view.flip)


def _said(line: SaidView, side: str) -> str:
    begin, end = _MARKS[side] if len(line.pieces) > 1 else ("", "")
    words = "".join(f"{begin}{text}{end}" if is_own else text for text, is_own in line.pieces)
    words = words.replace(f"{end} {begin}", " ") if begin else words
    if line.citation is None:
        return words
    section = "" if line.citation.section is None else f", {line.citation.section}"
    return f"{words} — {line.citation.title}{section} ({line.citation.status_text})"


def _told_flip(flip: FlipView) -> Iterator[str]:
    yield f"> {'; '.join(_stated(flip.told))}"
    for side, answer in zip("AB", flip.sides, strict=True):
        yield f">   {side}: {_answer(answer)}"


def _cases(flip: FlipView | None) -> tuple[str, ...]:
    """Return a company as `python -m calculator assess` takes it: one line where both sides are asked the same."""
    return () if flip is None else tuple(dict.fromkeys(flip.cases))


def _answer(side: SideOfFlip) -> str:
    figures = ", ".join(f"{figure.label} {figure.value}" for figure in side.figures)
    reasons = ", ".join((*(link.text for link in side.unmet), *side.open_points))
    return " — ".join(part for part in (side.verdict, figures, reasons) if part)


def _stated(facts: Iterable[StatedView]) -> Iterator[str]:
    for fact in facts:
        values = ", ".join(fact.values)
        yield values if fact.label is None else f"{fact.label}: {values}"


def _told_alike(changes: SiteChanges) -> Iterator[str]:
    """Name the changed pages: one for all on which the same has changed, and both languages in one line."""
    pages: dict[tuple[str, ...], list[Change]] = {}
    for _, some in changes.alike:
        pages.setdefault(tuple(_in_any_language(one.name) for one in some), []).append(some[0])
    told = sorted(pages.items())
    for paths, firsts in told[:MOST_NAMED]:
        others = f" and {len(paths) - 1} more alike" if len(paths) > 1 else ""
        yield f"  {Manner.CHANGED:8} {_address(firsts)}{others}{_words_of(firsts)}"
    rest = sum(len(paths) * len(firsts) for paths, firsts in told[MOST_NAMED:])
    if rest:
        yield f"  … and {rest} more that are {Manner.CHANGED}"


def _in_any_language(name: str) -> str:
    """Return the path of a page with `*` in the place of its language."""
    language, _, path = name.partition("/")
    return f"*/{path}" if language in LANGUAGES else name


def _named_pages(changes: Iterable[Change], manner: Manner) -> Iterator[str]:
    pages: dict[str, list[Change]] = {}
    for one in changes:
        pages.setdefault(_in_any_language(one.name), []).append(one)
    lines = [f"  {manner:8} {_address(alike)}{_words_of(alike)}" for _, alike in sorted(pages.items())]
    yield from _first_of(lines, manner)


def _address(alike: Sequence[Change]) -> str:
    """Return the address of a page, or of one that there is in several languages: `{ja,en}/costs/`."""
    if len(alike) == 1:
        return address_of(alike[0].name)
    path = address_of(alike[0].name).partition("/")[2]
    return f"{{{','.join(language for language, _ in _by_language(alike))}}}/{path}"


def _words_of(alike: Sequence[Change]) -> str:
    """Return how many words differ on a page, in each of its languages."""
    if not any(one.words for one in alike):
        return ""
    if len(alike) == 1:
        return f"  ({_words(alike[0].words)})"
    return f"  ({', '.join(f'{language} {_words(one.words)}' for language, one in _by_language(alike))})"


def _by_language(alike: Iterable[Change]) -> list[tuple[Language, Change]]:
    return [(language, one) for language in LANGUAGES for one in alike if one.name.startswith(f"{language}/")]


def _words(count: int) -> str:
    return f"{count:,} word{'' if count == 1 else 's'}"


def _named_files(changes: Iterable[Change], manner: Manner) -> Iterator[str]:
    """Name files; those that came or went in a folder that is named after its contents are only counted."""
    lines: list[str] = []
    counts: Counter[str] = Counter()
    for one in changes:
        folder, hashed, _ = one.name.partition(ANY_HASH)
        if hashed and manner is not Manner.CHANGED:
            counts[f"{folder}{hashed}"] += 1
        else:
            lines.append(f"  {manner:8} {one.name}")
    lines += (f"  {manner:8} {folder}  ({count} file{'' if count == 1 else 's'})" for folder, count in counts.items())
    yield from _first_of(lines, manner)


def _first_of(lines: Sequence[str], manner: Manner) -> Iterator[str]:
    yield from lines[:MOST_NAMED]
    if len(lines) > MOST_NAMED:
        yield f"  … and {len(lines) - MOST_NAMED} more that are {manner}"
