"""Drafts checked before they are resolved, first names and kinds, then tables: only errors come out."""
