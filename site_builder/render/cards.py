"""Pictures of shared links: what a card says goes in, a PNG of 1200 × 630 points comes out, the same bytes every time.

All is drawn in shades of one ink, so that a picture is small and quick. The font is BIZ UDPGothic, which was made to be
read easily; it is an npm package, used here alone, and never published. A picture that was drawn once is kept under
`.cache`, by all that decides how it looks.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import budoux
from PIL import Image, ImageDraw, ImageFont, __version__

from calculator.text import Language
from site_builder.errors import GuidanceError, Place
from site_builder.pinned import refuse_others
from site_builder.site.cards import HEIGHT, WIDTH, CardFigure

FONTS = Path("@expo-google-fonts", "biz-udpgothic")
REGULAR = FONTS / "400Regular" / "BIZUDPGothic_400Regular.ttf"
BOLD = FONTS / "700Bold" / "BIZUDPGothic_700Bold.ttf"
#: The ink and the paper, and how many shades there are from one to the other: letters need no more to look smooth.
INK, PAPER = (0, 23, 100), (255, 255, 255)
SHADES = 6
#: Shades of grey while it is drawn: 0 is the ink, 255 the paper.
_DARK, _QUIET, _LINE, _LIGHT = 0, 96, 190, 255
_MARGIN, _BAND, _FOOT = 72, 24, 96
_INNER = WIDTH - 2 * _MARGIN
_TITLE_SIZES = (68, 60, 52, 44)
_VALUE_SIZES = (44, 38, 32, 27)
#: A figure with its unit stays whole; so does any other sign.
_WHOLE = re.compile(r"[0-9,.]+[万億千]*[円年月日次]?|.")
#: No line begins with one of these, and none ends with one of those.
_NOT_FIRST = re.compile(r"[、。，．・：；！？）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?):;%％円]")
_NOT_LAST = re.compile(r"[（「『【〔〈《(]")


class CardError(GuidanceError):
    """No picture can be drawn: the font is missing."""

    def __init__(self, what: Path) -> None:
        hint = "run `make build`, which installs the packages of package-lock.json"
        super().__init__(Place(str(what)), "the font for the pictures of shared links is missing", hint, "card-font")


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says: whose site it is, that it is not official, and what the page is about."""

    language: Language
    site: str
    mark: str
    context: str
    title: str
    figures: tuple[CardFigure, ...]
    foot: str


@dataclass(frozen=True)
class Cards:
    """Draws pictures with the fonts of `node_modules`, and keeps them in the folder `kept`."""

    node_modules: Path
    kept: Path

    def drawn(self, card: Card) -> Path:
        """Return the file of the picture.

        Raises:
            CardError: the font is missing.
            OtherContentsError: it is not the one that was looked at.
        """
        file = self.kept / f"{hashlib.sha256(f'{self._look}{card!r}'.encode()).hexdigest()[:24]}.png"
        if not file.is_file():
            _write_whole(file, png(card, self.node_modules))
        return file

    @cached_property
    def _look(self) -> str:
        """What decides besides the words how a picture looks: this module, the fonts and what draws."""
        digest = hashlib.sha256(__version__.encode() + Path(__file__).read_bytes())
        fonts = {font.as_posix(): _font_file(self.node_modules / font).read_bytes() for font in (REGULAR, BOLD)}
        refuse_others("node_modules", fonts)
        for content in fonts.values():
            digest.update(content)
        return digest.hexdigest()


def png(card: Card, node_modules: Path) -> bytes:
    """Return the picture as a PNG file.

    Raises:
        CardError: the font is missing.
    """
    image = Image.new("L", (WIDTH, HEIGHT), _LIGHT)
    _Drawing(ImageDraw.Draw(image), node_modules, card.language).card(card)
    shades = image.point([round(grey * (SHADES - 1) / 255) for grey in range(256)])
    inked = Image.frombytes("P", (WIDTH, HEIGHT), shades.tobytes())
    inked.putpalette([part for shade in range(SHADES) for part in _colour(shade)])
    file = io.BytesIO()
    inked.save(file, "PNG", bits=4, compress_level=8)
    return file.getvalue()


def _colour(shade: int) -> Iterator[int]:
    return (round(ink + (paper - ink) * shade / (SHADES - 1)) for ink, paper in zip(INK, PAPER, strict=True))


