"""Lists of cases, a page at a time, each in the order of an index: of a unit, and of a citizen."""
