"""Filing without saying who one is, and coming back to it: by a code that nobody but its holder knows."""
