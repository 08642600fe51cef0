"""Several statements in one trip, all or none of them, on either engine."""
