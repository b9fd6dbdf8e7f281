"""The open data: every round, frame, requirement, figure, citation, date and document as JSON and as CSV.

The records say what there is; the schemas and the descriptions of the columns are made from their types, so that
neither can say anything else than what is published.
"""
