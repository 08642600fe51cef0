// @ts-check
/** A question's text that is not sent, kept as long as this tab: whoever reloads, or looks at another page, has it again. */
import { HALFWAY, inTab, keepInTab } from './tab.js';

/** @typedef {{ person: string, question: string, revision: string }} Place Which question of which draft is shown, and to whom. */

/**
 * Keep what stands in the field; nothing, if it is what came with the page.
 * @param {Place} place
 * @param {HTMLTextAreaElement} field
 */
export function keepHalfway(place, field) {
  if (field.value === field.defaultValue) return dropHalfway();
  return keepInTab(HALFWAY, { ...place, text: field.value });
}

/**
 * Put back what was kept; not over an answer that may have been given elsewhere since.
 * @param {Place} place
 * @param {HTMLTextAreaElement} field
 */
export function putBackHalfway({ person, question, revision }, field) {
  /** @type {(Place & { text: string }) | null} */
  const kept = inTab(HALFWAY);
  if (kept?.question !== question || draftIn(kept.revision) !== draftIn(revision)) return;
  // Who signs in takes their draft along; one without a number yet could be anybody's.
  if (kept.person !== person && (kept.person || revision.startsWith('ny.'))) return;
  if (kept.revision === revision || !field.defaultValue) field.value = kept.text;
}

export function dropHalfway() {
  keepInTab(HALFWAY, null);
}

/** @param {string} revision `<draft>.<revision>` */
export function draftIn(revision) {
  return revision.split('.')[0] ?? '';
}
