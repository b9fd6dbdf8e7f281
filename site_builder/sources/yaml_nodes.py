"""YAML, strictly: a source file goes in, nodes with their places come out. The one module that imports yaml.

No value is given a type here (`no` stays the word no), and no tags, anchors, aliases or merges are taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from site_builder.errors import GuidanceError, Place
from site_builder.sources.layout import likely_slip
from site_builder.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style

if TYPE_CHECKING:
    from site_builder.sources.source_file import SourceFile

_FAST_LOADER = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader
_STYLES = {None: Style.PLAIN, "": Style.PLAIN, "'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.BLOCK, ">": Style.BLOCK}
_ORDINARY_TAGS = frozenset(f"tag:yaml.org,2002:{word}" for word in ("str", "seq", "map"))


def parse_yaml(file: SourceFile) -> Node:
    """Return the one document of `file`.

    Raises:
        GuidanceError: it is not YAML, is empty, or uses tags or aliases.
    """
    try:
        root = _composed(file.text)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(file, error) from None
    except yaml.reader.ReaderError as error:
        raise _character_error(file, error) from None
    if root is None:
        raise GuidanceError(Place(file.path), "the file is empty", "write it, or delete the file", "empty-file")
    return _Conversion(file).node(root)


def _composed(text: str) -> yaml.Node | None:
    """Return the root; libyaml is ten times as fast, the errors of PyYAML's own parser say more."""
    try:
        return yaml.compose(text, Loader=_FAST_LOADER)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.BaseLoader)


class _Conversion:
    """Turns PyYAML's nodes into ours, once each: a node that is met again was reached through an alias."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._met: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        self._refuse_strange(node)
        self._met.add(id(node))
        start, end = node.start_mark.index, node.end_mark.index
        match node:
            case yaml.ScalarNode(value=str(value), style=style):
                return ScalarNode(self._file, start, end, value, _STYLES[style])
            case yaml.SequenceNode(value=parts):
                return SequenceNode(self._file, start, end, tuple(self.node(part) for part in parts))
            case yaml.MappingNode(value=pairs):
                return MappingNode(self._file, start, end, tuple(self._entry(key, value) for key, value in pairs))
            case _:
                raise AssertionError(f"YAML has no {type(node).__name__}")

    def _entry(self, key: yaml.Node, value: yaml.Node) -> Entry:
        name = self.node(key)
        if not isinstance(name, ScalarNode):
            raise GuidanceError(name.place(), "a key is a single word", "write it as `key: value`", "wrong-type")
        return Entry(name, self.node(value))

    def _refuse_strange(self, node: yaml.Node) -> None:
        if id(node) in self._met:
            raise _alias_error(self._file.place(node.start_mark.index, node.end_mark.index))
        if node.tag not in _ORDINARY_TAGS:
            raise self._error(node, "YAML tags (!name) are not used here", "leave the tag out", "yaml-tag")

    def _error(self, node: yaml.Node, sentence: str, hint: str, code: str) -> GuidanceError:
        return GuidanceError(self._file.place(node.start_mark.index, node.end_mark.index), sentence, hint, code)


def _alias_error(place: Place) -> GuidanceError:
    return GuidanceError(place, "YAML aliases (*name) are not used here", "write the value again", "yaml-alias")


def _end_of_word(text: str, at: int) -> int:
    return next((end for end in range(at, len(text)) if text[end].isspace()), len(text))


def _syntax_error(file: SourceFile, error: yaml.MarkedYAMLError) -> GuidanceError:
    mark = error.problem_mark or error.context_mark
    if mark and _is_left_open(error):
        mark = error.context_mark
    index = min(mark.index, len(file.text)) if mark else 0
    problem = error.problem or error.context or "it cannot be read"
    opened = error.context_mark.line + 1 if error.context_mark else 1
    if "undefined alias" in problem:
        return _alias_error(file.place(index, _end_of_word(file.text, index)))
    slip = likely_slip(file.text, index)
    if slip is not None:
        index = slip.at
    advice = _advice(problem, opened) if slip is None else slip.advice
    return GuidanceError(file.place(index, index + 1), f"this is not YAML: {problem}", advice, "yaml-syntax")


def _is_left_open(error: yaml.MarkedYAMLError) -> bool:
    """Say whether a bracket or a quote seems not to be closed: what was opened goes on into another line."""
    opened, mark = error.context_mark, error.problem_mark
    if opened is None or mark is None or opened.line == mark.line:
        return False
    return (error.context or "").startswith(("while parsing a flow", "while scanning a quoted"))


def _character_error(file: SourceFile, error: yaml.reader.ReaderError) -> GuidanceError:
    place = file.place(error.position, error.position + 1)
    sentence = f"this is not YAML: the character U+{ord(file.text[error.position]):04X} is not allowed"
    return GuidanceError(place, sentence, "delete it", "yaml-syntax")


def _advice(problem: str, opened: int) -> str:
    if "mapping values are not allowed" in problem:
        return 'a value that contains ": " must stand in quotes; a key must be indented like its neighbours'
    if "expected ',' or" in problem:
        return f"close the bracket of line {opened}; a value in it that has one of , ? : {{ }} [ ] must stand in quotes"
    return "look at the quotes, brackets and indentation of this line and the one above"
