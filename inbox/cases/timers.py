"""What happens to a case by itself, and when: it follows from the case, so every event that changes it sets it anew."""

from collections.abc import Mapping
from datetime import UTC, datetime

from inbox.cases.commands import AnyCommand, CloseThread
from inbox.cases.model import Case, CaseId, State

TIMED: Mapping[str, type[CloseThread]] = {"close_thread": CloseThread}
"""What the service asks for when a timer is due, by the timer's name."""


def timers_of(case: Case) -> dict[str, datetime]:
    """Each timer that runs, with the moment after which it is due."""
    windows = [r.reply_until for r in case.registrations if r.state is State.ANSWERED and r.reply_until]
    # However many authorities have answered: whoever comes later has it set anew once the first is closed.
    return {"close_thread": min(windows)} if windows else {}


def command_of(name: str, case: CaseId, due: datetime) -> AnyCommand:
    """What is asked for: with the same client id however often, so that it is done once."""
    moment = round(due.astimezone(UTC).timestamp() * 1_000_000)
    return TIMED[name](case=case, client_id=f"timer-{name}-{moment}")
