// @ts-check
/** A queue, or the list of one's own cases, that shows what is new. */
import { Refreshing } from './refreshing.js';

/** @param {import('../../live/connection.js').Connection} connection */
export function followLists(connection) {
  const refreshing = new Refreshing(undefined, shown);
  connection.hear('lists', () => refreshing.soon());
  connection.onState(async (state) => {
    document.documentElement.dataset.net = state;
    if (state === 'signed_out') refreshing.stop();
    if (state !== 'live') return;
    // What was told while the connection was lost, or not open yet, was told to nobody.
    await connection.request('lists', {}).catch(() => {});
    refreshing.soon();
  });
  // What nobody is told of over the connection: a draft on another device, a new day.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refreshing.soon());
}

/** The version of the list that the page shows; empty where a case is open beside it, of which the list says nothing. */
function shown() {
  if (document.querySelector('[data-case]')) return '';
  return /** @type {HTMLElement | null} */ (document.querySelector('[data-version]'))?.dataset.version ?? '';
}
