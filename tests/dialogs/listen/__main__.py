"""`make hearing`: how well stories are heard, as JSON lines."""

import json

from tests.dialogs.listen.figures import rows

for row in rows():
    print(json.dumps(row))
