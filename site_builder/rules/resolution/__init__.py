"""Drafts that passed every check become the rules of each frame in each round, complete in themselves."""
