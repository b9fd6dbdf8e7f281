"""Judging the companies of a table, one after the other: rows go in, verdicts or mistakes come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from calculator.assess import Assessor
from calculator.batch.columns import Column, Headings
from calculator.batch.header import Header, TableError, column_in_words
from calculator.batch.reading import Said, row_began
from calculator.batch.tables import Line, lines_in, rows_of, separator_of
from calculator.decision import Decision
from calculator.eligibility import Eligibility, judge
from calculator.evaluation import Facts, FactValue
from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.rulebook import FactDefinition, FrameRules, RuleBook
from calculator.text import Text


@dataclass(frozen=True, slots=True)
class FrameToJudge:
    """A frame in its round, ready to judge."""

    rules: FrameRules
    decision: Decision

    @property
    def slug(self) -> str:
        """Return the frame's own name, the last part of its rule set's."""
        return self.rules.rule_set.rpartition("/")[2]


def frames_to_judge(assessor: Assessor, rule_sets: Sequence[str], round_: int | None) -> tuple[FrameToJudge, ...]:
    """Return the frames among `rule_sets` that are offered in the round and can be judged."""
    found = []
    for rule_set in rule_sets:
        rules = assessor.rules(rule_set, round_)
        decision = None if rules is None else assessor.decision(rules)
        if rules is not None and decision is not None:
            found.append(FrameToJudge(rules, decision))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Company:
    """A row as it was judged: answers in the order of the frames, or mistakes and no answers.

    `line` is where it begins; `cells` are as they were.
    """

    line: int
    cells: tuple[str, ...]
    answers: tuple[Eligibility, ...]
    mistakes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of companies: its header, how many lines it has, and the rows that are still to be judged."""

    book: RuleBook
    header: Header
    lines: int
    rows: Iterator[Line]

    @classmethod
    def read(cls, headings: Headings, text: str) -> Table:
        """Return the table that `text` writes.

        Raises:
            TableError: no row of it can be judged.
        """
        book, rows = headings.book, rows_of(text, separator_of(text, headings.column))
        first = next(rows, None)
        if first is None:
            raise TableError(message(book.messages, "table_is_empty"))
        if first.cells is None:
            raise TableError(_in_line(book, first.number, message(book.messages, "not_cells")))
        return cls(book, Header.read(headings, first.cells), lines_in(text), rows)

    def judged(self, assessor: Assessor, frames: Sequence[FrameToJudge]) -> Iterator[Company]:
        """Yield the companies that are left, each judged under all `frames`."""
        for line in self.rows:
            facts, mistakes = self._facts(line)
            asked = () if mistakes else frames
            answers = tuple([judge(one.decision, assessor.known_facts(one.rules, facts)) for one in asked])
            yield Company(line.number, line.cells or (), answers, mistakes)

    def _facts(self, line: Line) -> tuple[Facts, tuple[Text, ...]]:
        """Return what a row says of its company, and all that is wrong with it."""
        cells, width = line.cells, len(self.header.cells)
        if cells is None:
            return {}, (_in_line(self.book, line.number, message(self.book.messages, "not_cells")),)
        if len(cells) > width:
            counts = {"count": str(len(cells)), "expected": str(width)}
            reason = message(self.book.messages, "wrong_count_of_cells", **counts)
            return {}, (_in_line(self.book, line.number, reason),)
        cells = (*cells, *[""] * (width - len(cells)))  # spreadsheets leave out empty cells at the end of a row
        facts: dict[str, FactValue] = {}
        mistakes = [
            *self._read_facts(cells, facts),
            *self._read_rows(cells, facts),
            *self._note_records(cells, facts),
        ]
        return facts, tuple(self._placed(line, *one) for one in mistakes)

    def _read_facts(self, cells: Sequence[str], facts: dict[str, FactValue]) -> Iterator[tuple[int, Text]]:
        """Put in what the columns of facts say; yield what cannot be read, with its place."""
        for place, reader in self.header.facts:
            if cell := cells[place]:
                said = reader.read(cell)
                facts.update(said.values)
                if said.mistake is not None:
                    yield place, said.mistake

    def _read_rows(self, cells: Sequence[str], facts: dict[str, FactValue]) -> Iterator[tuple[int, Text]]:
        """Put the rows of lists together, in the order of their columns; yield what cannot be read, with its place."""
        found: dict[str, dict[str, JsonObject | None]] = {}
        open_lists = self._open_lists(cells)
        for place, reader in self.header.rows:
            if not (cell := cells[place]):
                continue
            fact, said = reader.column.fact, reader.read(cell)
            if said.mistake is not None:
                yield place, said.mistake
            elif said.is_told:
                is_none = fact.name in facts  # the list's own column says so
                if is_none or not _fill_in(found.setdefault(fact.name, {}), reader.column, said):
                    yield place, self._none_and_some(fact)
        for name, rows in found.items():
            if name not in open_lists and {} not in rows.values():  # of an empty row nobody knows whether it is there
                facts[name] = tuple(row for row in rows.values() if row is not None)

    def _open_lists(self, cells: Sequence[str]) -> frozenset[str]:
        """Return the lists of which their own column says that they are not known, whatever rows are told."""
        read = ((reader.column.fact.name, reader.read(cells[place])) for place, reader in self.header.lists)
        return frozenset(name for name, said in read if said.is_unknown)

    def _note_records(self, cells: Sequence[str], facts: dict[str, FactValue]) -> Iterator[tuple[int, Text]]:
        """Note by its parts that a record is there; yield the parts that are told of one which there is not.

        A part that is not known does not tell, nor does one that there is none of: a record that is not there has none.
        """
        for place, reader in self.header.parts:
            fact, cell = reader.column.fact, cells[place]
            if not cell or fact.record is None or reader.read(cell).values.get(fact.name) is None:
                continue
            if facts.setdefault(fact.record, True) is None:
                yield place, self._none_and_some(self.book.facts[fact.record])

    def _none_and_some(self, fact: FactDefinition) -> Text:
        return message(self.book.messages, "none_and_some", fact=fact.label)

    def _placed(self, line: Line, place: int, reason: Text) -> Text:
        column = column_in_words(self.book, place, self.header.cells)
        return message(self.book.messages, "table_cell", line=str(line.number), column=column, reason=reason)


def _fill_in(rows: dict[str, JsonObject | None], column: Column, said: Said) -> bool:
    """Put what a cell says into its row, which is None where there is no such row; return whether it can be so."""
    name = "" if column.place is None else column.place.row
    if said.no_row:
        return rows.setdefault(name, None) is None
    row = rows.setdefault(name, row_began(column))
    if row is not None:
        row.update(said.values)
    return row is not None or not any(value is not None for value in said.values.values())


def _in_line(book: RuleBook, number: int, reason: Text) -> Text:
    return message(book.messages, "table_line", line=str(number), reason=reason)
