// @ts-check
/** Who has read an own message, in words. */
import { dayAndMonth } from './dates.js';

/** @typedef {import('./thread.js').Look} Look */

/** The kinds of parties that are no authority. */
const PEOPLE = ['reporter', 'patient'];

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
