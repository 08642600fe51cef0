"""Regions, care providers, units and patient boards: where care is given, who answers for it, and how to find it."""
