"""Ways to sign in. Each ends in `Sessions.sign_in` with a person's id."""

from aiohttp import web

from server.sign_in import leaving, sample


def routes() -> list[web.RouteDef]:
    """Signing in, signing out, and leaving."""
    return [
        web.get("/logga-in", sample.show),
        web.post("/logga-in", sample.pick),
        web.post("/logga-ut", leaving.sign_out),
        web.get("/lamna", leaving.leave),
    ]
