"""All schemas, and the folder in which they lie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from site_builder.errors import Gathering
from site_builder.rules.reading.folder import read_folder
from site_builder.schemas.descriptions import FILE, Descriptions, descriptions_file
from site_builder.schemas.json_schema import json_schema
from site_builder.schemas.kinds import KINDS, FileKind
from site_builder.schemas.names import names_of
from site_builder.sources.documents import read_document

#: The folder of the schemas, from the root of the project.
FOLDER = Path("docs", "schemas")


def file_name(kind: FileKind) -> str:
    """Return the name of the file that holds the schema of `kind`."""
    return f"{kind.name}.schema.json"


def schema_files(rules: Path, content: Path) -> Mapping[str, str]:
    """Return the text of every schema by the name of its file; names in them are those of `rules`.

    Raises:
        GuidanceErrors: the files cannot be read, a key is not described, or one is that does not exist.
    """
    names = names_of(read_folder(rules).whole())
    described = Descriptions(read_document(content / FILE, f"content/{FILE}", descriptions_file))
    found = {file_name(kind): json_schema(kind, names, described) for kind in KINDS}
    errors = Gathering()
    for error in described.errors():
        errors.add(error)
    errors.close()
    return {name: f"{json.dumps(schema, ensure_ascii=False, indent=2)}\n" for name, schema in found.items()}


def write_schemas(rules: Path, content: Path, folder: Path) -> tuple[str, ...]:
    """Write every schema that has changed to `folder`, take away what is none, and return the names of both.

    Raises:
        GuidanceErrors: as `schema_files`.
        OSError: the folder cannot be written.
    """
    files = schema_files(rules, content)
    folder.mkdir(parents=True, exist_ok=True)
    old = {file.name: file.read_text("utf-8") for file in folder.glob("*.json")}
    for name in old.keys() - files.keys():
        (folder / name).unlink()
    changed = {name: text for name, text in files.items() if old.get(name) != text}
    for name, text in changed.items():
        (folder / name).write_text(text, "utf-8")
    return tuple(sorted({*changed, *(old.keys() - files.keys())}))
