"""What a person at a terminal sees: colours where there are any, lines cut to the width, the same words elsewhere."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len

from site_builder.errors import GuidanceError, Place
from site_builder.reports.formats import Shown
from site_builder.reports.terminal import Terminal, within

LINE = '    ja: "' + "補助金額の下限は" * 20 + 'です。"'
ERROR = GuidanceError(Place("rules/a.yaml", 3, 100, 4, LINE), "a sentence", "a hint", "tab")


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def cut(place: Place, width: int) -> tuple[str, str]:
    line, carets = place.excerpt().split("\n")
    return within(line, carets, width)


def shown(screen: io.StringIO) -> str:
    Terminal(screen).mistakes([ERROR], Shown())
    return screen.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in (("TERM", "xterm-256color"), ("COLUMNS", "60"), ("LINES", "20")):
        monkeypatch.setenv(name, value)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_where_nobody_looks_a_mistake_is_plain_and_whole(terminal: pytest.MonkeyPatch) -> None:
    assert shown(io.StringIO()) == f"{ERROR}\n"


def test_a_terminal_gets_colours_and_the_part_of_a_long_line_that_is_meant(terminal: pytest.MonkeyPatch) -> None:
    assert "\x1b[1;36mrules/a.yaml:3:100:" in shown(Screen())
    line, carets = cut(ERROR.place, 60)
    assert cell_len(line) <= 60
    before = len(carets) - len(carets.lstrip())
    assert [cell_len(line[:at]) for at in range(len(line))].index(before) > 8
    assert cell_len(carets.strip()) == 8
    marked = LINE[99:103]
    assert line[[cell_len(line[:at]) for at in range(len(line))].index(before) :].startswith(marked)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(terminal: pytest.MonkeyPatch, name: str, value: str) -> None:
    terminal.setenv(name, value)
    told = shown(Screen())
    assert "\x1b[1;36m" not in told
    assert "\x1b[3" not in told


@pytest.mark.parametrize("column", range(1, 130, 7))
@pytest.mark.parametrize("width", [24, 40, 79, 300])
def test_what_is_meant_is_in_sight_whatever_the_width(column: int, width: int) -> None:
    place = Place("a", 1, column, 3, LINE.strip())
    line, carets = cut(place, width)
    assert cell_len(line) <= max(width, 24)
    assert cell_len(carets) <= max(width, 24) + 8
    before = len(carets) - len(carets.lstrip())
    under = next(at for at in range(len(line) + 1) if cell_len(line[:at]) >= before)
    assert line[under : under + 1].strip() == place.source[column - 1 : column].strip()
