"""`make hearing`: how well stories are heard, as JSON lines."""

from tests.dialogs.listen.figures import rows

for _row in rows():
    pass
