"""Takes the planned `Site`; gives the files of the website."""
