"""Reference pages made from the rules: who may see what, and who may do what in every state."""
