"""Comparisons in a terminal: what differs goes in, lines come out, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from calculator.text import LANGUAGES, Language
from site_builder.comparing.calls import CallChanges
from site_builder.comparing.sites import Change, Manner, SiteChanges, address_of
from site_builder.comparing.trees import TreeChanges
from site_builder.site.changes import DifferenceView, SaidView
from site_builder.site.examples import StatedView
from site_builder.site.flip_views import FlipView, SideOfFlip

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
        yield from _named(changes.pages_of(manner), manner, is_page=True)
    yield from _told_alike(changes)
    yield from _named(changes.pages_of(Manner.MARKUP), Manner.MARKUP, is_page=True)
    told = (Manner.ADDED, Manner.REMOVED, Manner.CHANGED)
    others = {manner: changes.others_of(manner) for manner in told}
    yield "other files: " + ", ".join(f"{len(some)} {manner}" for manner, some in others.items())
    for manner, some in others.items():
        yield from _named(some, manner, is_page=False)


def told_tree(changes: TreeChanges, languages: Sequence[Language]) -> Iterator[str]:
    """Tell what one state of the sources changes against another."""
    for word, some in (("added", changes.added), ("removed", changes.removed)):
        for name, title in some:
            yield f"call {word}: {name}  {' / '.join(title.within(language) for language in languages)}"
    for group in alike(changes.calls):
        yield f"call{'s' if len(group) > 1 else ''} changed: {', '.join(one.name for one in group)}"
        yield from (f"  {line}" for line in told_call(group[0], languages))
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
        _, *lines = told_call(one, LANGUAGES)
        groups.setdefault(tuple(lines), []).append(one)
    return tuple(map(tuple, groups.values()))


def told_call(changes: CallChanges, languages: Sequence[Language]) -> Iterator[str]:
    """Tell what differs between two calls."""
    title = " / ".join(changes.title.within(language) for language in languages)
    yield f"{title}: differences in the rules: {changes.count}"
    for view in (changes.views[language] for language in languages if changes.views[language].is_placeholder):
        yield from view.points
    number = 0
    for section in changes.views["ja"].groups:
        sides = zip(*(changes.views[language].groups[section].differences for language in languages), strict=True)
        for views in sides:
            number += 1
            yield f"{number}. [{section}] {' / '.join(f'{one.label}: {one.manner}' for one in views)}"
            for view in views:
                yield from (f"   {line}" for line in _told_difference(view))
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


def _answer(side: SideOfFlip) -> str:
    figures = ", ".join(f"{figure.label} {figure.value}" for figure in side.figures)
    reasons = ", ".join((*(link.text for link in side.unmet), *side.open_points))
    return " — ".join(part for part in (side.verdict, figures, reasons) if part)


def _stated(facts: Iterable[StatedView]) -> Iterator[str]:
    for fact in facts:
        values = ", ".join(fact.values)
        yield values if fact.label is None else f"{fact.label}: {values}"


def _told_alike(changes: SiteChanges) -> Iterator[str]:
    """Name the changed pages: one for all on which the same has changed."""
    for _, some in changes.alike[:MOST_NAMED]:
        others = f" and {len(some) - 1} more alike" if len(some) > 1 else ""
        yield f"  {Manner.CHANGED:8} {address_of(some[0].name)}{others}  ({_words(some[0].words)})"
    rest = sum(len(some) for _, some in changes.alike[MOST_NAMED:])
    if rest:
        yield f"  … and {rest} more that are {Manner.CHANGED}"


def _words(count: int) -> str:
    return f"{count:,} word{'' if count == 1 else 's'}"


def _named(changes: tuple[Change, ...], manner: Manner, *, is_page: bool) -> Iterator[str]:
    for one in changes[:MOST_NAMED]:
        words = f"  ({_words(one.words)})" if one.words else ""
        yield f"  {manner:8} {address_of(one.name) if is_page else one.name}{words}"
    if len(changes) > MOST_NAMED:
        yield f"  … and {len(changes) - MOST_NAMED} more that are {manner}"
