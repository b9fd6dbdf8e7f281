"""Files of rules, changed: whoever reads the folder tells what is wrong, or has taken nothing for what it is not."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from zlib import crc32

from hypothesis import strategies as st

from calculator.text import Text
from site_builder.build import PROJECT
from site_builder.errors import HIDDEN, Gathering, GuidanceError
from site_builder.memo import Memo
from site_builder.rules.proof import prove_examples
from site_builder.rules.survey import survey_rules
from site_builder.site.content import read_messages
from site_builder.sources.nodes import MappingNode, Node, ScalarNode, SequenceNode
from site_builder.sources.source_file import source_of
from site_builder.sources.yaml_nodes import parse_yaml
from tests.fuzz.mutations import NO_VALUES, mutated
from tests.fuzz.surface import Surface

#: Keys under which any text may stand.
OF_TEXTS = ("ja", "en", "section", "because")


@dataclass(frozen=True)
class Tree:
    """A folder of rules in which one file after the other is changed, each put back before the next.

    Attributes:
        original: where it comes from.
        whole_every: of about so many changes one is read a second time by a reader that knows nothing of the folder:
            whoever reads only what has changed must be told the same.
    """

    original: Path
    whole_every: int

    @cached_property
    def unchanged(self) -> Memo:
        """What a reader knows of the folder as it is; every change is read with this alone, in any order."""
        memo = Memo()
        self.told(memo)
        memo.forget_others()
        return memo

    @cached_property
    def folder(self) -> Path:
        """A copy of it, which is taken away in the end."""
        holder = tempfile.mkdtemp(prefix="rules-")
        atexit.register(shutil.rmtree, holder, ignore_errors=True)
        shutil.copytree(self.original, Path(holder) / "rules")
        return Path(holder) / "rules"

    @cached_property
    def paths(self) -> list[str]:
        """Its files, by their paths from it."""
        return [one.relative_to(self.original).as_posix() for one in sorted(self.original.rglob("*.yaml"))]

    @cached_property
    def texts(self) -> list[str]:
        """What is in each of them."""
        return [(self.original / path).read_text(encoding="utf-8") for path in self.paths]

    @cached_property
    def messages(self) -> Mapping[str, Text]:
        """The calculator's sentences; without them nothing can be judged."""
        return read_messages(PROJECT / "content")

    def errors(self, number: int, content: bytes) -> tuple[GuidanceError, ...]:
        """What is told where the file of that number has another content."""
        memo, file = with_more(self.unchanged), self.folder / self.paths[number]
        file.write_bytes(content)
        try:
            errors = self.told(memo)
            if crc32(content) % self.whole_every == 0:
                assert list(map(str, self.told(Memo()))) == list(map(str, errors))
        finally:
            file.write_text(self.texts[number], encoding="utf-8")
        return errors

    def told(self, memo: Memo) -> tuple[GuidanceError, ...]:
        """What is told of the folder as it is now."""
        found, proved = survey_rules(self.folder, self.messages, memo), Gathering()
        if found.rules is not None:
            proved.attempt(partial(prove_examples, found.rules, memo))
        return (*found.errors, *proved.errors)

    def check(self, changed: tuple[int, str]) -> None:
        """Read the folder with a changed file, and look at what is told or taken."""
        number, text = changed
        content = text.encode(errors="replace")
        errors = self.errors(number, content)
        see_told(errors)
        if not errors:
            see_taken(content)


def with_more(memo: Memo) -> Memo:
    """Return a memo that knows the same, and to which more is added without the first knowing it."""
    other = copy(memo)
    other._kept, other._latest = dict(memo._kept), dict(memo._latest)
    other._used, other._makings = set(), []
    return other


def see_told(errors: Iterable[GuidanceError]) -> None:
    """See that each error can be printed, and says where, what and how to mend it."""
    for error in errors:
        printed = str(error)
        assert error.sentence
        assert error.hint
        assert error.place.line >= 1
        assert error.place.column >= 1
        assert HIDDEN.search(printed) is None, printed


def see_taken(content: bytes) -> None:
    """See that no value stands in a file that is no value here."""
    for key, node in scalars(parse_yaml(source_of(content, "taken.yaml"))):
        assert key in OF_TEXTS or node.value not in NO_VALUES, f"{key}: {node.value[:80]}"


def scalars(node: Node, key: str = "") -> Iterator[tuple[str, ScalarNode]]:
    """Yield every value, with the key that it stands under."""
    match node:
        case ScalarNode():
            yield key, node
        case SequenceNode(parts=parts):
            for part in parts:
                yield from scalars(part, key)
        case MappingNode(entries=entries):
            for entry in entries:
                yield from scalars(entry.value, entry.key.value)


MADE, GOOD = (Tree(PROJECT / "tests" / name / "rules", 200) for name in ("made", "good"))
REAL = Tree(PROJECT / "rules", 500)

SURFACES = (
    Surface("rules", st.deferred(lambda: mutated(MADE.texts)), MADE.check, 12),
    Surface("good-rules", st.deferred(lambda: mutated(GOOD.texts)), GOOD.check, 8),
    Surface("real-rules", st.deferred(lambda: mutated(REAL.texts)), REAL.check, 0),
)
