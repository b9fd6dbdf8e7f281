"""A round's rules as a picture with a table beside it: facts, definitions, rules, the outcome, and what is reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from site_builder.examining.coverage import Coverage, Reached, coverages_of, facts_by_definition
from site_builder.examining.subject import Call, Subject
from site_builder.render.templates import text_of
from site_builder.render.theme import read_templates

_TEMPLATES = Path(__file__).parent / "templates"
_ROW, _TOP = 26, 30
_COLUMNS = (10, 330, 560, 1000)
_WIDTHS = (290, 200, 400, 110)
_OUTCOMES = ("eligible?", "how much?", "repaid?")
_HEADINGS = ("Facts", "Definitions", "Rules", "Outcome")


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the picture; `look` is its class, and `mark` what is said of it beside its colour."""

    x: int
    y: int
    width: int
    text: str
    look: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A frame's picture and its table."""

    coverage: Coverage
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    headings: tuple[tuple[int, str], ...]
    width: int
    height: int


def graph_page(subject: Subject, name: str) -> str:
    """Return one page with the picture and the table of each frame that is looked at."""
    found = zip(subject.calls, coverages_of(subject.calls, subject), strict=True)
    drawn = [_drawn(call, coverage, subject) for call, coverage in found]
    return text_of(read_templates(_TEMPLATES), "graph.html", {"name": name, "frames": drawn})


def _drawn(call: Call, coverage: Coverage, subject: Subject) -> Drawn:
    of_definitions = facts_by_definition(call)
    rules = _rules(coverage.rows)
    facts = [name for name in subject.drafts.facts.facts if name in _read(rules, of_definitions)]
    columns: tuple[Sequence[str], ...] = (facts, tuple(of_definitions), tuple(rules), _OUTCOMES)
    places = [{name: at for at, name in enumerate(column)} for column in columns]
    boxes = [box for column in range(4) for box in _boxes(column, columns[column], rules)]
    lines = list(_lines(places, rules, of_definitions))
    headings = tuple(zip(_COLUMNS, _HEADINGS, strict=True))
    height = _TOP + _ROW * max(map(len, columns)) + 10
    return Drawn(coverage, tuple(boxes), tuple(lines), headings, _COLUMNS[-1] + _WIDTHS[-1] + 10, height)


def _rules(rows: Iterable[Reached]) -> dict[str, tuple[Reached, ...]]:
    """Return the rules by name, each with its outcomes."""
    found: dict[str, list[Reached]] = {}
    for row in rows:
        found.setdefault(row.rule, []).append(row)
    return {name: tuple(some) for name, some in found.items()}


def _read(rules: dict[str, tuple[Reached, ...]], of_definitions: object) -> frozenset[str]:
    direct = frozenset(fact for some in rules.values() for row in some for fact in row.facts)
    inside = of_definitions.values() if isinstance(of_definitions, dict) else ()
    return direct.union(*inside)


def _boxes(column: int, names: Sequence[str], rules: dict[str, tuple[Reached, ...]]) -> Iterator[Box]:
    for at, name in enumerate(names):
        look, mark = "plain", ""
        if column == 2:
            missing = sum(1 for row in rules[name] if row.is_missing)
            is_here = all(row.by for row in rules[name])
            met = ("reached", " ✓" if is_here else " ✓ in another frame")
            look, mark = ("missing", f" ✕ {missing} not reached") if missing else met
        yield Box(_COLUMNS[column], _TOP + at * _ROW, _WIDTHS[column], name, look, mark)


def _lines(
    places: Sequence[dict[str, int]], rules: dict[str, tuple[Reached, ...]], of_definitions: object
) -> Iterator[str]:
    definitions = of_definitions if isinstance(of_definitions, dict) else {}
    for name, facts in definitions.items():
        yield from (_line(0, places[0][fact], 1, places[1][name]) for fact in facts)
    for name, some in rules.items():
        to = places[2][name]
        for fact in dict.fromkeys(fact for row in some for fact in row.facts):
            yield _line(0, places[0][fact], 2, to)
        for definition in dict.fromkeys(one for row in some for one in row.definitions):
            yield _line(1, places[1][definition], 2, to)
        outcome = {"requirement": 0, "repayment": 2}.get(some[0].sort, 1)
        if some[0].sort not in ("selection", "class"):
            yield _line(2, to, 3, outcome)


def _line(column: int, at: int, other: int, to: int) -> str:
    x, y = _COLUMNS[column] + _WIDTHS[column], _TOP + at * _ROW + _ROW // 2 - 2
    end, down = _COLUMNS[other], _TOP + to * _ROW + _ROW // 2 - 2
    middle = (x + end) // 2
    return f"M{x} {y}C{middle} {y} {middle} {down} {end} {down}"
