"""One YAML file from disk to what its reader makes of it; everything wrong in the file is found together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors
from site_builder.sources.lost import words_of
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.sources.salvage import parsed, salvaged
from site_builder.sources.source_file import content_of, source_of, source_with_strange
from site_builder.sources.yaml_nodes import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from site_builder.memo import Memo
    from site_builder.sources.fields import Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PartlyRead(Generic[T]):
    """A file, as far as it could be read.

    `value` is what its reader makes of what is right in it, None where that is nothing; `lost` are the words of the
    rest.
    """

    value: T | None
    errors: tuple[GuidanceError, ...] = ()
    lost: frozenset[str] = frozenset()


def read_document(path: Path, shown: str, read: Reader[T]) -> T:
    """Return what `read` makes of the file at `path`; errors call it `shown`.

    Raises:
        GuidanceError: it is a link to somewhere else, or too large.
        GuidanceErrors: everything that is wrong in the file.
    """
    return document_of(content_of(path, path.parent, shown), shown, read)


def document_of(content: bytes, shown: str, read: Reader[T]) -> T:
    """Return what `read` makes of a file's `content`; errors call the file `shown`.

    Raises:
        GuidanceErrors: everything that is wrong in the file.
    """
    return _whole(_parsed(content, shown), read, ())


def partly_known(memo: Memo, content: bytes, shown: str, read: Callable[..., T], *told: object) -> PartlyRead[T]:
    """Return what `read`, which is `told` things before the node, makes of the right parts of a file's `content`.

    With it comes everything that is wrong in it. A file that `memo` knows is not read again.
    """
    return memo.made(_partly, content, shown, read, told)


def _partly(content: bytes, shown: str, reader: Callable[..., T], told: tuple[object, ...]) -> PartlyRead[T]:
    errors, read = Gathering(), partial(reader, *told)
    text = errors.attempt(lambda: source_with_strange(content, shown))
    if text is None:
        return PartlyRead(None, errors.errors, words_of(content.decode(errors="replace")))
    source, strange = text
    file = parsed(source)
    first = (*strange, *file.errors)
    if file.document is None:
        return PartlyRead(None, first, words_of(file.lost))
    value, found = _read(file.document, read)
    if value is not None and not found:
        return PartlyRead(value[0], first, words_of(file.lost))
    rest, lost = salvaged(file.document, found, read)
    mistakes = tuple(error for error in found if not file.explains(error))
    return PartlyRead(rest, (*first, *mistakes), lost | words_of(file.lost))


def _read(document: Node, read: Reader[T]) -> tuple[tuple[T] | None, tuple[GuidanceError, ...]]:
    """Return what `read` makes of the document, and what is wrong in it."""
    errors = Gathering()
    for error in _repeated_keys(document):
        errors.add(error)
    value = errors.attempt(lambda: (read(document),))
    return value, errors.errors


def known_document(memo: Memo, content: bytes, shown: str, read: Callable[..., T], *told: object) -> T:
    """Return what `document_of` returns, where `read` is `told` things before the node; not again if `memo` knows it.

    Raises:
        GuidanceErrors: everything that is wrong in the file.
    """
    return memo.made(_whole, memo.made(_parsed, content, shown), read, told)


def _parsed(content: bytes, shown: str) -> Node:
    errors = Gathering()
    document = errors.attempt(lambda: parse_yaml(source_of(content, shown)))
    errors.close()
    assert document is not None  # noqa: S101 - close() has raised otherwise
    return document


def _whole(document: Node, read: Callable[..., T], told: tuple[object, ...]) -> T:
    value, found = _read(document, partial(read, *told))
    if found:
        raise GuidanceErrors(found)
    assert value is not None  # noqa: S101 - something was found otherwise
    return value[0]


def _repeated_keys(node: Node) -> Iterator[GuidanceError]:
    match node:
        case ScalarNode():
            return
        case SequenceNode(parts=parts):
            for part in parts:
                yield from _repeated_keys(part)
        case MappingNode():
            yield from _repeated_in(node)
            for entry in node.entries:
                yield from _repeated_keys(entry.value)


def _repeated_in(node: MappingNode) -> Iterator[GuidanceError]:
    first: dict[str, ScalarNode] = {}
    for key in (entry.key for entry in node.entries):
        if key is not first.setdefault(key.value, key):
            hint = f"it stands in line {first[key.value].place().line} already; keep one"
            yield GuidanceError(key.place(), f"the key '{key.value}' stands twice", hint, "duplicate-key")
