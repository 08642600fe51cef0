"""Where attachments lie, who looks through them, and how many there may be: from the settings."""

from inbox.files.limits import MEGABYTE, Allowance, Limits
from inbox.files.object_store import Bucket, Shelf
from inbox.files.scan import Scanner
from inbox.files.store import Files
from server.config import Settings


def files_of(settings: Settings) -> Files:
    """A folder or a bucket, with the scanner if there is one."""
    bucket = Bucket(
        name=settings.s3_bucket,
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        key=settings.s3_key,
        secret=settings.s3_secret,
    )
    shelf = Shelf(bucket if settings.s3_bucket else settings.files)
    scanner = Scanner(settings.scanner) if settings.scanner else None
    return Files(shelf, settings.kept / "desk", scanner, settings.free_mb * MEGABYTE)


def allowance_of(settings: Settings) -> Allowance:
    """How much may be attached."""
    file = settings.file_mb * MEGABYTE
    return Allowance(
        draft=Limits(file=file, files=settings.draft_files, total=settings.draft_mb * MEGABYTE),
        case=Limits(file=file, files=settings.case_files, total=settings.case_mb * MEGABYTE),
        unknown=settings.unknown_files_mb * MEGABYTE,
        day=settings.person_day_mb * MEGABYTE,
        open=settings.person_uploads,
        hours=settings.upload_hours,
    )
