"""A kind of question that there is not: a number on a scale. `tests/dialogs/test_new_kind.py` adds it to a copy."""
