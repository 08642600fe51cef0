// @ts-check
/** Whoever writes for long without sending anything stays signed in. */

/** A session outlasts many of these. */
const EVERY = 3 * 60_000;

/** Opening the page was told by asking for it. */
let told = Date.now();

/** Somebody writes, or chooses: call it at every key. The server hears of it every few minutes at most. */
export function stillHere() {
  const now = Date.now();
  if (now - told < EVERY) return;
  told = now;
  // Without an answer the next few minutes are soon enough.
  fetch('/har', { cache: 'no-store' }).catch(() => {});
}
