"""What is wrong with a definition: names, texts, and every way through it, tried out before anybody walks it."""
