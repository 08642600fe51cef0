"""Ways to sign in. Each ends in `Sessions.sign_in` with a person's id."""

from aiohttp import web

from server.auth import sample_sign_in, sign_out


def routes() -> list[web.RouteDef]:
    """Signing in, signing out, and leaving."""
    return [
        web.get("/logga-in", sample_sign_in.show),
        web.post("/logga-in", sample_sign_in.pick),
        web.post("/logga-ut", sign_out.sign_out),
        web.get("/lamna", sign_out.leave),
    ]
