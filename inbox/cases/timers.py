"""What happens to a case by itself, and when: it follows from the case, so every event that changes it sets it anew."""

from datetime import UTC, datetime

from inbox.cases.commands import AnyCommand, CloseThread, EndSeat
from inbox.cases.model import Case, CaseId, State

END_SEAT = "end_seat"


def timers_of(case: Case) -> dict[str, datetime]:
    """Each timer that runs, with the moment after which it is due."""
    windows = [r.reply_until for r in case.registrations if r.state is State.ANSWERED and r.reply_until]
    # However many authorities have answered: whoever comes later has it set anew once the first is closed.
    closing = {"close_thread": min(windows)} if windows else {}
    return closing | {f"{END_SEAT} {id}": seat.until for id, seat in case.seats.items() if seat.until}


def command_of(name: str, case: CaseId, due: datetime) -> AnyCommand:
    """What the service asks for when it is due: with the same client id however often, so that it is done once."""
    moment = round(due.astimezone(UTC).timestamp() * 1_000_000)
    what, _, which = name.partition(" ")
    client_id = "-".join(part for part in ("timer", what, which, str(moment)) if part)
    if what == END_SEAT:
        return EndSeat(case=case, client_id=client_id, seat=which)
    return CloseThread(case=case, client_id=client_id)
