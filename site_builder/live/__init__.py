"""Serving a site while it is written: what is saved is shown at once, and what is wrong is told in the browser too."""
