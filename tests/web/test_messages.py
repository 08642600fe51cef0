"""Every text of the pages is there in English too. `make messages` collects them."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
KEYWORDS = ("-k", "N_", "-k", "Counted:1,2", "-k", "counted:1,2")
ENGLISH = ROOT / "web/locales/en/LC_MESSAGES/messages.po"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What stands in the source now."""
    template = tmp_path_factory.mktemp("texts") / "messages.pot"
    words = ["pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml"), *KEYWORDS, "-o", str(template), str(ROOT)]
    CommandLineInterface().run(words)  # type: ignore[no-untyped-call]
    return read(template)


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def complete(catalog: Catalog) -> set[object]:
    """The texts that have a translation."""
    done: set[object] = set()
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and all(forms) and not message.fuzzy:
            done.add(message.id)
    return done


def values_in(text: str | Sequence[str] | None) -> set[str]:
    """What is filled in in a text, or in any of its forms for a number."""
    forms = (text,) if isinstance(text, str) else text or ()
    return {name for form in forms for name in re.findall(r"\{(\w+)\}|%\((\w+)\)s", form) for name in name if name}


def test_every_text_is_there_in_english(texts: Catalog) -> None:
    wanted = {message.id for message in texts if message.id}
    missing = sorted(map(str, wanted - complete(read(ENGLISH))))
    assert missing == [], "run: make messages, and translate what is empty"


def test_the_same_values_are_filled_in_in_both_languages() -> None:
    catalogue = [message for message in read(ENGLISH) if message.id]
    assert [message.id for message in catalogue if message.check()] == []
    assert [message.id for message in catalogue if not values_in(message.string) <= values_in(message.id)] == []
