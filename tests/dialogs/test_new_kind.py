"""A new kind of question is a file of rules, a template and its texts: tried by adding one to a copy."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server.reference.pages import ROOT
from tests.test_structure import tracked

NEW = Path(__file__).parent / "new_kind"
STEP = """
[[steps]]
id = "pain"
kind = "scale"
settings = { highest = 5 }
next = [{ to = "understanding" }]
"""
WORDS = {
    "sv": (
        "Hur ont gjorde det?",
        "Hur ont",
        "Svaret säger hur fort det är.",
        "Till exempel 5 om det gjorde mycket ont.",
    ),
    "en": ("How much did it hurt?", "Pain", "The answer says how urgent it is.", "For example 5 if it hurt a lot."),
}
TEXT = 'msgid "Välj en siffra på skalan."\nmsgstr "Choose a number on the scale."\n'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """All that runs, with a scale among the kinds, and a version of the dialog that asks on it."""
    for name in tracked():
        if (
            name.startswith(("dialogs/", "inbox/", "handlers/", "server/", "web/", "tests/"))
            or name == "pyproject.toml"
        ):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / name)
    # The two files, and the texts.
    shutil.copyfile(NEW / "scale.py", tmp_path / "dialogs/kinds/scale.py")
    shutil.copyfile(NEW / "scale.html", tmp_path / "web/templates/intake/kinds/scale.html")
    with (tmp_path / "web/locales/en/LC_MESSAGES/messages.po").open("a", encoding="utf-8") as catalogue:
        catalogue.write(f"\n{TEXT}")
    _ask_it(tmp_path / "dialogs/definitions/complaint")
    return tmp_path


def _ask_it(dialog: Path) -> None:
    """A version of the dialog with the question before the last one."""
    shutil.copytree(dialog / "2", dialog / "3")
    rules = dialog / "3/dialog.toml"
    before = rules.read_text(encoding="utf-8").replace("version = 2", "version = 3", 1)
    last = 'beside = "more"\nnext = [{ to = "understanding" }]'
    assert before.count(last) == 1
    rules.write_text(before.replace(last, last.replace("understanding", "pain") + STEP), encoding="utf-8")
    for language, (question, label, why, example) in WORDS.items():
        with (dialog / f"3/{language}.toml").open("a", encoding="utf-8") as words:
            words.write(
                f'\n[steps.pain]\nquestion = "{question}"\nlabel = "{label}"\nwhy = "{why}"\nexample = "{example}"\n'
            )


@pytest.mark.slow
def test_a_new_kind_of_question_is_two_files_and_its_texts(copy: Path) -> None:
    shutil.copyfile(NEW / "walked.py", copy / "tests/handlers/intake/test_walked.py")
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/handlers/intake/test_walked.py",
            "tests/web/test_pages.py",
        ],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-5000:]


def test_no_code_but_the_kinds_themselves_names_them() -> None:
    ours = [
        name for name in tracked() if name.startswith(("dialogs/", "inbox/", "handlers/", "server/", "web/assets/"))
    ]
    kinds = {
        name.removeprefix("dialogs/kinds/").removesuffix(".py") for name in ours if name.startswith("dialogs/kinds/")
    }
    kinds -= {"__init__", "README.md"}
    assert len(kinds) > 10
    for name in ours:
        if name.endswith((".py", ".js")) and not name.startswith(("dialogs/kinds/", "web/assets/vendor/")):
            text = (ROOT / name).read_text(encoding="utf-8")
            named = {kind for kind in kinds if f'kind == "{kind}"' in text or f"dialogs.kinds.{kind} " in text}
            # What lies where: only there it is said what an answer is to a case, and which ones are private.
            assert len(named) <= (6 if name == "inbox/intake/mapping.py" else 3), f"{name} names {sorted(named)}"
