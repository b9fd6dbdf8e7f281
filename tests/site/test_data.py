"""The open data: valid by its schemas, typed as its columns say, and the same figures as on the pages."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.text import LANGUAGES, Language
from site_builder.serve import served
from site_builder.site.cited import everything_cited
from site_builder.site.content import COMMANDS, read_content
from site_builder.site.data.files import open_data
from site_builder.site.plan import with_edition
from site_builder.site.wording import Wording, Words
from site_builder.sources import read_texts
from tests.conftest import REAL
from tests.real import real_rules
from tests.render.reach import FIGURE, figures_of

#: How words of the page begin that name no field.
PAGE_WORDS = (
    "index_", "table_", "in_", "json", "example_", "command", "result", "cell_", "column_heading",
    "meaning_heading", "columns_caption", "maybe_empty", "rows_count",
)  # fmt: skip
Json: TypeAlias = Any
GOLDEN = Path(__file__).parent / "golden"
ROUND = "monozukuri/r3s/13"
#: How a cell of each kind is read; each refuses what is not of that kind.
READ: dict[str, Callable[[str], object]] = {
    "integer": lambda cell: int(re.fullmatch(r"-?[0-9]+", cell)[0]),  # type: ignore[index]  # what is none fails
    "fraction": lambda cell: Fraction(re.fullmatch(r"[0-9]+(/[0-9]+)?", cell)[0]),  # type: ignore[index]  # the same
    "date": lambda cell: date.fromisoformat(re.fullmatch(r"[0-9-]{10}", cell)[0]),  # type: ignore[index]  # the same
    "moment": datetime.fromisoformat,
    "text": str,
    "word": str,
}
#: Which column says why another is empty.
TELLS = {
    "round": "round_status", "frame": "frame_status", "at": "precision", "on": "precision", "source": "status",
    "section": "status", "posted": "posted_status", "url": "url_status", "checked": "checked_status",
    "rate_least": "rate_status", "rate_most": "rate_status", "upper_limit_least_yen": "upper_limit_status",
    "upper_limit_most_yen": "upper_limit_status", "lower_limit_yen": "lower_limit_status",
}  # fmt: skip


@pytest.fixture(scope="module")
def data(built_site: Path) -> Path:
    return built_site / "data"


@pytest.fixture(scope="module")
def index(data: Path) -> Json:
    return json.loads((data / "index.json").read_text(encoding="utf-8"))


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def objects(schema: Json) -> Iterator[Json]:
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_every_file_is_valid_by_the_schema_that_it_names(data: Path) -> None:
    seen = {}
    for file in sorted(data.rglob("*.json")):
        if file.parent.name == "schema":
            continue
        content = json.loads(file.read_text(encoding="utf-8"))
        address = (file.parent / content["$schema"]).resolve()
        if address not in seen:
            schema = json.loads(address.read_text(encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            assert all(one["additionalProperties"] is False for one in objects(schema))
            assert all(set(one["required"]) == set(one["properties"]) for one in objects(schema))
            seen[address] = jsonschema.Draft202012Validator(
                schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
            )
        assert [error.message for error in seen[address].iter_errors(content)] == [], file
    assert {address.name for address in seen} == {path.name for path in (data / "schema").iterdir()}


def test_a_file_with_one_field_more_or_of_another_kind_is_not_valid(data: Path) -> None:
    schema = json.loads((data / "schema" / "round.schema.json").read_text(encoding="utf-8"))
    content = json.loads((data / f"{ROUND}.json").read_text(encoding="utf-8"))
    check = jsonschema.Draft202012Validator(schema).is_valid
    moment = {**content["schedule"][0], "at": "2022-10-24 17:00"}
    assert check(content)
    assert not check({**content, "more": 1})
    assert not check({name: value for name, value in content.items() if name != "notes"})
    assert not check({**content, "round": "13"})
    assert not check({**content, "schedule": [moment]})


def test_the_index_lists_every_file(data: Path, index: Json) -> None:
    listed = {
        "index.json",
        *(schema["address"] for schema in index["schemas"]),
        *(one["address"] for one in index["tables"]),
        *(one["address"] for one in index["rounds"]),
        *(frame["address"] for one in index["rounds"] for frame in one["frames"]),
        *(address for one in index["rounds"] for address in one["tables"]),
    }
    assert listed == {file.relative_to(data).as_posix() for file in data.rglob("*") if file.is_file()}
    assert len(listed) > 200


def test_every_cell_is_what_its_column_says(data: Path, index: Json) -> None:
    for described in index["tables"]:
        rows = table(data / described["address"])
        columns = {column["column"]: column for column in described["columns"]}
        assert len(rows) == described["rows"] > 0
        for row in rows:
            assert list(row) == list(columns), described["table"]
            for name, cell in row.items():
                column = columns[name]
                assert not re.search(r"[\r\n]", cell)
                if cell == "":
                    assert not column["required"], f"{described['table']}: {name} is empty"
                    assert row[TELLS[name]] not in ("", "stated"), f"{described['table']}: {name}"
                else:
                    READ[column["kind"]](cell)
                    assert not column["choices"] or cell in column["choices"]


def test_the_tables_of_a_round_are_those_of_all_rounds_in_its_rows(data: Path, index: Json) -> None:
    for one in index["rounds"]:
        for address in one["tables"]:
            number = "" if one["round"] is None else str(one["round"])
            whole = table(data / Path(address).name)
            wanted = [row for row in whole if (row["rule_set"], row["round"]) == (one["rule_set"], number)]
            assert table(data / address) == wanted


def strings(value: Json, language: Language) -> Iterator[str]:
    """All words of one language in a file."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == language and isinstance(part, str):
                yield part
            else:
                yield from strings(part, language)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part, language)


