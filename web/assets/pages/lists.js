// @ts-check
/** A queue, or the list of one's own cases, that shows what is new. */
import { Refreshing } from './refreshing.js';

/** @param {import('../live/connection.js').Connection} connection */
export function followLists(connection) {
  const refreshing = new Refreshing();
  let opened = false;
  connection.hear('lists', () => refreshing.soon());
  connection.onState((state) => {
    if (state !== 'live') return;
    connection.request('lists', {}).catch(() => {});
    // What was told while the connection was lost was told to nobody.
    if (opened) refreshing.soon();
    opened = true;
  });
}
