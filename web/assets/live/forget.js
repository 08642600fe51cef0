// @ts-check
/** Throws away what this browser has kept of anybody's texts. */

export const NAME = 'gensvar';
/** Leaving must not wait for a slow disk. */
const AT_MOST = 400;

/** Delete every local copy; returns when it is done, or when it has taken too long to wait for. */
export function forget() {
  return Promise.race([removed(), new Promise((go) => setTimeout(go, AT_MOST))]);
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
