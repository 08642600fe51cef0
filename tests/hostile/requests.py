"""Requests that no page of ours makes: forms, addresses, cookies and headers, each with the status that it gets."""

from dataclasses import dataclass, field

from tests.hostile.inputs import NOWHERE
from tests.hostile.stage import SECRET

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"
TEXT = b"client_id=client-id-1&text=hemligkanin"


@dataclass(frozen=True)
class Sent:
    """A form for a message, as bytes. `$csrf` stands for the browser's token."""

    name: str
    body: bytes
    kind: str = FORM
    status: int = 422
    headers: dict[str, str] = field(default_factory=dict)


def part(*head: str, text: str = SECRET) -> bytes:
    """One part of a form with files, never ended."""
    return ("--b\r\n" + "\r\n".join(head) + f"\r\n\r\n{text}").encode()


NAMED = 'Content-Disposition: form-data; name="text"'
FORMS: tuple[Sent, ...] = (
    Sent("bytes that are no letters", b"csrf=$csrf&" + TEXT + b"\xff\xfe"),
    Sent("an encoding that there is not", b"csrf=$csrf&" + TEXT, f"{FORM}; charset=klingon"),
    Sent("an encoding that it is not in", b"csrf=$csrf&" + TEXT + b"a", f"{FORM}; charset=utf-16"),
    Sent("parts without a boundary", b"x", "multipart/form-data"),
    Sent("parts that never begin", b"x", PARTS),
    Sent("parts that never end", part(NAMED), PARTS),
    Sent("a part without a name", part("Content-Type: text/plain") + b"\r\n--b--\r\n", PARTS),
    Sent("parts within parts", part("Content-Type: multipart/mixed; boundary=c") + b"\r\n--b--\r\n", PARTS),
    Sent("a part packed in an unknown way", part(NAMED, "Content-Transfer-Encoding: x") + b"\r\n--b--\r\n", PARTS),
    Sent("a part in an unknown encoding", part(NAMED, "Content-Type: text/plain; charset=x") + b"\r\n--b--\r\n", PARTS),
    Sent("a body that is not packed as it says", b"csrf=$csrf&" + TEXT, headers={"Content-Encoding": "gzip"}),
    Sent("JSON for a form", b'{"csrf": "$csrf"}', "application/json", 403),
    Sent("no kind of content that we know", b"csrf=$csrf&" + TEXT, "application/x-hemligkanin", 403),
    Sent("twenty thousand fields", b"csrf=$csrf&" + b"a=1&" * 20_000, status=413),
    Sent("a body over the limit", b"csrf=$csrf&text=" + b"x" * 3_000_000, status=413),
    Sent("no token", TEXT, status=403),
    Sent("somebody else's token", b"csrf=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&" + TEXT, status=403),
    Sent("a token that is no letters", b"csrf=%ED%A0%80%FF&" + TEXT, status=403),
    Sent("from another origin", b"csrf=$csrf&" + TEXT, status=403, headers={"Origin": "https://evil.example"}),
    Sent("from an origin that is none", b"csrf=$csrf&" + TEXT, status=403, headers={"Origin": "http://["}),
    Sent("from no origin", b"csrf=$csrf&" + TEXT, status=403, headers={"Origin": "null"}),
    Sent("from a page of another site", b"csrf=$csrf&" + TEXT, status=403, headers={"Sec-Fetch-Site": "cross-site"}),
    Sent("to another host", b"csrf=$csrf&" + TEXT, status=421, headers={"Host": "evil.example"}),
    Sent("to a host that is none", b"csrf=$csrf&" + TEXT, status=421, headers={"Host": "["}),
)

ADDRESSES: tuple[tuple[str, str, int], ...] = (
    ("GET", "/arende/%00", 404),
    ("GET", "/arende/%ED%A0%80", 404),
    ("GET", "/arende/%FF", 404),
    ("GET", "/arende/..%2f..%2fetc%2fpasswd", 404),
    ("GET", f"/arende/{'x' * 5_000}", 404),
    ("GET", f"/arende/{NOWHERE}", 404),
    ("GET", "/arende/$others", 404),
    ("GET", "/kvitto/$others", 404),
    ("GET", "/arende/$case/fil/%00", 404),
    ("GET", "/arende/$case/fil/..%2f..%2fhouse.db", 404),
    ("GET", "/logga-in?next=%00//evil.example", 404),
    ("GET", "/beratta/nothing", 404),
    ("GET", "/beratta/%00", 404),
    ("GET", "/beratta?utkast=%00", 404),
    ("GET", "/assets/%2e%2e/%2e%2e/server/app.py", 404),
    ("GET", "/nowhere", 404),
    ("GET", "/hem?sprak=%3Cscript%3E", 200),
    ("GET", "/arende/$case/post_message", 405),
    ("POST", "/hem", 405),
    ("PUT", "/hem", 405),
    ("DELETE", "/arende/$case", 405),
    ("TRACE", "/hem", 405),
    ("GET", "/api/v1/commands/post_message", 405),
    ("GET", "/api/v1/nowhere", 404),
    ("GET", f"/api/v1/cases/{NOWHERE}/feed", 404),
    ("GET", "/api/v1/cases/$others/feed", 404),
    ("GET", "/api/v1/cases/$case/feed?after=-1", 422),
    ("GET", "/api/v1/cases/$case/feed?after=hemligkanin", 422),
    ("GET", "/api/v1/cases/$case/feed?after=%D9%A1", 422),
    ("GET", "/api/v1/cases/$case/feed?after=%C2%B2", 422),
    ("GET", f"/api/v1/cases/$case/feed?after={10**30}", 422),
    ("GET", "/api/v1/cases/$case/feed?after=999999999&desk_after=999999999", 200),
    ("GET", f"/api/v1/units?q={'a' * 3_000}", 200),
    ("GET", "/api/v1/units?q=%ED%A0%80", 200),
)
"""Method, address, status."""

COOKIES: dict[str, str] = {
    "bytes that are no letters": "\xff\xfe" * 20,
    "a quoted null": '"' + "a" * 40 + '.\\000"',
    "endless": "x" * 5_000,
    "an endless draft": "a" * 40 + "." + "b" * 3_000,
    "a draft of nobody": "a" * 40 + "." + NOWHERE,
    "a session that was set by somebody else": "a" * 43,
    "signs": '"\\";=,',
}

ONWARD: tuple[str, ...] = (
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "/hem\r\nSet-Cookie: a=b",
    "/\t/evil.example",
    "http:evil.example",
)
"""Where nobody is sent after signing in."""
