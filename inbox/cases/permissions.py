"""Who may do what, in which state. One table; pages ask it too, so that no template decides a right."""

from typing import assert_never

from msgspec import Struct

from inbox.cases import commands as c
from inbox.cases.case_types import ENDS, type_of
from inbox.cases.errors import NotNow, NotThisType, NotYours
from inbox.cases.lifecycle import Trigger, sources
from inbox.cases.model import OPEN, Actor, Case, Role, State
from inbox.principals.seat import Right

STAFF = frozenset({Role.CASEWORKER, Role.OFFICER})
REPORTER = frozenset({Role.REPORTER})
ANY_STATE = frozenset(State)


class Rule(Struct, frozen=True):
    """The roles that may give a command, and the states of the registration in which it makes sense."""

    roles: frozenset[Role]
    states: frozenset[State]
    others: bool = False
    """Whether the states are those of other authorities' registrations: a statement is given to somebody else."""
    when_taken: bool = False
    """Whether staff must have taken the case first, so that the reporter knows who answers."""
    needs: Right = Right.WRITE
    """What a citizen's seat must open."""

    def entitles(self, actor: Actor) -> bool:
        """Whether the actor may give the command in some state."""
        return actor.role in self.roles and (actor.role is not Role.REPORTER or self.needs in actor.rights)

    def states_for(self, role: Role) -> frozenset[State]:
        """The states in which somebody of this role may give the command."""
        return self.states - {State.RECEIVED} if self.when_taken and role in STAFF else self.states


RULES: dict[type[c.Command], Rule] = {
    c.SubmitCase: Rule(REPORTER, frozenset()),
    c.TakeCase: Rule(STAFF, sources(Trigger.TAKE)),
    c.AssignCase: Rule(STAFF | {Role.DISTRIBUTOR}, sources(Trigger.TAKE)),
    c.ReleaseCase: Rule(STAFF, sources(Trigger.RELEASE)),
    c.PostMessage: Rule(STAFF | REPORTER, OPEN, when_taken=True),
    c.AskReporter: Rule(STAFF, sources(Trigger.ASK)),
    c.StopWaiting: Rule(STAFF, sources(Trigger.REPLY)),
    c.WriteNote: Rule(STAFF, ANY_STATE),
    c.ForwardCase: Rule(STAFF | {Role.DISTRIBUTOR}, sources(Trigger.MOVE)),
    c.SetPlace: Rule(STAFF, OPEN),
    c.ProposeSharing: Rule(STAFF, OPEN),
    c.GiveConsent: Rule(REPORTER, OPEN | {State.ANSWERED, State.CLOSED, State.REFERRED}, needs=Right.DECIDE),
    c.RefuseConsent: Rule(REPORTER, ANY_STATE, needs=Right.DECIDE),
    c.WithdrawConsent: Rule(REPORTER, ANY_STATE, needs=Right.DECIDE),
    c.LeaveCase: Rule(STAFF, sources(Trigger.LEAVE)),
    c.AskStatement: Rule(frozenset({Role.OFFICER}), sources(Trigger.ASK_STATEMENT)),
    c.GiveStatement: Rule(frozenset({Role.CASEWORKER}), sources(Trigger.GIVE_STATEMENT), others=True),
    c.ReleaseStatement: Rule(frozenset({Role.OFFICER}), OPEN),
    c.AnswerCase: Rule(STAFF, sources(Trigger.ANSWER)),
    c.RateAnswer: Rule(REPORTER, frozenset({State.ANSWERED, State.CLOSED})),
    c.AskOn: Rule(REPORTER, sources(Trigger.REOPEN)),
    c.AddToAnswer: Rule(STAFF, frozenset({State.ANSWERED})),
    c.ReopenCase: Rule(STAFF, sources(Trigger.REOPEN)),
    c.WithdrawCase: Rule(REPORTER, sources(Trigger.WITHDRAW), needs=Right.DECIDE),
    c.ReferCase: Rule(STAFF, sources(Trigger.REFER)),
    c.AskQuestions: Rule(STAFF, OPEN, when_taken=True),
    c.AnswerQuestions: Rule(REPORTER, OPEN),
    c.CloseThread: Rule(frozenset({Role.SYSTEM}), sources(Trigger.CLOSE)),
    c.OpenSeat: Rule(frozenset({Role.SYSTEM}), ANY_STATE),
    c.EndSeat: Rule(frozenset({Role.SYSTEM}), ANY_STATE),
}


def check(case: Case, command: c.Command, actor: Actor) -> None:
    """Return if the actor may give the command now; NotYours, NotThisType or NotNow otherwise."""
    rule = RULES[type(command)]
    if not rule.entitles(actor):
        raise NotYours(command=tag_of(type(command)))
    if not _fits(case, type(command)):
        raise NotThisType(command=tag_of(type(command)))
    states = states_of(case, actor, others=rule.others)
    if not states & rule.states_for(actor.role):
        raise NotNow(state=",".join(sorted(states)))


def may(case: Case, kind: type[c.Command], actor: Actor) -> bool:
    """Whether a page should offer the command to this actor now."""
    rule = RULES[kind]
    entitled = rule.entitles(actor) and _fits(case, kind)
    return entitled and bool(states_of(case, actor, others=rule.others) & rule.states_for(actor.role))


def allowed(case: Case, actor: Actor) -> frozenset[str]:
    """The tags of the commands that the actor may give now."""
    return frozenset(tag_of(kind) for kind in RULES if may(case, kind, actor))


def later(case: Case, actor: Actor) -> frozenset[str]:
    """The tags of the commands that the actor may not give yet: as soon as somebody works with the open case again."""
    if not states_of(case, actor) <= OPEN:
        return frozenset()
    working = {
        kind for kind, rule in RULES.items() if not rule.others and State.IN_PROGRESS in rule.states_for(actor.role)
    }
    tags = frozenset(tag_of(kind) for kind in working if RULES[kind].entitles(actor) and _fits(case, kind))
    return tags - allowed(case, actor)


def tag_of(kind: type[c.Command]) -> str:
    """What a command is called."""
    return str(kind.__struct_config__.tag)


def _fits(case: Case, kind: type[c.Command]) -> bool:
    """Whether a case of this type can be ended so; what ends nothing fits all."""
    return tag_of(kind) not in ENDS or tag_of(kind) in type_of(case.type).ends


def states_of(case: Case, actor: Actor, *, others: bool = False) -> frozenset[State]:
    """The states that count for this actor: staff see their own registration's, the reporter every one."""
    if others:
        return frozenset(r.state for r in case.registrations if r.id != actor.registration)
    match actor.role:
        case Role.REPORTER | Role.SYSTEM:
            return frozenset(registration.state for registration in case.registrations)
        case Role.CASEWORKER | Role.DISTRIBUTOR | Role.OFFICER:
            if actor.registration is None:
                return frozenset()
            return frozenset({case.registration(actor.registration).state})
        case Role.ADMINISTRATOR:
            return frozenset()
    assert_never(actor.role)
