"""Where something happened: places as people call them, as units of a directory or in the person's own words."""
