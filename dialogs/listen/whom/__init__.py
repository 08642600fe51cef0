"""About whom a story is: the writer, or somebody of theirs. Heard together, answered to several questions."""
