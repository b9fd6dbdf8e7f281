"""All files of the open data, by their addresses under /data/, which no build changes."""

from __future__ import annotations

import csv
import io
import posixpath
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

from calculator.text import LANGUAGES, Language, Text
from site_builder.memo import Memo
from site_builder.rules.model import Rules
from site_builder.site.addresses import DATA, data_address
from site_builder.site.calls import Call, calls
from site_builder.site.cited import Cited
from site_builder.site.data import records
from site_builder.site.data.making import frame_record, frame_references, round_record
from site_builder.site.data.rows import OF_A_ROUND, TABLES, CitationRow, Row, citation_row, rows_of_a_round, source_rows
from site_builder.site.data.schemas import file_of, json_text, schema
from site_builder.site.wording import Words

#: Where the files are published, from the root of the site.
DATA_FOLDER = "data"
INDEX = "index.json"
#: What each schema is of.
SCHEMAS = {"index": records.Index, "round": records.Round, "frame": records.Frame}
#: What the cells of a column hold, by the type of the field.
CELL_KINDS: Mapping[Any, str] = {
    int: "integer",
    str: "text",
    Fraction: "fraction",
    date: "date",
    datetime: "moment",
}


@dataclass(frozen=True, slots=True)
class OpenData:
    """The open data: what there is, and the text of every file by its address under /data/."""

    index: records.Index
    files: Mapping[str, str]


def open_data(
    rules: Rules, words: Words, cited: Mapping[Language, Iterable[Cited]], memo: Memo | None = None
) -> OpenData:
    """Return all files of the open data.

    Args:
        rules: the rules, with their edition.
        words: the interface words: what columns and fields mean.
        cited: everything that is cited, in the same order in each language.
        memo: may break it off where something is more urgent.
    """
    citations = _citations(cited)
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    tables["sources"] += source_rows(rules)
    files: dict[str, str] = {}
    for call in calls(rules):
        if memo is not None:
            memo.give_way()
        rows = rows_of_a_round(call, rules, citations.get(call.address.parts, ()))
        for name, some in rows.items():
            tables[name] += some
        files |= _round_files(call, rules, rows)
    index = _index(rules, words, tables)
    for name, record in SCHEMAS.items():
        files[_schema_address(name)] = json_text(schema(record, f"{name}.json", lambda one: meaning(one, words)))
    files |= {f"{name}.csv": csv_text(TABLES[name], rows) for name, rows in tables.items()}
    return OpenData(index, {INDEX: file_of(index, _schema_address("index")), **files})


def meaning(name: str, words: Words) -> Text:
    """Return what a field or a column means: the same wherever it stands."""
    for ending, language in (("_ja", "data_in_japanese"), ("_en", "data_in_english")):
        if name.endswith(ending):
            return words.text(language).filled(meaning=words.text(f"data_{name.removesuffix(ending)}"))
    return words.text(f"data_{name}")


def csv_text(row: type[Row], rows: Iterable[Row]) -> str:
    """Return a table: one row of headings, and a line for each of `rows`."""
    names = [field.name for field in fields(row)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([_cell(getattr(one, name)) for name in names] for one in rows)
    return out.getvalue()


def columns(row: type[Row], words: Words) -> tuple[records.Column, ...]:
    """Return the columns of a table."""
    hints = get_type_hints(row)
    return tuple(_column(field.name, hints[field.name], words) for field in fields(row))


def _column(name: str, hint: Any, words: Words) -> records.Column:  # noqa: ANN401 - a type, as annotations write it
    parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    (kind,) = (part for part in parts if part is not type(None))
    is_word = isinstance(kind, type) and issubclass(kind, StrEnum)
    choices = tuple(one.value for one in kind) if is_word else ()
    required = type(None) not in parts
    return records.Column(name, "word" if is_word else CELL_KINDS[kind], required, choices, meaning(name, words))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _citations(cited: Mapping[Language, Iterable[Cited]]) -> Mapping[tuple[str, ...], tuple[CitationRow, ...]]:
    """Return the rows of citations by the address of their round."""
    found: dict[tuple[str, ...], list[CitationRow]] = {}
    for ja, en in zip(*(cited[language] for language in LANGUAGES), strict=True):
        found.setdefault(ja.call.address.parts, []).append(citation_row(ja, en))
    return {address: tuple(dict.fromkeys(rows)) for address, rows in found.items()}


def _round_files(call: Call, rules: Rules, rows: Mapping[str, tuple[Row, ...]]) -> Mapping[str, str]:
    """Return the files of a round and of its frames."""
    own = data_address(call.address, ".json")
    files = {own: file_of(round_record(call, rules.book), _schema_seen_from(own, "round"))}
    for frame in call.round.frames:
        address = data_address(call.frame_address(frame.slug), ".json")
        files[address] = file_of(frame_record(frame, call, rules.book), _schema_seen_from(address, "frame"))
    return {**files, **{_table_address(call, name): csv_text(TABLES[name], rows[name]) for name in OF_A_ROUND}}


def _table_address(call: Call, name: str) -> str:
    return f"{data_address(call.address, '')}/{name}.csv"


def _schema_address(name: str) -> str:
    return f"schema/{name}.schema.json"


def _schema_seen_from(file: str, name: str) -> str:
    return posixpath.relpath(_schema_address(name), posixpath.dirname(file) or ".")


def _index(rules: Rules, words: Words, tables: Mapping[str, list[Row]]) -> records.Index:
    return records.Index(
        edition=rules.book.edition,
        title=words.text("data_index_title"),
        terms=words.text("data_index_terms"),
        pages=records.Pages(DATA.path("ja"), DATA.path("en")),
        schemas=tuple(records.SchemaEntry(name, _schema_address(name)) for name in SCHEMAS),
        tables=tuple(
            records.Table(
                name, f"{name}.csv", len(rows), words.text(f"data_table_{name}"), columns(TABLES[name], words)
            )
            for name, rows in tables.items()
        ),
        rounds=tuple(
            records.RoundEntry(
                call.rule_set.slug,
                call.round.number,
                data_address(call.address, ".json"),
                frame_references(call),
                tuple(_table_address(call, name) for name in OF_A_ROUND),
            )
            for call in calls(rules)
        ),
    )