def values(value: Json, language: Language) -> Iterator[str]:
    """All figures in a file that are no words, as pages print them."""
    if isinstance(value, list):
        for part in value:
            yield from values(part, language)
    elif isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, dict | list):
                yield from values(part, language)
            elif part is not None and name.endswith("_yen"):
                yield figure_text(Kind.YEN, part).within(language)
            elif part is not None and name in ("at", "on", "posted"):
                day = date.fromisoformat(part[:10])
                yield figure_text(Kind.DATE, day).within(language)
            elif name in ("rate", "least", "most") and isinstance(part, str):
                yield part
        if "kind" in value and "figure" in value:
            yield printed(value, language)


def printed(figure: Json, language: Language) -> str:
    """A named figure as a page prints it."""
    kind, value = Kind(figure["kind"]), figure["value"]
    readers: dict[Kind, Callable[[Any], Any]] = {
        Kind.PERCENT: Fraction, Kind.RATE: Fraction, Kind.DATE: date.fromisoformat, Kind.MOMENT: datetime.fromisoformat,
    }  # fmt: skip
    return figure_text(kind, readers.get(kind, int)(value)).within(language)


def figures_in(texts: Iterator[str]) -> set[str]:
    return {match for text in texts for match in FIGURE.findall(text)}


def said(content: Json, language: Language) -> set[str]:
    """All figures of a file, as a page in that language prints them."""
    return figures_in(strings(content, language)) | figures_in(values(content, language))


def beside(data: Path, content: Json) -> Iterator[Json]:
    """The files of the frames whose awards are had together with that of this one: its page says what they give."""
    folder = data / Path(content["pages"]["ja"]).relative_to("ja").parent
    for one in content["together"]:
        yield json.loads((folder / f"{one['frame']}.json").read_text(encoding="utf-8"))


def files_of_frames(data: Path) -> Iterator[Json]:
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    for address in (frame["address"] for one in index["rounds"] for frame in one["frames"]):
        yield json.loads((data / address).read_text(encoding="utf-8"))


