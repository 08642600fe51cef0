"""Reference pages made from the code: settings, limits, protocol, audiences."""
