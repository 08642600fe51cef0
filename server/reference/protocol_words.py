"""What of the protocol no struct can tell: how to come in, what a request holds, what is told, how to keep in step."""

from typing import NamedTuple

from inbox.queries.reading import PAGE

HEAD = """# Protocol

Written by `make docs` from the structs themselves; tried by a program that knows nothing else (`tests/foreign/`).
Over a socket, a form or the API (`POST /api/v1/commands/<command>`, see `api/openapi.json`) a command is the same
struct, with the same answer.

## Coming in

1. Every browser or program has a cookie, `__Host-session`: ask for any page and keep what `Set-Cookie` says. It is
   marked `Secure`; on the very machine that serves, plain HTTP will do, and a program sends it all the same.
2. Every page holds a form with a hidden field `csrf`: the token that belongs to this cookie. A form carries it back as
   that field, the API as the header `X-CSRF-Token`. A socket needs none.
3. Signing in gives a new cookie, and with it another token: the old one opens nothing any more. With sample people:
   `GET /logga-in` has a form whose buttons are called `person`; `POST /logga-in` with `csrf` and the value of one of
   them answers 303 and the new cookie. Any page then has the new token.
4. The `Host` is the one that people know. If there is an `Origin`, it is the same; without a browser leave it out.

## The socket

Socket.IO, protocol 5 (Engine.IO 4), path `/socket.io/`, namespace `/`, opened with the cookie as a header. Transports:
`websocket` and `polling`; with several servers polling needs to reach the same one each time. `auth` may be left out; a
page of ours sends `{"person": key}` there, so that a page somebody else left open is not used in a new name.
Nobody signed in: the connection is refused with the message `sign_in_needed`, and coming again does not help; with
`not_read` it does, after a while.

An event has one argument, an object, and is acknowledged with one: `{"ok": …}`, or `{"error": {"code", "message"}}`
where `message` is for people, in the language of `Accept-Language` when the socket was opened. `malformed` has `where`,
the field; `guards_unmet` has `guards`, all that is missing. The requests of one socket are done in their order.
Binary events, and frames larger than `MAX_FRAME_KB`, close the connection.

Of all that goes over a socket only `command` and `typing` count as doing something: who only listens, catches up and
reads is signed out after the time of rest, like anybody who does nothing. `GET /har` says that somebody is still here.
"""

STEP = f"""## Keeping in step

What happens in a case comes as *entries*, each with the number `n` of the reader's own party's feed: 1, 2, 3 … without
gaps. Staff have a second row of numbers, the desk's: notes.

1. `watch` with the newest number that you have (0 for none) answers what came after it, at most {PAGE} entries, and
   `head`, the newest there is. As long as yours is smaller, go on with `catch_up`.
2. From then on entries are told. A number that you have: throw it away. The next one: take it. One further on:
   something was missed; ask with `catch_up`, and take the rest from the answer. A page of ours sends `rows: true` with
   `watch`: it gets its entries as rows, in the words that the page itself would show, with the same numbers. What
   rows look like follows the page and is no promise; programs leave it out.
3. When the connection was lost, begin again at 1 with your number. Nothing is kept for a socket that is gone, and
   nothing is lost by that.
4. A command without an answer may have been done. Send the same again, with the same `client_id` and the same content,
   until there is an answer: it is done once, and `repeated` says that it was done before. The same `client_id` with
   another content is refused with `client_id_reused`.
5. A message goes to whom `audience` says, and everyone if it says nothing. When the newest one that you have from
   somebody else was for some only, a reply to everyone is refused with `asks_wider`: send it to that audience, or, if
   everyone is meant, the same again with `widens`. The same `client_id` will do.
6. Acknowledged means: kept, on disk. Refused means: nothing was changed. `not_kept`, `not_read`, `busy` and
   `internal_server_error` may be tried again after a while; the others will be refused again.
7. `gone`: the case is no longer yours. Nothing more comes, and `watch` is refused with `no_such_case`, in the same
   words as for a case that never was.

A case's id is in the address of its page (`/arende/<id>`, for staff `/personal/arende/<id>`), and is that of the draft.
"""

