"""A page of one's own cases is put together from rows of indexes, however many cases there are."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import sqlite

from inbox.storage import schema as s
from inbox.storage.lists.home import LastOwn, picked

LAST = LastOwn(1, datetime(2026, 3, 1, tzinfo=UTC), "case")


@pytest.mark.parametrize("after", [None, LAST], ids=["first", "further"])
def test_what_a_page_holds_is_found_by_indexes_and_reads_no_case_whole(after: LastOwn | None) -> None:
    engine = create_engine("sqlite://")
    s.metadata.create_all(engine)
    query = picked("person", LAST.changed_at, after, 50)
    compiled = query.compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )
    with engine.connect() as connection:
        plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    looked_up = [line for line in plan if line.startswith(("SEARCH", "SCAN"))]
    tables = {name for name in s.metadata.tables if any(f" {name} " in f"{line} " for line in looked_up)}
    assert tables == {"seat", "read_mark", "feed", "event", "registration", "inbox_item", "answer_read"}
    assert [line for line in looked_up if line.startswith("SCAN") and " ".join(line.split()[1:2]) in tables] == []
    assert [line for line in looked_up if line.startswith("SEARCH registration") and "case_id=?" not in line] == []
