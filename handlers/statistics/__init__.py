"""Figures for everybody, and for those who work: pages, charts and files of the same numbers."""
