// @ts-check
/** Texts that were left unfinished: the next window goes on with them, or in the end it is asked what becomes of them. Fetched where there are any. */
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
    const taken = await navigator.locks.request(lockOf(key), { ifAvailable: true }, (lock) =>
      lock && wanted() ? move(copies, key, here) : undefined,
    );
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
  return copies.inDrafts(
    'readwrite',
    (store) => {
      const asking = store.get(from);
      asking.onsuccess = () => {
        if (!asking.result) return;
        store.put({ ...asking.result, key: to });
        store.delete(from);
      };
      return asking;
    },
    { whole: false },
  );
}

/**
 * Throw away what need not be kept for a place.
 * @param {Copies} copies
 * @param {string} start What the keys of that place begin with.
 * @param {(draft: Draft) => boolean} over
 */
export function drop(copies, start, over) {
  return walk(copies, keysFrom(start), (at, draft) => over(draft) && at.delete());
}

/**
 * A day has passed for every draft in which nothing was written. None goes by itself: in the end its writer is asked.
 * @param {Copies} copies
 * @param {string} person
 * @returns {Promise<Draft[]>} This person's that have lain for so long, and stand in no open window.
 */
export async function tidy(copies, person) {
  const today = new Date().toDateString();
  /** @type {Draft[]} */
  const old = [];
  await walk(copies, null, (at, before) => {
    const draft = aged(before, today) ?? { ...before, day: today, old: true };
    // Files alone the server has not kept for so long; nobody misses what they once looked for.
    if (draft.old && (!draft.text || draft.passing)) at.delete();
    else if (draft !== before) at.update(draft);
    if (draft.old && draft.text && !draft.passing && draft.key.startsWith(`${person} `)) old.push(draft);
  });
  const open = await navigator.locks?.query();
  return old.filter(({ key }) => !open?.held?.some(({ name }) => name === lockOf(key)));
}

/**
 * In one transaction.
 * @param {Copies} copies
 * @param {IDBKeyRange | null} keys
 * @param {(at: IDBCursorWithValue, draft: Draft) => void} look
 */
function walk(copies, keys, look) {
  return copies.inDrafts(
    'readwrite',
    (store) => {
      const walking = store.openCursor(keys);
      walking.onsuccess = () => {
        const at = walking.result;
        if (!at) return;
        look(at, at.value);
        at.continue();
      };
      return walking;
    },
    { whole: false },
  );
}
