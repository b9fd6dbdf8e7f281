"""What a reader takes, learnt by asking it: it is given a blank node, and the form of what it would read comes out.

A reader says what it takes by reading: `Fields` by the keys that it is asked for, `scalar` by what the value has to
look like, `sequence` by its parts. A blank node has nothing to read. Whatever looks into it raises `Asked` with the
form of what should have been there, so that the one description of a file is the code that reads it. Where a reader
goes one way if a key is there and another if it is not, it is asked again for each way: the form of a record is a tree
of forks.

As after a mistake, a reader that goes on after asking for a key has no value of it (None); nobody sees what it makes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any, TypeAlias, cast

from site_builder.errors import GuidanceError, GuidanceErrors, Place
from site_builder.sources.nodes import Entry, MappingNode, Node, ScalarNode, SequenceNode
from site_builder.sources.source_file import SourceFile

Asking: TypeAlias = Callable[[Node], Any]


@dataclass(frozen=True, slots=True)
class TextForm:
    """A single value: one of `words`, in one of the notations of `patterns`, or a name of one of the `names`.

    Without any of them it is any value that is not empty. `hint` says how it is written.
    """

    patterns: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hint: str = ""

    def __or__(self, other: TextForm) -> TextForm:
        """Return the form of a value that has either form, neither of them any value."""
        return TextForm(
            (*self.patterns, *other.patterns),
            (*self.words, *other.words),
            (*self.names, *other.names),
            other.hint or self.hint,
        )


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list of so many parts at least."""

    part: Form
    least: int = 0


@dataclass(frozen=True, slots=True)
class KeyedForm:
    """Names, each with a value, so many at least."""

    key: TextForm
    value: Form
    least: int = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """The keys of a record: `what` it is called in errors, what each key holds, and which have to be there."""

    what: str
    keys: Mapping[str, Form]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class Refused:
    """No record is like that, and why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Fork:
    """Where the keys depend on one of them: whether it is there or, with `word`, whether that is its value."""

    key: str
    word: str | None
    yes: Tree
    no: Tree


Tree: TypeAlias = Leaf | Refused | Fork


@dataclass(frozen=True, slots=True)
class RecordForm:
    """Keys with values, and which of them depend on which."""

    tree: Tree


@dataclass(frozen=True, slots=True)
class EitherForm:
    """One of several."""

    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class AnyForm:
    """Whatever is written, which its reader takes as it is: `kind` is that of JSON, as a list of types."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedForm:
    """The form of a reader that others use, which may hold itself: `NAMED` has it under this name."""

    name: str


Form: TypeAlias = TextForm | ListForm | KeyedForm | RecordForm | EitherForm | AnyForm | NamedForm

#: The form of what is always refused.
NOTHING = EitherForm(())
#: The forms of readers that are functions of a module, by their names; filled as they are asked.
NAMED: dict[str, Form] = {}


class Asked(Exception):  # noqa: N818 - nothing is wrong
    """A reader has looked into a blank node: `form` is what it would have read there."""

    def __init__(self, form: Form | Leaf) -> None:
        super().__init__(form)
        self.form = form


class _Undecided(Exception):  # noqa: N818 - nothing is wrong
    """A reader goes one way or the other, and the blank record was not told which."""

    def __init__(self, key: str, word: str | None) -> None:
        super().__init__(key, word)
        self.key = key
        self.word = word


_NOWHERE = SourceFile("blank", "")


@dataclass(frozen=True, slots=True)
class BlankText(ScalarNode):
    """A value of which nothing is written."""


@dataclass(frozen=True, slots=True)
class BlankList(SequenceNode):
    """A list of which nothing is written."""


@dataclass(frozen=True, slots=True)
class BlankRecord(MappingNode):
    """A record of which nothing is written but the answers that it gives, in order, to what a reader wants to know."""

    answers: tuple[bool, ...] = ()
    given: dict[tuple[str, str | None], bool] = field(default_factory=dict)
    keys: dict[str, Form] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)

    def place(self) -> Place:
        """Return no place: nobody is told of it."""
        return Place(_NOWHERE.path)

    def get(self, key: str) -> Entry | None:
        """Return an entry of which only the key is written, or None where the record is one without it."""
        return Entry(written(key), blank_text()) if self.decide(key) else None

    def decide(self, key: str, word: str | None = None) -> bool:
        """Say whether the record has `key`, or whether its value is `word`.

        Raises:
            _Undecided: nobody has told yet; `form_of` asks the reader again, once for each answer.
        """
        if (key, word) not in self.given:
            if len(self.given) == len(self.answers):
                raise _Undecided(key, word)
            self.given[key, word] = self.answers[len(self.given)]
        return self.given[key, word]

    def ask(self, key: str, read: Asking, *, is_required: bool) -> None:
        """Note that a reader has asked for `key`, whose value `read` reads."""
        form = form_of(read)
        if form == NOTHING:
            return  # what is always refused, is refused as a key that there is not
        if key not in self.keys or self.keys[key] == TextForm():
            self.keys[key] = form
        if is_required:
            self.required.add(key)

    def leaf(self, what: str) -> Leaf:
        """Return what was asked for."""
        return Leaf(what, dict(self.keys), frozenset(self.required))


