"""Seals over what has happened and who has looked: what is altered or taken away afterwards is found."""
