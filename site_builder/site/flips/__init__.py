"""Companies whose answer a difference flips: made near the borders of what changed, and judged by the calculator.

`companies.py` makes them of the worked examples, `search.py` judges them under both calls and keeps the first that
shows the difference, with no fact in it that could be left out.
"""
