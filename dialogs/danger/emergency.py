"""What calls for help at once. It only shows where to call: nothing is blocked, nothing is sent to anybody."""

from dialogs.danger.find import danger_in
from dialogs.schema.model import Step
from dialogs.schema.values import Value


def emergency(text: str) -> bool:
    """Whether the text speaks of danger now, to the writer or to somebody else, in any of the languages."""
    found = danger_in(text)
    return found is not None and found.level == "now"


def alarming(step: Step, value: Value) -> bool:
    """Whether an answer should show where to get help, in the same turn."""
    if value.written:
        return emergency(value.written)
    return any(choice.urgent and choice.id in value.picked for choice in step.choices)
