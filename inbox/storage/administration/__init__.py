"""Who may do what, and where care is given: what is kept of both, and what was done to them."""
