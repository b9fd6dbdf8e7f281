"""Makes the guidance site: rules and content go in, a folder of files comes out."""
