// @ts-check
/** A page without a thread: sends what was written while there was no net, and shows what was refused. */
import { Copies } from '../live/copies.js';
import { Outbox } from '../live/outbox.js';
import { showNotTaken } from '../ui/not_taken.js';

/** @typedef {import('../model/outgoing.js').Outgoing} Outgoing */

/**
 * @param {import('../live/connection.js').Connection} connection
 * @param {string} person The key of the one who is signed in.
 */
export async function sendWhatWaits(connection, person) {
  const copies = new Copies();
  /** @param {Outgoing} one */
  const look = (one) => one.person === person && one.state === 'failed' && showNotTaken(one, (id) => copies.drop(id));
  new Outbox(connection, copies, person, look, () => {}).start();
  for (const one of await copies.unsent()) look(one);
}
