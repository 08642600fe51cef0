// @ts-check
/** A question's text that is not sent, kept as long as this tab: whoever reloads, or looks at another page, has it again. */

const KEY = 'gensvar-halfway';

/** @typedef {{ person: string, question: string, revision: string }} Place Which question of which draft is shown, and to whom. */

/**
 * Keep what stands in the field; nothing, if it is what came with the page.
 * @param {Place} place
 * @param {HTMLTextAreaElement} field
 */
export function keepHalfway(place, field) {
  if (field.value === field.defaultValue) return dropHalfway();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...place, text: field.value }));
  } catch {
    // A browser that keeps nothing: the text stands on the page.
  }
  return undefined;
}

/**
 * Put back what was kept; not over an answer that may have been given elsewhere since.
 * @param {Place} place
 * @param {HTMLTextAreaElement} field
 */
export function putBackHalfway({ person, question, revision }, field) {
  const kept = read();
  if (kept?.question !== question || draftIn(kept.revision) !== draftIn(revision)) return;
  // Who signs in takes their draft along; one without a number yet could be anybody's.
  if (kept.person !== person && (kept.person || revision.startsWith('ny.'))) return;
  if (kept.revision === revision || !field.defaultValue) field.value = kept.text;
}

export function dropHalfway() {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing could be kept either.
  }
}

/** @returns {(Place & { text: string }) | null} */
function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}

/** @param {string} revision `<draft>.<revision>` */
export function draftIn(revision) {
  return revision.split('.')[0] ?? '';
}
