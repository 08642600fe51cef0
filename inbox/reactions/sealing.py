"""Whatever has happened is sealed, so that it is found when it is altered or taken away afterwards."""

from inbox.reactions.reaction import Reaction
from inbox.storage.sealing.sealed import seal_events

REACTION = Reaction("sealing", seal_events)
