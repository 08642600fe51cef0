// @ts-check
/** A page without a thread: sends what was written while there was no net, shows what was refused, and asks about texts that were left. */
import { Copies } from '../../kept/local_store.js';
import { Outbox } from '../../live/outbox.js';
import { hideNotTaken, showNotTaken } from '../../ui/thread/not_taken.js';

/** @typedef {import('../../model/outgoing.js').Outgoing} Outgoing */

/**
 * @param {import('../../live/connection.js').Connection} connection
 * @param {string} person The key of the one who is signed in.
 */
export async function sendWhatWaits(connection, person) {
  /** @param {Outgoing} one */
  const look = (one) =>
    one.state === 'failed'
      ? showNotTaken(one, { drop: (id) => outbox.drop(id), retry: (id) => outbox.retry(id, 'retry') })
      : hideNotTaken(one);
  const copies = new Copies();
  const outbox = new Outbox(connection, copies, person, look, () => {});
  outbox.start();
  for (const one of await outbox.waiting()) look(one);
  if (!(await copies.placesOf('', '')).length) return;
  // The page may be left before they have come.
  await askAboutLeft(copies, person).catch(() => {});
}

/**
 * @param {Copies} copies
 * @param {string} person
 */
async function askAboutLeft(copies, person) {
  const old = await (await import('../../kept/left.js')).tidy(copies, person);
  if (old.length) (await import('../../ui/left_texts.js')).showLeft(old, copies);
}
