"""definitions.yaml, sources.yaml and programme.yaml."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from calculator.kinds import Kind
from calculator.rulebook import Source
from site_builder.errors import GuidanceError
from site_builder.rules.drafts.folder import DefinitionsFileDraft, ProgrammeFileDraft
from site_builder.rules.drafts.sources import PrintsDraft, SourceDraft
from site_builder.rules.literals import form_of_kinds, read_literal
from site_builder.rules.reading.named import definitions, figures
from site_builder.rules.reading.statements import plain_text, rule_set, statement
from site_builder.sources.fields import Fields, keyed, matching, or_word, scalar, sequence, truth, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from site_builder.sources.nodes import Node, ScalarNode

_THE_ONE_CALL = "call"
_NEVER = "never"
_ADDRESS = re.compile(r"https://[^\s…]+")


def definitions_file(node: Node) -> DefinitionsFileDraft:
    """Read definitions.yaml."""
    with Fields(node, "definitions.yaml") as fields:
        return DefinitionsFileDraft(
            definitions=fields.required("definitions", definitions),
            figures=fields.default("figures", figures, {}),
        )


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
        prints: tuple[PrintsDraft, ...] = fields.default("prints", _prints, ())
        checked = fields.required("checked", or_word(_NEVER, _day_checked))
        checked_at = fields.default("checked", lambda written: scalar(written).place(), name.place())
        return SourceDraft(name, source, prints, checked, checked_at)


def _address(node: Node) -> str:
    return matching(_ADDRESS, "is not an address", "write it whole, from https:// on")(node).value


def _day_checked(node: Node) -> date:
    """Return the day on which the rules were last read against the document."""
    written = scalar(node, form=form_of_kinds(Kind.DATE, hint=f"write a day such as 2026-11-25, or {_NEVER}"))
    value = read_literal(written.value)
    if value is None or not isinstance(value.value, date) or isinstance(value.value, datetime):
        sentence = f"'{written.value}' is neither a date nor '{_NEVER}'"
        hint = f"write the day on which the document was last read: 2026-11-25; {_NEVER}, if it was not"
        raise GuidanceError(written.place(), sentence, hint, "bad-literal")
    return value.value


def _prints(node: Node) -> tuple[PrintsDraft, ...]:
    return tuple(keyed(_printed, "prints", rule_set)(node).values())


def _printed(name: ScalarNode, node: Node) -> PrintsDraft:
    rounds = or_word(_THE_ONE_CALL, sequence(whole_number, "the rounds"))(node)
    return PrintsDraft(name, (None,) if rounds is None else rounds)
