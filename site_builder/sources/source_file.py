"""A source file's text and the places in it: bytes on disk go in, strictly decoded text comes out."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from site_builder.errors import HIDDEN, GuidanceError, GuidanceErrors, Place, visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What may indent a line and must not. In YAML, but not in Markdown, other blanks count as letters.
_TAB_IN_INDENTATION = re.compile(r"^ *\t+", re.MULTILINE)
_BLANK_IN_INDENTATION = re.compile(r"^[ \t]*[\t\u3000\xa0][ \t\u3000\xa0]*", re.MULTILINE)
#: As many spaces as each of them looks like.
_SPACES = str.maketrans({"\t": "  ", "\u3000": "  ", "\xa0": " "})
_BLANK_WORDS = {"\t": "a tab", "\u3000": "a full-width space", "\xa0": "a no-break space"}
#: A file may have so many bytes and a line so many characters, several times as many as any has.
MOST_BYTES, LONGEST_LINE = 1_000_000, 10_000
_LONG_LINE = re.compile(rf"^[^\n]{{{LONGEST_LINE + 1}}}", re.MULTILINE)
#: So many of them are told of one file.
_MOST_HIDDEN = 20
#: Two versions of some lines, as git leaves them.
_CONFLICT = re.compile(
    r"^<{7} [^\n]*\n(?P<first>(?:(?!<{7} )[^\n]*\n)*?)(?P<rest>={7}\n(?:[^\n]*\n)*?>{7} [^\n]*)|^(?:<{7}|>{7}) [^\n]*",
    re.MULTILINE,
)
#: A letter with its mark as a character of its own, as file names and texts of a Mac may have it: か and ゛ for が.
_DECOMPOSED = re.compile("[\u3041-\u30ff][\u3099\u309a]|[A-Za-z][\u0300-\u036f]")
#: The marks alone, for which a text is looked through sooner; hardly any has one.
_MARK = re.compile("[\u0300-\u036f\u3099\u309a]")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's text, and the path by which errors call it."""

    path: str
    text: str = field(repr=False)

    def place(self, start: int, end: int) -> Place:
        """Return the place of the characters from `start` to `end`, cut at the end of the first line."""
        line_start = self.text.rfind("\n", 0, start) + 1
        line_end = self.text.find("\n", start)
        line_end = len(self.text) if line_end < 0 else line_end
        return Place(
            path=self.path,
            line=self.text.count("\n", 0, start) + 1,
            column=start - line_start + 1,
            length=max(1, min(end, line_end) - start),
            source=self.text[line_start:line_end],
        )


def readable(name: str) -> str:
    """Return a file's name as it can be printed, also where its bytes are not UTF-8 or move a terminal's cursor."""
    return visible(os.fsencode(name).decode("utf-8", "backslashreplace"))


def hidden_error(place: Place, character: str) -> GuidanceError:
    """Return the error for a character that nobody sees."""
    sentence = f"here is a character that cannot be seen: U+{ord(character):04X}"
    return GuidanceError(place, sentence, "delete it", "hidden-character")


def content_of(file: Path, folder: Path, shown: str) -> bytes:
    """Return the bytes of `file`, which lies in `folder` and which errors call `shown`.

    Raises:
        GuidanceError: it is a link to somewhere else, or larger than a file can be.
    """
    if not _lies_in(file, folder):
        sentence, hint = "this is a link to a file that lies somewhere else", "put the file itself here"
        raise GuidanceError(Place(shown), sentence, hint, "linked-elsewhere")
    with file.open("rb") as opened:
        # Room is made for all that is asked for, so no more is asked for than there is.
        content = opened.read(min(os.fstat(opened.fileno()).st_size, MOST_BYTES) + 1)
    if len(content) > MOST_BYTES:
        sentence = f"the file has more than {MOST_BYTES:,} bytes"
        raise GuidanceError(Place(shown), sentence, "look whether it is the right file", "too-much")
    return content


def _lies_in(file: Path, folder: Path) -> bool:
    """Say whether a file that is named below `folder` is there and not elsewhere; most ways have no link in them."""
    names = file.parts[len(folder.parts) :]
    if file.parts[: len(folder.parts)] == folder.parts and ".." not in names:
        ways = accumulate(names, os.path.join, initial=os.fspath(folder))
        if not any(map(os.path.islink, islice(ways, 1, None))):
            return True
    return file.resolve().is_relative_to(folder.resolve())


def read_source(file: Path, folder: Path, shown: str) -> SourceFile:
    """Return the text of `file`, which lies in `folder` and which errors call `shown`.

    Raises:
        GuidanceError: it is a link to somewhere else, or too large.
        GuidanceErrors: it is not UTF-8, or has what a source must not have.
    """
    return source_of(content_of(file, folder, shown), shown)


def source_of(content: bytes, shown: str) -> SourceFile:
    """Return the text of a file's `content`; errors call the file `shown`.

    Raises:
        GuidanceErrors: it is not UTF-8, indents with tabs, or has characters that nobody sees or endless lines.
    """
    source, strange = source_with_strange(content, shown)
    if strange:
        raise GuidanceErrors(strange)
    return source


