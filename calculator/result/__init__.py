"""What the page is told of a frame, in words and figures for both languages: one module for each part of the answer.

Each part takes a `Judgment` and returns plain JSON values, as docs/architecture.md describes them.
"""
