"""Every fault, by layer."""

from tests.planted.fault import Fault
from tests.planted.layers import dialogs, handlers, kernel, rules, server, store, web

LAYERS: dict[str, tuple[Fault, ...]] = {
    "dialogs": dialogs.FAULTS,
    "rules": rules.FAULTS,
    "store": store.FAULTS,
    "kernel": kernel.FAULTS,
    "handlers": handlers.FAULTS,
    "server": server.FAULTS,
    "web": web.FAULTS,
}
