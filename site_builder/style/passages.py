"""The texts of a folder: Markdown, and `{ja: …, en: …}` in YAML, each with its place and without its markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal

from site_builder.errors import Gathering, GuidanceError, Place
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.sources.source_file import SourceFile, content_of, readable, source_of
from site_builder.sources.yaml_nodes import parse_yaml
from site_builder.style.faults import Fault

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
#: Stands for what markup hides: it is part of no word and counts for nothing.
HIDDEN = "\0"
#: Stands for a figure that the rules fill in, or for an address, and counts as one letter or word.
FIGURE = "\ufffc"
_FIGURE = re.compile(r"\{(?!#|block:)[^{}\n]*\}|https?://[^\s）)」\u3000]+")
_MARKUP = re.compile(
    r"(?=[ #{[\]*`0-9|《｜-])"  # most letters are passed over at once
    r"(?:^#{1,6} +| *\{#[^}]*\}|^\{block:.*$"  # headings, anchors, blocks
    r"|\]\([^)\n]*\)|(?<!!)\[(?=[^]\n]*\]\()|\*\*|`[^`\n]*`"  # links, emphasis, code
    r"|^(?:[-*]|[0-9]+\.) +|^\|.*$|《[^》]*》|｜)",  # lists, tables, readings
    re.MULTILINE,
)
_SECTION = re.compile(r"#(?<![^\n].)# .*?(?:\{#(?P<anchor>[a-z0-9-]+)\})?[ ]*$", re.MULTILINE)
_PLAIN = "plain"
_PLAIN_FILE = "plain.yaml"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text in one language; `is_plain` says that it is in the plainest words.

    `text` has markup hidden and figures as one sign, every letter where it stands in the file; `raw` is as written.
    """

    language: Language
    text: str
    raw: str
    is_plain: bool
    place: Callable[[int, int], Place]

    def error(self, fault: Fault) -> GuidanceError:
        """Return the error that tells a fault."""
        return GuidanceError(self.place(fault.start, fault.end), fault.sentence, fault.hint, fault.code)


def passages(folder: Path, errors: Gathering) -> Iterator[Passage]:
    """Yield every text under `folder`; places call it by its name. What cannot be read is added to `errors`."""
    for path in written(folder):
        shown = readable(path.relative_to(folder.parent).as_posix())
        content = errors.attempt(partial(content_of, path, folder, shown))
        yield from () if content is None else errors.attempt(partial(passages_of, content, shown)) or ()


def written(folder: Path) -> list[Path]:
    """Return the files under `folder` that have texts."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".yaml") and path.is_file()]


def passages_of(content: bytes, shown: str) -> tuple[Passage, ...]:
    """Return every text of a file's `content`; places call the file `shown`.

    Raises:
        GuidanceErrors: the file cannot be read.
    """
    return tuple(_of_file(source_of(content, shown), PurePosixPath(shown)))


def _of_file(file: SourceFile, path: PurePosixPath) -> Iterator[Passage]:
    if path.suffix == ".md":
        yield from _of_markdown(file, "en" if path.stem.endswith(".en") else "ja")
    else:
        yield from _of_yaml(parse_yaml(file), is_plain=path.name == _PLAIN_FILE)


def hidden(text: str) -> str:
    """Return `text` with its markup hidden and its figures as one sign, every letter in its place."""
    with_figures = _FIGURE.sub(lambda match: FIGURE + HIDDEN * (len(match[0]) - 1), text)
    return _MARKUP.sub(lambda match: HIDDEN * len(match[0]), with_figures)


def _of_markdown(file: SourceFile, language: Language) -> Iterator[Passage]:
    starts = [(0, None), *((match.start(), match["anchor"]) for match in _SECTION.finditer(file.text))]
    ends = [*(start for start, _ in starts[1:]), len(file.text)]
    for (start, anchor), end in zip(starts, ends, strict=True):
        raw = file.text[start:end]

        def place(first: int, last: int, start: int = start) -> Place:
            return file.place(start + first, start + last)

        yield Passage(language, hidden(raw), raw, anchor == _PLAIN, place)


def _of_yaml(node: Node, *, is_plain: bool) -> Iterator[Passage]:
    match node:
        case SequenceNode(parts=parts):
            for part in parts:
                yield from _of_yaml(part, is_plain=is_plain)
        case MappingNode():
            yield from _of_text(node, is_plain=is_plain)
            for entry in node.entries:
                yield from _of_yaml(entry.value, is_plain=is_plain)
        case ScalarNode():
            return


def _of_text(node: MappingNode, *, is_plain: bool) -> Iterator[Passage]:
    for language in LANGUAGES:
        entry = node.get(language)
        if entry is not None and isinstance(entry.value, ScalarNode):
            yield Passage(language, hidden(entry.value.value), entry.value.value, is_plain, entry.value.place)
