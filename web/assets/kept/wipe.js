// @ts-check
/** Throws away what this browser has kept of anybody's texts. */
import { HALFWAY, keepInTab, SENT } from './tab.js';

export const NAME = 'gensvar';
export const UNSENT = 'unsent';
export const DRAFTS = 'drafts';
/** Leaving must not wait for a slow disk. */
const AT_MOST = 400;

/** Every window hears when somebody leaves. */
const windows = new BroadcastChannel('gensvar-left');
let left = false;
let going = false;
windows.onmessage = () => {
  left = true;
  dropTab();
};

/**
 * What could not be put away, and goes with its page.
 * @type {{ unsent: Map<string, import('../model/outgoing.js').Outgoing>, drafts: Map<string, import('./local_store.js').Draft> }}
 */
export const held = { unsent: new Map(), drafts: new Map() };
addEventListener('beforeunload', (event) => {
  if (!going && held.unsent.size + held.drafts.size) event.preventDefault();
});

/** The page is left on purpose, or takes along what is written on it: nothing is asked. */
export function letGo() {
  going = true;
}

/** Whether somebody has left: what was typed a moment before must not be put away behind their back. */
export function hasLeft() {
  return left;
}

/** Delete every local copy, and keep none any more; returns when it is done, or when it has taken too long to wait for. */
export function forget() {
  left = true;
  dropTab();
  letGo();
  windows.postMessage('');
  return Promise.race([removed(), new Promise((go) => setTimeout(go, AT_MOST))]);
}

function dropTab() {
  for (const name of [HALFWAY, SENT]) keepInTab(name, null);
}

/** How many messages have not been sent yet. */
export function howManyUnsent() {
  return count(UNSENT);
}

/** How much of what somebody wrote would be lost: messages, and texts that are not finished. */
export async function howMuchIsLost() {
  return held.unsent.size + held.drafts.size + (await count(UNSENT)) + (await count(DRAFTS));
}

/** @param {string} store */
async function count(store) {
  try {
    const stores = await indexedDB.databases();
    return stores.some(({ name }) => name === NAME) ? (await keys(store)).length : 0;
  } catch {
    return 0;
  }
}

/**
 * @param {string} store
 * @returns {Promise<IDBValidKey[]>}
 */
function keys(store) {
  return new Promise((go, fail) => {
    const opening = indexedDB.open(NAME);
    opening.onerror = fail;
    opening.onsuccess = () => {
      const db = opening.result;
      const asking = db.transaction(store).objectStore(store).getAllKeys();
      asking.onerror = fail;
      asking.onsuccess = () => {
        db.close();
        go(asking.result);
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
