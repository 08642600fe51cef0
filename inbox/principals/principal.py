"""Who acts: one of four kinds, and never nobody; and in which capacity."""

from msgspec import Struct


class Individual(Struct, frozen=True, tag_field="is", tag="person"):
    """A person who has signed in."""

    id: str

    @property
    def key(self) -> str:
        """What tells them apart from every other principal, where one is counted or remembered."""
        return self.id


class CodeHolder(Struct, frozen=True, tag_field="is", tag="code"):
    """Whoever holds the receipt code of one case. Nobody knows, or is to find out, which person that is."""

    id: str
    """Of the code: opens nothing."""
    case: str
    """The only case it can open."""

    @property
    def key(self) -> str:
        """As of an individual; no person's id looks like it."""
        return f"code:{self.id}"


class Machine(Struct, frozen=True, tag_field="is", tag="machine"):
    """Another system that asks in its own name. It has a place in no case yet."""

    id: str

    @property
    def key(self) -> str:
        """As of an individual."""
        return f"machine:{self.id}"


class TheService(Struct, frozen=True, tag_field="is", tag="service"):
    """This service, when something happens by itself."""

    @property
    def key(self) -> str:
        """As of an individual."""
        return "service"


Principal = Individual | CodeHolder | Machine | TheService


class Citizen(Struct, frozen=True, tag_field="as", tag="citizen"):
    """In one's own matters. Opens one's own seats, and nobody's desk."""


class Employee(Struct, frozen=True, tag_field="as", tag="employee"):
    """At work. Opens desks, and none of one's own cases."""

    of: str = ""
    """Directory id of the care provider or board; empty: wherever roles are held."""


class Program(Struct, frozen=True, tag_field="as", tag="program"):
    """What a machine, or the service itself, acts as."""


Capacity = Citizen | Employee | Program


class Who(Struct, frozen=True):
    """A principal in one of its capacities: what a session is for, and what is asked at every command and send."""

    principal: Principal
    capacity: Capacity = Citizen()

    @property
    def person(self) -> str | None:
        """The person's id; None for a principal that is none."""
        return self.principal.id if isinstance(self.principal, Individual) else None


SERVICE = Who(TheService(), Program())
