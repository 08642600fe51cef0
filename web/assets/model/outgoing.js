// @ts-check
/** What somebody has written and the server has not yet confirmed: pending, sent, or refused with a reason. */

/** What has waited for longer, as the device's clock has it, is sent only when its writer says so once more. A clock can be wrong: nothing is thrown away by it. */
export const WAITS_FOR = 7 * 24 * 3600 * 1000;
/** The reason that such a message has. */
export const LATE = 'late';

/**
 * @typedef {object} Outgoing
 * @property {string} client_id Sent again and again with the same id, it is done once.
 * @property {string} person Whose it is, as the page knows people. Nobody else's session may send it.
 * @property {string} case
 * @property {string} command `post_message`, `ask_reporter` or `write_note`.
 * @property {string} text
 * @property {string} [audience] Who may read it; everyone when it is left out.
 * @property {boolean} [widens] Whether everyone is meant, though the newest message was for some.
 * @property {{ id: string, name: string }[]} [files] What has come to the server for it. The names are kept as the text is,
 *   bound to person and case, and go with it.
 * @property {number} [seen] The newest number that its writer had in front of them. Left out, it replies to nothing.
 * @property {number} at When it was written, in milliseconds.
 * @property {'pending' | 'sent' | 'failed'} state
 * @property {string} reason Why it was refused, in plain words; else empty.
 * @property {string} [code] The refusal's name.
 */

/**
 * Something just written.
 * @param {Pick<Outgoing, 'client_id' | 'person' | 'case' | 'command' | 'text' | 'audience' | 'widens' | 'files' | 'seen' | 'at'>} written
 * @returns {Outgoing}
 */
export function written(written) {
  return { ...written, state: 'pending', reason: '' };
}

/**
 * When something that is written now counts as written: after everything that its writer wrote before, whatever the clock says.
 * @param {readonly Outgoing[]} all
 * @param {string} person
 * @param {number} now
 */
export function nextMoment(all, person, now) {
  return Math.max(now, ...all.filter((one) => one.person === person).map((one) => one.at + 1));
}

/**
 * The server has it; its entry may not have come yet.
 * @param {Outgoing} one
 * @returns {Outgoing}
 */
export function acknowledged(one) {
  return { ...one, state: 'sent', reason: '' };
}

/**
 * The server will not have it.
 * @param {Outgoing} one
 * @param {string} reason
 * @param {string} [code]
 * @returns {Outgoing}
 */
export function refused(one, reason, code = '') {
  return { ...one, state: 'failed', reason, ...(code && { code }) };
}

/**
 * Tried once more by somebody who has seen so much of the thread by now.
 * @param {Outgoing} one
 * @param {number} head
 * @returns {Outgoing}
 */
export function again(one, head) {
  return { ...one, ...(one.seen !== undefined && { seen: head }), state: 'pending', reason: '' };
}

/** So long after it was written a message belongs to a talk that is under way: words that cross are seen by both sides at once. */
export const TALK = 60_000;

/**
 * How far its writer has seen by now, as the server is told. Whoever sits in a talk sees what comes in; what waited for long
 * was written before it came, and its writer reads that first.
 * @param {Outgoing} one
 * @param {number | undefined} shown The newest number that the page shows, if it shows the case.
 * @param {number} now
 * @returns {{ seen?: number }}
 */
export function seenBy(one, shown, now) {
  if (one.seen === undefined) return {};
  return { seen: shown !== undefined && inTalk(one, now) ? Math.max(one.seen, shown) : one.seen };
}

/**
 * Whether it was written just now.
 * @param {{ at: number }} one
 * @param {number} now
 */
export function inTalk(one, now) {
  const since = now - one.at;
  // A clock that was set back says nothing.
  return since >= 0 && since < TALK;
}

/**
 * What may be sent for a person, oldest first.
 * @param {readonly Outgoing[]} all
 * @param {string} person
 * @param {number} now
 */
export function toSend(all, person, now) {
  return all.filter((one) => one.person === person && one.state === 'pending' && !isLate(one, now)).sort((a, b) => a.at - b.at);
}

/**
 * What a person's page of a case shows, oldest first.
 * @param {readonly Outgoing[]} all
 * @param {string} person
 * @param {string} caseId
 */
export function shownIn(all, person, caseId) {
  return all.filter((one) => one.person === person && one.case === caseId).sort((a, b) => a.at - b.at);
}

/**
 * Whether it has waited for so long that its writer is asked.
 * @param {{ at: number }} one
 * @param {number} now
 */
export function isLate(one, now) {
  return now - one.at > WAITS_FOR;
}

/**
 * As its writer sees it: of what waits for an answer of theirs nobody says that it is on its way. A clock that is put right makes it so again.
 * @param {Outgoing} one
 * @param {number} now
 * @returns {Outgoing}
 */
export function asSeen(one, now) {
  return one.state === 'pending' && isLate(one, now) ? refused(one, '', LATE) : one;
}
