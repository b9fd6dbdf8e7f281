"""The first line of a YAML file, by which an editor finds its schema."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.schemas.kinds import FileKind, files_with_kinds
from site_builder.schemas.writing import FOLDER, file_name

_BEGINNING = "# yaml-language-server: $schema="


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A file whose first line does not name its schema, and the line that does."""

    file: Path
    line: str


def unmarked(project: Path) -> Iterator[Unmarked]:
    """Yield every YAML file of `project` whose first line is not the one that names its schema."""
    for file, kind in files_with_kinds(project):
        line = _line(file.relative_to(project), kind)
        if file.read_text("utf-8").partition("\n")[0] != line:
            yield Unmarked(file, line)


def mark(one: Unmarked) -> None:
    """Write the line above everything else, in place of one that names another schema."""
    text = one.file.read_text("utf-8")
    first, _, rest = text.partition("\n")
    one.file.write_text(f"{one.line}\n{rest if first.startswith(_BEGINNING) else text}", "utf-8")


def _line(file: Path, kind: FileKind) -> str:
    schema = os.path.relpath(FOLDER / file_name(kind), file.parent)
    return f"{_BEGINNING}{Path(schema).as_posix()}"
