"""Pictures and documents of strangers: what they would cost, whose turn it is, and the process they are unpacked in."""
