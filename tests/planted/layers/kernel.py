"""Faults in what follows by itself, in who sits where, in what is administered, and in what is encrypted."""

from tests.planted.fault import Fault

EVERY_SEAT = "tests/audiences/test_every_seat.py"
DEFINITIONS = "tests/inbox/administration/test_definitions.py"
DIRECTORY = "tests/inbox/administration/test_directory.py"
ROLES = "tests/inbox/administration/test_roles.py"
DIALOG_VERSIONS = "tests/inbox/execution/test_dialog_versions.py"
REACTING = "tests/inbox/execution/test_reacting.py"
DELIVERING = "tests/inbox/outbox/test_delivering.py"
SEATS = "tests/inbox/people/test_seats.py"
ADMINISTERED = "tests/inbox/storage/test_administered.py"
REGIONS = "tests/inbox/test_regions.py"
KEYS = "tests/privacy/test_keys.py"
NOTHING_IN_THE_OPEN = "tests/privacy/test_nothing_in_the_open.py"
CAPACITIES = "tests/server/auth/test_capacities.py"

FAULTS = (
    Fault(
        "inbox/execution/reacting.py",
        "        look = await events_after(connection, position.row, BATCH)",
        "        look = await events_after(connection, position.row + (position.row > 0), BATCH)",
        "with each batch an event is passed by, and nothing follows from it",
        (f"{REACTING}::test_it_is_handed_every_event_once_and_in_order",),
    ),
    Fault(
        "inbox/execution/reacting.py",
        "        before = max((event.row for event in events if event.row < bad.row), default=position.row)",
        "        before = bad.row",
        "what failed once is never tried again, and nobody hears of it",
        (f"{REACTING}::test_what_fails_is_tried_again_ever_later_and_put_aside_in_the_end",),
    ),
    Fault(
        "inbox/storage/reacting/outbox.py",
        "        await connection.execute(mine.values(due_at=until, tries=_box.tries + 1))\n",
        "        await connection.execute(mine.values(tries=_box.tries + 1))\n",
        "two processes send the same letter at once",
        (f"{DELIVERING}::test_of_several_that_are_at_it_one_does_it",),
    ),
    Fault(
        "inbox/outbox/delivering.py",
        "                await outbox.failed(connection, letter, fault.fault, now + channel.wait(letter.tries))",
        "                await outbox.done(connection, letter, now)",
        "a letter that was refused once is said to be sent",
        (f"{DELIVERING}::test_what_is_refused_is_tried_again_before_others_of_its_key",),
    ),
    Fault(
        "inbox/principals/seat.py",
        "        return self.until is None or now < self.until",
        "        return self.until is None or now <= self.until",
        "a seat opens the case for a moment more than it was given",
        (f"{SEATS}::test_a_seat_ends_at_its_moment_and_by_a_timer_that_says_so_once",),
        rights=True,
    ),
    Fault(
        "inbox/cases/timers.py",
        '    return closing | {f"{END_SEAT} {id}": seat.until for id, seat in case.seats.items() if seat.until}',
        "    return closing",
        "nobody is told that somebody sits there no more",
        (f"{SEATS}::test_a_seat_ends_at_its_moment_and_by_a_timer_that_says_so_once",),
    ),
    Fault(
        "inbox/cases/views.py",
        "        mine = own and envelope.seat == viewer.actor.seat\n",
        "        mine = own\n",
        "what a guardian wrote stands there as the reporter's own words",
        (f"{SEATS}::test_two_at_one_party_never_get_each_others_words_back",),
    ),
    Fault(
        "inbox/actions/audience.py",
        "(party.id == REPORTER or party.id in case.heads)",
        "party.id == REPORTER",
        "the patient whom it is about is told nothing once she has come",
        (EVERY_SEAT,),
    ),
    Fault(
        "inbox/actions/sharing.py",
        "    if not isinstance(event, CaseSubmitted):\n        # Nobody shares what they have not seen: a patient who"
        " came later has not.\n        raise MoreThanAsked\n",
        "",
        "a patient who shares what she has not seen gets a page that fails",
        (EVERY_SEAT,),
    ),
    Fault(
        "inbox/principals/seat.py",
        "RIGHTS = frozenset(Right)",
        "RIGHTS = frozenset({Right.READ, Right.WRITE})",
        "whoever files a case may not take it back",
        (
            f"{SEATS}::test_whoever_is_known_by_a_code_alone_writes_reads_and_decides",
            EVERY_SEAT,
        ),
    ),
    Fault(
        "inbox/people/roster.py",
        "for grant, unit in units if unit and self.directory.tree.authority_of(unit) == employer)",
        "for grant, unit in units if unit)",
        "in a session for one employer somebody reads at another one's desk",
        (f"{CAPACITIES}::test_somebody_is_given_only_what_they_do_for_the_employer_of_the_session",),
        rights=True,
    ),
    Fault(
        "inbox/queries/reading.py",
        "        person = identity.person if identity.citizen else None\n",
        "        person = identity.person\n",
        "whoever is at work has their own complaints on the screen",
        (EVERY_SEAT,),
        rights=True,
    ),
    Fault(
        "inbox/administration/model.py",
        "    return (held.since is None or held.since <= day) and (held.until is None or day <= held.until)",
        "    return held.since is None or held.since <= day",
        "who has left goes on reading",
        (f"{ROLES}::test_a_role_begins_on_its_first_day_and_ends_after_its_last",),
        rights=True,
    ),
    Fault(
        "inbox/directory/tree.py",
        "        return self._desk(self.region_of(unit))",
        "        return next((self._desk(region) for region in self.open_regions()), None)",
        "a complaint about care in the north goes to the board of Mittland",
        (f"{REGIONS}::test_the_board_is_that_of_the_units_region_and_so_are_its_number_and_goal",),
        rights=True,
    ),
    Fault(
        "inbox/actions/context.py",
        "    of_region = directory.region_of(unit).goal_days\n",
        "    of_region = None\n",
        "a region's own goal is not told to anybody",
        (f"{REGIONS}::test_goals_are_those_of_the_units_region_wherever_the_citizen_lives",),
    ),
    Fault(
        "inbox/administration/directory/decide.py",
        "        if before is not None and (before.provider, before.region) != (one.provider, one.region):",
        "        if before is not None and before.provider != one.provider:",
        "with a new file the cases of a unit are another region's",
        (f"{DIRECTORY}::test_whose_a_unit_is_is_never_changed_under_its_cases",),
        rights=True,
    ),
    Fault(
        "inbox/administration/directory/decide.py",
        "    if unit.provider is None or unit.provider != into.provider:",
        "    if unit.provider is None:",
        "a unit is merged into another care provider's, who reads what was registered with the first",
        (f"{DIRECTORY}::test_what_would_not_hold_together_is_refused_and_leaves_nothing",),
        rights=True,
    ),
    Fault(
        "inbox/storage/projections/of_administration.py",
        '        "grant": OfStaff.projections["grant"].rows(held),\n',
        '        "grant": OfStaff.projections["grant"].rows([]),\n',
        "rebuilding takes everybody's roles",
        (f"{ADMINISTERED}::test_what_is_administered_is_as_it_was_decided",),
    ),
    Fault(
        "inbox/storage/projections/of_administration.py",
        "            select(s.grant.c.person_id),\n",
        "",
        "a role that was written into the table by hand is never found",
        (f"{ADMINISTERED}::test_a_row_that_was_changed_by_hand_is_named_and_made_as_it_was_decided",),
        rights=True,
    ),
    Fault(
        "inbox/administration/definitions/decide.py",
        "    if _same(held.content, content):\n        return None\n    raise NumberTaken\n\n\ndef _published",
        "    return DefinitionStored(number=number, content=content)\n\n\ndef _published",
        "the questions change under somebody who is answering them",
        (f"{DEFINITIONS}::test_a_draft_is_stored_anew_until_it_is_published_and_then_never_again",),
    ),
    Fault(
        "inbox/administration/definitions/decide.py",
        "    if known.published() == (held.number,):\n        raise LastVersion\n",
        "",
        "nobody can begin to complain any more",
        (f"{DEFINITIONS}::test_a_version_ends_when_there_is_another_to_begin_with_and_never_comes_back",),
    ),
    Fault(
        "inbox/intake/library.py",
        "            await self.refresh(connection)\n        return self.of(version)",
        "            pass\n        return self.of(version)",
        "a draft that was begun at another process cannot be gone on with",
        (f"{DIALOG_VERSIONS}::test_a_process_knows_a_version_from_its_next_look_and_a_draft_of_it_even_before",),
    ),
    Fault(
        "inbox/storage/encryption/details.py",
        '"body": await encrypt(connection, body, place_of(detail.id))}',
        '"body": body}',
        "personal numbers and telephone numbers lie in the database, and in every copy of it, for all to read",
        (f"{NOTHING_IN_THE_OPEN}::test_it_stands_in_no_file_no_copy_and_no_log_and_is_shown_to_those_who_may_see_it",),
        rights=True,
    ),
    Fault(
        "inbox/storage/encryption/keyring.py",
        "cipher.encrypt(nonce, text.encode(), place.encode())",
        'cipher.encrypt(nonce, text.encode(), b"")',
        "nothing that is kept encrypted can be read again",
        (f"{KEYS}::test_somebody_is_found_by_number_and_a_field_that_was_moved_is_not_read",),
    ),
    Fault(
        "inbox/storage/encryption/details.py",
        '    return f"private_detail.body:{id}"',
        '    return "private_detail.body"',
        "who can write in the table puts one person's number under another one's name",
        (f"{KEYS}::test_an_answer_that_was_moved_to_another_case_is_not_read_there",),
        rights=True,
    ),
    Fault(
        "inbox/storage/encryption/keyring.py",
        "        if found is None:\n            raise MissingKey(id, self.path)\n        return found",
        "        return found or self._keys[self._read()[-1]]",
        "with the wrong keys the service starts, and every name is an error",
        (f"{KEYS}::test_without_its_keys_the_service_does_not_start_and_says_which_is_missing",),
    ),
)
