"""Answers: from the fields of a form to checked values."""
