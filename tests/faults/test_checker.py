"""The checker finds what is wrong: in made-up histories, and in a running server with a fault planted in it."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.checker import Kept, Member, Verdict, check
from tests.faults.outside import postgres_in, redis_in
from tests.faults.record import Line, What
from tests.faults.run import Around, Result, run
from tests.faults.synced import unsynced

ANNA, KARIN = Member("anna@0", "thread-0"), Member("karin@0", "thread-0", "desk-0")
STRANGER = Member("stranger@0")
ONE, TWO, NOTE = "thread-0-anna-0001", "thread-0-karin-0001", "desk-0-karin-0002"
ASIDE = "aside-1-bo-0001"
FEEDS = {"thread-0": [(1, ONE), (2, TWO)], "desk-0": [(1, NOTE)]}

Said = tuple[str, What, str, int]
SENT, ACK, HEARD, PUSHED, SHOWN = What.SENT, What.ACKNOWLEDGED, What.HEARD, What.PUSHED, What.SHOWN
GOOD: tuple[Said, ...] = (
    ("anna@0", What.OPENED, "", 0),
    ("anna@0", SENT, ONE, 0),
    ("anna@0", ACK, ONE, 1),
    ("karin@0", SENT, TWO, 0),
    ("karin@0", ACK, TWO, 2),
    *(
        (who, what, mark, n)
        for who in ("anna@0", "karin@0")
        for n, mark in ((1, ONE), (2, TWO))
        for what in (HEARD, PUSHED, SHOWN)
    ),
    ("karin@0", SENT, NOTE, 0),
    ("karin@0", ACK, NOTE, 1),
    ("karin@0", HEARD, NOTE, 0),
    ("karin@0", SHOWN, NOTE, 1),
)


def judged(said: tuple[Said, ...] = GOOD, feeds: dict[str, list[tuple[int, str]]] = FEEDS) -> Verdict:
    lines = [
        Line(float(at), who, what, mark, n, desk=mark.startswith("desk") and what is SHOWN)
        for at, (who, what, mark, n) in enumerate(said)
    ]
    return check(lines, Kept(feeds), [ANNA, KARIN, STRANGER])


def counts(verdict: Verdict) -> tuple[int, int, int, int]:
    return len(verdict.lost), len(verdict.doubled), len(verdict.misordered), len(verdict.leaked)


def test_a_history_in_which_nothing_is_wrong() -> None:
    assert judged().clean


def test_what_was_acknowledged_and_is_not_kept_is_lost_for_the_writer_and_for_whoever_saw_it() -> None:
    verdict = judged(feeds={**FEEDS, "thread-0": [(1, ONE)]})
    assert counts(verdict) == (3, 0, 0, 0)
    assert f"{TWO} was acknowledged and is not kept" in verdict.lost


def test_what_somebody_never_saw_is_lost() -> None:
    said = tuple(line for line in GOOD if line[:3] != ("anna@0", SHOWN, TWO))
    assert judged(said).lost == [f"anna@0 never saw {TWO} (2)"]


def test_a_message_that_is_kept_twice_is_doubled() -> None:
    said = (*GOOD, ("anna@0", SHOWN, ONE, 3), ("karin@0", SHOWN, ONE, 3))
    verdict = judged(said, {**FEEDS, "thread-0": [(1, ONE), (2, TWO), (3, ONE)]})
    assert f"{ONE} is kept 2 times in thread-0" in verdict.doubled
    assert len(verdict.doubled) == 3


def test_a_push_that_comes_twice_is_doubled_and_one_that_comes_late_is_misordered() -> None:
    assert counts(judged((*GOOD, ("anna@0", PUSHED, TWO, 2)))) == (0, 1, 0, 0)
    assert counts(judged((*GOOD, ("anna@0", PUSHED, ONE, 1)))) == (0, 0, 1, 0)


def test_people_who_saw_another_order_than_is_kept() -> None:
    verdict = judged(feeds={**FEEDS, "thread-0": [(1, TWO), (2, ONE)]})
    assert f"anna@0 saw {ONE} as 1, where {TWO} stands" in verdict.misordered
    assert f"{ONE} was acknowledged as 1 and is kept as 2" in verdict.misordered
    assert f"{ONE} stands after something that was sent when it was acknowledged" in verdict.misordered


def test_numbers_with_a_gap_are_found() -> None:
    assert "the numbers of desk-0 are not 1, 2, 3 …" in judged(feeds={**FEEDS, "desk-0": [(2, NOTE)]}).misordered


@pytest.mark.parametrize(("who", "mark"), [("anna@0", NOTE), ("stranger@0", ONE), ("karin@0", "thread-1-bo-0001")])
def test_whoever_hears_what_is_not_theirs_is_a_leak(who: str, mark: str) -> None:
    assert judged((*GOOD, (who, HEARD, mark, 0))).leaked == [f"{who} heard {mark}"]


def test_to_be_shut_out_without_reason_is_a_loss() -> None:
    assert judged((*GOOD, ("anna@0", What.GONE, "", 0))).lost == ["anna@0 was told that the case is gone"]


def test_a_refusal_that_says_nothing_is_unclear() -> None:
    assert judged((*GOOD, ("anna@0", What.REFUSED, "not_kept", 0))).clean
    assert judged((*GOOD, ("anna@0", What.REFUSED, "internal_server_error", 0))).unclear


BOARD = {"reporter-1": [(1, ASIDE)], "unit-1": [], "board-1": [(1, ASIDE)]}


def with_board(feeds: dict[str, list[tuple[int, str]]]) -> Verdict:
    lines = [
        Line(1.0, "bo@1", SENT, ASIDE),
        Line(2.0, "bo@1", ACK, ASIDE, 1),
        *(Line(3.0, who, SHOWN, ASIDE, 1) for who in ("bo@1", "olle@1")),
    ]
    bo, olle = (
        Member(f"{who}@1", "thread-1", feed=feed, also=("aside-1",))
        for who, feed in (("bo", "reporter-1"), ("olle", "board-1"))
    )
    return check(lines, Kept(feeds), [bo, olle, Member("sara@1", "thread-1", feed="unit-1", also=("between-1",))])


def test_a_word_aside_is_for_those_two_sides() -> None:
    assert with_board(BOARD).clean


def test_a_word_aside_that_is_addressed_to_others_is_a_leak_and_one_that_is_not_addressed_is_lost() -> None:
    assert f"{ASIDE} is addressed to sara@1" in with_board({**BOARD, "unit-1": [(1, ASIDE)]}).leaked
    assert f"{ASIDE} is not addressed to olle@1" in with_board({**BOARD, "board-1": []}).lost


def test_an_acknowledgement_with_the_number_of_another_feed_is_found() -> None:
    feeds = {**BOARD, "reporter-1": [(1, ""), (2, ASIDE)]}
    assert f"{ASIDE} was acknowledged as 1 and is kept as 2" in with_board(feeds).misordered


# What strace saw -----------------------------------------------------------------------------------------------------

WRITES = f'7 pwrite64(9</a/b.db-wal>, "\\0\\1{ONE} Tack", 4096, 32) = 4096'
SYNCS = "7 fdatasync(9</a/b.db-wal>) = 0"
TELLS = f'5 write(12<socket:[1]>, "\\201~42[\\"entry\\",{{\\"text\\":\\"{ONE}\\"}}]", 90) = 90'
ACKS = r'5 write(12<socket:[1]>, "\201~\0\21643" ..., 90) = 90'.replace('43" ...', r'4317[{\"ok\":{\"case\":\"x\"}}]"')


def test_what_goes_to_the_database_is_told_to_nobody() -> None:
    asked = TELLS.replace("socket:[1]", "TCP:[127.0.0.1:40000->127.0.0.1:5432]")
    told = TELLS.replace("socket:[1]", "TCP:[127.0.0.1:8080->127.0.0.1:40001]")
    assert unsynced([asked, WRITES, SYNCS, told], inside=[5432]) == (1, [])
    assert unsynced([asked, WRITES, told, SYNCS], inside=[5432]) == (1, [ONE])


def test_telling_after_the_log_is_synced_is_right() -> None:
    assert unsynced([WRITES, SYNCS, TELLS, ACKS], [ONE]) == (2, [])


@pytest.mark.parametrize(
    "lines",
    [
        [WRITES, TELLS],
        [WRITES, ACKS, SYNCS],
        [SYNCS, WRITES, TELLS],
        [WRITES, SYNCS.replace("= 0", "= -1 EIO (Input/output error)"), TELLS],
        [WRITES, "7 fdatasync(9</a/b.db>) = 0", TELLS],
        [WRITES, "7 fdatasync(9</a/b.db-wal> <unfinished ...>", TELLS, "7 <... fdatasync resumed>) = 0"],
        [
            "7 fdatasync(9</a/b.db-wal> <unfinished ...>",
            WRITES.replace("7 ", "8 ", 1),
            "7 <... fdatasync resumed>) = 0",
            ACKS,
        ],
    ],
)
def test_telling_before_is_found(lines: list[str]) -> None:
    assert unsynced(lines, [ONE])[1] == [ONE]


# Faults planted in the running service -------------------------------------------------------------------------------


def ran(kind: str, folder: Path, times: int, *plant: str) -> Result:
    return asyncio.run(run(kind, folder, times, plant=plant))


def ran_on_postgres(kind: str, times: int, *plant: str) -> Result:
    # Not in the folder of the test: the database runs as somebody else, who cannot come by there.
    with TemporaryDirectory() as name:
        folder, run_in = Path(name), Path(name) / "run"
        run_in.mkdir()
        with postgres_in(folder / "cluster") as cluster, redis_in(folder / "redis") as (url, redis):
            return asyncio.run(run(kind, run_in, times, around=Around(cluster, redis, url), plant=plant))


@pytest.mark.slow
def test_an_acknowledgement_before_the_commit_is_found(tmp_path: Path) -> None:
    assert any("acknowledged and is not kept" in found for found in ran("kill", tmp_path, 4, "early").verdict.lost)


@pytest.mark.slow
def test_a_lost_push_that_nobody_catches_up_on_is_found(tmp_path: Path) -> None:
    # It never comes, however long one waits.
    done = asyncio.run(run("clock", tmp_path, 12, plant=("lost_push",), patience=3))
    assert any("never saw" in found for found in done.verdict.lost)


@pytest.mark.slow
def test_a_note_that_reaches_the_citizen_is_found(tmp_path: Path) -> None:
    leaked = ran("clock", tmp_path, 12, "leak").verdict.leaked
    assert leaked
    assert all(found.startswith("reporter") and ("heard desk-" in found or "heard bench-" in found) for found in leaked)


@pytest.mark.slow
def test_a_word_to_the_board_that_reaches_the_care_is_found(tmp_path: Path) -> None:
    leaked = ran("clock", tmp_path, 12, "leak_aside").verdict.leaked
    assert any(found.startswith("colleague") and "heard aside-" in found for found in leaked)
    assert any(found.startswith("reporter") and "heard between-" in found for found in leaked)


@pytest.mark.slow
def test_a_commit_that_does_not_wait_for_the_disk_is_found(tmp_path: Path) -> None:
    assert any("before it lay on disk" in found for found in ran("sync", tmp_path, 3, "unsynced").verdict.lost)


@pytest.mark.slow
def test_a_commit_of_postgresql_that_does_not_wait_for_the_disk_is_found() -> None:
    found = ran_on_postgres("sync", 3, "async_commit").verdict.lost
    assert any("before it lay on disk" in sentence for sentence in found)


@pytest.mark.slow
def test_a_command_that_is_carried_out_twice_is_found(tmp_path: Path) -> None:
    assert any("is kept 2 times" in found for found in ran("clock", tmp_path, 12, "twice").verdict.doubled)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_when_the_disk_is_full_people_are_told_and_the_server_goes_on_when_there_is_room(
    tmp_path: Path, engine: str
) -> None:
    result = ran("full_disk", tmp_path, 1) if engine == "sqlite" else ran_on_postgres("full_disk", 1)
    assert result.refused >= 3
    assert result.verdict.clean, result.verdict


@pytest.mark.slow
@pytest.mark.parametrize(
    ("plant", "found", "words"),
    [
        ("hasty", "lost", "the cursor has passed event"),
        ("forgetful", "doubled", "letters for"),
    ],
)
def test_a_reaction_that_runs_ahead_and_a_letter_under_two_ids_are_found(
    tmp_path: Path, plant: str, found: str, words: str
) -> None:
    done = asyncio.run(run("follow", tmp_path, 3, plant=(plant,), patience=10))
    assert any(words in said for said in [*getattr(done.verdict, found), *done.verdict.unclear])
