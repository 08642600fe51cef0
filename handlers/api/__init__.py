"""The same commands and queries for programs: same session, same structs, same refusals."""
