"""Where somebody goes after signing in: only to a page of ours."""

from urllib.parse import urlsplit


def local_path(wanted: str) -> str:
    """The wanted path if it leads nowhere else, otherwise empty."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        # It is the address of nothing at all.
        return ""
    # `//host` and `/\host` are other hosts to a browser; control characters hide what an address is.
    plain = wanted.isprintable() and "\\" not in wanted
    if plain and wanted.startswith("/") and not wanted.startswith("//") and not parts.scheme and not parts.netloc:
        return wanted
    return ""
