"""Pages of caseworkers, officers and distributors: the queue, the case, forwarding, statements, closing."""
