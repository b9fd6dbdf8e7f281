"""Nodes read by a schema: what a record, a list or a value may hold goes in, typed drafts or all their errors come out.

A record's reader has one line for each key, in the order of the file:

    with Fields(node, "a source") as fields:
        return SourceDraft(title=fields.required("title", text), address=fields.optional("address", words))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from difflib import get_close_matches
from functools import partial
from types import MappingProxyType, TracebackType
from typing import Self, TypeAlias, TypeVar, cast

from site_builder.errors import Gathering, GuidanceError, GuidanceErrors, name_hint
from site_builder.sources.forms import (
    Asked,
    BlankList,
    BlankRecord,
    BlankText,
    KeyedForm,
    ListForm,
    TextForm,
    form_of,
    like,
    text_form,
    written,
)
from site_builder.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode, Style, kind_of

T = TypeVar("T")
Reader: TypeAlias = Callable[[Node], T]
KeyedReader: TypeAlias = Callable[[ScalarNode, Node], T]

_WORD = re.compile(r"[a-z][a-z0-9_-]*")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_OTHER_QUOTES = re.compile("[“”„＂〝][^“”„＂〝〟]*[“”＂〟]|[「『][^「」『』]*[」』]")
#: What people put around a name.
_AROUND = " \"'“”‘’„「」『』"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fields:
    """The keys of one record while it is read. Leaving it raises every error in it, unknown and missing keys included.

    After an error `required` returns a value of the wrong type; nobody sees it, because leaving raises.
    """

    def __init__(self, node: Node, what: str) -> None:
        """Open `node` as `what`, which errors name with its article ("a requirement")."""
        self._node = mapping(node, what)
        self._what = what
        self._asked: set[str] = set()
        self._missed: list[str] = []
        self._errors = Gathering()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(self._node, BlankRecord):
            if error is None:
                raise Asked(self._node.leaf(self._what))
            return
        if isinstance(error, GuidanceError | GuidanceErrors):
            self._errors.add(error)
        elif error is not None:
            return
        strange = [entry for entry in self._node.entries if entry.key.value not in self._asked]
        unknown = [entry.key for entry in strange]
        for entry in strange:
            self._errors.add(self._unknown(entry))
        for wanted in self._missed:
            if not get_close_matches(wanted, [key.value for key in unknown], n=1):  # else it is there, with a slip
                self._errors.add(self._missing(wanted))
        self._errors.close()

    def required(self, key: str, read: Reader[T]) -> T:
        """Return the value of `key`, which must be there."""
        if isinstance(self._node, BlankRecord):
            return cast("T", self._node.ask(key, read, is_required=True))
        if self._node.get(key) is None:
            self._asked.add(key)
            self._missed.append(key)
        return cast("T", self.optional(key, read))

    def optional(self, key: str, read: Reader[T]) -> T | None:
        """Return the value of `key`, or None where the record does not have it."""
        return self.default(key, read, None)

    def default(self, key: str, read: Reader[T], absent: T) -> T:
        """Return the value of `key`, or `absent` where the record does not have it."""
        if isinstance(self._node, BlankRecord):
            self._node.ask(key, read, is_required=False)
            return absent
        self._asked.add(key)
        entry = self._node.get(key)
        if entry is None:
            return absent
        return cast("T", self._errors.attempt(partial(read, entry.value)))

    def has(self, key: str) -> bool:
        """Say whether the record has `key`."""
        return self._node.get(key) is not None

    def required_if(self, key: str, read: Reader[T], *, holds: bool) -> T | None:
        """Return the value of `key`, which must be there if `holds`, and may be otherwise.

        What holds is read elsewhere in the file, so that the form of the record alone does not tell it.
        """
        is_told = holds and not isinstance(self._node, BlankRecord)
        return self.required(key, read) if is_told else self.optional(key, read)

    def kind(self, key: str, read: Reader[T], kinds: Iterable[str]) -> T:
        """Return the value of `key`, one of `kinds`; which other keys there are depends on it."""
        value = self.required(key, read)
        if not isinstance(self._node, BlankRecord):
            return value
        *others, last = kinds
        return read(written(next((kind for kind in others if self._node.decide(key, kind)), last)))

    def flag(self, key: str) -> bool:
        """Return whether `key` is there and says `yes`; which other keys there are depends on it."""
        value = self.default(key, truth, absent=False)
        return self._node.decide(key, "yes") if isinstance(self._node, BlankRecord) else value

    def _missing(self, key: str) -> GuidanceError:
        place = self._node.place()
        if key == "citation":
            hint = "say where it stands: citation: {source: …, section: …, status: printed}"
            return GuidanceError(place, f"{self._what} has no citation", hint, "missing-citation")
        return GuidanceError(place, f"{self._what} has no '{key}'", f"add `{key}: …`", "missing-key")

    def _unknown(self, entry: Entry) -> GuidanceError:
        key = entry.key
        otherwise = name_hint(key.value, self._asked, f"its keys are {', '.join(sorted(self._asked))}")
        hint = next(_hints_for_key(entry), otherwise)
        return GuidanceError(key.place(), f"{self._what} has no key '{key.value}'", hint, "unknown-key")


_KEY_AND_VALUE = re.compile(r"[a-z][a-z0-9_]*[:：]")
_COMMA = 'inside {…} a comma ends a value: if it belongs to the value, put that in quotes, such as "1,000万円"'


def _hints_for_key(entry: Entry) -> Iterator[str]:
    """Yield what is more likely than a slip in a key: what follows a comma inside a value, or a colon that is none."""
    if _follows_a_comma(entry):
        yield _COMMA
    if _KEY_AND_VALUE.match(entry.key.value):
        yield "write the colon half-width, with a space behind it: `key: value`"


def _follows_a_comma(entry: Entry) -> bool:
    """Whether the key is most likely what follows a comma inside a value: it has no value, and no line of its own."""
    has_none = isinstance(entry.value, ScalarNode) and entry.value.start == entry.value.end
    return has_none and entry.key.file.text[: entry.key.start].rstrip(" ").endswith(",")


def mapping(node: Node, what: str) -> MappingNode:
    """Return `node` as keys with values.

    Raises:
        GuidanceError: it is something else.
    """
    if isinstance(node, MappingNode):
        return node
    raise GuidanceError(
        node.place(),
        f"{what} is written as keys with values, not as {kind_of(node)}",
        "write `key: value`, a line for each key",
        "wrong-type",
    )


def scalar(node: Node, what: str = "this", form: TextForm = TextForm()) -> ScalarNode:  # noqa: B008 - it is frozen
    """Return `node` as a single value that is not empty. `form` is what the caller will take, for `form_of`.

    Raises:
        GuidanceError: it is empty, a list or a mapping.
    """
    if isinstance(node, BlankText):
        raise Asked(form)
    if isinstance(node, ScalarNode) and node.value.strip():
        return node
    found = "an empty one" if isinstance(node, ScalarNode) and node.value else kind_of(node)
    raise GuidanceError(node.place(), f"{what} is a single value, not {found}", "write one value", "wrong-type")


def words(node: Node) -> str:
    """Return the text of a single value, such as a section's heading."""
    return without_other_quotes(scalar(node)).value


