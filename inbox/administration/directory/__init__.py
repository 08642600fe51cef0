"""Regions, care providers and units: changed by commands, kept with their days and with what they were called."""
