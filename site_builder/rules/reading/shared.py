"""definitions.yaml, sources.yaml and programme.yaml."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from calculator.rulebook import Source
from site_builder.errors import Gathering, GuidanceError
from site_builder.rules.drafts import DefinitionDraft, PrintsDraft, ProgrammeFileDraft, SourceDraft
from site_builder.rules.literals import read_literal
from site_builder.rules.reading.named import definitions
from site_builder.rules.reading.statements import plain_text, statement
from site_builder.sources.fields import Fields, keyed, mapping, scalar, sequence, truth, whole_number, words
from site_builder.sources.nodes import ScalarNode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.nodes import Entry, Node

_THE_ONE_CALL = "call"
_NEVER = "never"


def definitions_file(node: Node) -> Mapping[str, DefinitionDraft]:
    """Read definitions.yaml."""
    with Fields(node, "definitions.yaml") as fields:
        return fields.required("definitions", definitions)


def sources_file(node: Node) -> Mapping[str, SourceDraft]:
    """Read sources.yaml."""
    with Fields(node, "sources.yaml") as fields:
        return fields.required("sources", keyed(_source, "sources"))


def programme_file(node: Node) -> ProgrammeFileDraft:
    """Read programme.yaml."""
    with Fields(node, "programme.yaml") as fields:
        return ProgrammeFileDraft(
            name=fields.required("name", plain_text),
            short_name=fields.required("short_name", plain_text),
            operator=fields.required("operator", statement),
            provider=fields.optional("provider", plain_text),
        )


def _source(name: ScalarNode, node: Node) -> SourceDraft:
    with Fields(node, "a source") as fields:
        source = Source(
            name=name.value,
            title=fields.required("title", plain_text),
            short_title=fields.required("short_title", plain_text),
            publisher=fields.required("publisher", plain_text),
            published=fields.required("published", plain_text),
            trust=fields.required("trust", plain_text),
            address=fields.optional("address", _address),
            is_own=fields.default("own", truth, absent=False),
        )
        return SourceDraft(source, fields.default("prints", _prints, ()), fields.required("checked", _checked))


def _address(node: Node) -> str:
    address = words(node)
    if address.startswith("https://"):
        return address
    raise GuidanceError(
        node.place(), f"'{address}' is not an address", "write it whole, from https:// on", "bad-literal"
    )


def _checked(node: Node) -> date | None:
    """Return the day on which the rules were last read against the document, or None where they never were."""
    written = scalar(node)
    if written.value == _NEVER:
        return None
    value = read_literal(written.value)
    if value is None or not isinstance(value.value, date) or isinstance(value.value, datetime):
        sentence = f"'{written.value}' is neither a date nor '{_NEVER}'"
        hint = f"write the day on which the document was last read: 2026-11-25; {_NEVER}, if it was not"
        raise GuidanceError(written.place(), sentence, hint, "bad-literal")
    return value.value


def _prints(node: Node) -> tuple[PrintsDraft, ...]:
    errors = Gathering()
    rule_sets = [errors.attempt(partial(_printed, entry)) for entry in mapping(node, "prints").entries]
    errors.close()
    return tuple(rule_set for rule_set in rule_sets if rule_set is not None)


def _printed(entry: Entry) -> PrintsDraft:
    if isinstance(entry.value, ScalarNode) and entry.value.value == _THE_ONE_CALL:
        return PrintsDraft(scalar(entry.key), (None,))
    return PrintsDraft(scalar(entry.key), sequence(whole_number, "the rounds")(entry.value))