def test_every_figure_on_a_frames_page_is_in_its_file(data: Path, pages: dict[str, LexborHTMLParser]) -> None:
    rounding = read_texts(REAL.content / "interface.yaml", "interface.yaml")["rounding_sentence"]
    for content in files_of_frames(data):
        for language in LANGUAGES:
            page = f"{content['pages'][language]}index.html"
            known = {figure for file in (content, *beside(data, content)) for figure in said(file, language)}
            said_by_the_site = set(FIGURE.findall(rounding.within(language)))
            assert figures_of(pages[page]) - known - said_by_the_site == set(), page


def test_every_figure_in_a_frames_file_is_on_its_page(data: Path, pages: dict[str, LexborHTMLParser]) -> None:
    for content in files_of_frames(data):
        for language in LANGUAGES:
            page = f"{content['pages'][language]}index.html"
            main = pages[page].css_first("main")
            words = "" if main is None else main.text()
            unseen = {one["figure"] for one in content["figures"] if printed(one, language) not in words}
            assert unseen == set(), page


def test_a_round_is_published_as_it_was_agreed(data: Path) -> None:
    content = json.loads((data / f"{ROUND}.json").read_text(encoding="utf-8"))
    del content["edition"]  # that of all rules
    assert content == json.loads((GOLDEN / "13.json").read_text(encoding="utf-8"))
    for name in ("frames", "figures", "schedule"):
        assert (data / ROUND / f"{name}.csv").read_bytes() == (GOLDEN / f"{name}.csv").read_bytes()


def test_the_same_rules_give_the_same_bytes(data: Path) -> None:
    rules = with_edition(real_rules())
    interface = read_content(REAL.content, rules).interface
    words = {language: Words(interface, language) for language in LANGUAGES}
    wordings = {one: Wording(one, words[one], rules.book.sources, rules.book.messages) for one in LANGUAGES}
    cited = {language: everything_cited(rules, wording) for language, wording in wordings.items()}
    for address, text in open_data(rules, words["ja"], cited).files.items():
        assert (data / address).read_bytes() == text.encode(), address


def test_every_round_and_frame_leads_to_its_file(index: Json, pages: dict[str, LexborHTMLParser]) -> None:
    linked = {
        os.path.normpath(f"{Path(name).parent}/{link.attributes['href']}")
        for name, page in pages.items()
        for link in page.css('link[rel="alternate"][type="application/json"]')
        if page.css_first(f'footer a[href="{link.attributes["href"]}"]') is not None
    }
    files = {one["address"] for one in index["rounds"]}
    files |= {frame["address"] for one in index["rounds"] for frame in one["frames"]}
    assert linked == {"data/index.json", *(f"data/{address}" for address in files)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_print_what_the_page_says(
    built_site: Path, pages: dict[str, LexborHTMLParser], language: Language
) -> None:
    blocks = [block.text() for block in pages[f"{language}/data/index.html"].css("pre.snippet code")]
    assert len(blocks) == 2 * len(list((REAL.content / COMMANDS).glob("*.sh"))) > 0
    with served(built_site) as address:
        setting = {**os.environ, "SITE": address.rstrip("/"), "NO_PROXY": "127.0.0.1"}
        for command, result in zip(blocks[::2], blocks[1::2], strict=True):
            done = subprocess.run(["bash", "-c", command], env=setting, capture_output=True, text=True, check=True)
            assert done.stdout.rstrip() == result


def test_every_field_has_its_meaning_and_every_meaning_its_field(data: Path, index: Json) -> None:
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in (data / "schema").iterdir()]
    asked = {name for schema in schemas for one in objects(schema) for name in one["properties"]} - {"$schema"}
    asked |= {re.sub("_(ja|en)$", "", one["column"]) for table in index["tables"] for one in table["columns"]}
    written = {name.removeprefix("data_") for name in read_texts(REAL.content / "data.yaml", "data.yaml")}
    of_the_page = {name for name in written if name.startswith(PAGE_WORDS)}
    assert written - of_the_page == asked - of_the_page