FILES = """## Files

A file comes first, and is named in `files` of a message afterwards, by its id. It comes by tus 1.0 (https://tus.io):
creation, checksum (sha1, sha256), expiration and termination, at `/filer`. Changes carry `X-CSRF-Token`.

1. `POST /filer` with `Upload-Length` and, in `Upload-Metadata`, `filename`, `case` and a `client_id` of one's own
   (8 to 64 characters), or `draft`. `Location` is the address of the upload. What does not fit is refused here.
2. `PATCH` there, from `Upload-Offset`, as much as one likes at once. After a cut `HEAD` tells how far it came.
3. With the last byte the answer has `Gensvar-File`: the id, and `Gensvar-File-Locked` if it is a PDF that opens
   with a password or a certificate only. `HEAD` tells them again. 503 (`not_kept`, `not_scanned`,
   `no_room`): all but the last part has been kept; go on after a while. Other refusals end the upload.
4. `DELETE` takes it back, with its file if that was not sent. What nobody sends with anything within a day is gone too.

`GET <address of the case>/fil/<id>` is the file, `…/fil/<id>/bild` its small picture (WebP), where `width` is not 0. A
refusal is `{"error": {"code", "message"}}`. Limits: `server/CONFIG.md`.
"""

LIMITS = """## Limits, and being cut off

Every figure stands in `server/CONFIG.md`. People do not meet them; a program might.

* *Too often.* `too_often`, over the API and for a file with status 429 and `Retry-After`, over a socket with
  `retry_after` in the error: seconds until it is taken again. To look counts too: the feed, `watch`, `catch_up`, and
  `read`. Nothing was done; the same with the same `client_id` will do. Trying on meanwhile makes it no later, and no
  earlier.
* *Too much.* A body beyond its limit is answered 413, one that does not come 408. For files: `too_big`, `too_many`,
  `over_quota`, `over_day`, `too_many_uploads`; `sign_in_to_attach` where nobody is signed in and those have sent as
  much as they may; `no_room` while the disk is nearly full: messages go on meanwhile.
* *A socket is not opened*: 429 with `Retry-After` where one person, one address, or all who are not signed in have as
  many as they may.
* *A socket is ended* where nobody says within some seconds who they are; where that is refused; where the session ends,
  by signing out or by time; where a frame is too large or binary; and, at once and without a word, where more waits for
  it than it may: who does not read is cut off. Come again, with your number, and nothing is lost.
* A socket belongs to the cookie that opened it: a request of it with another is answered 400. The same cookie opens
  another.
"""

ENTRY = (
    ("case", "string", "The id of the case."),
    ("n", "integer", "The number in the reader's own feed."),
    ("id", "string", "The same for everybody who got it."),
    ("at", "string", "When, ISO 8601 with offset."),
    ("by", "object", "Who, as far as the reader may know. See below."),
    (
        "event",
        "object",
        "What: `kind`, and its fields as they are today. See Events. What is not for the reader is empty.",
    ),
    ("sentence", "string", "The same in words, in the reader's language; empty where `event` has `text` to show."),
    ("client_id", "string or null", "What it was sent with; only for the party that sent it."),
    ("to", "array of strings", "The kinds of the other parties that got it; only for the party that sent it."),
)

AUTHOR = (
    ("party", "string or null", "The seat; null for the service itself."),
    ("kind", "string", "`reporter`, `patient`, `provider`, `board` or `system`."),
    ("role", "string", "As what."),
    ("own", "boolean", "Whether the reader's party did it."),
    ("mine", "boolean", "Whether the reader did it in person."),
    ("name", "string or null", "Where the reader may know it."),
    ("unit", "string or null", "For which unit staff acted."),
    ("unit_name", "string", "What that is called."),
)


class Asked(NamedTuple):
    """What a request holds beside its name, and what `ok` holds."""

    fields: str
    answer: str


_PAGE = "`{entries, head, notes, desk_head}`: own entries and notes, oldest first, and the newest number of either"
_AFTER = "`case`; `after`, `desk_after`: integer, 0 if left out"
REQUESTS: dict[str, Asked] = {
    "watch": Asked(_AFTER, _PAGE),
    "unwatch": Asked("`case`", "`{}`"),
    "catch_up": Asked(_AFTER, _PAGE),
    "command": Asked(
        "`command`: its name; and the fields of that command",
        "`{case, n, repeated, urgent}`: its numbers in the own party's feed, none for a note or for who does not read "
        "the case; whether it was done before; `urgent`, there only when true: its writer should be shown where to "
        "call for help",
    ),
    "read": Asked(
        "`case`; `n`: integer, up to which somebody has had it in sight; or `answer`: the number of the final answer "
        "that was",
        "`{}`",
    ),
    "typing": Asked("`case`, `on`: boolean; `audience` as in `post_message`", "`{}`"),
    "lists": Asked("nothing: `{}`", "`{}`"),
}

TOLD: dict[str, str] = {
    "entry": "An entry of the party's feed, as above.",
    "note": "The same of the desk's, with its own numbers. Staff alone.",
}
