// @ts-check
/** Which window this is: the same after a reload, another one when the tab was duplicated. Where a browser has no locks, all windows are one. */
import { hasLeft } from './wipe.js';
import { inTab, keepInTab } from './tab.js';

const WINDOW = 'gensvar-window';
/** Milliseconds: a page that is reloaded may hold its name for a moment longer. */
const PATIENCE = 500;

const before = inTab(WINDOW);
/** @type {string | undefined} */
let name;
/** @type {Map<string, Promise<boolean>>} */
const holding = new Map();

// A tab that is duplicated while this page is open takes no name along.
keepInTab(WINDOW, null);
addEventListener('pagehide', () => hasLeft() || keepInTab(WINDOW, name ?? before));
// The names it held are gone, and with them what they protect.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

const claimed = claim();

/** The name of this window; empty where windows cannot be told apart. */
export function ownWindow() {
  return claimed;
}

/** The same, at once: a window that has something to put away does not wait to hear which one it was. */
export function windowNow() {
  if (name === undefined) {
    name = navigator.locks ? crypto.randomUUID() : '';
    hold(name);
  }
  return name;
}

/**
 * Hold something for as long as the page lives; returns when it is ours, or will not be soon.
 * @param {string} what
 * @returns {Promise<boolean>}
 */
export function hold(what) {
  const held = holding.get(what) ?? request(lockOf(what));
  holding.set(what, held);
  return held;
}

/**
 * The lock that says that a window, or a text in it, is open.
 * @param {string} what
 */
export function lockOf(what) {
  return `${WINDOW} ${what}`;
}

async function claim() {
  if (before && (await hold(before))) name ??= before;
  return windowNow();
}

/**
 * @param {string} lock
 * @returns {Promise<boolean>}
 */
function request(lock) {
  return new Promise((go) => {
    const ended = navigator.locks?.request(lock, { signal: AbortSignal.timeout(PATIENCE) }, () => {
      go(true);
      return new Promise(() => {});
    });
    if (ended) ended.catch(() => go(false));
    else go(false);
  });
}
