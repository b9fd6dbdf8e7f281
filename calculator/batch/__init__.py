"""Many companies at once: a table of them goes in, a verdict for each under several frames comes out, row by row.

The first row names the columns; all others are companies. What says nothing of an applicant is passed on. A row that
cannot be read is told with its line and column, and the next one is judged.
"""
