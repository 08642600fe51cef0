// @ts-check
/** What was sent last from this window by a page's own form, and is not known to be taken. */

const KEY = 'gensvar-sent';

/** @typedef {{ person: string, places: string[] }} Sent Who sent it, and what its texts were for. */

/** @param {Sent | null} sent */
export function remember(sent) {
  try {
    if (sent) sessionStorage.setItem(KEY, JSON.stringify(sent));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing: there is nothing to take away either.
  }
}

/** @returns {Sent | null} */
export function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}
