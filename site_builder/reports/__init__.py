"""What is told of a run: mistakes and stages go in; lines for people, or for the programs that they use, come out."""
