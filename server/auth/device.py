"""What kind of device somebody signs in with: as much as they need to tell their own sign-ins apart, and no more."""

from aiohttp import web


def device_of(request: web.Request) -> str:
    """`phone`, `tablet` or `computer`; empty where the browser does not say."""
    said = request.headers.get("User-Agent", "")
    if "iPad" in said or "Tablet" in said or ("Android" in said and "Mobile" not in said):
        return "tablet"
    if "Mobi" in said or request.headers.get("Sec-CH-UA-Mobile") == "?1":
        return "phone"
    return "computer" if any(name in said for name in ("Windows", "Macintosh", "X11", "CrOS")) else ""
