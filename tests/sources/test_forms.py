"""What a reader takes is learnt from the reader itself."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from site_builder.errors import GuidanceError
from site_builder.sources.fields import Fields, keyed, matching, one_of, or_word, scalar, some, truth, whole_number
from site_builder.sources.forms import (
    NAMED,
    NOTHING,
    AnyForm,
    EitherForm,
    Fork,
    KeyedForm,
    Leaf,
    ListForm,
    NamedForm,
    RecordForm,
    Refused,
    TextForm,
    Tree,
    form_of,
)
from site_builder.sources.nodes import Node, ScalarNode

ANY = TextForm()
NUMBER = TextForm(patterns=("-?[0-9]{1,18}",), hint="write digits only")


def tree(read: Callable[[Node], object]) -> Tree:
    form = form_of(read)
    assert isinstance(form, RecordForm)
    return form.tree


def test_a_value_is_known_by_what_it_has_to_look_like() -> None:
    assert form_of(scalar) == ANY
    assert form_of(whole_number) == NUMBER
    assert form_of(one_of({"b", "a"}, "{}", "unknown-name")) == TextForm(words=("a", "b"))
    assert form_of(matching(re.compile("x+"), "is none", "write x")) == TextForm(("x+",), hint="write x")
    assert form_of(or_word("none", whole_number)) == TextForm(("-?[0-9]{1,18}",), ("none",), hint="write digits only")


def test_a_list_and_a_mapping_are_known_by_their_parts() -> None:
    assert form_of(some(whole_number)) == ListForm(NUMBER, 1)
    form = form_of(keyed(lambda _, node: truth(node), least=1))
    assert isinstance(form, KeyedForm)
    assert (form.value, form.least) == (TextForm(words=("yes", "no")), 1)


def test_a_record_is_known_by_its_keys_and_what_depends_on_them() -> None:
    def read(node: Node) -> None:
        with Fields(node, "a thing") as fields:
            if fields.kind("kind", one_of(("a", "b"), "{}", "unknown-kind"), ("a", "b")) == "a":
                fields.optional("more", scalar)
            elif fields.has("other"):
                fields.required("other", whole_number)
            else:
                raise GuidanceError(node.place(), "a thing has more", "write more", "missing-key")

    kind = TextForm(words=("a", "b"))
    is_a = Leaf("a thing", {"kind": kind, "more": ANY}, frozenset({"kind"}))
    with_other = Leaf("a thing", {"kind": kind, "other": NUMBER}, frozenset({"kind", "other"}))
    without = Refused("a thing has more: write more")
    assert tree(read) == Fork("kind", "a", is_a, Fork("other", None, with_other, without))


def test_what_is_always_refused_is_a_key_that_there_is_not() -> None:
    def refused(node: Node) -> None:
        raise GuidanceError(node.place(), "not here", "leave it out", "unknown-key")

    def read(node: Node) -> None:
        with Fields(node, "a thing") as fields:
            fields.optional("never", refused)
            fields.optional("sometimes", scalar)

    assert form_of(refused) == NOTHING
    assert tree(read) == Leaf("a thing", {"sometimes": ANY}, frozenset())


def part_of_itself(node: Node) -> object:
    """Read a value, or a list of what this reads."""
    return scalar(node) if isinstance(node, ScalarNode) else some(part_of_itself)(node)


def test_a_reader_that_calls_itself_has_a_form_that_names_itself() -> None:
    form = form_of(part_of_itself)
    assert isinstance(form, NamedForm)
    assert NAMED[form.name] == EitherForm((ANY, ListForm(form, 1)))


def test_what_a_reader_takes_as_it_is_may_be_anything() -> None:
    assert form_of(lambda node: node) == EitherForm(
        (AnyForm(("string", "number", "boolean", "null")), AnyForm(("array",)), AnyForm(("object",)))
    )


def test_a_reader_that_breaks_is_not_silenced() -> None:
    def read(node: Node) -> None:
        with Fields(node, "a thing") as fields:
            raise RuntimeError(fields.optional("key", scalar))

    with pytest.raises(RuntimeError):
        form_of(read)
