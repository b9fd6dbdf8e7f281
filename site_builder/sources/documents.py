"""One YAML file from disk to what its reader makes of it; everything wrong in the file is raised together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from site_builder.errors import Gathering, GuidanceError
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.sources.source_file import source_of
from site_builder.sources.yaml_nodes import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from site_builder.memo import Memo
    from site_builder.sources.fields import Reader

T = TypeVar("T")


def read_document(path: Path, shown: str, read: Reader[T]) -> T:
    """Return what `read` makes of the file at `path`; errors call it `shown`.

    Raises:
        GuidanceErrors: everything that is wrong in the file.
    """
    return document_of(path.read_bytes(), shown, read)


def document_of(content: bytes, shown: str, read: Reader[T]) -> T:
    """Return what `read` makes of a file's `content`; errors call the file `shown`.

    Raises:
        GuidanceErrors: everything that is wrong in the file.
    """
    errors = Gathering()
    document = errors.attempt(lambda: parse_yaml(source_of(content, shown)))
    if document is None:
        errors.close()
        raise AssertionError("a document was read, or an error was gathered")
    for error in _repeated_keys(document):
        errors.add(error)
    result = errors.attempt(lambda: (read(document),))
    errors.close()
    assert result is not None  # noqa: S101 - close() has raised otherwise
    return result[0]


def known_document(memo: Memo, content: bytes, shown: str, read: Callable[..., T], *told: object) -> T:
    """Return what `document_of` returns, where `read` is `told` things before the node; not again if `memo` knows it.

    Raises:
        GuidanceErrors: everything that is wrong in the file.
    """
    return memo.made(_document, content, shown, read, told)


def _document(content: bytes, shown: str, read: Callable[..., T], told: tuple[object, ...]) -> T:
    return document_of(content, shown, partial(read, *told))


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
    for entry in node.entries:
        name = entry.key.value
        first = node.get(name)
        if first is not None and first is not entry:
            hint = f"it stands in line {first.key.place().line} already; keep one"
            yield GuidanceError(entry.key.place(), f"the key '{name}' stands twice", hint, "duplicate-key")
