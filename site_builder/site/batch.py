"""The page on which an adviser judges many companies at once, with its template and its example as CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from calculator.batch.columns import Column, columns_of, holds_values
from calculator.batch.report import NOT_READ
from calculator.batch.tables import BYTE_ORDER_MARK, written
from calculator.cases import read_facts
from calculator.eligibility import Verdict
from calculator.evaluation import evaluate
from calculator.expressions import Aggregate, walk
from calculator.json_values import read_json, write_json
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition, RuleBook
from site_builder.rules.asking import asked_facts, expressions_of
from site_builder.rules.model import Example, Rules
from site_builder.site.addresses import BATCH, CHECK, HOME, Link
from site_builder.site.batch_cells import cells_of, first_word
from site_builder.site.calls import Call, checked_calls
from site_builder.site.page import Page
from site_builder.site.standing import disclaimer
from site_builder.site.unconfirmed import notice_of
from site_builder.site.wording import Wording

#: The largest file that the page takes, in megabytes: tens of thousands of companies.
LARGEST_FILE = 20

#: How a row of the results can come out under a frame.
OUTCOMES = (*(verdict.value for verdict in Verdict), NOT_READ)

_WRITES = {
    Kind.YEN: "batch_write_yen",
    Kind.COUNT: "batch_write_count",
    Kind.MONTHS: "batch_write_count",
    Kind.PERCENT: "batch_write_percent",
    Kind.RATE: "batch_write_rate",
    Kind.DATE: "batch_write_date",
    Kind.MOMENT: "batch_write_moment",
}


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column as the page explains it: its label and its name, which are both headings, and what a cell holds."""

    label: str
    name: str
    writes: str


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Columns under one title. `numbered` are headings for numbered rows of the lists among them."""

    name: str
    title: str
    columns: tuple[ColumnView, ...]
    numbered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    """The whole page.

    `edition` names the rules that it belongs to; paths start at the site's root. `largest_bytes` is the largest file
    that it takes, `outcomes` has the words for how a row came out.
    """

    edition: str
    round_number: int | None
    rule_sets: str
    intro: str
    disclaimer: str
    file_hint: str
    largest: str
    largest_bytes: int
    tables_path: str
    template: Link
    example: Link
    outcomes: Mapping[str, str]
    groups: tuple[ColumnGroup, ...]


def batch_page(rules: Rules, wording: Wording) -> Page:
    """Plan the page that judges many companies under the frames of the newest published round."""
    call, language = checked_calls(rules)[0], wording.language
    template, example = wording.words["batch_template_file"], wording.words["batch_example_file"]
    return Page(
        address=BATCH,
        language=language,
        template="batch.html",
        lists_terms=False,
        title=wording.words["batch_title"],
        description=wording.fill("batch_description", round=call.round.name),
        view=_view(call, rules, wording),
        trail=(
            Link(wording.words["home"], HOME.path(language)),
            Link(wording.words["navigation_check"], CHECK.path(language)),
        ),
        files={template: template_table(rules, wording), example: example_table(rules, wording)},
        kind="tool",
        notice=notice_of(call, wording),
    )


def _view(call: Call, rules: Rules, wording: Wording) -> BatchView:
    path, largest = BATCH.path(wording.language), wording.fill("batch_megabytes", count=str(LARGEST_FILE))
    template, example = wording.words["batch_template_file"], wording.words["batch_example_file"]
    return BatchView(
        edition=rules.book.edition,
        round_number=call.round.number,
        rule_sets=" ".join(frame.rules.rule_set for frame in call.round.frames if frame.rules.award is not None),
        intro=wording.fill("batch_intro", round=call.round.name),
        disclaimer=disclaimer(call.round, call.round.name, wording),
        file_hint=wording.fill("batch_file_hint", limit=largest),
        largest=largest,
        largest_bytes=LARGEST_FILE * 1_000_000,
        tables_path=CHECK.path(wording.language, "tables"),
        template=Link(wording.words["batch_template"], f"{path}{template}"),
        example=Link(wording.words["batch_example"], f"{path}{example}"),
        outcomes={name: wording.say(rules.book.messages[f"outcome_{name}"]) for name in OUTCOMES},
        groups=tuple(_groups(call, rules.book, wording)),
    )


def asked_columns(call: Call, book: RuleBook) -> Iterator[Column]:
    """Yield the columns of all that the frames of `call` ask, in the order of the form.

    Of a list with several fields, those columns that some frame reads.
    """
    frames = [frame.rules for frame in call.round.frames if frame.rules.award is not None]
    asked = frozenset().union(*(asked_facts(frame, book) for frame in frames))
    read = (part for frame in frames for expression in expressions_of(frame) for part in walk(expression))
    sums = {part for part in read if isinstance(part, Aggregate)}
    for group in book.groups:
        for fact in book.facts.values():
            if fact.group == group.name and fact.name in asked:
                yield from (one for one in columns_of(book, fact) if one.place is None or _is_read(one, sums))


def _is_read(column: Column, sums: Iterable[Aggregate]) -> bool:
    """Say whether a sum, a largest figure or a count reads the rows that `column` is of, and its field."""
    return any(
        one.rows == column.fact.name
        and column.place is not None
        and one.field in (None, column.place.field.name)
        and (one.where is None or evaluate(one.where, {}, column.place.beginning) is not False)
        for one in sums
    )


# --- the files ---------------------------------------------------------------------------------------------------


def template_table(rules: Rules, wording: Wording) -> str:
    """Return a table with headings alone, in the words of the language."""
    return BYTE_ORDER_MARK + written([_headings(tuple(asked_columns(checked_calls(rules)[0], rules.book)), wording)])


def example_table(rules: Rules, wording: Wording) -> str:
    """Return a table of made-up companies: those of the published examples of the frames that are judged."""
    columns = tuple(asked_columns(checked_calls(rules)[0], rules.book))
    rows = (
        [wording.say(example.title), *(cells.get(column.name, "") for column in columns)]
        for example, cells in example_rows(rules, columns, wording)
    )
    return BYTE_ORDER_MARK + written([_headings(columns, wording), *rows])


def example_rows(
    rules: Rules, columns: Sequence[Column], wording: Wording
) -> Iterator[tuple[Example, Mapping[str, str]]]:
    """Yield the published examples that have a place in `columns`, each with its cells by the names of columns.

    What stands in a column that no frame reads is left out.
    """
    call, book = checked_calls(rules)[0], rules.book
    every = {column.name for fact in book.facts.values() for column in columns_of(book, fact)}
    unread = every - {column.name for column in columns}
    for frame in call.round.frames:
        for example in frame.examples:
            if example.published and example.kind == "eligibility" and example.round == call.round.number:
                facts, _ = read_facts(book, read_json(write_json(dict(example.facts))))
                cells = cells_of(book, facts, wording.language)
                if cells.keys() <= every:
                    yield example, {name: cell for name, cell in cells.items() if name not in unread}


def _headings(columns: Sequence[Column], wording: Wording) -> list[str]:
    return [wording.words["batch_name_column"], *(wording.say(column.label) for column in columns)]


# --- what is said of the columns ---------------------------------------------------------------------------------


def _groups(call: Call, book: RuleBook, wording: Wording) -> Iterator[ColumnGroup]:
    columns = tuple(asked_columns(call, book))
    for group in book.groups:
        some = [column for column in columns if column.fact.group == group.name]
        if some:
            facts = dict.fromkeys(column.fact.name for column in some)
            numbered = tuple(heading for name in facts for heading in _numbered(book.facts[name]))
            views = tuple(_column(column, book, wording) for column in some)
            yield ColumnGroup(group.name, wording.say(group.title), views, numbered)


def _numbered(fact: FactDefinition) -> Iterator[str]:
    if fact.kind is Kind.LIST and not holds_values(fact):
        yield from (f"{fact.name}.1.{field.name}" for field in fact.fields)


def _column(column: Column, book: RuleBook, wording: Wording) -> ColumnView:
    writes = [_writes(column, book, wording)]
    is_optional = column.fact.optional if column.place is None else column.place.field.optional
    none = first_word(book, "none", wording.language)
    if is_optional and column.kind not in (Kind.LIST, Kind.RECORD):
        writes.append(wording.fill("batch_write_none", none=none))
    return ColumnView(
        wording.say(column.label),
        column.name,
        reduce(lambda one, other: wording.fill("batch_and", one=one, other=other), writes),
    )


def _writes(column: Column, book: RuleBook, wording: Wording) -> str:
    """Return how a cell of `column` is written."""
    language, unit = wording.language, column.fact.unit
    words = {word: first_word(book, word, language) for word in ("yes", "no", "none")}
    choices = wording.listed(wording.say(choice.label) for choice in column.choices)
    match column.kind:
        case Kind.LIST | Kind.RECORD:
            return wording.fill("batch_write_only_none", none=words["none"])
        case _ if holds_values(column.fact):
            name = "batch_write_several" if choices else "batch_write_values"
            return wording.fill(name, choices=choices)
        case Kind.YES_NO:
            return wording.fill("batch_write_yes_no", yes=words["yes"], no=words["no"])
        case Kind.CHOICE:
            return wording.fill("batch_write_choice", choices=choices)
        case Kind.COUNT if unit is not None:
            return wording.fill("batch_write_count_of", unit=unit)
        case kind:
            return wording.words[_WRITES[kind]]
