"""How many hostile inputs there are, and that each has a name of its own."""

from tests.hostile.files import FILES, NAMES
from tests.hostile.inputs import BODIES, COMMANDS
from tests.hostile.requests import ADDRESSES, COOKIES, FORMS, ONWARD
from tests.hostile.test_frames import FRAMES


def test_there_are_many_more_than_sixty_hostile_inputs_each_with_a_name() -> None:
    named = [one.name for table in (COMMANDS, FORMS, FILES, FRAMES) for one in table]
    for table in (COMMANDS, FORMS, FILES, FRAMES):
        assert len({one.name for one in table}) == len(table)
    assert len([one for one in COMMANDS if one.form]) >= 30
    assert len(named) + len(BODIES) + len(ADDRESSES) + len(COOKIES) + len(ONWARD) + len(NAMES) >= 200
