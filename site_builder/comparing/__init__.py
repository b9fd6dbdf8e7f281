"""Comparing: what another state of the sources changes in the rules, in answers, and on the pages.

`words.py` takes the words of a page, `sites.py` compares two built sites, `calls.py` two calls, `trees.py` two states
of rules and content; `told.py` says it in a terminal, `report.py` in one HTML page; `looking.py` is the way in. Nothing
here writes a site.
"""
