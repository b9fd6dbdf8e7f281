"""What is easier seen than read: pictures of a frame's answer, each with a table that has the same figures."""
