"""Several processes, one service: peers over Redis, and what is wired to hear them."""
