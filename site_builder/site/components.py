"""What other people have made and visitors get: `content/licences.yaml` goes in, parts with their licences come out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from calculator.text import Text
from site_builder.errors import Gathering, GuidanceError, name_hint
from site_builder.sources.fields import Fields, keyed, matching, name_of, words
from site_builder.sources.nodes import Node, ScalarNode
from site_builder.sources.texts import text

_ADDRESS = re.compile(r"https://\S+")
_VERSION = re.compile(r"\d+(?:\.\d+)+")
_PACKAGE = re.compile(r"(?:@[a-z0-9-]+/)?[a-z0-9-]+")
_LICENCE = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Component:
    """A part that somebody else has made.

    Attributes:
        name: what it is called in the file, and its licence's text.
        title: what it is called.
        version: as its makers number it; None where it does not say so.
        package: its name at npm; None where it came inside another part.
        inside: the part with which it came.
        holder: whose it is.
        licence: the name of its licence, as SPDX has it.
        source: where it can be had, its source included.
        does: what it does here.
        text: the licence.
    """

    name: str
    title: str
    version: str | None
    package: str | None
    inside: str | None
    holder: str
    licence: str
    source: str
    does: Text
    text: str = ""


def components_file(node: Node) -> Mapping[str, Component]:
    """Read `content/licences.yaml`; the texts of the licences are files of their own."""
    with Fields(node, "the file of licences") as fields:
        drafts = fields.required("components", keyed(_component, "components", least=1))
    errors = Gathering()
    for _, inside in drafts.values():
        if inside is not None and inside.value not in drafts:
            hint = name_hint(inside.value, drafts, "name one of the components")
            errors.add(GuidanceError(inside.place(), f"no component is called '{inside.value}'", hint, "unknown-name"))
    errors.close()
    return {name: component for name, (component, _) in drafts.items()}


def _component(key: ScalarNode, node: Node) -> tuple[Component, ScalarNode | None]:
    with Fields(node, "a component") as fields:
        inside = fields.optional("inside", name_of("component"))
        component = Component(
            name=key.value,
            title=fields.required("title", words),
            version=_text(fields.optional("version", matching(_VERSION, "is not a version", "write it as 1.2.3"))),
            package=_text(fields.optional("package", matching(_PACKAGE, "is not a name at npm", "see package.json"))),
            inside=_text(inside),
            holder=fields.required("holder", words),
            licence=fields.required("licence", _licence),
            source=fields.required("source", _address),
            does=fields.required("does", text),
        )
    return component, inside


def _licence(node: Node) -> str:
    return matching(_LICENCE, "is not the name of a licence", "write it as SPDX does: MIT")(node).value


def _address(node: Node) -> str:
    return matching(_ADDRESS, "is not an address", "write it whole, from https:// on")(node).value


def _text(node: ScalarNode | None) -> str | None:
    return None if node is None else node.value


def with_texts(components: Mapping[str, Component], texts: Mapping[str, str]) -> tuple[Component, ...]:
    """Return the components in order, each with the text of its licence."""
    return tuple(replace(one, text=texts[name]) for name, one in components.items())
