"""What each key means: `content/schemas.yaml` goes in, the sentence that editors show comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
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
    """What each key means; `used` are those that were asked for, `missing` what nobody has described."""

    records: Mapping[str, Mapping[str, Text]]
    used: set[tuple[str, str]] = field(default_factory=set)
    missing: set[tuple[str, str]] = field(default_factory=set)

    def of_file(self, kind: str) -> str:
        """Return what a kind of file is for."""
        return self._sentence((FILES, kind))

    def of_key(self, what: str, key: str) -> str:
        """Return what `key` means in the record that errors call `what`, "a citation"; "" where nobody has said it."""
        record = record_name(what)
        return self._sentence((record, key), (EVERY, key))

    def errors(self) -> Iterator[GuidanceError]:
        """Yield an error for each key that nobody has described, and for each description of no key."""
        place = Place(f"content/{FILE}")
        for record, key in self.missing:
            hint = name_hint(key, self.records.get(record, {}), f"add it under `{record}:`, or under `{EVERY}:`")
            sentence = f"the key '{key}' of '{record}' is not described"
            yield GuidanceError(place, sentence, hint, "missing-description")
        for record, keys in self.records.items():
            for key in keys:
                if (record, key) not in self.used:
                    sentence = f"no record '{record}' has a key '{key}'"
                    yield GuidanceError(place, sentence, "remove its description", "unknown-key")

    def _sentence(self, *names: tuple[str, str]) -> str:
        for record, key in names:
            described = self.records.get(record, {}).get(key)
            if described is not None:
                self.used.add((record, key))
                return f"{described.ja}\n\n{described.en}"
        self.missing.add(names[0])
        return ""


def record_name(what: str) -> str:
    """Return the name of a record in the file of descriptions: `class_of_applicant` for "a class of applicant"."""
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"^(a|an|the) ", "", what))
