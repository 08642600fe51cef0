"""Work that comes back by itself: the runner, the jobs, and which process does them."""
