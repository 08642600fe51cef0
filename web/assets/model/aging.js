// @ts-check
/** When it is asked what becomes of a text that was not finished. By days on which the browser was used: its clock may jump, and a jump is one day. */

/** So many of them without a word written in it. */
export const DAYS = 30;

/**
 * The same a day older, if it is another day; null when it has lain for long enough.
 * @template {{ day?: string, days?: number }} Draft
 * @param {Draft} draft
 * @param {string} today
 * @returns {Draft | null}
 */
export function aged(draft, today) {
  if (draft.day === today) return draft;
  const days = (draft.days ?? 0) + 1;
  return days > DAYS ? null : { ...draft, day: today, days };
}
