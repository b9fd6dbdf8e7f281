"""YAML, strictly: a source file goes in, nodes with their places come out. The one module that imports yaml.

No value is given a type here (`no` stays the word no), and no tags, anchors, aliases or merges are taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from site_builder.errors import GuidanceError, Place, hidden_character
from site_builder.sources.layout import likely_slip
from site_builder.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style
from site_builder.sources.source_file import hidden_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from site_builder.sources.source_file import SourceFile

#: libyaml's parser is ten times as fast; the errors of PyYAML's own say more.
_PARSERS = (yaml.CBaseLoader, yaml.BaseLoader) if yaml.__with_libyaml__ else (yaml.BaseLoader,)
_STYLES = {None: Style.PLAIN, "": Style.PLAIN, "'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.BLOCK, ">": Style.BLOCK}
_SCALARS = (yaml.ScalarEvent, yaml.AliasEvent)
_ORDINARY_TAGS = frozenset((None, *(f"tag:yaml.org,2002:{word}" for word in ("str", "seq", "map"))))
#: So many lists and mappings may lie in one another, several times as many as ever do.
MOST_NESTED = 40


def parse_yaml(file: SourceFile) -> Node:
    """Return the one document of `file`.

    Raises:
        GuidanceError: it is not YAML, is empty, uses tags or aliases, or is nested too deeply.
    """
    root = _document(file)
    if root is None:
        raise GuidanceError(Place(file.path), "the file is empty", "write it, or delete the file", "empty-file")
    return root


def _document(file: SourceFile) -> Node | None:
    """Return the root. What the first parser does not take is not taken, whatever the other makes of it."""
    refused: yaml.YAMLError | None = None
    for parser in _PARSERS:
        try:
            root = _Composing(file).root(yaml.parse(file.text, Loader=parser))
        except yaml.YAMLError as error:
            refused = error
        else:
            if refused is None:
                return root
    if isinstance(refused, yaml.MarkedYAMLError):
        raise _syntax_error(file, refused)
    raise GuidanceError(Place(file.path), f"this is not YAML: {refused}", _advice("", 1), "yaml-syntax")


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not come yet; of a mapping, keys and values follow one another in `parts`."""

    begun: yaml.Event
    parts: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Composing:
    """Makes nodes of a parser's events, without calling itself: a file may be nested however deeply."""

    file: SourceFile
    waiting: list[_Open] = field(default_factory=list)
    found: Node | None = None

    def root(self, events: Iterable[yaml.Event]) -> Node | None:
        """Return the one document."""
        for event in events:
            if isinstance(event, _SCALARS):  # most are
                self._put(self._scalar(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._put(self._closed(self.waiting.pop(), event))
            elif isinstance(event, yaml.DocumentStartEvent) and self.found is not None:
                raise self._error(event, "a second document begins", "write one document a file", "yaml-syntax")
        return self.found

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_strange(event)
        if len(self.waiting) == MOST_NESTED:
            sentence = f"more than {MOST_NESTED} lists and mappings lie in one another"
            raise self._error(event, sentence, "look for brackets that are not closed", "too-much")
        self.waiting.append(_Open(event))

    def _closed(self, one: _Open, event: yaml.CollectionEndEvent) -> Node:
        (start, _), (_, end), parts = _span(one.begun), _span(event), one.parts
        if isinstance(one.begun, yaml.SequenceStartEvent):
            return SequenceNode(self.file, start, end, tuple(parts))
        return MappingNode(self.file, start, end, tuple(map(_entry, parts[::2], parts[1::2])))

    def _scalar(self, event: yaml.ScalarEvent | yaml.AliasEvent) -> ScalarNode:
        if isinstance(event, yaml.AliasEvent):
            raise self._alias_error(event)
        self._refuse_strange(event)
        hidden = hidden_character(event.value)
        if hidden is not None:
            raise hidden_error(self._place(event), hidden)
        return ScalarNode(self.file, *_span(event), event.value, _STYLES[event.style])

    def _put(self, node: Node) -> None:
        if self.waiting:
            self.waiting[-1].parts.append(node)
        else:
            self.found = node

    def _refuse_strange(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            raise self._alias_error(event)
        if event.tag not in _ORDINARY_TAGS:
            raise self._error(event, "YAML tags (!name) are not used here", "leave the tag out", "yaml-tag")

    def _alias_error(self, event: yaml.Event) -> GuidanceError:
        sentence, hint = "YAML anchors and aliases (&name, *name) are not used here", "write the value again"
        return self._error(event, sentence, hint, "yaml-alias")

    def _error(self, event: yaml.Event, sentence: str, hint: str, code: str) -> GuidanceError:
        return GuidanceError(self._place(event), sentence, hint, code)

    def _place(self, event: yaml.Event) -> Place:
        return self.file.place(*_span(event))


def _span(event: yaml.Event) -> tuple[int, int]:
    """Return the characters at which an event begins and ends."""
    first, last = event.start_mark, event.end_mark
    assert first is not None  # noqa: S101 - every parser marks every event
    assert last is not None  # noqa: S101 - the same
    return first.index, last.index


def _entry(name: Node, value: Node) -> Entry:
    if not isinstance(name, ScalarNode):
        raise GuidanceError(name.place(), "a key is a single word", "write it as `key: value`", "wrong-type")
    return Entry(name, value)


def _syntax_error(file: SourceFile, error: yaml.MarkedYAMLError) -> GuidanceError:
    mark = error.problem_mark or error.context_mark
    if mark and _is_left_open(error):
        mark = error.context_mark
    index = min(mark.index, len(file.text)) if mark else 0
    problem = error.problem or error.context or "it cannot be read"
    opened = error.context_mark.line + 1 if error.context_mark else 1
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


def _advice(problem: str, opened: int) -> str:
    if "mapping values are not allowed" in problem:
        return 'a value that contains ": " must stand in quotes; a key must be indented like its neighbours'
    if "expected ',' or" in problem:
        return f"close the bracket of line {opened}; a value in it that has one of , ? : {{ }} [ ] must stand in quotes"
    return "look at the quotes, brackets and indentation of this line and the one above"
