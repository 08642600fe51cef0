"""Frames that no script of ours sends: answered, dropped, or the end of that one socket; never of the server."""

from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError

from server.auth.sessions import COOKIE
from tests.hostile.stage import SECRET, Stage, quiet
from tests.patience import PATIENCE

OPEN, DEAF = "open", "deaf"
"""What a socket is afterwards: it answers still, or it is closed for good."""


@dataclass(frozen=True)
class Frames:
    """What a client sends after it has connected, and what its socket is then."""

    name: str
    sent: tuple[str | bytes, ...]
    then: str = OPEN
    code: str = ""
    """The refusal that it hears, where it asked for something."""


LISTS = '421["lists",{}]'
FRAMES: tuple[Frames, ...] = (
    Frames("letters", (SECRET,), DEAF),
    Frames("digits", ("99999",)),
    Frames("JSON that is cut off", ('42["lists"',)),
    Frames("an object for an event", ('42{"a":1}',)),
    Frames("a number for an event", ("427",)),
    Frames("an event without a name", ("422[null,{}]",)),
    Frames("an empty event", ("422[]",)),
    Frames("an object for a name", ('422[{"a":1},{}]',)),
    Frames("a well of lists", ('422["command",' + "[" * 20_000,)),
    Frames("another namespace", ("40/admin,", '42/admin,["lists",{}]')),
    Frames("acknowledgements that nobody asked for", ("4399[1]", "43[]", "431[{}]")),
    Frames("an endless number of an event", ("42" + "9" * 5_000 + '["lists",{}]',)),
    Frames("a number of five thousand digits", ('422["watch",{"case":"x","after":' + "9" * 5_000 + "}]",)),
    Frames("an unknown event", ('422["burn",{}]',)),
    Frames("the name of a method", ('422["_answer",{}]', '422["__init__",{}]')),
    Frames("connecting as an event", ('42["connect",{"aiohttp.request":"x"}]', '42["connect",1,2,3]')),
    Frames("connecting twice", ("40", "40")),
    Frames("a probe, a pong and nothing", ("2probe", "3", "6")),
    Frames("no object", ('422["watch",7]',), code="malformed"),
    Frames("three arguments", ('422["watch",{},{},{}]',), code="malformed"),
    Frames("half of a character", ('422["watch",{"case":"\\ud800"}]',), code="malformed"),
    Frames("a null character", ('422["read",{"case":"\\u0000","n":1}]',), code="malformed"),
    Frames("a number below nothing", ('422["watch",{"case":"$case","after":-1}]',), code="malformed"),
    Frames("an enormous number", (f'422["watch",{{"case":"$case","after":{2**80}}}]',), code="malformed"),
    Frames("a broken number", ('422["read",{"case":"$case","n":1.5}]',), code="malformed"),
    Frames("not a number", ('422["read",{"case":"$case","n":NaN}]',), code="malformed"),
    Frames("a yes for a number", ('422["read",{"case":"$case","n":true}]',), code="malformed"),
    Frames("somebody else's case", ('422["watch",{"case":"$others"}]',), code="no_such_case"),
    Frames("typing in somebody else's case", ('422["typing",{"case":"$others","on":true}]',), code="no_such_case"),
    Frames("an event with bytes", ('451-2["command",{"_placeholder":true,"num":0}]', b"abc"), DEAF),
    Frames("an event with a million bytes to come", ('45999999-2["command",{"_placeholder":true,"num":0}]',), DEAF),
    Frames("bytes", (b"abc",), DEAF),
    Frames("no bytes", (b"",), DEAF),
    Frames("a frame over the limit", ('42["command",{"a":"' + "x" * 2_000_000 + '"}]',), DEAF),
    Frames("leaving", ("41",), DEAF),
)


@pytest.mark.on_both_engines
async def test_whatever_a_client_sends_the_server_stays_up(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    found = {}
    for frames in FRAMES:
        async with ClientSession(cookies={COOKIE: stage.anna.cookies[COOKIE]}) as session:
            async with session.ws_connect(stage.house.url("/socket.io/?EIO=4&transport=websocket")) as ws:
                # A good question is answered, however busy the machine is; what stays silent is not waited for long.
                patience = PATIENCE if frames.then == OPEN else 1
                got = await heard(ws, [stage.filled(frame) for frame in frames.sent], patience)
        then = OPEN if any(text.startswith('431[{"ok"') for text in got) else DEAF
        told = not frames.code or any(f'"code":"{frames.code}"' in text for text in got)
        if (then, told) != (frames.then, True) or any(SECRET in text for text in got):
            found[frames.name] = (then, [text[:120] for text in got])
    assert found == {}
    assert quiet(caplog.records) == []
    await stage.still_works()


async def heard(ws: ClientWebSocketResponse, frames: list[str | bytes], patience: float) -> list[str]:
    """What a client hears after connecting and sending these, until the answer to a good question or the end."""
    await ws.receive(timeout=PATIENCE)
    await ws.send_str("40")
    await ws.receive(timeout=PATIENCE)
    got: list[str] = []
    try:
        for frame in frames:
            await (ws.send_bytes(frame) if isinstance(frame, bytes) else ws.send_str(frame))
        await ws.send_str(LISTS)
        while not got or not got[-1].startswith('431[{"ok"'):
            message = await ws.receive(timeout=patience)
            if message.type is not WSMsgType.TEXT:
                break
            got.append(message.data)
    except (TimeoutError, ConnectionError):
        pass
    return got


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("EIO=4&transport=websocket", {"Origin": "https://evil.example"}, 403),
        ("EIO=4&transport=websocket", {"Origin": "null"}, 403),
        ("EIO=4&transport=websocket", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("EIO=4&transport=websocket", {"Host": "evil.example"}, 421),
        ("EIO=3&transport=websocket", {}, 400),
        ("EIO=4&transport=pigeon", {}, 400),
        ("EIO=4&transport=websocket&sid=nobody", {}, 400),
        ("EIO=4&transport=websocket&sid=%00", {}, 404),
    ],
)
async def test_a_socket_is_opened_only_from_our_own_pages(
    stage: Stage, query: str, headers: dict[str, str], status: int
) -> None:
    async with ClientSession(cookies={COOKIE: stage.anna.cookies[COOKIE]}) as session:
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(stage.house.url(f"/socket.io/?{query}"), headers=headers)
    assert refused.value.status == status
    await stage.still_works()
