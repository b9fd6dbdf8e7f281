"""Mistakes as text for other programs: JSON (docs/errors.schema.json), and the commands of GitHub's workflows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.errors import GuidanceError


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the files are that errors call by short names, so that other programs find them: `content/` is a folder."""

    folders: tuple[tuple[str, str], ...] = ()

    def path(self, path: str) -> str:
        """Return the path of the file that errors call `path`."""
        for name, folder in self.folders:
            if path.startswith(f"{name}/"):
                return f"{folder}{path.removeprefix(name)}"
        return path


def as_json(errors: Iterable[GuidanceError], shown: Shown) -> str:
    """Return a JSON array with an object for each error; columns count characters from 1, `end_column` is behind it."""
    return json.dumps([_record(error, shown) for error in errors], ensure_ascii=True, indent=2)


def as_workflow_commands(errors: Iterable[GuidanceError], shown: Shown) -> str:
    """Return a command for each error, a line each: GitHub shows it beside the line of the file."""
    return "\n".join(_command(_record(error, shown)) for error in errors)


def _record(error: GuidanceError, shown: Shown) -> dict[str, str | int]:
    place = error.place
    return {
        "path": shown.path(place.path),
        "line": place.line,
        "column": place.column,
        "end_column": place.column + place.length,
        "code": error.code,
        "sentence": error.sentence,
        "hint": error.hint,
    }


def _command(record: dict[str, str | int]) -> str:
    properties = {
        "file": record["path"],
        "line": record["line"],
        "endLine": record["line"],
        "col": record["column"],
        "endColumn": record["end_column"],
        "title": record["code"],
    }
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = _data(f"{record['sentence']}\nhint: {record['hint']}")
    return f"::error {written}::{message}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
