"""The page that documents the open data."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.site.addresses import DATA, HOME, Link
from site_builder.site.content import CommandExample
from site_builder.site.data import records
from site_builder.site.data.files import INDEX
from site_builder.site.page import Page
from site_builder.site.prose import Prose
from site_builder.site.structured import DataFile, DataSet
from site_builder.site.wording import Wording


@dataclass(frozen=True, slots=True)
class ColumnView:
    """A column; `holds` says what its cells can be."""

    name: str
    holds: str
    choices: tuple[str, ...]
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with all rounds, and its columns."""

    name: str
    path: str
    rows: str
    meaning: str
    columns: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True)
class ExampleView:
    """A command and what it prints."""

    name: str
    title: str
    label: str
    command: str
    result: str


@dataclass(frozen=True, slots=True)
class DataView:
    """All that the page prints."""

    prose: Prose
    tables: tuple[TableView, ...]
    examples: tuple[ExampleView, ...]


def data_page(index: records.Index, examples: tuple[CommandExample, ...], prose: Prose, wording: Wording) -> Page:
    """Plan the page; the tables are those of the index."""
    return Page(
        address=DATA,
        language=wording.language,
        template="data.html",
        title=prose.title,
        description=prose.description,
        view=DataView(
            prose,
            tuple(_table(table, wording) for table in index.tables),
            tuple(_example(one, wording) for one in examples),
        ),
        trail=(Link(wording.words["home"], HOME.path(wording.language)),),
        sections=prose.headings,
        data_file=INDEX,
        data_set=_data_set(index, prose, wording),
    )


def _data_set(index: records.Index, prose: Prose, wording: Wording) -> DataSet:
    tables = (DataFile(table.table, f"data/{table.address}", "text/csv") for table in index.tables)
    files = (DataFile(wording.say(index.title), f"data/{INDEX}", "application/json"), *tables)
    return DataSet(wording.say(index.title), prose.description, index.edition, files)


def _table(table: records.Table, wording: Wording) -> TableView:
    return TableView(
        table.table,
        f"data/{table.address}",
        wording.fill("data_rows_count", rows=f"{table.rows:,}"),
        wording.say(table.meaning),
        tuple(
            ColumnView(
                one.column, wording.words[f"data_cell_{one.kind}"], one.choices, one.required, wording.say(one.meaning)
            )
            for one in table.columns
        ),
    )


def _example(one: CommandExample, wording: Wording) -> ExampleView:
    title = wording.words[f"data_example_{one.name}"]
    return ExampleView(one.name, title, wording.fill("data_command", title=title), one.command, one.result)
