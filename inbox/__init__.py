"""Cases: what may happen, what has happened, where it is kept."""
