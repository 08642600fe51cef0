// @ts-check
/** A party's entries become the rows of its thread: the same rows as the page draws (handlers/thread/entries_view.py). */
import { dayAndMonth } from './dates.js';

/**
 * @typedef {object} Author
 * @property {string} kind `reporter`, `patient`, `provider`, `board` or `system`.
 * @property {boolean} own Whether it was the viewer's own party.
 * @property {string | null} name
 * @property {string} unit_name
 */

/** @typedef {{ id: string, name: string, kind: string, size: number, width: number, height: number, locked?: boolean }} FileRef */

/**
 * @typedef {object} Entry What the server sends (handlers/realtime/serialize.py).
 * @property {string} case
 * @property {number} n
 * @property {string} id
 * @property {string} at
 * @property {Author} by
 * @property {Record<string, any> & { kind: string }} event
 * @property {string} sentence
 * @property {string | null} client_id
 * @property {string[]} to Of an own one: the kinds of the other parties that got it.
 */

/**
 * @typedef {object} Row
 * @property {'message' | 'note' | 'event'} type
 * @property {number} n
 * @property {Date} at
 * @property {string} text
 * @property {boolean} own
 * @property {'reporter' | 'care' | 'board'} side
 * @property {string} author
 * @property {string} role
 * @property {string} clientId
 * @property {string[]} to Of an own one: the kinds of the other parties that got it.
 * @property {FileRef[]} files
 * @property {string} audience Who it was said to: `all`, `citizen_board`, `unit_board`.
 * @property {string} kicker What it is, if it is more than a message.
 * @property {boolean} asks Whether the handling waits for a reply to it.
 * @property {string} icon
 * @property {string} quote
 * @property {boolean} answer Whether it is the final answer, or tells that it has come.
 * @property {{ path: string, label: string } | null} link Where to go from it, below the address of the case.
 */

/**
 * @typedef {object} Look Who looks, and in what words to tell them.
 * @property {boolean} staff
 * @property {string} language
 * @property {(word: string, values?: Record<string, string | number>) => string} say
 */

/** @type {Record<string, string>} */
const ICONS = {
  case_submitted: 'check',
  case_taken: 'person',
  case_released: 'undo',
  waiting_stopped: 'clock',
  case_forwarded: 'forward',
  place_set: 'hospital',
  answer_rated: 'info',
  case_reopened: 'question',
  case_withdrawn: 'undo',
  case_referred: 'forward',
  thread_closed: 'lock',
  consent_asked: 'question',
  sharing_agreed: 'check',
  agreement_withdrawn: 'undo',
  consent_given: 'check',
  consent_refused: 'undo',
  consent_withdrawn: 'undo',
  case_shared: 'group',
  authority_left: 'undo',
  statement_expected: 'clock',
};

/** The kinds of parties that are no authority. */
const PEOPLE = ['reporter', 'patient'];

/**
 * The rows that an entry is drawn as.
 * @param {Entry} entry
 * @param {Look} look
 * @returns {Row[]}
 */
export function rowsOf(entry, look) {
  const { event } = entry;
  switch (event.kind) {
    case 'message_posted':
      return [{ ...message(entry, look, event.text), files: event.files ?? [], asks: Boolean(event.waits), audience: event.audience ?? 'all' }];
    case 'answer_extended':
      return [message(entry, look, event.text)];
    case 'statement_asked':
    case 'statement_given':
      return [{ ...stated(entry, look), audience: 'unit_board' }];
    case 'statement_released':
      return [stated(entry, look)];
    case 'note_written':
      return [{ ...message(entry, look, event.text), type: 'note' }];
    case 'disclosure_assessed':
      return [{ ...message(entry, look, `${entry.sentence}\n${event.text}`), type: 'note' }];
    case 'case_submitted':
      return [line(entry, look), { ...message(entry, look, event.story), files: event.files ?? [] }];
    case 'case_answered':
      return answered(entry, look);
    case 'sharing_agreed':
    case 'consent_given':
      return [{ ...line(entry, look), link: look.staff ? null : { path: '/samtycke', label: look.say('show_or_change') } }];
    default:
      return [line(entry, look)];
  }
}

/**
 * Whether what the page says about the case may have changed: its state, its stages, what can be done.
 * @param {Entry} entry
 */
export function changesCase({ event }) {
  if (event.kind === 'message_posted') return Boolean(event.waits) || (event.resumes ?? []).length > 0;
  return event.kind !== 'note_written' && event.kind !== 'disclosure_assessed';
}

/**
 * What staff are reminded of once a row has come: whether the last word is the reporter's, and whether it still waits for one.
 * `null` where the row changes nothing.
 * @param {Entry} entry
 * @returns {{ unanswered: boolean | null, asks: boolean | null }}
 */
