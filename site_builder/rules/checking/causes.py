"""Mistakes that show where a figure is used and lie where it is defined: told there, with the places that show them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from site_builder.errors import GuidanceError
from site_builder.rules.drafts.parts import parts_under
from site_builder.rules.syntax import ExpressionDraft, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from site_builder.errors import Place
    from site_builder.rules.drafts.folder import RulesDraft, RuleSetDraft
    from site_builder.rules.drafts.named import FigureDraft
    from site_builder.rules.drafts.rounds import RoundDraft

    _Spot: TypeAlias = "tuple[str, int]"
    _Counts: TypeAlias = "Mapping[_Spot, int]"

#: What is wrong with a value, whoever names it.
_OF_VALUES = frozenset(("bad-rate", "limits-crossed"))
_OF_KINDS = "kinds-differ"
_OF_NAMES = frozenset(("unknown-name", "unknown-figure"))
_WORD = re.compile(r"[a-z][a-z0-9_]*")
#: So many uses are named.
_MOST_USES = 3


@dataclass(frozen=True, slots=True)
class _Used:
    """A figure, and the lines of the expressions that name it, with how often each does."""

    figure: FigureDraft
    lines: _Counts


def told_at_causes(errors: Iterable[GuidanceError], rules: RulesDraft) -> tuple[GuidanceError, ...]:
    """Return `errors`, those that lie in the definition of a figure at its value.

    So lies a value that cannot be, and a kind that fits in none of the places where the figure is named. Where it fits
    somewhere else, the mistake is where it does not, and the hint says where the figure is defined.
    """
    told = tuple(_of_a_round(error, rules) for error in errors)
    if not any(error.code in _OF_VALUES or error.code == _OF_KINDS for error in told):
        return told
    figures = tuple(_figures_of(rules))
    wrong: dict[str, Counter[_Spot]] = defaultdict(Counter)
    for code, place in {(error.code, error.place) for error in told}:
        wrong[code][_spot(place)] += 1
    uses: dict[Place, dict[_Spot, None]] = defaultdict(dict)
    found = [(error, _cause(error, figures, wrong[error.code])) for error in told]
    for error, cause in found:
        if cause is not None:
            uses[cause.figure.value.node.place()].setdefault(_spot(error.place))
    return tuple(
        _with_definition(error, figures) if cause is None else _at(cause.figure, error, uses) for error, cause in found
    )


def _figures_of(rules: RulesDraft) -> Iterator[tuple[str, Mapping[str, _Used]]]:
    """Yield each file or folder in which figures have names, and those; what is nearer comes first."""
    every = [rule_set for programme in rules.programmes for rule_set in programme.rule_sets]
    for rule_set in every:
        lines = _lines_of(rule_set)
        for frame in rule_set.frames.values():
            yield frame.name.ja.place().path, _used(frame.figures, lines)
        for round_ in rule_set.rounds.values():
            yield _folder_of(rule_set), _used(round_.added.figures, lines)
        yield _folder_of(rule_set), _used(rule_set.file.figures, lines)
    yield "", _used(rules.defined.figures, _lines_of((rules.defined, every)))


def _used(figures: Mapping[str, FigureDraft], lines: Mapping[str, _Counts]) -> Mapping[str, _Used]:
    return {name: _Used(figure, lines.get(name, {})) for name, figure in figures.items()}


def _lines_of(drafts: object) -> Mapping[str, _Counts]:
    """Return the lines of the expressions under `drafts` in which each name stands, with how often it does."""
    found: dict[str, Counter[_Spot]] = defaultdict(Counter)
    nodes = {id(part.node): part for part in parts_under(drafts) if isinstance(part, ExpressionDraft)}
    for part in nodes.values():  # what rounds take over is there again and again
        for name in names_of(part.syntax):
            found[name][_spot(part.node.place())] += 1
    return found


def _folder_of(rule_set: RuleSetDraft) -> str:
    return rule_set.file.head.name.ja.place().path.rpartition("/")[0] + "/"


def _cause(error: GuidanceError, figures: tuple[tuple[str, Mapping[str, _Used]], ...], wrong: _Counts) -> _Used | None:
    """Return the figure in whose definition the mistake lies; `wrong` counts its like by lines."""
    if error.code in _OF_VALUES:
        return _named(_marked(error.place), error.place, figures)
    if error.code != _OF_KINDS:
        return None
    for name in _WORD.findall(_marked(error.place)):
        used = _named(name, error.place, figures)
        if used is not None and used.lines and all(wrong.get(spot, 0) >= often for spot, often in used.lines.items()):
            return used
    return None


def _named(name: str, place: Place, figures: tuple[tuple[str, Mapping[str, _Used]], ...]) -> _Used | None:
    return next((of[name] for start, of in figures if place.path.startswith(start) and name in of), None)


def _at(figure: FigureDraft, error: GuidanceError, uses: Mapping[Place, Mapping[_Spot, None]]) -> GuidanceError:
    place = figure.value.node.place()
    shown = [f"{path}:{line}" for path, line in uses[place]]
    more = len(shown) - _MOST_USES
    where = ", ".join(shown[:_MOST_USES]) + (f" and {more} more" if more > 0 else "")
    hint = "mend the value, or name another figure there" if error.code == _OF_KINDS else error.hint
    return GuidanceError(place, error.sentence, f"{hint}; it is used at {where}", error.code)


def _with_definition(error: GuidanceError, figures: tuple[tuple[str, Mapping[str, _Used]], ...]) -> GuidanceError:
    """Return an error of kinds that names a figure with the place of its definition in the hint."""
    used = _named(_marked(error.place), error.place, figures) if error.code == _OF_KINDS else None
    if used is None:
        return error
    node = used.figure.value.node
    path, line = _spot(node.place())
    return GuidanceError(error.place, error.sentence, f"{error.hint}; it is {node.value} at {path}:{line}", error.code)


def _of_a_round(error: GuidanceError, rules: RulesDraft) -> GuidanceError:
    """Return an error of a name that is not there, with what to do where a round adds it for itself alone."""
    if error.code not in _OF_NAMES:
        return error
    names = _WORD.findall(_marked(error.place))
    for rule_set in (one for programme in rules.programmes for one in programme.rule_sets):
        for round_ in rule_set.rounds.values() if error.place.path.startswith(_folder_of(rule_set)) else ():
            added = _added_by(round_)
            if any(name in added and added[name].path != error.place.path for name in names):
                hint = f"round {round_.number} adds it for itself; what a file of the budget names stands there too"
                return GuidanceError(error.place, error.sentence, hint, error.code)
    return error


def _added_by(round_: RoundDraft) -> Mapping[str, Place]:
    """Return the names that a round's own file adds, and where."""
    if round_.carried is None:
        return {}
    added = round_.carried.added
    names = (*(one.name for one in added.figures.values()), *(one.name for one in added.definitions.values()))
    return {name.value: name.place() for name in names}


def _marked(place: Place) -> str:
    return place.source[place.column - 1 :][: place.length]


def _spot(place: Place) -> _Spot:
    return place.path, place.line
