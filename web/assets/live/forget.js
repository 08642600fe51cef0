// @ts-check
/** Throws away what this browser has kept of anybody's texts. */

export const NAME = 'gensvar';
export const UNSENT = 'unsent';
/** Leaving must not wait for a slow disk. */
const AT_MOST = 400;

/** Every window hears when somebody leaves. */
const windows = new BroadcastChannel('gensvar-left');
let left = false;
windows.onmessage = () => {
  left = true;
};

/** Whether somebody has left: what was typed a moment before must not be put away behind their back. */
export function hasLeft() {
  return left;
}

/** Delete every local copy, and keep none any more; returns when it is done, or when it has taken too long to wait for. */
export function forget() {
  left = true;
  windows.postMessage('');
  return Promise.race([removed(), new Promise((go) => setTimeout(go, AT_MOST))]);
}

/** How much of what somebody wrote has not been sent yet. */
export async function howManyUnsent() {
  try {
    const stores = await indexedDB.databases();
    return stores.some(({ name }) => name === NAME) ? await count(UNSENT) : 0;
  } catch {
    return 0;
  }
}

/**
 * How many things lie in one of the stores.
 * @param {string} store
 * @returns {Promise<number>}
 */
function count(store) {
  return new Promise((go, fail) => {
    const opening = indexedDB.open(NAME);
    opening.onerror = fail;
    opening.onsuccess = () => {
      const db = opening.result;
      const counting = db.transaction(store).objectStore(store).count();
      counting.onerror = fail;
      counting.onsuccess = () => {
        db.close();
        go(counting.result);
      };
    };
  });
}

function removed() {
  return new Promise((go) => {
    try {
      const request = indexedDB.deleteDatabase(NAME);
      request.onsuccess = request.onerror = () => go(undefined);
    } catch {
      go(undefined);
    }
  });
}
