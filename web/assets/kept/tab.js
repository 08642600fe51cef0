// @ts-check
/** What is kept as long as a tab is open, and no longer: in a browser that keeps nothing it is not there. */

/** What is written and chosen at questions, and not sent (`tab_draft.js`). */
export const HALFWAY = 'gensvar-halfway';
/** What was sent last by a page's own form, and is not known to be taken (`begun.js`). */
export const SENT = 'gensvar-sent';

/**
 * @param {string} name
 * @returns {any} Null if there is nothing.
 */
export function inTab(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {object | string | null} what Null: nothing.
 */
export function keepInTab(name, what) {
  try {
    if (what === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(what));
  } catch {
    // What is written stands on the page.
  }
}
