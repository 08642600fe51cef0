// @ts-check
/** Texts that were left unfinished: the next window goes on with them, or in the end they go. Fetched where there are any. */
import { aged } from '../model/aging.js';
import { keysFrom } from './local_store.js';
import { lockOf } from './window.js';

/** @typedef {import('./local_store.js').Copies} Copies */
/** @typedef {import('./local_store.js').Draft} Draft */

/**
 * Go on with the newest text for a place that stands in no open window. It moves with whom it is for, and as old as it is.
 * @param {Copies} copies
 * @param {string} start What the keys of that place begin with.
 * @param {string} here The key that it gets.
 * @param {() => boolean} wanted
 * @returns {Promise<Draft | undefined>}
 */
export async function takeOver(copies, start, here, wanted) {
  /** @type {Draft[]} */
  const all = (await copies.inDrafts('readonly', (store) => store.getAll(keysFrom(start)))) ?? [];
  for (const { key } of all.sort((one, other) => other.at - one.at)) {
    const taken = await navigator.locks.request(lockOf(key), { ifAvailable: true }, (lock) => (lock && wanted() ? move(copies, key, here) : undefined));
    if (taken) return taken;
  }
  return undefined;
}

/**
 * In one transaction: two windows never have the same, and a page that is closed meanwhile loses nothing.
 * @param {Copies} copies
 * @param {string} from
 * @param {string} to
 * @returns {Promise<Draft | undefined>}
 */
function move(copies, from, to) {
  return copies.inDrafts('readwrite', (store) => {
    const asking = store.get(from);
    asking.onsuccess = () => {
      if (!asking.result) return;
      store.put({ ...asking.result, key: to });
      store.delete(from);
    };
    return asking;
  }, { whole: false });
}

/**
 * A day has passed for every draft in which nothing was written: in the end it goes.
 * @param {Copies} copies
 */
export async function tidy(copies) {
  const today = new Date().toDateString();
  await copies.inDrafts('readwrite', (store) => {
    const walking = store.openCursor();
    walking.onsuccess = () => {
      const at = walking.result;
      if (!at) return;
      const draft = aged(/** @type {Draft} */ (at.value), today);
      if (!draft) at.delete();
      else if (draft !== at.value) at.update(draft);
      at.continue();
    };
    return walking;
  }, { whole: false });
}
