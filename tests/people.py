"""The people of the tests: all invented. Personal numbers are among those the tax agency publishes for testing."""

from inbox.cases.model import Grant, Identity, Role
from inbox.principals.principal import Citizen, Employee, Individual, Who
from inbox.storage.people import Person

EKBACKEN = "SE0000000001-VCEKBACKEN"
TORGET = "SE0000000001-VCTORGET"
AKUTEN = "SE0000000001-LSAKUTMOTT"
ASPELUNDA = "SE0000000001-ASPEVCLINDBY"
NOT_CONNECTED = "SE0000000001-VCOSTERHAMRA"
EXTERNAL = "SE0000000001-SJDIAL"
BOARD = "SE0000000001-PNMITTLAND"

ANNA = Person(
    id="anna", name="Anna Provlind", staff=False, personal_number="191212121212", sex="woman", birth_year=1912
)
BO = Person(id="bo", name="Bo Testman", staff=False)
KARIN = Person(id="karin", name="Karin Handlund", staff=True)
LARS = Person(id="lars", name="Lars Kollegsson", staff=True)
SARA = Person(id="sara", name="Sara Torgman", staff=True)
FIA = Person(id="fia", name="Fia Fördelin", staff=True)
OLLE = Person(id="olle", name="Olle Nämndén", staff=True)
ADA = Person(id="ada", name="Ada Administer", staff=True)

GRANTS: dict[str, tuple[Grant, ...]] = {
    "karin": (Grant(Role.CASEWORKER, EKBACKEN),),
    "lars": (Grant(Role.CASEWORKER, EKBACKEN),),
    "sara": (Grant(Role.CASEWORKER, TORGET),),
    "fia": (Grant(Role.DISTRIBUTOR, EKBACKEN),),
    "olle": (Grant(Role.OFFICER, BOARD),),
    "ada": (Grant(Role.ADMINISTRATOR, EKBACKEN),),
}
EVERYBODY = (ANNA, BO, KARIN, LARS, SARA, FIA, OLLE, ADA)


def identity(person: Person | Who) -> Identity:
    """Who that is, once signed in; of a code's holder nobody knows more."""
    if isinstance(person, Who):
        return Identity(person, "")
    return Identity(who(person), person.name, GRANTS.get(person.id, ()), works=person.staff)


def who(person: Person) -> Who:
    """The same without what is known of them: whoever works here comes as staff."""
    return Who(Individual(person.id), Employee() if person.staff else Citizen())
