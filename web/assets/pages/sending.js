// @ts-check
/** A page without a thread: sends what was written while there was no net, and shows what was refused. */
import { Copies } from '../live/local_store.js';
import { Outbox } from '../live/outbox.js';
import { hideNotTaken, showNotTaken } from '../ui/thread/not_taken.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */

/**
 * @param {import('../live/connection.js').Connection} connection
 * @param {string} person The key of the one who is signed in.
 */
export async function sendWhatWaits(connection, person) {
  /** @param {Outgoing} one */
  const look = (one) => (one.state === 'failed' ? showNotTaken(one, { drop: (id) => outbox.drop(id), retry: (id) => outbox.retry(id, 'retry') }) : hideNotTaken(one));
  const outbox = new Outbox(connection, new Copies(), person, look, () => {});
  outbox.start();
  for (const one of await outbox.waiting()) look(one);
}
