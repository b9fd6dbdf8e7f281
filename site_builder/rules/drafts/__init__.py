"""What the files say as written, typed and with places, before any name is looked up."""
