"""Every refusal of the inbox, by name. The words people read are in `handlers/errors.py`, in their language."""

from dialogs.errors import Category, Refused


class NoSuchCase(Refused):
    """The case does not exist, or is not yours: the same answer, so that nothing is betrayed."""

    code = "no_such_case"
    category = Category.UNKNOWN


class NotYours(Refused):
    """You take part in the case, but not in a role that may do this."""

    code = "not_yours"
    category = Category.FORBIDDEN


class NoSuchSeat(Refused):
    """Nobody sits there, or may."""

    code = "no_such_seat"


class NotNow(Refused):
    """The case is not in a state where this can be done."""

    code = "not_now"
    category = Category.CONFLICT


class NotThisType(Refused):
    """A case of this type is not ended in that way."""

    code = "not_this_type"
    category = Category.CONFLICT


class UnknownCaseType(Refused):
    """There is no such type of case here: another release of the program knows it."""

    code = "unknown_case_type"
    category = Category.UNAVAILABLE


class ClientIdReused(Refused):
    """The same client id came with another content."""

    code = "client_id_reused"
    category = Category.CONFLICT


class GuardsUnmet(Refused):
    """The final answer is not ready; `guards` names every condition that is not met."""

    code = "guards_unmet"

    def __init__(self, guards: tuple[str, ...]) -> None:
        super().__init__(guards=guards)
        self.guards = guards


class UnknownCategory(Refused):
    """The list in use today has no such problem or area; `where` points at the field."""

    code = "unknown_category"


class NotAColleague(Refused):
    """The person named does not handle cases at this unit."""

    code = "not_a_colleague"


class NewerMessage(Refused):
    """Somebody else has written since the writer looked; sent again with what is seen now, it goes through."""

    code = "newer_message"
    category = Category.CONFLICT


class AlreadyTaken(Refused):
    """Somebody else took the case first."""

    code = "already_taken"
    category = Category.CONFLICT


class WrongReceiver(Refused):
    """The case cannot be sent there."""

    code = "wrong_receiver"


class NoSuchUnit(Refused):
    """The directory has no such unit."""

    code = "no_such_unit"


class OtherProvider(Refused):
    """The unit belongs to another care provider."""

    code = "other_provider"


class OtherRegion(Refused):
    """The unit belongs to another region: who handles the case there is not for this one to say."""

    code = "other_region"


class SameUnit(Refused):
    """The case is already at that unit."""

    code = "same_unit"


class ReplyWindowOver(Refused):
    """The time for asking on after the answer is over."""

    code = "reply_window_over"
    category = Category.CONFLICT


class NoSuchAudience(Refused):
    """Nobody in the case can be written to in that way."""

    code = "no_such_audience"


class AsksWider(Refused):
    """Everyone would read a reply to what was for some only, and it was not said that this is meant."""

    code = "asks_wider"
    category = Category.CONFLICT


class NoSuchRequest(Refused):
    """The consent was not asked for, or is answered already."""

    code = "no_such_request"


class MoreThanAsked(Refused):
    """More would be shared than was asked for, or than there is to share."""

    code = "more_than_asked"


class AlreadyThere(Refused):
    """That authority takes part in the case already, or has been asked for."""

    code = "already_there"


class NoSuchStatement(Refused):
    """There is no such statement to release."""

    code = "no_such_statement"


class NoSuchFile(Refused):
    """The file does not exist, or is not yours to use here."""

    code = "no_such_file"
    category = Category.UNKNOWN


class NoSuchDraft(Refused):
    """The draft does not exist, is sent already, is too old, or is not yours."""

    code = "no_such_draft"
    category = Category.UNKNOWN


class TooManyDrafts(Refused):
    """As many drafts are begun as one may have; `most` says how many."""

    code = "too_many_drafts"
    category = Category.CONFLICT


class StaleRevision(Refused):
    """The draft was changed in another window since this page was shown."""

    code = "stale_revision"
    category = Category.CONFLICT


class NotReady(Refused):
    """Questions are unanswered; the draft cannot be sent yet."""

    code = "not_ready"


class SignInNeeded(Refused):
    """This can only be done by somebody who is signed in."""

    code = "sign_in_needed"
    category = Category.SIGN_IN


class Malformed(Refused):
    """What came does not have the right shape; `where` points at the field."""

    code = "malformed"


class EmptyText(Refused):
    """There is nothing but white space in the text."""

    code = "empty_text"


class Busy(Refused):
    """The case changed several times while we tried; try again."""

    code = "busy"
    category = Category.UNAVAILABLE


class NotRead(Refused):
    """The store does not answer just now; try again."""

    code = "not_read"
    category = Category.UNAVAILABLE


class NotKept(Refused):
    """The store could not keep it. Nothing was changed."""

    code = "not_kept"
    category = Category.UNAVAILABLE
