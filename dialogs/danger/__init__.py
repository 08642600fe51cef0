"""Danger that somebody writes about: met by families of rules that a person can read, see README.md."""
