"""Dialogs within a case: asking by one, answering it, and answers in the words that were shown."""
