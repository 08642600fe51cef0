"""Faults in what comes in from people and programs, and in what is told them."""

from tests.planted.fault import Fault

FAULTS = (
    Fault(
        "handlers/realtime/publisher.py",
        "            actor = await self._actor(watcher, lambda: self._newest(outcome))",
        "            actor = await self._actor(watcher, lambda: (outcome.case, outcome.seats))",
        "what was said before she shut somebody out is told them after it",
        (
            "tests/handlers/realtime/test_live.py::test_what_was_said_before_a_withdrawal_but_told_after_it_does_not_reach_the_board",
        ),
        rights=True,
    ),
    Fault(
        "handlers/realtime/publisher.py",
        "            if feed in {actor.party, desk}:",
        "            if actor.party:",
        "everybody at an open thread gets everything, notes too",
        ("tests/handlers/realtime/test_live.py::test_what_one_writes_the_other_gets_at_once_under_their_own_number",),
        rights=True,
    ),
    Fault(
        "handlers/realtime/publisher.py",
        "        place = (replace(actor, principal=SYSTEM.principal), watcher.language)",
        "        place = (SYSTEM, watcher.language)",
        "a row that was drawn for one unit is sent to another",
        ("tests/handlers/realtime/test_live.py::test_rows_are_drawn_for_each_from_where_they_look",),
        rights=True,
    ),
    Fault(
        "handlers/dispatch.py",
        "        await services.publisher.told_everywhere()",
        "        pass",
        "frames of a case still come after she has heard that somebody is out",
        ("tests/handlers/realtime/test_live.py::test_who_is_out_has_been_told_so_before_it_is_acknowledged",),
        rights=True,
    ),
    Fault(
        "handlers/dispatch.py",
        "        services.limits.check(Act.COMMAND, identity.key)\n",
        "",
        "one person fills everybody's threads",
        ("tests/handlers/test_limits.py::test_a_person_writes_so_often_and_no_more_whichever_way",),
    ),
    Fault(
        "handlers/parse.py",
        '    return "\\0" not in text and not any(',
        "    return not any(",
        "a text with a null in it is a fault of ours on one engine",
        ("tests/hostile/test_commands.py::test_over_a_socket_each_is_refused_by_its_name",),
    ),
    Fault(
        "handlers/parse.py",
        '    return where.rstrip("`") if found else "$"',
        "    return str(problem)",
        "what somebody typed comes back in a refusal, and into logs",
        ("tests/handlers/api/test_api.py::test_a_wrong_field_is_named_and_what_was_in_it_is_not_repeated",),
    ),
    Fault(
        "handlers/files.py",
        "quote(file.name, safe='')}\",\n        **HARMLESS,\n",
        "quote(file.name, safe='')}\",\n",
        "a file that somebody sent runs as a page of ours",
        (
            "tests/handlers/intake/test_draft_files.py::test_a_sent_picture_is_shown_and_a_sent_pdf_is_downloaded_and_neither_can_run_anything",
        ),
        rights=True,
    ),
    Fault(
        "handlers/fetched.py",
        "    if is_ahead(request):\n        raise NotAhead",
        "    if is_ahead(request) and request.method == hdrs.METH_HEAD:\n        raise NotAhead",
        "a browser fetches a case that nobody has asked to see, and keeps it",
        ("tests/handlers/thread/test_seen.py::test_a_page_is_sent_when_somebody_wants_to_see_it_and_not_before",),
    ),
    Fault(
        "handlers/api/commands.py",
        '    check_csrf(request, request.headers.get("X-CSRF-Token", ""))\n',
        "",
        "another site acts in somebody's name",
        ("tests/handlers/api/test_api.py::test_a_command_over_the_api_is_carried_out",),
        rights=True,
    ),
    Fault(
        "handlers/uploads/tus.py",
        '    check_csrf(request, request.headers.get("X-CSRF-Token", ""))\n    upload, _ = await _found(request)\n',
        "    upload, _ = await _found(request)\n",
        "another site takes away a file that somebody sends",
        ("tests/handlers/test_uploads.py::test_whoever_changes_their_mind_leaves_nothing_behind",),
        rights=True,
    ),
    Fault(
        "handlers/intake/form_token.py",
        "    return by_session or hmac.compare_digest(token_of(request, holder).encode(), "
        'token.encode(errors="replace"))',
        "    return by_session or bool(token)",
        "another site answers the guided chat in somebody's name",
        ("tests/handlers/intake/test_post_answer.py::test_a_token_of_another_browser_outlives_nothing",),
        rights=True,
    ),
    Fault(
        "handlers/intake/draft_cookie.py",
        "    if identity is None or not identity.citizen:",
        "    if identity is None:",
        "staff file a case as if they were a patient, in their work account",
        (
            "tests/handlers/intake/test_filing.py::test_what_staff_begin_is_their_browsers_and_not_with_who_they_are_at_work",
        ),
    ),
    Fault(
        "handlers/intake/draft_cookie.py",
        '            return Holder(key, person, draft=draft, aside="".join(aside[:1]), code=code)',
        '            return Holder(key, person, aside="".join(aside[:1]), code=code)',
        "an answer goes to another of her drafts than the one she sees",
        (
            "tests/handlers/intake/test_post_answer.py::test_a_unit_for_a_question_that_is_not_asked_any_more_is_offered_when_it_is",
        ),
    ),
    Fault(
        "handlers/forms/redisplay.py",
        "    if isinstance(refusal, CANNOT_BE_MENDED) and words:\n"
        "        return await _texts_alone(request, form, refusal)\n",
        "",
        "what somebody wrote for long is gone when the session or the case has ended meanwhile",
        (
            "tests/handlers/thread/test_thread_pages.py::test_a_form_with_another_browsers_token_does_nothing_and_loses_nothing",
        ),
    ),
    Fault(
        "handlers/realtime/subscriptions.py",
        "            watcher.cases.discard(case)\n        self._leave(sid, case)",
        "            watcher.cases.discard(case)",
        "who left a thread is told of it as long as the page is open",
        ("tests/handlers/realtime/test_live.py::test_a_unit_that_forwards_a_case_hears_no_more_of_it",),
        rights=True,
    ),
    Fault(
        "handlers/security_log.py",
        "        return self._key_of(person) if person else NOBODY",
        "        return person or NOBODY",
        "who did what can be read in the logs",
        ("tests/handlers/test_security_log.py::test_a_case_that_is_refused_is_told_whichever_way_it_was_asked_for",),
        rights=True,
    ),
)
