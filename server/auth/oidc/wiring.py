"""What signing in at providers is made of."""

from collections.abc import Callable
from datetime import datetime

from inbox.people.accounts import Accounts
from inbox.storage.engine.store import Store
from server.auth.oidc.asking import Asking
from server.auth.oidc.client import Client, Ways
from server.auth.oidc.providers import Known, load_providers
from server.auth.oidc.sign_in import OidcSignIn
from server.auth.sessions import Sessions
from server.config import Settings


def oidc_of(
    settings: Settings,
    store: Store,
    sessions: Sessions,
    *,
    now: Callable[[], datetime],
    steady: Callable[[], float],
    new_id: Callable[[], str],
    new_secret: Callable[[], str],
) -> OidcSignIn:
    """Every provider that the settings name. Raises WrongSetting."""

    def client(known: Known) -> Client:
        here = settings.public_address
        ways = Ways(back=f"{here}/logga-in/{known.id}/svar", signed_out=f"{here}/")
        return Client(
            known, ways, local=settings.local, asking=Asking(steady), now=now, steady=steady, new_secret=new_secret
        )

    clients = {id: client(known) for id, known in load_providers(settings).items()}
    return OidcSignIn(clients, store, Accounts(store, new_id), sessions)
