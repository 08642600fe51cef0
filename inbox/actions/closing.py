"""The final answer, and what must hold before it is given."""

from enum import StrEnum

from dialogs.answers.typed import shows
from inbox.actions.audience import desk, everyone
from inbox.actions.context import DecisionContext
from inbox.actions.handling import own
from inbox.cases.case_types import type_of
from inbox.cases.commands import AnswerCase
from inbox.cases.errors import GuardsUnmet, UnknownCategory
from inbox.cases.events import CaseAnswered, Decided, DisclosureAssessed, ThreadClosed
from inbox.cases.model import Actor, Case, PartyKind, Registration, Relation, State


class Guard(StrEnum):
    """What must hold before an answer. Explanation and measures: PSL 3:8 b; classification: the boards' handbook."""

    EXPLANATION = "explanation_missing"
    MEASURES = "measures_missing"
    PROBLEM = "problem_missing"
    AREA = "area_missing"
    PLACE = "place_missing"
    ASSESSMENT = "assessment_missing"
    STATEMENT = "statement_pending"


def answer_case(case: Case, command: AnswerCase, actor: Actor, facts: DecisionContext) -> list[Decided]:
    """The answer, which also ends the handling; GuardsUnmet names everything that is missing, at once."""
    registration = own(case, actor)
    _known(command, facts)
    missing = unmet(case, registration, command)
    if missing:
        raise GuardsUnmet(tuple(guard.value for guard in missing))
    asks_on = type_of(case.type).window is not None
    answer = CaseAnswered(
        registration=registration.id,
        explanation=command.explanation.strip(),
        measures=command.measures,
        no_measures=command.no_measures.strip() if not command.measures else "",
        regret=command.regret.strip(),
        reply_until=facts.reply_until(registration.owner) if asks_on else facts.now,
        problems=tuple(dict.fromkeys(command.problems)),
        area=command.area,
        place=case.place,
    )
    # Where nobody can ask on, the answer is the last that is said.
    closed = [] if asks_on else [Decided(event=ThreadClosed(registration=registration.id), to=everyone(case))]
    return [*_assessed(registration, command), Decided(event=answer, to=everyone(case)), *closed]


def unmet(case: Case, registration: Registration, command: AnswerCase) -> tuple[Guard, ...]:
    """Every guard that the answer does not meet, in the order of the form."""
    needed = type_of(case.type).answer
    board = case.party(registration.party).kind is PartyKind.BOARD
    measured = any(shows(measure.text) for measure in command.measures) or shows(command.no_measures)
    met = {
        Guard.EXPLANATION: shows(command.explanation),
        # Measures are the care's to take (PSL 3:8 b); a board closes its own support without any.
        Guard.MEASURES: "measures" not in needed or board or measured,
        Guard.PROBLEM: "classification" not in needed or bool(command.problems),
        Guard.AREA: "classification" not in needed or bool(command.area),
        Guard.PLACE: case.place is not None,
        Guard.ASSESSMENT: _entitled(case, registration, command),
        Guard.STATEMENT: all(other.state is not State.AWAITING_STATEMENT for other in case.registrations),
    }
    return tuple(guard for guard, holds in met.items() if not holds)


def _known(command: AnswerCase, facts: DecisionContext) -> None:
    """Return if the list in use today has every code; UnknownCategory names the first field that is wrong."""
    if facts.categories is None:
        raise TypeError("an answer is classified by a list")
    problem, area = facts.categories.problem, facts.categories.area
    for number, code in enumerate(command.problems):
        if (found := problem(code)) is None or not found.valid_on(facts.today):
            raise UnknownCategory(where=f"$.problems[{number}]")
    if command.area and ((found := area(command.area)) is None or not found.valid_on(facts.today)):
        raise UnknownCategory(where="$.area")


def _entitled(case: Case, registration: Registration, command: AnswerCase) -> bool:
    """A reporter who is not the patient is answered in substance only after an assessment of harm (OSL 25:1)."""
    asked = case.relation is not Relation.SELF and "assessment" in type_of(case.type).answer
    return not asked or registration.assessed or shows(command.assessment)


def _assessed(registration: Registration, command: AnswerCase) -> list[Decided]:
    if not command.assessment.strip():
        return []
    event = DisclosureAssessed(registration=registration.id, text=command.assessment.strip())
    return [Decided(event=event, to=desk(registration))]
