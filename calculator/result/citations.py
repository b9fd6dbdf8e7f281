"""Where a document says it, as the page shows it: with the document's short title and how firmly it stands."""

from __future__ import annotations

from calculator.json_values import JsonObject
from calculator.messages import message
from calculator.rulebook import Citation, RuleBook


def citation(book: RuleBook, place: Citation) -> JsonObject:
    """Return a citation with its words."""
    return {
        "source": place.source,
        "title": book.sources[place.source].short_title.to_json(),
        "section": place.section,
        "place": place.place,
        "status": place.status.value,
        "status_text": message(book.messages, f"status_{place.status.value}").to_json(),
    }
