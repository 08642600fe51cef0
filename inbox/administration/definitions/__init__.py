"""Definitions of dialogs as they are stored: drafts, versions that people are asked by, and versions that are over."""
