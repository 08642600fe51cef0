"""The house plan, checked where types and imports cannot: see ARCHITECTURE.md."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

from dialogs import load as dialogs
from dialogs.errors import Category, Refused
from dialogs.kinds import SENTENCES as OF_ANSWERS
from handlers.errors import GUARDS, PARTS, SENTENCES, STATUSES
from inbox.actions.decide import RULES as DECIDING
from inbox.cases.commands import KINDS
from inbox.cases.events import AnyEvent
from inbox.cases.permissions import RULES
from server.config import LIMITS, NO_LIMITS, described
from server.reference import limits
from server.reference.pages import ROOT, pages
from tests.planted.layers import LAYERS

FAULTS = [fault for faults in LAYERS.values() for fault in faults]
CORE = ("dialogs/", "inbox/", "handlers/", "server/")
MOST_FILES, MOST_LINES = 16, 45
CLOCKS = r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time(_ns)?)\("
CHANCE = r"^\s*(import|from) (random|secrets)\b|\bos\.urandom\(|\buuid[147]\b"
KNOWS_THE_CLOCK = {"server/app.py", "server/ids.py", "server/observability/logs.py"}
"""logs stamps records by Python's own logging; ids gives a number the shape of a UUID."""


@cache
def tracked() -> tuple[str, ...]:
    """Every file that is part of the project: in git, or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    found = listed or [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
    return tuple(name for name in found if (ROOT / name).is_file() and not name.startswith(("var/", ".venv/")))


def sources(*endings: str, under: tuple[str, ...] = ("",)) -> Iterator[tuple[str, str]]:
    """Names and texts of our own files with one of the endings."""
    for name in tracked():
        ours = "/vendor/" not in name and "node_modules/" not in name
        if ours and name.endswith(endings) and name.startswith(under):
            yield name, (ROOT / name).read_text(encoding="utf-8")


def lines_with(pattern: str, *endings: str, under: tuple[str, ...] = ("",)) -> list[str]:
    """Places where a pattern stands, as `file:line`."""
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}"
        for name, text in sources(*endings, under=under)
        for number, line in enumerate(text.splitlines(), 1)
        if wanted.search(line)
    ]


def every_refusal(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        yield from every_refusal(child)


# Commands and refusals -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", sorted(KINDS))
def test_every_command_has_a_permission(tag: str) -> None:
    assert KINDS[tag] in RULES


@pytest.mark.parametrize("tag", sorted(KINDS))
def test_every_command_is_given_in_a_test(tag: str) -> None:
    name = KINDS[tag].__name__
    tests = sources(".py", under=("tests/inbox/", "tests/handlers/"))
    assert any(re.search(rf"\b({name}|{tag})\b", text) for _, text in tests)


def test_every_command_is_decided_by_a_rule_of_its_own() -> None:
    # Filing has no case yet.
    assert {kind.__struct_config__.tag for kind in DECIDING} | {"submit_case"} == set(KINDS)
    assert len(set(DECIDING.values())) == len(DECIDING)


def test_no_more_files_name_every_command_or_event_than_a_new_one_is_added_to() -> None:
    """CONTRIBUTING counts them. All but four is every one: four have no form."""
    listing = {
        "inbox/cases/commands.py",
        "inbox/cases/permissions.py",
        "inbox/cases/events.py",
        "inbox/cases/apply.py",
        "handlers/view/form_specs.py",
        # These name what there is, and do without what comes.
        "inbox/reference/audience_matrix.py",
        "handlers/thread/entries_view.py",
    }
    kinds = {tag: kind.__name__ for tag, kind in KINDS.items()}
    events = {str(kind.__struct_config__.tag): kind.__name__ for kind in get_args(AnyEvent)}
    found = set()
    for name, text in sources(".py", ".html", ".js", ".toml"):
        words = set(re.findall(r"\w+", text))
        for all_of in (kinds, events):
            if sum(bool({tag, kind} & words) for tag, kind in all_of.items()) >= len(all_of) - 4:
                found.add(name)
    assert found == listing


def test_no_file_names_every_setting_but_the_one_where_they_are_said() -> None:
    names = {name for name, *_ in described()}
    found = {
        file
        for file, text in sources(".py", ".html", ".js", ".toml")
        if len(names & {word.upper() for word in re.findall(r"\w+", text)}) >= len(names) * 0.8
    }
    assert found == {"server/config.py"}


def test_every_refusal_has_a_sentence() -> None:
    codes = {str(kind.code) for kind in every_refusal(Refused) if hasattr(kind, "code")}
    assert sorted(codes - set(SENTENCES)) == []


def test_every_category_of_refusals_has_a_status_of_its_own() -> None:
    assert set(STATUSES) == set(Category)
    assert len(set(STATUSES.values())) == len(Category)


def test_a_sentence_leaves_no_gap_that_nobody_fills() -> None:
    gaps = {
        code: {name for _, name, _, _ in Formatter().parse(sentence) if name}
        for code, sentence in SENTENCES.items()
        if code not in OF_ANSWERS
    }
    assert {code: names - set(PARTS) for code, names in gaps.items() if names - set(PARTS)} == {}


def test_every_sentence_of_a_refusal_is_there_in_english() -> None:
    with (ROOT / "web/locales/en/LC_MESSAGES/messages.po").open("rb") as file:
        done = [message.id for message in read_po(file) if message.string and not message.fuzzy]
    # Of a sentence with a number it is the form for many.
    english = {id if isinstance(id, str) else id[-1] for id in done}
    said = {*SENTENCES.values(), *GUARDS.values()}
    assert sorted(said - english) == []


def test_every_dialog_loads_and_is_complete_in_each_of_its_languages() -> None:
    for name in dialogs.names():
        for version in dialogs.versions(name):
            assert {"sv", "en"} <= set(dialogs.load(name, version).languages)


# Pages and scripts ---------------------------------------------------------------------------------------------------


def test_text_reaches_the_page_as_text() -> None:
    assert lines_with(r"\|\s*safe\b|\bMarkup\(|autoescape\s+false", ".html", ".py", under=(*CORE, "web/")) == []


def test_no_script_makes_elements_out_of_text() -> None:
    pattern = r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function)\b"
    assert lines_with(pattern, ".js", ".html", under=("web/",)) == []


def test_no_field_cuts_off_what_is_pasted() -> None:
    """What is too long is refused with the words still there; a search says how much of it was looked for."""
    assert lines_with(r"\bmaxlength=", ".html", under=("web/templates/",)) == []


def test_what_is_typed_into_any_form_is_kept() -> None:
    """By one of the mechanisms for it (web/templates/README.md)."""
    form = re.compile(r"<form(?P<how>(?:[^>{]|{{.*?}}|{%.*?%})*)>.*?</form>", re.DOTALL)
    filled_in = re.compile(
        r'<textarea|{{ field\(|{{ unit_choice\(|<input(?![^>]*type="(?:hidden|radio|checkbox|file)")'
    )
    forms = [
        (name, match["how"])
        for name, text in sources(".html", under=("web/templates/",))
        for match in form.finditer(text)
        if filled_in.search(match[0]) or (name.startswith("web/templates/intake/") and "choice(" in match[0])
    ]
    assert len(forms) >= 20
    # What opens a case is never kept in a browser: a computer may be shared.
    kept = ("data-keep", "data-composer", "data-answer", "data-halfway", "data-picker", "data-secret")
    assert [one for one in forms if not any(mark in one[1] for mark in kept)] == []


def test_no_page_carries_script_or_style_of_its_own() -> None:
    pattern = r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+="
    assert lines_with(pattern, ".html", under=("web/templates/",)) == []


@pytest.mark.parametrize(
    ("folder", "may_import"),
    [
        ("model", {"model"}),
        ("kept", {"kept", "model"}),
        ("live", {"live", "model", "vendor"}),
        ("ui", {"ui", "model"}),
    ],
)
def test_scripts_import_only_downwards(folder: str, may_import: set[str]) -> None:
    wrong = []
    for name, text in sources(".js", under=(f"web/assets/{folder}/",)):
        # In comments stand types: they may come from anywhere.
        code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        for found in re.findall(r"""(?:from|import)\s*\(?['"](\.[^'"]+)['"]""", code):
            target = (ROOT / name).parent.joinpath(found).resolve().relative_to(ROOT / "web/assets").parts[0]
            if target not in may_import:
                wrong.append(f"{name} imports {found}")
    assert wrong == []


def test_what_decides_and_what_talks_know_no_page() -> None:
    under = ("web/assets/model/", "web/assets/kept/", "web/assets/live/")
    assert lines_with(r"\bdocument\.(querySelector|getElementById|createElement|body)\b", ".js", under=under) == []


# The core ------------------------------------------------------------------------------------------------------------


def test_only_the_settings_read_the_environment() -> None:
    found = lines_with(r"\bos\.environ\b|\bgetenv\b|from os import .*environ", ".py", under=CORE)
    assert {place.partition(":")[0] for place in found} <= {"server/config.py"}


def test_only_the_house_knows_the_clock_and_chance() -> None:
    found = lines_with(CLOCKS, ".py", under=CORE) + lines_with(CHANCE, ".py", under=CORE)
    assert {place.partition(":")[0] for place in found} - KNOWS_THE_CLOCK == set()


@pytest.mark.parametrize(
    "under",
    ["dialogs/", "inbox/actions/", "inbox/administration/", "inbox/directory/", "inbox/cases/"],
)
def test_deciding_never_waits(under: str) -> None:
    assert lines_with(r"\bawait\b|\basync def\b", ".py", under=(under,)) == []


def test_a_case_is_written_only_by_act() -> None:
    callers = lines_with(r"\bcases\.keep(ing)?\(", ".py", under=CORE)
    assert {place.partition(":")[0] for place in callers} == {"inbox/execution/executor.py"}


def test_no_module_opens_a_side_door() -> None:
    for folder in ("dialogs", "inbox", "handlers"):
        text = (ROOT / folder / "__init__.py").read_text(encoding="utf-8")
        assert "import *" not in text
    assert "import" not in (ROOT / "inbox/__init__.py").read_text(encoding="utf-8").replace("important", "")


# The project ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_fresh(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == pages()[name](), "run: make docs"


def test_every_limit_is_on_the_page_of_settings() -> None:
    listed = [name for names in LIMITS.values() for name in names]
    figures = {name for name, _, default, _ in described() if isinstance(default, int)}
    assert sorted(listed) == sorted(figures - NO_LIMITS)
    told = {(one.file, one.name) for one in limits.CONSTANTS} | limits.OF_NOBODY
    named = {
        (file, name)
        for file, _ in sources(".py", under=CORE)
        for name in limits.constants_in(file)
        if name.startswith(("MOST", "LONGEST", "LARGEST"))
    }
    assert sorted(named - told) == []


def test_migrations_follow_each_other_in_the_order_of_their_files() -> None:
    files = sorted((ROOT / "inbox" / "storage" / "migrations" / "versions").glob("[0-9]*.py"))
    said = [
        re.findall(r'^(?:down_)?revision = "?(\w+)"?$', path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in files
    ]
    numbers = [path.name[:4] for path in files]
    assert said == [list(pair) for pair in zip(numbers, ["None", *numbers], strict=False)]


def test_nothing_is_left_for_later() -> None:
    words = r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK|NotImplemented" + r"Error)\b"
    assert lines_with(words, ".py", ".js", ".html", ".css", ".toml", ".md") == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    places = r"(?<![\w.~])/(ro" + r"ot|wo" + r"rk)/\w"
    assert lines_with(places, ".py", ".js", ".html", ".css", ".toml", ".md", ".lock", ".in", "Makefile", ".json") == []


def test_the_locks_name_no_registry() -> None:
    assert lines_with(r"https?://|--index-url|--find-links", ".lock") == []


def test_every_folder_of_code_says_what_lives_there() -> None:
    quiet = [name for name, text in sources("/__init__.py", under=CORE) if not text.startswith('"""')]
    assert quiet == []


def test_no_folder_holds_more_files_of_code_than_one_takes_in_at_a_glance() -> None:
    code = [name for name in tracked() if name.endswith((".py", ".js", ".css", ".html")) and "/versions/" not in name]
    folders = Counter(Path(name).parent.as_posix() for name in code)
    assert {folder: number for folder, number in folders.items() if number > MOST_FILES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    defined = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = [
        f"{name} {node.name}"
        for name, text in sources(".py", under=CORE)
        if "/migrations/" not in name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, defined) and (node.end_lineno or 0) - node.lineno >= MOST_LINES
    ]
    assert long == []


def test_every_planted_fault_can_still_be_planted() -> None:
    """Where a rule has moved, its fault goes along; where there is no such rule any more, the fault goes too."""
    stale = [
        f"{fault.file}: {fault.harm}"
        for fault in FAULTS
        if (ROOT / fault.file).read_text(encoding="utf-8").count(fault.stands) != 1 or fault.stands == fault.instead
    ]
    assert stale == [], "mend tests/planted/layers, and ask `make planted`"


def test_whoever_finds_a_planted_fault_is_there() -> None:
    named = [where.partition("::") for fault in FAULTS for where in fault.found_by]
    missing = [
        f"{file}::{name}"
        for file, _, name in named
        if not (ROOT / file).exists() or (name and f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_faults_are_planted_in_every_layer() -> None:
    assert {layer: len(faults) >= 8 for layer, faults in LAYERS.items()} == dict.fromkeys(LAYERS, True)
    assert sum(fault.rights for fault in FAULTS) >= 40
