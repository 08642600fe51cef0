"""The table of what everybody may do in every state, as a reference page. Made from the permissions, so it is true."""

from inbox.cases.lifecycle import LIFE
from inbox.cases.model import Role, State
from inbox.cases.permissions import RULES, STAFF

ROLES = (Role.REPORTER, Role.CASEWORKER, Role.OFFICER, Role.DISTRIBUTOR, Role.ADMINISTRATOR, Role.SYSTEM)
_SHORT = {
    Role.REPORTER: "R",
    Role.CASEWORKER: "C",
    Role.OFFICER: "O",
    Role.DISTRIBUTOR: "D",
    Role.ADMINISTRATOR: "A",
    Role.SYSTEM: "S",
}


def render() -> str:
    """The page: the state machine as a picture, and one row per command with who may give it in which state."""
    return "\n".join([_HEAD, *_picture(), _MIDDLE, *_table(), ""])


def cells() -> dict[tuple[str, State], frozenset[Role]]:
    """Who may give a command while the registration is in a state; empty for nobody."""
    return {
        (str(kind.__struct_config__.tag), state): frozenset(r for r in rule.roles if state in rule.states_for(r))
        for kind, rule in RULES.items()
        for state in State
    }


def _picture() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {State.RECEIVED.value}"]
    lines += [f"    {source.value} --> {target.value}: {trigger.value}" for trigger, source, target in LIFE]
    ends = (State.CLOSED, State.WITHDRAWN, State.REFERRED)
    return [*lines, *(f"    {state.value} --> [*]" for state in ends), "```"]


def _table() -> list[str]:
    states = list(State)
    table = cells()
    return [
        "| command | " + " | ".join(state.value for state in states) + " |",
        "|---|" + "---|" * len(states),
        *(
            f"| {tag} | " + " | ".join(_cell(table[tag, state]) for state in states) + " |"
            for tag in sorted({tag for tag, _ in table})
        ),
    ]


def _cell(roles: frozenset[Role]) -> str:
    return " ".join(_SHORT[role] for role in ROLES if role in roles) or "–"


_HEAD = """# Life of a registration

Generated from `inbox/cases/lifecycle.py` and `inbox/cases/permissions.py` by `make docs`; do not edit.
"""
_MIDDLE = f"""
## Who may give which command in which state

R reporter, C caseworker of the owning unit, O officer of the owning board, D distributor, A administrator,
S the service itself.
Staff means {" and ".join(sorted(role.value for role in STAFF))}. `submit_case` begins a case and so has no state.
For `give_statement` the state is that of the board's registration, which waits for it.
`take_case` is refused with `already_taken` where somebody else handles the registration: of two at once the first one
has it.
"""
