"""Tables that follow from what has happened: compared with it, and made anew from it."""
