"""A page of a list costs the same however long the list is, and however far in it is."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Select, create_engine
from sqlalchemy.dialects import sqlite

from inbox.storage import schema as s
from inbox.storage.lists import queues

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    """A database with tables and nothing in them."""
    engine = create_engine("sqlite://")
    s.metadata.create_all(engine)
    connection = engine.raw_connection()
    assert isinstance(connection.driver_connection, sqlite3.Connection)
    yield connection.driver_connection
    connection.close()


def plan(connection: sqlite3.Connection, query: Select[*tuple[Any, ...]]) -> str:
    """What the database says it will do."""
    text = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True})
    return "\n".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}"))


@pytest.mark.parametrize("only", ["all", "mine", "free"])
@pytest.mark.parametrize("open_ones", [True, False])
@pytest.mark.parametrize("at", [None, date(2026, 4, 1), "without"])
def test_what_a_page_holds_is_taken_from_an_index_in_its_order(
    empty: sqlite3.Connection, only: str, open_ones: bool, at: date | str | None
) -> None:
    goal = at if isinstance(at, date) else None
    last = None if at is None else queues._Place("case", "r1", goal, MOMENT, MOMENT)
    for part in queues._parts(last, open_ones=open_ones):
        picked = queues._picked(part, ["unit"], "person", open_ones=open_ones)
        said = plan(empty, queues._narrowed(picked, only, "person"))
        assert "TEMP B-TREE" not in said
        assert "SEARCH" in said
        assert "owner=?" in said


def test_what_is_counted_is_counted_in_an_index(empty: sqlite3.Connection) -> None:
    assert "COVERING INDEX" in plan(empty, queues._counted(["unit"], "person"))
