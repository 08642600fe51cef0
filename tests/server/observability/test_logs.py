"""The log tells what happened, and nothing about people."""

import json
import logging
import sys

from server.observability.logs import JsonLines, TextLines, request_id


def logged(message: str, *args: object, **extra: object) -> dict[str, object]:
    record = logging.getLogger("server.test").makeRecord(
        "server.test", logging.INFO, __file__, 1, message, args, None, extra=extra or None
    )
    line: dict[str, object] = json.loads(JsonLines().format(record))
    return line


def test_an_id_and_a_number_are_told() -> None:
    line = logged("message posted", case="0192f0c1-aaaa", seq=4)
    assert (line["event"], line["case"], line["seq"]) == ("message posted", "0192f0c1-aaaa", 4)


def test_text_with_words_in_it_is_hidden() -> None:
    line = logged("message posted", text="Jag fick vänta i tre timmar")
    assert "vänta" not in json.dumps(line, ensure_ascii=False)


def test_a_library_that_fills_in_values_tells_only_its_pattern() -> None:
    line = logged("received %s from %s", "Jag heter Anna", "Anna")
    assert line["event"] == "received %s from %s"


def test_an_exception_tells_its_type_and_place_but_not_its_message() -> None:
    try:
        raise ValueError("Anna Andersson skrev något")
    except ValueError:
        record = logging.getLogger("server").makeRecord(
            "server", logging.ERROR, __file__, 1, "it broke", (), sys.exc_info()
        )
    line = JsonLines().format(record)
    assert "ValueError" in line
    assert "test_logs.py" in line
    assert "Anna" not in line


def test_the_request_is_named_in_every_line() -> None:
    mark = request_id.set("r-17")
    try:
        assert logged("anything")["request"] == "r-17"
        assert logged("anything").get("request") == "r-17"
    finally:
        request_id.reset(mark)
    assert "request" not in logged("anything")


def test_the_readable_style_tells_the_same() -> None:
    record = logging.getLogger("server").makeRecord(
        "server", logging.INFO, __file__, 1, "request", (), None, extra={"status": 200}
    )
    assert TextLines().format(record).endswith("server: request status=200")