@dataclass(frozen=True)
class _Drawing:
    draw: ImageDraw.ImageDraw
    node_modules: Path
    language: Language

    def card(self, card: Card) -> None:
        self.draw.rectangle((0, 0, WIDTH, _BAND), fill=_DARK)
        self._head(card)
        height = 150 if card.figures else 0
        bottom = HEIGHT - _FOOT - height
        self._title(card, top=140, bottom=bottom)
        if card.figures:
            self._figures(card.figures, top=bottom + 4)
        self.draw.line((_MARGIN, HEIGHT - _FOOT + 20, WIDTH - _MARGIN, HEIGHT - _FOOT + 20), fill=_LINE, width=2)
        self.draw.text((_MARGIN, HEIGHT - _FOOT + 36), card.foot, fill=_QUIET, font=self._font(REGULAR, 24))

    def _head(self, card: Card) -> None:
        font = self._font(BOLD, 30)
        self.draw.text((_MARGIN, 62), card.site, fill=_DARK, font=font)
        width = self.draw.textlength(card.mark, font=font)
        box = (WIDTH - _MARGIN - width - 40, 50, WIDTH - _MARGIN, 106)
        self.draw.rectangle(box, fill=_DARK)
        self.draw.text((box[0] + 20, 62), card.mark, fill=_LIGHT, font=font)

    def _title(self, card: Card, top: int, bottom: int) -> None:
        """Write the title as large as it fits, below what it belongs to."""
        above = _lines(card.context, self._font(REGULAR, 32), _INNER, self.language)[:2] if card.context else []
        room = bottom - top - 46 * len(above)
        size, lines = self._fitted(card.title, _TITLE_SIZES, (_INNER, room / 1.35))
        at = top + max(0, (room - len(lines) * size * 1.35) / 2)
        for line in above:
            self.draw.text((_MARGIN, at), line, fill=_QUIET, font=self._font(REGULAR, 32))
            at += 46
        for line in lines:
            self.draw.text((_MARGIN, at), line, fill=_DARK, font=self._font(BOLD, size))
            at += size * 1.35

    def _figures(self, figures: Sequence[CardFigure], top: int) -> None:
        gap = 28
        width = (_INNER - gap * (len(figures) - 1)) / len(figures)
        for number, figure in enumerate(figures):
            self._figure(figure, (_MARGIN + number * (width + gap), top), width)

    def _figure(self, figure: CardFigure, at: tuple[float, float], width: float) -> None:
        left, top = at
        self.draw.line((left, top, left + width, top), fill=_DARK, width=4)
        self.draw.text((left, top + 14), figure.label, fill=_QUIET, font=self._font(REGULAR, 25))
        room = 64 if figure.note else 96
        size, lines = self._fitted(figure.value, _VALUE_SIZES, (width, room / 1.25))
        for number, line in enumerate(lines):
            place = (left, top + 50 + number * size * 1.25)
            self.draw.text(place, line, fill=_DARK, font=self._font(BOLD, size))
        if figure.note:
            note = _lines(figure.note, self._font(REGULAR, 20), width, self.language)[0]
            self.draw.text((left, top + 118), note, fill=_QUIET, font=self._font(REGULAR, 20))

    def _fitted(self, text: str, sizes: Sequence[int], room: tuple[float, float]) -> tuple[int, list[str]]:
        """Return the largest of `sizes` in which the bold `text` has room (width, sum of sizes), and its lines then."""
        width, height = room
        for size in sizes:
            lines = _lines(text, self._font(BOLD, size), width, self.language)
            if len(lines) * size <= height:
                return size, lines
        return sizes[-1], _lines(text, self._font(BOLD, sizes[-1]), width, self.language)

    def _font(self, name: Path, size: int) -> ImageFont.FreeTypeFont:
        return _font(_font_file(self.node_modules / name), size)


def _lines(text: str, font: ImageFont.FreeTypeFont, width: float, language: Language) -> list[str]:
    """Return `text` in lines of at most `width`, broken between phrases, and within one only where it is too long."""
    lines = [""]
    for phrase in _phrases(text, language):
        if font.getlength((lines[-1] + phrase).rstrip()) <= width:
            lines[-1] += phrase
            continue
        lines.append("")
        for sign in _WHOLE.findall(phrase):
            if font.getlength((lines[-1] + sign).rstrip()) > width and not _NOT_FIRST.match(sign):
                kept = _NOT_LAST.search(lines[-1][-1:])
                lines[-1], begun = (lines[-1][:-1], lines[-1][-1:]) if kept else (lines[-1], "")
                lines.append(begun)
            lines[-1] += sign
    return [line.strip() for line in lines if line.strip()]


def _phrases(text: str, language: Language) -> list[str]:
    if language == "en":
        return re.findall(r"\S+\s*", text)
    phrases: list[str] = []
    for phrase in _parser().parse(text):
        if phrases and phrases[-1].endswith("もの") and phrase.startswith("づくり"):
            phrases[-1] += phrase  # the parser does not know this word
        else:
            phrases.append(phrase)
    return phrases


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is Pillow's own; the other one is that of a library of the machine, and may differ.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _font_file(file: Path) -> Path:
    if not file.is_file():
        raise CardError(file)
    return file


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file that others may look for at the same time; what cannot be written leaves nothing behind."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as beside:
            beside.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
