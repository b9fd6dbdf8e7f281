"""The schemas for editors: up to date, named by every file, and of one mind with the readers of the files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from site_builder.build import PROJECT
from site_builder.errors import GuidanceErrors
from site_builder.rules.reading.folder import read_folder
from site_builder.schemas import FOLDER, mark, schema_files, unmarked, write_schemas
from site_builder.schemas.descriptions import FILE, Descriptions, descriptions_file
from site_builder.schemas.json_schema import json_schema
from site_builder.schemas.kinds import KINDS, FileKind, files_with_kinds, kind_of_file
from site_builder.schemas.names import names_of
from site_builder.sources.documents import read_document
from site_builder.sources.forms import (
    NAMED,
    EitherForm,
    Fork,
    Form,
    KeyedForm,
    ListForm,
    NamedForm,
    RecordForm,
    TextForm,
    form_of,
    leaves,
)
from site_builder.sources.nodes import Entry, MappingNode, Node, SequenceNode
from site_builder.sources.source_file import read_source
from site_builder.sources.yaml_nodes import parse_yaml
from tests.bad_examples import GOOD, BadExample, all_examples, make_rules
from tests.schemas.instances import instance_of

REAL = tuple(files_with_kinds(PROJECT))
#: Codes of mistakes that stand in one file as it is written, and that its schema therefore refuses.
STRUCTURAL = {
    *("bad-literal", "bad-name", "empty-list", "missing-citation", "missing-key", "missing-translation"),
    *("two-conditions", "unknown-key", "unknown-kind", "unknown-source", "unknown-status", "wrong-type"),
}
#: Those with such a code that no schema can tell, and why.
NOT_TOLD = {
    "bad-literal-date": "a month of 30 days is no notation",
    "bad-literal-full-width": "expressions are no notation",
    "bad-literal-in-an-expression": "expressions are no notation",
    "missing-translation-still-to-be-written": "… is a text like others to it",
    "missing-key-of-what-a-round-adds": "that it adds something is seen once all of it is read",
    "missing-key-of-the-repayment-of-a-round": "that it changes something is seen once all of it is read",
    "missing-key-of-what-is-confirmed": "that it confirms something is seen once all of it is read",
    "missing-key-of-a-consortium": "an award is open, but a consortium needs one that is not",
    "missing-key-of-a-frame": "whether a frame needs an award depends on whether a list in it is empty",
    "missing-key-of-an-example": "whether rounds have numbers is seen from other files",
    "missing-key-of-eligible-costs": "they may stand in the rule set instead",
    "missing-key-of-offered": "whether rounds have numbers is seen from other files",
}
#: Kinds of files in which there are no records today: texts by their names, and dates of which none has moved.
NO_RECORDS = {"texts", "schemas", "moved"}


@cache
def descriptions() -> Descriptions:
    return Descriptions(read_document(PROJECT / "content" / FILE, FILE, descriptions_file))


@cache
def validator(kind: str) -> Draft7Validator:
    return Draft7Validator(json.loads((PROJECT / FOLDER / f"{kind}.schema.json").read_text("utf-8")))


@cache
def made_validators() -> Mapping[str, Draft7Validator]:
    names = names_of(read_folder(GOOD).whole())
    return {kind.name: Draft7Validator(json_schema(kind, names, descriptions())) for kind in KINDS}


def node_of(file: Path) -> Node:
    return parse_yaml(read_source(file, file.parent, file.name))


def test_the_schemas_are_those_that_the_readers_and_the_rules_make_today(tmp_path: Path) -> None:
    kept = {file.name: file.read_text("utf-8") for file in (PROJECT / FOLDER).iterdir()}
    altered = min(kept)
    for name, text in {**kept, altered: "{}", "of-long-ago.schema.json": "{}"}.items():
        (tmp_path / name).write_text(text, "utf-8")
    told = write_schemas(PROJECT / "rules", PROJECT / "content", tmp_path)
    written = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    assert written == kept, "run `python -m site_builder schemas`"
    assert told == tuple(sorted((altered, "of-long-ago.schema.json")))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_schema_is_one_of_draft_7_and_its_patterns_are_those_of_javascript_too(kind: FileKind) -> None:
    schema = validator(kind.name).schema
    Draft7Validator.check_schema(schema)
    patterns = re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', json.dumps(schema))
    assert not [pattern for pattern in patterns if "(?P" in pattern or "\\\\Z" in pattern]


def test_every_yaml_file_is_of_a_kind_and_its_first_line_names_the_schema() -> None:
    files = [file for folder in ("rules", "content") for file in (PROJECT / folder).rglob("*.y*ml")]
    assert [file for file in files if kind_of_file(file.relative_to(PROJECT).as_posix()) is None] == []
    assert list(unmarked(PROJECT)) == [], "run `python -m site_builder schemas --mark`"
    for file, kind in REAL:
        named = file.read_text("utf-8").partition("\n")[0].partition("$schema=")[2]
        assert (file.parent / named).resolve() == PROJECT / FOLDER / f"{kind.name}.schema.json"


def test_marking_a_file_keeps_what_it_says_and_takes_the_place_of_another_mark(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "words.yaml").write_text("a: {ja: あ, en: A}\n", "utf-8")
    (tmp_path / "content" / "site.yaml").write_text("# yaml-language-server: $schema=old\naddress: b\n", "utf-8")
    for one in unmarked(tmp_path):
        mark(one)
    line = "# yaml-language-server: $schema=../docs/schemas/{}.schema.json\n{}"
    assert (tmp_path / "content" / "words.yaml").read_text("utf-8") == line.format("texts", "a: {ja: あ, en: A}\n")
    assert (tmp_path / "content" / "site.yaml").read_text("utf-8") == line.format("site", "address: b\n")
    assert list(unmarked(tmp_path)) == []


@pytest.mark.parametrize(("file", "kind"), REAL, ids=lambda value: value.name)
def test_every_real_file_is_valid(file: Path, kind: FileKind) -> None:
    errors = validator(kind.name).iter_errors(instance_of(node_of(file)))
    assert [(list(error.absolute_path), error.message[:200]) for error in errors] == []


def is_structural(mistake: BadExample) -> bool:
    codes = re.findall(r"\[([a-z-]+)\]$", mistake.says, re.MULTILINE)
    return mistake.changes[0].file is not None and not STRUCTURAL.isdisjoint(codes)


@pytest.mark.parametrize("mistake", [one for one in all_examples() if is_structural(one)], ids=lambda one: one.name)
def test_a_mistake_in_how_a_file_is_written_is_refused_by_its_schema(mistake: BadExample, tmp_path: Path) -> None:
    """All other files are valid, as the next test shows."""
    make_rules(mistake.changes, tmp_path)
    changed = {tmp_path / "rules" / (change.file or "") for change in mistake.changes}
    files = [(file, kind) for file, kind in files_with_kinds(tmp_path) if file in changed]
    assert files
    valid = [made_validators()[kind.name].is_valid(instance_of(node_of(file))) for file, kind in files]
    assert all(valid) == (mistake.name in NOT_TOLD)


def test_the_good_rules_are_valid_beside_which_each_mistake_is_made(tmp_path: Path) -> None:
    make_rules([], tmp_path)
    for file, kind in files_with_kinds(tmp_path):
        assert made_validators()[kind.name].is_valid(instance_of(node_of(file))), file


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name not in NO_RECORDS], ids=lambda kind: kind.name)
def test_a_key_that_is_left_out_or_called_otherwise_is_refused_by_both_or_by_neither(kind: FileKind) -> None:
    """In real files each key of each kind of record, once: the schema and the reader are of one mind about it."""
    validates, tried = validator(kind.name), set()
    for file in (file for file, one in REAL if one is kind):
        node = node_of(file)
        for name, changed in changes(form_of(kind.read), node):
            if name not in tried:
                tried.add(name)
                is_told = kind.name != "frame" or not name.endswith(")-award")
                valid = validates.is_valid(instance_of(changed))
                assert valid == (is_read(kind, changed) if is_told else True), (file.name, name)
    assert tried


#: What is told of a name whose place was cut away.
NAMED_ELSEWHERE = frozenset(("unknown-page", "unknown-figure", "unknown-name", "unknown-sentence"))


def is_read(kind: FileKind, node: Node) -> bool:
    """Say whether the reader takes it, but for names of what was cut away: pages, figures, facts, sentences."""
    try:
        kind.read(node)
    except GuidanceErrors as errors:
        return {error.code for error in errors.errors} <= NAMED_ELSEWHERE
    return True


def changes(form: Form, node: Node, where: str = "") -> Iterator[tuple[str, Node]]:
    """Yield `node` without a key, and with it called otherwise, for each key of each record in it, with its name.

    Of lists and of names with values, only the part at hand is kept, so that there is little to read.
    """
    match form, node:
        case NamedForm(name=name), _:
            yield from changes(NAMED[name], node, name)
        case EitherForm(forms=forms), _:
            for one in forms:
                yield from changes(one, node, where)
        case ListForm(part=part), SequenceNode(parts=parts):
            for old in parts:
                for name, new in changes(part, old, where):
                    yield name, replace(node, parts=(new,))
        case KeyedForm(value=value), MappingNode():
            for entry in node.entries:
                for name, new in changes(value, entry.value, where):
                    yield name, replace(node, entries=(replace(entry, value=new),))
        case RecordForm(tree=tree), MappingNode():
            keys = {key: one for leaf in leaves(tree) for key, one in leaf.keys.items()}
            beside = "+".join(entry.key.value for entry in node.entries) if isinstance(tree, Fork) else ""
            for entry in node.entries:
                key, called = entry.key.value, replace(entry.key, value=f"{entry.key.value}x")
                yield f"{where}({beside})-{key}", put(node, entry, ())
                yield f"{where}({beside})~{key}", put(node, entry, (replace(entry, key=called),))
                for name, new in changes(keys.get(key, TextForm()), entry.value, f"{where}.{key}"):
                    yield name, put(node, entry, (replace(entry, value=new),))


def put(node: MappingNode, old: Entry, new: tuple[Entry, ...]) -> MappingNode:
    """Return `node` with `new` in the place of its entry `old`."""
    index = node.entries.index(old)
    return replace(node, entries=(*node.entries[:index], *new, *node.entries[index + 1 :]))


def test_a_key_that_nobody_describes_and_a_description_of_no_key_are_told(tmp_path: Path) -> None:
    text = (PROJECT / "content" / FILE).read_text("utf-8")
    trust = re.search(r"^  trust: .*\n", text, re.MULTILINE)
    assert trust is not None
    (tmp_path / FILE).write_text(text.replace(trust[0], trust[0].replace("trust", "colour")), "utf-8")
    with pytest.raises(GuidanceErrors) as raised:
        schema_files(PROJECT / "rules", tmp_path)
    assert [(error.code, error.sentence) for error in raised.value.errors] == [
        ("missing-description", "the key 'trust' of 'source' is not described"),
        ("unknown-key", "no record 'source' has a key 'colour'"),
    ]
