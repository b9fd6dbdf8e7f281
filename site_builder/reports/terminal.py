"""What a person at a terminal sees: mistakes with colours and carets, stages with their times. The one door of `rich`.

Where nobody looks (a pipe, `TERM=dumb`) or no colour is wanted (`NO_COLOR`), the same words stand there plainly. `rich`
knows both, and how many cells a full-width character takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.markdown import Markdown
from rich.text import Text

from site_builder.errors import GuidanceError
from site_builder.reports.formats import Shown
from site_builder.stages import SILENT, Stages

_INDENT = 8
#: A line is cut no shorter than this, whatever the terminal.
_LEAST_CELLS = 24
_CUT = "…"


class Terminal:
    """A stream that people read."""

    def __init__(self, stream: IO[str], *, is_quiet: bool = False) -> None:
        """Write to `stream`; if `is_quiet`, only mistakes."""
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._is_quiet = is_quiet

    @property
    def stages(self) -> Stages:
        """What tells of stages: a sign of life while each lasts, and how long it took."""
        if self._is_quiet:
            return SILENT
        return Stages(self._begin, self._end)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let signs of life be taken away at the end, however it comes."""
        try:
            yield
        finally:
            self._wipe()

    def mistakes(self, errors: Iterable[GuidanceError], shown: Shown) -> None:
        """Print each mistake with its place, the line and a hint."""
        self._wipe()
        for error in errors:
            self._console.print(self._mistake(error, shown.path(error.place.path)))

    def summary(self, errors: tuple[GuidanceError, ...], not_checked: tuple[str, ...]) -> None:
        """Print what was not looked at, and how many mistakes there are."""
        self._wipe()
        if not_checked:
            self._console.print(Text(f"not checked, because of the above: {'; '.join(not_checked)}", "yellow"))
        files = len({error.place.path for error in errors})
        self._console.print(Text(f"{_counted(len(errors), 'error')} in {_counted(files, 'file')}", "bold red"))

    def failure(self, message: str) -> None:
        """Print why something could not be done."""
        self._wipe()
        head, *rest = message.split("\n")
        self._console.print(Text(head, "bold red"))
        for line in rest:
            self._console.print(Text(line, "green" if line.lstrip().startswith("hint:") else ""))

    def page(self, markdown: str) -> None:
        """Print a text that is written in Markdown."""
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._console.print(Markdown(markdown), soft_wrap=False)
        else:
            self._console.file.write(f"{markdown.rstrip()}\n")

    def _mistake(self, error: GuidanceError, path: str) -> Text:
        place = error.place
        text = Text.assemble(
            (f"{path}:{place.line}:{place.column}:", "bold cyan"),
            (f" {error.sentence}", "bold"),
            (f" [{error.code}]", "dim"),
        )
        excerpt = place.excerpt()
        if excerpt:
            line, carets = excerpt.split("\n")
            if self._console.is_terminal:
                line, carets = within(line, carets, self._console.width)
            text.append(f"\n{line}").append(f"\n{carets}", "bold red")
        return text.append("\n    hint: ", "green").append(error.hint)

    def _begin(self, name: str) -> None:
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._console.print(Text(f"  {name} …", "dim"), end="\r")

    def _end(self, name: str, seconds: float) -> None:
        self._wipe()
        self._console.print(Text.assemble(f"  {name} … ", (f"{seconds:.1f} s", "cyan")))

    def _wipe(self) -> None:
        """Take away the line that says what is being done."""
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._console.file.write("\r\x1b[2K")


def within(line: str, carets: str, cells: int) -> tuple[str, str]:
    """Return a line and the carets under it cut to so many cells, what is marked being in sight."""
    room = max(cells, _LEAST_CELLS)
    if cell_len(line) <= room:
        return line, carets
    start, marked = len(carets) - len(carets.lstrip()), len(carets.strip())
    visible = room - _INDENT - 2 * len(_CUT)
    first = max(_INDENT, min(start - visible // 3, cell_len(line) - visible))
    end = first + visible
    before, after = _CUT if first > _INDENT else "", _CUT if end < cell_len(line) else ""
    indent = start - first + _INDENT + len(before)
    shown = f"{' ' * _INDENT}{before}{_cells(line, first, end)}{after}"
    return shown, f"{' ' * indent}{'^' * max(1, min(start + marked, end) - start)}"


def _cells(line: str, first: int, end: int) -> str:
    """Return what stands in the cells from `first` to before `end`; half of a full-width character is a blank."""
    shown, at = "", 0
    for character in line:
        size = cell_len(character)
        if first <= at and at + size <= end:
            shown += character
        elif first <= at + size - 1 and at < end and size > 1:
            shown += " "
        at += size
    return shown


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