def source_with_strange(content: bytes, shown: str) -> tuple[SourceFile, tuple[GuidanceError, ...]]:
    """Return the text of `content` with what it must not have taken away, and an error for each such thing.

    There are spaces for each tab that indents a line, and for whatever else does in YAML, and one for each character
    that nobody sees; a letter and its mark are one character, and of two versions the first is there.

    Raises:
        GuidanceErrors: it is not UTF-8, or has an endless line.
    """
    source, writing = _usual(_decoded(content, shown).replace("\r\n", "\n"), shown)
    text, conflicts = _resolved(source)
    source = SourceFile(shown, text)
    endless = _LONG_LINE.search(source.text)
    if endless is not None:
        raise GuidanceErrors([_endless_error(source, endless)])
    hidden = tuple(hidden_error(source.place(*match.span()), match[0]) for match in _hidden_in(source.text))
    blanks = _TAB_IN_INDENTATION if shown.endswith(".md") else _BLANK_IN_INDENTATION
    tabs = tuple(_tab_error(source, match) for match in _blanks_in(source.text, blanks))
    text = blanks.sub(lambda match: match[0].translate(_SPACES), source.text) if tabs else source.text
    return SourceFile(shown, HIDDEN.sub(" ", text) if hidden else text), (*writing, *conflicts, *hidden, *tabs)


def _usual(text: str, shown: str) -> tuple[SourceFile, tuple[GuidanceError, ...]]:
    """Return `text` with usual line breaks and composed letters, and an error for each of both that it had not."""
    line_break, decomposed = text.find("\r"), len(_DECOMPOSED.findall(text)) if _MARK.search(text) else 0
    if line_break < 0 and not decomposed:
        return SourceFile(shown, text), ()
    source = SourceFile(shown, _DECOMPOSED.sub(_composed, text.replace("\r", "\n")))
    errors = []
    if line_break >= 0:
        sentence, hint = "lines end with U+000D alone here", "save the file with the line breaks of Linux or of Windows"
        at = len(_DECOMPOSED.sub(_composed, text[:line_break]))
        errors.append(GuidanceError(source.place(at, at + 1), sentence, hint, "hidden-character"))
    first = _DECOMPOSED.search(text)
    if first is not None:
        place = source.place(first.start(), first.start() + 1)
        more = f", like {decomposed:,} letters of this file" if decomposed > 1 else ""
        sentence = f"'{_composed(first)}' is written with two characters{more}"
        hint = "write or paste it anew, with the text in the Unicode form NFC"
        errors.append(GuidanceError(place, sentence, hint, "decomposed-letter"))
    return source, tuple(errors)


def _resolved(source: SourceFile) -> tuple[str, tuple[GuidanceError, ...]]:
    """Return the text with the first of each two versions that git could not bring together, and an error for each."""
    if "<<<<<<< " not in source.text and ">>>>>>> " not in source.text:
        return source.text, ()
    sentence = "git has left two versions of these lines for somebody to choose from"
    hint = "keep what is right of both, and delete the lines <<<<<<<, ======= and >>>>>>>"
    found = tuple(
        GuidanceError(source.place(match.start(), match.end()), sentence, hint, "merge-conflict")
        for match in _CONFLICT.finditer(source.text)
    )
    return _CONFLICT.sub(_first_version, source.text), found


def _first_version(match: re.Match[str]) -> str:
    """Return the first of two versions with as many lines as both; of a mark that stands alone, an empty line."""
    return "" if match["first"] is None else f"\n{match['first']}" + "\n" * match["rest"].count("\n")


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])


def _hidden_in(text: str) -> Iterator[re.Match[str]]:
    return islice(HIDDEN.finditer(text), _MOST_HIDDEN)


def _blanks_in(text: str, blanks: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield where lines are indented by something other than spaces, and do not stay empty for it."""
    if not any(blank in text for blank in _BLANK_WORDS):
        return iter(())
    return (match for match in blanks.finditer(text) if text[match.end() : match.end() + 1] not in ("", "\n"))


def _decoded(content: bytes, shown: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuidanceErrors([_encoding_error(content, error.start, shown)]) from None


def _encoding_error(content: bytes, at: int, shown: str) -> GuidanceError:
    line_start = content.rfind(b"\n", 0, at) + 1
    line = content[line_start:].split(b"\n", 1)[0].rstrip(b"\r")
    column = len(content[line_start:at].decode("utf-8")) + 1
    place = Place(shown, content.count(b"\n", 0, at) + 1, column, 1, line.decode("utf-8", "replace"))
    guess = "it looks like Shift_JIS: " if _is_shift_jis(content) else ""
    return GuidanceError(place, "the file is not UTF-8", f"{guess}save it in the encoding UTF-8", "wrong-encoding")


def _is_shift_jis(content: bytes) -> bool:
    try:
        content.decode("cp932")
    except UnicodeDecodeError:
        return False
    return True


def _endless_error(source: SourceFile, match: re.Match[str]) -> GuidanceError:
    place = source.place(match.start(), match.start() + 1)
    whole = Place(source.path, place.line)
    return GuidanceError(whole, f"the line has more than {LONGEST_LINE:,} characters", "break it", "too-much")


def _tab_error(source: SourceFile, match: re.Match[str]) -> GuidanceError:
    blank = match[0].lstrip(" ")
    place = source.place(match.end() - len(blank), match.end())
    sentence = f"{_BLANK_WORDS[blank[0]]} indents this line"
    return GuidanceError(place, sentence, "indent with half-width spaces, two for each level", "tab")
