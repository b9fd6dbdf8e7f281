"""What each key means: `content/schemas.yaml` goes in, the sentence that editors show comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from calculator.text import Text
from site_builder.errors import GuidanceError, Place, name_hint
from site_builder.sources.fields import named
from site_builder.sources.nodes import Node
from site_builder.sources.texts import text

#: The file, below the folder of the content.
FILE = "schemas.yaml"
#: Under this name stand keys that mean the same in every record.
EVERY = "every"
#: Under this name stand the kinds of files.
FILES = "files"


def descriptions_file(node: Node) -> Mapping[str, Mapping[str, Text]]:
    """Read `content/schemas.yaml`: what each key of each record means."""
    return named(_record, "the descriptions")(node)


def _record(node: Node) -> Mapping[str, Text]:
    return named(text, "the keys of a record")(node)


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What each key means; `used` are those that were asked for."""

    records: Mapping[str, Mapping[str, Text]]
    used: set[tuple[str, str]] = field(default_factory=set)

    def of_file(self, kind: str) -> str:
        """Return what a kind of file is for."""
        return self._sentence((FILES, kind))

    def of_key(self, what: str, key: str) -> str:
        """Return what `key` means in the record that errors call `what`, "a citation".

        Raises:
            GuidanceError: nobody has said it.
        """
        record = record_name(what)
        return self._sentence((record, key), (EVERY, key))

    def unused(self) -> tuple[GuidanceError, ...]:
        """Return an error for each description of something that there is not."""
        every = {(record, key) for record, keys in self.records.items() for key in keys}
        return tuple(
            GuidanceError(_place(), f"no record '{record}' has a key '{key}'", "remove it", "unknown-key")
            for record, key in sorted(every - self.used)
        )

    def _sentence(self, *names: tuple[str, str]) -> str:
        for record, key in names:
            described = self.records.get(record, {}).get(key)
            if described is not None:
                self.used.add((record, key))
                return f"{described.ja}\n\n{described.en}"
        record, key = names[0]
        hint = name_hint(key, self.records.get(record, {}), f"add it under `{record}:` or `{EVERY}:`")
        raise GuidanceError(_place(), f"the key '{key}' of '{record}' is not described", hint, "missing-description")


def record_name(what: str) -> str:
    """Return the name of a record in the file of descriptions: `class_of_applicant` for "a class of applicant"."""
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"^(a|an|the) ", "", what))


def _place() -> Place:
    return Place(f"content/{FILE}")
