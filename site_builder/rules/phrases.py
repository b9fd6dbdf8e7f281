"""The small words of both languages: lists, brackets, articles, units. Labels go in, parts of a sentence come out."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.expressions import Scalar
from calculator.figures import figure_text
from calculator.kinds import Kind
from calculator.rulebook import FactDefinition
from calculator.text import Text


def unit_after(fact: FactDefinition) -> Text | None:
    """Return the fact's unit; in English none after "number of employees", which names it already."""
    if fact.unit is None:
        return None
    return Text(fact.unit.ja, "") if fact.label.en.lower().startswith("number of ") else fact.unit


def figure(kind: Kind, value: Scalar, unit: Text | None) -> Text:
    """Return a figure with the word after it, where figures of that kind have one."""
    words = figure_text(kind, value)
    if unit is None or kind not in (Kind.COUNT, Kind.PERCENT):
        return words
    unit_en = unit.en.removesuffix("s") if value == 1 else unit.en
    unit_ja = unit.ja if kind is Kind.COUNT else ""
    return Text(f"{words.ja}{unit_ja}", f"{words.en} {unit_en}".strip())


def joined(parts: Sequence[Text], ja: str, en: str) -> Text:
    """Return `parts` with `ja` or `en` between them."""
    return Text(ja.join(part.ja for part in parts), en.join(part.en for part in parts))


def listed(names: Sequence[Text]) -> Text:
    """Return 「A、B又はC」 and "A, B or C"."""
    if len(names) == 1:
        return names[0]
    first = joined(names[:-1], "、", ", ")
    return Text(f"{first.ja}又は{names[-1].ja}", f"{first.en} or {names[-1].en}")


def in_brackets(words: Text) -> Text:
    """Return `words` in the brackets of each language."""
    return Text(f"（{words.ja}）", f"({words.en})")


def the(label: Text) -> Text:
    """Return a label as a noun inside a sentence."""
    return Text(label.ja, f"the {bare(label.en)}")


def bare(label: str) -> str:
    """Return an English label without its article and capital."""
    words = small(label)
    for article in ("the ", "a ", "an "):
        words = words.removeprefix(article)
    return words


def with_article(label: str) -> str:
    """Return an English label with an article."""
    words = small(label)
    if words.startswith(("a ", "an ", "the ")):
        return words
    first = words.split(" ", 1)[0]
    begins_with_vowel = first[:1] in "AEFHILMNORSX" if first.isupper() else first[:1].lower() in "aeiou"
    return f"{'an' if begins_with_vowel else 'a'} {words}"


def small(label: str) -> str:
    """Return an English label as it stands inside a sentence; "NPO" and "DX project" keep their capitals."""
    first = label.split(" ", 1)[0]
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]