def written(text: str) -> ScalarNode:
    """Return a value that says `text`."""
    return ScalarNode(SourceFile("blank", text), 0, len(text), text)


def blank_text() -> BlankText:
    """Return a value of which nothing is written."""
    return BlankText(_NOWHERE, 0, 0, "")


def like(pattern: re.Pattern[str], hint: str = "") -> TextForm:
    """Return the form of a value that `pattern` matches from its first to its last character."""
    return TextForm(patterns=(pattern.pattern,), hint=hint)


def form_of(read: Asking) -> Form:
    """Return the form of what `read` takes."""
    name = _name_of(read)
    if name is None:
        return _asked(read)
    if name not in NAMED:
        NAMED[name] = NamedForm(name)  # what it is called where it holds itself
        NAMED[name] = _asked(read)
    form = NAMED[name]
    is_short = isinstance(form, TextForm | AnyForm | ListForm | KeyedForm) or form == NOTHING
    return form if is_short else NamedForm(name)


def _name_of(read: Asking) -> str | None:
    """Return what a function of a module is called; a function within one reads something else each time."""
    if not isinstance(read, FunctionType) or "<" in read.__qualname__:
        return None
    return f"{read.__module__.rpartition('.')[2]}.{read.__name__.strip('_')}"


def _asked(read: Asking) -> Form:
    """Ask `read` what it makes of a value, of a list and of a record."""
    found = [form for form in (_text(read), _list(read), _record(read)) if form is not None]
    if not found:
        return NOTHING
    return found[0] if len(found) == 1 else EitherForm(tuple(found))


def _text(read: Asking) -> Form | None:
    return _one(read, blank_text(), AnyForm(("string", "number", "boolean", "null")))


def _list(read: Asking) -> Form | None:
    return _one(read, BlankList(_NOWHERE, 0, 0, ()), AnyForm(("array",)))


def _one(read: Asking, blank: Node, otherwise: Form) -> Form | None:
    try:
        read(blank)
    except Asked as asked:
        return cast("Form", asked.form)  # only a blank record has leaves
    except (GuidanceError, GuidanceErrors):
        return None
    return otherwise


def _record(read: Asking) -> Form | None:
    found = _tree(read, ())
    return None if isinstance(found, Refused) else RecordForm(found) if isinstance(found, Leaf | Fork) else found


def _tree(read: Asking, answers: tuple[bool, ...]) -> Tree | Form:
    try:
        read(BlankRecord(_NOWHERE, 0, 0, (), answers))
    except Asked as asked:
        return asked.form
    except _Undecided as fork:
        yes, no = (_tree(read, (*answers, answer)) for answer in (True, False))
        return _fork(fork, yes, no)
    except GuidanceError as error:
        return Refused(f"{error.sentence}: {error.hint}")
    except GuidanceErrors as errors:
        return Refused("; ".join(f"{error.sentence}: {error.hint}" for error in errors.errors))
    return AnyForm(("object",))


def _fork(fork: _Undecided, yes: Tree | Form, no: Tree | Form) -> Tree:
    assert isinstance(yes, Leaf | Refused | Fork)  # noqa: S101 - what forks is a record both ways
    assert isinstance(no, Leaf | Refused | Fork)  # noqa: S101 - the same
    return Fork(fork.key, fork.word, yes, no)


def leaves(tree: Tree) -> Iterator[Leaf]:
    """Yield the keys of every way that a record can be."""
    match tree:
        case Leaf():
            yield tree
        case Fork(yes=yes, no=no):
            yield from leaves(yes)
            yield from leaves(no)


def text_form(read: Asking) -> TextForm:
    """Return the form of the single values that `read` takes; where it takes none, joined to another it adds none."""
    form = _text(read)
    return form if isinstance(form, TextForm) else TextForm()