export function reminders({ by, event }) {
  if (event.kind === 'message_posted') {
    // A word to the board alone is no reply to what the care asked.
    const replies = by.kind === 'reporter' && (event.audience ?? 'all') === 'all';
    return { unanswered: by.kind === 'reporter', asks: event.waits ? true : replies ? false : null };
  }
  const ends = ['case_answered', 'case_withdrawn', 'case_referred', 'thread_closed'].includes(event.kind);
  return { unanswered: ends ? false : null, asks: ends || event.kind === 'waiting_stopped' ? false : null };
}

/**
 * What stands under an own message: each party that has read it, of those it reached; whoever the case is about first. A mark
 * says when the newest of what it covers was read, so only that one gets the day.
 * @param {{ n: number, to: string[] }} row
 * @param {{ n: number, at: string, kind: string, name: string }[]} marks
 * @param {Look} look
 * @param {Date} now
 */
export function footOf({ n, to }, marks, look, now) {
  const covering = marks.filter((mark) => n <= mark.n && to.includes(mark.kind));
  if (!covering.length) return '';
  const rank = (/** @type {{ kind: string }} */ { kind }) => (PEOPLE.includes(kind) ? 0 : 1);
  covering.sort((a, b) => rank(a) - rank(b) || Date.parse(a.at) - Date.parse(b.at));
  const readers = covering.map((mark) => (n < mark.n ? mark.name : `${mark.name} ${dayAndMonth(new Date(mark.at), look.language, now)}`));
  return look.say('read_by', { names: readers.join(', ') });
}

/**
 * @param {Entry} entry
 * @param {Look} look
 * @returns {Row[]}
 */
function answered(entry, look) {
  const told = { ...line(entry, look), icon: 'check-circle', answer: true };
  if (!look.staff) return [{ ...told, text: look.say('answer_came'), link: { path: `/svar?fran=${entry.n}`, label: look.say('read_answer') } }];
  return [{ ...told, text: entry.by.own ? look.say('answer_sent') : entry.sentence }, { ...message(entry, look, letter(entry, look)), answer: true }];
}

/**
 * A statement, or the question for one: it says so above its text.
 * @param {Entry} entry
 * @param {Look} look
 * @returns {Row}
 */
function stated(entry, look) {
  return { ...message(entry, look, entry.event.text), files: entry.event.files ?? [], kicker: entry.sentence };
}

/**
 * The final answer as plain text, in the parts that its reader sees.
 * @param {Entry} entry
 * @param {Look} look
 */
function letter({ event, at }, look) {
  /** @param {{ text: string, responsible: string, due: string | null }} measure */
  const told = ({ text, responsible, due }) => [`– ${text}`, [
    due && look.say('due', { day: dayAndMonth(new Date(`${due}T12:00:00Z`), look.language, new Date(at)) }),
    responsible && look.say('responsible', { name: responsible }),
  ].filter(Boolean).join(' ')].filter(Boolean).join('\n');
  const does = [(event.measures ?? []).map(told).join('\n'), event.no_measures].filter(Boolean).join('\n\n');
  const parts = [['happened', event.explanation], ['does', does], ['regrets', event.regret]];
  return parts.filter(([, text]) => text).map(([head, text]) => `${look.say(head)}\n${text}`).join('\n\n');
}

/**
 * @param {Entry} entry
 * @param {Look} look
 * @param {string} text
 * @returns {Row}
 */
function message(entry, look, text) {
  return { ...blank(entry), type: 'message', text, ...signed(entry.by, look) };
}

/**
 * @param {Entry} entry
 * @param {Look} look
 * @returns {Row}
 */
function line(entry, look) {
  const { event } = entry;
  return { ...blank(entry), ...signed(entry.by, look), text: entry.sentence, icon: ICONS[event.kind] ?? 'info', quote: quoted(event) };
}

/**
 * @param {Entry} entry
 * @returns {Row}
 */
function blank({ n, at, by, to, client_id: clientId }) {
  const side = by.kind === 'board' ? 'board' : by.kind === 'provider' ? 'care' : 'reporter';
  return {
    type: 'event', n, at: new Date(at), text: '', own: by.own, side, author: '', role: '', clientId: clientId ?? '', to,
    files: [], audience: 'all', kicker: '', asks: false, icon: '', quote: '', answer: false, link: null,
  };
}

/** @param {Record<string, any> & { kind: string }} event */
function quoted(event) {
  if (event.kind === 'case_reopened') return event.text;
  if (['consent_asked', 'case_shared', 'case_withdrawn'].includes(event.kind)) return event.reason ?? '';
  if (event.kind === 'case_referred') return `${event.reason}\n\n${event.turn_to}`;
  return '';
}

/**
 * Who, and as what. Staff sign as their unit; only colleagues get a name to show.
 * @param {Author} by
 * @param {Look} look
 */
function signed(by, look) {
  if (by.kind === 'reporter' || by.kind === 'patient') {
    return { author: by.own && !look.staff ? look.say('you') : by.name || look.say('reporter'), role: look.say('role_reporter') };
  }
  if (look.staff && by.own) return { author: by.name || by.unit_name, role: by.name ? by.unit_name : '' };
  return { author: by.unit_name, role: look.say(by.kind === 'board' ? 'role_board' : 'role_provider') };
}
