"""What the address says of a list: taken, or refused by the name that it has there."""

import pytest
from aiohttp.test_utils import make_mocked_request

from handlers.view.list_query import ListQuery, list_query
from inbox.cases.errors import Malformed


def asked(query: str, method: str = "GET") -> ListQuery:
    return list_query(make_mocked_request(method, f"/lista?{query}"), parts=2, usual=50, filters=("alla", "klara"))


def test_without_a_word_it_is_the_beginning_of_the_usual_list() -> None:
    assert asked("") == ListQuery(filter="", after=(), size=50, usual=50)


def test_what_is_said_is_taken() -> None:
    assert asked("visa=klara&efter=a1.r1&antal=7") == ListQuery("klara", ("a1", "r1"), 7, 50)


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("visa=allt", "visa"),
        ("visa=Alla", "visa"),
        ("efter=a1", "efter"),
        ("efter=a1.", "efter"),
        ("efter=.r1", "efter"),
        ("efter=a1.r1.x", "efter"),
        (f"efter={'a' * 80}.r1", "efter"),
        ("antal=0", "antal"),
        ("antal=-1", "antal"),
        ("antal=101", "antal"),
        ("antal=1e2", "antal"),
        ("antal=%D9%A3", "antal"),
        ("antal=", "antal"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(query: str, where: str) -> None:
    with pytest.raises(Malformed) as refused:
        asked(query)
    assert refused.value.params["where"] == where


def test_the_address_of_a_form_refuses_nothing_that_is_typed_in_it() -> None:
    assert asked("visa=allt&efter=x&antal=x", "POST") == ListQuery("", (), 50, 50)


@pytest.mark.parametrize(
    ("query", "address"),
    [("", "/lista"), ("visa=klara", "/lista?visa=klara&efter=b.r2"), ("antal=7", "/lista?efter=b.r2&antal=7")],
)
def test_the_next_page_is_as_long_as_this_one(query: str, address: str) -> None:
    it = asked(query)
    assert it.address("/lista", it.filter, ("b", "r2") if query else ()) == address
