"""Somebody who sends a file in parts, as tus 1.0 has it."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.handlers.sitting import Sitting, hidden_in
from tests.house import Browser
from tests.inbox.files.samples import PDF

PART = "application/offset+octet-stream"


@dataclass(frozen=True)
class Heard:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str:
        """The refusal's code."""
        return str(self.body["error"]["code"]) if self.body else ""

    @property
    def offset(self) -> int:
        """How much has come."""
        return int(self.headers["Upload-Offset"])


@dataclass
class Sender:
    """A browser that sends files in parts."""

    browser: Browser
    about: Mapping[str, str]
    """What the file is for."""
    url: str = ""

    async def asks(self, method: str, url: str = "", body: Any = None, **headers: str) -> Heard:
        """One request of the protocol."""
        told = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": self.browser.csrf}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        address = self.browser._house.url(url or self.url or "/filer")
        told = {name: value for name, value in told.items() if value}
        async with self.browser._session.request(method, address, data=body, headers=told) as response:
            said = await response.json() if response.content_type == "application/json" else None
            return Heard(response.status, response.headers, said)

    async def begins(
        self, size: int = len(PDF), name: str = "brev.pdf", *, instead: Mapping[str, str] | None = None
    ) -> Heard:
        """A new upload."""
        about = {"filename": name, **self.about}
        told = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in about.items())
        headers = {"Upload-Length": str(size), "Upload-Metadata": told, **(instead or {})}
        heard = await self.asks("POST", "/filer", **headers)
        self.url = heard.headers.get("Location", self.url)
        return heard

    async def sends(self, content: Any, offset: int = 0, **headers: str) -> Heard:
        """The next part."""
        return await self.asks("PATCH", body=content, Content_Type=PART, Upload_Offset=str(offset), **headers)

    async def looks(self) -> Heard:
        """How much has come."""
        return await self.asks("HEAD")


async def for_message(sitting: Sitting) -> Sender:
    """Somebody about to attach a file to the message on the page."""
    await sitting.opens()
    about = {
        "case": sitting.url.rpartition("/")[2],
        "client_id": str(hidden_in(sitting.page, "post_message")["client_id"]),
    }
    return Sender(sitting.browser, about)
