"""What changed from one call to the next, found in the rules alone: calls go in, differences come out as data.

`steps.py` says which call continues which, `neighbours.py` which stand side by side because nobody says so;
`clauses.py` takes the rules of a frame apart, `meaning.py` says when two of them mean the same, `comparison.py`
compares. Nothing here knows a page.
"""
