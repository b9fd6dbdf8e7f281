"""Takes `Rules` and content; gives the `Site`: every page as frozen data that a template only prints."""
