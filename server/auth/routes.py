"""Ways to sign in. Each ends in `Sessions.sign_in` with a person's id."""

from aiohttp import web

from server.auth import sample_sign_in, sign_in_page
from server.auth.capacities import Capacities
from server.auth.oidc.sign_in import OidcSignIn
from server.auth.own_sessions import OwnSessions
from server.auth.sessions import Sessions
from server.auth.sign_in_page import PROVIDERS
from server.auth.sign_out import SignOut


def attach(app: web.Application, sessions: Sessions, oidc: OidcSignIn) -> None:
    """Signing in, going over, looking where one is signed in, signing out, and leaving."""
    out = SignOut(sessions, oidc.way_out)
    app[PROVIDERS] = oidc.views()

    async def let_go(_: web.Application) -> None:
        await oidc.close()

    app.on_cleanup.append(let_go)
    app.add_routes(
        [
            web.get("/logga-in", sign_in_page.show),
            web.post("/logga-in", sample_sign_in.pick),
            *oidc.routes(),
            *Capacities(sessions).routes(),
            *OwnSessions(sessions, out).routes(),
            *out.routes(),
        ]
    )