def without_other_quotes(written: ScalarNode) -> ScalarNode:
    """Return `written`, which no quotation marks enclose that YAML takes as part of it.

    Raises:
        GuidanceError: some do.
    """
    if written.style is Style.PLAIN and _OTHER_QUOTES.fullmatch(written.value):
        sentence = "these quotation marks would be part of the words"
        hint = 'put the words in half-width "…"; marks that belong to them stand inside'
        raise GuidanceError(written.place(), sentence, hint, "other-quotes")
    return written


def matching(
    pattern: re.Pattern[str], is_not: str, hint: str, code: str = "bad-literal", form: TextForm | None = None
) -> Reader[ScalarNode]:
    """Return the reader of a value that `pattern` matches as a whole; another one "is not" that.

    `form` says more of it than the pattern does, such as what it is a name of.
    """

    def read_matching(node: Node) -> ScalarNode:
        value = scalar(node, form=form or like(pattern, hint))
        if pattern.fullmatch(value.value):
            return value
        meant = unicodedata.normalize("NFKC", value.value).strip(_AROUND)
        better = f"write it as {meant}" if code == "bad-name" and pattern.fullmatch(meant) else hint
        raise GuidanceError(value.place(), f"'{value.value}' {is_not}", better, code)

    return read_matching


def one_of(known: Iterable[str], sentence: str, code: str, otherwise: str = "") -> Reader[str]:
    """Return the reader of one of the words `known`; `sentence` is told of another, which stands for `{}` in it."""
    names = tuple(sorted(known)) if isinstance(known, AbstractSet) else tuple(known)

    def read_one(node: Node) -> str:
        value = scalar(node, form=TextForm(words=names))
        if value.value in names:
            return value.value
        raise GuidanceError(value.place(), sentence.format(value.value), name_hint(value.value, names, otherwise), code)

    return read_one


def or_word(word: str, read: Reader[T]) -> Reader[T | None]:
    """Return the reader of what `read` reads, or of `word`, for which None comes out."""

    def read_either(node: Node) -> T | None:
        if isinstance(node, BlankText):
            raise Asked(TextForm(words=(word,)) | text_form(read))
        if isinstance(node, ScalarNode) and node.value == word:
            return None
        return read(node)

    return read_either


def name_of(what: str) -> Reader[ScalarNode]:
    """Return the reader of the name of a `what`; whether there is one so called is checked when all are known."""
    return matching(_WORD, "is not a name", _WORD_HINT, "bad-name", TextForm(names=(what,)))


