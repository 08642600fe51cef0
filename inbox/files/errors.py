"""Why a file is not taken. The words people read are in `handlers/errors.py`, in their language."""

from dialogs.errors import Category, Refused


class WrongKind(Refused):
    """Neither a picture of a kind we take nor a PDF, whatever its name says."""

    code = "wrong_kind"


class TooBig(Refused):
    """The file is larger than a single file may be."""

    code = "too_big"
    category = Category.TOO_LARGE


class TooMany(Refused):
    """There are as many files as there may be."""

    code = "too_many"


class OverQuota(Refused):
    """The files together are larger than they may be."""

    code = "over_quota"
    category = Category.TOO_LARGE


class OverDay(Refused):
    """The person has sent as much as one may in a day."""

    code = "over_day"
    category = Category.TOO_OFTEN


class SignInToAttach(Refused):
    """Those who are not signed in have sent as much as they may: from that address in a day, or all together."""

    code = "sign_in_to_attach"
    category = Category.TOO_OFTEN


class NoRoom(Refused):
    """The disk is nearly full: what is left of it is for words."""

    code = "no_room"
    category = Category.UNAVAILABLE


class TooManyUploads(Refused):
    """The person has begun as many uploads as one may without ending any."""

    code = "too_many_uploads"
    category = Category.TOO_OFTEN


class EmptyFile(Refused):
    """There is nothing in the file."""

    code = "empty_file"


class BrokenFile(Refused):
    """The file begins as what it claims to be, but is damaged or cut off."""

    code = "broken_file"


class TooManyPixels(Refused):
    """The picture is larger, in points, than we unpack."""

    code = "too_many_pixels"


class PictureTooHeavy(Refused):
    """The picture is written in so many steps that unpacking it would take very long."""

    code = "picture_too_heavy"


class Infected(Refused):
    """The scanner found something in the file."""

    code = "infected"


class NotScanned(Refused):
    """Files are scanned here, and the scanner does not answer: nothing is taken unseen."""

    code = "not_scanned"
    category = Category.UNAVAILABLE
