"""Words for a reader: the same sentence in every language that the portal speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Japanese and English; both are required, neither stands in for the other."""

    ja: str
    en: str

    def within(self, language: Language) -> str:
        """Return the words in `language`."""
        return self.ja if language == "ja" else self.en

    def filled(self, **parts: Text | str) -> Text:
        """Return the text with each `{name}` replaced by the part of that name in the same language."""
        return Text(
            self.ja.format(**{name: part.ja if isinstance(part, Text) else part for name, part in parts.items()}),
            self.en.format(**{name: part.en if isinstance(part, Text) else part for name, part in parts.items()}),
        )

    def to_json(self) -> dict[str, str]:
        """Return `{"ja": ..., "en": ...}`."""
        return {"ja": self.ja, "en": self.en}