_WORD_HINT = "names are small letters, digits, _ and -, and begin with a letter"
_word = matching(_WORD, "is not a name", _WORD_HINT, "bad-name")
_whole_number = matching(_WHOLE, "is not a whole number", "write digits only")


def word(node: Node, form: TextForm | None = None) -> ScalarNode:
    """Return a single value that is a name: small letters, digits, `_` and `-`; `form` says which of them are taken."""
    return _word(node) if form is None else matching(_WORD, "is not a name", _WORD_HINT, "bad-name", form)(node)


def word_text(node: Node) -> str:
    """Return the text of a single value that is a name."""
    return word(node).value


def truth(node: Node) -> bool:
    """Return whether it says `yes`; it may say `no`."""
    answer = scalar(node, form=TextForm(words=("yes", "no")))
    if answer.value in ("yes", "no"):
        return answer.value == "yes"
    raise GuidanceError(answer.place(), f"'{answer.value}' is neither yes nor no", "write yes or no", "bad-literal")


def whole_number(node: Node) -> int:
    """Return a whole number; commas between thousands are not taken here."""
    return int(_whole_number(node).value)


def plain_day(node: Node) -> date:
    """Return a day, written as 2026-11-26."""
    hint = "write it as 2026-11-26"
    day = scalar(node, form=like(_DAY, hint))
    try:
        if _DAY.fullmatch(day.value):
            return date.fromisoformat(day.value)
    except ValueError:
        hint = "no calendar has such a day: look up the month and the day"
    raise GuidanceError(day.place(), f"'{day.value}' is not a day", hint, "bad-literal")


def sequence(read: Reader[T], what: str = "this", least: int = 0) -> Reader[tuple[T, ...]]:
    """Return the reader of a list whose parts `read` reads, at least so many as `least`, which is 0 or 1.

    No single value stands in it twice.
    """

    def read_sequence(node: Node) -> tuple[T, ...]:
        if isinstance(node, BlankList):
            raise Asked(ListForm(form_of(read), least))
        if not isinstance(node, SequenceNode):
            raise GuidanceError(
                node.place(),
                f"{what} is a list, not {kind_of(node)}",
                "write `- …`, a line for each part, or [a, b]",
                "wrong-type",
            )
        errors = Gathering()
        seen: set[str] = set()
        parts = [errors.attempt(partial(_read_once, read, part, seen)) for part in node.parts]
        errors.close()
        if len(parts) < least:
            raise GuidanceError(node.place(), f"{what} is an empty list", "write at least one part", "empty-list")
        return tuple(cast("list[T]", parts))

    return read_sequence


def _read_once(read: Reader[T], part: Node, seen: set[str]) -> T:
    """Read a part of a list; a single value that stands there already most likely took the place of another."""
    if isinstance(part, ScalarNode) and part.value.strip():
        if part.value in seen:
            sentence, hint = f"'{part.value}' stands in this list already", "write the one that is meant, or remove it"
            raise GuidanceError(part.place(), sentence, hint, "duplicate-name")
        seen.add(part.value)
    return read(part)


def some(read: Reader[T], what: str = "this") -> Reader[tuple[T, ...]]:
    """Return the reader of a list that has at least one part."""
    return sequence(read, what, least=1)


def keyed(
    read: KeyedReader[T], what: str = "this", name: Reader[ScalarNode] | None = None, least: int = 0
) -> Reader[Mapping[str, T]]:
    """Return the reader of a mapping from names to what `read` makes of each name and value, in their order.

    `name` reads the names; without it they are small letters, digits, `_` and `-`. There are so many at least as
    `least`, which is 0 or 1.
    """
    read_name = _name if name is None else name

    def read_keyed(node: Node) -> Mapping[str, T]:
        if isinstance(node, BlankRecord):
            raise Asked(KeyedForm(text_form(read_name), form_of(partial(read, written("name"))), least))
        errors = Gathering()
        parts: dict[str, T | None] = {}
        for entry in mapping(node, what).entries:
            errors.attempt(partial(read_name, entry.key))
            parts[entry.key.value] = errors.attempt(partial(read, entry.key, entry.value))
        errors.close()
        if len(parts) < least:
            raise GuidanceError(node.place(), f"there are no {what}", "write at least one", "empty-list")
        return MappingProxyType(cast("dict[str, T]", parts))

    return read_keyed


def named(
    read: Reader[T], what: str = "this", name: Reader[ScalarNode] | None = None, least: int = 0
) -> Reader[Mapping[str, T]]:
    """Return the reader of a mapping from names to what `read` makes of each value."""

    def read_named(_: ScalarNode, node: Node) -> T:
        return read(node)

    return keyed(read_named, what, name, least)


_name = matching(_NAME, "is not a name", "names are small letters, digits, _ and -", "bad-name")
