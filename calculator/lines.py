"""Lines of cases: each line of JSON goes in, its value comes out; the facts of one applicant are read once.

An applicant is mostly judged by several rule sets in turn, so that lines with the same facts follow each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecoder

from calculator.json_values import MOST_NESTED, JsonObject, JsonValue, decoder, is_too_deep, read_json

_BEFORE_FACTS = re.compile(r'"facts": ?(?={)')
_STAND_IN = "NaN"  # what no JSON has
_MOST_IN_FACTS = MOST_NESTED - 1  # around them stands the line itself
_SPACES = " \t\n\r"  # those of JSON


class LineFacts(JsonObject):
    """The facts of a line, or of several in turn; nobody changes them."""


@dataclass(slots=True)
class LineReader:
    """Reads lines, and remembers the facts of the last one: their text and their value."""

    _text: str = "{}"
    _facts: LineFacts = field(default_factory=LineFacts)
    _around: JSONDecoder = field(init=False)

    def __post_init__(self) -> None:
        """Make what reads the rest of a line, in which the facts have a stand-in."""
        self._around = decoder(self._stands_for)

    def read(self, line: str) -> JsonValue:
        """Return the value of `line`, whose facts are the very object of the line before where both write the same.

        After `"facts":` there is always a whole value, in whatever object or text the key stands, if the line is JSON
        at all. So a stand-in in its place changes nothing else. A line with other objects or arrays beside the facts
        is read whole, so that how deeply all of it nests is known.

        Raises:
            ValueError: the line is not JSON, or is refused.
        """
        found = _BEFORE_FACTS.search(line)
        if found is None or _STAND_IN in line:
            return read_json(line)
        start = found.end()
        try:
            if not line.startswith(self._text, start):
                facts, end = self._around.raw_decode(line, start)
                text = line[start:end]
                if is_too_deep(text, _MOST_IN_FACTS):
                    return read_json(line)
                self._text, self._facts = text, LineFacts(facts)
            around = f"{line[:start]}{_STAND_IN}{line[start + len(self._text) :]}"
            if around.count("{") + around.count("[") > 1:
                return read_json(line)
            value, end = self._around.raw_decode(around)
            return value if not around[end:].strip(_SPACES) else read_json(line)
        except (ValueError, RecursionError):
            return read_json(line)

    def _stands_for(self, name: str) -> JsonValue:
        if name != _STAND_IN:
            raise ValueError(f"{name} is not JSON")
        return self._facts
