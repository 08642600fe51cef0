"""A case as a conversation: the page, its rows, header, consents, files, print, and what is read."""
