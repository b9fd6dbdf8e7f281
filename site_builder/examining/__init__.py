"""Rules examined as rules: checked drafts go in; findings, mutants and what examples reach of each round come out."""
