"""The files of `rules/` read into drafts: each module reads one kind of file, `folder` reads all of them."""
