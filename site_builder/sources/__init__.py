"""Files under `rules/` and `content/`, strictly read: bytes go in, nodes and texts with their places come out."""

from site_builder.sources.documents import read_document
from site_builder.sources.texts import read_texts

__all__ = ["read_document", "read_texts"]
